"""
One writer at a time, whatever process it is in; and who that is.

The lock is the operating system's, taken by Whoosh's own class on the file that
Whoosh's writers lock too: it ends with the process that holds it, however that
ends. The holder's name inside the file is for messages only.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from searchlib.errors import StoreError, StoreLockedError

_STEP_S = 0.05
_FIRST_FREE = 1
"""Windows lets nobody read the byte that is locked, which is the first."""
_MAX_BYTES = 4096


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

    Raises:
        StoreLockedError: Another holder kept it for all of *timeout_s*; the message names it.
    """
    from whoosh.util.filelock import FileLock  # noqa: PLC0415 (a query locks nothing)

    path = folder / name
    if path.is_symlink():
        raise StoreError(folder, f"its lock {name} is a link to elsewhere; delete it")
    held = FileLock(str(path))
    until = time.monotonic() + timeout_s
    while not held.acquire():
        if time.monotonic() >= until:
            raise _locked(folder, path, timeout_s)
        time.sleep(_STEP_S)

    def release() -> None:
        with contextlib.suppress(OSError):
            os.ftruncate(held.fd, 0)
        os.lseek(held.fd, 0, os.SEEK_SET)
        held.release()

    with contextlib.suppress(OSError):  # a full disk does not stop the lock from being one
        _sign(held.fd)
    return release


def holder_of(path: Path) -> Holder | None:
    """Return who took a lock last; None when nobody has said so."""
    try:
        with path.open("rb") as file:
            file.seek(_FIRST_FREE)
            said: dict[str, Any] = json.loads(file.read(_MAX_BYTES))
        return Holder(int(said["pid"]), str(said["host"]), str(said["since"]))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _sign(descriptor: int) -> None:
    since = datetime.now().astimezone().isoformat(" ", "seconds")
    said = json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": since})
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, b" " * _FIRST_FREE + said.encode())


def _locked(folder: Path, path: Path, timeout_s: float) -> StoreLockedError:
    holder = holder_of(path)
    who = "another process"
    if holder is not None:
        place = "" if holder.host == socket.gethostname() else f" on {holder.host}"
        here = " (this one)" if not place and holder.pid == os.getpid() else ""
        who = f"process {holder.pid}{here}{place}, since {holder.since},"
    message = f"{who} is writing to it (waited {timeout_s:g} s); try again when it is done"
    return StoreLockedError(folder, message)
