"""
Who wrote and when, over the text of a post whose file has front matter.

> 作者：Erica Sadun，原文链接，原文日期：2016-06-07, and 译者：… in the next line, 本报记者 周小禾,
2024年3月5日: with a title of its own the file is one article, and such lines at the top sign it.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.pages.blocks import Block
from searchlib.pages.bylines import parse_byline, tells_task
from searchlib.pages.mastheads import day_alone
from searchlib.pages.names import is_sure_name
from searchlib.pages.printed_labels import begins_label, parse_labelled
from searchlib.pages.shapes import icons_end, in_brackets

_BESIDE = frozenset({"furniture", "picture", "contents"})
DASHES = "—– "
MAX_WORD = 2
"""Characters of a name at most that may be a word as well."""
MAX_LINES = 4
"""Lines of labels at most."""
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
