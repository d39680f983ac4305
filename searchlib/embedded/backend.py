"""The engine in this process: an index in a folder, read by the compiled kernel or as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchlib.analysis import Analyzer
from searchlib.analysis.analyzer import SETTINGS
from searchlib.embedded.codec import schema
from searchlib.embedded.search.plain import KnownPage, PlainAnswer, PlainSearch
from searchlib.embedded.store import folder
from searchlib.embedded.store.folder_registry import FolderRegistry
from searchlib.embedded.store.lexicon_files import FolderLexicon
from searchlib.embedded.store.manifest import read_contents, segment_files
from searchlib.embedded.store.snapshot import Snapshot, open_snapshot
from searchlib.engine.contract import (
    ArticleSource,
    Noted,
    Placement,
    SearchResponse,
    WordCounts,
)
from searchlib.errors import ConfigError, StoreError, StoreNotFoundError
from searchlib.forks import new_lock
from searchlib.lazy import lazy_module
from searchlib.message import Message
from searchlib.model import FURNITURE, OWN, Article
from searchlib.native import engine
from searchlib.os_errors import explained
from searchlib.own_fields import check_fields, own_fields

if TYPE_CHECKING:
    from searchlib.embedded import responding
    from searchlib.embedded.store.committing import Writing
    from searchlib.embedded.suggest.autocomplete import Completer
    from searchlib.engine import filters
    from searchlib.engine.request import Narrowed, SearchRequest
    from searchlib.findings import Explanation
    from searchlib.reports import Repair, Report
else:
    responding = lazy_module("searchlib.embedded.responding")
    filters = lazy_module("searchlib.engine.filters")


class EmbeddedBackend:
    """Holds one commit open for all reading threads; its files are given back when nobody has it any more."""

    def __init__(self, path: Path, *, read_only: bool, fields: Mapping[str, float] | None = None) -> None:
        self._path = path
        self._asked_fields = None if fields is None else own_fields(fields)
        self._fields: Mapping[str, float] | None = None
        self._read_only = read_only
        self._analyzer = Analyzer()
        self._checked = ""
        self._lock = new_lock()
        self._writing = new_lock()
        self._snapshot: Snapshot | None = None
        self._was_there = False
        self._completer: Completer | None = None
        self._plain: PlainSearch | None = None
        self._beside: EmbeddedBackend | None = None
        if self._asked_fields is not None and folder.has_commit(path):
            with suppress(StoreError, FileNotFoundError):  # the first search reports it
                self._check_fields(read_contents(path).fields)

    @property
    def name(self) -> str:
        """The path of the index."""
        return str(self._path)

    @property
    def folder(self) -> Path:
        """The folder of the index."""
        return self._path

    @property
    def files(self) -> FolderRegistry:
        """The list of files beside the index."""
        return FolderRegistry(self._path, self._files_with_articles)

    def _files_with_articles(self) -> set[str]:
        """Return the files that articles of the last commit came from."""
        try:
            with self._reading() as snapshot:
                return snapshot.held_terms(schema.FILE)
        except StoreNotFoundError:
            return set()

    @property
    def lexicon(self) -> FolderLexicon:
        """The user's words and synonyms, files in the folder of the index."""
        return FolderLexicon(self._path)

    @property
    def own_fields(self) -> Mapping[str, float]:
        """The text fields of the index's own, with their weights; those asked for when it is new."""
        known = self._fields
        if known is not None:
            return known
        return self._read().own_fields if folder.has_commit(self._path) else self._asked_fields or {}

    def _check_fields(self, made: Mapping[str, float]) -> None:
        """See that the fields asked for are those that the index was made with."""
        check_fields(made, self._asked_fields, self.name)

    @property
    def analyzer(self) -> Analyzer:
        """The analyzer of the index, known to cut as it was cut."""
        probe = self._analyzer.probe
        if self._checked != probe and folder.is_index(self._path):
            with explained(self._path, "read"):
                meta = folder.check(self._path, SETTINGS)
            for part, wanted in self._analyzer.fingerprint.items():
                found = str(meta.get("fingerprint", {}).get(part))
                if found != wanted:
                    raise folder.stale(self._path, f"{part} {found}", f"{part} {wanted}")
            self._checked = probe
        return self._analyzer

    def _read(self) -> Snapshot:
        """Return the commit that is open; it stays readable for whoever has it, whatever others commit."""
        with self._lock:
            if self._snapshot is None:
                with explained(self._path, "read"):
                    folder.check(self._path, SETTINGS)
                    snapshot = open_snapshot(self._path)
                    self._check_fields(snapshot.own_fields)
                    self._snapshot, self._fields = snapshot, snapshot.own_fields
                self._was_there = True
            return self._snapshot

    @contextmanager
    def _reading(self) -> Iterator[Snapshot]:
        """Open the commit for one question; whatever goes wrong, files that are to blame are named."""
        snapshot = self._read()
        with snapshot.blamed():
            yield snapshot

    @property
    def commit(self) -> str:
        """The name of the commit that is open: its number, and a token that no other commit has."""
        with self._reading() as snapshot:
            return snapshot.commit

    def _furniture(self) -> EmbeddedBackend | None:
        """Return the index of the furniture, in a folder of this one's; None where there is none."""
        if self._beside is None and folder.has_commit(self._path / FURNITURE):
            self._beside = EmbeddedBackend(self._path / FURNITURE, read_only=self._read_only)
        return self._beside

    def _holding(self, request: SearchRequest) -> EmbeddedBackend:
        """Return what holds the articles that a request lets through: this index, or the furniture's."""
        return (filters.asks_for_furniture(request.where) and self._furniture()) or self

    def _having(self, article_id: str) -> EmbeddedBackend:
        """Return what may hold an article: this index, or the furniture's for the id of furniture."""
        return (article_id.endswith(f"#{FURNITURE}") and self._furniture()) or self

    def put_furniture(self, files: Mapping[str, ArticleSource | None]) -> None:
        """Replace the furniture of whole files; without any, no folder is made for it."""
        beside = self._furniture()
        if beside is None and any(files.values()):
            beside = self._beside = EmbeddedBackend(
                self._path / FURNITURE, read_only=self._read_only, fields=self._own_of_furniture()
            )
        if beside is not None:
            beside.put_files(files)

    def _own_of_furniture(self) -> Mapping[str, float] | None:
        """Return the index's own fields as those of its furniture: what searches one searches the other."""
        return {name.removeprefix(OWN): weight for name, weight in self.own_fields.items()} or None

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a request from the commit that is open."""
        if (holding := self._holding(request)) is not self:
            return holding.search(request)
        return responding.respond(self._read(), self._analyzer, request)

    def search_plain(
        self,
        query: str,
        how: str,
        page: tuple[int, int],
        read: Callable[[], SearchRequest],
        narrowed: Narrowed | None = None,
    ) -> PlainAnswer | None:
        """Answer a plain query from the commit that is open without its being read."""
        if narrowed is not None and narrowed.where and filters.asks_for_furniture(narrowed.where):
            return None
        plain = self._plain
        if plain is None or plain.snapshot is not self._snapshot or plain.engine is not engine():
            _ = self.analyzer  # is checked against the index
            plain = self._plain = PlainSearch(self._read(), self._analyzer, _answer)
        return plain.answer(query, how, page, read, narrowed)

    def explain(self, request: SearchRequest, article_id: str) -> Explanation | None:
        """Take the score of one article apart."""
        with self._reading() as snapshot:
            doc = snapshot.doc_of(article_id)
            if doc is not None:
                matcher = responding.Matcher(snapshot, self._analyzer, request.deadline)
                return responding.explain(request, matcher, doc)
        having = self._having(article_id)
        return None if having is self else having.explain(request, article_id)

    def placement(self, request: SearchRequest, article_id: str) -> Placement | None:
        """Return the place of one article among all that a request finds."""
        if (holding := self._holding(request)) is not self:
            return holding.placement(request, article_id)
        with self._reading() as snapshot:
            doc = snapshot.doc_of(article_id)
            return None if doc is None else responding.placement(snapshot, self._analyzer, request, doc)

    def get(self, article_id: str) -> Article | None:
        """Return an article, None for an unknown id; the furniture of a page by its own id."""
        with self._reading() as snapshot:
            doc = snapshot.doc_of(article_id)
            if doc is not None:
                return snapshot.article(doc)
        having = self._having(article_id)
        return None if having is self else having.get(article_id)

    def articles(self) -> Iterator[Article]:
        """Yield every article."""
        with self._reading() as snapshot:
            for doc in snapshot.docs.tolist():
                yield snapshot.article(doc)

    def count(self) -> int:
        """Return the number of articles; 0 when the index has not been made yet."""
        try:
            with self._reading() as snapshot:
                return len(snapshot.docs)
        except StoreNotFoundError:
            return 0

    def autocomplete(self, prefix: str, limit: int) -> list[str]:
        """Return what could be typed after a text, the likeliest first: words, names, headlines."""
        from searchlib.embedded.suggest.autocomplete import Completer  # noqa: PLC0415 (a search completes nothing)

        with self._reading() as snapshot:
            completer = self._completer  # another thread may put its own there
            if completer is None or completer.snapshot is not snapshot:
                completer = self._completer = Completer(snapshot)
            return completer.completions(prefix, responding.Matcher(snapshot, self._analyzer), limit)

    def typical_words(self, article: Article, count: int) -> list[str]:
        """Return the words that set an article apart from the others, the heaviest first."""
        from searchlib.embedded.search.similar import typical_words  # noqa: PLC0415 (only `like` asks)

        with self._reading() as snapshot:
            return typical_words(article, responding.Matcher(snapshot, self._analyzer), count)

    def word_counts(self, words: Sequence[str]) -> WordCounts:
        """Count by the postings: nothing is read but those of the words."""
        with self._reading() as snapshot:
            return responding.word_counts(snapshot, words)

    def check_writable(self) -> None:
        """Refuse when the index was opened read-only."""
        if self._read_only:
            raise ConfigError("read_only", value=True, allowed="open the index without it to write")

    def create(self) -> None:
        """Make an empty index when there is none; the folder is not touched otherwise."""
        if folder.has_commit(self._path):
            return
        from searchlib.embedded.store.committing import LOCK_TIMEOUT_S  # noqa: PLC0415 (a query writes nothing)

        self.check_writable()
        with self._writing, explained(self._path, "written"):
            folder.create(self._path, self._analyzer.fingerprint, LOCK_TIMEOUT_S, self._asked_fields)

    def add(self, articles: ArticleSource) -> Report:
        """Put articles in, one commit."""
        with self._commit() as writing:
            writing.put(articles)
        return writing.counts.report()

    def delete(self, ids: Iterable[str]) -> int:
        """Take articles out, one commit."""
        self.check_writable()
        wanted = list(ids)
        if not wanted or not folder.is_index(self._path):
            return 0
        with self._commit() as writing:
            writing.remove_ids(wanted)
        return writing.counts.removed

    def delete_where(self, request: SearchRequest) -> int:
        """Take out all articles that a request's filters let through, one commit."""
        if (holding := self._holding(request)) is not self:
            return holding.delete_where(request)
        self.check_writable()
        if not folder.is_index(self._path):
            return 0

        def documents(snapshot: Snapshot) -> Iterable[int]:
            return responding.matching_docs(snapshot, self._analyzer, request)

        with self._commit() as writing:
            writing.remove_where(documents)
        return writing.counts.removed

    def put_files(
        self,
        files: Mapping[str, ArticleSource | None],
        *,
        noted: Noted | None = None,
        hurry: bool = False,
    ) -> Report:
        """Replace the articles of whole files, one commit; in a *hurry* no segments are merged."""
        with self._commit(merges=not hurry, noted=noted) as writing:
            for file, articles in files.items():
                if articles is None:
                    writing.remove_file(file)
                else:
                    writing.put(articles, file)
        return writing.counts.report()

    @contextmanager
    def _commit(self, *, merges: bool = True, noted: Noted | None = None) -> Iterator[Writing]:
        from searchlib.embedded.store.committing import LOCK_TIMEOUT_S, Writing  # noqa: PLC0415 (a query writes nothing)

        self.check_writable()
        with self._writing, explained(self._path, "written"):
            self._load_analyzer()
            if not folder.has_commit(self._path):
                if self._was_there and not segment_files(self._path):
                    message = Message("the index that was open here is gone: is the medium still there?")
                    raise StoreNotFoundError(self._path, Message("{} Open it anew to make another", message))
                folder.create(self._path, self._analyzer.fingerprint, LOCK_TIMEOUT_S, self._asked_fields)
            folder.check(self._path, SETTINGS)
            if self._asked_fields is not None:
                self._check_fields(self._read().own_fields)
            with Writing(self._path, self.analyzer, merges=merges, noted=noted) as writing:
                yield writing
            self._was_there = True
        self.refresh()
        self._fields = writing.fields

    def _load_analyzer(self) -> None:
        """Load what cuts much text; the kernel needs only the dictionary's file."""
        from searchlib.embedded.codec.kernel_texts import counting_tables  # noqa: PLC0415 (a query counts nothing)

        if counting_tables(self._analyzer) is None:
            self._analyzer.load()

    def check(self) -> list[str]:
        """Read every byte and return what is damaged."""
        from searchlib.embedded.store.repairing import check  # noqa: PLC0415 (a query repairs nothing)

        beside = self._furniture()
        return [*check(self._path), *(beside.check() if beside else ())]

    def backup(self, path: Path) -> None:
        """Make a whole copy of the last commit in another folder."""
        from searchlib.embedded.store.backup import backup  # noqa: PLC0415 (a query copies nothing)

        backup(self._path, SETTINGS, path)

    def repair(self) -> Repair:
        """Save what is whole."""
        from searchlib.embedded.store.repairing import repair  # noqa: PLC0415

        self.check_writable()
        with self._writing, explained(self._path, "written"):
            self._load_analyzer()
            repaired = repair(self._path, self._analyzer)
        if beside := self._furniture():
            beside.repair()
        self.close()
        return repaired

    def convert(self, fields: Mapping[str, float] | None) -> Repair:
        """Cut all articles again, with other fields of the index's own unless None: all or nothing."""
        from searchlib.embedded.store.repairing import convert  # noqa: PLC0415

        self.check_writable()
        wanted = None if fields is None else own_fields(fields)
        with self._writing, explained(self._path, "written"):
            self._load_analyzer()
            converted = convert(self._path, self._analyzer, wanted)
        if beside := self._furniture():
            beside.convert(fields)
        if self._asked_fields is not None and wanted is not None:
            self._asked_fields = wanted
        self.close()
        return converted

    def stats(self) -> dict[str, Any]:
        """Return the figures of the index."""
        from searchlib.embedded.folder_stats import stats  # noqa: PLC0415 (a query asks for none)

        with self._reading() as snapshot:
            return stats(self._path, snapshot, self.files.read(), self._analyzer)

    def refresh(self) -> None:
        """Let the next reader open the newest commit."""
        with self._lock, explained(self._path, "read"):
            if self._snapshot is not None and not self._snapshot.is_latest:
                self._snapshot = self._completer = self._plain = self._fields = None
                self._checked = ""  # it may be another index
        if self._beside is not None:
            self._beside.refresh()

    def close(self) -> None:
        """Give the files back as soon as nobody reads them."""
        with self._lock:
            self._snapshot = self._completer = self._plain = self._fields = None
        if self._beside is not None:
            self._beside.close()


def _answer(
    snapshot: Snapshot, analyzer: Analyzer, request: SearchRequest, known: KnownPage | None
) -> SearchResponse:
    return responding.respond(snapshot, analyzer, request, known)
