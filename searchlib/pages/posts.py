"""
Who wrote and when, over the text of a post: below front matter, or below a title that is no heading.

> 作者：Erica Sadun，原文链接，原文日期：2016-06-07, and 译者：… in the next line, 本报记者 周小禾,
2024年3月5日: with a title of its own the file is one article, and such lines at the top sign it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from searchlib.pages.blocks import Block
from searchlib.pages.bylines import parse_byline, tells_task
from searchlib.pages.mastheads import day_alone
from searchlib.pages.names import is_sure_name
from searchlib.pages.printed_labels import begins_label, parse_labelled
from searchlib.pages.shapes import icons_end, in_brackets, not_a_head

_BESIDE = frozenset({"furniture", "picture", "contents"})
DASHES = "—– "
MAX_WORD = 2
"""Characters of a name at most that may be a word as well."""
MAX_LINES = 4
"""Lines of labels at most."""
MIN_LINES = 3
"""Lines at least of a text that has a title, who wrote it and more."""
MAX_TITLE = 60
"""Characters of a title at most that is no heading."""
MAX_LABELS = 200
"""Characters of one at most."""


def take_labels(blocks: Sequence[Block]) -> Sequence[Block]:
    """Mark the lines at the top as bylines that say who wrote or which day, or are labels beside such."""
    places: list[int] = []
    is_sure = False
    for place, block in enumerate(blocks):
        text = block.text
        if block.level or block.hint in _BESIDE:
            continue
        if len(places) == MAX_LINES or len(text) > MAX_LABELS or "。" in text:
            break
        tells = _tells(text)
        if not (tells or begins_label(text)):
            break
        places.append(place)
        is_sure |= tells
    if not is_sure:
        return blocks
    return [block._replace(hint="byline") if place in places else block for place, block in enumerate(blocks)]


def take_title(blocks: Sequence[Block]) -> Sequence[Block]:
    """Give a first line that is no heading a level over the headings, where who wrote or when is below it."""
    places = [place for place, block in enumerate(blocks) if block.hint not in _BESIDE]
    levels = [block.level for block in blocks if block.level]
    if len(places) < MIN_LINES or not levels or min(levels) == 1:
        return blocks
    first, below = blocks[places[0]], blocks[places[1]]
    if first.level or below.level or len(first.text) > MAX_TITLE or not_a_head(first.text):
        return blocks
    lead = takewhile(lambda place: not blocks[place].level, places[2:])
    if not _tells(below.text) or not any("。" in blocks[place].text for place in lead):
        return blocks
    titled = list(blocks)
    titled[places[0]] = first._replace(level=min(levels) - 1)
    return titled


def _tells(text: str) -> bool:
    """Return whether a line says who wrote, or a whole day and no more."""
    bare = in_brackets(text) or text[icons_end(text) :].lstrip(DASHES)
    labelled = parse_labelled(bare)
    if labelled is not None and (labelled.authors or labelled.day):
        return True
    byline = parse_byline(bare)
    if byline is not None and all(map(is_sure_name, byline.authors)):
        # 高原 alone may be a word, and is a name behind a mark.
        is_name = len(bare) < len(text) or any(len(name) > MAX_WORD for name in byline.authors)
        return byline.has_role or tells_task(bare) or is_name
    return (byline is not None and byline.has_role) or bool(day_alone(bare))
