"""
What there is to read at a path: the file itself, what a .gz unpacks to, or each file inside a .zip.

Nothing is unpacked onto the disk, and a name inside an archive is no more than
a part of the source. What an archive unpacks to is bounded before it is read.
"""

from __future__ import annotations

import errno
import gzip
import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, cast

from searchlib.errors import CorpusError

MAX_RATIO = 200
"""Times its packed size that an archive may unpack to. Text packs to a tenth; DEFLATE's limit is 1 032."""
FREE_BYTES = 64 * 1024 * 1024
"""So much may be unpacked whatever the ratio: a small file of blanks is no bomb."""
MAX_HELD_BYTES = 1 << 30
"""The greatest packed file that is held in memory; JSON lines and tables are streamed and may be greater."""

_MOST_REASON = 200
"""Characters of an unpacker's message that are shown."""
_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes to read: `suffix` in small letters says of which kind; `open` may be called again."""

    source: str
    suffix: str
    open: Callable[[], IO[bytes]]
    is_packed: bool = False

    def read(self) -> bytes:
        """
        Return all bytes.

        Raises:
            CorpusError: A file of an archive is greater than what is held in memory.
        """
        with self.open() as file:
            if not self.is_packed:
                return file.read()
            data = file.read(MAX_HELD_BYTES + 1)
        if len(data) > MAX_HELD_BYTES:
            raise CorpusError(
                self.source, f"unpacks to more than {MAX_HELD_BYTES >> 20} MiB; unpack it first"
            )
        return data


@contextmanager
def errors_of(source: str) -> Iterator[None]:
    """Turn what the disk raises, and what is too deep for Python's stack, into a `CorpusError`."""
    try:
        yield
    except RecursionError as error:
        raise CorpusError(source, "has lists and objects in each other, too deep to be read") from error
    except OSError as error:
        raise CorpusError(source, f"cannot be read: {error.strerror or error}") from error


@contextmanager
def unpacking(source: str) -> Iterator[None]:
    """
    Turn what the unpackers make of a damaged archive into a `CorpusError`; nothing else may run inside.

    They do not say what they may raise: zlib.error and struct.error were seen, ValueError and EOFError.
    """
    try:
        yield
    except (CorpusError, MemoryError):
        raise
    except OSError as error:
        if not isinstance(error, gzip.BadGzipFile) and error.errno != errno.EINVAL:  # a place before the file
            raise
        raise _damaged(source, error) from error
    except Exception as error:
        raise _damaged(source, error) from error


def _damaged(source: str, error: Exception) -> CorpusError:
    reason = str(error)  # which may hold a name of 64 kB
    return CorpusError(source, f"is a damaged archive: {reason[:_MOST_REASON]}")


def unpack(path: Path, source: str, is_readable: Callable[[str], bool]) -> Iterator[Blob]:
    """
    Yield what there is to read at a path; a blob is good until the next is asked for.

    Args:
        is_readable: Tells by its name whether a file of a .zip is taken.

    Raises:
        CorpusError: An archive is damaged, encrypted, or unpacks to too much.
    """
    suffix = path.suffix.lower()
    if suffix == ".gz":
        inside = Path(path.stem).suffix.lower()
        yield Blob(source, inside, partial(_open_gzip, path, source), is_packed=True)
    elif suffix == ".zip":
        with unpacking(source):
            archive = zipfile.ZipFile(path)
        with archive:
            yield from _members(archive, path.stat().st_size, source, is_readable)
    else:
        yield Blob(source, suffix, lambda: path.open("rb"))


def _open_gzip(path: Path, source: str) -> IO[bytes]:
    bound = _bound(path.stat().st_size)
    return _unpacked(cast("IO[bytes]", gzip.open(path)), bound, source)


def _unpacked(stream: IO[bytes], bound: int, source: str) -> IO[bytes]:
    return io.BufferedReader(_Unpacked(stream, bound, source), 1 << 16)


def _bound(packed_bytes: int) -> int:
    return max(FREE_BYTES, MAX_RATIO * packed_bytes)


def _too_much(source: str) -> CorpusError:
    return CorpusError(
        source, f"unpacks to more than {MAX_RATIO} times its size; if it is no trap, unpack it first"
    )


class _Unpacked(io.RawIOBase):
    """Reads from a stream until too much has come, or what it unpacks is damaged."""

    def __init__(self, stream: IO[bytes], bound: int, source: str) -> None:
        super().__init__()
        self._stream = stream
        self._left = bound
        self._bound = bound
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        with unpacking(self._source):
            data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise _too_much(self._source)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._stream.close()
        super().close()


def check_unpacked(archive: zipfile.ZipFile, packed_bytes: int, source: str) -> None:
    """Refuse a .zip that unpacks to too much: its directory says to how much, and zipfile gives no more."""
    if sum(info.file_size for info in archive.infolist()) > _bound(packed_bytes):
        raise _too_much(source)


def _members(
    archive: zipfile.ZipFile, packed_bytes: int, source: str, is_readable: Callable[[str], bool]
) -> Iterator[Blob]:
    """Yield the files of a .zip."""
    check_unpacked(archive, packed_bytes, source)
    taken: dict[str, int] = {}
    for info in archive.infolist():
        place = _place(info)
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        is_dir = info.filename.endswith("/")
        if is_dir or is_link or not place.parts or _is_hidden(place) or not is_readable(place.name):
            continue
        name = f"{source}/{place}"
        taken[name] = taken.get(name, 0) + 1
        unique = name if taken[name] == 1 else f"{name} ({taken[name]})"
        yield Blob(unique, place.suffix.lower(), partial(open_member, archive, info, unique), is_packed=True)


def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str) -> IO[bytes]:
    """
    Open a file of a .zip.

    Raises:
        CorpusError: It is encrypted or damaged, which may show only when it is read.
    """
    if info.flag_bits & _ENCRYPTED:
        raise CorpusError(source, "is encrypted; unpack it first")
    with unpacking(source):
        return _unpacked(archive.open(info), info.file_size, source)


def _place(info: zipfile.ZipInfo) -> PurePosixPath:
    r"""Return a member's name without what leads out of the archive: a drive, a root, `..`."""
    name = info.filename
    if not info.flag_bits & _NAME_IS_UTF8:  # zipfile has read the bytes as cp437; Chinese systems write GBK
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    parts = name.replace("\\", "/").split("/")
    return PurePosixPath(*(part for part in parts if part not in {"", ".", ".."} and not part.endswith(":")))


def _is_hidden(place: PurePosixPath) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in place.parts)
