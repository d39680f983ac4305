"""
Lines with their places on a sheet, in the order in which they are read.

Columns are found by the white between them (XY-cut); a line that spans several
columns is between what is above and below it, and a head is over what is below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from searchlib.pages.blocks import Hint

HEAD_SIZE = 1.18
"""Size of a head at least, beside the usual size."""
SAME_SIZE = 0.12
"""Share by which the sizes of two lines of one paragraph differ at most."""
DEFAULT_LEADING = 1.5
MIN_GUTTER = 0.7
"""Width of the white between two columns at least, in usual characters."""
MIN_BAND = 1.0
"""White between two bands of a sheet at least, in characters."""
FEW_LINES = 4
"""Lines of a column at most that may all be short: more of them show how wide it is."""
MAX_SPANNING = 0.4
"""Share of the lines of a region at most that may span its columns."""


@dataclass(slots=True)
class SetLine:
    """
    A line as it is set: its text, its place on the sheet from the top left, the size of its letters.

    `group` is the number of the region that the format puts it in, 0 for none,
    `title_end` where the bold words end that it begins with.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    sheet: int = 0
    is_bold: bool = False
    hint: Hint = ""
    level: int = 0
    group: int = 0
    column: tuple[float, float] = field(default=(0.0, 0.0))
    leaf: int = 0
    title_end: int = 0


def with_columns(lines: Sequence[SetLine]) -> list[SetLine]:
    """Give lines that come in order the columns of their regions."""
    made: list[SetLine] = []
    groups: dict[int, list[SetLine]] = {}
    for place, line in enumerate(lines):
        groups.setdefault(line.group or -place - 1, []).append(line)
    for number, group in enumerate(groups.values(), 1):
        _set_column(group, number)
        made += group
    return made


def _set_column(lines: Sequence[SetLine], leaf: int) -> None:
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    for line in lines:
        line.column, line.leaf = (left, right), leaf


def in_order(lines: Sequence[SetLine], usual: float) -> list[SetLine]:
    """Return the lines of a sheet in reading order; furniture first, as it is there."""
    furniture = [line for line in lines if line.hint == "furniture"]
    rest = [line for line in lines if line.hint != "furniture"]
    leaves: list[list[SetLine]] = []
    _cut_region(rest, usual, leaves)
    for number, leaf in enumerate(leaves, 1):
        _set_column(leaf, number)
    _set_column(furniture, 0) if furniture else None
    _widen(leaves)
    middle = min((line.top for line in rest), default=0.0)
    above = [line for line in furniture if line.top <= middle]
    below = [line for line in furniture if line.top > middle]
    return [*above, *(line for leaf in leaves for line in leaf), *below]


def _widen(leaves: Sequence[Sequence[SetLine]]) -> None:
    """
    Give leaves of few lines the column of the leaf with the same left edge: their lines may be short.

    Or all may be first lines of paragraphs, which are moved in by two characters.
    """
    for leaf in leaves:
        left, right = leaf[0].column
        size = leaf[-1].size
        edges = [other[0].column[0] for other in leaves if len(leaf) <= FEW_LINES]
        left = max((edge for edge in edges if abs(left - edge - size * 2) < size / 4), default=left)
        for other in leaves if len(leaf) <= FEW_LINES else ():
            near, far = other[0].column
            is_same = (
                abs(near - left) < leaf[0].size * 2
                and abs(other[0].size - leaf[0].size) < leaf[0].size * SAME_SIZE
            )
            if is_same and far > right and (far - right) < (right - left) * 0.5:
                right = far
        for line in leaf:
            line.column = (left, right)


