"""
A folder and an index brought into step: what is new, changed or gone since last time.

What is known of each file is kept beside the index. Files are committed whole,
in batches; before a batch the list says that its files must be read again, so
that whatever a killed process left is made good by the next `sync`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from searchlib.backends.base import Backend
from searchlib.errors import CorpusError
from searchlib.model import Report, Skipped
from searchlib.readers import FileState, file_state, list_files, read_file, source_of
from searchlib.store import folder
from searchlib.store.spool import Spool

Progress = Callable[[int, int, str], None]
"""Called before each file with the files done, all files and the file's path."""

_BATCH_BYTES = 64 * 1024 * 1024
_BATCH_FILES = 2000


class Syncing:
    """One run of `sync`."""

    def __init__(self, index_path: Path, backend: Backend, progress: Progress | None) -> None:
        self._index_path = index_path
        self._base = Path(os.path.realpath(index_path)).parent
        self._backend = backend
        self._progress = progress
        self._known: dict[str, Any] = {}
        self._skipped: list[Skipped] = []
        self._unlisted: list[Path] = []
        self._unchanged = 0
        self._touched: dict[str, Any] = {}
        self._reports: list[Report] = []
        self._batch: dict[str, Spool | None] = {}
        self._states: dict[str, Any] = {}
        self._batch_bytes = 0

    def run(self, paths: Sequence[str | os.PathLike[str]]) -> Report:
        """
        Bring the index into step with *paths*.

        Raises:
            CorpusError: A path does not exist.
        """
        self._backend.check_writable()
        if folder.is_index(self._index_path):
            self._backend.refresh()
            self._known = folder.read_files(self._index_path, self._backend.files())
        files = list(list_files(*paths, exclude=[self._index_path], on_error=self._skip_folder))
        keys = {self._key(file): file for file in files}
        try:
            for done, (key, file) in enumerate(keys.items()):
                if self._progress is not None:
                    self._progress(done, len(keys), str(file))
                self._take(key, file)
            self._take_out_missing(paths, set(keys))
            self._commit()
        except KeyboardInterrupt:
            self._commit()  # what has been read whole is kept
            raise
        finally:
            self._forget_batch()
        return Report(
            sum(report.added for report in self._reports),
            sum(report.updated for report in self._reports),
            sum(report.removed for report in self._reports),
            sum(report.unchanged for report in self._reports) + self._unchanged,
            tuple(self._skipped),
        )

    def _key(self, file: Path) -> str:
        """Name a file by its place beside the index, so that both can move together, else by its path."""
        real = Path(os.path.realpath(file))
        return source_of(real.relative_to(self._base) if real.is_relative_to(self._base) else real)

    def _take(self, key: str, file: Path) -> None:
        """Read one file unless it is what it was; a file that cannot be read keeps what was read before."""
        known = self._known.get(key)
        before = FileState.from_json(known["state"]) if known and known["state"] else None
        try:
            state = file_state(file, before)
            if known and before is not None and state.digest == before.digest:
                self._unchanged += known["articles"]
                if state != before:
                    self._touched[key] = {"state": state.to_json(), "articles": known["articles"]}
                return
            spool = Spool(read_file(file, key))
        except (CorpusError, OSError) as error:
            reason = error.reason if isinstance(error, CorpusError) else error.strerror or str(error)
            self._skipped.append(Skipped(str(file), reason))
            return
        if any(spool.ids & other.ids for other in self._batch.values() if other is not None):
            self._commit()  # one commit must not hold an id twice
        self._batch[key] = spool
        self._states[key] = {"state": state.to_json(), "articles": len(spool)}
        self._batch_bytes += state.size
        if self._batch_bytes > _BATCH_BYTES or len(self._batch) >= _BATCH_FILES:
            self._commit()

    def _take_out_missing(self, paths: Sequence[str | os.PathLike[str]], listed: set[str]) -> None:
        """Take out files that an earlier run brought from under the same paths and that are gone."""
        tops = [Path(os.path.realpath(path)) for path in paths]
        unlisted = [Path(os.path.realpath(path)) for path in self._unlisted]
        for key in sorted(set(self._known) - listed - set(self._batch)):
            place = self._base / key
            below = any(place.is_relative_to(top) for top in tops)
            if below and not any(place.is_relative_to(top) for top in unlisted):
                self._batch[key] = None

    def _commit(self) -> None:
        if self._batch:
            if folder.has_commit(self._index_path):
                pending = {key: {"state": None, "articles": 0} for key in self._batch}
                folder.update_files(self._index_path, pending)
            self._reports.append(self._backend.put_files(self._batch))
        changes = self._touched | {key: self._states.get(key) for key in self._batch}
        if changes:
            folder.update_files(self._index_path, changes)
        self._touched.clear()
        self._forget_batch()

    def _forget_batch(self) -> None:
        for spool in self._batch.values():
            if spool is not None:
                spool.close()
        self._batch.clear()
        self._states.clear()
        self._batch_bytes = 0

    def _skip_folder(self, error: CorpusError) -> None:
        self._skipped.append(Skipped(error.source, error.reason))
        self._unlisted.append(Path(error.source))
