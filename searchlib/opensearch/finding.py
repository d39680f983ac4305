"""
Articles that match, in some order: what the cluster is sure of taken as it is, the rest read and judged.

An answer of several requests is of one state of the index: they share a point in time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from searchlib.article_json import article_of
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.errors import BackendError
from searchlib.message import Message
from searchlib.model import Article
from searchlib.opensearch.clauses import MATCH_ALL, MATCH_NONE, Clause, FoundClauses, all_of, none_of
from searchlib.opensearch.client import NAME, Client, Json
from searchlib.opensearch.mapping import DATE, DOC, ID, ORDER

MOST_READ = 20_000
"""Maximum number of articles that one search reads to see whether they match: some tens of seconds."""

PAGE = 500
"""Articles in one request when they are read one after another."""

_KEEP_ALIVE = "2m"
_SURE = "sure"

BY_ID: list[Json] = [{ID: "asc"}]
NEWEST: list[Json] = [{DATE: {"order": "desc", "missing": "_last"}}, *BY_ID]
OLDEST: list[Json] = [{DATE: {"order": "asc", "missing": "_last"}}, *BY_ID]
BEST: list[Json] = [{"_score": "desc"}, *BY_ID]
AS_THEY_CAME: list[Json] = [{ORDER: "asc"}, *BY_ID]
"""
With a number as the only key the cluster leaves articles out: its short cut for such a search takes the
first of a segment with those that were deleted, and so fewer than it has (release 3.4).
"""

Judge = Callable[[Article], bool]
"""Returns whether an article matches, by its texts."""


@dataclass(eq=False)
class Candidate:
    """An article that the cluster gave back."""

    record: bytes
    score: float
    is_sure: bool

    @cached_property
    def article(self) -> Article:
        """The article itself."""
        return article_of(self.record)

    @property
    def id(self) -> str:
        """The article's id."""
        return self.article.id


