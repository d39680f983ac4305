"""`search show @3`: a hit of the last answer by its number."""

from __future__ import annotations

import os
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import pytest

from searchlib.cli.last import recall, remember

if TYPE_CHECKING:
    from collections.abc import Callable

    Search = Callable[..., CompletedProcess[str]]


def test_a_hit_is_shown_by_its_number(
    search: Search, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers are those of the page, offset and all; others are ids."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    remember(archive / ".search", ["a2", "a1"], 10)
    assert recall(archive / ".search", "@12") == "a1"
    assert [recall(archive / ".search", wanted) for wanted in ("@1", "@10", "@13", "a1", "@x", "@")] == [
        None
    ] * 6
    assert recall(tmp_path, "@12") is None
    done = search("show", "@11", cwd=archive, XDG_STATE_HOME=str(tmp_path))
    assert done.stdout.startswith("党建引领基层治理\n")
    done = search("show", "@1", cwd=archive, XDG_STATE_HOME=str(tmp_path))
    assert (done.returncode, done.stderr) == (1, "search: no article has the id @1\n")


def test_a_pipe_is_not_remembered(search: Search, archive: Path, tmp_path: Path) -> None:
    """Only what somebody saw has numbers."""
    assert search("党建", cwd=archive, XDG_STATE_HOME=str(tmp_path)).returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_broken_or_unwritable_state_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search goes on, and nothing is recalled."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", os.fspath(blocked))
    remember(tmp_path, ["a1"], 0)
    assert recall(tmp_path, "@1") is None
    monkeypatch.setenv("XDG_STATE_HOME", os.fspath(tmp_path))
    remember(tmp_path, ["a1"], 0)
    (tmp_path / "searchlib" / "last.json").write_text("[]")
    assert recall(tmp_path, "@1") is None
