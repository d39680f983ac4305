"""How wide the columns were in which a page's lines were broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from searchlib.pages.blocks import Block
from searchlib.pages.lines import MIN_COLUMN, SLACK, is_set_apart, width

_SENTENCE_END = re.compile(r"[。！？!?…][”’』」\"'）)]*$")
_LAST = "。！？!?…”’』」\"'）)"
MAX_COLUMN = 80
"""Most characters to a line of text that was broken to fit; longer lines are whole paragraphs."""
MAX_INDENT = 4
"""Characters by which a first line is moved in at most; a centred line has more before it."""
TIGHT = 1.0
"""Characters by which a full line may be shorter, where nearly all lines are of one length."""
OPEN_SLACK = 5
"""Characters by which a full line may be shorter that ends inside brackets: names are kept whole."""
MIN_SHORT_LINES = 2
"""Full lines at least of a text of few lines."""
MIN_SHORT_COLUMN = 13
"""Fewest characters to a line of a text of few lines."""
MIN_PAIR_COLUMN = 20
"""The same, of a text of only two full lines and a last one."""
MOST_HEADS = 4
"""Of so many lines of a column's length one at most may stand over a longer line."""
_PAUSES = frozenset("，、；：,;:")
MIN_BROKEN_LINES = 6
"""Lines that must be broken before it can be seen at which width."""


@dataclass(frozen=True, slots=True)
class Column:
    """
    How long the lines are: by the space that they take, or by the number of their characters.

    `slack` is by how much a full line may be shorter.
    """

    size: float
    measure: Callable[[str], float]
    slack: float = SLACK

    def cuts_heading(self, line: Block) -> bool:
        """Return whether a Markdown heading ends at the column's edge, its marks counted or not."""
        over = len(line.text) - self.size
        return line.level > 0 and -SLACK - line.level - 1 <= over <= SLACK

    def is_over(self, line: Block) -> bool:
        """Return whether a line is so long that no column's edge has cut it."""
        return _length(line, self.measure) > self.size + OPEN_SLACK

    def is_full(self, line: Block) -> bool:
        """Return whether a line runs to the column's edge, so that its paragraph may go on."""
        if is_set_apart(line):
            return False
        lacks = self.size - _length(line, self.measure)
        if lacks <= self.slack or lacks > OPEN_SLACK:
            return lacks <= self.slack
        return max(map(line.text.rfind, "(（")) > max(map(line.text.rfind, ")）"))


def _length(line: Block, measure: Callable[[str], float]) -> float:
    """Return how long a line is, with what it is moved in."""
    length = measure(line.text)
    return length + min(measure(line.lead), MAX_INDENT) if line.indented else length


def column_of(lines: Sequence[Block]) -> Column | None:
    """Return the column in which the page's lines were broken, None when each line is a paragraph."""
    pairs = [
        (line, after)
        for line, after in pairwise(lines)
        if not (after.gap or after.indented or line.level or after.level)
    ]
    inner = [line for line, _ in pairs]
    if len(inner) < MIN_BROKEN_LINES:
        column = _short_column(inner)
        # A headline over its text: no edge has cut the first of two lines where the second is longer.
        return None if column and any(column.is_over(after) for _, after in pairs) else column
    found = [_best_column(inner, measure) for measure in (width, len)]
    _, column, near = max(found, key=lambda best: best[0])
    sentences = sum(1 for line in near if ends_sentence(line.text))
    # A headline or byline over its text: no edge has cut the first of two lines where the second is longer.
    heads = sum(1 for line, after in pairs if column.is_over(after) and not column.is_over(line))
    if heads * MOST_HEADS > len(near):
        return None
    fits = MIN_COLUMN <= column.size <= MAX_COLUMN and len(near) * 10 >= len(inner) * 6
    return column if fits and sentences * 2 < len(near) else None


def _short_column(inner: Sequence[Block]) -> Column | None:
    """
    Return the column of a text of few lines: all but the last are of one length and end inside a sentence.

    Verse is not: its lines end with punctuation.
    """
    if len(inner) < MIN_SHORT_LINES:
        return None
    for measure in (width, len):
        lengths = [_length(line, measure) for line in inner]
        size = max(lengths)
        marked = sum(line.text[-1] in _PAUSES for line in inner)
        if (
            (MIN_SHORT_COLUMN if len(inner) > MIN_SHORT_LINES else MIN_PAIR_COLUMN) <= size <= MAX_COLUMN
            and size - min(lengths) <= TIGHT
            and marked * 3 <= len(inner)
            and not any(ends_sentence(line.text) for line in inner)
        ):
            return Column(size, measure, TIGHT)
    return None


def _best_column(
    inner: Sequence[Block], measure: Callable[[str], float]
) -> tuple[int, Column, Sequence[Block]]:
    """Return how many lines are as long as most are, nearly and exactly; that length; those lines."""
    lengths = [_length(line, measure) for line in inner]
    sizes = Counter(map(round, lengths))
    middle = max(sizes, key=lambda w: (sizes[w] + sizes[w - 1] + sizes[w + 1], w))
    size = max((middle - 1, middle, middle + 1), key=lambda w: (sizes[w], w))
    near = [i for i, length in enumerate(lengths) if abs(length - size) <= SLACK]
    full = sum(1 for i in near if lengths[i] >= size - TIGHT)
    slack = TIGHT if full * 20 >= len(near) * 19 else SLACK
    return len(near) + sizes[size], Column(size, measure, slack), [inner[i] for i in near]


def ends_sentence(text: str) -> bool:
    """Return whether a line ends where a sentence does."""
    return text[-1] in _LAST and _SENTENCE_END.search(text) is not None
