"""One request, one answer: the order, the page of it, and what is counted over all that match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, overload

from searchlib.analysis.counted import CountedArticle
from searchlib.engine.contract import Placement, RankedArticle, SearchResponse
from searchlib.engine.filters import Wanted
from searchlib.engine.request import SearchRequest
from searchlib.errors import BackendError
from searchlib.findings import Explanation, Suggestion
from searchlib.frozen import replace
from searchlib.message import Message
from searchlib.model import Article
from searchlib.opensearch.clauses import Clause, all_of, none_of
from searchlib.opensearch.client import NAME
from searchlib.opensearch.counting import facet, passing
from searchlib.opensearch.finding import BY_ID, Candidate
from searchlib.opensearch.mapping import DATE
from searchlib.opensearch.ranked import Entry, Ranked, rank
from searchlib.opensearch.translation import in_range
from searchlib.opensearch.view import View
from searchlib.query.nodes import And, DateRange, Every, Not, Or, Query, Run, has_dates
from searchlib.stored_values import DATE_KEYS

if TYPE_CHECKING:
    from searchlib.scoring.text_scores import TextScorer

MOST_GROUPED = 1000
"""Maximum number of articles among which reprints are looked for."""


class _Filters(NamedTuple):
    """What the filters of a request let through, and whether a range of dates is among them."""

    where: Clause
    all: Clause
    is_ranged: bool


def _filters(request: SearchRequest, view: View, where: Mapping[str, Wanted] | None = None) -> _Filters:
    kept = passing(view.finder, request.where if where is None else where)
    is_ranged = request.since is not None or request.until is not None
    dated = [in_range(request.since, request.until)] if is_ranged else []
    return _Filters(kept, all_of([kept, *dated]), is_ranged)


def answer(request: SearchRequest, view: View) -> SearchResponse:
    """Answer a request."""
    filters = _filters(request, view)
    found = rank(request, view, filters.all)
    hits = _hits(request, view, found, filters.all)
    counts: dict[str, Mapping[str, int]] = {}
    sizes: dict[str, int] = {}
    for key, most in request.facets.items():
        within = _within_facet(request, view, key, filters)
        tree = view.translator.find(found.tree)
        counts[key], sizes[key] = facet(view.finder, key, tree, within, view.judge(found.tree), most=most)

    def weights() -> Mapping[str, float]:
        return _scorer(request, view, found).weights()

    def suggest() -> Suggestion | None:
        from searchlib.opensearch.spelling import suggestion  # noqa: PLC0415 (its tables take 10 ms)

        is_found = found.tree is request.tree and _total_of(found, view, filters.all) > 0
        if not is_found and found.first:
            is_found = view.matches(found.first[0].candidate.article, request.tree)
        return suggestion(request, view, found=is_found, count=lambda tree: total(tree, view, filters.all))

    return SearchResponse(
        hits,
        partial(_total_of, found, view, filters.all),
        found.tree,
        partial(_count_undated, found.tree, view, filters),
        counts,
        suggest=suggest,
        facet_sizes=sizes,
        weights=weights,
    )


def _total_of(found: Ranked, view: View, within: Clause) -> int:
    """Return how many articles an answer has in all: those of the time when it was made, if counted."""
    return total(found.tree, view, within) if found.total is None else found.total


def total(tree: Query, view: View, within: Clause) -> int:
    """Return how many articles match, exactly."""
    return view.finder.total(view.translator.find(tree), within, view.judge(tree))


def _within_facet(request: SearchRequest, view: View, key: str, filters: _Filters) -> Clause:
    """Return what filters let through for one facet, its own perhaps left out."""
    is_own = key in request.where or (key in DATE_KEYS and filters.is_ranged)
    if request.own_filters or not is_own:
        return filters.all
    others = {name: wanted for name, wanted in request.where.items() if name != key}
    if key in DATE_KEYS:
        return _filters(replace(request, since=None, until=None), view, others).all
    return _filters(request, view, others).all


def _count_undated(tree: Query, view: View, filters: _Filters) -> int:
    """Return how many articles a range of dates keeps out only because they have no full date."""
    if not (filters.is_ranged or has_dates(tree)):
        return 0
    free = _without_dates(tree)
    outside: Query = free if filters.is_ranged else And([free, Not(tree)])
    within = all_of([filters.where, none_of([{"exists": {"field": DATE}}])])
    return total(outside, view, within)


def _without_dates(tree: Query) -> Query:
    if isinstance(tree, DateRange):
        return Every()
    if isinstance(tree, (And, Or)) and not isinstance(tree, Run):
        return type(tree)([_without_dates(child) for child in tree.subqueries])
    return tree  # AtLeast is of words only


def _hits(request: SearchRequest, view: View, found: Ranked, within: Clause) -> Sequence[RankedArticle]:
    if request.group is not None:
        return _group(request, view, found, within)
    if request.limit is None:
        return _Walk(found, request.offset, partial(_total_of, found, view, within))
    end = request.offset + request.limit
    return tuple(map(_as_hit, islice(found, request.offset, end)))


def _as_hit(entry: Entry) -> RankedArticle:
    return RankedArticle(entry.candidate.id, entry.score, partial(_article, entry.candidate))


def _article(candidate: Candidate) -> Article:
    return candidate.article


class _Walk(Sequence[RankedArticle]):
    """All articles of an answer, read as they are walked over: there may be more than memory holds."""

    def __init__(self, found: Ranked, offset: int, total: partial[int]) -> None:
        self._found = found
        self._offset = offset
        self._total = total
        self._size: int | None = None

    def __len__(self) -> int:
        if self._size is None:
            self._size = max(0, self._total() - self._offset)
        return self._size

    def __iter__(self) -> Iterator[RankedArticle]:
        return map(_as_hit, islice(self._found, self._offset, None))

    @overload
    def __getitem__(self, place: int) -> RankedArticle: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[RankedArticle, ...]: ...
    def __getitem__(self, place: int | slice) -> RankedArticle | tuple[RankedArticle, ...]:
        if isinstance(place, slice):
            first, last, step = place.indices(len(self))
            found = list(islice(self, max(first, last) + 1))
            return tuple(found[one] for one in range(first, last, step))
        wanted = place + len(self) if place < 0 else place
        for hit in islice(self, wanted, wanted + 1) if wanted >= 0 else ():
            return hit
        raise IndexError(place)


def _group(request: SearchRequest, view: View, found: Ranked, within: Clause) -> Sequence[RankedArticle]:
    """Put each article and its reprints together: all that match are compared."""
    from searchlib.embedded.search.reprints import Reprints  # noqa: PLC0415 (with numpy)

    count = _total_of(found, view, within)
    if count > MOST_GROUPED:
        cure = Message("narrow the search to {} articles, or ask without grouping", f"{MOST_GROUPED:,}")
        raise BackendError(
            NAME, Message("reprints are not looked for among {} articles: {}", f"{count:,}", cure)
        )
    entries = list(found)
    matcher = view.part([entry.candidate for entry in entries])
    hits = list(map(_as_hit, entries))
    docs = range(len(entries))
    groups = Reprints(matcher.snapshot, view.analyzer.words, docs, request.deadline).groups()
    end = None if request.limit is None else request.offset + request.limit
    return [
        hits[first]._replace(reprints=tuple(hits[other] for other in others))
        for first, *others in islice(groups, request.offset, end)
    ]


def explain(request: SearchRequest, view: View, article_id: str) -> Explanation | None:
    """Return what the score of one article is made of; None when it does not match or is not there."""
    found = rank(replace(request, limit=1, offset=0), view, _EVERYTHING)
    candidate = read_one(view, article_id)
    if candidate is None or not view.matches(candidate.article, found.tree):
        return None
    return _explain(request, view, found, candidate)


def _explain(request: SearchRequest, view: View, found: Ranked, candidate: Candidate) -> Explanation:
    """Return what an article's score is made of."""
    counted = CountedArticle(candidate.article, view.analyzer, view.layout.own)
    return _scorer(request, view, found).explain(counted, has_passages=candidate.id in found.by_passages)


