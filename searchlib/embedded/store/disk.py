"""
How bytes get to the disk in an order that no power cut turns round, and what to say when they cannot.

A file is replaced as a whole: written beside, under a name that nobody else
uses, forced to the disk, renamed, and the folder forced to the disk too.
Whatever has the suffix `NEW` was being written by a process that is dead, and
may be deleted by whoever holds the lock.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from searchlib.lazy import lazy_pattern
from searchlib.system import force_to_disk

NEW = ".new"
"""The suffix of a file that is being written."""

_REFUSED_S = 1.0 if os.name == "nt" else 0.0
"""How long a refused rename is tried again; elsewhere no reader stands in its way."""
_STEP_S = 0.02


def replace_file(path: Path, data: bytes, *, force_name: bool = True) -> None:
    """
    Put a file in place as a whole, or leave what was there; when this returns it is on the disk.

    Args:
        force_name: False where a power cut may bring back what was there, until
            the next `sync_folder`; never half of it.
    """
    with _written_beside(path, data) as beside:
        _patiently(lambda: beside.replace(path))
    if force_name:
        sync_folder(path.parent)


def place_file(path: Path, data: bytes) -> None:
    """
    Put a file in place as a whole where there must not be one yet; when this returns it is on the disk.

    Of two that do so at once one fails, whatever the locks of the file system are
    worth: a name is given by `link`, which replaces nothing. Where there are no
    such links, a file that comes within the same moment is replaced.

    Raises:
        FileExistsError: There is one.
    """
    with _written_beside(path, data) as beside:
        _name(beside, path)
    with suppress(OSError):
        beside.unlink()
    sync_folder(path.parent)


def _name(beside: Path, path: Path) -> None:
    if os.name == "nt":  # where a rename replaces nothing
        _patiently(lambda: beside.rename(path))
        return
    try:
        os.link(beside, path)
    except (OSError, AttributeError) as error:  # AttributeError: Python knows no links on this system
        if os.path.lexists(path):
            # A network drive may have done it, and lost the answer.
            if not path.is_symlink() and path.samefile(beside):
                return
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        beside.rename(path)


@contextmanager
def _written_beside(path: Path, data: bytes) -> Iterator[Path]:
    """Write a file and force it to the disk; when the block fails, it goes."""
    beside = path.with_name(f"{path.name}.{os.urandom(4).hex()}{NEW}")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            force_to_disk(file.fileno())
        yield beside
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise


def names_of_unfinished(name: str) -> re.Pattern[str]:
    """Return what the names match of files that were being written to be *name*, a regular expression."""
    return lazy_pattern(rf"{name}(\.[0-9a-f]+)?{re.escape(NEW)}")


def _patiently(act: Callable[[], object]) -> None:
    """Do something that Windows refuses while a reader has the file open, which it has for a moment."""
    until = time.monotonic() + _REFUSED_S
    while True:
        try:
            act()
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(_STEP_S)
        else:
            return


def sync_folder(path: Path) -> None:
    """Force the names of a folder's files to the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        force_to_disk(descriptor)
    finally:
        os.close(descriptor)


def read_file(path: Path) -> bytes:
    """
    Return the bytes of a file of an index.

    Raises:
        ValueError: It is a pipe or a device, which could be read for ever.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise ValueError("it is no file")
    return path.read_bytes()


def remove(path: Path) -> None:
    """Delete a file that no commit needs; where it is still open elsewhere, the next commit tries again."""
    with suppress(OSError):
        path.unlink()
