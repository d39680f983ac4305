"""Lines that were broken to fit a column become paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from searchlib.pages.blocks import LINE_WRAP, Block
from searchlib.pages.bylines import parse_byline, tells_task
from searchlib.pages.columns import ENDS, FILLS, OVER, SENTENCE_ENDS, Column, column_of
from searchlib.pages.fields import find_dateline
from searchlib.pages.furniture import end_of_continuation, read_furniture
from searchlib.pages.head_lines import LEAD_LINES, MAX_HEAD_LINES, second_lines
from searchlib.pages.healing import join_lines
from searchlib.pages.line_signs import MAY_SIGN, MAY_SIGN_BEGINS, is_byline, is_marked_head, signs
from searchlib.pages.lines import first_characters, lines_with, read_lines
from searchlib.pages.roles import MAX_NAMES, classify
from searchlib.pages.shapes import (
    icons_end,
    in_brackets,
    not_a_head,
    starts_subtitle,
)
from searchlib.pages.signing import byline_before
from searchlib.pages.unlooked import are_plain

_indented_of = attrgetter("indented")
_BREAKS = "\n\r\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_MAY_BE_CAPTION = re.compile(r"[摄图▲△▼▽]")
_CREDIT_ENDS = ("摄", "摄）", "摄)", "供图", "供图）")
_MAY_END = SENTENCE_ENDS | {ends[-1] for ends in _CREDIT_ENDS}
"""With one of these ends a line that may be the last of a paragraph."""

_PUNCTUATION = SENTENCE_ENDS | frozenset("，、；：,;:⋯")
MOST_MARKED = 3
"""Where an edge has cut the full lines, at most one in this many ends with punctuation."""
SEVERAL_LINES = 2
"""Lines of a paragraph from which the next line is inside of it, where nothing is against it."""
MAX_PARAGRAPH_LINES = 50
"""Lines to a paragraph, on the average, at most where first lines are moved in."""
MIN_HEAD_COLUMN = 20
"""Characters to a line from which most heads fit one; a full line of a narrower column is cut."""


def reflow(lines: Sequence[Block], page: str) -> list[Block]:
    """
    Join the lines of paragraphs that were broken at the column's width, and of heads set in two lines.

    Broken text shows itself: in blocks of lines without blank ones between,
    nearly all lines but the last are of one length, and sentences do not end
    where lines do. Text in which each line is a paragraph comes back as it is.

    Returns:
        Lines whose `text` has `LINE_WRAP` where the page has a line end.
    """
    column = column_of(lines)
    if column is not None:
        wrapped = _with_wraps(page)
        lines = [_join(paragraph, wrapped) for paragraph in _paragraphs(lines, column)]
    return _join_heads(lines, page)


def unbroken(text: str) -> str:
    r"""
    Return a text with the lines of its paragraphs joined where a column's edge cut them; any other as it is.

    >>> unbroken("查干湖位于吉林省西北部，是全国十大淡水湖\n之一，每年冬季都有冬捕。\n大家都来看。")
    '查干湖位于吉林省西北部，是全国十大淡水湖之一，每年冬季都有冬捕。\n大家都来看。'
    """
    lines = read_lines(text)
    column = column_of(lines)
    if column is None:
        return text
    full = [line.text[-1] for line in lines if column.is_full(line)]
    if sum(map(_PUNCTUATION.__contains__, full)) * MOST_MARKED > len(full):
        return text  # who wrote it ended the lines
    return "\n".join(
        join_lines(text[paragraph[0].start : paragraph[-1].end].replace("\n", LINE_WRAP))
        for paragraph in _paragraphs(lines, column)
    )


def _paragraphs(lines: Sequence[Block], column: Column) -> list[Sequence[Block]]:
    begins = _BrokenLines(lines, column).paragraphs()
    return [lines[first:end] for first, end in pairwise([*begins, len(lines)])]


class _BrokenLines:
    """
    The lines of a page that an edge has cut, each called by its place, and where the paragraphs begin.

    `plain` says which neither sign nor are furniture, `may_sign` which have what each that signs
    has at least, `marks` and `fulls` which run to the column's edge.
    """

    def __init__(self, lines: Sequence[Block], column: Column) -> None:
        self.lines = lines
        self.column = column
        texts = [line.text for line in lines]
        self.plain = are_plain(texts)
        begins = {begin.start() for begin in MAY_SIGN_BEGINS.finditer(first_characters(lines))}
        self.may_sign = begins | lines_with(MAY_SIGN, texts)
        self.marks = column.marks_of(lines)
        self.fulls = [
            mark & FILLS > 0 and (not mark & OVER or bool(not_a_head(text)))
            for mark, text in zip(self.marks, texts, strict=True)
        ]
        self.uses_indents = sum(map(_indented_of, lines)) * MAX_PARAGRAPH_LINES > len(lines)
        self.joins_full = column.size < MIN_HEAD_COLUMN or not (self.uses_indents and self._has_decks())

    def paragraphs(self) -> list[int]:
        """Return the places of the first lines of paragraphs."""
        lines, column, uses_indents = self.lines, self.column, self.uses_indents
        first = 0
        begins: list[int] = []
        full = False
        may_close = any(in_brackets(lines[place].text) and self._signs(place) for place in self.may_sign)
        closed = may_close
        heads_end = 0
        cuts_headings = not any(column.is_over(line) for line in lines if line.level)
        for place, line in enumerate(lines):
            is_set_off = line.gap > 0 or line.level > 0 or (line.indented and uses_indents)
            if full and not (closed or is_set_off) and place >= heads_end and self._is_inside(first, place):
                full = self.fulls[place]
                continue
            in_heads = place < heads_end and not line.gap
            at_gap = line.gap > 0 or not place
            over = not (at_gap or (uses_indents and line.indented)) and self._is_over(first, place)
            if not (in_heads or line.indented) and (uses_indents if at_gap else over):
                heads_end = self._heads_end(place)
            if in_heads:
                text = lines[heads_end : heads_end + LEAD_LINES]
                full = _head_goes_on(lines[place - 1], line, text, column, joins_full=self.joins_full)
            elif closed and full and not line.gap and self.marks[place] & FILLS:
                full = not _ends_head(lines[first:place], lines[place : place + LEAD_LINES], column)
            starts = not full or is_set_off
            below_heading = place > 0 and lines[place - 1].level > 0
            if not (starts or in_heads or below_heading):
                starts = place < heads_end or self._starts_anew(first, place, over=over)
            goes_on = cuts_headings and below_heading and not (is_set_off or line.indented)
            if goes_on and (uses_indents or self._ends_soon(place)) and self._goes_on_from_heading(place):
                starts = below_heading = False
            if starts or below_heading:
                closed = may_close and (not place or _closes(lines[place - 1].text, closed=closed))
                begins.append(place)
                first = place
            full = self.fulls[place]
        return begins

    def _signs(self, place: int) -> bool:
        return place in self.may_sign and signs(self.lines[place])

    def _has_posts(self, place: int) -> bool:
        """Return whether a short line names people with what they are or did: 撰文 周小禾."""
        text = self.lines[place].text
        byline = parse_byline(text) if len(text) <= MAX_NAMES else None
        return byline is not None and (byline.has_role or tells_task(text))

    def _is_inside(self, first: int, place: int) -> bool:
        """Return whether a line goes on with several full ones: neither it nor the last is against it."""
        if place - first < SEVERAL_LINES or self.lines[place].indented:
            return False
        return self.lines[place - 1].text[-1] not in _MAY_END and not self._signs(place)

    def _is_furniture(self, place: int) -> bool:
        return not self.plain[place] and read_furniture(self.lines[place].text) is not None

    def _is_over(self, first: int, place: int) -> bool:
        """Return whether the paragraph before a line may end here: behind a sentence, or it is furniture."""
        return self.marks[place - 1] & ENDS > 0 or (place - first == 1 and self._is_furniture(first))

    def _starts_anew(self, first: int, place: int, *, over: bool) -> bool:
        """Return whether something new begins behind a full line, though nothing is between."""
        line, before = self.lines[place], self.lines[place - 1]
        may_be = not self.plain[place]
        if (may_be and self._signs(place)) or (place - first == 1 and self._ends_alone(place)):
            return True
        if before.text.endswith(_CREDIT_ENDS) and _is_caption(before):
            return True
        if not over:
            return False
        if (may_be and _is_caption(line)) or (place - first == 1 and self._is_furniture(first)):
            return True
        is_head = not self.marks[place] & FILLS and not not_a_head(line.text) and self._stands_alone(place)
        return is_head or self._is_furniture(place)

    def _ends_alone(self, place: int) -> bool:
        """Return whether the one line before a line signs, or is a head over a subtitle or byline here."""
        line, before = self.lines[place], self.lines[place - 1]
        if self.uses_indents and before.indented:
            return False  # the text below a byline would be moved in as well
        if not self.plain[place - 1] and self._signs_alone(place - 1):
            return not (is_marked_head(before) and self._ends_soon(place))
        return not not_a_head(before.text) and (starts_subtitle(line.text) or self._has_posts(place))

    def _goes_on_from_heading(self, place: int) -> bool:
        """
        Return whether a line goes on with the Markdown heading over it, which ends at the column's edge.

        闭幕 is a name as well, but not if the text says it with the heading's last character.
        """
        heading, line = self.lines[place - 1], self.lines[place]
        if not self.column.cuts_heading(heading):
            return False
        if starts_subtitle(line.text) or end_of_continuation(line.text):
            return False
        if not is_byline(line):
            return True
        return not self._signs(place) and _says(heading, self.lines[place : place + LEAD_LINES])

    def _stands_alone(self, place: int) -> bool:
        """Return whether nothing goes on with a line: what is behind it is set apart, or signs."""
        if place + 1 == len(self.lines):
            return True
        after = self.lines[place + 1]
        return bool(after.gap or after.indented or after.level) or self._signs(place + 1)

    def _ends_soon(self, place: int) -> bool:
        """Return whether the rest of a head is here, one line or two, and nothing else goes on with it."""
        if self._stands_alone(place):
            return True
        is_rest = self.marks[place] & FILLS and not self.marks[place + 1] & ENDS
        return bool(is_rest) and self._stands_alone(place + 1)

    def _signs_alone(self, place: int) -> bool:
        """Return whether a line signs, and the text goes on behind no dateline, and no 记者 周小禾 报道."""
        text = self.lines[place].text
        return self._signs(place) and not (find_dateline(text[icons_end(text) :]) or byline_before(text, 0))

    def _heads_end(self, place: int) -> int:
        """
        Return where the lines of heads end that begin here; *place* when none do.

        Behind heads the first line of the text is moved in, or a byline is there.
        """
        lines = self.lines
        at_gap = lines[place].gap > 0 or not place
        for end in range(place, min(place + MAX_HEAD_LINES, len(lines))):
            line = lines[end]
            may_sign = end > place and not (line.gap or self.plain[end])
            is_signed = may_sign and (self._signs(end) or self._has_posts(end))
            if is_signed or (end > place and not line.gap and at_gap and line.indented):
                break
            if (end > place and (line.gap or line.indented)) or line.level or "。" in line.text:
                return place
        else:
            return place
        is_head = at_gap or not not_a_head("".join([line.text for line in lines[place:end]]))
        return end if is_head and not any(map(self._is_furniture, range(place, end))) else place

    def _has_decks(self) -> bool:
        """Return whether heads stand over one another on the page: others than the last are not full."""
        for place, line in enumerate(self.lines):
            if (line.gap or not place) and not line.indented:
                end = self._heads_end(place)
                if any(not mark & FILLS for mark in self.marks[place : end - 1]):
                    return True
        return False


def _is_caption(line: Block) -> bool:
    return _MAY_BE_CAPTION.search(line.text) is not None and classify(line)[0].role in {"caption", "credit"}


def _head_goes_on(
    line: Block, after: Block, text: Sequence[Block], column: Column, *, joins_full: bool
) -> bool:
    """Return whether a head goes on in the next line: the text says what stands across, or little is left."""
    if starts_subtitle(after.text) or line.text[-1] == "—":
        return False
    if _says(line, [after, *text]):
        return True
    return column.is_full(line) and (joins_full or column.measure(after.text) * 2 < column.size)


def _says(line: Block, rest: Sequence[Block]) -> bool:
    """Return whether the text says what stands across a head's line end; *rest* begins with the next line."""
    across = line.text[-1] + rest[0].text[0]
    return across in "".join(part.text for part in rest)


