"""One writer at a time, and who that is."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, StoreError, StoreLockedError
from searchlib.embedded.store import committing
from searchlib.embedded.store import folder as folders
from searchlib.embedded.store.locks import acquire, holder_of, locked

_HOLD = """
import sys, time
sys.path[:] = sys.argv[2:]
from pathlib import Path
from searchlib.embedded.store.locks import acquire
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
    monkeypatch.setattr(committing, "LOCK_TIMEOUT_S", 0.1)
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


@pytest.mark.skipif(not hasattr(os, "link"), reason="the system has no hard links")
def test_a_lock_with_another_name_is_left_as_it_is(tmp_path: Path) -> None:
    """A stranger's index has a file of the same disk as its lock: it locks, and the file keeps its bytes."""
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    folder = tmp_path / "x.idx"
    folder.mkdir()
    os.link(tmp_path / "letter.txt", folder / "LOCK")
    with locked(folder, "LOCK", 0), pytest.raises(StoreLockedError, match="another process is writing"):
        acquire(folder, "LOCK", 0)
    assert (tmp_path / "letter.txt").read_text("utf-8") == "dear"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
@pytest.mark.parametrize("name", [folders.WRITE_LOCK, "searchlib.files.lock"])
def test_a_lock_that_is_a_pipe_is_not_waited_for(name: str, make_index: MakeIndex, tmp_path: Path) -> None:
    """It is an error at once, for a write and for a sync."""
    index = make_index(Article(id="1", body="湖"))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("江", "utf-8")
    (index.path / name).unlink(missing_ok=True)
    os.mkfifo(index.path / name)
    with pytest.raises(StoreError, match=f"its lock {name} is not a plain file; delete it"):
        index.sync(tmp_path / "texts")
    assert index.search("湖").total == 1


def test_a_lock_whose_file_was_replaced_is_taken_again(tmp_path: Path) -> None:
    """Whoever deletes the file of a lock does not give it to two: the new file is another lock."""
    release = acquire(tmp_path, "LOCK", 0)
    (tmp_path / "LOCK").unlink()
    with locked(tmp_path, "LOCK", 0), pytest.raises(StoreLockedError):
        acquire(tmp_path, "LOCK", 0)
    release()


_FORK = """
import os, sys, time
sys.path[:] = sys.argv[2:]
from pathlib import Path
from searchlib.embedded.store.locks import acquire
release = acquire(Path(sys.argv[1]), "LOCK", 5)
child = os.fork()
if not child:
    release()  # it is not the child's to give back
    time.sleep(60)
print(child, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system cannot fork")
def test_a_forked_child_does_not_hold_the_lock(tmp_path: Path) -> None:
    """Nor can it give it back; once the parent is dead, the lock is free, though the child lives."""
    start = [sys.executable, "-c", _FORK, str(tmp_path), *sys.path]
    with subprocess.Popen(start, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        try:
            with pytest.raises(StoreLockedError, match=f"process {parent.pid}, since"):
                acquire(tmp_path, "LOCK", 0.2)
            parent.kill()
            parent.wait()
            with locked(tmp_path, "LOCK", 5):
                os.kill(child, 0)  # it is still there
        finally:
            os.kill(child, 9)


def test_a_holder_that_has_ended_is_named_as_such(tmp_path: Path) -> None:
    """A child that was made past Python may hold the lock on: the message says whose it is."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    with locked(tmp_path, "LOCK", 0):
        said = f' {{"pid": {ended.pid}, "host": "{socket.gethostname()}", "since": "now"}}'
        (tmp_path / "LOCK").write_text(said, "utf-8")
        with pytest.raises(StoreLockedError, match=f"a child of process {ended.pid}, which has ended, is"):
            acquire(tmp_path, "LOCK", 0)
