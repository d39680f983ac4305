"""One writer at a time, and who that is."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, StoreError, StoreLockedError
from searchlib.store import writing
from searchlib.store.locks import acquire, holder_of, locked

_HOLD = """
import sys, time
sys.path[:] = sys.argv[2:]
from pathlib import Path
from searchlib.store.locks import acquire
release = acquire(Path(sys.argv[1]), "LOCK", 5)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def other(tmp_path: Path) -> subprocess.Popen[str]:
    """Another process, which holds a lock."""
    start = [sys.executable, "-c", _HOLD, str(tmp_path), *sys.path]
    process = subprocess.Popen(start, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_holder_is_named_and_its_lock_ends_with_it(tmp_path: Path, other: subprocess.Popen[str]) -> None:
    """Process and time stand in the error; killed, it holds nothing any more."""
    with other:
        with pytest.raises(
            StoreLockedError, match=rf"process {other.pid}, since 20\d\d-.*waited 0.1 s.*try again when"
        ):
            acquire(tmp_path, "LOCK", 0.1)
        other.kill()
        other.wait()
        with locked(tmp_path, "LOCK", 5):
            holder = holder_of(tmp_path / "LOCK")
            assert holder is not None
            assert holder.pid == os.getpid()
        assert holder_of(tmp_path / "LOCK") is None


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    """In one process too; it goes on as soon as the first is done."""
    release = acquire(tmp_path, "LOCK", 0)
    threading.Timer(0.2, release).start()
    with locked(tmp_path, "LOCK", 10):
        assert holder_of(tmp_path / "LOCK") is not None
    with locked(tmp_path, "LOCK", 0), pytest.raises(StoreLockedError, match=r"\(this one\)"):
        acquire(tmp_path, "LOCK", 0)


def test_a_writer_that_gives_up_loses_nothing(make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the other one holds the lock, reading goes on."""
    index = make_index(Article(id="1", body="湖"))
    monkeypatch.setattr(writing, "LOCK_TIMEOUT_S", 0.1)
    with locked(index.path, "MAIN_WRITELOCK", 0):
        with pytest.raises(StoreLockedError, match=f"process {os.getpid()}"):
            index.add([Article(id="2", body="江")])
        assert searchlib.open(index.path).search("湖").total == 1
    assert index.add([Article(id="2", body="江")]).added == 1


def test_a_lock_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    """A stranger's index must not have another file emptied."""
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    folder = tmp_path / "x.idx"
    folder.mkdir()
    (folder / "LOCK").symlink_to(tmp_path / "letter.txt")
    with pytest.raises(StoreError, match="its lock LOCK is a link to elsewhere; delete it"):
        acquire(folder, "LOCK", 0)
    assert (tmp_path / "letter.txt").read_text("utf-8") == "dear"
