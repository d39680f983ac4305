"""Queries not quite in the language: quotation marks, signs of other languages, half a query."""

from __future__ import annotations

import pytest

from searchlib import QuerySyntaxError
from searchlib.analysis import Analyzer
from searchlib.cli.messages import CHINESE, translated
from searchlib.query.grammar import MAX_DEPTH
from searchlib.query.lexer import NOT_CLOSED, PASTED, PASTED_CHARS
from searchlib.query.nodes import And, Phrase
from searchlib.query.parser import Parsed, parse, read_query

PROSE = (
    "他说“党建引领”是关键，又引用了“绿水青山”一句。记者在查干湖看到，冬捕已经开始，渔民们正忙着下网，"
    "湖面上车来人往。当地把“一条鱼”做成产业，游客来自全国各地，餐馆和民宿都满了。村民王五说，今年的收入比去年多，"
    "合作社还请来了专家讲课，讲怎样养鱼、怎样保鲜、怎样在网上卖。县里的负责人表示，明年还要修路，让更多的人来看冬捕。"
    "到了晚上，湖边点起篝火，人们唱歌跳舞，一直到深夜才散去。第二天一早，第一网鱼又出来了，足有三万斤。"
)


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    """One for all."""
    return Analyzer()


def read(query: str, analyzer: Analyzer, *, lenient: bool = False) -> Parsed:
    """Read a query as `search` does."""
    return read_query(query, analyzer, match="auto", exact=False, lenient=lenient)


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ('"党建', "党建"),
        ('党建"', "党建"),
        ('党建 "引领 基层', "党建 引领 基层"),
        ('党建"引领', "党建引领"),
        ("“党建", "党建"),
        ("党建”，引领", "党建，引领"),
        ("＂党建", "党建"),
        ('"党建" "引领', '"党建" 引领'),
        ('headline:"党建', "headline:党建"),
        ('-"党建', "-党建"),
        ('(党建 OR "引领)', "(党建 OR 引领)"),
        ('5" 屏幕', "5 屏幕"),
        ('"', "，"),
        ("党建”和 “引领”", "党建和 “引领”"),
        ('"党建\\"', "党建\\"),
    ],
)
def test_a_mark_that_is_not_closed_is_read_as_if_it_were_not_there(
    analyzer: Analyzer, query: str, same: str
) -> None:
    """And said to be, whatever is around it."""
    found = read(query, analyzer)
    assert found.tree == parse(same, analyzer, match="auto", exact=False)
    assert found.hints == (NOT_CLOSED,)


@pytest.mark.parametrize(
    "query",
    [
        PROSE,
        PROSE[:-30] + "“",
        PROSE.replace("“", '"').replace("”", '"'),
        "“" + PROSE.replace("“", "").replace("”", "") + "”",
        'He said "to be" and left. ' + "The lake was frozen and the nets were drawn. " * 5,
        f"党建：“引领”，{PROSE}",
        f"headlines：“引领”，{PROSE}",
        PROSE * 10,
    ],
)
def test_marks_of_a_long_paste_are_no_phrases(analyzer: Analyzer, query: str) -> None:
    """They are read as if they were not there, and that is said."""
    assert len(query) >= PASTED_CHARS
    found = read(query, analyzer)
    without = "".join(char for char in query if char not in '"“”')
    assert repr(found.tree) == repr(parse(without, analyzer, match="auto", exact=False))
    assert PASTED in found.hints


@pytest.mark.parametrize(
    "query",
    [
        " OR ".join(f'"党建引领{n}"' for n in range(40)),
        " ".join(f'"党建引领{n}"' for n in range(40)),
        " ".join(f"标题：“党建引领{n}” 会议" for n in range(40)),
        " ".join(f'-"党建引领{n}" 会议会议会议' for n in range(40)),
        " ".join(f'"党建 引领{n}"~5 会议会议会议会议' for n in range(40)),
        f'"{PROSE.replace("“", "").replace("”", "")}"',
    ],
)
def test_a_long_query_of_phrases_stays_one(analyzer: Analyzer, query: str) -> None:
    """Operators, fields, or phrases that are most of it: nobody's prose."""
    assert len(query) >= PASTED_CHARS
    found = read(query, analyzer)
    assert found.hints == ()
    assert '"党建引领' in repr(found.tree) or "Near" in repr(found.tree) or '"他说' in repr(found.tree)


