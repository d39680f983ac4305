"""What the tests of `sync` begin with: a folder of three files, and no index yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from synced_files import write

import searchlib


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of three files with one record each."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, body in (("a", "查干湖"), ("b", "农业"), ("c", "党建")):
        write(folder, name, body)
    return folder


@pytest.fixture
def index(tmp_path: Path) -> searchlib.Index:
    """An index that is not there yet."""
    return searchlib.open(tmp_path / "x.idx")
