"""
The table of contents of an index: which segments a commit is made of. Whoosh's file, read without Whoosh.

    Whoosh's table       two pickles among others, for `whoosh.index.open_dir`
    ours                 JSON: {"version", "generation", "segments": [[name, documents, [deleted, …]], …],
                         "commits": [token of the last commits, this one's last, …]},
                         and "fields": {"extra.KEY": weight, …} where the index has fields of its own
    offset(u64) bytes(u64) crc32(u32) "SLIBTOC."
                         28 bytes at the very end, all little-endian

Unpickling can run any code, so the pickles are written and never read here. The
checksum is that of all that is before it, Whoosh's part too. The file is
written beside, forced to the disk and given its name, which must be free: that is
the commit. So of two writers that both go on from one commit only one succeeds,
even where a network drive lets both hold the lock.
"""

from __future__ import annotations

import json
import os
import re
import stat
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from searchlib.embedded.codec.sections import damage
from searchlib.embedded.codec.segment import EXTENSION, SegmentInfo
from searchlib.embedded.store.disk import names_of_unfinished, place_file, read_file, remove, sync_folder
from searchlib.errors import StoreFormatError, StoreLockedError, StoreNotFoundError
from searchlib.frozen import dataclass, field
from searchlib.lazy import lazy_pattern
from searchlib.message import Message
from searchlib.own_fields import own_fields

NAME = "MAIN"
"""Whoosh's name for an index in a folder of its own."""

VERSION = 1
"""Of our part of the table; another number is another format."""

VERSION_WITH_FIELDS = 2
"""The format of a table that names fields of the index's own, which a release that reads 1 would miss."""

LAST_GENERATION = 999_999_999
"""The highest number of a commit. Nobody gets there but by a forged table; the next commit begins again."""

_COMMITS = 32
"""Tokens that are kept: more than others commit while a writer looks whether its own commit was the next."""

_LOOKS = 3
"""Maximum number of further looks at an index whose table is not there, or has just gone."""

_FILE = lazy_pattern(rf"_{NAME}_([0-9]{{1,9}})\.toc")
_ANY_NAME = rf"_{NAME}_[0-9]+\.toc"
_ANY_FILE = lazy_pattern(_ANY_NAME)
_UNFINISHED = names_of_unfinished(_ANY_NAME)
_SEGMENT = lazy_pattern(rf"{NAME}_([0-9a-z]+){re.escape(EXTENSION)}")
_SEGMENT_NAME = lazy_pattern(r"[0-9a-z]{1,64}")
_TRAILER = struct.Struct("<QQI8s")
_CHECKED_TO = 12
"""The checksum is so many bytes before the end."""
_MAGIC = b"SLIBTOC."


@dataclass(frozen=True)
class Manifest:
    """The segments of one commit, in their order, and the commit's number."""

    segments: list[SegmentInfo]
    generation: int
    commits: tuple[str, ...] = ()
    """A random token for each of the last commits, in their order, this one's last."""
    identity: Identity | None = None
    """Of the table's file: an index that was made again may have a commit of the same number."""
    fields: Mapping[str, float] = field(default_factory=dict)
    """The text fields of the index's own, `extra.KEY`, with their weights."""


Identity = tuple[int, int, int, int, bytes]
"""Device, file number, size, time of change and last bytes of a table, which hold its checksum."""


def identity_of_latest(path: Path) -> Identity | None:
    """Return what tells the last commit's table from any other, made at any time; None when there is none."""
    generation = latest_generation(path)
    try:
        return None if generation < 0 else _identity(table_file(path, generation))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def _identity(file: Path) -> Identity:
    about = file.stat()
    if not stat.S_ISREG(about.st_mode):
        raise ValueError("it is no file")
    with file.open("rb") as opened:
        opened.seek(max(0, about.st_size - _TRAILER.size))
        end = opened.read(_TRAILER.size)
    return about.st_dev, about.st_ino, about.st_size, about.st_mtime_ns, end


