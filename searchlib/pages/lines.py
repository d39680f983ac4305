"""A page's text as logical lines: where each stands, how far from the last, and whether it is a heading."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import attrgetter, itemgetter

from searchlib.pages.blocks import NO_HINTS, Block

_HEADING = re.compile(r"(#{1,6})[ \t\u3000]+(?=\S)")
_SHEET_NUMBER = re.compile(r"[-—–·.\s]*第?\s*(?:\d{1,4}|[A-Z]\d{1,2})\s*[页版]?[-—–·.\s]*(?:/\s*\d{1,4})?")
_ENDS_SENTENCE = re.compile(r"[。！？!?…；;：:][”’』」\"'）)]*$")
_lead_of = attrgetter("lead")
_text_of = attrgetter("text")
_first = itemgetter(0)
_block = tuple.__new__  # a third of what the constructor with its defaults takes
QUOTES = frozenset('“‘「『《〈"')
_NO_LEAD = Block(0, 0, "")[4:]
_FENCES = ("```", "~~~")
_MARKS = frozenset("`~#")
_ASCII_MARKS = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code) == " "))
_MARKS_IN_LINES = _ASCII_MARKS.replace(b"\n", b"")

REMEMBERED = 512
"""Lines of which is remembered what they were taken for: a line is asked about several times in a row."""
MIN_COLUMN = 10
"""Fewest characters to a line of a newspaper column; shorter lines of one length are verse."""
SLACK = 2.5
"""Characters by which a full line may be shorter than the column: no line begins with a comma."""
MIN_BOLD = 4
"""Characters that the marks of bold text take."""
MOSTLY = 0.9
"""Share of the lines of a text, from which white space before them is a margin."""
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
    blank = 0
    turned = False
    has_sheets = "\f" in text
    raws = text.splitlines(keepends=True)
    places = accumulate(map(len, raws), initial=0)
    for raw, stripped, place in zip(raws, map(str.strip, raws), places, strict=False):
        if not stripped:
            blank += 1
            turned |= has_sheets and "\f" in raw
            continue
        content = stripped
        first = content[0]
        if raw[0] == first and first not in _MARKS and not has_sheets:
            gap = blank if lines else 0
            lines.append(_block(Block, (place, place + len(content), content, gap, *_NO_LEAD)))
            blank = 0
            continue
        lead = "" if raw[0] == first else raw[: len(raw) - len(raw.lstrip())]
        start = place + len(lead) if lead else place
        end = start + len(content)
        level = 0
        if first in _MARKS:
            if content.startswith(_FENCES):
                fenced = not fenced
            elif first == "#" and not (fenced or _is_code(raw)) and (heading := _HEADING.match(content)):
                level = len(heading.group(1))
                content = content[heading.end() :].rstrip("#").rstrip() or content
        indented = bool(lead) and is_indent(lead)
        goes_on = False
        if has_sheets:
            if (turned or "\f" in lead) and lines:
                goes_on = _turn(lines)
                blank = 0 if goes_on and not lines[-1].hint else max(blank, 1)
            turned = raw.endswith("\f")
        gap = blank if lines else 0
        lines.append(_block(Block, (start, end, content, gap, level, lead, indented, *NO_HINTS)))
        if goes_on and blank:
            lines[-1] = lines[-1]._replace(goes_on=True)
        blank = 0
    return _without_margin(lines)


def is_indent(lead: str) -> bool:
    """Return whether the white space before a line is as much as before the first one of a paragraph."""
    return len(lead) >= INDENT or (lead != "" and lead in "\u3000\t")


def _is_code(raw: str) -> bool:
    """Return whether a line is indented as code is: what begins with # there is a comment or a command."""
    return raw.startswith(("    ", "\t"))


def _without_margin(lines: list[Block]) -> list[Block]:
    """
    Take the spaces that nearly all lines begin with for a margin, which is no indent.

    Where they are the indents of paragraphs of one line each, these end with a sentence.
    """
    if not any(map(_lead_of, lines)):
        return lines
    kept = [line for line in lines if line.lead[:1] == " "]
    if len(kept) < len(lines) * MOSTLY or not kept:
        return lines
    margin = sorted(columns(line.lead) for line in kept)[int(len(kept) * (1 - MOSTLY))]
    at_margin = [line for line in kept if columns(line.lead) < margin + INDENT]
    cut = sum(not ends_sheet(line.text) for line in at_margin)
    if len(at_margin) == len(kept) or cut * 2 < len(at_margin):
        return lines
    return [
        line._replace(indented=columns(line.lead) - margin >= INDENT) if line.lead else line for line in lines
    ]


def columns(lead: str) -> int:
    """Return how many columns the white space before a line takes: two for an ideographic space."""
    return len(lead) + lead.count("\u3000") + 3 * lead.count("\t")


def _turn(lines: list[Block]) -> bool:
    """
    Mark the page number before a form feed; return whether the text over it goes on behind.

    A form feed ends a sheet; a sentence that it cuts has its other half on the next.
    """
    place = len(lines) - 1
    if place and _SHEET_NUMBER.fullmatch(lines[place].text):
        lines[place] = lines[place]._replace(hint="furniture")
        place -= 1
    return not ends_sheet(lines[place].text) and not lines[place].level


def ends_sheet(text: str) -> bool:
    """Return whether a text over the end of a sheet ends there: with a sentence, or with a colon."""
    return _ENDS_SENTENCE.search(text) is not None


def is_set_apart(line: Block) -> bool:
    """Return whether marks of Markdown make a line a head of its own: hashes, or bold from end to end."""
    return line.level > 0 or (line.text[:2] == "**" == line.text[-2:] and len(line.text) > MIN_BOLD)


def first_characters(blocks: Iterable[Block]) -> str:
    """
    Return the first character of each block: a place in them is that of a block.

    One pattern over these says of a whole page which of its lines may be of some kind.
    """
    return "".join(map(_first, map(_text_of, blocks)))


def width(text: str) -> float:
    """Return how wide a text is set, in Han characters: Latin letters, digits and spaces take half of one."""
    narrow = text.encode("ascii", "ignore")
    return len(text) - len(narrow.translate(None, _ASCII_MARKS)) / 2 if narrow else len(text)


def widths(texts: Sequence[str]) -> list[float]:
    """Return the width of each line, all of them measured at once."""
    narrow = "\n".join(texts).encode("ascii", "ignore").translate(None, _MARKS_IN_LINES).split(b"\n")
    if len(narrow) != len(texts):
        return list(map(width, texts))
    return [len(text) - len(halves) / 2 for text, halves in zip(texts, narrow, strict=True)]


def lines_with(pattern: re.Pattern[str], texts: Sequence[str]) -> set[int]:
    """Return the places of the lines in which a pattern is found that matches no line end."""
    ends = list(accumulate([len(text) + 1 for text in texts]))
    return {bisect_right(ends, found.start()) for found in pattern.finditer("\n".join(texts))}


def is_han(char: str) -> bool:
    """Return whether a character is written Han, the supplementary planes and 〇 included."""
    return (
        "一" <= char <= "鿿" or "㐀" <= char <= "䶿" or char == "〇" or "\U00020000" <= char <= "\U0003fffd"
    )


def begins_prose(text: str) -> bool:
    """Return whether a text begins with a Han character, or with a quotation mark before one."""
    return is_han(text[0]) or (text[0] in QUOTES and is_han(text[1:2]))


def is_word(char: str) -> bool:
    """Return whether a character belongs to words or numbers, not to punctuation, icons or white space."""
    return is_han(char) or unicodedata.category(char)[0] in "LN"
