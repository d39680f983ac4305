"""
How bytes get to the disk in an order that no power cut turns round, and what to say when they cannot.

A file is replaced as a whole: written beside, forced to the disk, renamed, and
the folder forced to the disk too. Whatever has the suffix `NEW` was being
written by a process that is dead, and may be deleted by whoever holds the lock.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from searchlib.errors import StoreError

NEW = ".new"
"""The suffix of a file that is being written."""

_GONE = "the folder, or a file in it, is gone: is the medium still there?"
_NO_RIGHT = "no right to do this: change the rights of the folder, or have the index elsewhere with -i DIR"
_CURES = {
    errno.ENOSPC: "the disk is full: free some space and do it again",
    errno.EDQUOT: "the quota is used up: free some space and do it again",
    errno.EFBIG: (
        "no file may be as large here: allow larger ones (ulimit -f), or have the index elsewhere with -i DIR"
    ),
    errno.EROFS: "the medium is read-only: copy the folder elsewhere, the copy is an index too",
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.ESTALE: _GONE,
    errno.EIO: "the medium fails: copy the folder to another one, then run: search doctor --check",
    errno.EMFILE: "too many files are open: close some indexes, or raise the limit (ulimit -n)",
}
"""What to do about an error of the operating system."""


@contextmanager
def explained(path: Path, doing: str) -> Iterator[None]:
    """
    Turn an error of the operating system into one that says what to do.

    Raises:
        StoreError: Whatever `OSError` comes out of the block.
    """
    try:
        yield
    except OSError as error:
        raise unusable(path, doing, error) from error


def unusable(path: Path, doing: str, error: OSError) -> StoreError:
    """Return what to say of an error of the operating system."""
    reason = error.strerror or str(error)
    if isinstance(error.filename, str) and Path(error.filename) != path:
        reason += f": {Path(error.filename).name}"
    cure = _CURES.get(error.errno or 0)
    saved = " (what was committed before is safe)" if doing == "written" else ""
    return StoreError(path, f"cannot be {doing}{saved}: {reason}" + (f"; {cure}" if cure else ""))


def replace_file(path: Path, data: bytes, *, force_name: bool = True) -> None:
    """
    Put a file in place as a whole, or leave what was there; when this returns it is on the disk.

    Args:
        force_name: False where a power cut may bring back what was there, until
            the next `sync_folder`; never half of it.
    """
    beside = path.with_name(path.name + NEW)
    beside.unlink(missing_ok=True)  # whatever it is, a link elsewhere too: it is not written through
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    if force_name:
        sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Force the names of a folder's files to the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
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
