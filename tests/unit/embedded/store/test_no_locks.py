"""Two writers where locks have no effect, as on some network drives: one fails, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, StoreLockedError
from searchlib.embedded.store import committing, locks, manifest
from searchlib.embedded.store.manifest import (
    LAST_GENERATION,
    Manifest,
    read_contents,
    table_bytes,
    table_file,
    write_contents,
)

_WRITER = """
import os
import sys
sys.path[:] = sys.argv[3:]
import searchlib
from searchlib import StoreLockedError
from searchlib.embedded.store import locks
if not os.environ.get("LD_PRELOAD"):
    locks._lock = lambda descriptor: True
path, name = sys.argv[1:3]
print("ready", flush=True)
sys.stdin.readline()
with searchlib.open(path) as index:
    for number in range(25):
        for _ in range(200):
            try:
                index.add([{"id": f"{name}{number}", "body": "新闻"}])
            except StoreLockedError as error:
                assert "locks have no effect" in str(error), error
                continue
            print(f"{name}{number}", flush=True)
            break
"""


_FLOCK = "int flock(int descriptor, int how) { return 0; }"


@pytest.mark.parametrize("preloaded", [False, True], ids=["in Python", "in the C library"])
def test_what_was_acknowledged_is_there(tmp_path: Path, *, preloaded: bool) -> None:
    """Two processes that both make the index and add, again where they were overtaken, lose nothing."""
    path = tmp_path / "x.idx"
    environment = dict(os.environ)
    if preloaded:
        compiler = shutil.which("cc")
        if sys.platform != "linux" or compiler is None:
            pytest.skip("a flock that does nothing is compiled with cc, and preloaded on Linux")
        library = tmp_path / "flock.so"
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-x", "c", "-", "-o", library], input=_FLOCK.encode(), check=True
        )
        environment["LD_PRELOAD"] = str(library)
    start = [sys.executable, "-c", _WRITER, str(path)]
    writers = [
        subprocess.Popen(
            [*start, name, *sys.path],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "ab"
    ]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    said = [writer.communicate(timeout=300)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    with searchlib.open(path) as index:
        assert {article.id for article in index} == {one for ids in said for one in ids}
        assert index.check() == ()
    assert sum(map(len, said)) == 50


@pytest.mark.parametrize("commits", [1, 2, 3])
def test_the_second_of_two_writers_fails(
    commits: int, make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many commits the other made meanwhile, and whatever it cleared away; its own files go."""
    index = make_index(Article(id="1", body="湖"))
    monkeypatch.setattr(locks, "_lock", lambda _: True)
    write = write_contents

    def overtaken(*values: object) -> None:
        monkeypatch.setattr(committing, "write_contents", write)
        with searchlib.open(index.path) as other:
            for number in range(commits):
                other.add([Article(id=f"other {number}", body="江")])
        write(*values)  # type: ignore[arg-type]

    monkeypatch.setattr(committing, "write_contents", overtaken)
    with pytest.raises(StoreLockedError, match=r"committed at the same time: locks have no effect .* again"):
        index.add([Article(id="2", body="湖")])
    index.refresh()
    assert (index.search("湖").total, index.search("江").total) == (1, commits)
    assert index.check() == ()
    listed = {one.path_in(index.path) for one in read_contents(index.path).segments}
    assert set(index.path.glob("*.slseg")) == listed
    assert index.add([Article(id="2", body="湖")]).added == 1


def test_a_writer_whose_files_the_other_cleared_away_says_so(
    make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no damage."""
    index = make_index(Article(id="1", body="湖"))
    monkeypatch.setattr(locks, "_lock", lambda _: True)
    merged = committing.Writing._merge

    def overtaken(self: committing.Writing, segments: object) -> object:
        monkeypatch.setattr(committing.Writing, "_merge", merged)
        with searchlib.open(index.path) as other:
            other.delete(["1"])
        for one in self._written:
            one.path_in(index.path).stat()  # cleared away: it was of no commit
        return merged(self, segments)  # type: ignore[arg-type]

    monkeypatch.setattr(committing.Writing, "_merge", overtaken)
    with pytest.raises(StoreLockedError, match="locks have no effect"):
        index.add([Article(id="2", body="湖")])
    assert index.check() == ()


@pytest.mark.parametrize("below", [0, 1])
def test_a_forged_number_does_not_end_the_index(below: int, make_index: MakeIndex) -> None:
    """After the highest number of a commit comes a low one; all goes on, for Whoosh too."""
    index = make_index(Article(id="1", body="湖"))
    contents = read_contents(index.path)
    write_contents(index.path, contents.segments, contents)
    forged = LAST_GENERATION - below
    said = read_contents(index.path)
    table_file(index.path, said.generation).unlink()
    table_file(index.path, forged).write_bytes(table_bytes(Manifest(said.segments, forged)))
    (index.path / "_MAIN_9999999999.toc").write_bytes(b"")  # more digits than we read, and Whoosh does
    for number in range(3):
        assert index.add([Article(id=f"more {number}", body="湖")]).added == 1
        with searchlib.open(index.path) as other:
            assert other.search("湖").total == 2 + number
            assert other.check() == ()
    assert len(list(index.path.glob("*.toc"))) == 1


def test_a_table_that_another_commit_takes_away_is_looked_for_again(
    make_index: MakeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at the folder and the look at the file; then the newer one is read."""
    index = make_index(Article(id="1", body="湖"))
    identity = manifest._identity

    def taken_away(file: Path) -> Any:
        monkeypatch.setattr(manifest, "_identity", identity)
        with searchlib.open(index.path) as other:
            other.add([Article(id="2", body="江")])
        return identity(file)

    before = read_contents(index.path).generation
    monkeypatch.setattr(manifest, "_identity", taken_away)
    assert read_contents(index.path).generation == before + 1
