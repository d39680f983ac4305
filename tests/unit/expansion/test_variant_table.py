"""A table of queries: every operator in both widths, with its tree and its answer."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import searchlib
from searchlib import QuerySyntaxError
from searchlib.analysis import Analyzer
from searchlib.query.parser import parse
from searchlib.query.unparse import unparse

RECORDS: list[dict[str, object]] = [
    {"id": "1", "headline": "党建引领基层治理", "body": "会议在青岛召开，用上5G。", "date": "2024-08-09"},
    {
        "id": "2",
        "headline": "查干湖冬捕节",
        "body": "党建，引领渔民。",
        "date": "2023-12-28",
        "authors": ["刘慧"],
    },
    {
        "id": "3",
        "headline": "农业丰收",
        "body": "土豆卖到了U谷，农业银行在青岛。",
        "date": "2024",
        "page": "A05",
    },
]

ROWS = [
    ("党建", "Phrase('党建')", "12"),
    ("党建 农业", "And([Phrase('党建'), Phrase('农业')])", ""),
    ("党建 AND 青岛", "And([Phrase('党建'), Phrase('青岛')])", "1"),
    ("党建 OR 农业", "Or([Phrase('党建'), Phrase('农业')])", "123"),
    ("党建 青岛 OR 农业", "Or([And([Phrase('党建'), Phrase('青岛')]), Phrase('农业')])", "13"),
    ("(党建 OR 农业) 青岛", "And([Or([Phrase('党建'), Phrase('农业')]), Phrase('青岛')])", "13"),
    ("党建 NOT 青岛", "And([Phrase('党建'), Not(Phrase('青岛'))])", "2"),
    ("党建 -青岛", "And([Phrase('党建'), Not(Phrase('青岛'))])", "2"),
    ("+党建 +青岛", "And([Phrase('党建'), Phrase('青岛')])", "1"),
    ("NOT 党建", "Not(Phrase('党建'))", "3"),
    ("-(党建 青岛)", "Not(And([Phrase('党建'), Phrase('青岛')]))", "23"),
    ('"党建引领"', "Phrase('\"党建引领\"')", "1"),
    ('"党建，引领"', "Phrase('\"党建,引领\"')", "2"),
    ("党建引领", "Run('党建引领', ['党建', '引领'])", "12"),
    ("headline:农业", "Phrase('headline:农业')", "3"),
    ("标题:(农业 OR 冬捕)", "Or([Phrase('headline:农业'), Phrase('headline:冬捕')])", "23"),
    ('body:"青岛召开"', "Phrase('body:\"青岛召开\"')", "1"),
    ("作者:刘慧", "Phrase('authors:刘慧')", "2"),
    ("版次:A05", "Stored(page='A05')", "3"),
    ("5*", "Phrase('5*')", "1"),
    ("*g", "Phrase('*g')", "1"),
    ("土豆~", "Phrase('土豆~')", "3"),
    ("date:2024", "DateRange(2024..2024)", "1"),
    ("date:2023-12", "DateRange(2023-12..2023-12)", "2"),
    ("date:2024-08-01..2024-08-31", "DateRange(2024-08-01..2024-08-31)", "1"),
    ("日期:2023年12月..20240809", "DateRange(2023-12..2024-08-09)", "12"),
    ("date:2023-12-28..2024-08", "DateRange(2023-12-28..2024-08)", "12"),
    ("date:2024-08-09..2024", "DateRange(2024-08-09..2024)", "1"),
    ("date:2024..2024-08-09", "DateRange(2024..2024-08-09)", "1"),
    ("date:..2023", "DateRange(..2023)", "2"),
    ("date:2024..", "DateRange(2024..)", "1"),
    ("date:>2023", "DateRange(2024..)", "1"),
    ("date:>=2023-12-28", "DateRange(2023-12-28..)", "12"),
    ("date:<2024-01", "DateRange(..2023-12)", "2"),
    ("date:<=2023", "DateRange(..2023)", "2"),
    ("date:>2023-12-28 党建", "And([DateRange(2023-12-29..), Phrase('党建')])", "1"),
    ("日期:>2023-12 -会议", "And([DateRange(2024-01..), Not(Phrase('会议'))])", ""),
    ("?", "Nothing()", ""),
    ("党建 AND (青岛 OR (农业 NOT 土豆))", None, "1"),
    ('-"党建引领" 党建', None, "2"),
    ("u谷", "Phrase('u谷')", "3"),
    ("黨建", "Phrase('黨建')", "12"),
    ("((党建))", "Phrase('党建')", "12"),
    ("党建 NEAR/10 引领", "Near(['党建', '引领'], 10)", "12"),
    ("引领 NEAR/0 党建", "Near(['引领', '党建'], 0)", "1"),
    ("党建 NEAR/1 引领", "Near(['党建', '引领'], 1)", "12"),
    ("党建 NEAR/s 引领", "Near(['党建', '引领'], 's')", "12"),
    ("土豆 NEAR/S 青岛", "Near(['土豆', '青岛'], 's')", "3"),
    ("青岛 NEAR/句 5G", "Near(['青岛', '5g'], 's')", "1"),
    ("土豆 NEAR/p 青岛", "Near(['土豆', '青岛'], 'p')", "3"),
    ("土豆 NEAR/段 丰收", "Near(['土豆', '丰收'], 'p')", ""),
    ('"党建 渔民"~3', "Near(['\"党建\"', '\"渔民\"'], 3)", "2"),
    ('"党建引领"~1', "Near(['\"党建\"', '\"引领\"'], 1)", "12"),
    ('"党建"~1', "Phrase('\"党建\"')", "12"),
    ("(土豆 OR 会议) NEAR/10 青岛", "Near(['土豆 OR 会议', '青岛'], 10)", "1"),
    ("农业 NEAR/s 土豆 NEAR/s 青岛", "Near(['农业', '土豆', '青岛'], 's')", "3"),
    ("标题:(党建 NEAR/5 基层)", "Near(['headline:党建', 'headline:基层'], 5)", "1"),
    ("标题:党建 NEAR/5 基层", "Near(['headline:党建', 'headline:基层'], 5)", "1"),
    ("党建 -会议 NEAR/9 青岛", "And([Phrase('党建'), Not(Near(['会议', '青岛'], 9))])", "2"),
    ("党建 NEAR/1 引领 渔民", "And([Near(['党建', '引领'], 1), Phrase('渔民')])", "2"),
    ('"在青岛" NEAR/9 5*', "Near(['\"在青岛\"', '5*'], 9)", "1"),
    ("党*基层", "Phrase('党*基层')", "1"),
    ("党*渔民", "Phrase('党*渔民')", ""),
    ("土豆*谷", "Phrase('土豆*谷')", "3"),
    ("*湖冬*", "Phrase('*湖冬*')", "2"),
    ("党建*", "Phrase('党建*')", "12"),
    ("党建^3 青岛", "And([Phrase('党建^3'), Phrase('青岛')])", "1"),
    ('"党建引领"^2', "Phrase('\"党建引领\"^2')", "1"),
    ("标题:党建^0.5", "Phrase('headline:党建^0.5')", "1"),
    ("(党建 OR 农业)^2 青岛", "And([Or([Phrase('党建^2'), Phrase('农业^2')]), Phrase('青岛')])", "13"),
    ('"党建 引领"~1^2', "Near(['\"党建\"^2', '\"引领\"^2'], 1)", "12"),
    ("党建引领^2", "Run('党建引领^2', ['党建', '引领'])", "12"),
    ("x^y 青岛", None, ""),
]
_FULL_SIGNS = str.maketrans('"():-+*~^<>=?', "＂（）：－＋＊～＾＜＞＝？")
_FULL_LETTERS = {"AND": "ＡＮＤ", "OR": "ＯＲ", "NOT": "ＮＯＴ"}


def _wide(query: str) -> str:
    """Return a query with its signs in full width, dates whole."""
    words = []
    for word in query.split(" "):
        name, colon, value = word.partition(":")
        if colon and name in {"date", "日期"}:
            words.append(f"{name}：{_wide_letters(value)}")
        else:
            near = re.fullmatch(r"NEAR/(\w+)", word)
            wide = f"ＮＥＡＲ／{_wide_letters(near[1])}" if near else word.translate(_FULL_SIGNS)
            words.append(_FULL_LETTERS.get(word, wide))
    return " ".join(words)


def _wide_letters(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if char.isascii() else char for char in text)


def _spaced(query: str) -> str:
    return f"　{query.replace(' ', '　')}　"


def _bracketed(query: str) -> str:
    return f"({query})"


FORMS: dict[str, Callable[[str], str]] = {
    "half": str,
    "full width": _wide,
    "ideographic spaces": _spaced,
    "brackets": _bracketed,
}
TABLE = [(form, make(query), tree, ids) for form, make in FORMS.items() for query, tree, ids in ROWS]
ANALYZER = Analyzer()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[searchlib.Index]:
    """Three articles."""
    with searchlib.open(tmp_path_factory.mktemp("table") / "index") as made:
        made.add(RECORDS)
        yield made


def test_the_table_is_long_enough() -> None:
    """At least 150 queries."""
    assert len({(form, query) for form, query, *_ in TABLE}) >= 150


@pytest.mark.parametrize(("form", "query", "expected", "ids"), TABLE)
def test_a_query_has_its_tree_and_its_answer(
    index: searchlib.Index, form: str, query: str, expected: str | None, ids: str
) -> None:
    """The width of signs and spaces changes neither; printed and parsed again it is the same tree."""
    tree = parse(query, ANALYZER, match="all", exact=False)
    assert expected in {None, repr(tree)}, form
    assert "".join(sorted(hit.id for hit in index.search(query, match="all", limit=None))) == ids
    assert parse(unparse(tree), ANALYZER, match="all", exact=False) == tree


WORDS = [
    "党建",
    "党建引领",
    "5G",
    "wi-fi",
    "标题:农业",
    '"a b"',
    '“他说\\"好\\"”',
    "党*",
    "*建",
    "党*建",
    "a*b",
    "土豆~",
    "党建^3",
    "党建引领^0.25",
    '"党建"^2',
    "党建 NEAR/5 引领",
    "(党建 OR 5G) NEAR/s 标题:农业",
    "a* NEAR/p 土豆~",
    '"党建 引领，治理"~4',
    '"党建引领"~4^2',
    "NEAR/5",
    "--党",
    "++党",
    "～党",
    "党^_^",
    "a，b",
    "page:A05",
    "date:>2023",
    "date:2024-08..",
    "９％",
    "-会议",
    "+党",
    "。",
]


def _trees() -> st.SearchStrategy[str]:
    leaf = st.sampled_from(WORDS)
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(" ".join),
            st.tuples(inner, inner).map(" OR ".join),
            inner.map("NOT ({})".format),
            inner.map("({})".format),
            inner.map("标题:({})".format),
            inner.map("({})^1.5".format),
        ),
        max_leaves=8,
    )


@given(_trees())
def test_print_and_parse_gives_the_same_tree(query: str) -> None:
    """Whatever operators stand in each other."""
    try:
        tree = parse(query, ANALYZER, match="all", exact=False)
    except QuerySyntaxError:
        assume(False)
    assert parse(unparse(tree), ANALYZER, match="all", exact=False) == tree


def test_random_strings_never_crash_the_parser() -> None:
    """SEARCHLIB_RANDOM_QUERIES=100000 makes it a hundred thousand; the error is the only other way out."""
    draw = random.Random(20)
    signs = [
        *"“”„‟＂()（）:：*＊~～＼－+＋<>= 　\t\n，。党建农业ab19-\\",
        '"',
        "AND",
        " OR ",
        "NOT ",
        "ＡＮＤ",
        " NEAR/3 ",
        "ＮＥＡＲ／ｓ ",
        "NEAR/",
        '"~2',
        "^2",
        "＾0.5",
        "^",
    ]
    signs += ["date:", "标题:", "page:", "\ud800", "😀", "e\u0301", "\x00"]
    count = int(os.environ.get("SEARCHLIB_RANDOM_QUERIES", "2000"))
    parsed = 0
    for _ in range(count):
        query = "".join(draw.choices(signs, k=draw.randint(0, 14)))
        found = None
        try:
            parse(query, ANALYZER, match="all", exact=False)
        except QuerySyntaxError as error:
            found = error
        parsed += found is None
        assert found is None or 1 <= found.column <= len(query) + 1, query
    assert 0 < parsed < count
