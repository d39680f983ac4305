"""One request answered by looking at every article, from the rules and the formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from operator import itemgetter

from searchlib.analysis.counted import CountedArticle
from searchlib.engine.contract import Placement, RankedArticle, SearchResponse
from searchlib.engine.filters import passes
from searchlib.engine.key_order import Rank, rank_of
from searchlib.engine.request import SearchRequest
from searchlib.errors import ConfigError
from searchlib.findings import Explanation
from searchlib.frozen import dataclass, replace
from searchlib.memory.memory_commit import MemoryCommit
from searchlib.message import Message
from searchlib.model import OWN
from searchlib.query.nodes import Query, has_dates, least_of, with_least, without_dates
from searchlib.scoring.relaxing import CLOSEST, CLOSEST_SHARE
from searchlib.scoring.reprint_match import BodyComparison
from searchlib.scoring.rescoring import RESCORE_DEPTH
from searchlib.scoring.text_scores import TextScorer
from searchlib.stored_values import DATE_KEYS, full_date, value_text, values_of
from searchlib.textmatch.article_match import article_matches, is_in_range


@dataclass(frozen=True)
class RankedAll:
    """All articles that match a tree, in order, each with its score."""

    tree: Query
    scorer: TextScorer
    scores: Mapping[str, float]
    shares: Mapping[str, tuple[float, float]]
    """Of the articles that were ordered again: what of the query their best passages and leads hold."""


class Answerer:
    """Answers requests from one commit."""

    def __init__(self, contents: MemoryCommit, request: SearchRequest) -> None:
        self._contents = contents
        self._request = request

    def response(self) -> SearchResponse:
        """Answer the request."""
        request = self._request
        ranking = self.ranking()
        facets = {key: self._facet(key, ranking.tree) for key in request.facets}
        end = None if request.limit is None else request.offset + request.limit
        return SearchResponse(
            tuple(self._hits(ranking))[request.offset : end],
            lambda: len(ranking.scores),
            ranking.tree,
            partial(self._count_undated, ranking),
            {key: dict(counts[: request.facets[key]]) for key, counts in facets.items()},
            facet_sizes={key: len(counts) for key, counts in facets.items()},
            weights=ranking.scorer.weights,
        )

    def placement(self, article_id: str) -> Placement:
        """Return the place of one article among all that match."""
        ranking = self.ranking()
        order = list(ranking.scores)
        article = self._contents.kept[article_id].article
        matches = partial(self._matches, counted=self._contents.kept[article_id].counted)
        if article_id not in ranking.scores:
            return Placement(article, None, len(order), matches)
        place = order.index(article_id)
        before = None
        if place:
            other = order[place - 1]
            before = self._contents.kept[other].article, self._explanation(ranking, other)
        score = self._explanation(ranking, article_id)
        return Placement(article, place + 1, len(order), matches, score, before)

    def explain(self, article_id: str) -> Explanation | None:
        """Break down the score of one article; None when it does not match."""
        ranking = self.ranking()
        return self._explanation(ranking, article_id) if article_id in ranking.scores else None

    def _explanation(self, ranking: RankedAll, article_id: str) -> Explanation:
        counted = self._contents.kept[article_id].counted
        return ranking.scorer.explain(counted, has_passages=article_id in ranking.shares)

    def ranking(self) -> RankedAll:
        """
        Rank all that matches: the tree, or the relaxed one when nothing has all of it.

        Of the relaxed one an article needs as many words as one of the closest has that has fewest.
        """
        request, relaxed = self._request, self._request.relaxed
        strict = None
        if request.is_strict or relaxed is None:
            strict = self._rank(request.tree, request.tree, request.sort)
            if relaxed is None or (strict.scores and not request.is_question):
                return strict
        found = self._rank(with_least(relaxed, 1), relaxed, "relevance").scores
        best = list(found)[:CLOSEST]
        closest = [key for key in best if found[key] >= found[best[0]] * CLOSEST_SHARE]
        holds = [self._contents.kept[key].counted for key in closest]
        if strict and strict.scores and all(self._matches(request.tree, one) for one in holds):
            return strict
        if not closest:
            return self._rank(request.tree, request.tree, request.sort)
        words = least_of(relaxed)
        held = [sum(self._matches(word, one) for word in words.subqueries) for one in holds]
        return self._rank(with_least(relaxed, min(words.least, *held)), relaxed, request.sort)

    def _rank(self, tree: Query, scored: Query, sort: str) -> RankedAll:
        """Return what matches *tree* and passes the filters, scored by the terms of *scored*."""
        contents = self._contents
        found = {key: contents.kept[key].counted for key in self._find(tree, self._request)}
        scorer = TextScorer(scored, contents.analyzer, self._request.weights, contents)
        scores = {key: scorer.score(one) for key, one in found.items()}
        shares: dict[str, tuple[float, float]] = {}
        if sort != "relevance":
            return RankedAll(tree, scorer, {key: scores[key] for key in self._sort(found, sort)}, shares)
        order = sorted(scores, key=lambda key: (-scores[key], key))
        if scorer.rescores and order:
            first, rest = order[:RESCORE_DEPTH], order[RESCORE_DEPTH:]
            shares = dict(zip(first, scorer.shares([found[key] for key in first]), strict=True))
            scores |= {key: scorer.with_gains(scores[key], shares[key]) for key in first}
            order = sorted(first, key=lambda key: (-scores[key], key)) + rest
        return RankedAll(tree, scorer, {key: scores[key] for key in order}, shares)

    def _find(self, tree: Query, request: SearchRequest) -> Iterator[str]:
        for key, kept in self._contents.kept.items():
            request.deadline.check()
            if self._passes(kept.counted, request) and self._matches(tree, kept.counted):
                yield key

    def _matches(self, tree: Query, counted: CountedArticle) -> bool:
        return article_matches(tree, counted, self._contents.analyzer, self._request.deadline)

    def _passes(self, counted: CountedArticle, request: SearchRequest, *, undated: bool = False) -> bool:
        """Return whether an article passes the filters; with *undated* whatever its date is."""
        article = counted.article
        if not all(passes(values_of(article, key), wanted) for key, wanted in request.where.items()):
            return False
        if undated or not _is_ranged(request):
            return True
        return is_in_range(full_date(article.date), request.since, request.until)

    def _count_undated(self, ranking: RankedAll) -> int:
        """Count what a date range kept out only because it has no full date."""
        ranged = _is_ranged(self._request)
        if not ranged and not has_dates(ranking.tree):
            return 0
        anytime = without_dates(ranking.tree)
        return sum(
            full_date(one.article.date) is None
            and self._passes(one, self._request, undated=True)
            and self._matches(anytime, one)
            and (ranged or not self._matches(ranking.tree, one))
            for one in self._contents.counted
        )

    def _facet(self, key: str, tree: Query) -> list[tuple[str, int]]:
        """Count the values of a key over all that match, the most frequent first, then by value."""
        request = self._request
        if not request.own_filters:
            where = {name: wanted for name, wanted in request.where.items() if name != key}
            request = replace(request, where=where)
            if key in DATE_KEYS:
                request = replace(request, since=None, until=None)
        counts: Counter[str] = Counter()
        for found in self._find(tree, request):
            article = self._contents.kept[found].article
            counts.update({value_text(value) for value in values_of(article, key)})
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))

    def _sort(self, found: Mapping[str, CountedArticle], sort: str) -> list[str]:
        """Return ids by date or by a key of their own, those without it last; ties go by id."""
        if sort.removeprefix("-").startswith(OWN):
            return self._by_key(found, sort)
        dates = {key: full_date(one.article.date) or "" for key, one in found.items()}
        dated = sorted(key for key in found if dates[key])
        dated.sort(key=dates.__getitem__, reverse=sort == "newest")  # equal ones stay in order of their ids
        return dated + sorted(key for key in found if not dates[key])

    def _by_key(self, found: Mapping[str, CountedArticle], sort: str) -> list[str]:
        name, descending = sort.removeprefix("-"), sort.startswith("-")
        if self._contents.kept and not any(values_of(one.article, name) for one in self._contents.counted):
            known = sorted({f"{OWN}{key}" for one in self._contents.counted for key in one.article.extra})
            shown = ", ".join(known) or Message("none: no article has keys of its own")
            raise ConfigError("sort", sort, Message("a key that some article has ({})", shown))
        ranks: dict[str, Rank] = {}
        for key, one in found.items():
            every = sorted(map(rank_of, map(value_text, values_of(one.article, name))), reverse=descending)
            if every:  # numbers come before other texts, descending or not
                ranks[key] = min(every, key=itemgetter(0))
        order = sorted(ranks)
        order.sort(key=ranks.__getitem__, reverse=descending)
        order.sort(key=lambda key: ranks[key][0])
        return order + sorted(key for key in found if key not in ranks)

    def _hits(self, ranking: RankedAll) -> Iterator[RankedArticle]:
        if self._request.group is None:
            for key in ranking.scores:
                yield self._hit(ranking, key)
            return
        bodies: BodyComparison[str] = BodyComparison(lambda key: self._contents.kept[key].article.body)
        order = list(ranking.scores)
        grouped: set[str] = set()
        for key in order:
            if key not in grouped:
                others = (one for one in order if one not in grouped and one != key)
                group = [key, *(one for one in others if bodies.are_reprints(key, one))]
                grouped.update(group)
                first, *rest = sorted(group, key=lambda one: (self._date_of(one), order.index(one)))
                reprints = tuple(self._hit(ranking, one) for one in rest)
                yield self._hit(ranking, first)._replace(reprints=reprints)

    def _date_of(self, key: str) -> tuple[bool, str]:
        published = full_date(self._contents.kept[key].article.date)
        return published is None, published or ""

    def _hit(self, ranking: RankedAll, key: str) -> RankedArticle:
        article = self._contents.kept[key].article
        return RankedArticle(key, ranking.scores[key], lambda: article)


def _is_ranged(request: SearchRequest) -> bool:
    return request.since is not None or request.until is not None
