"""How wide the columns were in which a page's lines were broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from searchlib.frozen import dataclass, replace
from searchlib.native import engine
from searchlib.pages.blocks import Block
from searchlib.pages.lines import MIN_COLUMN, SLACK, is_set_apart, width, widths
from searchlib.pages.shapes import not_a_head

if TYPE_CHECKING:
    from searchlib.native._kernel import ColumnReader

_STOPS, _BEHIND_STOP = "。！？!?…", "”’』」\"'）)"
_SENTENCE_END = re.compile(rf"[{_STOPS}][{_BEHIND_STOP}]*$")
SENTENCE_ENDS = frozenset(_STOPS + _BEHIND_STOP)
"""With one of these ends a line that may end a sentence."""
MAX_COLUMN = 80
"""Most characters to a line of text that was broken to fit; longer lines are whole paragraphs."""
MAX_INDENT = 4
"""Characters by which a first line is moved in at most; a centred line has more before it."""
TIGHT = 1.0
"""Characters by which a full line may be shorter, where nearly all lines are of one length."""
OPEN_SLACK = 5
"""Characters by which a full line may be shorter that ends inside brackets: names are kept whole."""
WIDEST = 2 * (MAX_COLUMN + OPEN_SLACK)
"""Characters of a line at most that may be as wide as a column: Latin ones are half as wide as Han."""
MIN_SHORT_LINES = 2
"""Full lines at least of a text of few lines."""
MIN_SHORT_COLUMN = 13
"""Fewest characters to a line of a text of few lines."""
MIN_PAIR_COLUMN = 20
"""The same, of a text of only two full lines and a last one."""
MIN_REPORT_COLUMN = 18
"""The same, where one line with a comma goes on in a shorter one that ends a sentence."""
MOST_SHORT_HEADS = 2
"""Heads and bylines at most right over a text of few lines."""
MOST_HEADS = 4
"""Of so many lines of a column's length one at most may stand over a longer line."""
_PAUSES = frozenset("，、；：,;:")
_NEVER_FIRST = frozenset("，。、；：！？”’』」）》】,;:!?)]%％")
_NEVER_LAST = frozenset("、“‘『「（《【([")
MIN_BROKEN_LINES = 6
"""Lines that must be broken before it can be seen at which width."""

_OPENED, _CLOSED = "(（", ")）"
_ITEM = re.compile(
    r"[\d一二三四五六七八九十]{1,3}[、.．)）:：]|[(（][\d一二三四五六七八九十]{1,3}[)）]|[①-⑳•·●■◆▪*\-–—]|[一-鿿]{1,6}[:：]"
)
_ITEM_BEGINS = "一二三四五六七八九十(（①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳•·●■◆▪*-–—"
"""With one of these, a digit or a label with a colon begins what `_ITEM` finds."""

_Measured = tuple[Callable[[str], float], list[float]]
"""How lines are measured, and how long each is so, with what it is moved in."""


FILLS, OVER, ENDS = 1, 2, 4
"""Bits of what a line is: it runs to the column's edge, goes beyond any, ends a sentence."""


@dataclass(frozen=True, slots=True)
class Column:
    """
    How long the lines are: by the space that they take, or by the number of their characters.

    `lengths` are those of all lines, `slack` is by how much a full one may be shorter.
    `marks` are what each line is, as far as the kernel has told it. `may_be_items` is
    False where the lines surely are no items of a list.
    """

    size: float
    measure: Callable[[str], float]
    lengths: Sequence[float]
    slack: float = SLACK
    marks: bytes = b""
    may_be_items: bool = True

    def cuts_heading(self, line: Block) -> bool:
        """Return whether a Markdown heading ends at the column's edge, its marks counted or not."""
        over = len(line.text) - self.size
        return line.level > 0 and -SLACK - line.level - 1 <= over <= SLACK

    def is_over(self, line: Block) -> bool:
        """Return whether a line is so long that no column's edge has cut it."""
        return _length(line, self.measure) > self.size + OPEN_SLACK

    def is_full(self, line: Block) -> bool:
        """Return whether a line runs to the column's edge, so that its paragraph may go on."""
        return self._fills(line, self.size - _length(line, self.measure))

    def marks_of(self, lines: Sequence[Block]) -> bytes:
        """Return what each line is: bits of `FILLS`, `OVER` and `ENDS`."""
        return self.marks or bytes(map(self._mark, lines, self.lengths))

    def _mark(self, line: Block, length: float) -> int:
        fills = FILLS if self._fills(line, self.size - length) else 0
        over = OVER if length > self.size + OPEN_SLACK else 0
        return fills | over | (ENDS if ends_sentence(line.text) else 0)

    def _fills(self, line: Block, lacks: float) -> bool:
        if lacks > OPEN_SLACK or is_set_apart(line):
            return False
        return lacks <= self.slack or max(map(line.text.rfind, _OPENED)) > max(map(line.text.rfind, _CLOSED))