@pytest.mark.parametrize(
    ("query", "advised"),
    [
        ("疫情 or 外交", "疫情 OR 外交"),
        ("疫情 Or 外交", "疫情 OR 外交"),
        ("疫情 and 外交", "疫情 AND 外交"),
        ("not 疫情", "NOT 疫情"),
        ("疫情 not 外交", "疫情 NOT 外交"),
        ("疫情 near 外交", "疫情 NEAR/10 外交"),
        ("疫情 或 外交", "疫情 OR 外交"),
        ("疫情 或者 外交", "疫情 OR 外交"),
        ("python or java", "python OR java"),
        ("疫情 | 外交", "疫情 OR 外交"),
        ("疫情 || 外交", "疫情 OR 外交"),
        ("疫情 ｜ 外交", "疫情 OR 外交"),
        ("疫情|外交", "疫情 OR 外交"),
        ("疫情||外交|经济", "疫情 OR 外交 OR 经济"),
        ("疫情|外交 经济", "(疫情 OR 外交) 经济"),
        ("疫情| 外交", "疫情 OR 外交"),
        ("疫情 |外交", "疫情 OR 外交"),
        ("疫情 && 外交", "疫情 AND 外交"),
        ("疫情&&外交", "疫情 AND 外交"),
        ("疫情 !外交", "疫情 NOT 外交"),
        ("疫情 ！外交", "疫情 NOT 外交"),
        ("!疫情", "NOT 疫情"),
        ('疫情 or "外交 部"', '疫情 OR "外交 部"'),
        ("疫?", "疫"),
        ("疫?情", "疫*情"),
        ("wom?n", "wom*n"),
        ("疫*", "疫"),
        ("*疫", "疫"),
        ("疫情 -2020", '"-2020"'),
        ("-5℃", "NOT 5℃"),
    ],
)
def test_what_is_an_operator_elsewhere_is_advised_on(analyzer: Analyzer, query: str, advised: str) -> None:
    """The line ends with the query that was probably meant, which nothing is said about."""
    (hint,) = read(query, analyzer).hints
    assert hint.endswith((f": {advised}", f" {advised}"))
    assert hint != translated(hint, CHINESE), "it has no Chinese"
    if not advised.startswith(("NOT 5", '"-')):
        assert read(advised, analyzer).hints == ()


@pytest.mark.parametrize(
    "query",
    [
        "疫情 外交",
        "你好!",
        "你是谁?",
        "贾跃亭是谁?",
        "What is python?",
        "R&D 投入",
        "to be or not to be is the question",
        "疫*情",
        "疫情 OR 外交",
        '"疫情 or 外交"',
        "“疫情|外交”",
        "疫情 NOT 外交",
        "华为 -5G",
        "or",
        "and 疫情",
        "疫情 or",
        "|",
        "北京或上海",
        "新闻？外交",
        "Yahoo!",
        "headline:疫情 -会议",
        "FI*",
        "并且",
        PROSE.replace("“", "").replace("”", "") + " or 党建",
    ],
)
def test_where_nothing_else_was_meant_nothing_is_said(analyzer: Analyzer, query: str) -> None:
    """A sentence, a question, a name, a phrase, the language itself."""
    assert read(query, analyzer).hints == ()


def test_advice_changes_nothing(analyzer: Analyzer) -> None:
    """The word stays a word, the sign a mark: only said, never done."""
    assert read("疫情 or 外交", analyzer).tree == And([Phrase("疫情"), Phrase("or"), Phrase("外交")])
    assert read("疫情 | 外交", analyzer).tree == And([Phrase("疫情"), Phrase("外交")])
    assert "* alone" in read("*", analyzer).hints[0]


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("-5℃", "5℃"),
        ("-5", "5"),
        ("－5℃", "5℃"),
        ("-5℃ 哈尔滨", "5℃ 哈尔滨"),
        ("哈尔滨 -5℃", "哈尔滨 5℃"),
        ("哈尔滨 -12.5摄氏度", "哈尔滨 12.5摄氏度"),
        ("增速 -3%", "增速 3%"),
    ],
)
def test_a_minus_before_a_number(analyzer: Analyzer, query: str, same: str) -> None:
    """At the beginning of a query, or with a unit that goes below zero, it excludes nothing."""
    assert repr(read(query, analyzer).tree) == repr(parse(same, analyzer, match="auto", exact=False))


