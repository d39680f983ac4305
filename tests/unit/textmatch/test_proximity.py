"""Words near each other: what counts as near, and what is marked."""

from __future__ import annotations

import pytest
from conftest import MakeIndex

from searchlib import Article, QuerySyntaxError
from searchlib.analysis import Analyzer
from searchlib.query.nodes import Near
from searchlib.query.parser import parse
from searchlib.textmatch.proximity import is_near


@pytest.mark.parametrize(
    ("query", "text", "stands"),
    [
        ("党建 NEAR/2 引领", "党建工作引领", True),
        ("党建 NEAR/1 引领", "党建工作引领", False),
        ("引领 NEAR/2 党建", "党建工作引领", True),
        ("党建 NEAR/1 引领", "党建，“引领”", True),
        ("党建 NEAR/0 引领", "党建，“引领”", False),
        ("党建 NEAR/1 引领", "党建。\n\n引领", True),
        ("党建 NEAR/1 引领", "党 建 与 引 领", True),
        ("黨建 NEAR/1 引領", "党建的引领", True),
        ("党建 NEAR/9 党建", "党建", False),
        ("党建 NEAR/9 党建", "党建与党建", True),
        ("党建 NEAR/9 建设", "党建设", False),
        ("党建引领 NEAR/9 引领", "党建引领", False),
        ("哈哈 NEAR/0 y", "哈哈哈y", True),
        ("a NEAR/3 b NEAR/3 c", "b 1 c 2 a", False),
        ("a NEAR/6 b NEAR/6 c", "b 1 c 2 a", True),
        ("党建 NEAR/s 引领", "说党建，也说引领。", True),
        ("党建 NEAR/s 引领", "说党建。也说引领。", False),
        ("党建 NEAR/s 引领", "说党建；也说引领。", False),
        ("党建 NEAR/s 3.5", "说党建，3.5%引领。", True),
        ("党建 NEAR/p 引领", "说党建。也说引领。", True),
        ("党建 NEAR/p 引领", "说党建。\n也说引领。", False),
        ('"党建 引领"~2', "引领二字党建", True),
        ('"党建引领"~2', "党建二字引领", True),
        ("(党建 OR 党风) NEAR/1 引领", "党风的引领", True),
        ('"说，党建" NEAR/1 引领', "说：党建的引领", True),
        ("5 NEAR/1 基站", "15个基站", False),
        ("5* NEAR/9 基站", "50个基站", True),
        ("党见~ NEAR/1 引领", "党建的引领", True),
    ],
)
def test_what_is_near(analyzer: Analyzer, query: str, text: str, stands: bool) -> None:
    """Characters are counted as folded, a row of marks as one; places do not overlap."""
    tree = parse(query, analyzer, match="all", exact=False)
    assert isinstance(tree, Near)
    assert is_near(tree, text) is stands


def test_only_what_is_near_is_marked(make_index: MakeIndex) -> None:
    """The same words elsewhere are not what was asked for."""
    index = make_index(Article(body="党建工作。党建的引领作用。引领未来。"))
    (hit,) = index.search("党建 NEAR/3 引领")
    assert hit.why == "党建: body 1; 引领: body 1"
    assert hit.snippet is not None
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["党建", "引领"]
    assert hit.snippet.marks[0][0] == hit.snippet.text.index("党建的")


def test_other_forms_are_near_too(make_index: MakeIndex) -> None:
    """A number in Han, a hyphen: as in any phrase."""
    index = make_index(Article(body="第二十四届的农博会用Wi-Fi。"))
    assert index.search("24届 NEAR/2 农博会").total == 1
    assert index.search("24届 NEAR/0 农博会").total == 0
    assert index.search("wifi NEAR/2 农博会").total == 1


def test_near_is_never_left_out(make_index: MakeIndex) -> None:
    """Like a phrase."""
    index = make_index(Article(body="党建工作隔了很远很远才说引领"))
    results = index.search("党建 NEAR/2 引领 工作")
    assert (results.total, results.dropped) == (0, ())