def latest_generation(path: Path) -> int:
    """Return the number of the last commit, -1 when there is none."""
    for _ in range(_LOOKS):
        numbers = [int(match.group(1)) for match in _matches(path, _FILE)]
        if numbers or not segment_files(path):
            break  # else one was put there and the one before taken away while the folder was listed
    return max(numbers, default=-1)


def _matches(path: Path, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    try:
        names = [entry.name for entry in os.scandir(path)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    return [match for match in map(pattern.fullmatch, names) if match]


def segment_files(path: Path) -> list[Path]:
    """Return all files of segments, those of no commit too."""
    return sorted(path / match.group() for match in _matches(path, _SEGMENT))


def table_file(path: Path, generation: int) -> Path:
    """Return the file of a commit's table."""
    return path / f"_{NAME}_{generation}.toc"


def read_contents(path: Path) -> Manifest:
    """
    Read the last commit's table of contents.

    Raises:
        FileNotFoundError: Other commits took its place, again and again.
        StoreNotFoundError: There is no commit.
        StoreFormatError: The table is damaged or lost, or another program wrote it.
    """
    for _ in range(_LOOKS):
        with suppress(FileNotFoundError):
            return _read_contents(path)
    return _read_contents(path)


def _read_contents(path: Path) -> Manifest:
    generation = latest_generation(path)
    if generation < 0:
        if segment_files(path):
            raise damage(path, "its table of contents (_MAIN_*.toc) is missing")
        raise StoreNotFoundError(path, "the index has no commit yet; make one with: search index PATH...")
    file = table_file(path, generation)
    try:
        identity = _identity(file)  # before its bytes: what is put there meanwhile is then another
        said = _read_table(file)
        if said["generation"] != generation:
            raise ValueError("it is another commit's")  # noqa: TRY301 (one message for all damage)
        commits = tuple(map(str, said.get("commits", ())))[-_COMMITS:]
        fields = own_fields(said["fields"]) if said["version"] == VERSION_WITH_FIELDS else {}
        segments = [_segment(*values) for values in said["segments"]]
        return Manifest(segments, generation, commits, identity, fields)
    except (ValueError, KeyError, TypeError, struct.error, RecursionError, MemoryError) as error:
        raise damage(file, Message("its table of contents cannot be read ({})", error)) from error


def _read_table(file: Path) -> dict[str, Any]:
    data = read_file(file)
    if len(data) < _TRAILER.size:
        raise ValueError("it is cut short")
    place, length, crc, magic = _TRAILER.unpack_from(data, len(data) - _TRAILER.size)
    if magic != _MAGIC:
        raise ValueError("it does not end as searchlib's do: damaged, or of another program")
    if zlib.crc32(memoryview(data)[:-_CHECKED_TO]) != crc:
        raise ValueError("it does not fit its checksum")
    if place + length + _TRAILER.size != len(data):
        raise ValueError("it has another length")
    said: dict[str, Any] = json.loads(data[place : place + length])
    if said["version"] not in {VERSION, VERSION_WITH_FIELDS}:
        supported = f"{VERSION} and {VERSION_WITH_FIELDS}"
        cure = Message("update searchlib: only the release that wrote it, or a newer one, can read it")
        form = "written in table format {}, this version reads {}: {}"
        message = Message(form, said["version"], supported, cure)
        raise StoreFormatError(file, message, found=str(said["version"]), supported=supported)
    return said


def _segment(name: Any, doc_total: Any, deleted: Any) -> SegmentInfo:
    """Make a segment of what the table says; whoever wrote it, its name leads to no other folder."""
    if not isinstance(name, str) or not _SEGMENT_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a segment")
    if type(doc_total) is not int or doc_total < 0:
        raise ValueError("a number of documents is invalid")
    if not all(type(doc) is int and 0 <= doc < doc_total for doc in deleted):
        raise ValueError("the number of a deleted document is invalid")
    return SegmentInfo(name, doc_total, deleted)


def write_contents(path: Path, segments: Sequence[SegmentInfo], after: Manifest) -> None:
    """
    Commit: put the table of contents in place, on the disk, and clear away what no commit needs.

    The segments' files must be on the disk; their names are forced there first,
    so that no table is ever there without them.

    Args:
        after: The commit that this one goes on from; its number is -1 for the first.

    Raises:
        StoreLockedError: Another writer has committed since, which no working lock allows.
    """
    sync_folder(path)
    # Listed before the commit: what a later writer brings is not ours to delete.
    old = find_unneeded(path, segments)
    if latest_generation(path) != after.generation:
        raise overtaken_error(path)
    number = _next(path, after.generation)
    token = os.urandom(8).hex()
    commits = (*after.commits, token)[-_COMMITS:]
    try:
        place_file(
            table_file(path, number), table_bytes(Manifest([*segments], number, commits, fields=after.fields))
        )
        if number < after.generation:
            table_file(path, after.generation).unlink()  # only now the lower number counts
            sync_folder(path)
    except (FileExistsError, FileNotFoundError) as error:
        if latest_generation(path) == after.generation:
            raise
        raise overtaken_error(path) from error
    if not _is_among(path, number, token):
        remove(table_file(path, number))
        raise overtaken_error(path)
    clear_away(path, old)


def _next(path: Path, generation: int) -> int:
    """Return the number of the commit after one."""
    if generation < LAST_GENERATION:
        return generation + 1
    return next(number for number in range(generation) if not table_file(path, number).exists())


def _is_among(path: Path, number: int, token: str) -> bool:
    """
    Return whether a commit just made is the last one, or one that the last goes on from.

    It is not when its number was free only because others have committed twice and cleared away.
    """
    while latest_generation(path) != number:
        try:
            return token in read_contents(path).commits
        except FileNotFoundError:
            continue  # another one has just taken its place
    return True


def overtaken_error(path: Path) -> StoreLockedError:
    """Return the error of a writer that another one has overtaken, though it holds the lock."""
    message = Message(
        "another process has committed at the same time: locks have no effect on this file system. "
        "Nothing of this was written; do it again, from one process at a time"
    )
    return StoreLockedError(path, message)


def table_bytes(contents: Manifest) -> bytes:
    """Return the table of a commit, Whoosh's part and ours."""
    from searchlib.whoosh_index.table import whoosh_table  # noqa: PLC0415 (a query writes nothing)

    whooshs = whoosh_table(NAME, contents.segments, contents.fields, contents.generation)
    said: dict[str, Any] = {
        "version": VERSION_WITH_FIELDS if contents.fields else VERSION,
        "generation": contents.generation,
        "segments": [[s.segid, s.doc_total, sorted(s.deleted)] for s in contents.segments],
        "commits": contents.commits,
    }
    if contents.fields:
        said["fields"] = dict(contents.fields)
    ours = json.dumps(said, separators=(",", ":")).encode()
    table = whooshs + ours
    table += _TRAILER.pack(len(whooshs), len(ours), 0, _MAGIC)[:-_CHECKED_TO]
    return bytes(table + zlib.crc32(table).to_bytes(4, "little") + _MAGIC)


def find_unneeded(path: Path, segments: Iterable[SegmentInfo]) -> list[Path]:
    """Return all tables, segments but for some, and what dead writers left; the write lock must be held."""
    kept = {segment.path_in(path).name for segment in segments}
    found = [m.group() for pattern in (_ANY_FILE, _UNFINISHED, _SEGMENT) for m in _matches(path, pattern)]
    return [path / name for name in found if name not in kept]


def clear_away(path: Path, files: Iterable[Path]) -> None:
    """Delete files of an index that its last commit does not need; the write lock must be held."""
    latest = table_file(path, latest_generation(path))
    for file in files:
        if file != latest:
            remove(file)
