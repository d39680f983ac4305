"""
Putting articles in and taking them out: one writer at a time, one commit, all or nothing.

Ids are resolved here and not by Whoosh's `update_document`, which leaves two
documents when one id comes twice in one commit, and looks each id up anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from whoosh.index import FileIndex, LockError

from searchlib.analysis import Analyzer
from searchlib.store import folder, schema
from searchlib.store.documents import to_document
from searchlib.store.snapshot import Snapshot
from searchlib.store.spool import Spool

LOCK_TIMEOUT_S = 10.0
"""How long a second writer waits for the first."""


@dataclass(slots=True)
class Counts:
    """What one commit did, in articles."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0


class Writing:
    """One commit in the making; leaving the `with` block commits, an exception leaves all as it was."""

    def __init__(self, path: Path, whoosh: FileIndex, analyzer: Analyzer) -> None:
        self._path = path
        self._whoosh = whoosh
        self._analyzer = analyzer
        self.counts = Counts()
        self._gone: set[int] = set()

    def __enter__(self) -> Writing:
        try:
            self._writer = self._whoosh.writer(timeout=LOCK_TIMEOUT_S)
        except LockError as error:
            raise folder.locked(self._path, LOCK_TIMEOUT_S) from error
        try:
            # The writer holds the lock, so this is the commit that it goes on from.
            self._snapshot = Snapshot(self._whoosh.refresh())
        except BaseException:
            self._writer.cancel()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._snapshot.close()
        if kind is not None or not self._changed:
            self._writer.cancel()
        else:
            self._writer.commit()

    @property
    def _changed(self) -> bool:
        return bool(self.counts.added or self.counts.updated or self._gone)

    def remove_ids(self, ids: Iterable[str]) -> None:
        """Take out the articles with these ids; unknown ones are none of our business."""
        for article_id in ids:
            doc = self._snapshot.doc_of(article_id)
            if doc is not None and self._delete(doc):
                self.counts.removed += 1

    def put(self, articles: Spool, file: str = "") -> None:
        """
        Put articles in; an id that is there already is replaced.

        Args:
            articles: Their ids must not have been put in this same commit before.
            file: The file they were read from. Its other articles are taken out.
        """
        old = {int(doc) for doc in self._snapshot.postings(schema.FILE, file)[0]} if file else set()
        for article in articles:
            doc = self._snapshot.doc_of(article.id)
            known = doc is not None and doc not in self._gone
            if (
                doc is not None
                and known
                and (not file or doc in old)
                and self._snapshot.article(doc) == article
            ):
                old.discard(doc)
                self.counts.unchanged += 1
                continue
            if doc is not None and known:
                self._delete(doc)
                old.discard(doc)
                self.counts.updated += 1
            else:
                self.counts.added += 1
            self._writer.add_document(**to_document(article, self._analyzer, file))
        for doc in old:
            self.counts.removed += self._delete(doc)

    def remove_file(self, file: str) -> None:
        """Take out all articles of a file."""
        for doc in self._snapshot.postings(schema.FILE, file)[0]:
            self.counts.removed += self._delete(int(doc))

    def _delete(self, doc: int) -> bool:
        if doc in self._gone:
            return False
        self._gone.add(doc)
        self._writer.delete_document(doc)
        return True
