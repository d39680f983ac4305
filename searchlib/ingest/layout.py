"""
Lines with their places on sheets to a page of blocks: columns, reading order, paragraphs, running heads.

For PDF and for OCR that says where a line is. Columns are found by the white
between them (XY-cut); a line that spans several columns is between what is
above and below it. Lines become paragraphs by their size, indent and length;
a sentence that a column's or a sheet's end cuts goes on in the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, takewhile

from searchlib.pages.blocks import LINE_WRAP, Hint, Page, PageBuilder

_ENDS_SENTENCE = re.compile(r"[。！？!?…；;：:][”’』」\"')）】]*$|[)）】]$")
_HYPHEN = re.compile(r"(?<=[A-Za-z])[-\u2010\u00ad\ufffe\x02]$")
_GOES_ON = re.compile(r"[a-z]")
_DIGITS = re.compile(r"[\d一二三四五六七八九十]+")
_NUMBER_ALONE = re.compile(
    r"[-—–·. ]*第?\s*(?:\d{1,4}|[A-Z]\d{1,2}|[一二三四五六七八九十]{1,4})\s*[页版]?[-—–·. ]*(?:/\s*\d{1,4})?"
)
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'\u2019-]*")
LATIN_WIDTH = 0.65
"""Width of a Latin letter at most, beside the size."""
HEAD_SIZE = 1.18
"""Size of a head at least, beside the usual size."""
SAME_SIZE = 0.12
"""Share by which the sizes of two lines of one paragraph differ at most."""
MIN_GUTTER = 0.7
"""Width of the white between two columns at least, in usual characters."""
NEW_PARAGRAPH_STEP = 1.3
"""From so many times the usual step from line to line the second begins a paragraph."""
MAX_LEADING = 3.0
DEFAULT_LEADING = 1.5
GREAT_GAP = 2.0
"""White beside the usual step, in characters, that counts as more than one blank line."""
MIN_BAND = 1.0
"""White between two bands of a sheet at least, in characters."""
MIN_INDENT = 0.8
MAX_SHORT = 1.6
"""By how many characters a line may be shorter than its column that goes on in the next."""
MAX_OPEN_SHORT = 4.0
"""The same, of a line that ends inside a sentence."""
MARGIN = 0.1
"""Share of a sheet at its top and bottom where running heads stand."""
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


def page_of_lines(
    lines: Iterable[SetLine],
    sheets: Mapping[int, tuple[float, float]],
    *,
    is_ordered: bool = False,
    is_marked: bool = False,
) -> Page:
    """
    Put lines together to a page.

    Args:
        sheets: Width and height of each sheet.
        is_ordered: Whether the lines come in reading order; else it is found.
    """
    found = [line for line in lines if line.text.strip()]
    if not found:
        return Page("", ())
    usual = _usual_size(found)
    _mark_running_heads(found, sheets, usual)
    ordered: list[SetLine] = []
    for sheet in sorted({line.sheet for line in found}):
        own = [line for line in found if line.sheet == sheet]
        ordered += _with_columns(own) if is_ordered else _in_order(own, usual)
    builder = PageBuilder()
    place = 0
    for paragraph in _paragraphs(ordered, usual, _leading(ordered, usual)):
        text = _text_of(paragraph.lines)
        first, last = paragraph.lines[0], paragraph.lines[-1]
        width, height = sheets.get(first.sheet, (1.0, 1.0))
        box = (
            min(line.left for line in paragraph.lines) / width,
            first.top / height,
            max(line.right for line in paragraph.lines) / width,
            last.bottom / height,
        )
        builder.add(
            text,
            list(range(place, place + len(text))),
            place,
            place + len(text),
            gap=paragraph.gap,
            hint=first.hint,
            level=first.level,
            size=round(first.size / usual, 3),
            is_bold=all(line.is_bold for line in paragraph.lines),
            box=box,
            sheet=first.sheet,
            title_end=_title_end(paragraph.lines),
        )
        place += len(text) + 1
    page = builder.page(has_lines=False, is_marked=is_marked)
    return replace(page, places=None)


def _usual_size(lines: Sequence[SetLine]) -> float:
    """Return the size in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2 or line.size] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size] + sizes[size - 0.5] + sizes[size + 0.5], -size)) or 1.0


def _mark_running_heads(
    lines: Sequence[SetLine], sheets: Mapping[int, tuple[float, float]], usual: float
) -> None:
    """Mark what is at the edges of several sheets alike, and page numbers there, as furniture."""
    edges: list[tuple[SetLine, str]] = []
    for line in lines:
        height = sheets.get(line.sheet, (1.0, 1.0))[1]
        at_edge = line.bottom < height * MARGIN or line.top > height * (1 - MARGIN)
        if at_edge and line.size <= usual * 1.6:
            edges.append((line, _DIGITS.sub("0", "".join(line.text.split()))))
    counts = Counter(key for _, key in {(line.sheet, key): (line.sheet, key) for line, key in edges})
    number = len(sheets)
    for line, key in edges:
        repeats = counts[key] > 1 and counts[key] * 2 >= number
        if not line.hint and (repeats or _NUMBER_ALONE.fullmatch(line.text.strip())):
            line.hint = "furniture"


