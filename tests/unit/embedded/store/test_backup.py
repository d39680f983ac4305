"""A whole copy of an index, whoever reads and writes meanwhile."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, Report, StoreError, StoreFormatError, StoreNotFoundError
from searchlib.embedded.store import backup, disk
from searchlib.embedded.store.file_list import read_files
from searchlib.embedded.store.snapshot import Snapshot, open_snapshot

_WRITER = """
import sys
sys.path[:] = sys.argv[2:]
import searchlib
with searchlib.open(sys.argv[1]) as index:
    number = 0
    while True:
        number += 1
        index.add([{"id": f"{number}.{place}", "body": "党建"} for place in range(3)])
        print(number, flush=True)
"""


def test_a_copy_made_under_a_writer_is_whole(tmp_path: Path) -> None:
    """Each is one commit, with every article that was acknowledged before, and can be written to."""
    path = tmp_path / "x.idx"
    start = [sys.executable, "-c", _WRITER, str(path), *sys.path]
    with subprocess.Popen(start, stdout=subprocess.PIPE, text=True) as writer:
        try:
            assert writer.stdout is not None
            for number in range(8):
                acknowledged = int(writer.stdout.readline())
                copy = tmp_path / "copies" / str(number)
                with searchlib.open(path, read_only=True) as index:
                    index.backup(copy)
                with searchlib.open(copy) as index:
                    assert index.check() == ()
                    ids = {article.id for article in index}
                    assert len(ids) % 3 == 0
                    assert {f"{acknowledged}.{place}" for place in range(3)} <= ids
                    assert index.search("党建").total == len(ids)
                    assert index.add([Article(id="more", body="党建")]) == Report(added=1)
        finally:
            writer.kill()
    assert sorted(copy.name for copy in (tmp_path / "copies").iterdir()) == sorted(map(str, range(8)))


def test_a_copy_has_all_that_the_index_has(tmp_path: Path) -> None:
    """Words, synonyms, and the list of files: the next `sync` reads none again."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("农行", "utf-8")
    with searchlib.open(tmp_path / "x.idx") as index:
        index.sync(tmp_path / "in")
        (index.path / "words.txt").write_text("农行存款", "utf-8")
        (index.path / "synonyms.txt").write_text("农行=中国农业银行", "utf-8")
        (tmp_path / "copy").mkdir()  # an empty one is as good as none
        index.backup(tmp_path / "copy")
    with searchlib.open(tmp_path / "copy") as copy:
        assert copy.search("中国农业银行").total == 1
        assert copy.stats()["user_words"] == 1
        assert copy.sync(tmp_path / "in") == Report(unchanged=1)
        before = searchlib.open(tmp_path / "x.idx").stats()
        assert {key: copy.stats()[key] for key in ("articles", "files", "versions")} == {
            key: before[key] for key in ("articles", "files", "versions")
        }


def test_a_file_that_is_synced_meanwhile_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of files must not say more than the commit that was copied has."""
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.jsonl").write_text(json.dumps({"id": name, "body": "旧"}), "utf-8")
    index = searchlib.open(tmp_path / "x.idx")
    index.sync(tmp_path / "in")

    def meddling(path: Path) -> Snapshot:
        snapshot = open_snapshot(path)
        (tmp_path / "in" / "a.jsonl").write_text(json.dumps({"id": "a", "body": "新的"}), "utf-8")
        with searchlib.open(path) as other:
            other.sync(tmp_path / "in")
        return snapshot

    monkeypatch.setattr(backup, "open_snapshot", meddling)
    index.backup(tmp_path / "copy")
    states = {Path(key).name: state["state"] for key, state in read_files(tmp_path / "copy", ()).items()}
    assert (states["a.jsonl"], states["b.jsonl"] is not None) == (None, True)
    with searchlib.open(tmp_path / "copy") as copy:
        assert copy.search("旧").total == 2
        assert copy.sync(tmp_path / "in") == Report(updated=1, unchanged=1)


@pytest.mark.parametrize("target", ["full", "file", "x.idx/copy", "x.idx"])
def test_where_something_is_nothing_is_written(target: str, tmp_path: Path, make_index: MakeIndex) -> None:
    """Nor inside the index itself."""
    index = searchlib.open(tmp_path / "x.idx")
    index.add([Article(id="1", body="湖")])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("dear", "utf-8")
    (tmp_path / "file").write_text("dear", "utf-8")
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    with pytest.raises(StoreError, match=r"is not empty; name a folder|is inside the index"):
        index.backup(tmp_path / target)
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before
    assert make_index() is not None


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, a damaged index, none at all."""
    with pytest.raises(StoreNotFoundError):
        searchlib.open(tmp_path / "none").backup(tmp_path / "copies" / "1")
    index = searchlib.open(tmp_path / "x.idx")
    index.add([Article(id="1", body="湖")])

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(disk, "force_to_disk", full)
        with pytest.raises(StoreError, match="the disk is full"):
            index.backup(tmp_path / "copies" / "1")
    (segment,) = index.path.glob("*.slseg")
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 1
    segment.write_bytes(data)
    with pytest.raises(StoreFormatError, match="damaged"):
        index.backup(tmp_path / "copies" / "1")
    assert list((tmp_path / "copies").iterdir()) == []
