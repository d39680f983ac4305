"""A sync that is ended from outside, and the one after it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import searchlib
from searchlib import Article, Report

FILES = 40
SYNC = """
import signal, time, sys
import searchlib, searchlib.syncing
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
index, texts, at, way, batch = sys.argv[1:]
searchlib.syncing._BATCH_FILES = int(batch)

def progress(done, total, path):
    if done == int(at):
        print("here", flush=True)
        while True:  # until the signal comes: a read would not end by one that comes just before it
            time.sleep(0.01)

if way == "commit":  # in the middle of a commit: the articles are in, the list of files does not say so yet
    from searchlib.embedded.store import file_list
    whole = file_list.update_files
    def update_files(path, changes):
        if any(state and state["state"] for state in changes.values()):
            file_list.update_files = whole
            progress(int(at), 0, "")
        whole(path, changes)
    file_list.update_files = update_files
    progress_given = None
else:
    progress_given = progress
searchlib.open(index).sync(texts, progress=progress_given)
"""


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder of pages, two articles in each."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(FILES):
        write(folder / f"{number:02}.txt", f"第{number}期")
    return folder


def write(path: Path, word: str) -> None:
    """Write one file."""
    path.write_text(f"查干湖冬捕{word}\n\n本报1月5日讯 {word}昨日开网，鱼获颇丰。\n", "utf-8")


def articles(path: Path) -> dict[str, Article]:
    """Return what an index holds."""
    with searchlib.open(path) as index:
        return {article.id: article for article in index}


def end(texts: Path, how: signal.Signals, at: int, way: str = "file", batch: int = 7) -> None:
    """Sync in another process, and end it before the file number *at*."""
    path = texts.parent / "x.idx"
    command = [sys.executable, "-c", SYNC, str(path), str(texts), str(at), way, str(batch)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        process.send_signal(how)
        assert process.wait(60) != 0


@pytest.mark.skipif(os.name == "nt", reason="no such signals")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize(("at", "way"), [(3, "file"), (38, "file"), (0, "commit")])
@pytest.mark.parametrize("is_first", [True, False])
def test_an_ended_sync_is_made_good(
    texts: Path, how: signal.Signals, at: int, way: str, is_first: bool
) -> None:
    """Killed or interrupted, in the first sync or one after changes: the next leaves what one run would."""
    if not is_first:
        with searchlib.open(texts.parent / "x.idx") as index:
            index.sync(texts)
        for number in range(0, FILES, 3):
            write(texts / f"{number:02}.txt", f"改版{number}")
        (texts / "05.txt").unlink()
        (texts / "07.txt").rename(texts / "70.txt")
    end(texts, how, at, way)
    with searchlib.open(texts.parent / "x.idx") as index:
        index.sync(texts)
        assert index.sync(texts) == Report(unchanged=len(index))
    with searchlib.open(texts.parent / "new.idx") as new:
        new.sync(texts)
    found, wanted = articles(texts.parent / "x.idx"), articles(texts.parent / "new.idx")
    assert len(wanted) >= FILES - 1
    assert found == wanted


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_an_interrupted_sync_is_gone_on_with(texts: Path) -> None:
    """What was read before Control-C is not read again."""
    end(texts, signal.SIGINT, 17)
    with searchlib.open(texts.parent / "x.idx") as index:
        assert len(index) == 17
        report = index.sync(texts)
    assert (report.added, report.unchanged) == (FILES - 17, 17)
