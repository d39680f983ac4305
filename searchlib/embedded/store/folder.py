"""
What lies beside Whoosh's files: the fingerprint, the files that `sync` knows, and the errors of opening.

The fingerprint is written before the first commit and says which analysis the
postings were made with. The list of files (`file_list`) may know more files than
the last commit does, never fewer, so that a killed `sync` is made good by the next one.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from searchlib.embedded.codec.sections import damage
from searchlib.embedded.store.disk import names_of_unfinished, read_file, remove, replace_file, sync_folder
from searchlib.embedded.store.manifest import Manifest, latest_generation, segment_files, write_contents
from searchlib.errors import StoreError, StoreFormatError, StoreLockedError, StoreNotFoundError
from searchlib.expansion import lexicon
from searchlib.message import Message
from searchlib.model import FURNITURE
from searchlib.os_errors import IS_FILE, explained

FORMAT = 2
"""The version of all that is stored; it changes when an older release could not read it."""


WRITE_LOCK = "MAIN_WRITELOCK"
"""The file that Whoosh's own writers lock too."""

META = "searchlib.json"
FILES = "searchlib.files.json"
FILES_LOG = "searchlib.files.log"
FILES_LOCK = "searchlib.files.lock"

_CANNOT_FORCE = {errno.EACCES, errno.EPERM, errno.EINVAL, errno.ENOTSUP}
"""A folder above the index may be passed through and not looked into, or its file system cannot do it."""

_UNFINISHED_META = names_of_unfinished(re.escape(META))
_UNFINISHED_FILES = names_of_unfinished(f"({re.escape(FILES)}|{re.escape(FILES_LOG)})")
CHECK = "crc32"
"""The key of the checksum, in formats to come too: so damage is told from another format, and mended."""

_UNCHECKED = 1
"""The format that had none."""

_REBUILD = "cut its articles anew with: search index --repair -i {} (or delete the folder and index again)"


def is_index(path: Path) -> bool:
    """Return whether a folder holds an index, of ours or at least of Whoosh's."""
    with explained(path, "read"):
        return (path / META).is_file() or has_commit(path)


def has_commit(path: Path) -> bool:
    """Return whether a folder has a table of contents of Whoosh's; nothing in it is opened."""
    with explained(path, "read"):
        return latest_generation(path) >= 0


def check(path: Path, settings: str) -> dict[str, Any]:
    """
    See that a folder holds an index that this version can read, and return what it says of itself.

    Args:
        path: The folder of the index.
        settings: The analyzer's settings, which must be those of the index.

    Raises:
        StoreError: It is a file.
        StoreNotFoundError: There is no folder, or no index in it.
        StoreFormatError: It is damaged, or another version or other settings wrote it.
    """
    if path.is_file():
        raise StoreError(path, IS_FILE)
    if not path.is_dir():
        raise StoreNotFoundError(path, "there is no index here; make one with: search index PATH...")
    meta = read_meta(path)
    if meta is None:
        if segment_files(path):
            raise damage(path, Message("its file {} is missing", META))
        raise StoreNotFoundError(
            path, "this folder holds no index of searchlib; make one with: search index PATH..."
        )
    found = str(meta["fingerprint"].get("settings"))
    if found != settings:
        raise stale(path, found, settings)
    return meta


def stale(path: Path, found: str, wanted: str) -> StoreFormatError:
    """Return the error of an index whose words were cut by another analysis."""
    message = Message(
        "its words were cut by another analysis ({}, here {}); {}", found, wanted, Message(_REBUILD, path)
    )
    return StoreFormatError(path, message, found=found, supported=wanted)


def read_meta(path: Path) -> dict[str, Any] | None:
    """
    Return what the index says of itself, its fingerprint always a dict; None when it says nothing.

    Raises:
        StoreFormatError: It is damaged, or of another format.
    """
    found = read_checked(path / META)
    meta = None if found is None else found[0]
    if meta is not None and not isinstance(meta.setdefault("fingerprint", {}), dict):
        raise damage(path / META, "its fingerprint is invalid")
    return meta


