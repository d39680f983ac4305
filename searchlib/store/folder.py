"""
What lies beside Whoosh's files: the fingerprint, the files that `sync` knows, and the errors of opening.

The fingerprint is written before the first commit and says which analysis the
postings were made with. The list of files is replaced as a whole; it may know
more files than the last commit does, never fewer, so that a killed `sync` is
made good by the next one.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from searchlib.errors import StoreFormatError, StoreLockedError, StoreNotFoundError
from searchlib.store.contents import latest_generation, lock, write_contents

FORMAT = 1
"""The version of all that is stored; it changes when an older release could not read it."""

_META = "searchlib.json"
_FILES = "searchlib.files.json"
SKIPPED = "skipped"
"""The key in a file's state that says why it could not be read last time."""

_FILES_LOCK = "searchlib.files.lock"
_FILES_LOCK_S = 10.0
WRITE_LOCK = "MAIN_WRITELOCK"
"""The file that Whoosh's own writers lock too."""
_REBUILD = "make it anew: delete the folder, then run: search index PATH..."


def is_index(path: Path) -> bool:
    """Tell whether a folder holds an index, of ours or at least of Whoosh's."""
    return (path / _META).is_file() or has_commit(path)


def has_commit(path: Path) -> bool:
    """Tell whether a folder has a table of contents of Whoosh's; nothing in it is opened."""
    return latest_generation(path) >= 0


def check(path: Path, settings: str) -> None:
    """
    See that a folder holds an index that this version can read.

    Args:
        path: The folder of the index.
        settings: The analyzer's settings, which must be those of the index.

    Raises:
        StoreNotFoundError: There is no folder, or no index in it.
        StoreFormatError: Another version or other settings wrote it.
    """
    if not path.is_dir():
        raise StoreNotFoundError(path, "there is no index here; make one with: search index PATH...")
    meta = read_meta(path)
    if meta is None:
        raise StoreNotFoundError(
            path, "this folder holds no index of searchlib; make one with: search index PATH..."
        )
    if meta.get("format") != FORMAT:
        raise StoreFormatError(
            path,
            f"written in format {meta.get('format')!r}, this version reads {FORMAT}; {_REBUILD}",
            found=str(meta.get("format")),
            supported=str(FORMAT),
        )
    found = str(meta["fingerprint"].get("settings"))
    if found != settings:
        raise stale(path, found, settings)


def stale(path: Path, found: str, wanted: str) -> StoreFormatError:
    """Return the error of an index whose words were cut by another analysis."""
    message = f"its words were cut by another analysis ({found}, here {wanted}); {_REBUILD}"
    return StoreFormatError(path, message, found=found, supported=wanted)


def read_meta(path: Path) -> dict[str, Any] | None:
    """Return what the index says of itself, its fingerprint always a dict; None when it says nothing."""
    meta = _read_json(path / _META)
    if meta is not None and not isinstance(meta.setdefault("fingerprint", {}), dict):
        raise _damaged(path / _META, "its fingerprint is none")
    return meta


def create(path: Path, fingerprint: Mapping[str, str], timeout_s: float) -> None:
    """
    Make an empty index in a folder that is new, empty, or ours, unless another process just made it.

    Raises:
        StoreFormatError: The folder has files that are not ours.
        StoreLockedError: Another process has been writing all the time.
    """
    path.mkdir(parents=True, exist_ok=True)
    ours = ("searchlib.", WRITE_LOCK, "_MAIN_")
    strangers = [entry.name for entry in path.iterdir() if not entry.name.startswith(ours)]
    if strangers and not has_commit(path):
        raise StoreFormatError(
            path,
            f"this folder is no index and not empty ({strangers[0]!r}); name another",
            found="other files",
            supported="a new or an empty folder",
        )
    release = lock(path, WRITE_LOCK, timeout_s)
    if release is None:
        raise locked(path, timeout_s)
    try:
        if not has_commit(path):
            write_json(
                path / _META, {"format": FORMAT, "fingerprint": dict(fingerprint), "versions": versions()}
            )
            write_contents(path, [], 0)
    finally:
        release()


def locked(path: Path, timeout_s: float) -> StoreLockedError:
    """Return the error of a writer that waited for another one in vain."""
    message = f"another process is writing to it (waited {timeout_s:.0f} s); try again when it is done"
    return StoreLockedError(path, message)


def read_files(path: Path) -> dict[str, Any]:
    """Return what the last `sync` wrote down of each file, by its key."""
    files: dict[str, Any] = (_read_json(path / _FILES) or {}).get("files", {})
    return files


def update_files(path: Path, changes: Mapping[str, Any]) -> None:
    """Bring the list of files up to date; None takes a file off it, other files stay as they are."""
    release = lock(path, _FILES_LOCK, _FILES_LOCK_S)
    if release is None:
        raise locked(path, _FILES_LOCK_S)
    try:
        files = {**read_files(path), **changes}
        kept = {key: state for key, state in files.items() if state is not None}
        write_json(path / _FILES, {"format": FORMAT, "files": kept})
    finally:
        release()


def write_json(path: Path, value: Any) -> None:
    """Replace a file as a whole: written beside it, forced to the disk, renamed."""
    beside = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    with beside.open("w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, separators=(",", ":"))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        value = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    if not isinstance(value, dict):
        raise _damaged(path, "it is no object")
    return value


def _damaged(path: Path, reason: str) -> StoreFormatError:
    message = f"cannot be read ({reason}); {_REBUILD}"
    return StoreFormatError(path, message, found="damaged", supported=str(FORMAT))


def size_bytes(path: Path) -> int:
    """Return the size of all files of the index."""
    return sum(entry.stat().st_size for entry in path.iterdir() if entry.is_file())


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that have a part in an index."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 (20 ms, only to write)

    found = {"python": sys.version.split()[0]}
    for package in ("searchlib", "whoosh3", "whoosh", "jieba", "rjieba", "numpy"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found
