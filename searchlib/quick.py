"""
An answer that the engine gave without the query being read in Python: the hits are there at once.

Everything else, marks, the total, suggestions, comes of the full search, which is made from
the same commit when the first of it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from searchlib.deadline import NO_DEADLINE, Cancel, Deadline
from searchlib.engine.contract import AnswersPlain
from searchlib.engine.request import Sort
from searchlib.errors import ConfigError
from searchlib.frozen import replace
from searchlib.lazy import lazy_module
from searchlib.lazy_records import Computing
from searchlib.options import Match
from searchlib.results import Hit, Results
from searchlib.snippet import Snippet

if TYPE_CHECKING:
    from searchlib import highlight
    from searchlib.asking import Asking
    from searchlib.engine.contract import Backend, PlainPage, SearchResponse
    from searchlib.engine.request import Narrowed, SearchRequest
    from searchlib.findings import Suggestion
    from searchlib.model import Article, Span
    from searchlib.query import nodes
else:  # the engine marks what it found
    highlight = lazy_module("searchlib.highlight")


_Found = TypeVar("_Found")

_MATCHES = get_args(Match)
_MOST_HITS = 1000
"""Maximum number of hits before a page, and on it, that are found without reading the query in Python."""

_Narrowing = tuple[
    Sort | str,
    str | date | None,
    str | date | None,
    Mapping[str, object] | None,
    float | None,
    Cancel | None,
]
"""Order, first and last date, filters, timeout and cancel, as they were given."""
_NOT_NARROWED: _Narrowing = ("relevance", None, None, None, None, None)


def marker_of(backend: Backend, answer: SearchResponse, deadline: Deadline) -> highlight.Marker:
    """Return what marks the articles of an answer."""
    return highlight.Marker(answer.tree, backend.analyzer, answer.weights, deadline, backend.own_fields)


def missing_from(backend: Backend, strict: nodes.Query) -> Callable[[Article], tuple[str, ...]]:
    """Return a function for the words of a query, required as *strict* does, that an article lacks."""
    from searchlib.textmatch.missing import missing_words  # noqa: PLC0415 (few answers are relaxed)

    return partial(missing_words, strict, analyzer=backend.analyzer, own=backend.own_fields)


class QuickSearch:
    """Has the engine of an index answer plain queries by itself, where it can and nothing else was asked."""

    def __init__(self, backend: Backend, asking: Asking) -> None:
        self._backend = backend
        self._engine = backend if isinstance(backend, AnswersPlain) else None
        self._asking = asking

    def answer(
        self,
        query: str,
        match: Match,
        page: tuple[int, int | None],
        snippets: int,
        narrowing: _Narrowing = _NOT_NARROWED,
    ) -> QuickAnswer | None:
        """Return an answer; None where the query must be read first, or an argument is wrong."""
        engine, asking = self._engine, self._asking
        if engine is None or not asking.is_default or match not in _MATCHES or type(query) is not str:
            return None
        offset, limit = page
        if not (type(offset) is type(limit) is type(snippets) is int):
            return None
        if not limit or not (0 < limit <= _MOST_HITS and 0 <= offset <= _MOST_HITS and snippets >= 0):
            return None
        narrowed, deadline = None, NO_DEADLINE
        try:
            if narrowing != _NOT_NARROWED:  # of arrays that is a ValueError
                deadline = Deadline(*narrowing[4:])
                narrowed = asking.narrow(*narrowing[:4], deadline)
        except (ConfigError, TypeError, ValueError):  # what is wrong is said once the query has been read
            return None

        read = _PlainReading(asking, (query, match, offset, limit), narrowed, deadline)
        found = engine.search_plain(query, match, (offset, limit), read, narrowed)
        if found is None or (len(query) > asking.max_words and found.is_relaxed):
            return None
        is_ranged = narrowed is not None and narrowed.is_ranged
        return QuickAnswer(found, read, self._backend, snippets, Computing(deadline), is_ranged=is_ranged)


class _PlainReading:
    """Reads a query in full when it is first called, and keeps what it asks for."""

    def __init__(
        self,
        asking: Asking,
        asked: tuple[str, Match, int, int],
        narrowed: Narrowed | None,
        deadline: Deadline,
    ) -> None:
        """*asked* is the query, how it matches, and how many hits come before the page and are on it."""
        self._given = (asking, asked, narrowed, deadline)
        self._known: SearchRequest | None = None

    def __call__(self) -> SearchRequest:
        if self._known is None:
            asking, (query, match, offset, limit), narrowed, deadline = self._given
            options: dict[str, Any] = {"limit": limit, "offset": offset, "match": match}
            request = asking.search_request(query, deadline, **options)[1]
            self._known = request if narrowed is None else replace(request, **narrowed._asdict())
        return self._known


class QuickAnswer:
    """Makes the hits of one page, and computes the rest when it is looked at."""

    def __init__(
        self,
        page: PlainPage,
        read: Callable[[], SearchRequest],
        backend: Backend,
        snippets: int,
        computing: Computing,
        *,
        is_ranged: bool,
    ) -> None:
        """*read* returns the query as Python reads it; *is_ranged* says whether dates bound it."""
        self.computing = computing
        self._page = page
        self._read = read
        self._backend = backend
        self._snippets = snippets
        self._is_ranged = is_ranged

    @property
    def missing(self) -> Callable[[Article], tuple[str, ...]] | None:
        """Returns what words of the query an article lacks; None where none lacks any."""
        return self._missing if self._page.is_relaxed else None

    def _missing(self, article: Article) -> tuple[str, ...]:
        return missing_from(self._backend, self._read().tree)(article)

    def results(self, query: str) -> Results:
        """Return the answer as `Index.search` gives it."""
        hits = Hit.list_hits(self._page.hits, self._unread)
        computed = (self.computing, self.total, self.suggest, self.count_undated)
        return Results.of(hits, *computed, query=query, hints=self._page.hints)

    def _unread(self, number: int) -> _Unread:
        return _Unread(self, number)

    @cached_property
    def _full(self) -> SearchResponse:
        return self._page.full()

    def total(self) -> int:
        """Count all that match."""
        deadline = self.computing.deadline
        counted = self._page.total(deadline.check if deadline.is_bounded else None)
        return self._full.total() if counted is None else counted

    def count_undated(self) -> int:
        """Count what a range of dates keeps out only because it has no full date."""
        return self._full.undated() if self._is_ranged else 0

    def suggest(self) -> Suggestion | None:
        """Look for what was probably meant, unless the answer stands well without."""
        if self._page.has_all_words and (self._page.hits or self.total()):
            return None
        return self._full.suggest()

    def snippets(self, number: int) -> tuple[Snippet, ...] | None:
        """Return the best passages of a hit where the engine itself finds them."""
        if not self._snippets:
            return ()
        return self._in_time(lambda: self._page.snippets(number, self._snippets))

    def headline_marks(self, number: int) -> tuple[Span, ...] | None:
        """Return where the query is in a hit's headline where the engine itself finds it."""
        return self._in_time(lambda: self._page.headline_marks(number))

    def _in_time(self, look: Callable[[], _Found]) -> _Found:
        def look_in_time() -> _Found:
            self.computing.deadline.check()
            return look()

        return self.computing.run(look_in_time)

    def article(self, number: int) -> Article:
        """Return the article of a hit, as it was in the commit that was asked."""
        return self._in_time(lambda: self._page.article(number))

    def parts(self, article: Callable[[], Article]) -> highlight.HitParts:
        """Return what computes the parts of a hit; *article* returns its article."""
        return highlight.HitParts(article, lambda: self._marks, self._snippets, self.computing, self.missing)

    @cached_property
    def _marks(self) -> highlight.Marker:
        return marker_of(self._backend, self._full, self.computing.deadline)


class _Unread:
    """Stands for the parts of a hit once one is looked at: what the engine finds needs no other."""

    def __init__(self, answer: QuickAnswer, number: int) -> None:
        self._answer = answer
        self._number = number

    @property
    def missing(self) -> tuple[str, ...]:
        return self._parts.missing if self._answer.missing else ()

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        found = self._answer.snippets(self._number)
        return self._parts.snippets if found is None else found

    @property
    def headline_marks(self) -> tuple[Span, ...]:
        found = self._answer.headline_marks(self._number)
        return self._parts.headline_marks if found is None else found

    @cached_property
    def article(self) -> Article:
        return self._answer.article(self._number)

    @cached_property
    def _parts(self) -> highlight.HitParts:
        return self._answer.parts(lambda: self.article)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._parts, name)
