"""
Folders to files, and files to what has changed in them since last time.

Everything here is in a fixed order, so that two runs over the same folder do
the same.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from searchlib.errors import CorpusError
from searchlib.frozen import dataclass
from searchlib.ingest.formats import is_readable
from searchlib.message import Message

_BLOCK_BYTES = 1 << 20
_DIGEST_BYTES = 16

_UNSETTLED = 0
"""Noted as the time of a file that may be changed without another one, or is of the future: read it again."""

_COARSE_TICK_NS = 2_000_000_000
"""The coarsest clock of a file system still in use (FAT) ticks every two seconds."""
_FINE_TICK_NS = 50_000_000
"""Where times show parts of 10 ms, a clock ticks at least as often as the slowest kernel timer, with room."""
_FINE_PART_NS = 10_000_000

_INDEX_META = "searchlib.json"
_INDEX_PARTS = ("MAIN_", "_MAIN_")
"""How the names begin of the other files of an index (room `embedded.store`)."""


def list_files(
    *paths: str | os.PathLike[str],
    exclude: Iterable[str | os.PathLike[str]] = (),
    on_error: Callable[[CorpusError], None] | None = None,
    on_loop: Callable[[CorpusError], None] | None = None,
    on_other: Callable[[Path], None] | None = None,
) -> Iterator[Path]:
    """
    Yield the files to read under *paths*, each once, by name within each folder.

    A file given by name is taken whatever it is called. From folders, at any
    depth, come only files with a suffix of `SUFFIXES`; all others, and files
    and folders whose name begins with a dot, are passed over, and so are indexes
    of searchlib.
    Links are followed, but no folder is entered twice; a link that leads
    nowhere, or cannot be followed, is listed, so that reading it says so.

    Args:
        exclude: Files and folders that are never read, such as the index's own.
        on_error: Called with a folder that cannot be listed, after which the
            walk goes on; without it the error is raised. Whoever removes what
            is no longer listed must not do so under such a folder.
        on_loop: Called with a link that leads back to a folder above it.
        on_other: Called with each file of a folder that is of another kind.

    Raises:
        CorpusError: A path does not exist, is neither file nor folder, or is an index.
    """
    seen = {os.path.realpath(path) for path in exclude}
    for given in paths:
        path = Path(given)
        if not os.fspath(given):
            raise CorpusError("''", "no such file or folder")
        _check(path)
        yield from _walk(path, seen, on_error, on_loop, on_other)


def _check(path: Path) -> None:
    """Refuse what cannot be read at all; a link that leads nowhere passes."""
    try:
        if not os.path.lexists(path):
            raise CorpusError(source_of(path), "no such file or folder")
        if path.exists() and not path.is_file() and not path.is_dir():
            raise CorpusError(source_of(path), "is neither a file nor a folder")
    except OSError as error:
        raise CorpusError(source_of(path), Message("cannot be reached: {}", error.strerror)) from error


def _walk(
    top: Path,
    seen: set[str],
    on_error: Callable[[CorpusError], None] | None,
    on_loop: Callable[[CorpusError], None] | None,
    on_other: Callable[[Path], None] | None,
) -> Iterator[Path]:
    waiting = [(top, os.path.realpath(top), False)]
    while waiting:
        path, real, is_link = waiting.pop()
        if is_link and _is_above(real, path):
            if on_loop is not None:
                on_loop(CorpusError(source_of(path), "leads back to a folder above it; not followed"))
            continue
        if real in seen:
            continue
        seen.add(real)
        if not _is_folder(path):
            yield path
            continue
        try:
            with os.scandir(path) as listed:
                entries = list(listed)
            is_index = _is_index(entries)
            inside = [
                (path / entry.name, _real(entry, real), entry.is_symlink())
                for entry in entries
                if not is_index and _is_wanted(entry, real, seen, on_other)
            ]
        except OSError as cause:
            error = CorpusError(source_of(path), Message("the folder cannot be listed: {}", cause.strerror))
            if on_error is None:
                raise error from cause
            error.__cause__ = cause  # which has the name as the system has it
            on_error(error)
            continue
        if is_index and path is top:
            raise CorpusError(source_of(path), "is an index of searchlib, whose files hold no articles")
        waiting += sorted(inside, reverse=True)


def _is_index(entries: Iterable[os.DirEntry[str]]) -> bool:
    """Return whether a folder is an index: it has the file that says so, and a commit or a lock."""
    names = {entry.name for entry in entries}
    return _INDEX_META in names and any(name.startswith(_INDEX_PARTS) for name in names)


def _is_above(real: str, link: Path) -> bool:
    return Path(os.path.realpath(link.parent)).is_relative_to(real)


def _is_folder(path: Path) -> bool:
    """Return whether a path is a folder; one that cannot be looked at is not."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _real(entry: os.DirEntry[str], folder: str) -> str:
    """Return what `realpath` would, without asking the disk again for every folder above."""
    return os.path.realpath(entry.path) if entry.is_symlink() else f"{folder}{os.sep}{entry.name}"


