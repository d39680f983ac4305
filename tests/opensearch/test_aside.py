"""A sync of all files goes into another index, which takes the place in one step."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cluster import client_of

import searchlib
from searchlib import BackendError, Index

OpenHere = Callable[..., Index]
PAGE = (
    "江湾日报 2024年3月5日 星期二 A05\n\n"
    "江湾果园开摘\n本报讯（记者 赵强）江湾镇果园进入采收旺季。\n\n新闻热线：88886666\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three files of records."""
    found = tmp_path / "news"
    found.mkdir()
    for name in "abc":
        write(found / f"{name}.jsonl", name)
    return found


def write(file: Path, word: str) -> None:
    """Write a file with three articles."""
    lines = (
        json.dumps({"id": f"{file.stem}{n}", "headline": f"{word}{n}", "body": "党建"}) for n in range(3)
    )
    file.write_text("\n".join(lines), "utf-8")


def indexes_of(index: Index) -> dict[str, list[str]]:
    """Return the indexes of the cluster that have to do with one of ours, with their aliases."""
    client = client_of(index)
    name = client.address.index
    found = client.ask("GET", f"/{name}-*,{name}.*/_alias")
    own = re.compile(r".*\.[0-9a-f]{16}")  # by which it is written to
    return {
        name: sorted(one for one in told["aliases"] if not own.fullmatch(one)) for name, told in found.items()
    }


def headlines(index: Index) -> list[str]:
    """Return the headlines of all articles, sorted."""
    return sorted(article.headline for article in index)


def test_all_changes_in_one_step(open_here: OpenHere, folder: Path, tmp_path: Path) -> None:
    """Until then the old answers are given; what is of no file, or of another folder, stays."""
    index = open_here()
    name = client_of(index).address.index
    other = tmp_path / "other.jsonl"
    write(other, "other")
    index.sync(folder, other)
    index.add([{"id": "added", "headline": "added"}])
    before = headlines(index)
    (folder / "b.jsonl").unlink()
    write(folder / "c.jsonl", "new")
    seen = []

    def look(done: int, _: int, path: str) -> None:
        seen.append((done, headlines(index) == before, "党建" in path))

    report = index.sync(folder, progress=look, anew=True)
    assert report.added == 6
    assert [one[1] for one in seen] == [True, True]
    after = [*(f"{word}{n}" for word in ("a", "new", "other") for n in range(3)), "added"]
    assert headlines(index) == sorted(after)
    assert indexes_of(index) == {f"{name}-2": [name], f"{name}.files": []}
    again = index.sync(folder, other)
    assert (again.added, again.updated, again.removed, again.unchanged) == (0, 0, 0, 9)
    assert index.stats()["files"] == 3
    assert index.sync(folder, anew=True).added == 6
    assert set(indexes_of(index)) == {f"{name}-3", f"{name}.files"}


def test_a_first_sync_is_all_or_nothing(open_here: OpenHere, folder: Path) -> None:
    """Ctrl-C leaves no index; an error neither."""
    index = open_here()

    def stop(done: int, _: int, __: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.sync(folder, progress=stop, anew=True)
    assert set(indexes_of(index)) <= {f"{client_of(index).address.index}.files"}
    assert len(index) == 0
    assert index.sync(folder, anew=True).added == 9
    assert len(index) == 9


def test_what_a_killed_one_left_is_cleared_away(open_here: OpenHere, folder: Path) -> None:
    """The old answers are given, and go on being kept up to date, until the next one."""
    index = open_here()
    index.sync(folder)
    name, url = client_of(index).address.index, index._backend.name
    write(folder / "a.jsonl", "new")
    code = (
        "import os, searchlib, sys\n"
        "def kill(done, *_):\n"
        "    if done == 2:\n"
        "        os.kill(os.getpid(), 9)\n"
        f"searchlib.open({url!r}).sync({str(folder)!r}, progress=kill, anew=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, timeout=120)
    assert done.returncode == -9
    assert len(indexes_of(index)) == 3
    assert headlines(index) == [f"{word}{n}" for word in "abc" for n in range(3)]
    assert index.sync(folder).updated == 3
    assert index.sync(folder, anew=True).added == 9
    assert indexes_of(index) == {f"{name}-2": [name], f"{name}.files": []}


def test_who_writes_meanwhile_is_not_lost(open_here: OpenHere, folder: Path) -> None:
    """Nothing changes then; nor when somebody else begins."""
    index = open_here()
    index.sync(folder)
    name = client_of(index).address.index
    other = open_here(name)

    def add(done: int, _: int, __: str) -> None:
        if done == 1:
            other.add([{"id": "late", "headline": "late"}])

    with pytest.raises(
        BackendError, match=r"was written to while .*nothing has changed: try again when nobody"
    ):
        index.sync(folder, progress=add, anew=True)
    assert len(index) == 10
    assert set(indexes_of(index)) == {f"{name}-1", f"{name}.files"}

    def begin(done: int, _: int, __: str) -> None:
        if done == 1:
            other.sync(folder, anew=True)

    with pytest.raises(BackendError, match="replaced by another index"):
        index.sync(folder, progress=begin, anew=True)
    assert len(index) == 10
    assert index.add([{"id": "later", "headline": "later"}]).added == 1


def test_furniture_goes_with_it(open_here: OpenHere, tmp_path: Path) -> None:
    """Of files that are read again, and of those that stay."""
    pages = [tmp_path / name / "A05.txt" for name in ("read", "stays")]
    for page in pages:
        page.parent.mkdir()
        page.write_text(PAGE, "utf-8")
    index = open_here()
    index.sync(*pages)
    name = client_of(index).address.index

    def found() -> list[str]:
        return sorted(hit.id for hit in index.search("88886666", where={"kind": "furniture"}))

    wanted = found()
    assert len(wanted) == 2
    index.sync(pages[0], anew=True)
    assert found() == wanted
    assert indexes_of(index)[f"{name}.furniture-2"] == [f"{name}.furniture"]
    assert f"{name}.furniture-1" not in indexes_of(index)


def test_a_folder_reads_every_file_again(folder: Path, tmp_path: Path) -> None:
    """The same option where there is nothing to switch: files that have not changed are read."""
    with searchlib.open(tmp_path / "here.idx") as index:
        index.sync(folder)
        index.delete([hit.id for hit in index.search("a0 OR b0")])
        assert index.sync(folder).added == 0
        report = index.sync(folder, anew=True)
        assert (report.added, report.unchanged) == (2, 7)
        assert len(index) == 9
