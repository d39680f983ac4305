"""Texts that are no newspaper page: an essay or a note stays whole, Markdown is cut at its headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from searchlib.pages.assembly import Draft
from searchlib.pages.lines import Line, is_word
from searchlib.pages.pieces import Piece, Role
from searchlib.pages.shapes import not_a_head

_BLOCK_TAG = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6]|tr|blockquote)>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|br|div|span|strong|b|em|i|u|a|img|font|center|h[1-6]|ul|ol|li|blockquote|table|tbody|tr|td|th)(?:\s[^<>]*)?/?>|&nbsp;",
    re.IGNORECASE,
)
MIN_CONTENTS = 3
"""Headings at least that make a list of contents."""
MAX_NAME_LINE = 12
"""Characters at most of a line with the writer's name, between a title and the text."""
MAX_TITLE = 40
"""Characters at most of a first line that is taken for the title of a text."""


def whole_text(lines: Sequence[Line]) -> Draft:
    """Take all lines as one article; the first is its headline when it is set like one."""
    draft = Draft()
    rest = list(lines)
    if _is_title(lines):
        draft.heads.append(_piece(rest.pop(0), "head", "first line of the text, set like a title"))
    for line in rest:
        draft.body += _text(line, "text that is no newspaper page")
    return draft


def _is_title(lines: Sequence[Line]) -> bool:
    first, *rest = lines
    if not rest or len(first.text) > MAX_TITLE:
        return False
    signed_below = rest[1:] and rest[1].gap > 0 and len(rest[0].text) <= MAX_NAME_LINE
    stands_out = rest[0].gap > 0 or signed_below or bool(not_a_head(rest[0].text))
    return first.level > 0 or (bool(stands_out) and not not_a_head(first.text))


def split_markdown(lines: Sequence[Line]) -> tuple[list[Draft], list[Piece]]:
    """
    Cut Markdown at its headings.

    A heading without text of its own, over a deeper one, is the column of
    the article that follows, or the headline when the deeper one is the only
    one below it. A list of contents at the top is no article.

    Returns:
        The articles, and the list of contents.
    """
    drafts: list[Draft] = [Draft()]
    for place, (line, after) in enumerate(zip(lines, [*lines[1:], None], strict=True)):
        if not line.level:
            drafts[-1].body += _text(line, "text under a heading")
            continue
        goes_on = drafts[-1].heads and line.level > drafts[-1].heads[-1].level and lines[place - 1].level
        if (drafts[-1].body or drafts[-1].heads) and not goes_on:
            drafts.append(Draft())
        if after and after.level > line.level and not _is_subtitle(lines, place):
            drafts[-1].column.append(_piece(line, "column", "heading over a deeper heading"))
        else:
            drafts[-1].heads.append(_piece(line, "head", f"Markdown heading of level {line.level}"))
    drafts = [draft for draft in drafts if draft.pieces()]
    if not (drafts and _lists(drafts[0], drafts[1:])):
        return drafts, []
    reason = "list of contents: says the headings that follow"
    return drafts[1:], [replace(piece, role="contents", reason=reason) for piece in drafts[0].pieces()]


def _is_subtitle(lines: Sequence[Line], place: int) -> bool:
    """Tell whether the heading behind a heading is the only one below that: a headline with its subtitle."""
    level = lines[place].level
    below: list[int] = []
    for line in lines[place + 1 :]:
        if line.level:
            if line.level <= level:
                break
            below.append(line.level)
    peers = sum(1 for line in lines if line.level == level)
    return len(below) == 1 and peers > 1


def _lists(draft: Draft, others: Sequence[Draft]) -> bool:
    """Tell whether a text is a list of contents: it is hardly more than most of the headings that follow."""
    heads = {_bare(piece.text) for other in others for piece in (*other.heads, *other.column)} - {""}
    text = _bare("\n".join(piece.text for piece in draft.body))
    if len(heads) < MIN_CONTENTS or sum(map(len, heads)) * 4 < len(text):
        return False
    return sum(head in text for head in heads) * 2 > len(heads)


def _bare(text: str) -> str:
    return "".join(filter(is_word, text))


def _piece(line: Line, role: Role, reason: str) -> Piece:
    return Piece(line.start, line.end, line.text, role, reason, line.gap, line.level)


def _text(line: Line, reason: str) -> list[Piece]:
    """Return the paragraphs of a line: one, or as many as its HTML says."""
    if "<" not in line.text and "&nbsp;" not in line.text:
        return [_piece(line, "body", reason)]
    pieces: list[Piece] = []
    done = 0
    ends = [m.end() for m in _BLOCK_TAG.finditer(line.text)]
    for end in [*ends, len(line.text)]:
        raw = line.text[done:end]
        if raw.strip():
            bare = _TAG.sub("", raw).strip()
            pieces.append(Piece(line.start + done, line.start + end, bare, "body", reason, line.gap))
        done = end
    return pieces
