"""One query of one index with its options, to be asked in several ways: what `Index.query` returns."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING, Any, get_args

from searchlib.arguments import check_counts, check_id, one_of
from searchlib.asking import Asking
from searchlib.association import Measure
from searchlib.dates import months_between
from searchlib.deadline import Cancel, Deadline
from searchlib.engine.request import Group, SearchRequest, Sort
from searchlib.errors import ArticleNotFoundError
from searchlib.findings import Collocate, Explanation, TellingWord, WordCount
from searchlib.frozen import dataclass, field, replace
from searchlib.highlight import HitParts, Marker
from searchlib.lazy_records import Computing
from searchlib.message import Message
from searchlib.model import Article
from searchlib.options import Facets, Match, QueryOptions
from searchlib.quick import marker_of, missing_from
from searchlib.results import Hit, Results

if TYPE_CHECKING:
    from searchlib.analytics import Concordance, KwicOrder
    from searchlib.diagnosis.standing import WhyNot
    from searchlib.engine.contract import Backend, RankedArticle, SearchResponse
    from searchlib.marks import Marks
    from searchlib.query.auto import AutoQuery


_READ = QueryOptions.__annotations__.keys() - {"timeout", "cancel"}
"""The options that a request is made of; the others make its deadline."""


@dataclass(frozen=True)
class BoundQuery:
    """
    A query of one index with its options: frozen, and asked as often and in as many ways as one likes.

    The options mean the same for every method. Where every place is looked at (`kwic`, `collocates`,
    `trend`), nothing is left out: `match="auto"` is there as `"all"`.

    >>> query = index.query("党建引领", since="2024")  # doctest: +SKIP
    >>> query.search(limit=3).total, query.trend(), query.significant_terms(limit=5)  # doctest: +SKIP
    """

    _backend: Backend = field(repr=False)
    _asking: Asking = field(repr=False)
    text: str
    match: Match = "auto"
    since: str | date | None = None
    until: str | date | None = None
    where: Mapping[str, object] | None = None
    exact: bool = False
    boosts: Mapping[str, float] | None = None
    equivalences: Iterable[str] | None = None
    timeout: float | None = None
    cancel: Cancel | None = None
    lenient: bool = False

    def search(
        self,
        *,
        limit: int | None = 10,
        offset: int = 0,
        sort: Sort | str = "relevance",
        facets: Facets = (),
        snippets: int = 1,
        group: Group | None = None,
        own_filters: bool = True,
    ) -> Results:
        """Return the articles that match, the best first: see `Index.search`."""
        start = time.perf_counter()
        deadline = Deadline(self.timeout, self.cancel)
        check_counts(snippets=snippets)
        page: dict[str, Any] = {"limit": limit, "offset": offset, "sort": sort, "facets": facets}
        asked, request = self._request(deadline, **page, group=group, own_filters=own_filters)
        answer = self._backend.search(request)
        computing = Computing(deadline)
        results = Results.of(
            tuple(hits_of(self._backend, answer, asked, snippets, computing)),
            computing,
            answer.total,
            answer.suggest,
            facets=answer.facets,
            facet_sizes=answer.facet_sizes,
            undated=answer.undated,
            query=self.text,
            hints=asked.hints,
            repaired=asked.repaired,
        )
        computing.took_ms += (time.perf_counter() - start) * 1000
        return results

    def iter_hits(
        self,
        *,
        limit: int | None = None,
        offset: int = 0,
        sort: Sort | str = "relevance",
        snippets: int = 1,
        group: Group | None = None,
    ) -> Iterator[Hit]:
        """Walk over all hits, ranked once, from one commit: see `Index.iter_hits`."""
        check_counts(snippets=snippets)
        deadline = Deadline(self.timeout, self.cancel)
        asked, request = self._request(deadline, limit=limit, offset=offset, sort=sort, group=group)
        answer = self._backend.search(request)
        return hits_of(self._backend, answer, asked, snippets, Computing(deadline))

    def marks(self, article: str | int | Article) -> Marks:
        """Return every place of an article that the query marks: see `Index.marks`."""
        from searchlib.marks import Marks  # noqa: PLC0415 (no search needs it)

        asked, request = self._request(Deadline(self.timeout, self.cancel), limit=1)
        answer = self._backend.search(request)
        found = article if isinstance(article, Article) else self._article(article)
        marked = marker_of(self._backend, answer, request.deadline).mark(found)
        missing = missing_of(self._backend, answer, asked)
        return Marks(found, marked.disjoint, marked.why, missing(found) if missing else ())

    def explain(self, article_id: str | int) -> Explanation:
        """Break down the score of one article, whatever the filters: see `Index.explain`."""
        asked = self._ask_auto()
        deadline = Deadline(self.timeout, self.cancel)
        request = replace(self._asking.request(asked, self.boosts), deadline=deadline)
        found = self._backend.explain(request, check_id(article_id))
        if found is not None:
            return found
        article = self._article(article_id)
        own = self._backend.own_fields
        has = Marker(asked.strict, self._backend.analyzer, own=own).mark(article).why
        return Explanation(0.0, Message("does not match; it has {}", has) if has else "does not match")

    def why_not(self, article_id: str | int) -> WhyNot:
        """Return what an article lacks to be found, or its rank: see `Index.why_not`."""
        from searchlib.diagnosis import why_not  # noqa: PLC0415 (no search needs it)

        filtered = self._asking.request(self._ask_auto(), self.boosts, **self._filters)
        deadline = Deadline(self.timeout, self.cancel)
        request = replace(filtered, typed=self.text, deadline=deadline)
        wanted = check_id(article_id)
        placement = self._backend.placement(request, wanted)
        if placement is None:
            raise ArticleNotFoundError(wanted)
        kinds = self._asking.kinds(exact=self.exact, equivalences=self.equivalences)
        return why_not(placement, request, self._backend.analyzer, kinds, self._asking.lexicon.get())

    def kwic(
        self, *, limit: int | None = 50, context: int = 30, sort: KwicOrder = "relevance"
    ) -> Concordance:
        """Return every place with what is around it: see `Index.kwic`."""
        from searchlib.analytics import KwicOrder, concordance  # noqa: PLC0415 (no search needs it)

        deadline = Deadline(self.timeout, self.cancel)
        check_counts(limit=limit, context=context)
        one_of("sort", sort, get_args(KwicOrder))
        by_date = sort if sort in get_args(Sort) else "relevance"
        return concordance(self._backend, replace(self._places(limit, deadline), sort=by_date), context, sort)

    def collocates(
        self,
        *,
        window: int = 5,
        measure: Measure = "log_likelihood",
        limit: int | None = 50,
        min_count: int = 3,
    ) -> list[Collocate]:
        """Return the words near the places of the query, the firmest first: see `Index.collocates`."""
        from searchlib.analytics import collocates  # noqa: PLC0415 (no search needs it)

        deadline = Deadline(self.timeout, self.cancel)
        check_counts(limit=limit, window=window, min_count=min_count)
        one_of("measure", measure, get_args(Measure))
        options: dict[str, Any] = {"window": window, "measure": measure, "min_count": min_count}
        return collocates(self._backend, self._places(None, deadline), limit=limit, **options)

    def significant_terms(self, *, limit: int | None = 50, articles: int | None = 1000) -> list[TellingWord]:
        """Return the words that the articles found have more often than all: see `Index.telling_words`."""
        from searchlib.analytics import telling_words  # noqa: PLC0415 (no search needs it)

        deadline = Deadline(self.timeout, self.cancel)
        check_counts(limit=limit)
        if articles is not None:
            check_counts(articles=articles)
        request = self._asking.request(self._ask_auto(), self.boosts, articles, **self._filters)
        return telling_words(self._backend, replace(request, deadline=deadline), limit=limit)

    def word_list(self, *, limit: int | None = 100, min_count: int = 1) -> list[WordCount]:
        """Return the words of the articles that match, the most frequent first: see `Index.word_list`."""
        from searchlib.analytics import word_list  # noqa: PLC0415 (no search needs it)

        deadline = Deadline(self.timeout, self.cancel)
        check_counts(limit=limit, min_count=min_count)
        asked = self._ask_auto(self._every)
        request = self._asking.request(asked, self.boosts, None, **self._filters)
        return word_list(self._backend, replace(request, deadline=deadline), limit=limit, min_count=min_count)

    def trend(self) -> dict[str, int]:
        """Return how many articles of each month match: see `Index.trend`."""
        whole = replace(self, match=self._every)
        counts = whole.search(limit=0, snippets=0, facets=["month"]).facets["month"]
        return {month: counts.get(month, 0) for month in months_between(counts)}

    @property
    def _every(self) -> Match:
        """How words are matched by what looks at every place: `auto`, which may leave words out, is `all`."""
        return "all" if self.match == "auto" else self.match

    @property
    def _filters(self) -> dict[str, Any]:
        return {"since": self.since, "until": self.until, "where": self.where}

    def _ask_auto(self, match: Match | None = None) -> AutoQuery:
        return self._asking.auto(
            self.text,
            match=match or self.match,
            exact=self.exact,
            equivalences=self.equivalences,
            lenient=self.lenient,
        )

    def _places(self, limit: int | None, deadline: Deadline) -> SearchRequest:
        options: dict[str, Any] = {"match": self._every, "boosts": self.boosts, **self._filters}
        return self._asking.places(self.text, self.exact, self.equivalences, limit, deadline, **options)

    def _request(self, deadline: Deadline, **page: Any) -> tuple[AutoQuery, SearchRequest]:
        options = {name: getattr(self, name) for name in _READ}
        return self._asking.search_request(self.text, deadline, **options, **page)

    def _article(self, article_id: str | int) -> Article:
        wanted = check_id(article_id)
        article = self._backend.get(wanted)
        if article is None:
            raise ArticleNotFoundError(wanted)
        return article


def hits_of(
    backend: Backend, answer: SearchResponse, asked: AutoQuery | None, snippets: int, computing: Computing
) -> Iterator[Hit]:
    """Yield the hits of a page; *asked* is the query of which they may lack words."""
    marker = cache(partial(marker_of, backend, answer, computing.deadline))
    missing = missing_of(backend, answer, asked)

    def make_hit(ranked: RankedArticle) -> Hit:
        reprints = tuple(map(make_hit, ranked.reprints))
        parts = HitParts(ranked.read, marker, snippets, computing, missing)
        return Hit.of(ranked.id, ranked.score, parts, reprints=reprints)

    return map(make_hit, answer.hits)


def missing_of(
    backend: Backend, answer: SearchResponse, asked: AutoQuery | None
) -> Callable[[Article], tuple[str, ...]] | None:
    """Return a function for the words that an article lacks; None where it can lack none."""
    if asked is None or answer.tree is asked.strict:
        return None
    return missing_from(backend, asked.strict)
