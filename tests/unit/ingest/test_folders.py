from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from searchlib.errors import CorpusError
from searchlib.ingest import read
from searchlib.ingest.folders import FileState, file_state, list_files, source_of

LONG_AGO_NS = 1_700_000_000_000_000_000


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def make(*names: str) -> None:
    """Write small files, with the folders above them."""
    for name in names:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"body": "甲"}', encoding="utf-8")


def listed(*paths: str, exclude: tuple[str, ...] = ()) -> list[str]:
    """Return the names that `list_files` gives."""
    return [source_of(path) for path in list_files(*paths, exclude=exclude)]


def test_files_come_by_name_at_any_depth() -> None:
    """Files and folders are ordered by name within each folder, whatever order the disk has."""
    make("in/b.txt", "in/a/z.md", "in/a/c/d.json", "in/c.JSONL", "in/a.csv")
    assert listed("in") == ["in/a/c/d.json", "in/a/z.md", "in/a.csv", "in/b.txt", "in/c.JSONL"]


def test_paths_come_in_the_order_given_and_once() -> None:
    """A file that two paths lead to is listed under the first."""
    make("in/a.txt", "in/b.txt")
    assert listed("in/b.txt", "./in", str(Path("in/a.txt").resolve())) == ["in/b.txt", "in/a.txt"]


def test_only_known_suffixes_come_from_folders() -> None:
    """A file of another kind is passed over in a folder, and taken when it is named."""
    make("in/a.png", "in/a.7z", "in/noname", "in/b.txt")
    assert (listed("in"), listed("in/noname")) == (["in/b.txt"], ["in/noname"])


def test_hidden_names_are_passed_over() -> None:
    """Names that begin with a dot are skipped in folders, and taken when they are named."""
    make("in/.git/a.txt", "in/.b.txt", "in/c.txt")
    assert (listed("in"), listed("in/.git")) == (["in/c.txt"], ["in/.git/a.txt"])


def test_what_is_excluded_is_never_read() -> None:
    """The index inside its own corpus is left out, however it is named."""
    make("in/corpus.idx/a.json", "in/b.txt")
    excluded = (str(Path("in/corpus.idx").resolve()),)
    assert (listed("in", exclude=excluded), listed("in/corpus.idx", exclude=excluded)) == (["in/b.txt"], [])


def test_a_loop_of_links_ends() -> None:
    """A link back up is not followed a second time."""
    make("in/a/b.txt")
    Path("in/a/up").symlink_to(Path("in").resolve())
    assert listed("in") == ["in/a/b.txt"]


def test_a_link_into_another_folder_is_followed() -> None:
    """Linked folders and files are read under the link's name."""
    make("else/b.txt", "c.txt")
    Path("in").mkdir()
    Path("in/linked").symlink_to(Path("else").resolve())
    Path("in/c.txt").symlink_to(Path("c.txt").resolve())
    assert listed("in") == ["in/c.txt", "in/linked/b.txt"]


def test_a_link_that_leads_nowhere_is_reported_when_read() -> None:
    """A broken link is listed, so that reading it says what is wrong."""
    Path("in").mkdir()
    Path("in/a.txt").symlink_to("gone.txt")
    with pytest.raises(CorpusError, match=r"^in/a\.txt: cannot be read: No such file or directory$"):
        list(read("in"))


@pytest.mark.parametrize(("path", "name"), [("gone", "gone"), ("gone/a.txt", "gone/a.txt"), ("", "''")])
def test_a_path_that_is_not_there_is_an_error(path: str, name: str) -> None:
    """A mistyped path is never an empty answer."""
    with pytest.raises(CorpusError) as caught:
        listed(path)
    assert str(caught.value) == f"{name}: no such file or folder"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name on this system")
def test_a_pipe_is_never_opened() -> None:
    """A pipe is passed over in a folder and refused by name: reading it could wait for ever."""
    Path("in").mkdir()
    os.mkfifo("in/a.txt")
    assert listed("in") == []
    with pytest.raises(CorpusError, match=r"^in/a\.txt: is neither a file nor a folder$"):
        listed("in/a.txt")


