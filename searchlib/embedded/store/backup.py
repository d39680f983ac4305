"""
A whole copy of one commit, made while others read and write.

The segments are copied from their open maps, so that a writer may take the files
away meanwhile. The copy is made beside its place and gets its name at the end: it
is whole, or it is not there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from searchlib.embedded.codec.sections import damage
from searchlib.embedded.store import file_list, folder
from searchlib.embedded.store.disk import NEW, replace_file, sync_folder
from searchlib.embedded.store.manifest import table_bytes, table_file
from searchlib.embedded.store.snapshot import Snapshot, open_snapshot
from searchlib.errors import StoreError
from searchlib.expansion import lexicon
from searchlib.message import Message
from searchlib.model import FURNITURE
from searchlib.os_errors import explained
from searchlib.system import NotPlainError, open_plain

_TRIES = 10


def backup(path: Path, settings: str, target: Path) -> None:
    """
    Copy an index to a folder that is not there yet, or empty; every byte is verified on the way.

    Raises:
        StoreNotFoundError: There is no index.
        StoreFormatError: It is damaged, or another version or other settings wrote it.
        StoreError: There is something in the folder, or it cannot be written.
    """
    real = Path(os.path.realpath(target))
    with explained(target, "written"):
        _check_target(path, target, real)
        real.parent.mkdir(parents=True, exist_ok=True)
        made = real.with_name(f".{real.name}.{os.urandom(4).hex()}{NEW}")
        made.mkdir()
        try:
            _fill(made, path, settings)
            if real.exists():
                real.rmdir()  # it is empty
            made.rename(real)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        sync_folder(real.parent)


def _check_target(path: Path, target: Path, real: Path) -> None:
    if real.is_relative_to(os.path.realpath(path)):
        raise StoreError(target, "is inside the index; name a folder elsewhere for its copy")
    if os.path.lexists(real) and (not real.is_dir() or any(real.iterdir())):
        raise StoreError(target, "is not empty; name a folder that is not there yet for the copy")


def _fill(made: Path, path: Path, settings: str) -> None:
    """Write all files of a commit, its table last."""
    with explained(path, "read"):
        snapshot, files = _at_one_time(path, settings)
        beside = {name: data for name in lexicon.FILES if (data := _plain(path, name)) is not None}
        meta = (path / folder.META).read_bytes()
    for segment in snapshot.segments:
        segment.file.copy_to(made / segment.file.path.name)
    for name, data in {folder.META: meta, **beside}.items():
        replace_file(made / name, data, force_name=False)
    if files:
        file_list.write_files(made, files)
    if folder.has_commit(path / FURNITURE):
        (made / FURNITURE).mkdir()
        _fill(made / FURNITURE, path / FURNITURE, settings)
    contents = snapshot.contents
    replace_file(table_file(made, contents.generation), table_bytes(contents))


def _at_one_time(path: Path, settings: str) -> tuple[Snapshot, Mapping[str, Any]]:
    """
    Open the last commit, with what is known of the files that its articles came from.

    The list of files is another file. What changes in it while the commit is
    opened may be of another commit; the next `sync` reads those files again.
    """
    for _ in range(_TRIES):
        meta = folder.check(path, settings)
        before = file_list.read_files(path, ())
        snapshot = open_snapshot(path)
        after = file_list.read_files(path, ())
        if folder.check(path, settings) == meta:
            unknown = {"state": None, "articles": 0}
            keys = before.keys() | after.keys()
            same = {key: before[key] for key in keys if _content(before.get(key)) == _content(after.get(key))}
            return snapshot, dict.fromkeys(keys, unknown) | same
    raise damage(path, "it is replaced by another all the time")


def _content(entry: Mapping[str, Any] | None) -> Any:
    """Return what an entry of the list says of a file's content: all but its size and time."""
    state = entry and entry["state"]
    return {**entry, "state": state[-1]} if entry and isinstance(state, list) and state else entry


def _plain(path: Path, name: str) -> bytes | None:
    """Return the bytes of a file that the user may have put beside the index; None when there is none."""
    try:
        with os.fdopen(open_plain(path / name), "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except NotPlainError as error:
        raise StoreError(
            path, Message("its {} is not a plain file; put one there, or delete it", name)
        ) from error