def _is_wanted(
    entry: os.DirEntry[str], folder: str, seen: set[str], on_other: Callable[[Path], None] | None
) -> bool:
    if entry.name.startswith("."):
        return False
    try:
        if entry.is_dir():
            return True
        if not is_readable(entry.name):
            if on_other is not None and entry.is_file() and _real(entry, folder) not in seen:
                on_other(Path(entry.path))
            return False
        return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:  # a link that cannot be followed: reading it says why
        return is_readable(entry.name)


def source_of(path: Path) -> str:
    """
    Name a path as the source of its articles: as it was given, with forward slashes.

    A file name that is no UTF-8, as archives unpacked from old systems leave
    them, is read as GB18030, so that it can be shown and stored.

    >>> source_of(Path("corpus/./000.txt"))
    'corpus/000.txt'
    """
    text = path.as_posix()
    try:
        text.encode()
    except UnicodeEncodeError:
        try:
            name = os.fsencode(text)
        except UnicodeEncodeError:  # no name that a system can have
            return text.encode("utf-8", "backslashreplace").decode()
        try:
            return name.decode("gb18030")
        except UnicodeDecodeError:
            return name.decode("utf-8", "backslashreplace")
    return text


@dataclass(frozen=True, slots=True)
class FileState:
    """
    What a file was when it was last read; `digest` alone says whether its content is another.

    `mtime_ns` is 0 for a file written just before it was looked at: it could
    change again within the same tick of its clock.
    """

    size: int
    mtime_ns: int
    digest: str

    def to_json(self) -> list[int | str]:
        """Return the state as a plain list, for `from_json`."""
        return [self.size, self.mtime_ns, self.digest]

    @classmethod
    def from_json(cls, value: object) -> FileState:
        """
        Take a state back from what `to_json` gave.

        Raises:
            ValueError: *value* is something else.
        """
        match value:
            case [int(size), int(mtime_ns), str(digest)]:
                return cls(size, mtime_ns, digest)
            case _:
                raise ValueError(f"no state of a file: {value!r}")


def file_state(path: Path, known: FileState | None = None) -> FileState:
    """
    Look at a file now; its content is read only when its size or time is not as *known*.

    Take the state before reading the file: what is written in between is then
    seen next time.

    Args:
        known: The state last seen; returned itself when size and time are the same.

    Raises:
        CorpusError: The file cannot be read.
    """
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    try:
        stat = path.stat()
        same = known is not None and (stat.st_size, stat.st_mtime_ns) == (known.size, known.mtime_ns)
        if known is not None and same and known.mtime_ns != _UNSETTLED:
            return known
        now_ns = time.time_ns()
        with path.open("rb") as file:
            while block := file.read(_BLOCK_BYTES):
                digest.update(block)
    except OSError as error:
        raise CorpusError(source_of(path), Message("cannot be read: {}", error.strerror)) from error
    is_fine = stat.st_mtime_ns % _FINE_PART_NS != 0
    settled = now_ns - stat.st_mtime_ns >= (_FINE_TICK_NS if is_fine else _COARSE_TICK_NS)
    return FileState(stat.st_size, stat.st_mtime_ns if settled else _UNSETTLED, digest.hexdigest())
