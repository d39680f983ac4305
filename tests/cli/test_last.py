"""`@3`: a hit of the last answer by its number."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from subprocess import CompletedProcess
from typing import TYPE_CHECKING

import pytest

from searchlib.cli.last import last_ids, remember

if TYPE_CHECKING:
    from collections.abc import Callable

    Search = Callable[..., CompletedProcess[str]]


def test_a_hit_is_called_by_its_number(
    search: Search, archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Numbers are those of the page, offset and all, for every verb that takes an id."""
    state = {"XDG_STATE_HOME": str(tmp_path)}
    monkeypatch.setenv(*next(iter(state.items())))
    remember(archive / ".search", ["articles.jsonl#a2", "articles.jsonl#a1"], 10)
    assert last_ids() == {"@11": "articles.jsonl#a2", "@12": "articles.jsonl#a1"}
    for line in ("show", "like", "explain 党建", "why-not 毛线团"):
        by_number, by_id = (search(*line.split(), one, cwd=archive, **state) for one in ("@12", "a1"))
        assert (by_number.returncode, by_number.stderr) == (0, "")
        assert _untimed(by_number.stdout) == _untimed(by_id.stdout)


@pytest.mark.parametrize("line", ["show", "like", "explain 党建", "why-not 党建"])
def test_a_number_that_is_no_hit(search: Search, archive: Path, tmp_path: Path, line: str) -> None:
    """The line says which numbers there are, or that there are none."""
    state = {"XDG_STATE_HOME": str(tmp_path)}
    none = "search: @9 is a hit of the last answer on a terminal: this index has given none\n"
    assert search(*line.split(), "@9", cwd=archive, **state).stderr == none
    content = {"index": str(archive / ".search"), "offset": 0, "ids": ["a1", "a2", "a3"]}
    (tmp_path / "searchlib").mkdir()
    last = tmp_path / "searchlib" / "last.json"
    last.write_text(json.dumps(content))
    done = search(*line.split(), "@9", cwd=archive, **state)
    assert (done.returncode, done.stderr) == (1, "search: the last answer has @1 to @3, no @9\n")
    assert search(*line.split(), "@x", cwd=archive, **state).stderr == "search: no article has the id @x\n"
    last.write_text(json.dumps(content | {"index": str(tmp_path)}))
    assert search(*line.split(), "@1", cwd=archive, **state).stderr == none.replace("@9", "@1")


def _untimed(text: str) -> str:
    return re.sub(r"[0-9.]+ ms", "", text)


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
    assert last_ids() == {}
    monkeypatch.setenv("XDG_STATE_HOME", os.fspath(tmp_path))
    remember(tmp_path, ["a1"], 0)
    (tmp_path / "searchlib" / "last.json").write_text("[]")
    assert last_ids() == {}
