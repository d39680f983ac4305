"""What every line of a page was taken for, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from searchlib.pages.splitter import Split, split_text


class PageLine(NamedTuple):
    """
    A line of a text, or the part of it that has one role.

    `line` counts from 1. `start` and `end` are code points of the text.
    `article` is the number of the article that it belongs to, in the order in
    which `split_page` returns them, 0 for what belongs to none.
    """

    line: int
    start: int
    end: int
    role: str
    reason: str
    article: int
    text: str


def explain_page(text: str, *, source: str = "", split: Split = "auto") -> Iterator[PageLine]:
    r"""
    Yield the lines of a text that are not blank, with role, reason and article.

    A line comes several times when its parts have several roles, such as a
    dateline before the text.

    >>> [(line.line, line.role) for line in explain_page("冬捕开网\n本报1月5日讯 查干湖昨日开网。")]
    [(1, 'headline'), (2, 'dateline'), (2, 'body')]
    """
    result = split_text(text, source=source, split=split)
    owners = sorted((span, number) for number, a in enumerate(result.articles, 1) for span in a.spans)
    starts = [start for (start, _), _ in owners]
    pieces = iter(result.pieces)
    piece = next(pieces, None)
    end = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        begin, end = end, end + len(line)
        while piece is not None and piece.start < end:
            first, last = max(begin, piece.start), min(end, piece.end)
            part = text[first:last]
            if part.strip():
                place = bisect_right(starts, first) - 1
                is_owned = place >= 0 and first < owners[place][0][1]
                article = owners[place][1] if is_owned else 0
                yield PageLine(number, first, last, piece.role, piece.reason, article, part.strip())
            if piece.end > end:
                break
            piece = next(pieces, None)
