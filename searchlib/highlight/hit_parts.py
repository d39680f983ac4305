"""The parts of a hit, read and marked when they are looked at: ranking a hundred articles reads none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from searchlib.highlight.selection import select

if TYPE_CHECKING:
    from searchlib.highlight.marking import Highlights, Marker
    from searchlib.lazy_records import Computing
    from searchlib.model import Article, Span
    from searchlib.snippet import Snippet


class HitParts:
    """Computes what a hit shows of one article."""

    def __init__(
        self,
        read: Callable[[], Article],
        marker: Callable[[], Marker],
        snippets: int,
        computing: Computing,
        missing: Callable[[Article], tuple[str, ...]] | None,
    ) -> None:
        self._read = read
        self._marker = marker
        self._count = snippets
        self._computing = computing
        self._lacked = missing

    @cached_property
    def article(self) -> Article:
        """The article, as it was in the commit that was asked."""
        return self._computing.run(self._read_in_time)

    def _read_in_time(self) -> Article:
        self._computing.deadline.check()
        return self._read()

    @cached_property
    def _marked(self) -> Highlights:
        article = self.article
        return self._computing.run(lambda: self._marker().mark(article))

    @property
    def why(self) -> str:
        """Which words were found where, in one line, and which are missing."""
        marked = self._marked
        found = self._computing.run(lambda: marked.why)
        missing = f"missing: {', '.join(self.missing)}" if self.missing else ""
        return "; ".join(part for part in (found, missing) if part)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The content words of the query that the article lacks."""
        lacked, article = self._lacked, self.article
        return () if lacked is None else self._computing.run(lambda: lacked(article))

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The best passages, the first one first."""
        if not self._count:
            return ()
        marked = self._marked
        return self._computing.run(lambda: select(self.article, marked, self._count))

    @property
    def headline_marks(self) -> tuple[Span, ...]:
        """The ranges of the headline that matched."""
        return self._marked.headline_marks
