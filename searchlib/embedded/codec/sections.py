"""
A file of named sections: written once from the front to the back, read through one memory map.

The room's docstring has the bytes.

Nothing is believed before it is verified: the directory when the file is
opened, a section when it is first asked for, once in a process for each state of
the file. The name inside tells a file that was swapped for another. The checksum
of 50 MB takes 7 to 30 ms, by the zlib that Python was built with. So each page of
the file has one too: the kernel verifies those that a query reads, and no others.
"""

from __future__ import annotations

import json
import mmap
import os
import stat
import struct
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal

from searchlib.arrays import AnyArray, np
from searchlib.errors import StoreFormatError
from searchlib.forks import new_lock
from searchlib.message import Message
from searchlib.native import page_checks
from searchlib.system import force_to_disk

VERSION = 6
"""Of the whole segment file; another number is another format."""

READ_VERSIONS = (3, 4, 5, VERSION)
"""Formats that are read; the room's docstring says in what they differ."""

PAGE_CHECKS = "page_checks"
PAGE_SIZE = 256
"""Bytes of the file that have a checksum of their own: a query for a word takes some bytes here and there."""

_PAGE_SIZES = (PAGE_SIZE, 4096)
"""Those of this format and of the fifth."""

Array = AnyArray

_HEAD = b"SLIBSEG" + bytes([VERSION])
_TAIL = b"SLIBEND" + bytes([VERSION])
_TRAILER = struct.Struct("<QQI8s")
_ALIGNMENT = 8
_KINDS = frozenset(["|u1", "<u2", "<u4", "<u8", "|i1", "<i2", "<i4", "<i8", "<f4", "<f8"])

_FORMATS: dict[str, Literal["B", "H", "I", "Q", "b", "h", "i", "q"]] = {
    "|u1": "B",
    "<u2": "H",
    "<u4": "I",
    "<u8": "Q",
    "|i1": "b",
    "<i2": "h",
    "<i4": "i",
    "<i8": "q",
}

_Directory = dict[str, tuple[int, int, int, str]]
_State = tuple[str, int, int, int, int, int]
_SEEN: OrderedDict[_State, tuple[_Directory, set[str]]] = OrderedDict()
_LOCK = new_lock()
_REMEMBERED = 256
"""Files whose directory and verified sections are remembered: each commit opens them again."""


DAMAGED = "damaged"
"""What a `StoreFormatError` has found when it is not another format."""


def damage(path: Path, what: str) -> StoreFormatError:
    """Return the error of a file, or the whole folder, of an index that is not what was written."""
    folder = path if path.is_dir() else path.parent
    message = Message(
        "damaged: {}; save what is whole with: search index --repair -i {}", Message.of(what), folder
    )
    return StoreFormatError(path, message, found=DAMAGED, supported="what searchlib wrote")