def _cut_region(lines: list[SetLine], usual: float, leaves: list[list[SetLine]], depth: int = 0) -> None:
    """Cut a region into its columns, or into what is above and below the lines that span them."""
    if not lines:
        return
    if len(lines) == 1 or depth > _DEEPEST:
        leaves.append(sorted(lines, key=lambda line: (line.top, line.left)))
        return
    columns = _columns(lines, usual)
    if not _are_columns(lines, usual):
        columns.sort(key=lambda column: min(line.top for line in column))
    parts = _by_whites(lines, usual) or _under_shared_heads(columns, usual)
    if len(parts) > 1:
        for part in parts:
            _cut_region(part, usual, leaves, depth + 1)
        return
    spanning = _spanning(lines, usual)
    if spanning:
        for band in _bands(lines, spanning):
            if band[0] in spanning:
                leaves.append(band)
            else:
                _cut_region(band, usual, leaves, depth + 1)
        return
    leaves.append(_rows(lines, usual))


_DEEPEST = 40


def _columns(lines: Sequence[SetLine], usual: float) -> list[list[SetLine]]:
    """Cut lines at the white that no line crosses from the top of the region to its bottom."""
    parts: list[list[SetLine]] = []
    reach = float("-inf")
    for line in sorted(lines, key=lambda line: line.left):
        if (line.left - reach >= usual * MIN_GUTTER and parts) or not parts:
            parts.append([])
        parts[-1].append(line)
        reach = max(reach, line.right)
    return parts


def _under_shared_heads(columns: Sequence[list[SetLine]], usual: float) -> list[list[SetLine]]:
    """
    Join a column to those on its right that have no heads, and cut them at the whites over its heads.

    The text below each head fills all of these columns, and the head stands over the first.
    """
    groups: list[list[list[SetLine]]] = []
    for column in columns:
        if groups and not any(line.size >= usual * HEAD_SIZE for line in column):
            groups[-1].append(column)
        else:
            groups.append([column])
    parts: list[list[SetLine]] = []
    for group in groups:
        bands: list[list[SetLine]] = []
        for band in _between_whites([line for column in group for line in column], usual):
            if bands and band[0].size < usual * HEAD_SIZE:
                bands[-1] += band
            else:
                bands.append(band)
        shared = [band for band in bands if len(_columns(band, usual)) > 1]
        are_shared = len(shared) > 1 and all(_start_below_head(band, usual) for band in shared)
        parts += bands if are_shared else group
    return parts


def _start_below_head(lines: Sequence[SetLine], usual: float) -> bool:
    """Return whether the columns of a text begin together below the heads over the first."""
    first, *others = _columns(lines, usual)
    texts = [line.top for line in first if line.size < usual * HEAD_SIZE]
    tops = [min(line.top for line in column) for column in others]
    return bool(texts) and all(abs(top - min(texts)) < usual * DEFAULT_LEADING * 2 for top in tops)


def _by_whites(lines: Sequence[SetLine], usual: float) -> list[list[SetLine]]:
    """
    Cut a region at whites from side to side, where this shows columns that are not the same in all of it.

    A row of articles has columns of its own. Heads with nothing else beside them
    are over the columns below them. Parts with the same columns stay together.
    """
    bands = _between_whites(lines, usual)
    counts = [len(_columns(band, usual)) for band in bands]
    parts: list[list[SetLine]] = []
    for place, band in enumerate(bands):
        before = len(_columns(parts[-1], usual)) if parts else 0
        joined = len(_columns([*parts[-1], *band], usual)) if parts else 0
        below = bands[place + 1] if place + 1 < len(bands) else []
        is_over = _is_deck(band, usual) and _start_together(below, usual)
        is_over |= counts[place] > 1 and _begin_with_heads(band, usual)
        if before > 1 and below and _is_deck(band, usual):
            is_over |= len(_columns([*parts[-1], *band, *below], usual)) == 1
        deck = _deck_of(band, usual) if counts[place] > 1 and not is_over else []
        is_same = before == counts[place] == 1 or (before > 1 and joined > 1)
        if deck:
            parts += [deck, band[len(deck) :]]
        elif parts and is_same and not is_over:
            parts[-1] += band
        else:
            parts.append(band)
    divided = any(len(_columns(part, usual)) > 1 and _are_columns(part, usual) for part in parts)
    return parts if len(parts) > 1 and divided else []


