"""The pages of the corpus in traditional characters give the same articles as in simplified ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from searchlib import split_page
from searchlib.pages.folded import fold_page

PAGES = sorted((Path(__file__).parents[3] / "corpus").glob("*.txt"))


@pytest.fixture(params=["s2t", "s2hk", "s2twp"], scope="module")
def convert(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """What writes a text as in general, as in Hong Kong, or as in Taiwan with the words used there."""
    opencc = pytest.importorskip("opencc", reason="pip install -e '.[dev]' brings OpenCC")
    converted: Callable[[str], str] = opencc.OpenCC(request.param).convert
    return converted


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem[:3])
def test_a_page_gives_the_same_articles_in_either_script(page: Path, convert: Callable[[str], str]) -> None:
    """Kinds, headlines, authors and datelines, one by one; the characters are those of the page."""
    text = page.read_text(encoding="utf-8")
    simplified = split_page(text, source=page.name)
    traditional = split_page(convert(text), source=page.name)
    assert [a.kind for a in traditional] == [a.kind for a in simplified]
    for found, expected in zip(traditional, simplified, strict=True):
        assert fold_page(found.headline) == fold_page(convert(expected.headline))
        assert tuple(map(fold_page, found.authors)) == tuple(map(fold_page, expected.authors))
        assert fold_page(found.dateline) == fold_page(convert(expected.dateline))
        assert (found.date, found.page) == (expected.date, expected.page)
        assert "".join(found.headline.split()) in "".join(convert(text).split())


def test_there_are_five_pages() -> None:
    """So that the test above tests something."""
    assert len(PAGES) == 5
