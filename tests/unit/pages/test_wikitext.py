"""Papers as Wikisource has them: heads between equals signs, links, templates, categories."""

from __future__ import annotations

import pytest

from searchlib.pages import split_page
from searchlib.pages.wikitext import looks_wiki, read_wikitext

A = "柳溪鎮茶園進入採摘旺季，鎮裡組織二百名工人分批下地，預計月底前採完第一茬。"
B = "鎮農技站站長說，下一步將建設兩條加工線，帶動戶均增收兩千元。"
PAGE = f"""{{{{header
| title = 新聲日報
| section = 1947年3月5日第一版
}}}}

== 春茶採摘忙 ==
'''[[作者:周小禾|周小禾]]'''

{A}

== 書屋開放 ==
[[Author:高原|高原]]

{B}

{{{{PD-old}}}}
[[Category:新聲日報]]
"""


def test_a_transcribed_page_has_its_articles() -> None:
    """Template and category are no text, the header says the day, the links who wrote."""
    found = split_page(PAGE, source="a.txt")
    said = [(a.headline, a.body, a.authors, a.date) for a in found]
    assert said == [
        ("春茶採摘忙", A, ("周小禾",), "1947-03-05"),
        ("書屋開放", B, ("高原",), "1947-03-05"),
    ]


@pytest.mark.parametrize(
    ("line", "text", "level", "hint"),
    [
        ("=== 春茶 ===", "春茶", 3, ""),
        ("==春茶==", "春茶", 2, ""),
        ("[[茶園|柳溪茶園]]進入[[採摘]]旺季。", "柳溪茶園進入採摘旺季。", 0, ""),
        ("茶園'''進入'''採摘''旺季''。", "茶園進入採摘旺季。", 0, ""),
        ("茶園<ref>見縣志</ref>進入旺季。", "茶園進入旺季。", 0, ""),
        ("茶園{{註|甲}}進入旺季。", "茶園進入旺季。", 0, ""),
        ("見[http://a.example 柳溪網]。", "見柳溪網。", 0, ""),
        ("* 第一茬", "第一茬", 0, "list"),
        ("[[File:a.jpg|thumb|[[茶園]]]]", "[[File:a.jpg|thumb|[[茶園]]]]", 0, "picture"),
        ("[[分類:報紙]]", "[[分類:報紙]]", 0, "furniture"),
        ("| 1947 || 茶 ||", "| 1947 || 茶 ||", 0, "table"),
        ("茶園<br />進入旺季。", "茶園進入旺季。", 0, ""),
    ],
)
def test_marks_are_no_text(line: str, text: str, level: int, hint: str) -> None:
    """Each character that is left keeps its place."""
    page = read_wikitext(line)
    (block,) = page.blocks
    assert (block.text, block.level, block.hint) == (text, level, hint)
    assert [line[page.place((n, n + 1))[0]] for n in range(1, len(block.text))] == list(block.text[1:])


@pytest.mark.parametrize(
    "text",
    [
        "春茶 == 新茶 ==",
        "a == b\n[[x]]",
        "====\n[[x]]\n",
        "== 春茶 ==\n沒有別的標記。",
        "# 春茶\n\n==重點==，[[茶園]]。",
    ],
)
def test_other_texts_have_no_marks_of_mediawiki(text: str) -> None:
    """A line of equals signs, a comparison, and highlights in Markdown mark no heading."""
    assert not looks_wiki(text)
