"""Files of foreign formats: read in another process, whose end, time and memory cost that file alone."""

from __future__ import annotations

import os
import signal
import time
import zipfile
from pathlib import Path

import pytest

import searchlib
from searchlib import CorpusError
from searchlib.ingest import isolated
from searchlib.ingest.notes import Notes
from searchlib.pages.splitter import PageSplit

BODY = "查干湖冬捕今天开始，渔民在冰面上开网。"
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
)


def word(path: Path, body: str = BODY) -> Path:
    """Write a Word document of one paragraph."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(path, "w") as archive:
        text = f"<w:p><w:r><w:t>{body}</w:t></w:r></w:p>"
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{text}</w:body></w:document>'
        )
    return path


def book(path: Path, times: int) -> Path:
    """Write a book that names one chapter many times."""
    references = '<itemref idref="a"/>' * times
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        '<item id="a" href="a.html" media-type="text/html"/></manifest>'
        f"<spine>{references}</spine></package>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("c.opf", package)
        archive.writestr("a.html", f"<p>{BODY * 100}</p>")
    return path


def refusal(path: Path) -> str:
    """Return why a file is refused."""
    with pytest.raises(CorpusError) as caught:
        list(searchlib.read(path))
    return caught.value.reason


@pytest.fixture(autouse=True)
def _no_idle_process() -> None:
    isolated.close_idle()


def test_one_process_reads_many_files(tmp_path: Path) -> None:
    """What it costs to start is paid once; what is read is what is read here."""
    pids = set()
    for number in range(5):
        [article] = searchlib.read(word(tmp_path / f"{number}.docx", f"{BODY}{number}"))
        assert article.body == f"{BODY}{number}"
        pids |= {child.process.pid for child in isolated._IDLE}
    assert len(pids) == 1
    assert pids != {os.getpid()}


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_the_end_of_the_process_is_an_error_of_the_file(tmp_path: Path) -> None:
    """An abort of a native library looks like this; the next file is read by a new process."""
    path = word(tmp_path / "a.docx")
    list(searchlib.read(path))
    child = isolated._take_child()
    assert child is not None
    child.process.send_signal(signal.SIGSTOP)
    articles = isolated._FileReading(child, path, "a.docx", _request(), None)
    child.process.send_signal(signal.SIGKILL)
    with pytest.raises(CorpusError, match="ended the process that reads it"):
        next(articles)
    assert [article.body for article in searchlib.read(path)] == [BODY]


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_file_that_takes_too_long_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that makes no progress is ended."""
    monkeypatch.setattr(isolated, "MAX_STEP_S", 0.5)
    path = word(tmp_path / "a.docx")
    child = isolated._take_child()
    assert child is not None
    child.process.send_signal(signal.SIGSTOP)
    with pytest.raises(CorpusError, match="took more than"):
        next(isolated._FileReading(child, path, "a.docx", _request(), None))
    assert child.process.poll() is not None


def _request() -> dict[str, object]:
    return {"split": "auto", "fields": {}, "notes": False, "ids_by_file": False}


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system can bound it, a file that needs more is an error."""
    pytest.importorskip("resource")
    monkeypatch.setattr(isolated, "MAX_MEMORY_BYTES", 96 << 20)
    path = word(tmp_path / "a.docx", "湖" * 20_000_000)
    monkeypatch.setattr(isolated, "MAX_OUTPUT_BYTES", 1 << 40)
    with zipfile.ZipFile(path, "a") as archive:
        assert archive.namelist() == ["word/document.xml"]
    small = tmp_path / "b.docx"
    with zipfile.ZipFile(path) as big, zipfile.ZipFile(small, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", big.read("word/document.xml"))
    assert "MiB" in refusal(small)


def test_output_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out of a file is counted over all its articles."""
    monkeypatch.setattr(isolated, "MAX_OUTPUT_BYTES", 1000)
    monkeypatch.setattr(isolated, "MAX_OUTPUT_RATIO", 1)
    assert "more text comes out of it" in refusal(word(tmp_path / "a.docx", BODY * 1000))


def test_a_chapter_is_read_once(tmp_path: Path) -> None:
    """However often a book names it."""
    [article] = searchlib.read(book(tmp_path / "a.epub", 20_000))
    assert article.body == BODY * 100


def test_one_file_does_not_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is raised while a file is read is that file's line in the report."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(BODY, "utf-8")
    (folder / "b.json").write_text('[{"body": "甲", "spans": [[1e400, 1]]}]', "utf-8")
    (folder / "c.jsonl").write_text('{"body": "甲", "spans": [[1e400, 1]]}\n{"body": "乙"}', "utf-8")
    (folder / "d.md").write_text(BODY, "utf-8")

    def split_text(text: str, source: str, **_: object) -> PageSplit:
        if source.endswith(".md"):
            raise ZeroDivisionError("of ours")
        return PageSplit((searchlib.Article(f"{source}#1", body=text),), (), ())

    monkeypatch.setattr("searchlib.ingest.formats.split_text", split_text)
    with searchlib.open(tmp_path / "x.idx") as index:
        report = index.sync(folder)
        assert (report.added, len(index)) == (2, 2)
    assert [(Path(path).name, reason) for path, reason in report.skipped] == [
        ("b.json", "record 1: 'spans' is not a list of [start, end) pairs"),
        ("c.jsonl", "line 1: 'spans' is not a list of [start, end) pairs"),
        ("d.md", "cannot be read: ZeroDivisionError: of ours"),
    ]


def test_leaving_a_file_in_the_middle_leaves_no_process(tmp_path: Path) -> None:
    """Its process is ended, for it would go on with a file that nobody reads."""
    articles = searchlib.read(word(tmp_path / "a.docx"))
    next(iter(articles))
    articles.close()  # type: ignore[attr-defined]
    assert isolated._IDLE == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_process_has_its_own(tmp_path: Path) -> None:
    """It neither uses nor ends the one of its parent."""
    path = word(tmp_path / "a.docx")
    list(searchlib.read(path))
    [kept] = isolated._IDLE
    child = os.fork()
    if not child:
        ok = isolated._IDLE == [] and [a.body for a in searchlib.read(path)] == [BODY]
        os._exit(0 if ok else 1)
    deadline = time.monotonic() + 30
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        if done or time.monotonic() > deadline:
            break
        time.sleep(0.05)
    assert (done, os.waitstatus_to_exitcode(status)) == (child, 0)
    assert kept.process.poll() is None


def test_notes_come_back(tmp_path: Path) -> None:
    """What is said besides, of the members of an archive too."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "id,title,date\n7,冬捕,昨天\n")
        archive.writestr("b.doc", "x")
    notes = Notes()
    found = list(searchlib.ingest.read_file(tmp_path / "a.zip", "a.zip", notes=notes, ids_by_file=True))
    assert [(article.id, article.record_id) for article in found] == [("a.zip/a.csv#7", "7")]
    assert [str(error) for error in notes.remarks("a.zip")] == [
        "a.zip/a.csv, line 2: its date '昨天' cannot be read",
        "a.zip: files of other kinds in it are passed over: .doc 1",
    ]
