"""What `sync` calls files: links, names in other encodings, and what is below a folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

import searchlib
import searchlib.ingest
from searchlib import Report


def test_a_loop_of_links_is_reported_each_time(index: searchlib.Index, folder: Path) -> None:
    """It is no error, and hides no file from being taken out."""
    (folder / "up").symlink_to(folder)
    for _ in range(3):
        report = index.sync(folder)
        assert [(Path(path).name, reason) for path, reason in report.skipped] == [
            ("up", "leads back to a folder above it; not followed")
        ]
        assert list(index.stats()["skipped"]) == ["texts/up"]
    (folder / "a.jsonl").unlink()
    (folder / "up").unlink()
    assert index.sync(folder) == Report(removed=1, unchanged=2)
    assert index.stats()["skipped"] == {}


def test_links_that_lead_nowhere_are_reported(index: searchlib.Index, folder: Path) -> None:
    """To what is gone, to themselves, or through a file."""
    (folder / "x.txt").symlink_to("gone.txt")
    (folder / "y.txt").symlink_to("y.txt")
    (folder / "z.txt").symlink_to("a.jsonl/z.txt")
    report = index.sync(folder)
    assert report.added == 3
    assert [Path(path).name for path, _ in report.skipped] == ["x.txt", "y.txt", "z.txt"]
    assert all(reason.startswith("cannot be read: ") for _, reason in report.skipped)


def test_a_link_whose_file_has_moved_keeps_no_article(index: searchlib.Index, folder: Path) -> None:
    """What cannot be read is the link, not the file under its old name, which is gone."""
    index.sync(folder)
    (folder / "x.jsonl").symlink_to("a.jsonl")
    assert index.sync(folder) == Report(unchanged=3)
    (folder / "a.jsonl").rename(folder / "z.jsonl")
    report = index.sync(folder)
    assert (report.moved, report.added, report.removed) == (1, 1, 1)
    assert [Path(path).name for path, _ in report.skipped] == ["x.jsonl"]
    assert not any(article.source.endswith("a.jsonl") for article in index)


def test_a_link_to_a_folder_above_all_is_not_followed(index: searchlib.Index, folder: Path) -> None:
    """Nobody asked for what stands there."""
    (folder.parent / "other.txt").write_text("不相干的文字。", "utf-8")
    (folder / "up").symlink_to("..")
    report = index.sync(folder)
    assert (report.added, [Path(path).name for path, _ in report.skipped]) == (3, ["up"])


def test_names_in_odd_bytes_are_told_apart(index: searchlib.Index, folder: Path) -> None:
    """A name in UTF-8 and the same in GB18030 are two files; reports can be printed."""
    for number, name in enumerate(["报纸.txt".encode(), "报纸.txt".encode("gb18030"), b"a\xff\n.txt"]):
        try:
            Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(f"甲{number}", "utf-8")
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
    Path(os.fsdecode(os.fsencode(folder) + b"/b\xff.json")).write_text("{", "utf-8")
    report = index.sync(folder)
    assert report.added == 6
    assert [path.encode() for path, _ in report.skipped] == [f"{folder}/b\\xff.json".encode()]
    assert sorted(article.source for article in index if article.source.endswith("txt")) == [
        "texts/\\xb1\\xa8\\xd6\\xbd.txt",
        "texts/a\\xff\n.txt",
        "texts/报纸.txt",
    ]
    assert index.sync(folder) == Report(unchanged=6, skipped=report.skipped)


def _names() -> list[bytes]:
    return [
        "新闻".encode("gb18030"),
        "新聞".encode("big5"),
        b"\xff\xfe",
        "名".encode(),
        "é".encode("latin-1"),
    ]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="names are Unicode there")
@pytest.mark.parametrize("given", ["folder", "parent", "above the index", "file"])
@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("inner", [b"", "目录".encode(), "目录".encode("gb18030")], ids=["", "utf8", "gbk"])
def test_a_folder_whose_name_is_no_utf8_is_synced(
    given: str, number: int, inner: bytes, tmp_path: Path
) -> None:
    """What is gone from below it is removed, however it is named, and what is not below stays."""
    home: bytes = os.path.join(os.fsencode(tmp_path), _names()[number])  # noqa: PTH118 (bytes)
    below = os.path.join(home, inner)  # noqa: PTH118
    os.makedirs(below)  # noqa: PTH103
    files = [os.path.join(below, name) for name in (b"a.txt", "乙".encode("gb18030") + b".txt")]  # noqa: PTH118
    other = Path(os.fsdecode(home) + " other")
    other.mkdir()
    (other / "c.txt").write_text("党建丙", "utf-8")
    for file, text in zip(files, ("党建甲", "党建乙"), strict=True):
        Path(os.fsdecode(file)).write_text(text, "utf-8")
    folder = Path(os.fsdecode(home))
    paths: dict[str, list[Path]] = {
        "folder": [folder],
        "parent": [folder.parent],
        "above the index": [tmp_path],
        "file": [folder / os.fsdecode(inner), Path(os.fsdecode(files[1]))],
    }
    place = folder / "x.idx" if given == "above the index" else tmp_path / "indexes" / "x.idx"
    with searchlib.open(place) as index:
        index.sync(tmp_path)
        assert index.search("党建").total == 3
        os.unlink(files[1])  # noqa: PTH108
        wanted = [path for path in paths[given] if path.exists()]
        assert index.sync(*wanted).removed == 1
        assert (index.search("党建乙").total, index.search("党建").total) == (0, 2)
        assert index.sync(*wanted).removed == 0


@pytest.mark.skipif(not hasattr(os, "geteuid") or sys.platform == "darwin", reason="names are Unicode there")
def test_a_folder_of_another_encoding_that_cannot_be_listed_loses_nothing(
    index: searchlib.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is below it is not gone: it is not known."""
    home = tmp_path / "in" / os.fsdecode("新闻".encode("gb18030"))
    home.mkdir(parents=True)
    (home / "a.txt").write_text("党建", "utf-8")
    assert index.sync(tmp_path / "in").added == 1
    scandir = os.scandir

    def refuse(path: Any) -> Any:
        if Path(path) == home:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    report = index.sync(tmp_path / "in")
    assert (report.removed, len(report.skipped), len(index)) == (0, 1, 1)
