"""
The table of contents of an index: which segments a commit is made of. Whoosh's file, read without Whoosh.

    Whoosh's table       two pickles among others, for `whoosh.index.open_dir`
    ours                 JSON: {"version", "generation", "segments": [[name, documents, [deleted, …]], …]},
                         and "fields": {"extra.KEY": weight, …} where the index has fields of its own
    offset(u64) bytes(u64) crc32(u32) "SLIBTOC."
                         28 bytes at the very end, all little-endian

Unpickling can run any code, so the pickles are written and never read here. The
checksum is that of all that stands before it, Whoosh's part too. The file is
written beside, forced to the disk and renamed into place: that is the commit.
"""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from searchlib.codec.sections import damaged
from searchlib.codec.segment import EXTENSION, SegmentInfo
from searchlib.errors import StoreFormatError, StoreNotFoundError
from searchlib.own_fields import own_fields
from searchlib.store.disk import NEW, read_file, remove, replace_file, sync_folder

NAME = "MAIN"
"""Whoosh's name for an index in a folder of its own."""

VERSION = 1
"""Of our part of the table; another number is another format."""

VERSION_WITH_FIELDS = 2
"""The format of a table that names fields of the index's own, which a release that reads 1 would miss."""

_FILE = re.compile(rf"_{NAME}_([0-9]{{1,9}})\.toc")
_UNFINISHED = re.compile(rf"_{NAME}_[0-9]+\.toc{re.escape(NEW)}")
_SEGMENT = re.compile(rf"{NAME}_([0-9a-z]+){re.escape(EXTENSION)}")
_SEGMENT_NAME = re.compile(r"[0-9a-z]{1,64}")
_TRAILER = struct.Struct("<QQI8s")
_CHECKED_TO = 12
"""The checksum stands so many bytes before the end."""
_MAGIC = b"SLIBTOC."


@dataclass(frozen=True)
class Contents:
    """The segments of one commit, in their order, and the commit's number."""

    segments: list[SegmentInfo]
    generation: int
    fields: Mapping[str, float] = field(default_factory=dict)
    """The text fields of the index's own, `extra.KEY`, with their weights."""


def latest_generation(path: Path) -> int:
    """Return the number of the last commit, -1 when there is none."""
    return max((int(match.group(1)) for match in _matches(path, _FILE)), default=-1)


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


def read_contents(path: Path) -> Contents:
    """
    Read the last commit's table of contents.

    Raises:
        FileNotFoundError: Another commit has just taken its place.
        StoreNotFoundError: There is no commit.
        StoreFormatError: The table is damaged or lost, or another program wrote it.
    """
    generation = latest_generation(path)
    if generation < 0:
        if segment_files(path):
            raise damaged(path, "its table of contents (_MAIN_*.toc) is missing")
        raise StoreNotFoundError(path, "the index has no commit yet; make one with: search index PATH...")
    file = table_file(path, generation)
    try:
        said = _read_table(file)
        if said["generation"] != generation:
            raise ValueError("it is another commit's")  # noqa: TRY301 (one message for all damage)
        fields = own_fields(said["fields"]) if said["version"] == VERSION_WITH_FIELDS else {}
        return Contents([_segment(*values) for values in said["segments"]], generation, fields)
    except (ValueError, KeyError, TypeError, struct.error, RecursionError, MemoryError) as error:
        raise damaged(file, f"its table of contents cannot be read ({error})") from error


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
        message = f"written in table format {said['version']}, this version reads {supported}: "
        message += "read it with the release that wrote it: pip install -U searchlib"
        raise StoreFormatError(file, message, found=str(said["version"]), supported=supported)
    return said


def _segment(name: Any, doc_total: Any, deleted: Any) -> SegmentInfo:
    """Make a segment of what the table says; whoever wrote it, its name leads to no other folder."""
    if not isinstance(name, str) or not _SEGMENT_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name of a segment")
    if type(doc_total) is not int or doc_total < 0:
        raise ValueError("a number of documents is none")
    if not all(type(doc) is int and 0 <= doc < doc_total for doc in deleted):
        raise ValueError("a deleted document is none")
    return SegmentInfo(name, doc_total, deleted)


def write_contents(
    path: Path, segments: Sequence[SegmentInfo], generation: int, fields: Mapping[str, float] | None = None
) -> None:
    """
    Commit: write the table of contents, force it to the disk, and clear away what no commit needs.

    Without *fields* of the index's own the table has the bytes that it had before there were any.

    The segments' files must be on the disk; their names are forced there first,
    so that no table is ever there without them.
    """
    sync_folder(path)
    replace_file(table_file(path, generation), _table(segments, generation, fields or {}))
    clear_away(path, segments, generation)


def _table(segments: Sequence[SegmentInfo], generation: int, fields: Mapping[str, float]) -> bytes:
    from whoosh.filedb.filestore import RamStorage  # noqa: PLC0415 (a query writes nothing)
    from whoosh.index import TOC  # noqa: PLC0415

    from searchlib.codec.whoosh_codec import ArraySegment  # noqa: PLC0415
    from searchlib.codec.whoosh_schema import make_schema  # noqa: PLC0415

    storage = RamStorage()
    listed = [ArraySegment.of(NAME, segment) for segment in segments]
    TOC(make_schema(fields), listed, generation).write(storage, NAME)
    (whooshs,) = storage.files.values()
    said: dict[str, Any] = {
        "version": VERSION_WITH_FIELDS if fields else VERSION,
        "generation": generation,
        "segments": [[s.segid, s.doc_total, sorted(s.deleted)] for s in segments],
    }
    if fields:
        said["fields"] = dict(fields)
    ours = json.dumps(said, separators=(",", ":")).encode()
    table = whooshs + ours
    table += _TRAILER.pack(len(whooshs), len(ours), 0, _MAGIC)[:-_CHECKED_TO]
    return bytes(table + zlib.crc32(table).to_bytes(4, "little") + _MAGIC)


def clear_away(path: Path, segments: Sequence[SegmentInfo], generation: int) -> None:
    """Delete older tables, segments of no commit, and what dead writers left; the write lock must be held."""
    kept = {segment.path_in(path).name for segment in segments} | {table_file(path, generation).name}
    for pattern in (_FILE, _UNFINISHED, _SEGMENT):
        for match in _matches(path, pattern):
            if match.group() not in kept:
                remove(path / match.group())