@pytest.mark.parametrize(
    ("query", "column", "problem"),
    [
        ("党建 NEAR/5", 4, "NEAR/5 lacks a word beside it"),
        ("NEAR/5 党建", 1, "NEAR/5 lacks a word beside it"),
        ("党建 NEAR/5 -引领", 4, "NEAR/5 cannot join this"),
        ("党建 NEAR/5 (引领 基层)", 4, "NEAR/5 cannot join this"),
        ("(党建 NEAR/5 引领) NEAR/5 基层", 16, "NEAR/5 cannot join this"),
        ("a NEAR/5 b NEAR/6 c", 12, "a row of NEAR has one distance"),
        ("标题:a NEAR/5 正文:b", 6, "NEAR/5 joins words of different fields"),
        ("a NEAR/1001 b", 3, "a distance is at most 1000 characters"),
        (" NEAR/5 ".join("abcdefghi"), 3, "NEAR/5 joins more than 8 words"),
        ('"a b c d e f g h i"~5', 1, "~5 joins more than 8 words"),
        ("湖 党建^0", 5, "^0 is not a valid weight"),
        ("党建^1,5", 3, "^1,5 is not a valid weight"),
        ("(党建^999)^9", 9, "^9 is not a valid weight"),
        ("a*b*c*d", 1, "a word has more than 2 * inside"),
        ("党*引领~", 1, "a word has * inside and ~ behind it"),
    ],
)
def test_what_cannot_be_joined(analyzer: Analyzer, query: str, column: int, problem: str) -> None:
    """The error says what and where."""
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query, analyzer, match="all", exact=False)
    assert caught.value.problem.startswith(problem)
    assert caught.value.column == column


@pytest.mark.parametrize(
    "query", ["NEAR", "NEAR/", "NEAR/far", "near/5", "x^y", "^_^", '"党建"~', '"党建"~x']
)
def test_what_is_no_operator_stays_a_word(analyzer: Analyzer, query: str) -> None:
    """Small letters, no distance, no weight."""
    assert "Near(" not in repr(parse(query, analyzer, match="all", exact=False))


@pytest.mark.parametrize(
    ("query", "text", "stands"),
    [
        ("党*引领", "党引领", True),
        ("党*引领", "党建工作引领", True),
        ("党*引领", "党" + "建" * 20 + "引领", True),
        ("党*引领", "党" + "建" * 21 + "引领", False),
        ("党*引领", "党建，引领", False),
        ("党*引领", "党的“建设”引领", True),
        ("col*r", "Colour", True),
        ("col*r", "cold water", False),
        ("col*r", "colourful", False),
        ("col*r*", "colourful", True),
        ("20*4", "2024", True),
        ("20*4", "20年4", False),
        ("c*9", "C919", True),
        ("5*基站", "5G基站", True),
        ("党*引*基", "党建引领基层", True),
    ],
)
def test_a_star_inside_a_word(make_index: MakeIndex, query: str, text: str, stands: bool) -> None:
    """Between letters, or digits, the rest of the word; elsewhere up to 20 characters without a mark."""
    index = make_index(Article(body=f"说：{text}"), Article(body="别的"))
    assert index.search(query, match="all").total == stands


def test_a_boost_multiplies_its_part(make_index: MakeIndex) -> None:
    """And the explanation says so."""
    index = make_index(Article(id="a", body="党建工作"), Article(id="b", body="网格工作"), Article(body="湖"))
    plain = {hit.id: hit.score for hit in index.search("党建 OR 网格")}
    boosted = {hit.id: hit.score for hit in index.search("党建^3 OR 网格")}
    assert boosted["a"] == pytest.approx(3 * plain["a"])
    assert boosted["b"] == plain["b"]
    assert "boost 3 × 1.25 × idf" in str(index.explain("党建^3 OR 网格", "a"))
    assert index.explain("wi*^2", "a").value == 0
