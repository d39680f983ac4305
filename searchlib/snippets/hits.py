"""A hit that finds its marks and passages when they are looked at: ranking a hundred articles marks none."""

from __future__ import annotations

from functools import cached_property

from searchlib.model import Article, Hit, Snippet, Span
from searchlib.snippets.marking import Marked, Marker
from searchlib.snippets.selection import select


class FoundHit(Hit):
    """One article of an answer, with all that a `Hit` has."""

    def __init__(self, article: Article, score: float, marker: Marker, snippets: int) -> None:
        for name, value in (("id", article.id), ("score", score), ("article", article)):
            object.__setattr__(self, name, value)
        self.__dict__.update(_marker=marker, _count=snippets)

    def __reduce__(self) -> tuple[type[Hit], tuple[object, ...]]:
        return Hit, (self.id, self.score, self.article, self.why, self.snippets, self.headline_marks)

    @cached_property
    def _marked(self) -> Marked:
        marker: Marker = self.__dict__["_marker"]
        return marker.mark(self.article)

    @cached_property
    def why(self) -> str:
        """Which words were found where, in one line."""
        return self._marked.why

    @cached_property
    def snippets(self) -> tuple[Snippet, ...]:
        """The best passages, the first one first."""
        count: int = self.__dict__["_count"]
        return select(self.article, self._marked, count) if count else ()

    @cached_property
    def headline_marks(self) -> tuple[Span, ...]:
        """The ranges of the headline that matched."""
        return self._marked.headline_marks
