"""
A file of named sections: written once from the front to the back, read through one memory map.

The room's docstring has the bytes. The directory's checksum is
verified when the file is opened, a section's when `check` asks for it.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt

from searchlib.errors import StoreFormatError

VERSION = 2
"""Of the whole segment file; another number is another format."""

Array = npt.NDArray[Any]

_HEAD = b"SLIBSEG" + bytes([VERSION])
_TAIL = b"SLIBEND" + bytes([VERSION])
_TRAILER = struct.Struct("<QQI8s")
_ALIGNMENT = 8
_CURE = "make the index anew: delete the folder, then run: search index PATH..."


class SectionWriter:
    """Writes sections; the file is complete, and forced to the disk, when `finish` has returned."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("xb")
        self._file.write(_HEAD)
        self._directory: dict[str, tuple[int, int, int, str]] = {}

    def __enter__(self) -> SectionWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if kind is not None:
            self._path.unlink(missing_ok=True)

    def add(self, name: str, values: Array | bytes) -> None:
        """Write one section: an array in little-endian order, or bytes."""
        array = np.frombuffer(values, np.uint8) if isinstance(values, bytes) else np.ascontiguousarray(values)
        array = array.astype(array.dtype.newbyteorder("<"), copy=False)
        self._file.write(b"\0" * (-self._file.tell() % _ALIGNMENT))
        data = array.view(np.uint8).data if len(array) else b""
        self._directory[name] = (self._file.tell(), len(data), zlib.crc32(data), array.dtype.str)
        self._file.write(data)

    def finish(self) -> None:
        """Write the directory and force everything to the disk."""
        data = json.dumps(self._directory, separators=(",", ":")).encode()
        place = self._file.tell()
        self._file.write(data + _TRAILER.pack(place, len(data), zlib.crc32(data), _TAIL))
        self._file.flush()
        os.fsync(self._file.fileno())


class SectionFile:
    """An open file of sections; its arrays are views of the map and must not outlive it."""

    def __init__(self, path: Path) -> None:
        """
        Map a file.

        Raises:
            StoreFormatError: It is of another version, cut short or damaged.
        """
        self.path = path
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size < len(_HEAD) + _TRAILER.size:
                raise self.damaged("it is cut short")
            # Lives on when a merge deletes the file's name.
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        place, length, crc, tail = _TRAILER.unpack(self._map[size - _TRAILER.size :])
        head = self._map[: len(_HEAD)]
        if head[:-1] != _HEAD[:-1] or tail[:-1] != _TAIL[:-1]:
            raise self.damaged("it is no segment of searchlib, or cut short")
        if head != _HEAD or tail != _TAIL:
            message = f"written in segment format {head[-1]}, this version reads {VERSION}; {_CURE}"
            raise StoreFormatError(path, message, found=str(head[-1]), supported=str(VERSION))
        data = self._map[place : place + length]
        if len(data) != length or zlib.crc32(data) != crc:
            raise self.damaged("its directory does not fit its checksum")
        self._directory: dict[str, tuple[int, int, int, str]] = json.loads(data)

    def damaged(self, what: str) -> StoreFormatError:
        """Return the error that says what is wrong with the file, and the cure."""
        return StoreFormatError(
            self.path, f"damaged: {what}; {_CURE}", found="damaged", supported=str(VERSION)
        )

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    @property
    def names(self) -> list[str]:
        """The names of all sections, in the order of the file."""
        return list(self._directory)

    def array(self, name: str) -> Array:
        """Return a section as an array, without a copy."""
        offset, length, _, dtype = self._directory[name]
        kind = np.dtype(dtype)
        return np.frombuffer(self._map, kind, length // kind.itemsize, offset)

    def view(self, name: str) -> memoryview:
        """Return a section as bytes, without a copy."""
        offset, length, *_ = self._directory[name]
        return memoryview(self._map)[offset : offset + length]

    def check(self) -> None:
        """
        Verify every section's checksum.

        Raises:
            StoreFormatError: One does not fit; the message names it.
        """
        for name, (_, _, crc, _) in self._directory.items():
            if zlib.crc32(self.view(name)) != crc:
                raise self.damaged(f"section {name} does not fit its checksum")