@pytest.mark.parametrize("query", ["疫情 -2020", "华为 -5G", "疫情 -5月", "疫情 -外交"])
def test_other_numbers_are_excluded(analyzer: Analyzer, query: str) -> None:
    """As every word is that follows the sign."""
    assert "Not" in repr(read(query, analyzer).tree)


@pytest.mark.parametrize(
    ("query", "same", "repair"),
    [
        ("(党建", "党建", "a bracket is not closed at column 1: closed at the end"),
        (
            "党建 (引领 OR 基层",
            "党建 (引领 OR 基层)",
            "a bracket is not closed at column 4: closed at the end",
        ),
        ("党建)", "党建", "a bracket is closed that was not opened at column 3: left out"),
        ("党建) 引领", "党建 引领", "a bracket is closed that was not opened at column 3: left out"),
        ("党建 OR", "党建", "OR lacks a word beside it at column 4: left out"),
        ("OR 党建", "党建", "OR lacks a word beside it at column 1: left out"),
        ("党建 AND AND 引领", "党建 引领", "AND lacks a word beside it at column 4: left out"),
        ("党建 NOT", "党建", "NOT lacks a word beside it at column 4: left out"),
        ("党建 NEAR/3", "党建", "NEAR/3 lacks a word beside it at column 4: left out"),
        ("党建 ()", "党建", "there is nothing between the brackets at column 4: left out"),
        ("党建 date:20", "党建", "this is no date at column 9: left out"),
        ("党建 date:2024..2020", "党建", "this range ends before it begins at column 9: left out"),
        ("党建^0 引领", "党建 引领", "^0 is not a valid weight at column 3: left out"),
        ("党*建*引*领", "党*建*引领", "a word has more than 2 * inside at column 1: the others left out"),
        ("党*建~", "党*建", "a word has * inside and ~ behind it at column 1: the ~ left out"),
        (
            "党建 NEAR/2000 引领",
            "党建 NEAR/1000 引领",
            "a distance is at most 1000 characters at column 4: read as 1000",
        ),
        (
            "党建 NEAR/2 引领 NEAR/3 湖",
            "党建 NEAR/2 引领 NEAR/2 湖",
            "a row of NEAR has one distance at column 14",
        ),
        (
            "党建 NEAR/2 (引领 湖)",
            "党建 引领 湖",
            "NEAR/2 cannot join this at column 4: read as AND",
        ),
    ],
)
def test_half_a_query_is_mended(analyzer: Analyzer, query: str, same: str, repair: str) -> None:
    """Leniently; strictly it is an error at the same column."""
    found = read(query, analyzer, lenient=True)
    assert found.tree == parse(same, analyzer, match="auto", exact=False)
    assert found.repaired[0].startswith(repair)
    assert translated(found.repaired[0], CHINESE) != found.repaired[0]
    with pytest.raises(QuerySyntaxError) as caught:
        read(query, analyzer)
    assert f"at column {caught.value.column}" in found.repaired[0]


def test_too_deep_a_query_is_mended(analyzer: Analyzer) -> None:
    """What is deeper than can be read is read without its brackets and NOTs."""
    deep = "(" * (MAX_DEPTH + 9) + "党建" + ")" * (MAX_DEPTH + 9)
    assert read(deep, analyzer, lenient=True).tree == Phrase("党建")
    assert read("NOT " * 999 + "党建", analyzer, lenient=True).repaired
    assert read("党建", analyzer, lenient=True).repaired == ()


@pytest.mark.parametrize(
    "query",
    ['"党 建"~' + "9" * 5000, "党 NEAR/" + "9" * 5000 + " 建", "党 NEAR/" + "０" * 5000 + "99999999 建"],
)
def test_a_distance_of_thousands_of_digits_is_too_far(analyzer: Analyzer, query: str) -> None:
    """Python refuses to read such a number, with an error of its own."""
    with pytest.raises(QuerySyntaxError, match="a distance is at most 1000 characters"):
        read(query, analyzer)


def test_zeros_before_a_distance_say_nothing(analyzer: Analyzer) -> None:
    """However many."""
    assert read("党 NEAR/" + "0" * 5000 + "3 建", analyzer).tree == read("党 NEAR/3 建", analyzer).tree