class Finder:
    """Asks one index; *points* of time are kept for as long as a `with` block of `moment`."""

    def __init__(self, client: Client, index: str, deadline: Deadline = NO_DEADLINE, point: str = "") -> None:
        self.client = client
        self.index = index
        self.deadline = deadline
        self._point = point

    @contextmanager
    def moment(self) -> Iterator[Finder]:
        """Return what asks the state of now, whatever is written meanwhile."""
        params = {"keep_alive": _KEEP_ALIVE, "allow_partial_pit_creation": "false"}
        made = self.client.ask(
            "POST", f"/{self.index}/_search/point_in_time", params=params, deadline=self.deadline
        )
        point = str(made["pit_id"])
        try:
            yield Finder(self.client, self.index, self.deadline, point)
        finally:
            with suppress(BackendError):  # it ends by itself
                self.client.ask("DELETE", "/_search/point_in_time", {"pit_id": [point]}, tries=1)

    def ask(self, body: Json, **params: Any) -> Json:
        """Send one search; an answer of a part of the shards is an error, never an answer."""
        path = f"/{self.index}/_search"
        if self._point:
            path = "/_search"
            body = {**body, "pit": {"id": self._point, "keep_alive": _KEEP_ALIVE}}
        options = {"allow_partial_search_results": "false", **params}
        left = self.deadline.remaining_s
        if left is not None:
            body = {**body, "timeout": f"{max(1, int(left * 1000))}ms"}
        answer = self.client.ask("POST", path, body, params=options, deadline=self.deadline)
        if answer.get("timed_out"):
            self.deadline.check()
            raise BackendError(
                NAME, Message("{} did not search all of its shards in time", self.client.address)
            )
        return answer

    def count(self, clause: Clause) -> int:
        """Return how many articles pass."""
        if clause == MATCH_NONE:
            return 0
        answer = self.ask({"size": 0, "track_total_hits": True, "query": clause})
        return int(answer["hits"]["total"]["value"])

    def hits(self, body: Json, **params: Any) -> Iterator[Json]:
        """Yield all that a search finds, in its order; it says how much comes in one answer, its size."""
        after: Json = {}
        while True:
            hits = self.ask(body | after, **params)["hits"]["hits"]
            yield from hits
            if len(hits) < body["size"]:
                return
            after = {"search_after": hits[-1]["sort"]}

    def all_hits(self, source: Sequence[str]) -> Iterator[Json]:
        """
        Yield every article of a moment, in the order in which they came, with some of what is kept of it.

        Raises:
            BackendError: The cluster gave fewer than it has.
        """
        body = {"size": PAGE, "query": MATCH_ALL, "sort": AS_THEY_CAME, "track_total_hits": False}
        there, given = self.count(MATCH_ALL), 0
        for hit in self.hits({**body, "_source": list(source)}):
            given += 1
            yield hit
        if given != there:
            message = Message("{} gave {} of its {} articles: try again", self.client.address, given, there)
            raise BackendError(NAME, message)

    def page(self, query: Clause, size: int, sort: Sequence[Json]) -> list[Candidate]:
        """Return the first articles in an order."""
        return [_candidate(hit) for hit in self.ask(_search_in_order(query, size, sort))["hits"]["hits"]]

    def page_of_all(
        self, query: Clause, size: int, sort: Sequence[Json], **params: Any
    ) -> tuple[list[Candidate], int]:
        """Return the first articles in an order, and how many there are in all."""
        if query == MATCH_NONE:
            return [], 0
        body = {"size": size, "query": query, "sort": list(sort), "track_total_hits": True, "_source": [DOC]}
        found = self.ask(body, **params)["hits"]
        return [_candidate(hit) for hit in found["hits"]], int(found["total"]["value"])

    def walk(
        self, query: Clause, sort: Sequence[Json], *, size: int = PAGE, **params: Any
    ) -> Iterator[Candidate]:
        """Yield all articles in an order."""
        return map(_candidate, self.hits(_search_in_order(query, size, sort), **params))

    def unsure(self, found: FoundClauses, within: Clause, judge: Judge) -> Iterator[Candidate]:
        """
        Yield the articles of which only their texts say that they match, in the order of their ids.

        Raises:
            BackendError: They are too many to be read.
        """
        between = all_of([found.possible, none_of([found.sure]), within])
        if found.is_known or between == MATCH_NONE:
            return
        count = self.count(between)
        if count > MOST_READ:
            raise too_many(count)
        for candidate in self.walk(between, BY_ID):
            self.deadline.check()
            if judge(candidate.article):
                yield candidate

    def total(self, found: FoundClauses, within: Clause, judge: Judge) -> int:
        """Return how many articles match, exactly."""
        sure = self.count(all_of([found.sure, within]))
        return sure + sum(1 for _ in self.unsure(found, within, judge))

    def matching(
        self,
        found: FoundClauses,
        within: Clause,
        judge: Judge,
        sort: Sequence[Json],
        *,
        scored: Sequence[Clause] = (),
        size: int = PAGE,
        **params: Any,
    ) -> Iterator[Candidate]:
        """
        Yield the articles that match, in an order.

        Raises:
            BackendError: More would have to be read, and do not match, than one search may.
        """
        query = as_wanted(found, within, scored)
        if query == MATCH_NONE:
            return
        in_vain = 0
        for candidate in self.walk(query, sort, size=size, **params):
            if not (candidate.is_sure or found.is_known):
                self.deadline.check()
                if not judge(candidate.article):
                    in_vain += 1
                    if in_vain > MOST_READ:
                        raise too_many(in_vain)
                    continue
            yield candidate

    def first(
        self,
        found: FoundClauses,
        within: Clause,
        judge: Judge,
        sort: Sequence[Json],
        *,
        size: int,
        scored: Sequence[Clause] = (),
        **params: Any,
    ) -> tuple[list[Candidate], int | None]:
        """Return the first articles that match, in an order, and how many do; None where not counted."""
        if found.is_known:
            return self.page_of_all(as_wanted(found, within, scored), size, sort, **params)
        matching = self.matching(found, within, judge, sort, scored=scored, size=size, **params)
        candidates = list(islice(matching, size))
        return candidates, len(candidates) if len(candidates) < size else None


def as_wanted(found: FoundClauses, within: Clause, scored: Sequence[Clause] = ()) -> Clause:
    """Return the query of all that may match, in which what surely does is named, ranked by *scored*."""
    possible = all_of([found.possible, within])
    if possible == MATCH_NONE:
        return MATCH_NONE
    should = list(scored)
    if not found.is_known and found.sure != MATCH_NONE:
        should.append({"bool": {"filter": [found.sure], "_name": _SURE}})
    return {"bool": {"filter": [possible], "should": should}} if should else {"bool": {"filter": [possible]}}


def too_many(count: int) -> BackendError:
    """Return the error of a search that would have to read more articles than it may."""
    cure = Message("ask for more words with it, a field, or a range of dates")
    return BackendError(
        NAME, Message("{} articles would have to be read to see which match: {}", f"{count:,}", cure)
    )


def _search_in_order(query: Clause, size: int, sort: Sequence[Json]) -> Json:
    """Return a search for articles in an order, of which nobody asks how many there are."""
    return {"size": size, "query": query, "sort": list(sort), "track_total_hits": False, "_source": [DOC]}


def _candidate(hit: Mapping[str, Any]) -> Candidate:
    is_sure = _SURE in hit.get("matched_queries", ())
    return Candidate(record_in(hit["_source"]), float(hit.get("_score") or 0.0), is_sure)


def record_in(source: Mapping[str, Any]) -> bytes:
    """Return the record of an article from what the cluster keeps of it."""
    return str(source[DOC]).encode("utf-8", "surrogatepass")
