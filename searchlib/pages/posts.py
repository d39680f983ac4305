"""
Labels of writer, translator and day over the text of a post whose file has front matter.

> 作者：Erica Sadun，原文链接，原文日期：2016-06-07, and 译者：… in the next line: with a
title of its own the file is one article, and such lines at the top sign it.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.pages.blocks import Block
from searchlib.pages.printed_labels import begins_label, parse_labelled

_BESIDE = frozenset({"furniture", "picture", "contents"})
MAX_LINES = 4
"""Lines of labels at most."""
MAX_LABELS = 200
"""Characters of one at most."""


def take_labels(blocks: Sequence[Block]) -> Sequence[Block]:
    """Mark the lines of labels at the top as bylines, where one of them names who wrote."""
    places: list[int] = []
    for place, block in enumerate(blocks):
        if block.level or block.hint in _BESIDE:
            continue
        is_label = len(block.text) <= MAX_LABELS and "。" not in block.text and begins_label(block.text)
        if not is_label or len(places) == MAX_LINES:
            break
        places.append(place)
    said = [parse_labelled(blocks[place].text) for place in places]
    if not any(byline and byline.authors for byline in said):
        return blocks
    return [block._replace(hint="byline") if place in places else block for place, block in enumerate(blocks)]