def _closes(text: str, *, closed: bool) -> bool:
    """Return whether a head must follow: behind a signature, and behind furniture that follows one."""
    return bool(in_brackets(text)) or (closed and read_furniture(text) is not None)


def _ends_head(paragraph: Sequence[Block], rest: Sequence[Block], column: Column) -> bool:
    """
    Return whether full lines at the start of a block are a whole head, and text follows in the same block.

    Where a head goes on in the next line, the text says again what stands
    across the line's end.
    """
    head = "".join(line.text for line in paragraph)
    across = head[-1] + rest[0].text[0]
    text = "".join(line.text for line in rest)
    may_be_prose = "，" in head and column.size < MIN_HEAD_COLUMN
    return not (may_be_prose or not_a_head(head) or across in text)


def _join_heads(lines: Sequence[Block], page: str) -> list[Block]:
    """Join the two lines of heads that were set so."""
    seconds = set(second_lines(lines))
    if not seconds:
        return list(lines)
    wrapped = _with_wraps(page)
    joined: list[Block] = []
    for place, line in enumerate(lines):
        if place in seconds and place - 1 not in seconds:
            joined[-1] = _join([joined[-1], line], wrapped)
        else:
            joined.append(line)
    return joined


def _with_wraps(page: str) -> str:
    """Return a page with `LINE_WRAP` for each character that ends a line."""
    for end in _BREAKS:
        page = page.replace(end, LINE_WRAP)
    return page


def _join(paragraph: Sequence[Block], wrapped: str) -> Block:
    first, last = paragraph[0], paragraph[-1]
    if first is last:
        return first
    begin = first.end - len(first.text) if first.level else first.start
    text = wrapped[begin : last.end]
    return Block(first.start, last.end, text, first.gap, first.level, first.lead, goes_on=first.goes_on)
