"""
One writer at a time, whatever process it is in; and who that is.

The lock is the operating system's, of the kind and on the file that Whoosh's
writers lock too: it ends with the process that holds it, however that ends. The
holder's name inside the file is for messages only.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import socket
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from searchlib.errors import StoreError, StoreLockedError
from searchlib.forks import close_in_child, keep_in_child
from searchlib.message import Message

_STEP_S = 0.05
_FIRST_FREE = 1
"""Windows lets nobody read the byte that is locked, which is the first."""
_MAX_BYTES = 4096
_HELD = {errno.EAGAIN, errno.EACCES, errno.EDEADLK}
"""What the system says when another process holds the lock."""


class Holder(NamedTuple):
    """Who holds a lock, and since when."""

    pid: int
    host: str
    since: str


@contextmanager
def locked(folder: Path, name: str, timeout_s: float) -> Iterator[None]:
    """
    Hold a lock of a folder.

    Raises:
        StoreLockedError: Another holder kept it for all of *timeout_s*; the message names it.
    """
    release = acquire(folder, name, timeout_s)
    try:
        yield
    finally:
        release()


def acquire(folder: Path, name: str, timeout_s: float) -> Callable[[], None]:
    """
    Take a lock of a folder, and return what gives it back.

    A child process that is forked meanwhile does not hold it.

    Raises:
        StoreLockedError: Another holder kept it for all of *timeout_s*; the message names it.
        StoreError: The lock is not a plain file of the folder.
    """
    path = folder / name
    until = time.monotonic() + timeout_s
    while (descriptor := _try(folder, path)) is None:
        if time.monotonic() >= until:
            raise _locked_error(folder, path, timeout_s)
        time.sleep(_STEP_S)
    close_in_child(descriptor)
    owner = os.getpid()

    def release() -> None:
        if os.getpid() != owner:
            return  # a forked child, which has closed it
        if _is_ours_alone(descriptor):
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, 0)
        keep_in_child(descriptor)
        _unlock(descriptor)
        os.close(descriptor)

    with contextlib.suppress(OSError):  # a full disk does not stop the lock from being one
        _sign(descriptor)
    return release


def _try(folder: Path, path: Path) -> int | None:
    """Return the descriptor of the lock's file, locked; None when another holds it."""
    _check_plain(folder, path)
    # Neither a link put there meanwhile is followed, nor a pipe waited for.
    kinds = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | kinds, 0o666)
    try:
        if _lock(descriptor) and _is_still(path, descriptor):
            return descriptor
    except BaseException:
        os.close(descriptor)
        raise
    os.close(descriptor)
    return None


def _check_plain(folder: Path, path: Path) -> None:
    """Refuse a lock that a stranger made a link, a pipe or a device."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode):
        raise StoreError(folder, Message("its lock {} is a link to elsewhere; delete it", path.name))
    if not stat.S_ISREG(mode):
        raise StoreError(folder, Message("its lock {} is not a plain file; delete it", path.name))


def _is_still(path: Path, descriptor: int) -> bool:
    """Return whether the file that is locked is the one that others will try to lock."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _is_ours_alone(descriptor: int) -> bool:
    """Return whether the file has no other name: with one, its bytes may be those of something else."""
    return os.fstat(descriptor).st_nlink <= 1


def _lock(descriptor: int) -> bool:
    """Lock a file as Whoosh's writers do, without waiting; return whether that succeeded."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415 (Windows only)

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415 (POSIX only)

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _HELD:
            raise
        return False
    return True


def _unlock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415

        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        import fcntl  # noqa: PLC0415

        fcntl.flock(descriptor, fcntl.LOCK_UN)


def holder_of(path: Path) -> Holder | None:
    """Return who took a lock last; None when nobody has said so."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return None
        with path.open("rb") as file:
            file.seek(_FIRST_FREE)
            said: dict[str, Any] = json.loads(file.read(_MAX_BYTES))
        return Holder(int(said["pid"]), str(said["host"]), str(said["since"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _sign(descriptor: int) -> None:
    """Write into the lock's file who holds it; one with a second name elsewhere is left as it is."""
    if not _is_ours_alone(descriptor):
        return
    since = datetime.now().astimezone().isoformat(" ", "seconds")
    said = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since})
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, b" " * _FIRST_FREE + said.encode())


def _locked_error(folder: Path, path: Path, timeout_s: float) -> StoreLockedError:
    holder = holder_of(path)
    who = Message("another process")
    if holder is not None:
        if holder.host != socket.gethostname():
            who = Message("process {} on {}, since {},", holder.pid, holder.host, holder.since)
        elif holder.pid == os.getpid():
            who = Message("process {} (this one), since {},", holder.pid, holder.since)
        elif _is_alive(holder.pid):
            who = Message("process {}, since {},", holder.pid, holder.since)
        else:
            who = Message("a child of process {}, which has ended,", holder.pid)
    message = Message("{} is writing to it (waited {} s); try again when it is done", who, f"{timeout_s:g}")
    return StoreLockedError(folder, message)


def _is_alive(pid: int) -> bool:
    """Return whether a process of this machine runs; True where that cannot be seen."""
    if os.name != "posix" or pid <= 0:
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
