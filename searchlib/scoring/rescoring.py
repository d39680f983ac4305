"""
What the best passage of an article adds to its score, and to which articles of an answer.

    gain(d) = (the most that all terms can bring) × (passage(d)⁴ + 0.05 × lead(d))

where both are shares of the query (`passages`). The power keeps the gain for
articles that hold most of the query: shares in the middle tell little, and
cost where whole articles are looked for by a long text.
"""

from __future__ import annotations

from collections.abc import Mapping

from searchlib.analysis import border_text, is_han, rows_of_units
from searchlib.scoring.terms import Term, scored_grams

RESCORE_DEPTH = 50
"""Number of first articles that are ordered again; 30 and 100 rank the same within 0.001."""

POWER = 4
"""With 3 long texts that look for whole articles rank lower by 0.007; 5 is no better."""

LEAD_WEIGHT = 0.05
"""What a lead with all of the query brings; more helps news still, and costs what asks for details."""

PAIR_PART = 0.5
"""What a pair weighs in a passage beside its weight in BM25F: that words are near is known here anyway."""

MOST_TERMS = 128
"""Maximum number of words and pairs that are looked for in passages: the heaviest."""

DECIMALS = 6
"""Shares are rounded to so many decimals, so that every engine ranks alike."""

LEAST_WORDS = 3
"""Minimum number of words from which on passages count; question and function words are not counted."""

LEAST_WORDS_OF_A_TEXT = 2
"""The same for plain text, `match="any"`: a question often has no more."""


def passage_weights(factors: Mapping[Term, float]) -> dict[str, float]:
    """Return what each text weighs in a passage, the heaviest first; *factors*: what terms bring at most."""
    weights: dict[str, float] = {}
    for term, factor in factors.items():
        if factor and term.field is None and " " not in term.text:
            part = PAIR_PART if term.unit == "pair" else 1.0
            weights[term.text] = weights.get(term.text, 0.0) + part * factor
    return dict(sorted(weights.items(), key=lambda item: -item[1])[:MOST_TERMS])


def gains(most: float, shares: tuple[float, float]) -> tuple[float, float]:
    """
    Return what an article gains by its best passage, and by its lead.

    Args:
        most: The sum of what all terms can bring.
        shares: Of the query's weight that the passage and the lead hold, 0 to 1.
    """
    passage, lead = shares
    return float(most * passage**POWER), float(LEAD_WEIGHT * most * lead)


def first_pair(text: str) -> str:
    """Return the pair with which a term begins: of `abc` that is not `ab`."""
    if is_han(text) and is_han(text[1:]):
        return text[:2]
    return scored_grams(next(rows_of_units(border_text(text))))[0]
