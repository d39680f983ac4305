"""
Lines with their places on sheets to a page of blocks: paragraphs, running heads.

For PDF and for OCR that says where a line is. Lines become paragraphs by their
size, indent and length; a sentence that a column's or a sheet's end cuts goes
on in the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from searchlib.ingest.reading_order import (
    DEFAULT_LEADING,
    HEAD_SIZE,
    SAME_SIZE,
    SetLine,
    in_order,
    with_columns,
)
from searchlib.pages.blocks import LINE_WRAP, Page, PageBuilder

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
OWN_SIZE = 0.05
"""The same, of a text that goes on further down in another column."""
NEW_PARAGRAPH_STEP = 1.3
"""From so many times the usual step from line to line the second begins a paragraph."""
MAX_LEADING = 3.0
GREAT_GAP = 2.0
"""White beside the usual step, in characters, that counts as more than one blank line."""
MIN_INDENT = 0.8
MAX_SHORT = 1.6
"""By how many characters a line may be shorter than its column that goes on in the next."""
MAX_OPEN_SHORT = 4.0
"""The same, of a line that ends inside a sentence."""
MARGIN = 0.1
"""Share of a sheet at its top and bottom where running heads stand."""


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
        ordered += with_columns(own) if is_ordered else in_order(own, usual)
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
    is_below = before.sheet == line.sheet and line.top > before.bottom
    is_elsewhere = is_below and abs(line.column[0] - before.column[0]) > line.size * 2
    if is_elsewhere and abs(before.size - line.size) > line.size * OWN_SIZE:
        return False  # not on at the top of the next column, but further down, and in another size
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
