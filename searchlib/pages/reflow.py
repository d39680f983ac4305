"""Lines that were broken to fit a column become paragraphs again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from searchlib.pages.bylines import MAX_BYLINE, parse_byline
from searchlib.pages.fields import find_dateline
from searchlib.pages.furniture import read_furniture
from searchlib.pages.lines import INDENT, LINE_WRAP, MIN_COLUMN, SLACK, Line, width
from searchlib.pages.shapes import LABEL_CHARS, icons_end, in_brackets, not_a_head, starts_subtitle

_ODD_BREAK = re.compile(r"[\r\x0c\x1c-\x1e\x85\u2028\u2029]")
_BREAKS = str.maketrans(dict.fromkeys("\n\r\x0c\x1c\x1d\x1e\x85\u2028\u2029", LINE_WRAP))
_SENTENCE_END = re.compile(r"[。！？!?…][”’』」\"'）)]*$")
_MAY_DATE = re.compile(r"[讯电]|消息|报道")

MAX_COLUMN = 45
"""Most characters to a line of text that was broken to fit; longer lines are whole paragraphs."""

LEAD_LINES = 30
"""Lines of the text in which is looked for what stands across the end of a head's line."""
MIN_BROKEN_LINES = 6
"""Lines that must be broken before it can be seen at which width."""


@dataclass(frozen=True, slots=True)
class Column:
    """How long the lines are: by the space that they take, or by the number of their characters."""

    size: float
    measure: Callable[[str], float]

    def is_near(self, line: Line) -> bool:
        """Tell whether a line is about as long as the column is wide."""
        return abs(self.measure(line.text) - self.size) <= SLACK

    def cuts_heading(self, line: Line) -> bool:
        """Tell whether a Markdown heading, its marks included, runs to the column's edge."""
        return line.level > 0 and line.end - line.start >= self.size - SLACK

    def is_full(self, line: Line) -> bool:
        """Tell whether a line runs to the column's edge, so that its paragraph may go on."""
        return not line.level and self.measure(line.text) + INDENT * line.indented >= self.size - SLACK


def reflow(lines: Sequence[Line], page: str) -> list[Line]:
    """
    Join the lines of paragraphs that were broken at the column's width, and of heads set in two lines.

    Broken text shows itself: in blocks of lines without blank ones between,
    nearly all lines but the last are of one length, and sentences do not end
    where lines do. Text in which each line is a paragraph comes back as it is.

    Returns:
        Lines whose `text` has `LINE_WRAP` where the page has a line end.
    """
    column = _column_of(lines)
    if column is not None:
        lines = [_joined(paragraph, page) for paragraph in _paragraphs(lines, column)]
    return _join_heads(lines, page)


def _paragraphs(lines: Sequence[Line], column: Column) -> list[list[Line]]:
    uses_indents = sum(line.indented for line in lines) * 20 > len(lines)
    paragraphs: list[list[Line]] = []
    full = False
    closed = any(in_brackets(line.text) and _signs(line) for line in lines)
    for place, line in enumerate(lines):
        after = lines[place + 1] if place + 1 < len(lines) else None
        if closed and full and not line.gap and column.is_full(line):
            full = not _ends_head(paragraphs[-1], lines[place : place + LEAD_LINES])
        if line.gap:
            closed = not paragraphs or _closes(paragraphs[-1], closed=closed)
        starts = not full or line.gap > 0 or line.level > 0 or (uses_indents and line.indented)
        if not starts and not paragraphs[-1][-1].level:
            before = paragraphs[-1]
            starts = _signs(line) or (
                len(before) == 1 and (_signs(before[0]) or _is_subtitle(line, before[0]))
            )
            starts = starts or (_is_head_behind(line, before[-1], column) and _stands_alone(after))
        goes_on = uses_indents and not (line.gap or line.level or line.indented)
        if goes_on and paragraphs and column.cuts_heading(paragraphs[-1][-1]) and not _signs(line):
            paragraphs[-1].append(line)
        elif starts or paragraphs[-1][-1].level:
            paragraphs.append([line])
            closed = closed and (line.gap > 0 or len(paragraphs) == 1)
        else:
            paragraphs[-1].append(line)
        full = column.is_full(line)
    return paragraphs


def _closes(paragraph: Sequence[Line], *, closed: bool) -> bool:
    """Tell whether a head must follow: behind a signature, and behind furniture that follows one."""
    text = paragraph[-1].text
    return bool(in_brackets(text)) or (closed and read_furniture(text) is not None)


