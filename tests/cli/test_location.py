"""Where the index is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searchlib.cli.location import display_path, find_index, nearest_index

if TYPE_CHECKING:
    from pathlib import Path


def test_the_nearest_index_above_is_found(tmp_path: Path) -> None:
    """Like git: this folder, then the one above; a file of the name is no index."""
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (deep / ".search").write_text("", encoding="utf-8")
    (tmp_path / ".search").mkdir()
    assert nearest_index(deep) == tmp_path / ".search"
    (tmp_path / "a" / ".search").mkdir()
    assert nearest_index(deep) == tmp_path / "a" / ".search"


def test_the_option_goes_before_the_variable_before_the_nearest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """-i, then $SEARCH_INDEX, then the folders; an empty variable names nothing."""
    (tmp_path / ".search").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SEARCH_INDEX", "")
    assert find_index(None) == tmp_path / ".search"
    monkeypatch.setenv("SEARCH_INDEX", "env.idx")
    assert str(find_index(None)) == "env.idx"
    assert str(find_index("option.idx")) == "option.idx"


def test_a_path_is_shown_as_one_would_type_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Relative below the current folder, whole elsewhere."""
    monkeypatch.chdir(tmp_path)
    assert display_path(tmp_path / ".search") == ".search"
    assert display_path(tmp_path.parent) == str(tmp_path.parent)