class SectionWriter:
    """Writes sections; the file is complete, and forced to the disk, when `finish` has returned."""

    def __init__(self, path: Path, *, is_kept: bool = True) -> None:
        """A file that is not *is_kept*, for the moment only, is not forced to the disk."""
        self._path = path
        self._waiting = ExitStack()
        self._is_kept = is_kept
        self._file = path.open("xb")
        self._directory: _Directory = {}
        self._checks = bytearray()
        self._page = b""
        """What of the last page was written, if not all."""
        self._write(_HEAD)

    def __enter__(self) -> SectionWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._waiting.close()
        self._file.close()
        if kind is not None:
            self._path.unlink(missing_ok=True)

    def waiting_file(self) -> IO[bytes]:
        """Return an empty file without a name, on the same disk, where a section may wait."""
        from tempfile import TemporaryFile  # noqa: PLC0415 (a query writes nothing)

        return self._waiting.enter_context(TemporaryFile(dir=self._path.parent))

    def add(self, name: str, values: AnyArray | bytes) -> None:
        """Write one section: an array in little-endian order, or bytes."""
        array = np.frombuffer(values, np.uint8) if isinstance(values, bytes) else values
        self.add_pieces(name, array.dtype, [array])

    def add_pieces(self, name: str, dtype: np.dtype[Any], pieces: Iterable[AnyArray]) -> None:
        """Write one section, of numbers of one type, that comes in pieces."""
        dtype = dtype.newbyteorder("<")
        self._write(b"\0" * (-self._file.tell() % _ALIGNMENT))
        place, size, crc = self._file.tell(), 0, 0
        for piece in pieces:
            array = np.ascontiguousarray(piece).astype(dtype, copy=False)
            data = array.view(np.uint8).data if len(array) else b""
            self._write(data)
            size += len(data)
            crc = zlib.crc32(data, crc)
        self._directory[name] = (place, size, crc, dtype.str)

    def _write(self, data: bytes | memoryview) -> None:
        self._file.write(data)
        first, rest = data[: PAGE_SIZE - len(self._page)], data[PAGE_SIZE - len(self._page) :]
        self._page += bytes(first)
        if len(self._page) == PAGE_SIZE:
            whole = len(rest) - len(rest) % PAGE_SIZE
            self._checks += page_checks(self._page, PAGE_SIZE) + page_checks(rest[:whole], PAGE_SIZE)
            self._page = bytes(rest[whole:])

    def finish(self) -> None:
        """Write the checksums of pages and the directory, and force everything that is kept to the disk."""
        self._write(b"\0" * (-self._file.tell() % _ALIGNMENT))
        self._checks += page_checks(self._page, PAGE_SIZE)
        self.add(PAGE_CHECKS, np.frombuffer(bytes(self._checks), "<u4"))
        directory = {"file": self._path.name, "sections": self._directory}
        data = json.dumps(directory, separators=(",", ":")).encode()
        place = self._file.tell()
        self._file.write(data + _TRAILER.pack(place, len(data), zlib.crc32(data), _TAIL))
        self._file.flush()
        if self._is_kept:
            force_to_disk(self._file.fileno())


