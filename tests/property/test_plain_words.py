"""Plain words go round Whoosh's parser, and come out as the same tree."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import chinese_text, plain_text, queries

from searchlib import QuerySyntaxError
from searchlib.analysis import Analyzer
from searchlib.query.language import QueryLanguage
from searchlib.query.nodes import Query
from searchlib.query.parser import is_plain, parse, tree_of_words

ANALYZER = Analyzer()
WORDS = st.lists(
    plain_text(8)
    | chinese_text(4)
    | st.sampled_from(
        [
            "AND",
            "OR",
            "NOT",
            "ＯＲ",
            "OＲ",
            "ＡＮＤy",
            "or",
            "党建引领",
            "19家企业",
            "Wi-Fi",
            "-",
            "+党",
            "a-b",
            "?",
            "。",
            "\\",
        ]
    ),
    max_size=6,
).flatmap(
    lambda words: st.sampled_from([" ", "\u3000", "\n", "\x1f", "\x85", " \t"]).map(
        lambda gap: gap.join(words)
    )
)


@given(WORDS | queries() | chinese_text(), st.booleans())
@example("党建 引领", False)
@example("党建引领基层治理 2024年8月", True)
@example("， 党建", False)
@example("，", False)
@example("党建 党建", False)
@example("a\x1fb", False)
def test_the_short_way_gives_the_parsers_tree(query: str, exact: bool) -> None:
    """Whenever it takes a string at all: the same nodes, in the same order, written the same."""
    words = query.split()
    if not words or not is_plain(query, words):
        return
    short = tree_of_words(words, ANALYZER, exact=exact)
    whole = QueryLanguage(ANALYZER, exact=exact).tree(query)
    assert short == whole
    assert (repr(short), hash(short)) == (repr(whole), hash(whole))


@given(WORDS | queries())
def test_all_else_is_the_parsers(query: str) -> None:
    """What the short way does not take becomes what the language makes of it, errors included."""
    words = query.split()
    if not words or is_plain(query, words):
        return
    assert outcome(lambda: parse(query, ANALYZER, match="all", exact=False)) == outcome(
        lambda: QueryLanguage(ANALYZER, exact=False).tree(query)
    )


def outcome(make: Callable[[], Query]) -> Query | str:
    """Return a tree, or what its error says."""
    try:
        return make()
    except QuerySyntaxError as error:
        return str(error)


@pytest.mark.parametrize(
    ("query", "plain"),
    [
        ("党建", True),
        ("党建 引领", True),
        ("Wi-Fi 5G 89.09% 1+1", True),
        ("党建，引领。", True),
        ("ANDy or not", True),
        ("党建？", True),
        ("-党建", False),
        ("党建 －农业", False),
        ("+党建", False),
        ('"党建"', False),
        ("“党建", False),
        ("headline:党建", False),
        ("党建（", False),
        ("党*", False),
        ("党～", False),
        ("党建 OR 农业", False),
        ("党建 ＡＮＤ 农业", False),
    ],
)
def test_what_is_plain(query: str, plain: bool) -> None:
    """Only words: signs inside a word are no operators, marks are no syntax."""
    assert is_plain(query, query.split()) is plain
