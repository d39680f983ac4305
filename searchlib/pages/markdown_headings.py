"""Headings of Markdown as people write them: with a wide space or none, closed, named, in a row of links."""

from __future__ import annotations

import re

_LOOKS_MARKED = re.compile(r"^(?:\ufeff?(?:---|\+\+\+)[ \t]*\r?$| {0,3}#{1,6}[ \t\u3000]+\S)", re.MULTILINE)
_HEADING_MARK = re.compile(r"[ \t]{0,3}#{1,6}[ \t\u3000]+|[ \t]{0,3}#{1,6}(?=[^\s#])")
_WIDE_HEADING = re.compile(r"^[ \t]{0,3}(?P<marks>#{1,6})\u3000+(?=\S)", re.MULTILINE)
_WIDE = r"[\u2018-\u201d\u2e80-\ua4cf\uff00-\uffef]"
_TIGHT_HEADING = re.compile(
    rf"(?:\A(?!#[^#\n]*#[^#\n])|^(?=##))[ \t]{{0,3}}(?P<marks>#{{1,6}})(?={_WIDE})", re.MULTILINE
)
"""
A heading without a space: ##春茶上市.

One hash is a heading in the first line alone; elsewhere it marks a word: #春茶, #春茶#.
"""
_NO_SPACE = re.compile(f"#{_WIDE}")  # an ideographic space is wide too
_HEADING = re.compile(r"(?P<lead>[ \t]*)(?P<marks>#{1,6})(?:[ \t]|$)")
MAX_LEAD = 3
"""Spaces before a heading at most that follows a line of a paragraph."""
_CLOSING_MARK = re.compile(r"(?:[ \t]+|(?<=[^\s#\x21-\x7e]))#+[ \t]*$")
"""Hashes that close a heading; behind a Han character without a space too, not those of C#."""
_HEADING_NAME = re.compile(r"[ \t]*\{:?[ \t]*[#.][^{}]*\}$")
"""What names a heading for links, or its style: {#spring}, {: .wide}."""
_INDENTED_CODE = re.compile(r"(?: {4}|\t).*#")
"""A line of indented code that would be a heading; other code is text, as Chinese paragraphs are indented."""
_LINK = (
    r"(?:\*\*|__|\*|_)?!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]"
    r"\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)(?:\*\*|__|\*|_)?"
)
_ONE_LINK = re.compile(_LINK)
_LINK_ROW = re.compile(
    rf"(?:(?:[\s|｜·•/«»>\-—:：]|&nbsp;|&emsp;|<br\s*/?>)*{_LINK}){{2,}}(?:[\s|｜·•/«»>\-—]|&nbsp;|<br\s*/?>)*"
)
"""A line of nothing but links: the way to other pages of the site."""


def looks_marked(text: str) -> bool:
    """Return whether a text has a heading of Markdown, or front matter."""
    return ("#" in text or text.lstrip("\ufeff")[:3] in {"---", "+++"}) and _LOOKS_MARKED.search(
        text
    ) is not None


def with_spaces(text: str) -> str:
    """Return a text with a space behind the hashes of its headings, where a wide one is or none."""
    if not _NO_SPACE.search(text):
        return text
    return _TIGHT_HEADING.sub(r"\g<marks> ", _WIDE_HEADING.sub(r"\g<marks> ", text))


def level_of(line: str, *, in_paragraph: bool) -> int:
    """Return the level of the heading that a line is, 0 for none."""
    heading = _HEADING.match(line) if "#" in line else None
    if heading is None or (in_paragraph and len(heading["lead"].expandtabs(4)) > MAX_LEAD):
        return 0
    return len(heading["marks"])


def is_indented_code(line: str) -> bool:
    """Return whether a line with hashes is indented as code is."""
    return _INDENTED_CODE.match(line) is not None


def end_of_mark(line: str, since: int) -> int:
    """Return where the hashes of a heading end that begin at a place; the place itself where none do."""
    mark = _HEADING_MARK.match(line, since)
    return mark.end() if mark else since


def without_closing(text: str) -> str:
    """Return the text of a heading without the hashes that close it, and its name for links."""
    if text.endswith("#") and (closing := _CLOSING_MARK.search(text)):
        text = text[: closing.start()]
    if text.endswith("}") and (named := _HEADING_NAME.search(text)):
        text = text[: named.start()]
    return text


def is_link(text: str) -> bool:
    """Return whether a text is one link from end to end."""
    return _ONE_LINK.fullmatch(text) is not None


def is_row_of_links(text: str) -> bool:
    """Return whether a text is nothing but links."""
    return "](" in text and _LINK_ROW.fullmatch(text) is not None
