"""The terms that a query is scored by: words, and pairs of neighbouring characters."""

from __future__ import annotations

from typing import Literal, NamedTuple

from searchlib.analysis import grams_of

Unit = Literal["word", "pair"]


class Term(NamedTuple):
    """A term of the query: a word or a pair of characters, in one field or in all."""

    text: str
    unit: Unit
    field: str | None = None


def order_of(term: Term) -> tuple[str, bool]:
    """Return by what the terms of a tree are ordered: scores are added up in one order, to the last bit."""
    return term.field or "", term.unit == "pair"


def scored_grams(row: list[str]) -> list[str]:
    """
    Return the pairs of a row of units, or the unit itself when it is alone: what ranking counts.

    >>> scored_grams(["查", "干", "湖"]), scored_grams(["湖"])
    (['查干', '干湖'], ['湖'])
    """
    return grams_of(row)[len(row) :] or row
