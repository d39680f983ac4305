"""Files of foreign formats are read in their processes while the files before them are taken."""

from __future__ import annotations

import os
import select
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import Report, syncing
from searchlib.ingest import isolated, read_file

_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def write(folder: Path, name: str, body: str) -> None:
    """Write a Word document of one paragraph."""
    with zipfile.ZipFile(folder / name, "w") as archive:
        text = f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p>"
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_SPACE}"><w:body>{text}</w:body></w:document>'
        )


class _Asked(list[str]):
    """The names of the files that processes were asked for, and the processes."""

    def __init__(self) -> None:
        super().__init__()
        self.children: list[isolated._Child] = []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> _Asked:
    """What is asked for from now on."""
    isolated.close_idle()
    asked = _Asked()
    ask = isolated._Child.ask

    def noted(self: isolated._Child, request: Mapping[str, Any]) -> None:
        asked.append(Path(request["path"]).name)
        asked.children.append(self)
        ask(self, request)

    monkeypatch.setattr(isolated._Child, "ask", noted)
    return asked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A text, and five Word documents behind it."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "0.txt").write_text("查干湖开网。", "utf-8")
    for number in range(1, 6):
        write(folder, f"{number}.docx", f"第{number}网打鱼十万斤。")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> searchlib.Index:
    """An index that is not there yet."""
    return searchlib.open(tmp_path / "x.idx")


def test_two_files_are_read_before_their_turn(folder: Path, index: searchlib.Index, asked: _Asked) -> None:
    """Never more than two at one time; two processes read all of them, in order."""
    begun: list[int] = []
    report = index.sync(folder, progress=lambda *_: begun.append(len(asked)))
    assert report == Report(added=6)
    assert begun == [2, 2, 3, 4, 5, 5]
    assert asked == [f"{number}.docx" for number in range(1, 6)]
    assert len({child.process.pid for child in asked.children}) == 2
    assert index.sync(folder) == Report(unchanged=6)
    assert len(asked) == 5


@pytest.mark.skipif(os.name != "posix", reason="waits for a pipe")
def test_a_file_that_changes_before_its_turn_is_read_again(
    folder: Path, index: searchlib.Index, asked: _Asked
) -> None:
    """What was read ahead is what the file was: the next run would not see that it is another."""

    def change(done: int, _total: int, _path: str) -> None:
        if done == 0:
            for child in asked.children:
                assert select.select([isolated._open(child.process.stdout)], [], [], 30)[0]
            write(folder, "1.docx", "第一网打鱼二十万斤，是去年的两倍。")

    index.sync(folder, progress=change)
    assert "第一网打鱼二十万斤，是去年的两倍。" in {article.body for article in index}
    assert index.sync(folder) == Report(unchanged=6)


def test_what_cannot_be_read_is_reported_at_its_turn(
    folder: Path, index: searchlib.Index, asked: _Asked
) -> None:
    """One file more or less changes nothing for those behind it."""
    (folder / "2.docx").write_bytes(b"no archive")
    (folder / "4.docx").write_bytes(b"no archive either")

    def remove(done: int, _total: int, _path: str) -> None:
        if done == 1:
            (folder / "5.docx").unlink()

    report = index.sync(folder, progress=remove)
    assert [Path(skipped.path).name for skipped in report.skipped] == ["2.docx", "4.docx", "5.docx"]
    assert sorted(article.body for article in index) == [
        "查干湖开网。",
        "第1网打鱼十万斤。",
        "第3网打鱼十万斤。",
    ]
    assert asked == ["1.docx", "2.docx", "3.docx", "4.docx"]


def test_an_interrupt_ends_what_reads_ahead(folder: Path, index: searchlib.Index, asked: _Asked) -> None:
    """No process goes on with a file that nobody takes."""

    def interrupt(done: int, _total: int, _path: str) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.sync(folder, progress=interrupt)
    assert len(asked.children) == 2
    assert all(child.process.poll() is not None for child in asked.children)


def test_a_reading_that_is_dropped_ends_its_process(folder: Path, asked: _Asked) -> None:
    """Also when nothing was taken of it."""
    reading = read_file(folder / "1.docx", "1.docx")
    [child] = asked.children
    assert child.process.poll() is None
    del reading
    assert child.process.poll() is not None


def test_far_files_are_left_for_later(
    folder: Path, index: searchlib.Index, asked: _Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process does not wait with its text for thousands of files of other kinds."""
    monkeypatch.setattr(syncing, "_AHEAD_FILES", 1)
    begun: list[int] = []
    index.sync(folder, progress=lambda *_: begun.append(len(asked)))
    assert begun == [0, 1, 2, 3, 4, 5]
