"""
Sentences that go over a page's end: the pages of a text are put together where one does.

Pages end at a form feed, as pdftotext writes it. Where the last line of a page is
full and ends no sentence, what is between it and the next page's first line
(the page's number, a running head) becomes blanks. The text keeps its length, so
that offsets stay what they are.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

FORM_FEED = "\f"

_NUMBER = re.compile(
    r"[-–—·.•~\s]*(?:第\s*)?(?:[0-9]{1,4}|[ivxlc]{1,6}|[〇零一二三四五六七八九十百]{1,5})\s*(?:页|頁|[/／]\s*[0-9]{1,4}|of\s+[0-9]{1,4})?"
    r"(?:\s*[,，/／]?\s*共\s*[0-9]{1,4}\s*[页頁])?[-–—·.•~\s]*|(?:page|p\.?)\s*[0-9]{1,4}(?:\s*(?:/|of)\s*[0-9]{1,4})?",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[。！？!?….:：；;][”’」』）)\"']*$")
_DIGITS = re.compile(r"[0-9０-９〇零一二三四五六七八九十]+")
_INDENT = re.compile(r"\u3000|  |\t")
_MIN_LINES = 3
"""Lines of a page from which its width shows."""
_FULL = 0.8
"""Length of a full line at least, as a share of the page's longest."""
_MAX_HEAD = 60
"""Characters of a running head at most."""
_MAX_FURNITURE = 3
"""Lines at a page's end that are looked at for its number and running head."""


class _Line(NamedTuple):
    start: int
    end: int
    text: str


def join_pages(text: str) -> str:
    r"""
    Return a text of pages in which a sentence goes on over a page's end; of the same length.

    >>> page = "今年以来镇里把茶园管护摆在\n重要位置统筹推进各项工作取\n得了明显成效全市召开党建引"
    >>> join_pages(f"{page}\n\n1\n\f领基层治理工作会议").split("\n")[2:]
    ['得了明显成效全市召开党建引    ', '领基层治理工作会议']
    """
    if FORM_FEED not in text:
        return text
    pages = _pages(text)
    heads = _find_repeated([page[0] for page in pages if page])
    feet = _find_repeated([page[-1] for page in pages if page])
    pieces = []
    done = 0
    for page, after in pairwise(pages):
        body = _without(page[::-1], feet)[::-1]
        following = _without(after, heads)
        if len(body) < _MIN_LINES or not following:
            continue
        last, first = body[-1], following[0]
        if _goes_on(last, first, body):
            pieces += [text[done : last.end], " " * (first.start - last.end - 1), "\n"]
            done = first.start
    pieces.append(text[done:])
    return "".join(pieces)


def _pages(text: str) -> list[list[_Line]]:
    pages: list[list[_Line]] = []
    place = 0
    for page in text.split(FORM_FEED):
        lines = []
        for line in page.split("\n"):
            if line.strip():
                lines.append(_Line(place, place + len(line), line))
            place += len(line) + 1
        pages.append(lines)
    return pages


def _find_repeated(lines: list[_Line]) -> set[str]:
    """Return what is at the same end of several pages, numbers aside."""
    counts = Counter(_DIGITS.sub("#", line.text.strip()) for line in lines if len(line.text) <= _MAX_HEAD)
    return {head for head, count in counts.items() if count * 2 > len(lines) > 1}


def _without(lines: list[_Line], furniture: set[str]) -> list[_Line]:
    """Return lines without the numbers and running heads that they begin with."""
    place = 0
    while place < min(len(lines), _MAX_FURNITURE):
        plain = lines[place].text.strip()
        if not (_NUMBER.fullmatch(plain) or _DIGITS.sub("#", plain) in furniture):
            break
        place += 1
    return lines[place:]


def _goes_on(last: _Line, first: _Line, page: list[_Line]) -> bool:
    full = max(len(line.text.strip()) for line in page) * _FULL
    is_open = len(last.text.strip()) >= full and not _ENDS.search(last.text.rstrip())
    return is_open and not _INDENT.match(first.text) and first.start - last.end > 0
