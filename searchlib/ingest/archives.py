"""
What there is to read at a path: the file itself, what a .gz unpacks to, or each file inside a .zip.

Nothing is unpacked onto the disk, and a name inside an archive is no more than
a part of the source. What an archive unpacks to is bounded before it is read.
"""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, cast

from searchlib.errors import CorpusError
from searchlib.frozen import dataclass
from searchlib.ingest.encodings import decode, magic_of
from searchlib.ingest.notes import Notes
from searchlib.ingest.plausibility import han_plausibility
from searchlib.message import Message

if TYPE_CHECKING:
    import tarfile

MAX_RATIO = 200
"""Times its packed size that an archive may unpack to. Text packs to a tenth; DEFLATE's limit is 1 032."""
FREE_BYTES = 64 * 1024 * 1024
"""Bytes that may be unpacked whatever the ratio: a small file of blanks is harmless."""
MAX_HELD_BYTES = 1 << 30
"""The greatest packed file that is held in memory; JSON lines and tables are streamed and may be greater."""

_MOST_REASON = 200
"""Characters of an unpacker's message that are shown."""
_SNIFFED_BYTES = 1 << 16
_BLOCK_BYTES = 1 << 20
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
            data = io.BytesIO()
            while block := file.read(_BLOCK_BYTES):  # all at once would take the room for the greatest
                data.write(block)
                if data.tell() > MAX_HELD_BYTES:
                    reason = Message("unpacks to more than {} MiB; unpack it first", MAX_HELD_BYTES >> 20)
                    raise CorpusError(self.source, reason)
        return data.getvalue()


@contextmanager
def errors_of(source: str) -> Iterator[None]:
    """Turn what the disk raises, and what is too deep for Python's stack, into a `CorpusError`."""
    try:
        yield
    except RecursionError as error:
        raise CorpusError(source, "has lists and objects in each other, too deep to be read") from error
    except OSError as error:
        raise CorpusError(source, Message("cannot be read: {}", error.strerror or error)) from error


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
        raise _damage_error(source, error) from error
    except Exception as error:
        raise _damage_error(source, error) from error


def _damage_error(source: str, error: Exception) -> CorpusError:
    reason = str(error)  # which may hold a name of 64 kB
    return CorpusError(source, Message("is a damaged archive: {}", reason[:_MOST_REASON]))


def unpack(
    path: Path, source: str, is_readable: Callable[[str], bool], notes: Notes | None = None
) -> Iterator[Blob]:
    """
    Yield what there is to read at a path; a blob is good until the next is asked for.

    Args:
        is_readable: Returns by its name whether a file of a .zip is taken.
        notes: Takes the remark that others are not.

    Raises:
        CorpusError: An archive is damaged, encrypted, or unpacks to too much.
    """
    suffix = path.suffix.lower()
    if suffix in {".tar", ".tgz"} or path.name.lower().endswith(".tar.gz"):
        yield from _tar_members(path, source, is_readable, notes)
    elif suffix == ".gz":
        inside = Path(path.stem).suffix.lower()
        yield Blob(source, inside, partial(_open_gzip, path, source), is_packed=True)
    elif suffix == ".zip":
        with unpacking(source):
            archive = zipfile.ZipFile(path)
        with archive:
            yield from _members(archive, path.stat().st_size, source, is_readable, notes)
    else:
        yield Blob(source, suffix, lambda: path.open("rb"))


def _open_gzip(path: Path, source: str) -> IO[bytes]:
    bound = _bound_size(path.stat().st_size)
    return _unpack(cast("IO[bytes]", gzip.open(path)), bound, source)


def _unpack(stream: IO[bytes], bound: int, source: str) -> IO[bytes]:
    return io.BufferedReader(_Unpacked(stream, bound, source), 1 << 16)


def _bound_size(packed_bytes: int) -> int:
    return max(FREE_BYTES, MAX_RATIO * packed_bytes)


