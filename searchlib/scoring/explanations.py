"""How the parts of a score are described: one wording for every engine."""

from __future__ import annotations

from collections.abc import Mapping

from searchlib.findings import Explanation
from searchlib.message import Message
from searchlib.scoring.bm25f import K1, saturate
from searchlib.scoring.rescoring import LEAD_WEIGHT, POWER, gains

SUM = Message("sum of the terms' scores (BM25F) and of what the text gains")


def explain_term(
    what: str,
    *,
    key: str,
    boost: float,
    share: float,
    idf: float,
    doc_freq: int,
    tf: float,
    shares: Mapping[str, float],
) -> Explanation:
    """
    Return what a term brings to an article, as a leaf of the explanation.

    Args:
        what: The term as it is shown.
        key: See `Explanation.key`.
        boost: What the query multiplies the term by: part of the share.
        share: What the idf is multiplied by.
        idf: In nats.
        doc_freq: Articles that hold it.
        tf: tf~, its weighted frequency in the article.
        shares: What each field adds to tf~.
    """
    parts = ", ".join(f"{name} {value:.3f}" for name, value in shares.items() if value)
    factor = "" if share == boost else f"{share / boost:g} × "
    factor = factor if boost == 1 else Message("boost {} × {}", f"{boost:g}", factor)
    form = "{}: {}idf {} (in {} articles) × tf~ {} / (k1 {} + tf~); tf~ = {}"
    said = Message(form, what, factor, f"{idf:.4f}", doc_freq, f"{tf:.4f}", f"{K1:g}", parts)
    return Explanation(float(saturate(tf, share * idf)), said, key=key)


def explain_passages(most: float, shares: tuple[float, float]) -> list[Explanation]:
    """
    Return what the best passage and the lead of an article bring, as leaves of the explanation.

    Args:
        most: What all terms can bring.
        shares: Of the query that the passage and the lead hold, 0 to 1.
    """
    passage, lead = shares
    can, held, led = f"{most:.4f}", f"{passage:.4f}", f"{lead:.4f}"
    whats = (
        Message(
            "the best passage: holds {} of the query: {}, the most that all terms can bring, × {}^{}",
            *(held, can, held, POWER),
        ),
        Message(
            "the lead: holds {} of the query: {} × {}, the most that all terms can bring, × {}",
            *(led, f"{LEAD_WEIGHT:g}", can, led),
        ),
    )
    return [
        Explanation(gain, what, key=key)
        for gain, what, key in zip(gains(most, shares), whats, ("passage", "lead"), strict=True)
    ]
