"""Laws of page splitting that hold for any text."""

from __future__ import annotations

import pytest
from checks import check_covered_once, check_in_order, check_pieces
from hypothesis import given
from hypothesis import strategies as st
from work import is_linear

from searchlib.pages import explain_page, healing
from searchlib.pages.healing import heal
from searchlib.pages.lines import lines_with, width, widths
from searchlib.pages.signing import MAY_SIGN
from searchlib.pages.splitter import split_text
from searchlib.pages.stretches import Piece, Role

LINES = st.sampled_from(
    [
        "",
        "冬捕开网",
        "## 图书馆延长开放",
        "# 江城观察",
        ">>破冰下网<< 鱼从哪里来",
        "❷ 柳林镇",
        "□记者 王平 报道",
        "□江城日报记者 张 凯",
        "本报8月9日讯 查干湖昨日开网。",
        "查干湖昨日正式",
        "开网,数千名游客来到现场观看,湖面上人山人海,热闹非凡。",
        "坚持以民生需求为 导向,在巩固老关系的同时,结识 新朋友。社区以双报到工作为契 机",
        "(王平 李想)",
        "湖面很大。(江城日报 记者 王平)",
        "■渔民收网。 王 雷 摄",
        "图为渔民收网。",
        "王雷 摄",
        "(上接一版)",
        "(下转第三版)",
        "今日天气: 晴 20℃~33℃",
        "江城日报 2024年12月18日 星期三 A05",
        "第3版",
        "——",
        "<p>冰很厚。</p>",
    ]
)
PAGES = st.lists(LINES | st.text(max_size=40), max_size=24).flatmap(
    lambda lines: st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n\n"]).map(lambda end: end.join(lines))
)
TEXTS = PAGES | st.text()


def squashed(text: str) -> str:
    """Without what healing may take out at any place: white space."""
    return "".join(text.split()).replace("\u200b", "").replace("\ufeff", "")


def is_subsequence(part: str, whole: str) -> bool:
    """Return whether all characters of *part* stand in *whole* in this order."""
    rest = iter(whole)
    return all(char in rest for char in part)


@given(TEXTS)
def test_spans_and_furniture_cover_the_page_once(text: str) -> None:
    """Every character but white space is in exactly one article or in the furniture."""
    check_covered_once(text, split_text(text))


@given(TEXTS)
def test_spans_are_in_order_and_apart(text: str) -> None:
    """An article's ranges neither touch nor go back."""
    check_in_order(split_text(text).articles)


@given(TEXTS)
def test_bodies_keep_the_order_of_the_page(text: str) -> None:
    """Healing takes characters out and moves none."""
    for article in split_text(text).articles:
        printed = squashed("".join(text[start:end] for start, end in article.spans))
        assert is_subsequence(squashed(article.body), printed)


@given(TEXTS)
def test_pieces_are_the_page_in_order(text: str) -> None:
    """The roles are told for every part of the page, from top to bottom."""
    check_pieces(split_text(text))


@given(TEXTS)
def test_the_same_text_is_split_alike(text: str) -> None:
    """Splitting depends on nothing but its arguments."""
    assert split_text(text, source="a.txt") == split_text(text, source="a.txt")


@given(TEXTS)
def test_never_is_one_article_or_none(text: str) -> None:
    """`split="never"` leaves nothing out."""
    split = split_text(text, split="never")
    assert len(split.articles) == bool(text.strip())
    assert split.furniture == ()


@given(TEXTS)
def test_every_line_says_what_it_was_taken_for(text: str) -> None:
    """The lines of `split --why` are the page but for white space, in order, and name real articles."""
    lines = list(explain_page(text))
    assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
    assert all(line.reason and text[line.start : line.end].strip() == line.text for line in lines)
    assert {line.article for line in lines} - {0} == set(range(1, len(split_text(text).articles) + 1))


@given(st.binary(max_size=400), st.sampled_from(["utf-8", "gb18030", "latin-1", "utf-16-le"]))
def test_random_bytes_are_split(data: bytes, encoding: str) -> None:
    """Whatever a wrong encoding makes of a file."""
    text = data.decode(encoding, errors="replace")
    split = split_text(text)
    assert bool(split.articles or split.furniture) == bool(text.strip())


CHARS = 300_000
LONG = [
    "党建引领基层治理" * (CHARS // 8),
    "记者 张凯 " * (CHARS // 6),
    "本报讯 " * (CHARS // 4),
    "(" * CHARS,
    "“" * CHARS,
    "■ " * (CHARS // 2),
    "#" * CHARS,
    "1" * CHARS,
    "**" * (CHARS // 2),
    "<p>" * (CHARS // 3),
    " " * CHARS + "。",
]
REPEATED = [
    "冬捕开网\n",
    "# 冬捕\n",
    "张凯\n",
    "□记者 王平\n",
    "(王平)\n",
    "本报讯 开网。\n",
    "图为渔民。\n",
    "王雷 摄\n",
    "(上接一版)开网。\n",
    "党建引领基层治理查干湖冬捕节开幕\n",
    "冬捕开网\n□记者 王平\n查干湖冬捕节昨天很\n",
    "冬捕开网\n\n查干湖冬捕节昨天很\n\n(王平)\n\n热闹。\n\n",
    "第3版\n",
]


@pytest.mark.parametrize("text", LONG, ids=lambda text: text[:6])
def test_a_long_line_takes_no_longer_than_its_characters(text: str) -> None:
    """A line of any characters, without an end: no pattern runs over it again and again."""
    eighth = text[: len(text) // 8]
    assert is_linear(lambda: split_text(text), lambda: [split_text(eighth) for _ in range(8)])


@pytest.mark.parametrize("lines", REPEATED, ids=lambda text: text.strip()[:12])
def test_time_grows_with_the_text(lines: str) -> None:
    """Eight times the lines take about eight times as long, not sixty-four."""
    assert is_linear(lambda: split_text(lines * 4000), lambda: [split_text(lines * 500) for _ in range(8)])


@given(st.lists(LINES | st.text(alphabet=st.characters(exclude_characters="\n"), max_size=20), max_size=12))
def test_lines_are_measured_and_searched_together_as_one_by_one(lines: list[str]) -> None:
    """All at once, lines are as wide, and hold what is looked for, as each alone."""
    assert widths(lines) == list(map(width, lines))
    assert lines_with(MAY_SIGN, lines) == {n for n, line in enumerate(lines) if MAY_SIGN.search(line)}


BODIES = (
    LINES.filter(bool) | TEXTS.map(str.strip).filter(bool) | st.sampled_from(["春茶上市。", "上山采茶！"])
)


@given(st.lists(st.tuples(BODIES, st.sampled_from(["body", "section"])), max_size=6), st.booleans())
def test_what_is_asked_only_where_it_tells_changes_no_body(
    texts: list[tuple[str, Role]], is_tail: bool
) -> None:
    """How wide columns were counts only where a paragraph has spaces or ends inside a sentence."""
    pieces = [
        Piece(0, 0, text, role, "", is_tail=is_tail and n > 0, lead_width=2)
        for n, (text, role) in enumerate(texts)
    ]
    found = heal(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(healing, "all", lambda _: False, raising=False)
        assert heal(pieces) == found
