"""What the compiled kernel says of lines spares the rules a look, and changes no answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchlib.native import engine
from searchlib.pages import line_signs, listed
from searchlib.pages.blocks import Block
from searchlib.pages.furniture import read_furniture
from searchlib.pages.lines import read_lines
from searchlib.pages.listed import MAX_ENTRY, take_contents
from searchlib.pages.roles import classify
from searchlib.pages.unlooked import are_plain, kinds_of, known_piece, may_be_listed

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
    "央视网消息（新闻联播）：",
    "据媒体报道，",
    "据新华社",
    "上图为",
    "上午，",
    "新华社北京5月8日电 ",
    "本社 本报讯 ",
    "1本报讯 ",
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
ENDS = (
    "。",
    "。”",
    "摄。",
    "供图。",
    "。据新华社",
    "！ 中新社",
    "。。",
    "”",
    "！",
    "发）。",
    "。””",
    "",
    "。文/张凯",
    "。记者 张凯",
    "。据新华社",
    "”柳溪日报",
    "。二版",
    "。《详全文...》",
    "《看更多内容》",
)
TEXTS = st.tuples(
    st.sampled_from(BEGINS),
    st.lists(st.sampled_from((*WORDS, LONG)) | st.text(max_size=3), max_size=9).map("".join),
    st.sampled_from(ENDS),
).map("".join)

HEAD_BEGINS = (
    "",
    "——",
    "【民生】",
    "【评论】",
    "■ ",
    "“",
    "《",
    "2024",
    "上",
    "小",
    "编辑 ",
    "张",
    "柳溪市",
    "接",
    "①",
    "：",
)
HEAD_WORDS = (
    "茶园开园迎客",
    "春茶上市",
    "上一篇",
    "导航",
    "评论",
    "放大",
    "张凯 摄",
    "周 禾",
    "日报",
    "晨报",
    "度假",
    "18℃",
    "3月5日",
    "2024年",
    "9月",
    "A05",
    "要闻",
    "版",
    "关 注",
    "来自",
    "发",
    "教授",
    "丨",
    "！ ",
    "据新华社",
    "据央视",
    "综合",
    "详全文…",
    "June 12, 2024",
    "6/12/2024 8:30 PM",
    "转载自",
    "更多",
    "等",
    "柳溪日报",
    "人民网",
    "记者",
    " ",
    "\x0b",
    "，",
    "、",
    "”",
    "》",
    "【",
    "】",
    "？",
    "3",
)
HEADS = st.tuples(
    st.sampled_from(HEAD_BEGINS),
    st.lists(st.sampled_from(HEAD_WORDS) | st.text(max_size=2), max_size=6).map("".join),
    st.sampled_from(("", "了", "发", "报", "日", "！", "—", "录")),
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


@given(TEXTS | HEADS)
def test_what_is_surely_text_or_a_head_is_that_for_the_rules(text: str) -> None:
    """The rules find nothing else in what the kernel is sure of."""
    line = Block(0, len(text), text)
    if text and text == text.strip() and (kind := kinds_of([text])[0]):
        assert [known_piece(line, kind)] == list(classify(line))
    if are_plain([text])[0]:
        assert read_furniture(text) is None
        assert not line_signs.signs(line)


@given(ISSUES)
def test_what_cannot_be_listed_is_no_list_for_the_rules(text: str) -> None:
    """The rules find no list of contents where the kernel finds no title that comes again."""
    blocks = read_lines(text)
    found = take_contents(blocks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listed, "may_be_listed", lambda *_: True)
        assert take_contents(blocks) == found


def test_most_lines_need_no_look() -> None:
    """Prose and heads are known as such, and a page without a list; titles that come again are looked at."""
    prose = "柳溪镇昨日举行开园仪式，茶农上山采茶，一派忙碌景象。"
    told = [
        "央视网消息（新闻联播）：" + prose,
        "据多家媒体报道，" + prose,
        "2024年，" + prose,
        "上午，" + prose,
    ]
    heads = ["柳溪茶园开园 茶农上山忙采茶", "——走进柳溪镇的茶园", "2024柳溪茶叶大会开幕迎八方来客"]
    others = [
        "茶农采茶。 张凯 摄",
        "本报讯 茶农采茶。",
        "张凯 摄",
        "图为茶农采茶。",
        "茶农采茶。记者 张凯",
        "要闻 05",
    ]
    others += ["评论", "上一篇", "柳溪晨报", "编辑 张凯", "编辑丨张凯"]
    known = [prose, f"“{prose}”", *told, *heads]
    lines = [Block(0, len(text), text) for text in known]
    kinds = kinds_of([*known, *others])
    assert all(kinds[: len(known)])
    assert not any(kinds[len(known) :])
    pieces = [known_piece(line, kind) for line, kind in zip(lines, kinds, strict=False)]
    assert [piece.role for piece in pieces] == ["body"] * (len(told) + 2) + ["head"] * len(heads)
    assert kinds_of([prose, "\ud800。"]) == bytes(2)
    titles = ["春茶上市", "冬捕开网", "夜校开课"]
    assert not may_be_listed([*titles, prose, "柳溪镇办节", prose], MAX_ENTRY)
    assert may_be_listed([*titles, *(line for title in titles for line in (title, prose))], MAX_ENTRY)
    alike = ["春茶上市第一天", "冬捕开网迎客", "夜校开课了"]
    assert not may_be_listed(
        [*titles, *(line for title in alike for line in (f"{title}，人来人往", prose))], MAX_ENTRY
    )
    assert may_be_listed(["\ud800"], MAX_ENTRY)
