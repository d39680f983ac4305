"""The probe that one process leaves for the next."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from searchlib.analysis import Analyzer, kept_probe
from searchlib.analysis.kept_probe import kept_probe as probe_of

FIRST, SECOND = "0123456789abcdef", "fedcba9876543210"


def made_anew() -> str:
    """Stand for a probe that is made although it should be there."""
    raise AssertionError("it is made again")


def test_it_is_made_once(tmp_path: Path) -> None:
    """The next process reads it."""
    assert probe_of(tmp_path, ["a"], lambda: FIRST) == FIRST
    assert probe_of(tmp_path, ["a"], made_anew) == FIRST
    assert [path.suffix for path in tmp_path.iterdir()] == [".txt"]


def test_another_text_or_dictionary_has_another(tmp_path: Path) -> None:
    """Whatever it is made of beside the files."""
    assert probe_of(tmp_path, ["a"], lambda: FIRST) == FIRST
    assert probe_of(tmp_path, ["b"], lambda: SECOND) == SECOND


def test_a_changed_file_has_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By size or by time: who changes folding needs no version for it."""
    room, kept = tmp_path / "room", tmp_path / "kept"
    room.mkdir()
    kept.mkdir()
    file = room / "folding.py"
    file.write_text("a = 1\n", "utf-8")
    monkeypatch.setattr(kept_probe, "_MADE_OF", (room,))
    assert probe_of(kept, [], lambda: FIRST) == FIRST
    assert probe_of(kept, [], made_anew) == FIRST
    before = file.stat()
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1000))
    assert probe_of(kept, [], lambda: SECOND) == SECOND
    file.write_text("a = 11\n", "utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns + 1000))
    assert probe_of(kept, [], lambda: FIRST) == FIRST


@pytest.mark.parametrize("left", [b"", b"\xff\xfe", b"0123456789abcdef", b"x y", "湖".encode()])
def test_what_is_damaged_is_made_anew(tmp_path: Path, left: bytes) -> None:
    """Empty, of another encoding, cut off."""
    assert probe_of(tmp_path, [], lambda: FIRST) == FIRST
    for path in tmp_path.iterdir():
        path.write_bytes(left)
    assert probe_of(tmp_path, [], lambda: SECOND) == SECOND
    assert probe_of(tmp_path, [], made_anew) == SECOND


def test_a_probe_that_was_cut_off_is_made_anew(tmp_path: Path) -> None:
    """The key is right, and the rest is missing."""
    assert probe_of(tmp_path, [], lambda: FIRST) == FIRST
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-3])
    assert probe_of(tmp_path, [], lambda: SECOND) == SECOND


def test_where_nothing_can_be_kept_it_is_made(tmp_path: Path) -> None:
    """No folder, or one that is not there."""
    assert probe_of(None, [], lambda: FIRST) == FIRST
    assert probe_of(tmp_path / "missing", [], lambda: FIRST) == FIRST
    assert probe_of(tmp_path / "missing", [], lambda: SECOND) == SECOND


def test_what_is_kept_is_what_is_made() -> None:
    """The analyzer's own, read or made."""
    analyzer = Analyzer()
    assert analyzer.probe == analyzer._run_probe(analyzer._cutter_for(0))