def test_a_folder_that_cannot_be_listed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A locked folder ends the walk, or is reported and the walk goes on."""
    make("in/a/b.txt", "in/c.txt")
    scan = os.scandir

    def scandir(path: Path) -> object:
        if path.name == "a":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    errors: list[CorpusError] = []
    assert [path.name for path in list_files("in", on_error=errors.append)] == ["c.txt"]
    assert [str(error) for error in errors] == ["in/a: the folder cannot be listed: Permission denied"]
    with pytest.raises(CorpusError, match=r"^in/a: the folder cannot be listed: Permission denied$"):
        listed("in")


def test_a_name_in_gb18030_is_shown_as_text() -> None:
    """A file name left by an old system becomes a source that can be stored as UTF-8."""
    assert source_of(Path(os.fsdecode("报纸/头版.txt".encode("gb18030")))) == "报纸/头版.txt"


def test_a_name_in_no_encoding_is_escaped() -> None:
    """A name of broken bytes can still be told from others."""
    assert source_of(Path(os.fsdecode(b"a\xff.txt"))) == "a\\xff.txt"


def test_read_names_the_path_as_given() -> None:
    """An article's source is the path that was given, joined with the way below it."""
    make("in/a.json", "in/b/c.jsonl")
    assert [article.source for article in read("./in/")] == ["in/a.json", "in/b/c.jsonl"]


def old_file(content: str) -> Path:
    """Write a file that seems to be years old."""
    path = Path("a.txt")
    path.write_text(content, encoding="utf-8")
    os.utime(path, ns=(LONG_AGO_NS, LONG_AGO_NS))
    return path


def test_a_state_is_size_time_and_digest() -> None:
    """The digest is BLAKE2b of 16 bytes over the content."""
    assert file_state(old_file("abc")) == FileState(3, LONG_AGO_NS, "cf4ab791c62b8d2b2109c90275287816")


def test_a_file_with_the_same_size_and_time_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The state known before comes back without a look inside."""
    path = old_file("abc")
    known = file_state(path)
    monkeypatch.setattr(Path, "open", None)
    assert file_state(path, known) is known


def test_a_touched_file_keeps_its_digest() -> None:
    """Another time alone is no change of content."""
    path = old_file("abc")
    known = file_state(path)
    os.utime(path, ns=(LONG_AGO_NS + 1, LONG_AGO_NS + 1))
    assert file_state(path, known) == FileState(3, LONG_AGO_NS + 1, known.digest)


def test_a_changed_file_of_the_same_size_has_another_digest() -> None:
    """A change that leaves the size alone shows by time and digest."""
    known = file_state(old_file("abc"))
    path = old_file("abd")
    os.utime(path, ns=(LONG_AGO_NS + 1, LONG_AGO_NS + 1))
    assert file_state(path, known).digest != known.digest


def test_a_file_just_written_is_read_again_next_time() -> None:
    """Within one tick of the clock a second change leaves no trace in the time, so the time is not kept."""
    path = Path("a.txt")
    path.write_text("abc", encoding="utf-8")
    just_now_ns = time.time_ns() // 10**9 * 10**9
    os.utime(path, ns=(just_now_ns, just_now_ns))
    known = file_state(path)
    path.write_text("abd", encoding="utf-8")
    os.utime(path, ns=(just_now_ns, just_now_ns))
    assert (known.mtime_ns, file_state(path, known).digest == known.digest) == (0, False)


def test_a_state_survives_json() -> None:
    """A state written as JSON and read again is the same."""
    state = FileState(3, LONG_AGO_NS, "cf4a")
    assert FileState.from_json(json.loads(json.dumps(state.to_json()))) == state


@pytest.mark.parametrize("value", [None, [], [1, 2], ["1", 2, "a"], {"size": 1}])
def test_another_value_is_no_state(value: object) -> None:
    """A damaged record of a state is an error, not a file that never changed."""
    with pytest.raises(ValueError, match=r"^no state of a file: "):
        FileState.from_json(value)


def test_the_state_of_a_file_that_is_gone_is_an_error() -> None:
    """A file that vanished is named."""
    with pytest.raises(CorpusError, match=r"^gone\.txt: cannot be read: No such file or directory$"):
        file_state(Path("gone.txt"))


def test_clocks_that_jump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is read again whichever way its time has changed, also to the first second of 1970."""
    file, known = tmp_path / "a.txt", None
    clocks = [(0, 1e9), (3e9, 4.1e9), (-1.5e9, 3e8), (-1.7e9, 0), (1e10, -1000), (0, 2**33), (0, 0), (0, 1)]
    for number, (jump, changed) in enumerate(clocks):
        now = 1_790_000_000 + jump
        monkeypatch.setattr("searchlib.ingest.folders.time.time_ns", lambda now=now: int(now * 1e9))
        file.write_text(f"新闻{number}", "utf-8")
        os.utime(file, (changed, changed))
        state = file_state(file, known)
        assert known is None or state.digest != known.digest
        assert file_state(file, state).digest == state.digest
        known = state
