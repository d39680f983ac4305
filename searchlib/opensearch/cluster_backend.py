"""The engine on a cluster: the contract, each part of it by the module that knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from searchlib.analysis import Analyzer
from searchlib.article_json import article_of
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.embedded.store.folder import versions
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
from searchlib.errors import BackendError, ConfigError, StoreFormatError, StoreNotFoundError
from searchlib.findings import Explanation
from searchlib.forks import new_lock
from searchlib.message import Message
from searchlib.model import FURNITURE, OWN, Article
from searchlib.opensearch import aside
from searchlib.opensearch.address import Address, parse_address
from searchlib.opensearch.answering import answer, explain, placement, read_one
from searchlib.opensearch.clauses import MATCH_ALL
from searchlib.opensearch.client import NAME, Client
from searchlib.opensearch.cluster_figures import Kept
from searchlib.opensearch.counting import passing, values_held
from searchlib.opensearch.finding import Finder, record_in
from searchlib.opensearch.home import About, Home
from searchlib.opensearch.mapping import DOC, FILE
from searchlib.opensearch.moving import Writer
from searchlib.opensearch.no_lexicon import NoLexicon
from searchlib.opensearch.registry import ClusterRegistry
from searchlib.opensearch.summary import problems, summary
from searchlib.opensearch.translation import in_range
from searchlib.opensearch.view import View
from searchlib.opensearch.word_counts import counted, typical_words
from searchlib.own_fields import check_fields, own_fields
from searchlib.reports import Repair, Report


class OpenSearchBackend:
    """Keeps articles in an index of a cluster. Safe for many reading threads."""

    def __init__(
        self,
        url: str | Address,
        *,
        read_only: bool,
        fields: Mapping[str, float] | None = None,
        place: str | None = None,
    ) -> None:
        """*place* is the name of the index whose place this one is to take."""
        self._address = url if isinstance(url, Address) else parse_address(url)
        self._client = Client(self._address)
        self.home = Home(self._client, place)
        self._read_only = read_only
        self._asked_fields = None if fields is None else own_fields(fields)
        self._analyzer = Analyzer()
        self._lock = new_lock()
        self._known: About | None = None
        self._kept = Kept()
        self._checked = ""
        self._beside: OpenSearchBackend | None = None

    @property
    def name(self) -> str:
        """The address of the index."""
        return str(self._address)

    @property
    def folder(self) -> None:
        """The index is in no folder of this machine."""

    @property
    def analyzer(self) -> Analyzer:
        """The analyzer of the index, known to cut as it was cut."""
        probe = self._analyzer.probe
        if self._checked != probe:
            try:
                said = self.about().said
            except StoreNotFoundError:
                return self._analyzer
            for part, wanted in self._analyzer.fingerprint.items():
                found = str(said.get("fingerprint", {}).get(part))
                if found != wanted:
                    raise self._stale(f"{part} {found}", f"{part} {wanted}")
            self._checked = probe
        return self._analyzer

    def _stale(self, found: str, wanted: str) -> StoreFormatError:
        cure = Message("cut its articles anew with: search index --convert -i {}", self.name)
        message = Message("its words were cut by another analysis ({}, here {}); {}", found, wanted, cure)
        return StoreFormatError(self.name, message, found=found, supported=wanted)

    def about(self, deadline: Deadline = NO_DEADLINE) -> About:
        """Return what is known of the index, read when it is first asked for."""
        with self._lock:
            if self._known is None:
                about = self.home.read(deadline)
                self._check_fields(about.layout.own)
                self._known = about
            return self._known

    def _check_fields(self, made: Mapping[str, float]) -> None:
        """See that the fields asked for are those that the index was made with."""
        check_fields(made, self._asked_fields, self.name)

    def _view(self, deadline: Deadline = NO_DEADLINE) -> View:
        about = self.about(deadline)
        with self._lock:
            if self._kept.is_old:
                self._kept = Kept()
            kept = self._kept
        return View(self._client, replace(about, index=self.home.name), self.analyzer, kept, deadline)

    @property
    def own_fields(self) -> Mapping[str, float]:
        """The text fields of the index's own, with their weights; those asked for when it is new."""
        try:
            return self.about().layout.own
        except StoreNotFoundError:
            return self._asked_fields or {}

    @property
    def commit(self) -> str:
        """What names the state of the index: another after each write that is findable."""
        about = self.about()
        told = self._client.ask("GET", f"/{self.home.name}/_stats/docs", params={"level": "shards"})
        shards = told["indices"][about.index]["shards"]
        last = (max(copy["seq_no"]["max_seq_no"] for copy in shards[number]) for number in sorted(shards))
        return f"{about.said.get('index', '')}-{about.index}-{'.'.join(map(str, last))}"

    @property
    def files(self) -> ClusterRegistry:
        """The list of files, in an index beside it."""
        name = f"{self.home.place}.files"
        return ClusterRegistry(self._client, name, self.about, self._files_with_articles)

    def _files_with_articles(self) -> set[str]:
        return {file for file, _ in values_held(self._view().finder, FILE)}

    @property
    def lexicon(self) -> LexiconSource:
        """The user's words and synonyms: files in the folder that the address names, or none."""
        folder = self._address.lexicon
        return FolderLexicon(Path(folder)) if folder else NoLexicon()

    def furniture(self) -> OpenSearchBackend | None:
        """Return the index of the furniture, beside this one; None where there is none."""
        if self._address.index.endswith(f".{FURNITURE}"):
            return None
        beside = self._beside or self.beside_for_furniture({})
        self._beside = beside if beside.is_there() else None
        return self._beside

    def beside_for_furniture(self, own: Mapping[str, float]) -> OpenSearchBackend:
        """Return the index of the furniture, which need not be there, with text fields of its own."""
        name, place = (f"{index}.{FURNITURE}" for index in (self._address.index, self.home.place))
        self._beside = self._named(name, own, place)
        return self._beside

    def _named(self, index: str, own: Mapping[str, float] | None, place: str) -> OpenSearchBackend:
        """Return another index of the same cluster."""
        keys = None if own is None else {name.removeprefix(OWN): weight for name, weight in own.items()}
        address = replace(self._address, index=index)
        return OpenSearchBackend(address, read_only=self._read_only, fields=keys or None, place=place)

    def _holding(self, request: SearchRequest) -> OpenSearchBackend:
        """Return what holds the articles that a request lets through: this index, or the furniture's."""
        return (asks_for_furniture(request.where) and self.furniture()) or self

    def _having(self, article_id: str) -> OpenSearchBackend:
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

    def count(self) -> int:
        """Return the number of articles; 0 when the index has not been made yet."""
        try:
            return self._view().finder.count(MATCH_ALL)
        except StoreNotFoundError:
            return 0

    def autocomplete(self, prefix: str, limit: int) -> list[str]:
        """Return what could be typed after a text, the likeliest first: words, names, headlines."""
        from searchlib.opensearch.beginnings import completions  # noqa: PLC0415 (its tables take 10 ms)

        return completions(self._view(), prefix, limit)

    def typical_words(self, article: Article, count: int) -> list[str]:
        """Return the words that set an article apart from the others, the heaviest first."""
        return typical_words(self._view(), article, count)

    def word_counts(self, words: Sequence[str]) -> WordCounts:
        """Return how often words occur, and in how many articles."""
        return counted(self._view(), words)

    def check_writable(self) -> None:
        """Refuse when the index was opened read-only."""
        if self._read_only:
            raise ConfigError("read_only", value=True, allowed="open the index without it to write")

    def create(self) -> None:
        """Make an empty index when there is none."""
        with suppress(StoreNotFoundError):
            self.about()
            return
        self.check_writable()
        self.home.create(self._analyzer.fingerprint, self._asked_fields or {}, versions())

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

    def is_there(self) -> bool:
        """Return whether the index has been made."""
        try:
            self.about()
        except StoreNotFoundError:
            return False
        return True

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
                self._written()

    def _written(self) -> None:
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
    def anew(self, stays: Callable[[str], bool]) -> Iterator[OpenSearchBackend]:
        """Return what is filled, and takes the place of this index in one step when the block ends."""
        self.check_writable()
        with self._aside(self.own_fields, stays) as other:
            yield other

    @contextmanager
    def _aside(self, own: Mapping[str, float], stays: Callable[[str], bool]) -> Iterator[OpenSearchBackend]:
        self._analyzer.load()
        place = self.home.place
        other = self._named(aside.name_beside(place), own, place)
        with aside.succession(self, other, self._analyzer, stays):
            yield other
        self._asked_fields = None if self._asked_fields is None else dict(own)
        self._beside = None
        self.refresh()
        self.files.keep_own()

    def stats(self) -> dict[str, Any]:
        """Return the figures of the index and of its cluster."""
        return summary(self._client, self.about(), self._view().finder, self.files, self._analyzer)

    def refresh(self) -> None:
        """Look at the index again: it may be another, with other figures."""
        with suppress(StoreNotFoundError, BackendError):
            self.home.refresh()
        with self._lock:
            self._known = None
            self._kept = Kept()
            self._checked = ""
        if self._beside is not None:
            self._beside.refresh()

    def close(self) -> None:
        """Give the connections back; a later call opens them again."""
        self._client.close()
        with self._lock:
            self._known = None
            self._checked = ""
        if self._beside is not None:
            self._beside.close()
