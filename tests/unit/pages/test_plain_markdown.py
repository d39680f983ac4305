"""Markdown of headings and paragraphs alone is read without the parser, as the parser reads it."""

from __future__ import annotations

import random
import re

import pytest

from searchlib.frozen import replace
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
_MARKED = (
    *(
        "【春茶上市】柳溪镇昨日举行开园仪式。",
        "{{< 图 >}}",
        "[1]: a.html",
        "[采茶](b) [制茶](c)",
        "<br>茶<br>园",
        "$E=mc^2$",
    ),
    *(
        "<|ref|>title<|/ref|><|det|>[[1]]<|/det|>春茶",
        "<|ref|>image<|/ref|><|det|>[[1]]<|/det|>",
        "==亮== ~~删~~",
    ),
    *("2^10", "a=b", "！茶", "\u200b", "\ufeff茶园", "茶\xa0", "\u2003\u2003茶农。", "\t茶农。"),
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


def told(page: Page) -> tuple[Page, list[int]]:
    """Return all that a page tells: where each of its characters was read too."""
    return replace(page, places=None), [page.place((at, at))[0] for at in range(len(page.text) + 1)]


def test_headings_and_paragraphs_are_what_the_parser_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the order of the lines."""
    rng = random.Random(20240305)
    for _ in range(1500):
        text = "\n".join(rng.choice(_LINES) for _ in range(rng.randrange(1, 9)))
        plain, parsed = (read(text, monkeypatch, by_parser=by_parser) for by_parser in (False, True))
        assert told(plain) == told(parsed), text


def test_rules_between_paragraphs_are_what_the_parser_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dashes below a blank line divide, whatever is around them; right below a line they underline it."""
    rng = random.Random(20240307)
    for _ in range(1500):
        lines = [rng.choice((*_LINES, "---", "-----  ", "---\n" + rng.choice(_LINES))) for _ in range(5)]
        text = "# 春茶\n\n" + "\n\n".join(lines)
        plain, parsed = (read(text, monkeypatch, by_parser=by_parser) for by_parser in (False, True))
        assert told(plain) == told(parsed), text
    assert markdown._STRUCTURE.search("\n# 春茶\n茶园开采。\n---\n完。")
    assert markdown._STRUCTURE.search("\n# 春茶\n\n- --\n完。")


def test_a_line_without_marks_is_text_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not looked at for marks is what the rules for marks make of it."""
    rng = random.Random(20240306)
    for _ in range(1500):
        text = "\n".join(rng.choice(_LINES + _MARKED) for _ in range(rng.randrange(1, 9)))
        page = markdown.read_markdown(text)
        with monkeypatch.context() as patch:
            patch.setattr(markdown, "_MAY_BE_MARKED", re.compile(""))
            assert told(markdown.read_markdown(text)) == told(page), text


@pytest.mark.parametrize("line", _STRUCTURED)
@pytest.mark.parametrize("lead", ["", "  "])
def test_all_else_is_for_the_parser(line: str, lead: str) -> None:
    """Quotes, lists, rules, fences, tables and HTML."""
    assert markdown._STRUCTURE.search(f"# 春茶\n\n茶园开采。\n{lead}{line}\n完。")


@pytest.mark.parametrize("by_parser", [False, True])
@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("看 [茶园\n导览](a.html)。", ["看 茶园导览。"]),
        ("看 [Tea\nGarden](a.html) 的介绍\n第二行。", ["看 Tea Garden 的介绍", "第二行。"]),
        ("[采\n茶\n机](a.html)怎么用？", ["采茶机怎么用？"]),
        ("一次见[茶园\n导览](a)，二次见[书\n屋](b)。", ["一次见茶园导览，二次见书屋。"]),
        ("前 [![茶 tea\n园](a.png)](b.html) 后", ["前  后"]),
        ("数组 [1, 2\n后一行](a)", ["数组 1, 2后一行"]),
        ("数组 [1, 2\n后一行没有括号", ["数组 [1, 2", "后一行没有括号"]),
        ("未完 [茶园\n另有 [书屋](b)", ["未完 [茶园", "另有 书屋"]),
        ("未完 [茶园\n\n导览](b)", ["未完 [茶园", "导览](b)"]),
        ("注 [1]\n看 [书屋](b)", ["注 [1]", "看 书屋"]),
        ("茶 [一\n二\n三\n四\n五](b)", ["茶 [一", "二", "三", "四", "五](b)"]),
    ],
)
def test_a_link_may_go_on_in_the_next_line(
    text: str, blocks: list[str], monkeypatch: pytest.MonkeyPatch, *, by_parser: bool
) -> None:
    """Its words are one text, in which a line that was broken leaves no break."""
    page = read(text, monkeypatch, by_parser=by_parser)
    assert [block.text for block in page.blocks] == blocks
    for block in page.blocks:
        start, end = page.place((block.start, block.end))
        assert text[start] in {block.text[0], "["}
        assert text[start:end].strip() == text[start:end]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize(
    "text", ["# 春茶\n\n茶园\x0b开采。\n　　茶农\u2028说。\n", "\n\n茶\n\n\n- 园\n- 农", "茶", "\n"]
)
def test_lines_end_as_files_end_them(text: str, end: str) -> None:
    """With line feeds, carriage returns or both; other characters that end a line elsewhere do not."""
    page, other = markdown.read_markdown(text), markdown.read_markdown(text.replace("\n", end))
    assert other.text == page.text
    assert other.blocks == page.blocks
    written = text.replace("\n", end)
    for block in other.blocks:
        start, stop = other.place((block.start, block.end))
        assert written[start:stop].lstrip("# -") == block.text
