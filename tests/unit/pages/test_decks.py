"""Which line of a group of heads is the headline."""

from __future__ import annotations

import pytest

from searchlib.pages.decks import Deck, close_wrap, read_deck
from searchlib.pages.stretches import Piece


def deck(*heads: str, body: str = "", levels: tuple[int, ...] = ()) -> Deck:
    """Read plain lines, or headings of the given levels, as a deck."""
    pieces = [
        Piece(n, n + 1, text, "head", "", level=levels[n] if levels else 0) for n, text in enumerate(heads)
    ]
    return read_deck(pieces, body)


@pytest.mark.parametrize(
    ("overline", "headline"),
    [
        ("线上申报、异地盲评——", "九十四人获聘高级专家"),
        ("市生态环境局:", "靠前帮扶 助力企业发展"),
        ("柳林镇", "开渠引水春耕忙"),
    ],
)
def test_a_dash_a_colon_or_a_label_stands_over_the_headline(overline: str, headline: str) -> None:
    """What announces the next line is an overline."""
    assert deck(overline, headline)[:2] == (headline, overline)


def test_the_lead_says_the_headline_again() -> None:
    """Of two lines of one length the one is the headline that the lead repeats."""
    body = "9日上午,全市文明创建工作推进会在云台召开,对文明创建工作作出部署。"
    found = deck("坚持为民利民靠民 推动任务落实", "全市文明创建工作推进会召开", body=body)
    assert (found.headline, found.overline) == ("全市文明创建工作推进会召开", "坚持为民利民靠民 推动任务落实")


def test_markdown_marks_the_headline_by_its_level() -> None:
    """The fewest hashes win, whatever stands first."""
    found = deck("一站式服务", "新中心启动运行", "十九家企业签约", levels=(2, 1, 2))
    assert found == Deck(
        "新中心启动运行", "一站式服务", "十九家企业签约", "", ("overline", "headline", "subtitle")
    )


def test_a_bracketed_slug_is_the_column() -> None:
    """【…】 on a line of its own names a regular feature."""
    found = deck("【江城观察】", "小区里的议事亭")
    assert (found.headline, found.column, found.overline) == ("小区里的议事亭", "江城观察", "")


def test_a_space_that_the_body_does_not_have_was_a_line_end() -> None:
    """The lead writes the same words without the space."""
    assert close_wrap("视察年度重点 政协提案", "分别视察年度重点政协提案办理情况") == "视察年度重点政协提案"


@pytest.mark.parametrize("head", ["丹青妙笔展红心 翰墨飘香颂党恩", "深化农村改革 助力乡村振兴"])
def test_two_halves_keep_their_space(head: str) -> None:
    """A headline of two clauses is set with a space between them."""
    assert close_wrap(head, "活动在街道举行。") == head


def test_a_clause_that_cannot_end_goes_on() -> None:
    """进行 and 的 begin no clause."""
    assert close_wrap("对生活污水处理 进行排查", "") == "对生活污水处理进行排查"


def test_no_heads_make_no_deck() -> None:
    """A caption has none."""
    assert deck() == Deck()


@pytest.mark.parametrize("space", ["\x85", "\u2028", "\x1c", "\u1680"])
def test_rare_white_space_between_two_characters_of_a_head(space: str) -> None:
    """It is white space to Python, and no space between letters."""
    assert close_wrap(f"党{space}干", "").split() == ["党", "干"]
