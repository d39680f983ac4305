"""The contract of an engine in memory."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from searchlib.analysis import Analyzer, fold, simplify
from searchlib.analysis.counted import CountedArticle
from searchlib.article_json import article_of
from searchlib.engine.contract import (
    ArticleSource,
    FileEntry,
    Noted,
    Placement,
    SearchResponse,
    WordCounts,
)
from searchlib.engine.request import SearchRequest
from searchlib.errors import BackendError, ConfigError, StoreNotFoundError
from searchlib.findings import Explanation
from searchlib.forks import new_lock
from searchlib.memory.brute_force import Answerer
from searchlib.memory.memory_commit import KeptArticle, MemoryCommit
from searchlib.message import Message
from searchlib.model import OWN, Article
from searchlib.own_fields import own_fields
from searchlib.reports import Repair, Report
from searchlib.scoring.more_like_this import heaviest_words, weigh_words
from searchlib.spool import Counts, Steps
from searchlib.stored_values import full_date, value_text, values_of

NAME = "memory://"


class MemoryBackend:
    """Keeps articles in a dict; each commit is another one, so that readers keep theirs."""

    def __init__(self, *, read_only: bool = False, fields: Mapping[str, float] | None = None) -> None:
        self._read_only = read_only
        self._analyzer = Analyzer()
        self._own = own_fields(fields or {})
        self._token = secrets.token_hex(8)
        self._lock = new_lock()
        self._contents: MemoryCommit | None = None
        self.files = MemoryRegistry(self)
        self.lexicon = MemoryLexicon()

    @property
    def name(self) -> str:
        """The URL that opens one."""
        return NAME

    @property
    def folder(self) -> None:
        """It lies in none."""

    @property
    def analyzer(self) -> Analyzer:
        """The analyzer."""
        return self._analyzer

    @property
    def own_fields(self) -> Mapping[str, float]:
        """The text fields of the index's own, with their weights."""
        return self._own

    @property
    def commit(self) -> str:
        """The number of the commit, and a token of this index."""
        return f"{self._read().number}-{self._token}"

    @property
    def exists(self) -> bool:
        """Whether anything has been written, or `create` has been called."""
        return self._contents is not None

    def _read(self) -> MemoryCommit:
        if self._contents is None:
            raise StoreNotFoundError(Path(NAME), "there is no index here; put articles in first")
        return self._contents

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a request from the last commit."""
        return Answerer(self._read(), request).response()

    def explain(self, request: SearchRequest, article_id: str) -> Explanation | None:
        """Break down the score of one article."""
        return Answerer(self._read(), request).explain(article_id)

    def placement(self, request: SearchRequest, article_id: str) -> Placement | None:
        """Return the place of one article among all that a request finds."""
        contents = self._read()
        return Answerer(contents, request).placement(article_id) if article_id in contents.kept else None

    def get(self, article_id: str) -> Article | None:
        """Return an article, None for an unknown id."""
        kept = self._read().kept.get(article_id)
        return None if kept is None else kept.article

    def articles(self) -> Iterator[Article]:
        """Yield every article."""
        for one in self._read().counted:
            yield one.article

    def count(self) -> int:
        """Return the number of articles."""
        return len(self._contents.kept) if self._contents else 0

    def autocomplete(self, prefix: str, limit: int) -> list[str]:
        """Return words and authors that begin with a text, those of most articles first, then headlines."""
        contents = self._read()
        wanted = simplify(fold(prefix)).strip("\n ")
        if not wanted:
            return []
        held: Counter[str] = Counter()
        headlines: dict[str, tuple[bool, int]] = {}
        for one in contents.counted:
            words = {word for counter in one.words.values() for word in counter} | {*one.article.authors}
            held.update(word for word in words if word.startswith(wanted) and len(word) > 1)
            headline = simplify(fold(one.article.headline))
            if wanted in headline:
                headlines[one.article.headline] = not headline.startswith(wanted), len(headline)
        words_first = sorted(held, key=lambda word: (-held[word], word))
        room = max(1, limit // 2, limit - len(headlines))
        ordered = sorted(headlines, key=lambda text: (headlines[text], text))
        return list(dict.fromkeys([*words_first[:room], *ordered]))[:limit]

    def typical_words(self, article: Article, count: int) -> list[str]:
        """Return the words that set an article apart from the others."""
        return heaviest_words(weigh_words(article, self._own, self._analyzer), self._read(), count)

    def word_counts(self, words: Sequence[str]) -> WordCounts:
        """Return how often words occur in the articles."""
        counted = self._read().counted
        totals = [sum((*one.words.values(),), Counter[str]()) for one in counted]
        return WordCounts(
            [sum(total[word] for total in totals) for word in words],
            [sum(word in total for total in totals) for word in words],
            sum(total.total() for total in totals),
            len(counted),
        )

    def check_writable(self) -> None:
        """Refuse when the index was opened read-only."""
        if self._read_only:
            raise ConfigError("read_only", value=True, allowed="open the index without it to write")

    def create(self) -> None:
        """Make an empty index when there is none."""
        self.check_writable()
        if self._contents is None:
            self._contents = MemoryCommit({}, self._analyzer)

    def add(self, articles: ArticleSource) -> Report:
        """Put articles in."""
        return self._put({"": articles})

    def put_files(
        self,
        files: Mapping[str, ArticleSource | None],
        *,
        noted: Noted | None = None,
        hurry: bool = False,  # noqa: ARG002 (nothing here can wait)
    ) -> Report:
        """Replace the articles of whole files."""
        return self._put(files, noted)

    def _put(self, files: Mapping[str, ArticleSource | None], noted: Noted | None = None) -> Report:
        self.check_writable()
        with self._lock:
            contents = self._contents or MemoryCommit({}, self._analyzer)
            put: dict[str, KeptArticle] = {}
            counts = Counts()
            removed: list[str] = []
            size_bytes = 0
            steps = Steps(noted)
            for file, source in files.items():
                old = {key for key, kept in contents.kept.items() if file and kept.file == file}
                for article_id, record in source or ():
                    size_bytes += len(record)
                    article, known = article_of(record), contents.kept.get(article_id)
                    is_its = known is not None and (not file or known.file == file)
                    old.discard(article_id)
                    if known is not None and is_its and known.article == article:
                        counts.unchanged += 1
                        continue
                    counts.added += known is None
                    counts.updated += known is not None
                    put[article_id] = KeptArticle(CountedArticle(article, self._analyzer, self._own), file)
                    steps.note(len(put), size_bytes)
                removed += old
            self._contents = contents.with_changes(put, removed)
        counts.removed = len(removed)
        return counts.report()

    def delete(self, ids: Iterable[str]) -> int:
        """Take articles out."""
        self.check_writable()
        with self._lock:
            if self._contents is None:
                return 0
            removed = [key for key in dict.fromkeys(ids) if key in self._contents.kept]
            self._contents = self._contents.with_changes({}, removed)
        return len(removed)

    def delete_where(self, request: SearchRequest) -> int:
        """Take out all articles that a request's filters let through."""
        self.check_writable()
        if self._contents is None:
            return 0
        return self.delete(list(Answerer(self._contents, request).ranking().scores))

    def check(self) -> list[str]:
        """Memory is not damaged."""
        self._read()
        return []

    def backup(self, path: Path) -> None:
        """Refuse: write the articles to a file instead."""
        raise BackendError(NAME, Message("an index in memory makes no copy in {}: export its articles", path))

    def repair(self) -> Repair:
        """There is nothing to save."""
        return Repair(kept=len(self._read().kept))

    def convert(self, fields: Mapping[str, float] | None) -> Repair:
        """Count all articles again, with other fields of the index's own unless None."""
        self.check_writable()
        contents = self._read()
        if fields is None or own_fields(fields) == self._own:
            return Repair(kept=len(contents.kept))
        with self._lock:
            self._own = own_fields(fields)
            kept = {
                key: KeptArticle(CountedArticle(one.article, self._analyzer, self._own), one.file)
                for key, one in contents.kept.items()
            }
            self._contents = contents.with_changes(kept, ())
        return Repair(saved=len(kept))

    def stats(self) -> dict[str, Any]:
        """Return the figures of the index."""
        articles = list(self.articles())
        dates = sorted(filter(None, (full_date(one.date) for one in articles)))
        kinds = Counter(value_text(value) for one in articles for value in values_of(one, "kind"))
        files = self.files.read()
        return {
            "path": NAME,
            "articles": len(articles),
            "undated": len(articles) - len(dates),
            "first_date": dates[0] if dates else None,
            "last_date": dates[-1] if dates else None,
            "files": sum(entry["articles"] > 0 or "skipped" not in entry for entry in files.values()),
            "skipped": {key: entry["skipped"] for key, entry in files.items() if "skipped" in entry},
            "size_bytes": 0,
            "kinds": dict(sorted(kinds.items(), key=lambda item: (-item[1], item[0]))),
            "format": None,
            "fields": {name.removeprefix(OWN): weight for name, weight in self._own.items()},
            "fingerprint": self._analyzer.fingerprint,
            "fingerprint_matches": True,
            "versions": {},
            "engine": self._analyzer.engine,
        }

    def refresh(self) -> None:
        """Nobody else writes."""

    def close(self) -> None:
        """Keep everything: a later call goes on."""


class MemoryRegistry:
    """The list of files that `sync` knows."""

    def __init__(self, backend: MemoryBackend) -> None:
        self._backend = backend
        self._entries: dict[str, FileEntry] = {}

    def read(self) -> dict[str, FileEntry]:
        """Return what is known of each file."""
        return dict(self._entries) if self._backend.exists else {}

    def update(self, changes: Mapping[str, FileEntry | None]) -> None:
        """Bring the list up to date."""
        if self._backend.exists:
            merged: dict[str, FileEntry | None] = {**self._entries, **changes}
            self._entries = {key: entry for key, entry in merged.items() if entry is not None}


class MemoryLexicon:
    """The user's words and synonyms, given as texts."""

    def __init__(self) -> None:
        self.texts: dict[str, bytes] = {}
        """`words.txt` and `synonyms.txt` in UTF-8, where there are any."""

    def state(self) -> Hashable:
        """Return the texts themselves."""
        return tuple(sorted(self.texts.items()))

    def read(self, name: str) -> bytes | None:
        """Return a text, None when there is none."""
        return self.texts.get(name)

    def label(self, name: str) -> str:
        """Return what an error message calls a text."""
        return f"{NAME}{name}"