def _length(line: Block, measure: Callable[[str], float]) -> float:
    """Return how long a line is, with what it is moved in."""
    length = measure(line.text)
    return length + min(measure(line.lead), MAX_INDENT) if line.indented else length


def _lengths(lines: Sequence[Block]) -> list[_Measured]:
    """Return how long each line is by the space that it takes, and by the number of its characters."""
    texts = [line.text for line in lines]
    measured: list[tuple[Callable[[str], float], list[float]]] = [
        (width, widths(texts)),
        (len, [*map(len, texts)]),
    ]
    for place, line in enumerate(lines):
        if line.indented:
            for measure, lengths in measured:
                lengths[place] += min(measure(line.lead), MAX_INDENT)
    return measured


def column_of(lines: Sequence[Block]) -> Column | None:
    """Return the column in which the page's lines were broken; None when each line is a paragraph or item."""
    column = _seen_column(lines)
    if column and column.may_be_items and _are_items([line.text for line in lines]):
        return None
    return column


def _are_items(texts: Sequence[str]) -> bool:
    """Return whether most lines begin as the items of a list do: with a number, a mark, a label or alike."""
    marked = len(list(filter(None, map(_ITEM.match, texts))))
    _, alike = Counter([text[:2] for text in texts]).most_common(1)[0]
    return max(marked, alike) * 2 > len(texts)


def _seen_column(lines: Sequence[Block]) -> Column | None:
    try:
        if engine().kernel is not None:
            has_many, found = _reader().read(lines)
            if has_many:
                return Column(found[1], (width, len)[found[0]], *found[2:]) if found else None
    except UnicodeEncodeError:  # a surrogate alone
        pass
    inner = [
        place
        for place, after in enumerate(lines[1:])
        if not (after.gap or after.indented or after.level or lines[place].level)
    ]
    # Longer lines are too wide for any column: most pages are measured no further.
    short = [len(lines[place].text) <= WIDEST for place in inner]
    if len(inner) < MIN_BROKEN_LINES:
        # A headline over its text: no edge has cut the first of two lines where the second is longer.
        if not any(short) or any(len(lines[place + 1].text) > WIDEST for place in inner):
            return None
        column = _short_column(lines, inner, _lengths(lines))
        return None if column and any(column.is_over(lines[place + 1]) for place in inner) else column
    return _column_of_many(lines, inner) if sum(short) * 10 >= len(inner) * 6 else None


def _column_of_many(lines: Sequence[Block], inner: Sequence[int]) -> Column | None:
    """As `ColumnReader` of the kernel."""
    measured = _lengths(lines)
    found = [_best_column(inner, measure, lengths) for measure, lengths in measured]
    _, column, near = max(found, key=itemgetter(0))
    lengths = column.lengths
    over = column.size + OPEN_SLACK
    # A headline or byline over its text: no edge has cut the first of two lines where the second is longer.
    heads = sum([lengths[place + 1] > over >= lengths[place] for place in inner])
    if heads * MOST_HEADS > near or sum([n for n in lengths if n > over]) * 2 > sum(lengths):
        return None  # most of the text is in lines that no edge has cut
    least = column.size - SLACK
    last = sum([lengths[place] < least and ends_sentence(lines[place].text) for place in inner])
    if not (MIN_COLUMN <= column.size <= MAX_COLUMN and near * 10 >= (len(inner) - last) * 6):
        return None
    full = [place for place in inner if -SLACK <= lengths[place] - column.size <= SLACK]
    sentences = sum([ends_sentence(lines[place].text) for place in full])
    return column if sentences * 2 < len(full) else None