def _too_much(source: str) -> CorpusError:
    return CorpusError(
        source,
        Message("unpacks to more than {} times its size; if it is no trap, unpack it first", MAX_RATIO),
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
    if sum(info.file_size for info in archive.infolist()) > _bound_size(packed_bytes):
        raise _too_much(source)


def _members(
    archive: zipfile.ZipFile,
    packed_bytes: int,
    source: str,
    is_readable: Callable[[str], bool],
    notes: Notes | None,
) -> Iterator[Blob]:
    """Yield the files of a .zip."""
    check_unpacked(archive, packed_bytes, source)
    taken: dict[str, int] = {}
    others: Counter[str] = Counter()
    encoding = _encoding_of_names(archive)
    for info in archive.infolist():
        place = _place(info, encoding)
        is_link = stat.S_ISLNK(info.external_attr >> 16)
        is_dir = info.filename.endswith("/")
        if is_dir or is_link or not place.parts or _is_hidden(place):
            continue
        if not is_readable(place.name):
            others[place.suffix.lower() or "without a suffix"] += 1
            continue
        name = f"{source}/{place}"
        taken[name] = taken.get(name, 0) + 1
        unique = name if taken[name] == 1 else f"{name} ({taken[name]})"
        yield Blob(unique, place.suffix.lower(), partial(open_member, archive, info, unique), is_packed=True)
    if others and not taken:
        raise CorpusError(source, Message("holds nothing that can be read, only {}", count_kinds(others)))
    if others and notes is not None:
        notes.remark(
            CorpusError(
                source, Message("files of other kinds in it are passed over: {}", count_kinds(others))
            )
        )


def count_kinds(kinds: Counter[str]) -> str:
    """
    Return how many there are of each kind, the most frequent first.

    >>> count_kinds(Counter({".xls": 1, ".doc": 2}))
    '.doc 2, .xls 1'
    """
    return ", ".join(f"{kind} {count:,}" for kind, count in kinds.most_common())


def _tar_members(
    path: Path, source: str, is_readable: Callable[[str], bool], notes: Notes | None
) -> Iterator[Blob]:
    """Yield the files of a .tar, read from its beginning to its end."""
    import tarfile  # noqa: PLC0415 (only for a .tar)

    others: Counter[str] = Counter()
    taken = 0
    with path.open("rb") as packed:
        unpacked = packed if path.suffix.lower() == ".tar" else _open_gzip(path, source)
        with unpacking(source):
            archive = tarfile.open(  # noqa: SIM115 (closed below)
                fileobj=unpacked, mode="r|", encoding="utf-8", errors="surrogateescape"
            )
        with unpacked, archive:
            while (member := _next_member(archive, source)) is not None:
                place = _safe(_name_of_bytes(os.fsencode(member.name)))
                if not member.isfile() or not place.parts or _is_hidden(place):
                    continue
                if not is_readable(place.name):
                    others[place.suffix.lower() or "without a suffix"] += 1
                    continue
                taken += 1
                name = f"{source}/{place}"
                with unpacking(name):
                    if member.size > MAX_HELD_BYTES:
                        reason = Message("unpacks to more than {} MiB; unpack it first", MAX_HELD_BYTES >> 20)
                        raise CorpusError(name, reason)
                    file = archive.extractfile(member)
                    data = file.read() if file is not None else b""
                yield Blob(name, place.suffix.lower(), partial(io.BytesIO, data))
    if others and not taken:
        raise CorpusError(source, Message("holds nothing that can be read, only {}", count_kinds(others)))
    if others and notes is not None:
        notes.remark(
            CorpusError(
                source, Message("files of other kinds in it are passed over: {}", count_kinds(others))
            )
        )


def _next_member(archive: tarfile.TarFile, source: str) -> tarfile.TarInfo | None:
    with unpacking(source):
        return archive.next()


def _name_of_bytes(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def open_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: str) -> IO[bytes]:
    """
    Open a file of a .zip.

    Raises:
        CorpusError: It is encrypted or damaged, which may show only when it is read.
    """
    if info.flag_bits & _ENCRYPTED:
        raise CorpusError(source, "is encrypted; unpack it first")
    with unpacking(source):
        return _unpack(archive.open(info), info.file_size, source)


class Parts:
    """
    The parts of a document that is a .zip of them.

    What is read out of it is counted over all parts, for one part may be named a
    thousand times.

    Raises:
        CorpusError: It is no .zip, or one that unpacks to too much.
    """

    def __init__(self, blob: Blob) -> None:
        data = blob.read()
        self.source = blob.source
        if not data.startswith(b"PK") and (said := _describe(data)):
            raise CorpusError(blob.source, Message("{}, though its name ends in {}", said, blob.suffix))
        with unpacking(blob.source):
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._left = _bound_size(len(data))
        check_unpacked(self._archive, len(data), blob.source)
        self.names = frozenset(self._archive.namelist())

    def open(self, name: str) -> IO[bytes]:
        """
        Open a part.

        Raises:
            CorpusError: There is none, it is encrypted or damaged, or too much has been read.
        """
        try:
            info = self._archive.getinfo(name)
        except KeyError as error:
            raise CorpusError(self.source, Message("its part {} is missing", repr(name))) from error
        self._left -= info.file_size
        if self._left < 0:
            raise _too_much(self.source)
        return open_member(self._archive, info, self.source)

    def __enter__(self) -> Parts:
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()


def _describe(data: bytes) -> str:
    """Say what bytes are that should be a .zip; empty where nothing tells."""
    if known := magic_of(data):
        return known[0]
    try:
        decode(data[:_SNIFFED_BYTES], "")
    except CorpusError:
        return ""
    return Message("holds plain text")


def _raw_name(info: zipfile.ZipInfo) -> bytes | None:
    """Return the bytes of a name that zipfile has read as cp437; None when they are said to be UTF-8."""
    return None if info.flag_bits & _NAME_IS_UTF8 else info.filename.encode("cp437", "replace")


def _encoding_of_names(archive: zipfile.ZipFile) -> str:
    """
    Return the encoding of the names in an archive that does not say it: that of the system that packed it.

    All names are looked at together, for one alone is too short to tell GBK from Big5.
    """
    names = [raw for info in archive.infolist() if (raw := _raw_name(info)) and not raw.isascii()]
    found: list[tuple[float, int, str]] = []
    for rank, encoding in enumerate(("utf-8", "gb18030", "big5hkscs", "cp950")):
        try:
            text = "".join(raw.decode(encoding) for raw in names)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8":
            return encoding
        found.append((han_plausibility(text) or 0.0, -rank, encoding))
    return max(found)[2] if found else "gb18030"


def _place(info: zipfile.ZipInfo, encoding: str) -> PurePosixPath:
    r"""Return a member's name without what leads out of the archive: a drive, a root, `..`."""
    name = info.filename
    raw = _raw_name(info)
    for known in (encoding, "utf-8", "gb18030") if raw is not None else ():
        try:
            name = raw.decode(known)  # type: ignore[union-attr]
            break
        except UnicodeDecodeError:
            continue
    return _safe(name)


def _safe(name: str) -> PurePosixPath:
    r"""Return a name without what leads out of an archive: a drive, a root, `..`."""
    parts = name.replace("\\", "/").split("/")
    return PurePosixPath(*(part for part in parts if part not in {"", ".", ".."} and not part.endswith(":")))


def _is_hidden(place: PurePosixPath) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in place.parts)
