"""An index that is removed and made anew, or swapped for another, while it is open."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import searchlib
from searchlib import Article, StoreFormatError


def build(path: Path, word: str, commits: int = 1) -> None:
    """Make an index of one article, in so many commits."""
    with searchlib.open(path) as index:
        for _ in range(commits):
            index.add([Article(id="1", body=word)])


def _rebuilt(home: Path, commits: int) -> None:
    shutil.rmtree(home / "x.idx")
    build(home / "x.idx", "新闻", commits)


def _swapped(home: Path, commits: int) -> None:
    build(home / "new.idx", "新闻", commits)
    (home / "x.idx").rename(home / "old.idx")
    (home / "new.idx").rename(home / "x.idx")


def _relinked(home: Path, commits: int) -> None:
    build(home / "new.idx", "新闻", commits)
    (home / "link").symlink_to("new.idx")
    (home / "link").rename(home / "current")


def _overwritten(home: Path, commits: int) -> None:
    """As a backup that is copied back: the folder stays, its files are others, of one time."""
    build(home / "new.idx", "新闻", commits)
    for file in (home / "x.idx").iterdir():
        os.utime(file, (1, 1))
        file.unlink()
    for file in (home / "new.idx").iterdir():
        shutil.copyfile(file, home / "x.idx" / file.name)
        os.utime(home / "x.idx" / file.name, (1, 1))


@pytest.mark.parametrize("commits", [1, 2, 3])
@pytest.mark.parametrize("change", [_rebuilt, _swapped, _relinked, _overwritten])
def test_refresh_sees_another_index(
    change: Callable[[Path, int], None], commits: int, tmp_path: Path
) -> None:
    """Whatever the number of its commit; a reader that does not refresh keeps what it has."""
    build(tmp_path / "x.idx", "旧闻", 2)
    (tmp_path / "current").symlink_to("x.idx")
    path = tmp_path / ("current" if change is _relinked else "x.idx")
    with searchlib.open(path) as reader, searchlib.open(path) as still:
        assert (reader.search("旧闻").total, still.search("旧闻").total) == (1, 1)
        change(tmp_path, commits)
        reader.refresh()
        assert (reader.search("旧闻").total, reader.search("新闻").total) == (0, 1)
        assert (still.search("旧闻").total, still.search("新闻").total) == (1, 0)
        reader.add([Article(id="2", body="新闻")])
        assert reader.search("新闻").total == 2


def test_refresh_keeps_what_is_the_latest(tmp_path: Path) -> None:
    """Nothing is opened again that nobody has changed; a second name for its files is no change."""
    build(tmp_path / "x.idx", "旧闻")
    with searchlib.open(tmp_path / "x.idx") as reader:
        assert reader.search("旧闻").total == 1
        before = reader._backend._read()  # type: ignore[attr-defined]
        (tmp_path / "copy").mkdir()
        for file in (tmp_path / "x.idx").iterdir():
            os.link(file, tmp_path / "copy" / file.name)
        reader.refresh()
        assert reader._backend._read() is before  # type: ignore[attr-defined]


def test_another_index_is_checked_anew(tmp_path: Path) -> None:
    """One whose words another dictionary cut is an error, though the first was right."""
    build(tmp_path / "x.idx", "旧闻")
    with searchlib.open(tmp_path / "x.idx") as reader:
        assert reader.search("旧闻").total == 1
        _rebuilt(tmp_path, 1)
        from searchlib.embedded.store import folder  # noqa: PLC0415

        meta = folder.read_meta(tmp_path / "x.idx")
        assert meta is not None
        folder.write_meta(tmp_path / "x.idx", {**meta["fingerprint"], "dictionary": "another"})
        reader.refresh()
        with pytest.raises(StoreFormatError, match="dictionary another"):
            reader.search("新闻")


def test_words_of_another_index_are_read(tmp_path: Path) -> None:
    """Two lists of one size and one time are told apart."""
    for name, word in (("x.idx", "甲=乙"), ("y.idx", "甲=丙")):
        build(tmp_path / name, "乙")
        (tmp_path / name / "synonyms.txt").write_text(word, "utf-8")
        os.utime(tmp_path / name / "synonyms.txt", (1, 1))
    with searchlib.open(tmp_path / "x.idx") as reader:
        assert reader.search("甲").total == 1
        (tmp_path / "x.idx").rename(tmp_path / "z.idx")
        (tmp_path / "y.idx").rename(tmp_path / "x.idx")
        reader.refresh()
        assert reader.search("甲").total == 0
