"""What every engine is asked to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from benchmarks.records import Record

TOP = 10
"""Hits, or snippets, that a query answers with."""


class Engine(Protocol):
    """
    One engine. Queries are texts as typed; cutting them is part of the query.

    An answer is the ids of the best `TOP` articles, or of *limit*, the best first. Nothing is
    asked before `open`, and no answer may be kept for later.
    """

    lacks: frozenset[str]
    """The kinds of query that it cannot answer."""

    def build(self, records: Iterable[Record], folder: Path) -> None:
        """Index the records in a folder that is not there yet; return when they are committed."""

    def open(self, folder: Path) -> None:
        """Open what `build` made."""

    def word(self, text: str) -> Sequence[str]:
        """Return the best articles with the word, or with both words, in headline or body."""

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """Return the best articles with any word of the sentence."""

    def phrase(self, text: str) -> Sequence[str]:
        """Return the best articles in which the phrase stands."""

    def newest(self, text: str, since: str) -> Sequence[str]:
        """Return the newest articles with the word, from a date on."""

    def snippets(self, text: str) -> Sequence[str]:
        """Return a passage with the word from each of the best articles."""

    def holders(self, phrase: str) -> set[str]:
        """Return all articles in which the phrase stands."""
