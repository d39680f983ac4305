"""How wide the columns were in which a page's lines were broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from searchlib.frozen import dataclass
from searchlib.pages.blocks import Block
from searchlib.pages.lines import MIN_COLUMN, SLACK, is_set_apart, width
from searchlib.pages.shapes import not_a_head

_SENTENCE_END = re.compile(r"[。！？!?…][”’』」\"'）)]*$")
SENTENCE_ENDS = frozenset("。！？!?…”’』」\"'）)")
"""With one of these ends a line that may end a sentence."""
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
        return self._lacks(line) < -OPEN_SLACK

    def is_full(self, line: Block) -> bool:
        """Return whether a line runs to the column's edge, so that its paragraph may go on."""
        return self._fills(line, self._lacks(line))

    def is_full_text(self, line: Block) -> bool:
        """Return whether a line runs to the column's edge, and is no head that no edge has cut."""
        return self._fills_with_text(line, self._lacks(line))

    def full_texts(self, lines: Sequence[Block]) -> list[bool]:
        """Return `is_full_text` of each line."""
        lacks = [self.size - length for length in _lengths(lines, self.measure)]
        return [
            lack <= OPEN_SLACK and self._fills_with_text(line, lack)
            for line, lack in zip(lines, lacks, strict=True)
        ]

    def _fills_with_text(self, line: Block, lacks: float) -> bool:
        return self._fills(line, lacks) and (lacks >= -OPEN_SLACK or bool(not_a_head(line.text)))

    def _lacks(self, line: Block) -> float:
        """Return how much a line is shorter than the column, less than 0 for a longer one."""
        return self.size - _length(line, self.measure)

    def _fills(self, line: Block, lacks: float) -> bool:
        if is_set_apart(line):
            return False
        if lacks <= self.slack or lacks > OPEN_SLACK:
            return lacks <= self.slack
        return max(map(line.text.rfind, "(（")) > max(map(line.text.rfind, ")）"))


def _length(line: Block, measure: Callable[[str], float]) -> float:
    """Return how long a line is, with what it is moved in."""
    length = measure(line.text)
    return length + min(measure(line.lead), MAX_INDENT) if line.indented else length


def _lengths(lines: Sequence[Block], measure: Callable[[str], float]) -> list[float]:
    """Return `_length` of each line."""
    lengths = [measure(line.text) for line in lines]
    for place, line in enumerate(lines):
        if line.indented:
            lengths[place] = _length(line, measure)
    return lengths


def column_of(lines: Sequence[Block]) -> Column | None:
    """Return the column in which the page's lines were broken, None when each line is a paragraph."""
    inner = [
        place
        for place, (line, after) in enumerate(pairwise(lines))
        if not (after.gap or after.indented or line.level or after.level)
    ]
    if len(inner) < MIN_BROKEN_LINES:
        column = _short_column([lines[place] for place in inner])
        # A headline over its text: no edge has cut the first of two lines where the second is longer.
        return None if column and any(column.is_over(lines[place + 1]) for place in inner) else column
    found = [_best_column(lines, inner, measure) for measure in (width, len)]
    _, column, near, lengths = max(found, key=lambda best: best[0])
    over = column.size + OPEN_SLACK
    # A headline or byline over its text: no edge has cut the first of two lines where the second is longer.
    heads = sum([lengths[place + 1] > over >= lengths[place] for place in inner])
    if heads * MOST_HEADS > len(near):
        return None
    fits = MIN_COLUMN <= column.size <= MAX_COLUMN and len(near) * 10 >= len(inner) * 6
    sentences = sum([ends_sentence(lines[place].text) for place in near]) if fits else 0
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
    lines: Sequence[Block], inner: Sequence[int], measure: Callable[[str], float]
) -> tuple[int, Column, Sequence[int], Sequence[float]]:
    """
    Return how many inner lines are as long as most are, nearly and exactly, and that length.

    And the places of those lines, and the lengths of all lines.
    """
    lengths = _lengths(lines, measure)
    sizes = Counter([round(lengths[place]) for place in inner])
    count = sizes.get
    middle = max(sizes, key=lambda w: (sizes[w] + count(w - 1, 0) + count(w + 1, 0), w))
    size = max((middle - 1, middle, middle + 1), key=lambda w: (sizes[w], w))
    near = [place for place in inner if -SLACK <= lengths[place] - size <= SLACK]
    full = sum([lengths[place] >= size - TIGHT for place in near])
    slack = TIGHT if full * 20 >= len(near) * 19 else SLACK
    return len(near) + sizes[size], Column(size, measure, slack), near, lengths


def ends_sentence(text: str) -> bool:
    """Return whether a line ends where a sentence does."""
    return text[-1] in SENTENCE_ENDS and _SENTENCE_END.search(text) is not None
