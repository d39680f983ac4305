"""The list of the files that `sync` knows, and its log: what a batch costs, and what a kill leaves."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from faults.disk import Disk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searchlib
from searchlib import StoreFormatError
from searchlib.embedded.store import file_list, folder
from searchlib.embedded.store.folder import FILES, FILES_LOG

_KEYS = st.sampled_from(["a.txt", "b.txt", "报.txt", "line\nfeed", "\u2028", "\udcff", "c/d.txt"])
_CHANGES = st.dictionaries(
    _KEYS, st.none() | st.builds(lambda n: {"state": [n], "articles": n}, st.integers(0, 9)), max_size=4
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index of which even a short list has a log."""
    monkeypatch.setattr(file_list, "WHOLE_BYTES", 0)
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add([{"id": "1", "body": "党建"}])
    return tmp_path / "x.idx"


def entry(number: int) -> dict[str, Any]:
    """Return an entry of the list."""
    return {"state": ["0" * 40, number], "articles": number}


def listed(path: Path) -> dict[str, Any]:
    """Return what the list says now."""
    return file_list.read_files(path, ())


def begun(path: Path) -> dict[str, Any]:
    """Write a list of ten files and a log of two changes, and return what they say."""
    file_list.update_files(path, {f"{number}": entry(number) for number in range(10)})
    file_list.update_files(path, {"1": entry(11)})
    file_list.update_files(path, {"2": None, "new": entry(1)})
    assert len((path / FILES_LOG).read_bytes().splitlines()) == 3
    return {f"{n}": entry(n) for n in range(10) if n not in {1, 2}} | {"1": entry(11), "new": entry(1)}


def bytes_written(path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch) -> float:
    """Sync thirty files in batches of one; return what was written of their list, in times of the list."""
    monkeypatch.setattr("searchlib.syncing._BATCH_FILES", 1)
    texts.mkdir()
    for number in range(30):
        (texts / f"{number}.txt").write_text(f"查干湖{number}", "utf-8")
    with searchlib.open(path) as index, Disk(path) as disk:
        assert index.sync(texts).added == 30
    size = len((path / FILES).read_bytes())
    assert len(listed(path)) == 30
    return sum(count for name, count in disk.written.items() if name.startswith("searchlib.files.")) / size


def test_a_batch_writes_what_it_holds(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many batches there were, all of them wrote a few times the list; else it were thirty times."""
    assert bytes_written(path, tmp_path / "texts", monkeypatch) < 8


def test_a_list_written_whole_would_be_seen(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The count above tells one from the other."""
    monkeypatch.setattr(file_list, "WHOLE_BYTES", 1 << 40)
    assert bytes_written(path, tmp_path / "texts", monkeypatch) > 20


def test_a_batch_reads_what_it_holds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is not read for a change of it."""
    begun(path)
    monkeypatch.setattr(file_list, "read_checked", None)
    file_list.update_files(path, {"3": entry(33)})
    monkeypatch.undo()
    assert listed(path)["3"] == entry(33)


def test_a_short_list_has_no_log(tmp_path: Path) -> None:
    """Nothing is gained by one."""
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add([{"id": "1", "body": "党建"}])
    for number in range(100):
        file_list.update_files(tmp_path / "x.idx", {f"{number}": entry(number)})
    assert not (tmp_path / "x.idx" / FILES_LOG).exists()
    assert len(listed(tmp_path / "x.idx")) == 100


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_CHANGES, max_size=5))
def test_a_list_with_its_log_is_what_was_said_last(path: Path, drawn: list[dict[str, Any]]) -> None:
    """Whatever the changes are, and wherever the list is written anew."""
    for name in (FILES, FILES_LOG):
        (path / name).unlink(missing_ok=True)
    known: dict[str, Any] = {}
    for changes in drawn:
        file_list.update_files(path, changes)
        known = {key: value for key, value in {**known, **changes}.items() if value is not None}
        assert listed(path) == known


@pytest.mark.parametrize("how", ["cut", "zeros", "hole"])
def test_a_line_that_was_being_written_does_not_count(path: Path, how: str) -> None:
    """After a kill, or a power cut that left its length and not its bytes; the next one is in its place."""
    before = begun(path)
    log = path / FILES_LOG
    start = len(log.read_bytes())
    file_list.update_files(path, {"5": entry(55)})
    whole = log.read_bytes()
    for place in range(start, len(whole) - 1):
        rest = len(whole) - place
        if how == "cut":
            log.write_bytes(whole[:place])
        elif how == "zeros":
            log.write_bytes(whole[:place] + bytes(rest))
        else:
            log.write_bytes(whole[:place] + bytes(min(rest, 9)) + whole[place + 9 :])
        assert listed(path) == before
    file_list.update_files(path, {"6": entry(66)})
    assert listed(path) == {**before, "6": entry(66)}
    assert len(log.read_bytes().splitlines()) == 4


def test_a_damaged_line_is_an_error(path: Path) -> None:
    """Each byte of all lines: a change of no byte looks like a line that was being written."""
    begun(path)
    log = path / FILES_LOG
    whole = log.read_bytes()
    for place in range(len(whole)):
        log.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(StoreFormatError, match="damaged"):
            listed(path)


def test_a_log_of_another_list_does_not_count(path: Path, tmp_path: Path) -> None:
    """As after a kill between the two, or after a release that knows no log has replaced the list."""
    known = begun(path)
    shutil.copy(path / FILES_LOG, tmp_path / "old")
    file_list.write_files(path, known)
    assert not (path / FILES_LOG).exists()
    shutil.copy(tmp_path / "old", path / FILES_LOG)
    assert listed(path) == known
    file_list.update_files(path, {"1": entry(12)})
    assert listed(path) == {**known, "1": entry(12)}


def test_a_list_replaced_while_it_is_read_is_read_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its log goes with it, and the list before is worth nothing without."""
    known = begun(path)
    real = folder.read_checked

    def read_then_replace(file: Path) -> Any:
        found = real(file)
        if file.name == FILES:
            monkeypatch.undo()
            file_list.write_files(path, known)
        return found

    monkeypatch.setattr("searchlib.embedded.store.file_list.read_checked", read_then_replace)
    assert listed(path) == known


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files")
@pytest.mark.parametrize("kind", ["link", "fifo"])
def test_a_strangers_log_is_neither_written_through_nor_waited_for(
    path: Path, tmp_path: Path, kind: str
) -> None:
    """A link out of the index, or a pipe, in the place of the log."""
    begun(path)
    log = path / FILES_LOG
    data = log.read_bytes()
    log.unlink()
    victim = tmp_path / "victim"
    victim.write_bytes(data)
    if kind == "link":
        log.symlink_to(victim)
    else:
        os.mkfifo(log)
    file_list.update_files(path, {"1": entry(3)})
    assert victim.read_bytes() == data
    assert listed(path)["1"] == entry(3)
