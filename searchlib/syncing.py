"""
A folder and an index brought into step: what is new, changed or gone since last time.

What is known of each file is kept beside the index. Files are committed whole,
in batches; before a batch the list says that its files must be read again, so
that whatever a killed process left is made good by the next `sync`.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from searchlib.engine.contract import Backend, FileEntry, FilledAside, KeepsFurniture, Noted
from searchlib.errors import CorpusError, MissingExtraError, SearchlibError
from searchlib.file_keys import FileKeys
from searchlib.frozen import replace
from searchlib.ingest import (
    FieldMap,
    FileState,
    Notes,
    file_state,
    holds_records,
    is_foreign,
    kind_of_name,
    list_files,
    source_of,
)
from searchlib.message import Message, pack
from searchlib.model import Article
from searchlib.reports import Report, Skipped
from searchlib.spool import Counts, Spool
from searchlib.whole_files import BegunFile, read_whole, reason_of

Progress = Callable[[int, int, str], None]
"""
Called before each file with the files done, all files and the file's path.

Where one file or commit holds much it is called in between too, with a `Step` for path.
"""


class Step(str):
    """The path of a file that takes long, with how far it has come."""

    __slots__ = ("articles", "size_bytes", "writing")

    articles: int
    """Articles done."""
    size_bytes: int
    """The size of their records."""
    writing: bool
    """False while the file is read, True while what was read is put into the index."""

    def __new__(cls, path: str, articles: int, size_bytes: int, *, writing: bool) -> Step:
        """Make one."""
        step = super().__new__(cls, path)
        step.articles, step.size_bytes, step.writing = articles, size_bytes, writing
        return step


_BATCH_BYTES = 64 * 1024 * 1024
_BATCH_FILES = 2000
_BATCH_S = 60.0
"""What has been read for so long is committed, so that a kill costs no more of slow reading."""
_HURRY_BYTES = 512 * 1024
"""As much as is committed within a second at the end, when the user interrupts."""
_AHEAD = 2
"""Files of foreign formats that are read at one time, each in its process, while the text of one is taken."""
_AHEAD_FILES = 200
"""How far ahead of its turn such a file is begun."""


class Syncing:
    """One run of `sync`."""

    def __init__(
        self,
        backend: Backend,
        progress: Progress | None,
        fields: Mapping[str, str] | None = None,
    ) -> None:
        self._backend = backend
        folder = backend.folder
        self._exclude = [] if folder is None else [folder]
        self._keys = FileKeys(folder)
        self._progress = progress
        self._fields = FieldMap(fields).fields
        self._known: dict[str, FileEntry] = {}
        self._skipped: list[Skipped] = []
        self._remarks: list[Skipped] = []
        self._passed_over: Counter[str] = Counter()
        self._unlisted: list[Path] = []
        self._passed: set[str] = set()
        self._gone_digests: Counter[str] = Counter()
        self._moved = 0
        self._empty = 0
        self._unsearched: Counter[str] = Counter()
        self._touched: dict[str, FileEntry | None] = {}
        self._counts = Counts()
        self._batch: dict[str, Spool | None] = {}
        self._furniture: dict[str, Spool] = {}
        self._states: dict[str, FileEntry] = {}
        self._batch_ids: set[str] = set()
        self._batch_bytes = 0
        self._batch_since_s = 0.0
        self._at = 0, 0, ""
        self._in_commit = False
        self._ahead: dict[str, BegunFile] = {}
        self._looked_at = 0
        """Of the files in order: up to which it is known whether they are read ahead."""

    def run_anew(self, paths: Sequence[str | os.PathLike[str]]) -> Report:
        """
        Read all files again; where the engine can, aside, so that the index changes in one step.

        Raises:
            CorpusError: A path does not exist.
        """
        self._backend.check_writable()
        below = self._keys.below(paths)
        if not isinstance(self._backend, FilledAside):
            return self.run(paths, is_forgotten=below)
        with self._backend.anew(lambda key: not below(key)) as other:
            return Syncing(other, self._progress, self._fields).run(paths)

    def run(
        self, paths: Sequence[str | os.PathLike[str]], is_forgotten: Callable[[str], bool] = lambda _: False
    ) -> Report:
        """
        Bring the index into step with *paths*.

        Args:
            is_forgotten: Says of a file whether it is read again, whatever is known of it.

        Raises:
            CorpusError: A path does not exist.
        """
        self._backend.check_writable()
        self._backend.refresh()
        self._known = {
            key: {"state": None, "articles": 0} if is_forgotten(key) else entry
            for key, entry in self._backend.files.read().items()
        }
        found = list_files(
            *paths,
            exclude=self._exclude,
            on_error=self._skip_folder,
            on_loop=self._skip_link,
            on_other=self._pass_over,
        )
        files = self._keys.of(found)
        gone = self._missing(paths, set(files))
        try:
            in_order = list(files.items())
            for done, (key, file) in enumerate(in_order):
                self._read_ahead(in_order, done)
                self._at = done, len(files), source_of(file)
                if self._progress is not None:
                    self._progress(*self._at)
                self._take(key, file)
            self._batch.update(dict.fromkeys(gone))
            self._commit()
        except KeyboardInterrupt:
            self._commit_in_a_hurry()
            raise
        finally:
            self._ahead.clear()
            self._forget_batch()
        return replace(
            self._counts.report(),
            skipped=tuple(self._skipped),
            moved=self._moved,
            remarks=tuple(self._remarks),
            passed_over=dict(self._passed_over.most_common()),
            empty=self._empty,
            unsearched=dict(self._unsearched.most_common()),
        )

    def _read_ahead(self, files: Sequence[tuple[str, Path]], done: int) -> None:
        """
        Have the next files of foreign formats read, while the texts of those before them are taken.

        What cannot be looked at, or begun, is reported when its turn comes.
        """
        self._looked_at = max(self._looked_at, done)
        end = min(len(files), done + _AHEAD_FILES)
        while self._looked_at < end and len(self._ahead) < _AHEAD:
            key, file = files[self._looked_at]
            self._looked_at += 1
            if is_foreign(file.name):
                with suppress(CorpusError, OSError):
                    state = self._find_change(key, file)
                    if state is not None:
                        self._ahead[key] = BegunFile(file, key, state, self._fields)

    def _find_change(self, key: str, file: Path) -> FileState | None:
        """Return what a file is now that has to be read; None where it is as it was."""
        known = self._known.get(key)
        before = FileState.from_json(known["state"]) if known and known["state"] else None
        state = file_state(file, before)
        same_map = known is not None and known.get("map", {}) == self._fields_of(file)
        if known is None or before is None or state.digest != before.digest or not same_map:
            return state
        if state != before or "skipped" in known:
            self._touched[key] = self._entry(file, state, known["articles"], known.get("partly"))
        return None

    def _take(self, key: str, file: Path) -> None:
        """Read one file unless it is what it was; a file that cannot be read keeps what was read before."""
        known = self._known.get(key)
        try:
            begun = self._ahead.pop(key, None)
            if begun is None:
                changed = self._find_change(key, file)
                if changed is None:
                    self._counts.unchanged += self._known[key]["articles"]
                    return
                begun = BegunFile(file, key, changed, self._fields)
            noted = self._progress_of(writing=False)
            begun, spool = read_whole(
                file, key, begun, self._fields, own=self._backend.own_fields, noted=noted
            )
        except (CorpusError, MissingExtraError, OSError, MemoryError) as error:
            self._skip(key, source_of(file), reason_of(error))
            return
        except SearchlibError:
            raise
        except Exception as error:  # noqa: BLE001 (whatever is wrong with one file, the folder is read)
            self._skip(key, source_of(file), Message("cannot be read: {}: {}", type(error).__name__, error))
            return
        notes, state = begun.notes, begun.state
        self._note(source_of(file), key, notes)
        self._skipped += (Skipped(source_of(file), f"{path} {reason}") for path, reason in spool.skipped)
        self._empty += spool.empty
        self._unsearched += spool.unsearched
        ids = spool.ids
        if not self._batch_ids.isdisjoint(ids):
            self._commit()  # one commit must not hold an id twice
        if not known and self._is_moved(state.digest):
            self._moved += len(spool)
        left_out = next((reason_of(error) for error in notes.list_skipped(key)), None)
        self._states[key] = self._entry(file, state, len(spool), left_out)
        self._batch_bytes += state.size
        self._put_in_batch(key, spool, begun.furniture)
        if (
            self._batch_bytes > _BATCH_BYTES
            or len(self._batch) >= _BATCH_FILES
            or time.monotonic() - self._batch_since_s > _BATCH_S
        ):
            self._commit()
        else:  # of a file with millions of articles the ids are not held twice
            self._batch_ids |= ids

    def _put_in_batch(self, key: str, spool: Spool, furniture: list[Article]) -> None:
        if not self._batch:
            self._batch_since_s = time.monotonic()
        self._batch[key] = spool
        if furniture:
            self._furniture[key] = Spool(furniture)

    def _progress_of(self, *, writing: bool) -> Noted | None:
        """Return what shows how far the file, or the commit, has come; None when nobody looks."""
        progress = self._progress
        if progress is None:
            return None
        done, total, path = self._at
        return lambda articles, size: progress(done, total, Step(path, articles, size, writing=writing))

    def _fields_of(self, file: Path) -> dict[str, str]:
        return self._fields if holds_records(file) else {}

    def _entry(self, file: Path, state: FileState, articles: int, left_out: str | None = None) -> FileEntry:
        """Return what is kept of a file; *left_out* is why not all its records were taken."""
        entry: FileEntry = {"state": state.to_json(), "articles": articles}
        if left_out:
            entry["partly"] = left_out
            entry["said"] = pack(left_out)
        fields = self._fields_of(file)
        if fields:
            entry["map"] = fields
        return entry

    def _missing(self, paths: Sequence[str | os.PathLike[str]], listed: set[str]) -> list[str]:
        """Return the files that an earlier run brought from under the same paths and that are gone."""
        below, hidden = self._keys.below(paths), self._keys.below(self._unlisted)
        missing = []
        for key in sorted(set(self._known) - listed - self._passed):
            if below(key) and not hidden(key):
                missing.append(key)
                if self._known[key]["state"]:
                    self._gone_digests[FileState.from_json(self._known[key]["state"]).digest] += 1
        return missing

    def _is_moved(self, digest: str) -> bool:
        """Return whether this content stood in a file that is gone; each such file counts once."""
        self._gone_digests[digest] -= 1
        return self._gone_digests[digest] >= 0

    def _commit_in_a_hurry(self) -> None:
        """Keep of what has been read whole as much as a moment is enough for; the rest is read again."""
        if self._in_commit:
            return
        left = _HURRY_BYTES
        for key, spool in list(self._batch.items()):
            left -= spool.size_bytes if spool is not None else 0
            if left < 0:
                del self._batch[key]
                self._states.pop(key, None)
                if spool is not None:
                    spool.close()
        self._commit(hurry=True)

    def _commit(self, *, hurry: bool = False) -> None:
        self._in_commit = True
        if self._batch:
            self._backend.files.update({key: {"state": None, "articles": 0} for key in self._batch})
            noted = self._progress_of(writing=True)
            self._counts.add(self._backend.put_files(self._batch, noted=noted, hurry=hurry))
            # Behind the articles, and before the list has these files as read: a kill between costs nothing.
            if isinstance(self._backend, KeepsFurniture):
                self._backend.put_furniture({key: self._furniture.get(key) for key in self._batch})
        changes = self._touched | {key: self._states.get(key) for key in self._batch}
        if changes:
            self._backend.files.update(changes)
            self._touched.clear()
        self._forget_batch()
        self._in_commit = False

    def _forget_batch(self) -> None:
        for spool in (*self._batch.values(), *self._furniture.values()):
            if spool is not None:
                spool.close()
        self._furniture.clear()
        self._batch.clear()
        self._batch_ids.clear()
        self._states.clear()
        self._batch_bytes = 0

    def _note(self, path: str, key: str, notes: Notes) -> None:
        """Report what was left out of a file that was read, and the remarks on it."""
        for kept, errors in ((self._skipped, notes.list_skipped(key)), (self._remarks, notes.remarks(key))):
            kept += [Skipped(path + error.source.removeprefix(key), reason_of(error)) for error in errors]

    def _pass_over(self, file: Path) -> None:
        self._passed_over[kind_of_name(file.name)] += 1

    def _skip_folder(self, error: CorpusError) -> None:
        self._skip_link(error)
        cause = error.__cause__  # which has the name as the system has it
        name = cause.filename if isinstance(cause, OSError) and cause.filename else error.source
        self._unlisted.append(Path(os.fsdecode(name)))

    def _skip_link(self, error: CorpusError) -> None:
        self._skip(self._keys.key(Path(error.source), follow=False), error.source, error.reason)

    def _skip(self, key: str, path: str, reason: str) -> None:
        """Report what cannot be read, and keep that with the index until it can."""
        self._skipped.append(Skipped(path, reason))
        self._passed.add(key)
        known = self._known.get(key, {"state": None, "articles": 0})
        if known.get("skipped") != reason:
            self._touched[key] = {**known, "skipped": reason, "said": pack(reason)}
