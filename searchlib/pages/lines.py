"""A page's text as logical lines: where each stands, how far from the last, and whether it is a heading."""

from __future__ import annotations

import re
import unicodedata

from searchlib.pages.blocks import Block

LINE_WRAP = "\x0b"
"""Stands in `Block.text` for a line end inside a paragraph; never in the page itself, where it ends a line."""

_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(?=\S)")
_FENCES = ("```", "~~~")
_ASCII_MARKS = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code) == " "))

REMEMBERED = 512
"""Lines of which is remembered what they were taken for: a line is asked about several times in a row."""
MIN_COLUMN = 10
"""Fewest characters to a line of a newspaper column; shorter lines of one length are verse."""
SLACK = 2.5
"""Characters by which a full line may be shorter than the column: no line begins with a comma."""
MIN_BOLD = 4
"""Characters that the marks of bold text take."""
INDENT = 2
"""Characters by which the first line of a paragraph is moved in."""


def read_lines(text: str) -> list[Block]:
    r"""
    Cut a text at its line ends and leave the blank lines out.

    Source:
        ATX headings and code fences: CommonMark 0.31, sections 4.2 and 4.5.

    >>> [(line.text, line.gap, line.level) for line in read_lines("## 冬捕\n\n查干湖开网。")]
    [('冬捕', 0, 2), ('查干湖开网。', 1, 0)]
    """
    lines: list[Block] = []
    fenced = False
    place = blank = 0
    for raw in text.splitlines(keepends=True):
        content = raw.strip()
        if not content:
            place += len(raw)
            blank += 1
            continue
        start = place + len(raw) - len(raw.lstrip()) if raw[0] != content[0] else place
        end = start + len(content)
        level = 0
        if content.startswith(_FENCES):
            fenced = not fenced
        elif content[0] == "#" and not fenced and (heading := _HEADING.match(content)):
            level = len(heading.group(1))
            content = content[heading.end() :].rstrip("#").rstrip() or content
        lead = raw[: start - place]
        indented = len(lead) >= INDENT or (lead != "" and lead in "\u3000\t")
        lines.append(Block(start, end, content, blank if lines else 0, level, lead, indented))
        place += len(raw)
        blank = 0
    return lines


def is_set_apart(line: Block) -> bool:
    """Tell whether marks of Markdown make a line a head of its own: hashes, or bold from end to end."""
    return line.level > 0 or (line.text[:2] == "**" == line.text[-2:] and len(line.text) > MIN_BOLD)


def width(text: str) -> float:
    """Return how wide a text is set, in Han characters: Latin letters, digits and spaces take half of one."""
    narrow = text.encode("ascii", "ignore")
    return len(text) - len(narrow.translate(None, _ASCII_MARKS)) / 2 if narrow else len(text)


def is_han(char: str) -> bool:
    """Tell whether a character is written Han, the supplementary planes and 〇 included."""
    return (
        "一" <= char <= "鿿" or "㐀" <= char <= "䶿" or char == "〇" or "\U00020000" <= char <= "\U0003fffd"
    )


def is_word(char: str) -> bool:
    """Tell whether a character belongs to words or numbers, not to punctuation, icons or white space."""
    return is_han(char) or unicodedata.category(char)[0] in "LN"
