"""An answer that reads, marks and counts what is looked at: ranking a hundred articles reads none of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from searchlib.model import Article, Hit, Results, Snippet, Span, Suggestion
from searchlib.snippets.marking import Marked, Marker
from searchlib.snippets.selection import select


class FoundHit(Hit):
    """One article of an answer, with all that a `Hit` has."""

    def __init__(
        self,
        article_id: str,
        score: float,
        read: Callable[[], Article],
        marker: Marker,
        snippets: int,
        *,
        missing: Callable[[Article], tuple[str, ...]],
        reprints: tuple[Hit, ...] = (),
    ) -> None:
        object.__setattr__(self, "id", article_id)
        object.__setattr__(self, "score", score)
        object.__setattr__(self, "reprints", reprints)
        self.__dict__.update(_read=read, _marker=marker, _count=snippets, _missing=missing)

    def __reduce__(self) -> tuple[type[Hit], tuple[object, ...]]:
        return Hit, tuple(getattr(self, name) for name in Hit.__dataclass_fields__)

    @cached_property
    def article(self) -> Article:
        """The article, as it stood in the commit that was asked."""
        read: Callable[[], Article] = self.__dict__["_read"]
        return read()

    @cached_property
    def _marked(self) -> Marked:
        marker: Marker = self.__dict__["_marker"]
        return marker.mark(self.article)

    @cached_property
    def why(self) -> str:
        """Which words were found where, in one line, and which are missing."""
        missing = f"missing: {', '.join(self.missing)}" if self.missing else ""
        return "; ".join(part for part in (self._marked.why, missing) if part)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The content words of the query that the article lacks."""
        lacked: Callable[[Article], tuple[str, ...]] = self.__dict__["_missing"]
        return lacked(self.article)

    @cached_property
    def snippets(self) -> tuple[Snippet, ...]:
        """The best passages, the first one first."""
        count: int = self.__dict__["_count"]
        return select(self.article, self._marked, count) if count else ()

    @cached_property
    def headline_marks(self) -> tuple[Span, ...]:
        """The ranges of the headline that matched."""
        return self._marked.headline_marks


class FoundResults(Results):
    """One page of an answer, as `Results`; `total` and `suggestion` are found when they are asked for."""

    def __init__(
        self,
        hits: tuple[Hit, ...],
        total: Callable[[], int],
        suggest: Callable[[], Suggestion | None],
        **known: Any,
    ) -> None:
        super().__init__(hits, 0, **known)
        for name in ("total", "relaxed", "dropped", "suggestion", "suggestion_reason", "suggestion_total"):
            self.__dict__.pop(name)  # the places of the properties below, now taken by the defaults
        self.__dict__.update(_counted=total, _suggest=suggest)

    def __reduce__(self) -> tuple[type[Results], tuple[object, ...]]:
        return Results, tuple(getattr(self, name) for name in Results.__dataclass_fields__)

    @cached_property
    def total(self) -> int:
        """All articles that match."""
        counted: Callable[[], int] = self.__dict__["_counted"]
        return counted()

    @cached_property
    def relaxed(self) -> bool:
        """Whether a hit of this page lacks a content word."""
        return any(hit.missing for hit in self.hits)

    @cached_property
    def dropped(self) -> tuple[str, ...]:
        """The content words that no hit of this page has."""
        lacked = [hit.missing for hit in self.hits]
        return tuple(word for word in lacked[0] if all(word in one for one in lacked)) if lacked else ()

    @cached_property
    def _suggested(self) -> Suggestion | None:
        suggest: Callable[[], Suggestion | None] = self.__dict__["_suggest"]
        return suggest()

    @cached_property
    def suggestion(self) -> str | None:
        """The query as it was probably meant."""
        return self._suggested.query if self._suggested else None

    @cached_property
    def suggestion_reason(self) -> str | None:
        """What the suggestion changes."""
        return self._suggested.reason if self._suggested else None

    @cached_property
    def suggestion_total(self) -> int:
        """How many articles the suggestion finds."""
        return self._suggested.articles if self._suggested else 0