def _ends_head(paragraph: Sequence[Line], rest: Sequence[Line]) -> bool:
    """
    Tell whether full lines at the start of a block are a whole head, and text follows in the same block.

    Where a head goes on in the next line, the text says again what stands
    across the line's end.
    """
    head = "".join(line.text for line in paragraph)
    across = head[-1] + rest[0].text[0]
    text = "".join(line.text for line in rest)
    return not ("，" in head or not_a_head(head) or across in text)


def _stands_alone(after: Line | None) -> bool:
    return after is None or bool(after.gap or after.indented or after.level) or _signs(after)


def _is_subtitle(line: Line, before: Line) -> bool:
    return starts_subtitle(line.text) and not not_a_head(before.text)


def _is_head_behind(line: Line, before: Line, column: Column) -> bool:
    """Tell whether a short line behind the end of a sentence is no end of one itself."""
    if column.is_full(line) or not _SENTENCE_END.search(before.text):
        return False
    return not not_a_head(line.text)


def _signs(line: Line) -> bool:
    """Tell whether a line is a byline, or begins with a dateline or an icon: no inside of a paragraph."""
    text = line.text
    if len(text) > MAX_BYLINE or text.count("（") != text.count("）") or text.count("(") != text.count(")"):
        return False
    if icons_end(text) or (_MAY_DATE.search(text) and find_dateline(text)):
        return True
    wrapped = in_brackets(text) if text[0] in "(（[【［" else ""
    if not (wrapped or "记者" in text or "通讯员" in text):
        return False
    byline = parse_byline(wrapped or text)
    return byline is not None and (byline.has_role or bool(wrapped))


def _join_heads(lines: Sequence[Line], page: str) -> list[Line]:
    """
    Join the two lines of a head that stand together between blank lines.

    Where paragraphs are set apart by blank lines, an overline or subtitle is
    too.
    """
    if not lines or sum(line.gap > 0 for line in lines) * 2 < len(lines):
        return list(lines)
    joined: list[Line] = []
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        before = joined[-1] if joined and not line.gap else None
        apart = before is not None and (before.gap > 0 or len(joined) == 1)
        closed = apart and (after is None or after.gap > 0 or _signs(after))
        if before and closed and _is_one_head(before, line):
            joined[-1] = _joined([before, line], page)
        else:
            joined.append(line)
    return joined


def _is_one_head(first: Line, second: Line) -> bool:
    if first.level or second.level or _signs(first) or _signs(second):
        return False
    texts = first.text, second.text
    if texts[0].endswith("—") or starts_subtitle(texts[1]) or min(map(len, texts)) <= LABEL_CHARS:
        return False
    return not not_a_head(texts[0] + texts[1])


def _joined(paragraph: Sequence[Line], page: str) -> Line:
    first, last = paragraph[0], paragraph[-1]
    if first is last:
        return first
    begin = first.end - len(first.text) if first.level else first.start
    text = page[begin : last.end].replace("\n", LINE_WRAP)
    if _ODD_BREAK.search(text):
        text = text.translate(_BREAKS)
    return Line(first.start, last.end, text, first.gap, first.level, first.indented)


def _column_of(lines: Sequence[Line]) -> Column | None:
    """Return the column in which the page's lines were broken, None when each line is a paragraph."""
    inner = [
        line
        for line, after in pairwise(lines)
        if not after.gap and not after.indented and not line.level and not after.level
    ]
    if len(inner) < MIN_BROKEN_LINES:
        return None
    near, column = max((_best_column(inner, measure) for measure in (width, len)), key=lambda found: found[0])
    full = [line for line in inner if column.is_near(line)]
    sentences = sum(1 for line in full if _SENTENCE_END.search(line.text))
    fits = MIN_COLUMN <= column.size <= MAX_COLUMN and near * 10 >= len(inner) * 6
    return column if fits and sentences * 2 < len(full) else None


def _best_column(inner: Sequence[Line], measure: Callable[[str], float]) -> tuple[int, Column]:
    """Return how many lines are about as long as most are, and that length."""
    sizes = Counter(round(measure(line.text)) for line in inner)
    column = Column(max(sizes, key=lambda w: (sizes[w] + sizes[w - 1] + sizes[w + 1], w)), measure)
    return sum(map(column.is_near, inner)), column
