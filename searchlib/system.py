"""What each operating system does in its own way: forcing bytes to disk, folders of the user, plain files."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path


def force_to_disk(descriptor: int) -> None:
    """
    Force a file's bytes to the disk, so that no power cut loses them.

    The `fsync` of macOS leaves them in the cache of the drive; there `F_FULLFSYNC`
    empties that too, where the file system knows it.
    """
    if sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 (macOS only here)

        try:
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        except OSError:  # a network drive, or another system's file system
            pass
        else:
            return
    os.fsync(descriptor)


def user_cache_folder() -> Path | None:
    """
    Return where programs keep what they can make again for this user; None where there is no such place.

    That is `%LOCALAPPDATA%` on Windows, `~/Library/Caches` on macOS, and else
    what the XDG Base Directory Specification says, which a Mac may ask for too.
    """
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        default = "~/Library/Caches" if sys.platform == "darwin" else "~/.cache"
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser(default)  # noqa: PTH111 (never raises)
    if not base or not os.path.isabs(base):  # noqa: PTH117 (an empty path is not absolute)
        return None
    return Path(base)


def open_plain(path: Path) -> int:
    """
    Open a plain file for reading: no link is followed, no pipe waited for, no device read.

    Returns:
        A file descriptor, which the caller closes.

    Raises:
        NotPlainError: It is something else.
        OSError: It cannot be opened.
    """
    if not stat.S_ISREG(path.lstat().st_mode):  # before it is opened: to open a device may do something
        raise NotPlainError(path)
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # whatever was put there since
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotPlainError(path) from error
        raise
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise NotPlainError(path)


class NotPlainError(Exception):
    """A path is a link, a pipe, a device or a folder where a plain file was expected."""


def give_memory_back() -> None:
    """
    Give the memory that is free within the process back to the system, where it does not happen by itself.

    The allocator of glibc keeps what lies below anything that is still in use: after a
    segment was written, some hundreds of megabytes.
    """
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415 (for indexing only)

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:  # other C libraries have no such call
        trim(0)