def create(
    path: Path,
    fingerprint: Mapping[str, str],
    timeout_s: float,
    fields: Mapping[str, float] | None = None,
) -> None:
    """
    Make an empty index in a folder that is new, empty, or ours, unless another process just made it.

    Args:
        fields: The text fields of the index's own, each with its weight.

    Raises:
        StoreFormatError: The folder has files that are not ours, or an index that lost its table.
        StoreLockedError: Another process has been writing all the time.
    """
    if path.is_symlink() and not path.exists():
        raise StoreNotFoundError(
            path, "it is a link to a folder that is not there; make that, or delete the link"
        )
    _make(path)
    ours = ("searchlib.", WRITE_LOCK, "_MAIN_", "MAIN_", *lexicon.FILES)
    strangers = [entry.name for entry in path.iterdir() if not entry.name.startswith(ours)]
    if strangers and not has_commit(path):
        raise StoreFormatError(
            path,
            Message("this folder is no index and not empty ({}); name another", repr(strangers[0])),
            found="other files",
            supported="a new or an empty folder",
        )
    from searchlib.embedded.store.locks import locked  # noqa: PLC0415 (a query locks nothing)

    with locked(path, WRITE_LOCK, timeout_s):
        if has_commit(path):
            return
        if segment_files(path):
            raise damage(path, "its table of contents (_MAIN_*.toc) is missing")
        write_meta(path, fingerprint)
        try:
            write_contents(path, [], Manifest([], -1, fields=fields or {}))
        except StoreLockedError:
            if not has_commit(path):
                raise  # else another process has just made it, where locks have no effect


def _make(path: Path) -> None:
    """Make a folder and those above it, the name of each forced to the disk."""
    real = Path(os.path.realpath(path))
    missing = [folder for folder in (real, *real.parents) if not folder.exists()]
    path.mkdir(parents=True, exist_ok=True)
    for folder in missing or [real]:  # one that is there may have been made just before a kill
        try:
            sync_folder(folder.parent)
        except OSError as error:
            if error.errno not in _CANNOT_FORCE:
                raise


def write_meta(path: Path, fingerprint: Mapping[str, str]) -> None:
    """Write what the index says of itself; the write lock must be held."""
    about = {"index": os.urandom(8).hex(), "fingerprint": dict(fingerprint), "versions": versions()}
    write_json(path / META, about)


def clear_away(path: Path) -> None:
    """Delete what dead writers left beside the commit's own files; the write lock must be held."""
    from searchlib.embedded.store.locks import locked  # noqa: PLC0415

    names = [entry.name for entry in os.scandir(path)]
    for name in filter(_UNFINISHED_META.fullmatch, names):
        remove(path / name)
    lists = [name for name in names if _UNFINISHED_FILES.fullmatch(name)]
    if lists:
        try:
            with locked(path, FILES_LOCK, 0):
                for name in lists:
                    remove(path / name)
        except StoreLockedError:
            pass  # it is being written now


def write_json(path: Path, value: Mapping[str, Any], *, force_name: bool = True) -> None:
    """Put a file in place that says what it is, with its checksum; *force_name* as of `replace_file`."""
    replace_file(path, json_with_checksum({"format": FORMAT, **value}), force_name=force_name)


def json_with_checksum(value: Mapping[str, Any]) -> bytes:
    """Return the JSON of a value and its checksum, on one line."""
    checked = {**value, CHECK: checksum(value)}
    return json.dumps(checked, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def checksum(value: Mapping[str, Any]) -> int:
    """Return the checksum of the JSON of a value, whatever its white space."""
    return zlib.crc32(json.dumps(value, separators=(",", ":")).encode("ascii"))


def read_checked(path: Path) -> tuple[dict[str, Any], int] | None:
    """
    Return what a file says that `write_json` has put in place, and its checksum; None when there is none.

    Raises:
        StoreFormatError: It is damaged, or of another format.
    """
    try:
        with explained(path.parent, "read"):
            data = read_file(path) if path.exists() else None
        if data is None:
            return None
        value = json.loads(data.decode("utf-8", "surrogatepass"))
        if not isinstance(value, dict):
            raise ValueError("it is no object")  # noqa: TRY301, TRY004 (one message for all damage)
    except (ValueError, RecursionError, MemoryError) as error:
        raise damage(path, Message("it cannot be read ({})", error)) from error
    crc = value.pop(CHECK, None)
    found = value.get("format")
    summed = checksum(value)
    if crc != summed and (crc is not None or found != _UNCHECKED):
        raise damage(path, "it does not fit its checksum")
    if found != FORMAT:
        raise _of_another_format(path, found)
    return value, summed


def _of_another_format(path: Path, found: Any) -> StoreFormatError:
    if isinstance(found, int) and found > FORMAT:
        cure = Message("update searchlib: only the release that wrote it, or a newer one, can read it")
    else:
        cure = Message("it is older; delete the folder, then run: search index PATH...")
    message = Message("written in format {}, this version reads {}: {}", repr(found), FORMAT, cure)
    return StoreFormatError(path, message, found=str(found), supported=str(FORMAT))


def size_bytes(path: Path) -> int:
    """Return the size of all files of the index, those of the furniture's included."""
    folders = [path, *(beside for beside in (path / FURNITURE,) if beside.is_dir())]
    return sum(entry.stat().st_size for each in folders for entry in each.iterdir() if entry.is_file())


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
