"""Which lines sign, or begin with a dateline or an icon, before it is known what they belong to."""

from __future__ import annotations

import re
from functools import lru_cache

from searchlib.pages.blocks import Block
from searchlib.pages.bylines import MAX_BYLINE, parse_byline
from searchlib.pages.fields import find_dateline
from searchlib.pages.lines import REMEMBERED
from searchlib.pages.printed_labels import parse_labelled
from searchlib.pages.shapes import MAY_BE_ICON, icons_end, in_brackets

# Each alternative begins with a character of its own: then the engine looks for those alone.
MAY_SIGN = re.compile(r"讯|电|消息|报道|记者")
MAY_SIGN_BEGINS = re.compile(rf"[(（【［\[{MAY_BE_ICON}]")


def signs(line: Block) -> bool:
    """Return whether a line is a byline, or begins with a dateline or an icon: no inside of a paragraph."""
    text = line.text
    if len(text) > MAX_BYLINE or not (MAY_SIGN.search(text) or MAY_SIGN_BEGINS.match(text)):
        return False
    return _is_sign(text)


@lru_cache(maxsize=REMEMBERED)
def _is_sign(text: str) -> bool:
    if find_dateline(text):
        return True
    if text.count("（") != text.count("）") or text.count("(") != text.count(")"):
        return False
    if icons_end(text):
        return True
    wrapped = in_brackets(text) if text[0] in "(（[【［" else ""
    if not (wrapped or "记者" in text or "通讯员" in text):
        return False
    byline = parse_byline(wrapped or text)
    return byline is not None and (byline.has_role or bool(wrapped))


def is_byline(line: Block) -> bool:
    """Return whether a line signs, with names alone too or behind labels."""
    byline = parse_byline(line.text)
    # 全面展开 may be two names set without a space, and is the end of a head.
    is_sure = byline is not None and (byline.has_role or len(byline.authors) == 1 or " " in line.text)
    return is_sure or signs(line) or parse_labelled(line.text) is not None


def is_marked_head(line: Block) -> bool:
    """Return whether an icon stands before what is no name: a head, which may go on."""
    begin = icons_end(line.text)
    return begin > 0 and not is_byline(line._replace(text=line.text[begin:]))