def _with_columns(lines: Sequence[SetLine]) -> list[SetLine]:
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


def _in_order(lines: Sequence[SetLine], usual: float) -> list[SetLine]:
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
    """Give leaves of few lines the column of the leaf with the same left edge: their lines may be short."""
    for leaf in leaves:
        left, right = leaf[0].column
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
    parts = _by_whites(lines, usual) or _columns(lines, usual)
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


@dataclass(slots=True)
class _Paragraph:
    lines: list[SetLine]
    gap: int = 0


def _leading(lines: Sequence[SetLine], usual: float) -> float:
    """Return how far the lines of the text are apart, from top to top, in usual characters."""
    steps = sorted(
        line.top - before.top
        for before, line in pairwise(lines)
        if before.leaf == line.leaf
        and before.sheet == line.sheet
        and usual * 0.8 < line.top - before.top < usual * MAX_LEADING
        and abs(line.size - usual) <= usual * SAME_SIZE
    )
    return steps[len(steps) // 3] / usual if steps else DEFAULT_LEADING


def _paragraphs(lines: Sequence[SetLine], usual: float, leading: float) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    open_text: _Paragraph | None = None
    before: SetLine | None = None
    for line in lines:
        if line.hint in {"furniture", "picture"}:
            paragraphs.append(_Paragraph([line], 1))
            continue
        joins = before is not None and open_text is not None and _joins(before, line, usual, leading)
        if joins and open_text is not None:
            open_text.lines.append(line)
        else:
            open_text = _Paragraph([line], _gap(before, line, leading))
            paragraphs.append(open_text)
        before = line
    return paragraphs


def _gap(before: SetLine | None, line: SetLine, leading: float) -> int:
    if before is None or before.sheet != line.sheet or before.leaf != line.leaf:
        return 1
    step = (line.top - before.top) / max(before.size, line.size)
    if step > leading + GREAT_GAP:
        return 2
    return 1 if step > leading * NEW_PARAGRAPH_STEP else 0


def _joins(before: SetLine, line: SetLine, usual: float, leading: float) -> bool:
    """Return whether a line goes on with the paragraph of the line before."""
    if abs(before.size - line.size) > max(before.size, line.size) * SAME_SIZE:
        return False
    if before.hint != line.hint or before.level != line.level or before.is_bold != line.is_bold:
        return False
    is_head = line.size > usual * HEAD_SIZE or line.level > 0
    same_place = before.sheet == line.sheet and before.leaf == line.leaf
    if same_place and before.group and before.group == line.group and is_head:
        return True
    if same_place:
        step = (line.top - before.top) / max(before.size, line.size)
        if step > max(leading, 1.2 if is_head else 0) * NEW_PARAGRAPH_STEP or step < -1:
            return False
        if is_head:
            return True
        indent = line.left - line.column[0]
        return indent < line.size * MIN_INDENT and not _is_short(before, line)
    if is_head or before.group or line.group:
        is_cut = (
            not is_head and not _ENDS_SENTENCE.search(before.text.strip()) and not _is_short(before, line)
        )
        return is_cut and line.left - line.column[0] < line.size * MIN_INDENT
    is_cut = not _ENDS_SENTENCE.search(before.text.strip()) and not _is_short(before, line)
    return is_cut and line.left - line.column[0] < line.size * MIN_INDENT


def _is_short(line: SetLine, after: SetLine) -> bool:
    """Return whether a line ends before its column does, though the next one's first word had room there."""
    if _HYPHEN.search(line.text):
        return False
    word = _LATIN_WORD.match(after.text.strip())
    usual = MAX_SHORT if _ENDS_SENTENCE.search(line.text.strip()) else MAX_OPEN_SHORT
    room = max(usual, len(word.group()) * LATIN_WIDTH) if word else usual
    return line.column[1] - line.right > line.size * room


def _title_end(lines: Sequence[SetLine]) -> int:
    """Return where the bold words end that a paragraph begins with, over the ends of lines."""
    titled = list(takewhile(lambda line: line.title_end, lines))
    whole = [line for line, _ in pairwise(titled) if line.title_end >= len(line.text)]
    last = titled[len(whole)] if titled else None
    return len(_text_of([*whole, replace(last, text=last.text[: last.title_end])])) if last else 0


def _text_of(lines: Sequence[SetLine]) -> str:
    """Return the text of a paragraph: line ends kept as such, a hyphen at one taken out with it."""
    text = ""
    for line in lines:
        part = line.text.strip()
        if text and _HYPHEN.search(text) and _GOES_ON.match(part):
            text = text[:-1] + part
        else:
            text = f"{text}{LINE_WRAP}{part}" if text else part
    return text
