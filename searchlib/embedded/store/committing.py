"""
Putting articles in and taking them out: one writer at a time, one commit, all or nothing.

New articles become new segments, beside which the table of contents is written
last and renamed into place: what is not in it does not exist, and is cleared
away by the next commit. Small segments are merged when there are many (`merge_policy`).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType

from searchlib.analysis import Analyzer
from searchlib.article_json import article_of, record_of
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.building import SegmentBuilder
from searchlib.embedded.codec.merging import merge
from searchlib.embedded.codec.segment import SegmentInfo
from searchlib.embedded.store import folder
from searchlib.embedded.store.analysts import Analysts
from searchlib.embedded.store.disk import remove
from searchlib.embedded.store.locks import acquire
from searchlib.embedded.store.manifest import (
    latest_generation,
    overtaken_error,
    read_contents,
    write_contents,
)
from searchlib.embedded.store.merge_policy import to_merge
from searchlib.embedded.store.snapshot import Snapshot, open_snapshot
from searchlib.engine.contract import ArticleSource, Noted
from searchlib.errors import StoreLockedError
from searchlib.model import Article
from searchlib.spool import Counts, Steps
from searchlib.system import give_memory_back
from searchlib.workers.crew import usable_cores

LOCK_TIMEOUT_S = 10.0
"""How long a second writer waits for the first."""


class Writing:
    """One commit in the making; leaving the `with` block commits, an exception leaves all as it was."""

    def __init__(
        self,
        path: Path,
        analyzer: Analyzer,
        start: Callable[[Path], Snapshot] = open_snapshot,
        *,
        always: bool = False,
        merges: bool = True,
        noted: Noted | None = None,
    ) -> None:
        """
        Prepare a commit.

        Args:
            start: Returns the commit that this one goes on from, when the lock is held.
            always: Commit even when nothing has changed.
            merges: False to leave small segments to the next commit.
            noted: Called now and then, when many articles have been put in.
        """
        self._start = start
        self._always = always
        self._merges = merges
        self._steps = Steps(noted)
        self._put = 0
        self._put_bytes = 0
        self._path = path
        self._analyzer = analyzer
        self.counts = Counts()
        self._gone: set[int] = set()
        self._written: list[SegmentInfo] = []
        self._ended: deque[tuple[SegmentInfo, SegmentBuilder]] = deque()

    def __enter__(self) -> Writing:
        self._process = os.getpid()
        self._placing = False
        self._release = release = acquire(self._path, folder.WRITE_LOCK, LOCK_TIMEOUT_S)
        try:
            # The lock is held, so this is the commit that the new one goes on from.
            self._snapshot = self._start(self._path)
            self._contents = self._snapshot.contents
            self._analysts = Analysts(self._path, self._analyzer, usable_cores())
            self._builder = self._new_builder()
        except BaseException:
            release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if os.getpid() != self._process:
            return  # a child forked in the block: the commit, its files and its helpers are the parent's
        try:
            with self._analysts:
                if kind is None and (self._always or self._gone or len(self._builder) or self._written):
                    self._commit()
        except BaseException as cause:
            self._withdraw(cause)
            raise
        else:
            if error is not None:
                self._withdraw(error)
        finally:
            for builder in (self._builder, *(builder for _, builder in self._ended)):
                builder.close()
            self._release()

    @property
    def count(self) -> int:
        """The number of articles in the commit that this one goes on from."""
        return len(self._snapshot.docs)

    @property
    def fields(self) -> Mapping[str, float]:
        """The text fields of the index's own, with their weights."""
        return self._contents.fields

    def remove_ids(self, ids: Iterable[str]) -> None:
        """Take out the articles with these ids; unknown ones are ignored."""
        for article_id in ids:
            doc = self._snapshot.doc_of(article_id)
            if doc is not None and self._delete(doc):
                self.counts.removed += 1

    def put(self, articles: ArticleSource, file: str = "") -> None:
        """
        Put articles in; an id that is there already is replaced.

        Args:
            articles: Their ids must not have been put in this same commit before.
            file: The file they were read from. Its other articles are taken out.
        """
        old = {int(doc) for doc in self._snapshot.postings(schema.FILE, file)[0]} if file else set()
        for article_id, record in articles:
            self._put += 1
            self._put_bytes += len(record)
            self._steps.note(self._put, self._put_bytes)
            doc = self._snapshot.doc_of(article_id)
            if doc is not None and doc not in self._gone:
                if (not file or doc in old) and self._snapshot.article(doc) == article_of(record):
                    old.discard(doc)
                    self.counts.unchanged += 1
                    continue
                self._delete(doc)
                old.discard(doc)
                self.counts.updated += 1
            else:
                self.counts.added += 1
            self._build(article_id, record, file)
        for doc in old:
            self.counts.removed += self._delete(doc)

    def remove_where(self, matching: Callable[[Snapshot], Iterable[int]]) -> None:
        """Take out the documents that *matching* returns of the commit that this one goes on from."""
        for doc in matching(self._snapshot):
            self.counts.removed += self._delete(int(doc))

    def restore(self, article: Article, file: str) -> None:
        """Put an article in that came from a file and whose id is not there."""
        self._build(article.id, record_of(article), file)

    def remove_file(self, file: str) -> None:
        """Take out all articles of a file."""
        for doc in self._snapshot.postings(schema.FILE, file)[0]:
            self.counts.removed += self._delete(int(doc))

    def _delete(self, doc: int) -> bool:
        if doc in self._gone:
            return False
        self._gone.add(doc)
        return True

    def _build(self, article_id: str, record: bytes, file: str) -> None:
        self._builder.add(article_id, record, file)
        if self._builder.is_full:
            self._end_segment()
        # One may wait for a good moment; more of them would be memory without bound.
        if self._analysts.is_busy or len(self._ended) > 1:
            self._write_ended()

    def _new_builder(self) -> SegmentBuilder:
        analysts = self._analysts
        own = tuple(self._contents.fields)
        return SegmentBuilder(self._analyzer, analysts.submit, own, self._path, analysts.threads)

    def _end_segment(self) -> None:
        """Begin another segment; this one is written when its parts are here and others are on their way."""
        self._builder.end_batch()
        self._ended.append((self._new_segment(len(self._builder)), self._builder))
        self._builder = self._new_builder()

    def _write_ended(self) -> None:
        while self._ended and self._ended[0][1].is_analyzed:
            segment, builder = self._ended.popleft()
            give_memory_back()
            builder.write(segment.path_in(self._path))
            del builder
            give_memory_back()

    def _new_segment(self, doc_total: int) -> SegmentInfo:
        segment = SegmentInfo(os.urandom(8).hex(), doc_total)
        self._written.append(segment)
        return segment

    def _commit(self) -> None:
        if len(self._builder):
            self._end_segment()
        self._analysts.finish()
        self._write_ended()
        segments = self._contents.segments
        for doc in self._gone:
            number, place = self._snapshot.place_of(doc)
            segments[number].deleted.add(place)
        segments = self._merge([segment for segment in [*segments, *self._written] if segment.live_total])
        self._placing = True
        write_contents(self._path, segments, self._contents)
        folder.clear_away(self._path)

    def _merge(self, segments: list[SegmentInfo]) -> list[SegmentInfo]:
        while self._merges and (chosen := to_merge(segments, self._size_bytes)):
            merged = self._new_segment(sum(segment.live_total for segment in chosen))
            opened = [segment.open_in(self._path) for segment in chosen]
            merge(opened, merged.path_in(self._path), self._analysts.threads)
            segments[segments.index(chosen[0])] = merged
            segments = [segment for segment in segments if segment not in chosen]
        return segments

    def _size_bytes(self, segment: SegmentInfo) -> int:
        return segment.path_in(self._path).stat().st_size

    def _withdraw(self, cause: BaseException) -> None:
        """
        Delete the files of a commit that is not made; once its table is in place, it is made.

        Raises:
            StoreLockedError: In place of *cause*, when that is a file that another writer took away.
        """
        moved_on = latest_generation(self._path) != self._contents.generation
        if moved_on and self._placing and not isinstance(cause, StoreLockedError):
            return
        listed = [one.segid for one in read_contents(self._path).segments] if moved_on else []
        for segment in self._written:
            if segment.segid not in listed:
                remove(segment.path_in(self._path))
        if moved_on and isinstance(cause, FileNotFoundError):
            raise overtaken_error(self._path) from cause
