"""What every line of a page was taken for, and why."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from searchlib.frozen import replace
from searchlib.pages.blocks import Block, Page
from searchlib.pages.splitter import PageSplit, Split, read_text, split_blocks

_MARK = "a mark without a text"


class PageLine(NamedTuple):
    """
    A line of a text, or the part of it that has one role.

    `line` counts from 1. `start` and `end` are code points of the text.
    `article` is the number of the article that it belongs to, in the order in
    which `split_page` returns them, 0 for what belongs to none. `hints` is what the
    format says of the block: `level 2`, `size 1.8`, `caption`. `taken_for` is what the
    whole text was taken for, and why: `digest: headings below one without a text`.
    """

    line: int
    start: int
    end: int
    role: str
    reason: str
    article: int
    text: str
    hints: str = ""
    taken_for: str = ""


def explain_page(text: str, *, source: str = "", split: Split = "auto") -> Iterator[PageLine]:
    r"""
    Yield the lines of a text that are not blank, with role, reason and article.

    A line comes several times when its parts have several roles, such as a
    dateline before the text. A mark of a format with no text after it, such as an
    empty line of a quote, is furniture.

    >>> [(line.line, line.role) for line in explain_page("冬捕开网\n本报1月5日讯 查干湖昨日开网。")]
    [(1, 'headline'), (2, 'dateline'), (2, 'body')]
    """
    page = read_text(text, source)
    yield from _explain(text, page, split_blocks(page, source=source, split=split))


def explain_blocks(page: Page, *, source: str = "", split: Split = "auto") -> Iterator[PageLine]:
    """Yield the lines of a page of blocks as `explain_page` does; offsets are those of `page.text`."""
    plain = replace(page, places=None)
    yield from _explain(page.text, plain, split_blocks(plain, source=source, split=split))


def _hints(block: Block) -> str:
    """Say in a few words what the format tells of a block."""
    said = [
        block.hint,
        f"level {block.level}" if block.level else "",
        f"size {block.size:g}" if block.size else "",
        "bold" if block.is_bold else "",
        f"sheet {block.sheet + 1}" if block.sheet else "",
    ]
    return ", ".join(filter(None, said))


def _explain(text: str, page: Page, result: PageSplit) -> Iterator[PageLine]:
    hints = [(page.place((block.start, block.end))[0], _hints(block)) for block in page.blocks]
    begins = [place for place, _ in hints]
    owners = sorted((span, number) for number, a in enumerate(result.articles, 1) for span in a.spans)
    starts = [start for (start, _), _ in owners]
    plan = f"{result.plan.kind}: {result.plan.reason}" if result.plan else ""
    pieces = iter(result.pieces)
    piece = next(pieces, None)
    end = 0

    def part(number: int, first: int, last: int, role: str, reason: str) -> Iterator[PageLine]:
        """Yield the part of a line, if it is not blank."""
        held = text[first:last].strip()
        if held:
            place = bisect_right(starts, first) - 1
            is_owned = place >= 0 and first < owners[place][0][1]
            article = owners[place][1] if is_owned else 0
            block = bisect_right(begins, first) - 1
            said = hints[block][1] if block >= 0 else ""
            yield PageLine(number, first, last, role, reason, article, held, said, plan)

    for number, line in enumerate(text.splitlines(keepends=True), 1):
        begin, end = end, end + len(line)
        done = begin
        while piece is not None and piece.start < end:
            first, last = max(begin, piece.start), min(end, piece.end)
            yield from part(number, done, first, "furniture", _MARK)
            yield from part(number, first, last, piece.role, piece.reason)
            done = last
            if piece.end > end:
                break
            piece = next(pieces, None)
        yield from part(number, done, end, "furniture", _MARK)
