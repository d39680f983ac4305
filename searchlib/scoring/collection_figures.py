"""
What the weight of a term rests on: how many articles there are, and how many of them hold it.

An index that is a part of a greater one, such as the best articles that a cluster found, weighs its
terms by the figures of the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from searchlib.query.nodes import Phrase
from searchlib.scoring.terms import Term


class CollectionFigures(Protocol):
    """Counts articles."""

    @property
    def doc_count(self) -> int:
        """The number of articles, 1 at least."""

    def doc_freq(self, term: Term) -> int:
        """Return how many articles hold a term in any of its fields."""

    def count_holding(self, terms: Sequence[Term]) -> int:
        """Return how many articles hold all of some terms."""

    def count_matching(self, phrase: Phrase) -> int:
        """Return how many articles an open word is in."""

    def mean_length(self, field: str) -> float:
        """Return the mean number of words of a field over the articles that have it; 1 where none has."""
