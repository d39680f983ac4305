"""The compiled kernel and Python: the same passages with the same marks."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
from engine_choice import answered_by
from hypothesis import given
from hypothesis import strategies as st
from native_agreement import SEED

import searchlib
from searchlib import Article, Index, Match
from searchlib.embedded.search.kernel import MARKS as MARKS_OF_KERNEL
from searchlib.native import engine
from searchlib.scoring.headline_match import strip_text

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")

SENTENCES = [
    *"，，，。。！？…”’）：、；\n\n\u3000 \xa0é→\u200b",
    "2018",
    "AB",
    "。”",
    "……",
    "\n\n",
    "かな",
    "😀",
    "e\u0301",
]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Articles of sentences, short and long ones; few have a character that must be folded with others."""
    chance = random.Random(SEED)

    def text(most: int) -> str:
        """Return a text with as many marks as news have, in some places more."""
        pieces = [
            chance.choice(
                SENTENCES if chance.random() < 0.3 else ["党建", "治理", "水库", "的", "它"] * 3 + ["黨建"]
            )
            for _ in range(chance.randint(0, most))
        ]
        return "".join(pieces)

    with searchlib.open(tmp_path_factory.mktemp("news") / "x.idx") as made:
        made.add(
            Article(
                id=f"{number}",
                headline=text(4) + "党建",
                subtitle=text(3),
                body=text(chance.choice([0, 3, 40, 400])),
                authors=(text(1), text(1)),
            )
            for number in range(120)
        )
        yield made


@given(
    query=st.sampled_from(
        [
            *("党建", "治理", "水库", "党建 治理", "治理 水库 党建", "党 水库", "的", "水库 它 的"),
            *("党建治理", "水库治理 党建", "党建 OR 水库", "治理水库 -党建", "水库的治理"),
        ]
    ),
    match=st.sampled_from(["all", "auto"]),
    snippets=st.integers(0, 4),
    offset=st.integers(0, 60),
)
def test_snippets_are_those_of_python(
    news: Index, query: str, match: Match, snippets: int, offset: int
) -> None:
    """Text, place, marks and field, and their order."""
    asked: dict[str, Any] = {"match": match, "snippets": snippets, "offset": offset}
    with answered_by("native"):
        compiled = [(hit.snippets, hit.headline_marks) for hit in news.search(query, **asked)]
    with answered_by("numpy"):
        assert compiled == [(hit.snippets, hit.headline_marks) for hit in news.search(query, **asked)]


def test_marks_are_to_the_kernel_what_folding_makes_of_them() -> None:
    """They are listed for it, so that no process folds them anew."""
    assert {strip_text(f"中{mark}国") for mark in MARKS_OF_KERNEL} == {"中国"}


def test_most_headline_marks_are_found_by_the_kernel(news: Index) -> None:
    """As with snippets."""
    with answered_by("native"):
        quick = news._quick.answer("党建", "all", (0, 100), 1)
        assert quick is not None
        made = [quick.headline_marks(number) is not None for number, *_ in quick._page.hits]
    assert 0.5 < sum(made) / len(made) <= 1


def test_most_snippets_are_made_by_the_kernel(news: Index) -> None:
    """Python looks where a character is that it alone knows."""
    with answered_by("native"):
        quick = news._quick.answer("治理", "all", (0, 100), 1)
        assert quick is not None
        made = [quick.snippets(number) is not None for number, *_ in quick._page.hits]
    assert 0.5 < sum(made) / len(made) < 1
