"""What somebody typed and the tree it becomes."""

from __future__ import annotations

import pytest

from searchlib import QuerySyntaxError, quote
from searchlib.analysis import Analyzer
from searchlib.query.grammar import MAX_DEPTH
from searchlib.query.nodes import NOTHING, Every
from searchlib.query.parser import parse


def tree(query: str, analyzer: Analyzer, match: str = "auto", *, exact: bool = False) -> str:
    """Return the tree as text."""
    return repr(parse(query, analyzer, match=match, exact=exact))


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("党建 农业", "党建 AND 农业"),
        ("党建　农业", "党建 农业"),
        ("+党建 农业", "党建 农业"),
        ("党建 -农业", "党建 NOT 农业"),
        ("党建 －农业", "党建 -农业"),
        ("（党建 OR 农业）湖", "(党建 OR 农业) 湖"),
        ("党建 ＯＲ 农业", "党建 OR 农业"),
        ("“党建”", '"党建"'),
        ("＂党建＂", '"党建"'),
        ("标题：党建", "headline:党建"),
        ("title:党建", "headline:党建"),
        ("headline:(党建 农业)", "headline:党建 headline:农业"),
        ("党建 湖 OR 农业", "(党建 湖) OR 农业"),
        ("党建。", "党建"),
        ("，党建", "党建"),
        ("党建 。 农业", "党建 农业"),
        ("date:2024", "date:2024..2024"),
        ("日期：2024", "date:2024"),
        ("((党建))", "党建"),
    ],
)
def test_two_ways_to_write_one_query(analyzer: Analyzer, query: str, same: str) -> None:
    """Full-width forms, aliases, signs and brackets that change nothing."""
    assert tree(query, analyzer) == tree(same, analyzer)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("党建", "Phrase('党建')"),
        ('"党 建"', "Phrase('\"党建\"')"),
        ("党建引领", "Run('党建引领', ['党建', '引领'])"),
        ("党*", "Phrase('党*')"),
        ("*党", "Phrase('*党')"),
        ("党建~", "Phrase('党建~')"),
        ("foo:党建", "Run('foo 党建', ['foo', '党建'])"),
        ("headline:党建", "Phrase('headline:党建')"),
        ("page:A05", "Stored(page='A05')"),
        ("date:2024-08..", "DateRange(2024-08..)"),
        ("date:..2024", "DateRange(..2024)"),
    ],
)
def test_leaves(analyzer: Analyzer, query: str, expected: str) -> None:
    """What a single word, phrase or field becomes."""
    assert tree(query, analyzer) == expected


def test_nothing_typed_and_nothing_said(analyzer: Analyzer) -> None:
    """White space asks for everything, marks for nothing."""
    assert isinstance(parse(" \u3000", analyzer, match="all", exact=False), Every)
    assert parse("。", analyzer, match="all", exact=False) == NOTHING


def test_a_hyphen_inside_a_word_excludes_nothing(analyzer: Analyzer) -> None:
    """Only at a word's start does a sign mean something."""
    assert "Not" not in tree("Wi-Fi 2024-2028", analyzer)


def test_operators_are_capitals(analyzer: Analyzer) -> None:
    """Small letters are words."""
    assert "Or(" not in tree("党建 or 农业", analyzer)
    assert "Or(" in tree("党建 OR 农业", analyzer)


@pytest.mark.parametrize(
    ("query", "column", "problem"),
    [
        ("(党建", 1, "a bracket is not closed"),
        ("党建)", 3, "a bracket is closed that was not opened"),
        ("党建 AND", 4, "AND lacks a word beside it"),
        ("OR 党建", 1, "OR lacks a word beside it"),
        ("NOT", 1, "NOT lacks a word beside it"),
        ("党建 ()", 4, "there is nothing between the brackets"),
        ("date:gestern", 1, "this is no date"),
        ("(" * (MAX_DEPTH + 1) + "湖" + ")" * (MAX_DEPTH + 1), MAX_DEPTH + 1, "more than 64 brackets"),
    ],
)
def test_what_does_not_fit_together(analyzer: Analyzer, query: str, column: int, problem: str) -> None:
    """The error says what and where."""
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query, analyzer, match="all", exact=False)
    assert caught.value.problem.startswith(problem)
    if not query.startswith("date"):
        assert caught.value.column == column


def test_the_message_shows_the_place(analyzer: Analyzer) -> None:
    """Problem, column, query and a hint in one line."""
    with pytest.raises(QuerySyntaxError) as caught:
        parse("党建 AND", analyzer, match="all", exact=False)
    assert str(caught.value) == (
        "AND lacks a word beside it at column 4 of the query '党建 AND': "
        'to find the word itself write "AND"'
    )


@pytest.mark.parametrize("text", ['他说"好"', "a\\b", "“引”", "（括号）", "-x*", "OR", ""])
def test_quote(analyzer: Analyzer, text: str) -> None:
    """Whatever it holds, a quoted text is one phrase."""
    assert tree(quote(text), analyzer).count("Phrase(") == (1 if text else 0)


def test_any_has_no_operators(analyzer: Analyzer) -> None:
    """Plain text as it stands."""
    assert tree('党建 OR "湖', analyzer, "any") == "Terms('党建\\nor湖')"
    assert tree("中 国 农业 银行", analyzer, "any") == "Terms('中国农业\\n银行')"


@pytest.mark.parametrize("query", ["日落大道（）至海文大道（ ）之间", "大道()"])
def test_empty_brackets_after_a_word_are_nothing(analyzer: Analyzer, query: str) -> None:
    """Pasted text has them, where a name in other letters was taken out."""
    bare = query.replace("（）", " ").replace("（ ）", " ").replace("()", "")
    assert tree(query, analyzer) == tree(bare, analyzer)


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("服务“精细化” 春运更暖心", "服务精细化 春运更暖心"),
        ("“后宫第一美人”辛芷蕾", "后宫第一美人辛芷蕾"),
        ("“一府两院”、“三个高地”", "一府两院、三个高地"),
        ("打造“三个高地”", "打造三个高地"),
        ("党建 “引领”", '党建 "引领"'),
        ("-“引领” 党建", '-"引领" 党建'),
        ("标题：“引领”", 'headline:"引领"'),
        ("（“引领” OR 党建）", '("引领" OR 党建)'),
        ("“引领”~10", '"引领"~10'),
        ("市政府发布会：“早发现 早诊断” 守好关口", "市政府发布会：早发现 早诊断 守好关口"),
        ("中国-“东盟” 博览会", "中国-东盟 博览会"),
        ('老街"食"节 | 又到吃蟹的季节 全攻略送上', "老街食节 | 又到吃蟹的季节 全攻略送上"),
        ('站长说："下个月通车"，沿线居民昨天都来看', "站长说：下个月通车，沿线居民昨天都来看"),
        ('老街改造工程全部完工 首批商户 "尝鲜"', "老街改造工程全部完工 首批商户 “尝鲜”"),
        ('标题："引领" 社区书屋昨晚开放到九点"满格"', '标题："引领" 社区书屋昨晚开放到九点 "满格"'),
        ('社区"书屋" OR 老街"改造"工程全部完工了吗', '社区 "书屋" OR 老街 "改造" 工程全部完工了吗'),
    ],
)
def test_chinese_quotation_marks_inside_a_text_are_no_phrase(
    analyzer: Analyzer, query: str, same: str
) -> None:
    """A headline that is pasted has them; set apart from other words they are."""
    assert tree(query, analyzer) == tree(same, analyzer)
    assert tree('服务"精细化"', analyzer) == tree('服务 "精细化"', analyzer)
