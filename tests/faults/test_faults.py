"""A small part of each kind of trial, some seconds; the whole of it is the command's."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import searchlib
from faults import damaging, injecting, killing, loading
from faults.disk import FAULTS
from faults.scenarios import SCENARIOS, Scenario
from searchlib.embedded.codec import sections
from searchlib.embedded.store import disk, file_list, manifest

_MEMORY = Path("/dev/shm")  # noqa: S108 (as a disk on which forcing costs nothing)

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are made by fork here")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is one."""
    if not os.access(_MEMORY, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=_MEMORY) as folder:
        yield Path(folder)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_a_fault_at_any_operation_leaves_before_or_after(scenario: Scenario, home: Path) -> None:
    """Errors, a full disk, kills and power cuts, at every seventh operation."""
    found = list(injecting.trials(home, [scenario], step=7))
    assert len(found) >= len(FAULTS)
    assert [str(trial) for trial in found if trial.trouble] == []


def test_a_fault_at_any_operation_on_the_log_of_files(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of files that is changed by its log, then written anew."""
    monkeypatch.setattr(file_list, "WHOLE_BYTES", 0)
    sync = [scenario for scenario in SCENARIOS if scenario.name == "sync"]
    found = list(injecting.trials(home, sync, step=9))
    assert any("searchlib.files.log" in trial.operation for trial in found)
    assert [str(trial) for trial in found if trial.trouble] == []


@needs_fork
@pytest.mark.parametrize("missing", ["of folders", "of segments", "of tables"])
def test_a_power_cut_shows_a_sync_that_is_missing(
    missing: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The trials can fail: without one kind of sync, a commit is lost or half there."""
    if missing == "of segments":
        monkeypatch.setattr(sections, "force_to_disk", lambda _: None)
    elif missing == "of tables":
        monkeypatch.setattr(disk, "force_to_disk", lambda _: None)
    else:
        monkeypatch.setattr(manifest, "sync_folder", lambda _: None)
        monkeypatch.setattr(disk, "sync_folder", lambda _: None)
    add = [scenario for scenario in SCENARIOS if scenario.name == "add"]
    faults = ["power cut: contents lost", "power cut: contents and names lost"]
    assert [trial for trial in injecting.trials(home, add, faults) if trial.trouble]


@needs_fork
def test_killed_processes_cost_nothing(home: Path) -> None:
    """Five real ones; whoever writes next finds the lock free."""
    assert list(killing.kills(home, 5)) == [""] * 5


def test_damage_is_noticed(home: Path) -> None:
    """Bytes of every file, and whole files; never a wrong answer nor another error."""
    path = damaging.make(home)
    found = [*damaging.flips(path, 211), *damaging.blows(path)]
    assert len(found) > 100
    assert [str(trial) for trial in found if trial.trouble] == []


def test_damage_of_the_list_of_files_and_its_log_is_noticed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change that was being written does not count; whatever else is wrong is an error."""
    monkeypatch.setattr(file_list, "WHOLE_BYTES", 0)
    path = damaging.make(home)
    known = file_list.read_files(path, ())
    for key in sorted(known)[:2]:
        file_list.update_files(path, {key: known[key]})
    names = {"searchlib.files.json", "searchlib.files.log"}
    monkeypatch.setattr(damaging, "files_of", lambda path: [path / name for name in sorted(names)])
    found = [*damaging.flips(path, 29), *damaging.blows(path)]
    assert {trial.where.partition("[")[0] for trial in found if trial.noticed} == names
    assert [str(trial) for trial in found if trial.trouble] == []


def test_lies_with_right_checksums_end_in_an_answer_or_an_error_of_ours(home: Path) -> None:
    """A stranger's index may say what it likes; it brings nothing down."""
    found = list(damaging.lies(damaging.make(home), 60, seed=2))
    assert [str(trial) for trial in found if trial.trouble] == []
    assert any(trial.noticed for trial in found)


def test_ids_that_are_no_text_are_an_error_of_ours(home: Path) -> None:
    """They are read after the ranking, while the page is made."""
    found = list(damaging.lies_in(damaging.make(home), "id/strings", 0xC7))
    assert len(found) > 10
    assert [str(trial) for trial in found if trial.trouble] == []


def test_damage_of_an_index_with_long_lists_is_noticed(home: Path) -> None:
    """Some bytes of a larger index."""
    path = home / "x.idx"
    damaging.make_large(path, 400)
    with searchlib.open(path) as index:
        assert len(index) == 411
    found = list(damaging.flips(path, 20_000))
    assert found
    assert [str(trial) for trial in found if trial.trouble] == []


@pytest.mark.parametrize("processes", [0, 2])
def test_every_answer_is_that_of_some_commit(processes: int, home: Path) -> None:
    """Sixteen threads and a writer, three seconds; in this process, or in two that are not forked."""
    seen = loading.load(home, 3, processes)
    assert seen.trouble == []
    assert seen.answers > 100
    assert len(seen.commits) > 1
