"""
Articles into a cluster and out of it: what is as it was is left alone, the rest goes in batches.

There is no commit over several batches: a call that was interrupted has written some of its articles.
Called again it writes the others, because an article's id is its place.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from searchlib.analysis import Analyzer
from searchlib.article_json import article_of
from searchlib.engine.contract import Noted
from searchlib.forks import new_lock
from searchlib.opensearch.bulk import Action, batches, document_id, send
from searchlib.opensearch.clauses import Clause, term
from searchlib.opensearch.client import Client, Json
from searchlib.opensearch.finding import BY_ID, Finder
from searchlib.opensearch.home import About
from searchlib.opensearch.mapping import DIGEST, FILE, ID, digest_of

_LOOKED_UP = 500
"""Articles of which one request asks whether they are there already."""

_IDS = 5000
_GONE = 404
_NEW = 201


@dataclass(slots=True)
class MovedCounts:
    """What one call did, in articles."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0


class _Order:
    """Numbers articles in the order in which they come, over all calls of this process."""

    def __init__(self) -> None:
        self._lock = new_lock()
        self._last = 0

    def next(self) -> int:
        with self._lock:
            self._last = max(self._last + 1, time.time_ns())
            return self._last


ORDER_OF_COMING = _Order()


class Writer:
    """Writes to one index."""

    def __init__(
        self, client: Client, about: About, analyzer: Analyzer, *, is_empty: bool, noted: Noted | None = None
    ) -> None:
        """*is_empty* says that no article can be there already."""
        self._client = client
        self._about = about
        self._analyzer = analyzer
        self._is_empty = is_empty
        self._noted = noted
        self._done = 0
        self._done_bytes = 0
        self.counts = MovedCounts()

    def put(self, articles: Iterable[tuple[str, bytes]], file: str = "") -> None:
        """
        Put articles in; one that is there already is replaced.

        Args:
            articles: Ids, each once, and records.
            file: The file they were read from. Its other articles are taken out.
        """
        old = set(self._ids(term(FILE, file))) if file and not self._is_empty else set()
        for batch in batches(self._actions(articles, file, old)):
            for status in self._send(batch):
                self.counts.added += status == _NEW
                self.counts.updated += status != _NEW
        if old:
            self.remove(old)

    def _actions(self, articles: Iterable[tuple[str, bytes]], file: str, old: set[str]) -> Iterator[Action]:
        rest = iter(articles)
        while some := list(islice(rest, _LOOKED_UP)):
            known = {} if self._is_empty else self._known([article_id for article_id, _ in some])
            for article_id, record in some:
                self._note(len(record))
                old.discard(article_id)
                digest, held_by = known.get(article_id, ("", ""))
                if digest == digest_of(record) and (not file or held_by == file):
                    self.counts.unchanged += 1
                    continue
                yield Action(article_id, self._document(record, file))

    def _document(self, record: bytes, file: str) -> Json:
        article = article_of(record)
        return self._about.layout.document(article, record, self._analyzer, file, ORDER_OF_COMING.next())

    def _note(self, size_bytes: int) -> None:
        self._done += 1
        self._done_bytes += size_bytes
        if self._noted is not None and self._done % _LOOKED_UP == 0:
            self._noted(self._done, self._done_bytes)

    def _known(self, ids: list[str]) -> dict[str, tuple[str, str]]:
        """Return the digest and the file of each article that is there."""
        names = {document_id(article_id): article_id for article_id in ids}
        answer = self._client.ask(
            "POST",
            f"/{self._about.index}/_mget",
            {"ids": list(names)},
            params={"_source_includes": f"{DIGEST},{FILE}"},
        )
        found = {}
        for one in answer["docs"]:
            if one.get("found"):
                source = one.get("_source", {})
                found[names[one["_id"]]] = (str(source.get(DIGEST, "")), str(source.get(FILE, "")))
        return found

    def _send(self, batch: list[Action]) -> list[int]:
        return send(self._client, self._about.index, batch)

    def remove(self, ids: Iterable[str]) -> None:
        """Take out the articles with these ids; unknown ones are ignored."""
        for batch in batches(Action(article_id, None) for article_id in dict.fromkeys(ids)):
            self.counts.removed += sum(status != _GONE for status in self._send(batch))

    def remove_where(self, clause: Clause) -> None:
        """Take out all articles that pass."""
        self.remove(list(self._ids(clause)))

    def _ids(self, clause: Clause) -> Iterator[str]:
        yield from ids_of(Finder(self._client, self._about.index), clause)


def ids_of(finder: Finder, clause: Clause) -> Iterator[str]:
    """Yield the ids of all articles that pass, in order."""
    after: list[str] | None = None
    while True:
        body: Json = {
            "size": _IDS,
            "query": clause,
            "sort": BY_ID,
            "track_total_hits": False,
            "_source": False,
            "docvalue_fields": [ID],
        }
        if after is not None:
            body["search_after"] = after
        hits = finder.ask(body)["hits"]["hits"]
        yield from (str(hit["fields"][ID][0]) for hit in hits)
        if len(hits) < _IDS:
            return
        after = hits[-1]["sort"]
