"""The list of the files that `sync` knows, in a file beside the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from searchlib.embedded.store import folder
from searchlib.engine.contract import FileEntry


class FolderRegistry:
    """Reads and writes the list; an index that is not there yet has none."""

    def __init__(self, path: Path, held: Callable[[], set[str]]) -> None:
        """*held* returns the files that the last commit has articles of."""
        self._path = path
        self._held = held

    def read(self) -> dict[str, FileEntry]:
        """Return what is known of each file, by its key."""
        if not folder.is_index(self._path):
            return {}
        from searchlib.embedded.store import file_list  # noqa: PLC0415 (a query asks for no files)

        return cast("dict[str, FileEntry]", file_list.read_files(self._path, self._held()))

    def update(self, changes: Mapping[str, FileEntry | None]) -> None:
        """Bring the list up to date; None takes a file off it."""
        if folder.has_commit(self._path):
            from searchlib.embedded.store import file_list  # noqa: PLC0415

            file_list.update_files(self._path, changes)