def _scorer(request: SearchRequest, view: View, found: Ranked) -> TextScorer:
    from searchlib.scoring.text_scores import TextScorer  # noqa: PLC0415 (with numpy, which counting needs not)

    return TextScorer(found.tree, view.analyzer, request.weights, view.figures)


def read_one(view: View, article_id: str) -> Candidate | None:
    """Return an article by its id, None for an unknown one."""
    found = view.finder.page({"term": {"id": article_id}}, 1, BY_ID)
    return found[0] if found else None


def placement(request: SearchRequest, view: View, article_id: str) -> Placement | None:
    """Return the place of one article among all that a request finds; None for an unknown id."""
    candidate = read_one(view, article_id)
    if candidate is None:
        return None
    article = candidate.article
    filters = _filters(request, view)
    found = rank(replace(request, limit=None, offset=0), view, filters.all)
    count = _total_of(found, view, filters.all)
    matches = partial(view.matches, article)
    is_in = view.matches(article, found.tree) and view.finder.count(
        all_of([filters.all, {"term": {"id": article_id}}])
    )
    if not is_in:
        return Placement(article, None, count, matches)
    before: Entry | None = None
    for place, entry in enumerate(found, 1):
        if entry.candidate.id == article_id:
            score = _explain(request, view, found, candidate)
            return Placement(article, place, count, matches, score, _before(request, view, found, before))
        before = entry
    return Placement(article, None, count, matches)


def _before(
    request: SearchRequest, view: View, found: Ranked, entry: Entry | None
) -> tuple[Article, Explanation] | None:
    if entry is None:
        return None
    return entry.candidate.article, _explain(request, view, found, entry.candidate)


_EVERYTHING: Clause = {"match_all": {}}
