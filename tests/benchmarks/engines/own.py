"""searchlib itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import searchlib
from benchmarks.engines.base import TOP
from benchmarks.records import Record


class Searchlib:
    """Only the public face is used, with its defaults."""

    lacks = frozenset[str]()

    def build(self, records: Iterable[Record], folder: Path) -> None:
        """Add the records as mappings."""
        with searchlib.open(folder) as index:
            index.add(
                {"id": record.id, "headline": record.title, "body": record.body, "date": record.date}
                for record in records
            )

    def open(self, folder: Path) -> None:
        """Open the index for reading."""
        self._index = searchlib.open(folder, read_only=True)

    def word(self, text: str) -> Sequence[str]:
        """Every word must stand somewhere."""
        return [hit.id for hit in self._index.search(text, match="all", limit=TOP, snippets=0)]

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """A sentence is plain text."""
        return [hit.id for hit in self._index.search(text, match="any", limit=limit, snippets=0)]

    def phrase(self, text: str) -> Sequence[str]:
        """A quoted phrase."""
        query = searchlib.quote(text)
        return [hit.id for hit in self._index.search(query, match="all", limit=TOP, snippets=0)]

    def newest(self, text: str, since: str) -> Sequence[str]:
        """A filter, and an order by date."""
        found = self._index.search(text, match="all", limit=TOP, snippets=0, sort="newest", since=since)
        return [hit.id for hit in found]

    def snippets(self, text: str) -> Sequence[str]:
        """One snippet for each hit."""
        return [str(hit.snippet) for hit in self._index.search(text, match="all", limit=TOP, snippets=1)]

    def holders(self, phrase: str) -> set[str]:
        """All hits of a quoted phrase."""
        query = searchlib.quote(phrase)
        return {hit.id for hit in self._index.search(query, match="all", limit=None, snippets=0)}
