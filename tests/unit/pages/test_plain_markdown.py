"""Markdown of headings and paragraphs alone is read without the parser, as the parser reads it."""

from __future__ import annotations

import random
import re

import pytest

from searchlib.pages import markdown
from searchlib.pages.blocks import Page

_LINES = (
    *(
        "# 春茶",
        "## 采茶",
        "#无空",
        "####### 七",
        "    # 缩进",
        "\t# 制表",
        "  \t# 两样",
        " # 一空",
        "#",
        "# ",
    ),
    *("#\u3000宽", "## 标 ##", "茶园开采。", "　　茶农说。", "", "", "   ", "\u3000", "**粗** 文", "*斜* 文"),
    *("1月5日", "12.5", "2.5亿", "![图](a.png)", "[采茶](b)", "a\x0bb", "a\x0cb", "_x_ y", "\\# 转", "`码`"),
    *("a | b", "&amp;", "+3", "·点", "***粗***", "#茶\0园"),
)
_STRUCTURED = (
    "> 引",
    "- 一",
    "* 一",
    "+ 一",
    "1. 一",
    "2) 二",
    "---",
    "===",
    "***",
    "_ _ _",
    "```",
    "~~~",
    "<p>",
    "| a |",
)


def read(text: str, monkeypatch: pytest.MonkeyPatch, *, by_parser: bool) -> Page:
    """Read a text with the parser, or where it needs none without it."""
    with monkeypatch.context() as patch:
        if by_parser:
            patch.setattr(markdown, "_STRUCTURE", re.compile(""))
        else:
            patch.setattr(markdown, "_parser", lambda: pytest.fail("the parser is asked"))
        return markdown.read_markdown(text)


def test_headings_and_paragraphs_are_what_the_parser_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order of the lines."""
    rng = random.Random(20240305)
    for _ in range(1500):
        text = "\n".join(rng.choice(_LINES) for _ in range(rng.randrange(1, 9)))
        assert read(text, monkeypatch, by_parser=False) == read(text, monkeypatch, by_parser=True), text


@pytest.mark.parametrize("line", _STRUCTURED)
@pytest.mark.parametrize("lead", ["", "  "])
def test_all_else_is_for_the_parser(line: str, lead: str) -> None:
    """Quotes, lists, rules, fences, tables and HTML."""
    assert markdown._STRUCTURE.search(f"# 春茶\n\n茶园开采。\n{lead}{line}\n完。")