class SectionFile:
    """An open file of sections; its arrays are views of the map and must not outlive it."""

    def __init__(self, path: Path) -> None:
        """
        Map a file.

        Raises:
            StoreFormatError: It is of another version, cut short, damaged or another file.
        """
        self.path = path
        if not stat.S_ISREG(path.stat().st_mode):
            raise self.damage("it is no file")
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if about.st_size < len(_HEAD) + _TRAILER.size:
                raise self.damage("it is cut short")
            # Lives on when a merge deletes the file's name.
            self.map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        times = (about.st_mtime_ns, about.st_ctime_ns)
        state = (path.name, about.st_dev, about.st_ino, about.st_size, *times)
        with _LOCK:
            seen = _SEEN.get(state)
        if seen is None:
            seen = self._read_directory(), set()
        with _LOCK:
            self._directory, self._verified = _SEEN.setdefault(state, seen)
            _SEEN.move_to_end(state)
            while len(_SEEN) > _REMEMBERED:
                _SEEN.popitem(last=False)

    def _read_directory(self) -> _Directory:
        size = len(self.map)
        place, length, crc, tail = _TRAILER.unpack(self.map[size - _TRAILER.size :])
        head = self.map[: len(_HEAD)]
        if head[:-1] != _HEAD[:-1] or tail[:-1] != _TAIL[:-1]:
            raise self.damage("it is no segment of searchlib, or cut short")
        if head[-1] != tail[-1]:
            raise self.damage("its two ends are of different versions")
        if head[-1] not in READ_VERSIONS:
            raise self._of_another_version(head[-1])
        data = self.map[place : place + length]
        if place + length + _TRAILER.size != size or zlib.crc32(data) != crc:
            raise self.damage("its directory does not fit its checksum")
        try:
            said = json.loads(data)
            name, sections = said["file"], said["sections"]
            if not all(_is_within(section, place) for section in sections.values()):
                raise ValueError("a section is not in it")  # noqa: TRY301 (one message for all damage)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise self.damage(Message("its directory cannot be read ({})", error)) from error
        if name != self.path.name:
            raise self.damage(Message("it is another file, {}", repr(name)))
        return {name: tuple(section) for name, section in sections.items()}

    def damage(self, what: str) -> StoreFormatError:
        """Return the error of a file that is not what was written."""
        return damage(self.path, what)

    def _of_another_version(self, version: int) -> StoreFormatError:
        if version > VERSION:
            cure = Message("update searchlib: only the release that wrote it, or a newer one, can read it")
        else:
            cure = Message("make the index anew: delete the folder, then run: search index PATH...")
        supported = ", ".join(map(str, READ_VERSIONS))
        form = "written in segment format {}, this version reads {}: {}"
        message = Message(form, version, supported, cure)
        return StoreFormatError(self.path, message, found=str(version), supported=supported)

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    @property
    def names(self) -> list[str]:
        """The names of all sections, in the order of the file."""
        return list(self._directory)

    def array(self, name: str) -> Array:
        """
        Return a section as an array, without a copy.

        Raises:
            StoreFormatError: It is damaged, or not there.
        """
        offset, length, _, dtype = self.section(name)
        kind = np.dtype(dtype)
        return np.frombuffer(self.map, kind, length // kind.itemsize, offset)

    def numbers(self, name: str) -> memoryview[int]:
        """
        Return a section of whole numbers as they are, without numpy.

        Raises:
            StoreFormatError: It is damaged, or not there.
        """
        kind = self.section(name)[3]
        found: memoryview[int] = self.view(name).cast(_FORMATS[kind])
        return found

    def view(self, name: str, *, verify: bool = True) -> memoryview:
        """
        Return a section as bytes, without a copy.

        Args:
            verify: False for a section whose reader verifies each part that it takes.

        Raises:
            StoreFormatError: It is damaged, or not there.
        """
        offset, length, *_ = self.section(name, verify=verify)
        return memoryview(self.map)[offset : offset + length]

    def section(self, name: str, *, verify: bool = True) -> tuple[int, int, int, str]:
        """
        Return where a section is in the map, its bytes, its checksum and its type.

        Args:
            verify: As in `view`.

        Raises:
            StoreFormatError: It is damaged, or not there.
        """
        section = self._directory.get(name)
        if section is None:
            raise self.damage(Message("section {} is missing", name))
        if verify and name not in self._verified:
            offset, length, crc, _ = section
            if zlib.crc32(memoryview(self.map)[offset : offset + length]) != crc:
                raise self.damage(Message("section {} does not fit its checksum", name))
            self._verified.add(name)
        return section

    def check(self) -> None:
        """
        Verify every byte, whether it was verified before or not.

        Raises:
            StoreFormatError: The directory, a section or a page does not fit its checksum, or there is
                something between two sections.
        """
        end = len(_HEAD)
        for name, (offset, length, _, _) in self._read_directory().items():
            self._verified.discard(name)
            self.section(name)
            if any(self.map[end:offset]):
                raise self.damage(Message("there is something before section {}", name))
            end = offset + length
        if PAGE_CHECKS in self and not self._has_page_checks():
            raise self.damage("a page does not fit its checksum")

    def _has_page_checks(self) -> bool:
        end, length, *_ = self.section(PAGE_CHECKS)
        size = next((size for size in _PAGE_SIZES if 4 * -(-end // size) == length), 0)
        return size > 0 and page_checks(memoryview(self.map)[:end], size) == self.view(PAGE_CHECKS)

    def let_go_of_pages(self) -> None:
        """
        Have the system take back the memory of what was read; it is read again when it is asked for.

        Whoever reads all of a large file would else hold all of it, in the figures of the system.
        """
        if hasattr(mmap, "MADV_DONTNEED"):
            self.map.madvise(mmap.MADV_DONTNEED)

    def copy_to(self, path: Path) -> None:
        """
        Write the file's bytes, all of them verified, into a new file and force them to the disk.

        They come from the map, whatever became of the file's name since it was opened.

        Raises:
            StoreFormatError: As `check`.
        """
        self.check()
        with path.open("xb") as file:
            file.write(self.map)
            file.flush()
            force_to_disk(file.fileno())


def _is_within(section: Any, end: int) -> bool:
    """Return whether a section of a directory is in the file, and is of a kind that arrays have."""
    offset, length, crc, kind = section
    numbers = all(type(number) is int and number >= 0 for number in (offset, length, crc))
    return numbers and offset + length <= end and kind in _KINDS
