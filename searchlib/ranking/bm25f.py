"""
BM25F: how well an article answers, from how often and where it holds the query's terms.

The frequencies of a term in all fields are weighted and added before they
saturate (Robertson, Zaragoza, Taylor, "Simple BM25 extension to multiple
weighted fields", CIKM 2004), so a word in the headline with weight 4 counts as
four in a body of mean length, and many words never outweigh many terms:

    tf~(d)    = sum over fields f of  weight_f * tf_f(d) / (1 - b_f + b_f * length_f(d) / mean_length_f)
    score(d)  = sum over terms t of   share_t * idf_t * tf~(d) / (k1 + tf~(d))

The terms are the query's words and its pairs of neighbouring characters.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from searchlib.errors import ConfigError
from searchlib.model import TEXT_FIELDS
from searchlib.store.docsets import Docs, is_in
from searchlib.store.snapshot import Floats, Snapshot

K1 = 1.2
"""How slowly repetitions saturate; the usual value."""

DEFAULT_BOOSTS: Mapping[str, float] = {
    "headline": 3.0,
    "overline": 1.5,
    "subtitle": 2.0,
    "column": 1.0,
    "sections": 1.5,
    "body": 1.0,
    "byline": 1.0,
    "dateline": 0.5,
    "authors": 2.0,
    "publication": 0.5,
}
"""The weight of each field; `boosts=` of `open` and `search` replaces single ones."""

LENGTH_SHARE: Mapping[str, float] = {name: 0.75 if name == "body" else 0.5 for name in TEXT_FIELDS}
"""b of each field, 0 to 1: how much a long field's frequencies are discounted; headlines differ little."""

Unit = Literal["word", "pair"]

SHARES: Mapping[Unit, float] = {"word": 1.0, "pair": 1.0}
"""What a word and a pair of characters count; both together ranked best on both collections measured."""


def idf(doc_freq: int, doc_count: int) -> float:
    """
    Weigh how rare a term is.

    The one inside the logarithm keeps the weight above zero even for a
    term found in every article, so a common word never pushes a hit down.

    Args:
        doc_freq: Articles holding the term in any field, 0 to *doc_count*.
        doc_count: Articles in the index, at least 1.

    Returns:
        Weight in nats, greater than 0.

    Raises:
        ValueError: A count is out of range; the message shows both.

    Source:
        Kamphuis et al., "Which BM25 Do You Mean?", ECIR 2020, Lucene variant.

    >>> round(idf(1, 2), 4)  # ln 2
    0.6931
    """
    if not 0 <= doc_freq <= doc_count or doc_count < 1:
        raise ValueError(f"doc_freq={doc_freq} is not within 0 and doc_count={doc_count}")
    return math.log(1 + (doc_count - doc_freq + 0.5) / (doc_freq + 0.5))


@dataclass(frozen=True)
class Weighting:
    """The weight of each field; what is not named keeps its default."""

    boosts: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, boost in self.boosts.items():
            if name not in DEFAULT_BOOSTS:
                raise ConfigError("boosts", name, f"the fields are {', '.join(DEFAULT_BOOSTS)}")
            if isinstance(boost, bool) or not isinstance(boost, (int, float)):
                raise TypeError(f"boosts[{name!r}] is a {type(boost).__name__}, not a number")
            if not 0 <= boost < math.inf:
                raise ConfigError(f"boosts[{name!r}]", boost, "a weight is 0 or more")

    def of(self, name: str) -> float:
        """Return the weight of a field."""
        return float(self.boosts.get(name, DEFAULT_BOOSTS[name]))


@dataclass(frozen=True)
class Term:
    """A term of the query: a word or a pair of characters, in one field or in all."""

    text: str
    unit: Unit
    field: str | None = None

    @property
    def fields(self) -> Iterable[str]:
        """The fields in which the term counts."""
        return [self.field] if self.field else TEXT_FIELDS


@dataclass
class Postings:
    """Where a term stands: for each field the documents, ascending, and the frequencies."""

    by_field: dict[str, tuple[Docs, Floats]]
    doc_freq: int


@dataclass
class Scored:
    """One term's part of the scores and the numbers it is made of, an entry for each document asked for."""

    scores: Floats
    weighted_tf: Floats
    parts: dict[str, Floats]
    doc_freq: int
    idf: float


def score(term: Term, postings: Postings, docs: Docs, snapshot: Snapshot, weighting: Weighting) -> Scored:
    """Score one term in the documents *docs* (ascending) by the formula of this module."""
    weighted = np.zeros(len(docs))
    parts: dict[str, Floats] = {}
    for name, (holders, frequencies) in postings.by_field.items():
        boost = weighting.of(name)
        if not boost or not len(holders):
            continue
        places, held, counts = _shared(docs, holders, frequencies)
        share = LENGTH_SHARE[name]
        norm = 1 - share + share * np.maximum(snapshot.lengths(name)[held], 1) / snapshot.mean_length(name)
        part = np.zeros(len(docs))
        part[places] = boost * counts / norm
        weighted += part
        parts[name] = part
    rarity = idf(postings.doc_freq, max(1, len(snapshot.docs)))
    scores = SHARES[term.unit] * rarity * weighted / (K1 + weighted)
    return Scored(scores, weighted, parts, postings.doc_freq, rarity)


def _shared(docs: Docs, holders: Docs, frequencies: Floats) -> tuple[Docs, Docs, Floats]:
    """Return where in *docs* the holders among them stand, these holders, and their frequencies."""
    if len(docs) < len(holders):
        places = np.flatnonzero(is_in(docs, holders))
        return places, docs[places], frequencies[np.searchsorted(holders, docs[places])]
    inside = is_in(holders, docs)
    return np.searchsorted(docs, holders[inside]), holders[inside], frequencies[inside]
