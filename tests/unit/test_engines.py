"""Which engine `searchlib.open` chooses."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, ConfigError
from searchlib.index import Index


def test_a_url_that_no_engine_knows_is_refused() -> None:
    """The message names the URL and the schemes that there are; no folder of this name is made."""
    with pytest.raises(ConfigError, match=r"path='solr://host/x'.*a folder, or a URL of an engine \("):
        searchlib.open("solr://host/x")


def test_a_path_is_a_folder_and_its_index_has_it(tmp_path: Path) -> None:
    """A relative path stays as it was given."""
    index = searchlib.open(tmp_path / "x.idx")
    assert (index.path, repr(index)) == (tmp_path / "x.idx", f"searchlib.open({str(tmp_path / 'x.idx')!r})")
    assert searchlib.open("a/b").path == Path("a/b")


@pytest.mark.parametrize("path", [b"x", 3, None])
def test_what_is_no_path_is_refused(path: object) -> None:
    """With the type's name."""
    with pytest.raises(TypeError, match=f"a path is a str or a Path, not {type(path).__name__}"):
        searchlib.open(path)  # type: ignore[arg-type]


def test_an_index_takes_an_engine(make_index: MakeIndex) -> None:
    """Another `Index` on the same engine answers alike."""
    index = make_index(Article(id="1", body="查干湖冬捕"))
    again = Index(index._backend)
    assert again.search("冬捕").total == index.search("冬捕").total == 1
