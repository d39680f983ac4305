"""What to say, and what to do, when the operating system cannot do what an index needs."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from searchlib.errors import StoreError
from searchlib.message import Message

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


IS_FILE = "this is a file; an index is a folder, made of files with: search index PATH..."

_CANNOT = {
    "read": "cannot be read: {}",
    "written": "cannot be written (what was committed before is safe): {}",
    "used for what is on its way into the index": (
        "cannot be used for what is on its way into the index: {}"
    ),
}


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
    if os.path.isfile(path):  # noqa: PTH113 (a name that is too long is no file, not another error)
        return StoreError(path, IS_FILE)
    reason = error.strerror or str(error)
    if isinstance(error.filename, str) and Path(error.filename) != path:
        reason += f": {Path(error.filename).name}"
    cure = _CURES.get(error.errno or 0)
    message = Message(_CANNOT[doing], reason)
    return StoreError(path, Message("{}; {}", message, Message.of(cure)) if cure else message)