def _is_deck(lines: Sequence[SetLine], usual: float) -> bool:
    """Return whether lines are heads, and at most as many others: who wrote."""
    heads = sum(line.size >= usual * HEAD_SIZE for line in lines)
    return lines[0].size >= usual * HEAD_SIZE and heads * 2 >= len(lines)


def _deck_of(lines: Sequence[SetLine], usual: float) -> list[SetLine]:
    """Return heads, and who wrote, that have nothing beside them and are over columns that begin together."""
    ends = takewhile(lambda pair: pair[0].bottom <= pair[1].top, pairwise(lines))
    deck = [line for line, _ in ends]
    is_over = bool(deck) and _is_deck(deck, usual) and _start_together(lines[len(deck) :], usual)
    return deck if is_over else []


def _begin_with_heads(lines: Sequence[SetLine], usual: float) -> bool:
    firsts = [min(column, key=lambda line: line.top) for column in _columns(lines, usual)]
    return all(first.size >= usual * HEAD_SIZE for first in firsts)


def _start_together(lines: Sequence[SetLine], usual: float) -> bool:
    """Return whether several columns begin at one height, as those below one head, or a row of them, do."""
    tops = sorted(min(line.top for line in column) for column in _columns(lines, usual))
    return len(tops) > 1 and tops[1] - tops[0] < usual * DEFAULT_LEADING


def _between_whites(lines: Sequence[SetLine], usual: float) -> list[list[SetLine]]:
    """Return the lines between whites that no line crosses from the left of the region to its right."""
    bands: list[list[SetLine]] = []
    reach = float("-inf")
    for line in sorted(lines, key=lambda line: line.top):
        if line.top - reach > usual * MIN_BAND:
            bands.append([])
        bands[-1].append(line)
        reach = max(reach, line.bottom)
    for band, below in pairwise(bands):
        # Heads right below a text, with white below them, are over what follows.
        heads = list(takewhile(lambda line: line.size >= usual * HEAD_SIZE, reversed(band)))
        if len(heads) < len(band):
            below[:0] = heads[::-1]
            del band[len(band) - len(heads) :]
    return bands


def _spanning(lines: Sequence[SetLine], usual: float) -> list[SetLine]:
    """Return the few lines without which the region falls into columns; none when it does not."""
    widest = sorted(lines, key=lambda line: line.left - line.right)
    limit = int(len(lines) * MAX_SPANNING) + 1
    for count in range(1, min(limit, len(lines) - 1) + 1):
        rest = widest[count:]
        if len(_columns(rest, usual)) > 1 and _are_columns(rest, usual):
            return widest[:count]
    return []


def _are_columns(lines: Sequence[SetLine], usual: float) -> bool:
    """Return whether the parts are next to one another: at some height there are lines of two of them."""
    parts = _columns(lines, usual)
    spans = [(min(line.top for line in part), max(line.bottom for line in part)) for part in parts]
    return any(min(b1, b2) - max(t1, t2) > usual * 0.5 for (t1, b1), (t2, b2) in pairwise(spans))


def _bands(lines: Sequence[SetLine], spanning: Sequence[SetLine]) -> list[list[SetLine]]:
    """Cut a region into bands: each row of spanning lines, and what is between two of them."""
    across = {id(line) for line in spanning}
    bands: list[list[SetLine]] = []
    before = None
    for line in sorted(lines, key=lambda line: ((line.top + line.bottom) / 2, line.left)):
        is_across = id(line) in across
        if is_across != before:
            bands.append([])
            before = is_across
        bands[-1].append(line)
    return bands


def _rows(lines: Sequence[SetLine], usual: float) -> list[SetLine]:
    """Return lines from the top, those of one height from the left."""
    rows: list[list[SetLine]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        if rows and middle - sum((rows[-1][-1].top, rows[-1][-1].bottom)) / 2 < usual * 0.5:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]
