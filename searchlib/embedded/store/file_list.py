"""
What the last `sync` wrote down of each file: a list, and a log of what has changed in it since.

    searchlib.files.json  the list, replaced as a whole
    searchlib.files.log   a line of JSON for each change, {"files": {key: entry or null}}; the first
                          line, {"index", "after"}, has the checksum of the list that it goes on from

A folder of many files is committed in batches, and each batch changes the list
twice. So a change is appended to the log, and costs what it holds, until the log
would be as long as the list, which then is written again: all that is written is a
few times the list, however many batches there were. A short list has no log.

Each line has its checksum. The last one may be half there, or have zeros for what
was lost, after a kill or a power cut: it does not count, and the next change is written in
its place. JSON has no zeros, so that other damage is noticed. A log of another list
does not count either: so a release that knows no log, and replaces the list, is
right, and reads again what the log knew.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from searchlib.embedded.codec.sections import damage
from searchlib.embedded.store.disk import read_file, remove, replace_file
from searchlib.embedded.store.folder import (
    CHECK,
    FILES,
    FILES_LOCK,
    FILES_LOG,
    checksum,
    json_with_checksum,
    read_checked,
    read_meta,
    write_json,
)
from searchlib.message import Message
from searchlib.os_errors import explained
from searchlib.system import force_to_disk

WHOLE_BYTES = 1 << 16
"""A list and its log that are no longer are written as one."""

_LOCK_S = 10.0
_LOOKS = 10
"""A list that is replaced while it is read is read again so many times."""
_END = re.compile(rb'"%s":([0-9]+)\}\Z' % CHECK.encode())
_END_BYTES = 32
_STEP_BYTES = 1 << 16


def read_files(path: Path, held: Iterable[str]) -> dict[str, Any]:
    """
    Return what the last `sync` wrote down of each file, by its key.

    Args:
        held: The files that the commit has articles of. One that the list does
            not know, as after a kill or a lost list, has no state, which means
            that it must be read again.

    Raises:
        StoreFormatError: The list is damaged, or another index's.
    """
    return {key: {"state": None, "articles": 0} for key in held} | _list(path)


def update_files(path: Path, changes: Mapping[str, Any]) -> None:
    """Bring the list of files up to date; None takes a file off it, other files stay as they are."""
    from searchlib.embedded.store.locks import locked  # noqa: PLC0415 (a query locks nothing)

    with explained(path, "written"), locked(path, FILES_LOCK, _LOCK_S):
        line = _line({"files": changes})
        list_bytes, log_bytes = _size(path / FILES), _size(path / FILES_LOG) + len(line)
        after = _checksum_at_end(path / FILES)
        if after is None or list_bytes + log_bytes <= WHOLE_BYTES or log_bytes > list_bytes:
            write_files(path, {**_list(path), **changes})
        else:
            _append(path, after, line)


def write_files(path: Path, files: Mapping[str, Any]) -> None:
    """
    Replace the list of files; a power cut may bring back the one before, until the next commit.

    It is written before a commit, which forces its name to the disk, and after it, when the
    one before makes the next `sync` read some files again.
    """
    kept = {key: state for key, state in files.items() if state is not None}
    log = path / FILES_LOG
    has_log = log.exists()
    # The list before is worth nothing without its log, which goes only when the new one is there to stay.
    write_json(path / FILES, {"index": _index(path), "files": kept}, force_name=has_log)
    if has_log:
        remove(log)


def _index(path: Path) -> Any:
    return (read_meta(path) or {}).get("index")


def _list(path: Path) -> dict[str, Any]:
    files: dict[str, Any] = {}
    changes = None
    for _ in range(_LOOKS):
        identity = _identity(path / FILES)
        found = read_checked(path / FILES)
        if found is None:
            return {}
        listed, crc = found
        if listed.get("index") != _index(path):
            raise damage(path / FILES, "it is the list of another index")
        files = listed.get("files", {})
        if "files" not in listed or not _are_entries(files) or None in files.values():
            raise damage(path / FILES, "it is no list of files")
        changes = _changes(path / FILES_LOG, crc)
        if changes is not None or _identity(path / FILES) == identity:
            break  # else the list was replaced, and its log with it
    for some in changes or ():
        files.update(some)
    return {key: entry for key, entry in files.items() if entry is not None}


def _changes(log: Path, after: int) -> list[dict[str, Any]] | None:
    """Return what a log says, the oldest first; None when there is none that goes on from this list."""
    try:
        with explained(log.parent, "read"):
            data = read_file(log) if log.exists() else None
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise damage(log, Message("it cannot be read ({})", error)) from error
    if data is None:
        return None
    head, *lines = data.split(b"\n")
    begun = _read_line(head)
    if begun is None or "after" not in begun:
        raise damage(log, "it is no log of changes")
    if begun["after"] != after:
        return None
    begun_line = lines.pop()
    found = []
    for number, line in enumerate(lines, start=2):
        said = _read_line(line)
        if said is None and number > len(lines) and b"\0" in line:
            break
        if said is None or not _are_entries(said.get("files")):
            raise damage(log, Message("its line {} does not fit its checksum", number))
        found.append(said["files"])
    if _read_line(begun_line[:-1]) is not None:
        raise damage(log, "its last line does not end")
    return found


def _append(path: Path, after: int, line: bytes) -> None:
    """Write a line behind the last whole one, in a new log if there is none of this list."""
    log = path / FILES_LOG
    end = _end_of(log, after)
    if not end:
        head = _line({"index": _index(path), "after": after})
        replace_file(log, head + line, force_name=False)
        return
    with log.open("r+b") as file:
        file.truncate(end)
        file.seek(end)
        file.write(line)
        file.flush()
        force_to_disk(file.fileno())


def _end_of(log: Path, after: int) -> int:
    """Return where the last whole line of a log ends; 0 when there is no log of this list."""
    if not _size(log):
        return 0
    with log.open("rb") as file:
        begun = _read_line(file.readline().removesuffix(b"\n"))
        if begun is None or begun.get("after") != after:
            return 0
        first = file.tell()
        end = _line_end_before(file, file.seek(0, os.SEEK_END))
        start = _line_end_before(file, end - 1)
        file.seek(start)
        is_whole = end <= first or _read_line(file.read(end - 1 - start)) is not None
        return end if is_whole else start


def _line_end_before(file: BinaryIO, end: int) -> int:
    """Return where the last line that ends at *end* or before it ends, 0 when none does."""
    while end > 0:
        start = max(0, end - _STEP_BYTES)
        file.seek(start)
        place = file.read(end - start).rfind(b"\n")
        if place >= 0:
            return start + place + 1
        end = start
    return 0


def _line(value: Mapping[str, Any]) -> bytes:
    return json_with_checksum(value) + b"\n"


def _read_line(line: bytes) -> dict[str, Any] | None:
    """Return what a line says, None when it is not what was written."""
    try:
        value = json.loads(line.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        return None
    is_whole = isinstance(value, dict) and value.pop(CHECK, None) == checksum(value)
    return value if is_whole else None


def _are_entries(files: Any) -> bool:
    """Return whether something is a mapping of entries; of a log they may be None."""
    return isinstance(files, dict) and all(
        entry is None
        or (isinstance(entry, dict) and "state" in entry and isinstance(entry.get("articles"), int))
        for entry in files.values()
    )


def _size(file: Path) -> int:
    """Return the bytes of a plain file; 0 when there is none, whatever a stranger has put in its place."""
    try:
        about = file.lstat()
    except FileNotFoundError:
        return 0
    return about.st_size if stat.S_ISREG(about.st_mode) else 0


def _identity(file: Path) -> tuple[int, int, int] | None:
    try:
        about = file.stat()
    except FileNotFoundError:
        return None
    return about.st_ino, about.st_size, about.st_mtime_ns


def _checksum_at_end(file: Path) -> int | None:
    """Return the checksum that a list ends with, without the rest of it being read; None without one."""
    size = _size(file)
    if not size:
        return None
    with file.open("rb") as opened:
        opened.seek(max(0, size - _END_BYTES))
        match = _END.search(opened.read())
    return int(match[1]) if match else None
