"""The kernel verifies the pages of a file that a query reads, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

import searchlib
from searchlib import Article, Index, StoreFormatError
from searchlib.embedded.codec.sections import PAGE_SIZE, SectionFile
from searchlib.native import engine

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the arrays verify whole sections")

_WORDS = [f"{first}{second}" for first in "党建引领基层治理查干湖冬" for second in "捕节开幕新闻丰收江水山川"]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an index whose lists take many pages."""
    made = tmp_path_factory.mktemp("pages") / "x.idx"
    with searchlib.open(made) as index:
        for_words = ("，".join(_WORDS[n % 31 :: 1 + n % 7]) for n in range(9000))
        index.add(Article(id=f"{n}", body=text) for n, text in enumerate(for_words))
    return made


def answers(path: Path) -> dict[str, list[str] | None]:
    """Return the ids for each word, each of a new opening; None where the file was found to be damaged."""
    found: dict[str, list[str] | None] = {}
    for word in _WORDS[::9]:
        with searchlib.open(path) as index:
            found[word] = ids(index, word)
    return found


def ids(index: Index, word: str) -> list[str] | None:
    """Return the first ids, or None."""
    try:
        return [hit.id for hit in index.search(word)]
    except StoreFormatError:
        return None


@pytest.mark.parametrize("section", ["text_grams/long_docs", "text/long_docs", "text_grams/long_counts"])
def test_a_damaged_page_is_an_error_where_it_is_read_and_nothing_elsewhere(path: Path, section: str) -> None:
    """Each page of a section in turn: no answer is another one, and some words do without the page."""
    (file,) = path.glob("*.slseg")
    whole = file.read_bytes()
    offset, length, *_ = SectionFile(file).section(section)
    before = answers(path)
    assert None not in before.values()
    refused, answered = 0, 0
    places = range(offset, offset + length, PAGE_SIZE)
    assert len(places) > 3
    try:
        for place in (places[0], places[len(places) // 2], places[-1]):
            damaged = bytearray(whole)
            damaged[place] ^= 0x10
            file.write_bytes(damaged)
            for word, found in answers(path).items():
                assert found in (None, before[word]), word
                refused += found is None
                answered += found is not None
    finally:
        file.write_bytes(whole)
    assert answered
    assert refused or section == "text_grams/long_counts"
