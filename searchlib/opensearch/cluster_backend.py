"""The engine on a cluster: the contract, each part of it by the module that knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from searchlib.article_json import article_of
from searchlib.embedded.store.lexicon_files import FolderLexicon
from searchlib.engine.contract import (
    ArticleSource,
    LexiconSource,
    Noted,
    Placement,
    SearchResponse,
    WordCounts,
)
from searchlib.engine.filters import asks_for_furniture
from searchlib.engine.request import SearchRequest
from searchlib.errors import BackendError, StoreNotFoundError
from searchlib.findings import Explanation
from searchlib.message import Message
from searchlib.model import FURNITURE, Article
from searchlib.opensearch import aside
from searchlib.opensearch.answering import answer, explain, placement, read_one
from searchlib.opensearch.clauses import MATCH_ALL
from searchlib.opensearch.client import NAME
from searchlib.opensearch.cluster_figures import Kept
from searchlib.opensearch.cluster_index import ClusterIndex
from searchlib.opensearch.counting import passing
from searchlib.opensearch.finding import Finder, record_in
from searchlib.opensearch.mapping import DOC
from searchlib.opensearch.moving import Writer
from searchlib.opensearch.no_lexicon import NoLexicon
from searchlib.opensearch.summary import problems, summary
from searchlib.opensearch.translation import in_range
from searchlib.opensearch.word_counts import count_words, typical_words
from searchlib.own_fields import own_fields
from searchlib.reports import Repair, Report


class OpenSearchBackend(ClusterIndex):
    """Keeps articles in an index of a cluster. Safe for many reading threads."""

    @property
    def lexicon(self) -> LexiconSource:
        """The user's words and synonyms: files in the folder that the address names, or none."""
        folder = self._address.lexicon
        return FolderLexicon(Path(folder)) if folder else NoLexicon()

    def _holding(self, request: SearchRequest) -> Self:
        """Return what holds the articles that a request lets through: this index, or the furniture's."""
        return (asks_for_furniture(request.where) and self.furniture()) or self

    def _having(self, article_id: str) -> Self:
        """Return what may hold an article: this index, or the furniture's for the id of furniture."""
        return (article_id.endswith(f"#{FURNITURE}") and self.furniture()) or self

    def put_furniture(self, files: Mapping[str, ArticleSource | None]) -> None:
        """Replace the furniture of whole files; without any, no index is made for it."""
        beside = self.furniture()
        if beside is None and any(files.values()):
            beside = self.beside_for_furniture(self.own_fields)
        if beside is not None:
            beside.put_files(files)

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a request."""
        if (holding := self._holding(request)) is not self:
            return holding.search(request)
        return answer(request, self._view(request.deadline))

    def explain(self, request: SearchRequest, article_id: str) -> Explanation | None:
        """Break down the score of one article; None when it does not match or is not there."""
        found = explain(request, self._view(request.deadline), article_id)
        having = self if found else self._having(article_id)
        return found if having is self else having.explain(request, article_id)

    def placement(self, request: SearchRequest, article_id: str) -> Placement | None:
        """Return the place of one article among all that a request finds; None for an unknown id."""
        if (holding := self._holding(request)) is not self:
            return holding.placement(request, article_id)
        return placement(request, self._view(request.deadline), article_id)

    def get(self, article_id: str) -> Article | None:
        """Return an article, None for an unknown id; the furniture of a page by its own id."""
        found = read_one(self._view(), article_id)
        if found is not None:
            return found.article
        having = self._having(article_id)
        return None if having is self else having.get(article_id)

    def articles(self) -> Iterator[Article]:
        """Yield every article of one point in time, in the order in which they came."""
        with self._view().finder.moment() as finder:
            for hit in finder.all_hits([DOC]):
                yield article_of(record_in(hit["_source"]))

    def autocomplete(self, prefix: str, limit: int) -> list[str]:
        """Return what could be typed after a text, the likeliest first: words, names, headlines."""
        from searchlib.opensearch.beginnings import completions  # noqa: PLC0415 (its tables take 10 ms)

        return completions(self._view(), prefix, limit)

    def typical_words(self, article: Article, count: int) -> list[str]:
        """Return the words that set an article apart from the others, the heaviest first."""
        return typical_words(self._view(), article, count)

    def word_counts(self, words: Sequence[str]) -> WordCounts:
        """Return how often words occur, and in how many articles."""
        return count_words(self._view(), words)

    def add(self, articles: ArticleSource) -> Report:
        """Put articles in; an id that is there already is replaced. Not all or nothing: send them again."""
        with self._writing() as writer:
            writer.put(articles)
        return writer.counts.report()

    def delete(self, ids: Iterable[str]) -> int:
        """Take articles out; return how many there were. Unknown ids are ignored."""
        self.check_writable()
        wanted = list(ids)
        if not wanted or not self.is_there():
            return 0
        with self._writing() as writer:
            writer.remove(wanted)
        return writer.counts.removed

    def delete_where(self, request: SearchRequest) -> int:
        """Take out all articles that a request's filters let through; return how many."""
        if (holding := self._holding(request)) is not self:
            return holding.delete_where(request)
        self.check_writable()
        if not self.is_there():
            return 0
        view = self._view(request.deadline)
        clauses = [passing(view.finder, request.where)]
        if request.since is not None or request.until is not None:
            clauses.append(in_range(request.since, request.until))
        with self._writing() as writer:
            writer.remove_where({"bool": {"filter": clauses}})
        return writer.counts.removed

    def put_files(
        self,
        files: Mapping[str, ArticleSource | None],
        *,
        noted: Noted | None = None,
        hurry: bool = False,  # noqa: ARG002 (there is nothing that could be left for later)
    ) -> Report:
        """Replace the articles of whole files; None takes a file's articles out."""
        with self._writing(noted) as writer:
            held = writer.held_by(list(files))
            for file, articles in files.items():
                writer.put(articles or (), file, held.get(file))
        return writer.counts.report()

    @contextmanager
    def _writing(self, noted: Noted | None = None) -> Iterator[Writer]:
        """Return what writes to the index of now; behind the block all that was written is findable."""
        self.check_writable()
        self._analyzer.load()
        self.create()
        with self._lock:
            self._known = None  # it may have been replaced since
        with self._client.patient():
            analyzer, about = self.analyzer, self.about()
            alias = self.home.written_by(about)
            writer = Writer(
                self._client,
                alias or about.index,
                about.layout,
                analyzer,
                is_alias=alias is not None,
                is_empty=not self.count(),
                noted=noted,
            )
            try:
                with writer:
                    yield writer
            finally:
                self._end_writing()

    def _end_writing(self) -> None:
        """Make what was written findable, and forget the figures of before."""
        with suppress(StoreNotFoundError):
            self.home.refresh()
        with self._lock:
            self._kept = Kept()

    def check(self) -> list[str]:
        """Return what the cluster says is wrong with the index, a line each."""
        self.about()
        return problems(self._client, self.home.name)

    def backup(self, path: Path) -> None:
        """Refuse: a cluster makes snapshots of itself."""
        cure = Message("have the cluster make a snapshot, or write the articles out with: search export")
        raise BackendError(NAME, Message("an index on a cluster is not copied into {}: {}", path, cure))

    def repair(self) -> Repair:
        """Refuse: a cluster repairs itself from its copies."""
        cure = Message(
            "it does so from its replicas; what search doctor still names is restored from a snapshot"
        )
        raise BackendError(NAME, Message("a cluster is not repaired from here: {}", cure))

    def convert(self, fields: Mapping[str, float] | None) -> Repair:
        """Cut all articles again, with other fields unless None, into another index that takes the place."""
        self.check_writable()
        about = self.about()
        self._analyzer.load()
        wanted = about.layout.own if fields is None else own_fields(fields)
        count = Finder(self._client, about.index).count(MATCH_ALL)
        if about.said.get("fingerprint") == self._analyzer.fingerprint and about.layout.own == wanted:
            return Repair(kept=count)
        with self._aside(wanted, lambda _: True):
            pass
        return Repair(saved=count)

    @contextmanager
    def anew(self, stays: Callable[[str], bool]) -> Iterator[Self]:
        """Return what is filled, and takes the place of this index in one step when the block ends."""
        self.check_writable()
        with self._aside(self.own_fields, stays) as other:
            yield other

    @contextmanager
    def _aside(self, own: Mapping[str, float], stays: Callable[[str], bool]) -> Iterator[Self]:
        self._analyzer.load()
        place = self.home.place
        other = self._other_index(aside.name_beside(place), own, place)
        with aside.succession(self, other, self._analyzer, stays):
            yield other
        self._asked_fields = None if self._asked_fields is None else dict(own)
        self._beside = None
        self.refresh()
        self.files.keep_own()

    def stats(self) -> dict[str, Any]:
        """Return the figures of the index and of its cluster."""
        return summary(self._client, self.about(), self._view().finder, self.files, self._analyzer)
