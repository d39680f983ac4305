"""
Looking for damage, and saving what is whole.

Whole segments stay. Of a damaged one every article that can still be read is cut
and written again; so are all articles when the index was cut by another analysis.
A file of which something is lost is kept aside. The list of files goes, so that
the next `sync` reads every file again and brings back what it still finds.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from searchlib.analysis import Analyzer
from searchlib.arrays import np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.sections import DAMAGED, damage
from searchlib.embedded.codec.segment import OpenSegment, SegmentInfo
from searchlib.embedded.store import folder
from searchlib.embedded.store.committing import Writing
from searchlib.embedded.store.disk import remove
from searchlib.embedded.store.file_list import read_files
from searchlib.embedded.store.manifest import Manifest, latest_generation, read_contents, segment_files
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.errors import StoreError, StoreFormatError, StoreNotFoundError
from searchlib.message import Message, message_of
from searchlib.model import OWN, Article
from searchlib.os_errors import explained
from searchlib.reports import Repair

ASIDE = "searchlib.damaged."
"""What the name of a damaged file begins with when it is kept."""


def check(path: Path) -> list[str]:
    """
    Read every byte of an index and see that it is what was written; return what is not.

    Raises:
        StoreNotFoundError: There is no index.
    """
    return [message_of(error) for error in _errors(path)]


def _errors(path: Path, *, one_by_one: bool = False) -> list[StoreError]:
    found: list[StoreError] = []

    def try_to(look: Callable[[], Any]) -> Any:
        try:
            with explained(path, "read"):
                return look()
        except StoreNotFoundError:
            raise
        except StoreError as error:
            found.append(error)
            return None

    meta = try_to(lambda: folder.read_meta(path))
    if not found and meta is None:
        if not segment_files(path):
            raise StoreNotFoundError(path, "there is no index here; make one with: search index PATH...")
        found.append(damage(path, Message("its file {} is missing", folder.META)))
    contents = try_to(lambda: read_contents(path))
    for info in contents.segments if contents else []:
        try_to(lambda info=info: _examine(path, info, one_by_one=one_by_one))  # type: ignore[misc]
    try_to(lambda: read_files(path, ()))
    return found


def _examine(path: Path, info: SegmentInfo, *, one_by_one: bool) -> None:
    try:
        opened = info.open_in(path)
    except FileNotFoundError as error:
        raise damage(path, Message("its file {} is missing", info.path_in(path).name)) from error
    opened.examine(one_by_one=one_by_one)


def repair(path: Path, analyzer: Analyzer) -> Repair:
    """
    Save what is whole; nothing is written when all is, nor when there is something that cannot be read now.

    Raises:
        StoreNotFoundError: There is no index.
        StoreLockedError: Another process is writing.
        StoreFormatError: Another version wrote it.
        StoreError: The system does not let us read all of it.
    """
    errors = _errors(path, one_by_one=True)
    for error in errors:
        if not isinstance(error, StoreFormatError) or error.found != DAMAGED:
            raise error
    problems = list(map(str, errors))
    salvage = _Salvage(path, analyzer.fingerprint, problems)
    if not problems and salvage.is_current:
        with Writing(path, analyzer) as writing:
            return Repair(kept=writing.count)
    with Writing(path, analyzer, salvage.begin, always=True) as writing:
        for file, article in salvage.articles():
            writing.restore(article, file)
    if not salvage.is_current:
        folder.write_meta(path, analyzer.fingerprint)
    return Repair(salvage.kept, salvage.saved, salvage.lost, tuple(problems))


def convert(path: Path, analyzer: Analyzer, fields: Mapping[str, float] | None) -> Repair:
    """
    Cut all articles again, all or nothing: one commit holds them and the fields that they are searched in.

    Args:
        fields: The text fields of the index's own; None for those that it has.

    Raises:
        StoreNotFoundError: There is no index.
        StoreLockedError: Another process is writing.
        StoreFormatError: It is damaged, or another version wrote it.
    """
    for error in _errors(path):
        raise error
    contents = read_contents(path)
    is_current = _fingerprint(path) == analyzer.fingerprint
    wanted = contents.fields if fields is None else fields
    if is_current and wanted == contents.fields:
        return Repair(kept=sum(segment.live_total for segment in contents.segments))
    conversion = _Conversion(wanted)
    with Writing(path, analyzer, conversion.begin, always=True) as writing:
        for file, article in conversion.articles():
            writing.restore(article, file)
    if not is_current:
        folder.write_meta(path, analyzer.fingerprint)
    return Repair(saved=conversion.saved)


class _Conversion:
    """All articles of a commit, for another one that has no segment of it."""

    def __init__(self, fields: Mapping[str, float]) -> None:
        self._fields = fields
        self._segments: list[OpenSegment] = []
        self.saved = 0

    def begin(self, path: Path) -> Snapshot:
        """Return a commit without segments; called by the writer that holds the lock."""
        contents = read_contents(path)
        self._segments = [info.open_in(path) for info in contents.segments]
        return Snapshot(path, Manifest([], contents.generation, contents.commits, fields=self._fields))

    def articles(self) -> Iterator[tuple[str, Article]]:
        """Yield every article with its file."""
        for opened in self._segments:
            file_of = _files_of(opened)
            for doc in np.flatnonzero(opened.live).tolist():
                self.saved += 1
                yield file_of.get(doc, ""), opened.article(doc)


class _Salvage:
    """What can be read of an index: whole segments, and articles of others."""

    def __init__(self, path: Path, fingerprint: Mapping[str, str], problems: list[str]) -> None:
        self._path = path
        self._problems = problems
        self.is_current = _fingerprint(path) == fingerprint
        self.kept = self.saved = self.lost = 0
        self._taken: set[str] = set()
        self._found: list[tuple[OpenSegment, list[int]]] = []

    def begin(self, path: Path) -> Snapshot:
        """Return a commit of the whole segments; called by the writer that holds the lock."""
        contents = self._contents()
        whole: list[SegmentInfo] = []
        for info in reversed(contents.segments):  # the newest first: of two articles with an id it counts
            opened = _open(path, info)
            if opened is not None and self.is_current and _is_whole(opened):
                self._leave_out_taken(info, opened)
                whole.insert(0, info)
                self.kept += info.live_total
            else:
                self._take(info, opened)
        for name in (folder.FILES, folder.FILES_LOG):
            remove(path / name)
        return Snapshot(path, Manifest(whole, contents.generation, contents.commits, fields=contents.fields))

    def _contents(self) -> Manifest:
        try:
            return read_contents(self._path)
        except StoreFormatError:
            self._problems.append(
                Message(
                    "{}: which articles had been deleted is not known any more: they are back", self._path
                )
            )
        infos = []
        for file in sorted(segment_files(self._path), key=lambda file: file.stat().st_mtime_ns):
            name = file.stem.removeprefix("MAIN_")
            infos.append(SegmentInfo(name, _document_count(file)))
        return Manifest(infos, latest_generation(self._path), fields=_fields_in(infos, self._path))

    def _leave_out_taken(self, info: SegmentInfo, opened: OpenSegment) -> None:
        for doc in np.flatnonzero(opened.live).tolist():
            article_id = opened.id_of(doc)
            if article_id in self._taken:
                info.deleted.add(doc)
            self._taken.add(article_id)

    def _take(self, info: SegmentInfo, opened: OpenSegment | None) -> None:
        """Find out which articles can be read out of a segment."""
        lost = info.live_total
        if opened is not None:
            lost = 0
            docs = []
            for doc in np.flatnonzero(opened.live).tolist():
                try:
                    article_id = opened.article(doc).id
                except Exception:  # noqa: BLE001 (whatever is wrong with it, it cannot be read)
                    lost += 1
                    continue
                if article_id not in self._taken:
                    self._taken.add(article_id)
                    docs.append(doc)
            self._found.append((opened, docs))
            self.saved += len(docs)
        self.lost += lost
        if lost or opened is None:
            self._keep_aside(info, lost)

    def _keep_aside(self, info: SegmentInfo, lost: int) -> None:
        file = info.path_in(self._path)
        said = Message("{}: {} articles are lost", file, lost)
        if file.exists():
            aside = file.with_name(ASIDE + file.name)
            with suppress(OSError):  # a file system without links
                os.link(file, aside)
                said = Message("{}; the damaged file is kept as {}", said, aside.name)
        self._problems.append(said)

    def articles(self) -> Iterator[tuple[str, Article]]:
        """Yield the articles that were found outside of whole segments, each with its file."""
        for opened, docs in reversed(self._found):
            file_of = _files_of(opened)
            for doc in docs:
                yield file_of.get(doc, ""), opened.article(doc)


def _fields_in(infos: Iterable[SegmentInfo], path: Path) -> dict[str, float]:
    """Return the text fields of their own that segments have; with the table their weights are lost."""
    found: dict[str, float] = {}
    for info in infos:
        with suppress(Exception):  # whatever is wrong with it, it tells nothing
            names = info.open_in(path).text_fields
            found.update((name, 1.0) for name in names if name.startswith(OWN))
    return dict(sorted(found.items()))


def _fingerprint(path: Path) -> Any:
    try:
        return (folder.read_meta(path) or {}).get("fingerprint")
    except StoreFormatError:
        return None


def _open(path: Path, info: SegmentInfo) -> OpenSegment | None:
    try:
        return info.open_in(path)
    except (StoreFormatError, FileNotFoundError):
        return None


def _is_whole(opened: OpenSegment) -> bool:
    try:
        opened.examine(one_by_one=True)
    except StoreFormatError:
        return False
    return True


def _document_count(file: Path) -> int:
    """Return how many documents a segment has, by any section that tells; 0 when none does."""
    with suppress(StoreFormatError, OSError):
        opened = OpenSegment(file, 0, ())
        for section in ("dates", "ids"):
            with suppress(StoreFormatError):
                return len(opened.file.array(section))
    return 0


def _files_of(opened: OpenSegment) -> dict[int, str]:
    """Return the file that each document came from, as far as that can be read."""
    files: dict[int, str] = {}
    try:
        for file in opened.terms(schema.FILE):
            found = opened.all_postings(schema.FILE, file)
            assert found is not None  # noqa: S101 (it is among the terms)
            files.update(dict.fromkeys(found[0].tolist(), file))
    except StoreFormatError:
        return {}  # the articles are worth saving without
    return files
