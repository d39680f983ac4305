"""What the compiled kernel says of lines spares the rules a look, and changes no answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.native import engine
from searchlib.pages import listed
from searchlib.pages.blocks import Block
from searchlib.pages.lines import read_lines
from searchlib.pages.listed import MAX_ENTRY, take_contents
from searchlib.pages.roles import classify
from searchlib.pages.unlooked import are_prose, may_be_listed

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")

BEGINS = (
    "",
    "“",
    "图为",
    "□记者 张凯 ",
    "本报讯 ",
    "正文：",
    "①",
    "\U00020bb7",
    "3月5日，",
    "记 者 张凯 报道 ",
)
WORDS = (
    "茶农",
    "特 写",
    "报\x0b道",
    "通讯员",
    "（资料图片）",
    "图 /",
    "源：",
    "摄 影",
    "://",
    "发",
    "，",
    "日】",
)
LONG = "茶山上人来人往" * 9
ENDS = ("。", "。”", "摄。", "供图。", "。。", "”", "！", "发）。", "。””", "")
TEXTS = st.tuples(
    st.sampled_from(BEGINS),
    st.lists(st.sampled_from((*WORDS, LONG)) | st.text(max_size=3), max_size=9).map("".join),
    st.sampled_from(ENDS),
).map("".join)

TITLES = (
    "春茶上市",
    "第3期春茶",
    "12、冬捕开网",
    "冬捕②开网",
    "夜校开课了",
    "三",
    "目录",
    "β茶开网",
    "2024年春茶",
    "℃",
)
MARKS = ("", "【", "……3", "（1）", "1. ", " / 张凯", "第2条", "㎡", "·")
LINES = st.tuples(st.sampled_from(MARKS), st.sampled_from(TITLES), st.sampled_from(MARKS)).map("".join)
TEXT = st.just("柳溪镇昨日举行开园仪式，茶农上山采茶，一派忙碌景象。")
ISSUES = st.tuples(
    st.sampled_from(["柳溪简报第3期\n", "目录\n", ""]),
    st.lists(LINES, min_size=3, max_size=6),
    st.lists(st.tuples(LINES, TEXT), min_size=3, max_size=6),
    st.booleans(),
).map(
    lambda issue: (
        issue[0]
        + "\n".join(issue[1])
        + "".join(
            f"\n\n{title if issue[3] or n >= len(issue[1]) else issue[1][n]}\n{text}"
            for n, (title, text) in enumerate(issue[2])
        )
    )
)


@given(TEXTS)
def test_what_is_surely_prose_is_text_for_the_rules(text: str) -> None:
    """The rules find nothing in what the kernel takes for prose."""
    line = Block(0, len(text), text)
    if text and text == text.strip() and are_prose([text])[0]:
        assert classify(line) == classify(line, is_prose=True)


@given(ISSUES)
def test_what_cannot_be_listed_is_no_list_for_the_rules(text: str) -> None:
    """The rules find no list of contents where the kernel finds no title that comes again."""
    blocks = read_lines(text)
    found = take_contents(blocks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listed, "may_be_listed", lambda *_: True)
        assert take_contents(blocks) == found


def test_most_lines_need_no_look() -> None:
    """Prose is known as such, and a page without a list; a list is looked for where titles come again."""
    prose = "柳溪镇昨日举行开园仪式，茶农上山采茶，一派忙碌景象。"
    others = ["茶农采茶。 张凯 摄", "本报讯 茶农采茶。", "春茶上市", "图为茶农采茶。"]
    assert are_prose([prose, f"“{prose}”", *others]) == [True, True, *[False] * len(others)]
    assert are_prose([prose, "\ud800。"]) == [False, False]
    titles = ["春茶上市", "冬捕开网", "夜校开课"]
    assert not may_be_listed([*titles, prose, "柳溪镇办节", prose], MAX_ENTRY)
    assert may_be_listed([*titles, *(line for title in titles for line in (title, prose))], MAX_ENTRY)
    alike = ["春茶上市第一天", "冬捕开网迎客", "夜校开课了"]
    assert not may_be_listed(
        [*titles, *(line for title in alike for line in (f"{title}，人来人往", prose))], MAX_ENTRY
    )
    assert may_be_listed(["\ud800"], MAX_ENTRY)