def _short_column(
    lines: Sequence[Block], inner: Sequence[int], measured: Sequence[_Measured]
) -> Column | None:
    """
    Return the column of a text of few lines.

    All its lines are of one length but the last of paragraphs, which end a sentence, and heads over the text.
    Verse is not: its lines end with punctuation, and it has no lines that are moved in over others.
    """
    ends = {place for place in inner if ends_sentence(lines[place].text)}
    cut = [place for place in inner if place not in ends]
    if not cut:
        return None
    is_prose = ends_sentence(lines[inner[-1] + 1].text)
    for measure, every in measured:
        for rest in (cut, cut[1:]) if cut[0] == 0 and is_prose else (cut,):
            column = _column_of_few(lines, rest, ends, Column(0, measure, every, TIGHT), is_prose=is_prose)
            is_over = rest is cut or every[0] > (column.size if column else 0) + OPEN_SLACK
            if column is not None and is_over:
                return column
    return None


def _column_of_few(
    lines: Sequence[Block], cut: Sequence[int], ends: set[int], unknown: Column, *, is_prose: bool
) -> Column | None:
    """Return the column of lines that end no sentence; what else is there fits it."""
    every = unknown.lengths
    size = max([every[place] for place in cut], default=0)
    if not MIN_SHORT_COLUMN <= size <= MAX_COLUMN:
        return None
    full = [place for place in cut if size - every[place] <= TIGHT]
    heads = [place for place in cut if size - every[place] > TIGHT]
    moved_in = any(lines[place].indented for place in full)
    marked = 0 if moved_in else sum([lines[place].text[-1] in _PAUSES for place in full])
    if marked * 3 > max(len(full), 2) or any(every[place] > size + TIGHT for place in ends):
        return None
    if heads and not (is_prose and len(heads) <= MOST_SHORT_HEADS and heads[-1] < full[0]):
        return None
    column = replace(unknown, size=size)
    several = len(full) >= MIN_SHORT_LINES + (size < MIN_PAIR_COLUMN)
    if several and (is_prose or not ends):
        return column
    return column if any(_surely_goes_on(lines, place, column) for place in full) else None


def _surely_goes_on(lines: Sequence[Block], place: int, column: Column) -> bool:
    """Return whether two lines show by themselves that an edge cut them apart."""
    line, after = lines[place], lines[place + 1]
    if column.measure(after.text) > column.size + TIGHT:
        return False
    if after.text[0] in _NEVER_FIRST or line.text[-1] in _NEVER_LAST:
        return True
    ends = ends_sentence(after.text)
    is_report = ends and "，" in line.text and column.size >= MIN_REPORT_COLUMN
    return is_report or (line.indented and (ends or bool(not_a_head(line.text))))


def _best_column(
    inner: Sequence[int], measure: Callable[[str], float], lengths: Sequence[float]
) -> tuple[int, Column, int]:
    """Return how many inner lines are nearly and exactly as long as most, that length, how many nearly."""
    own = [lengths[place] for place in inner]
    sizes = Counter(map(round, own))
    count = sizes.get
    _, middle = max([(times + count(w - 1, 0) + count(w + 1, 0), w) for w, times in sizes.items()])
    _, size = max([(sizes[w], w) for w in (middle - 1, middle, middle + 1)])
    near = [length for length in own if -SLACK <= length - size <= SLACK]
    full = sum([length >= size - TIGHT for length in near])
    slack = TIGHT if full * 20 >= len(near) * 19 else SLACK
    return len(near) + sizes[size], Column(size, measure, lengths, slack), len(near)


def ends_sentence(text: str) -> bool:
    """Return whether a line ends where a sentence does."""
    return text[-1] in SENTENCE_ENDS and _SENTENCE_END.search(text) is not None


@cache
def _reader() -> ColumnReader:
    from searchlib.native._kernel import ColumnReader  # noqa: PLC0415 (where it is built)

    rules: dict[str, str | float] = {
        "stops": _STOPS,
        "behind_stop": _BEHIND_STOP,
        "slack": SLACK,
        "tight": TIGHT,
        "open_slack": OPEN_SLACK,
        "indent": MAX_INDENT,
        "column": MIN_COLUMN,
        "max_column": MAX_COLUMN,
        "widest": WIDEST,
        "heads": MOST_HEADS,
        "few": MIN_BROKEN_LINES,
        "opened": _OPENED,
        "closed": _CLOSED,
        "items": _ITEM_BEGINS,
    }
    return ColumnReader(rules)
