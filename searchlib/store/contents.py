"""
The table of contents of an index: which segments a commit is made of. Whoosh's file, read without Whoosh.

Whoosh keeps two pickles in it, its schema and the list of segments. Unpickling
can run any code, so only the second is read, by an unpickler that knows one
class, and the schema, which never varies, is passed over. The file is written
by Whoosh itself, under a name of its own, and renamed into place: that is the
commit.
"""

from __future__ import annotations

import io
import os
import pickle
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from searchlib.codec.segment import SegmentInfo
from searchlib.errors import StoreFormatError, StoreNotFoundError

NAME = "MAIN"
"""Whoosh's name for an index in a folder of its own."""

_FILE = re.compile(rf"_{NAME}_([0-9]+)\.toc")
_SIZES = 3
_BYTE_ORDER = (-12345).to_bytes(4, "big", signed=True)
_RELEASE_PARTS = 3
_SEGMENT_CLASS = ("searchlib.codec.whoosh_codec", "ArraySegment")
_CURE = "make the index anew: delete the folder, then run: search index PATH..."


@dataclass(frozen=True)
class Contents:
    """The segments of one commit, in their order, and the commit's number."""

    segments: list[SegmentInfo]
    generation: int


def latest_generation(path: Path) -> int:
    """Return the number of the last commit, -1 when there is none."""
    found = (_FILE.fullmatch(entry.name) for entry in os.scandir(path)) if path.is_dir() else ()
    return max((int(match.group(1)) for match in found if match), default=-1)


def read_contents(path: Path) -> Contents:
    """
    Read the last commit's table of contents.

    Raises:
        StoreNotFoundError: There is no commit.
        StoreFormatError: The table is damaged, or another program wrote it.
    """
    generation = latest_generation(path)
    if generation < 0:
        raise StoreNotFoundError(path, f"the index has no commit yet; {_CURE}")
    file = path / f"_{NAME}_{generation}.toc"
    try:
        stream = io.BytesIO(file.read_bytes())
        for _ in range(_SIZES):
            _read_varint(stream)
        if stream.read(4) != _BYTE_ORDER:
            raise ValueError("its byte order is another")  # noqa: TRY301 (one message for all damage)
        stream.read(4)
        for _ in range(_RELEASE_PARTS):
            _read_varint(stream)
        stream.seek(_read_varint(stream), os.SEEK_CUR)
        if int.from_bytes(stream.read(4), "big") != generation:
            raise ValueError("it is another commit's")  # noqa: TRY301
        stream.read(4)
        segments = _SegmentUnpickler(stream).load()
        return Contents([_checked(segment) for segment in segments], generation)
    except OSError:
        raise
    except Exception as error:  # a damaged pickle raises anything at all
        message = f"its table of contents cannot be read ({error}); {_CURE}"
        raise StoreFormatError(file, message, found="damaged", supported="a table of searchlib's") from error


def _read_varint(stream: io.BytesIO) -> int:
    number = shift = 0
    while True:
        byte = stream.read(1)
        if not byte:
            raise ValueError("it is cut short")
        number |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:  # noqa: PLR2004 (the last byte has no high bit)
            return number
        shift += 7


class _SegmentUnpickler(pickle.Unpickler):
    """Knows our segments and sets, and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == _SEGMENT_CLASS:
            return SegmentInfo
        if (module, name) in {("builtins", "set"), ("__builtin__", "set")}:
            return set
        raise pickle.UnpicklingError(f"it holds {module}.{name}, which is none of searchlib's")


def _checked(segment: Any) -> SegmentInfo:
    if not isinstance(segment, SegmentInfo) or not isinstance(segment.segid, str):
        raise TypeError("it lists what is no segment")
    if not isinstance(segment.doc_total, int) or not all(isinstance(doc, int) for doc in segment.deleted):
        raise TypeError("a segment's numbers are none")
    return segment


def write_contents(path: Path, segments: Sequence[SegmentInfo], generation: int) -> None:
    """Commit: write the table of contents, force it to the disk, and clear away what no commit needs."""
    from whoosh.filedb.filestore import FileStorage  # noqa: PLC0415 (a query writes nothing)
    from whoosh.index import TOC, clean_files  # noqa: PLC0415

    from searchlib.codec.whoosh_codec import ArraySegment  # noqa: PLC0415
    from searchlib.codec.whoosh_schema import make_schema  # noqa: PLC0415

    storage = FileStorage(str(path))
    listed = [ArraySegment.of(NAME, segment) for segment in segments]
    TOC(make_schema(), listed, generation).write(storage, NAME)
    _force_to_disk(path / f"_{NAME}_{generation}.toc")
    _force_to_disk(path)
    clean_files(storage, NAME, generation, listed)


def _force_to_disk(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def lock(path: Path, name: str, timeout_s: float) -> Callable[[], None] | None:
    """Take a lock of the folder, one process at a time; return what gives it back, None after *timeout_s*."""
    from whoosh.filedb.filestore import FileStorage  # noqa: PLC0415
    from whoosh.util.filelock import try_for  # noqa: PLC0415

    held = FileStorage(str(path)).lock(name)
    if not try_for(held.acquire, timeout=timeout_s):
        return None
    release: Callable[[], None] = held.release
    return release
