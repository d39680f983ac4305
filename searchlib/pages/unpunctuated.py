"""
Pages without a punctuation mark, as papers of the 1930s printed them: a short line over a long one is a head.

Only where something tells of a paper: a day in the file's name, a masthead, a
dateline. Books without marks have titles over their chapters too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from searchlib.pages.blocks import Block
from searchlib.pages.mastheads import read_masthead
from searchlib.pages.recurring import RUN_IN, Item, mark_items
from searchlib.pages.roles import classify

_level_of = attrgetter("level")

_MARK = re.compile("[，；：！？,;]")
_ORNAMENTS = re.compile("[◎○●◇◆△▲□■※☆★]")
_HAN_LINE = re.compile(r"[\u3400-\u9fff\d\s\u3000（）()「」『』〔〕【】、.．·○◎●◇◆△▲□■※☆★]+")
MIN_CHARS = 80
"""Characters of a text at least."""
CHARS_A_MARK = 120
"""Characters at least for each mark but a full stop, of which there is none."""
HEAD_CHARS = range(4, 23)
"""Characters that a headline has."""
MIN_TEXT = 24
"""Characters of the text below it at least, which is one line."""
TIMES_HEAD = 1.5
"""As many times as long as its headline it is at least."""
MIN_HEADS = 2
LEVEL = 2
"""The level of a heading that a headline gets."""


def is_unpunctuated(blocks: Sequence[Block]) -> bool:
    """Return whether a text in Chinese has no full stop and hardly another mark."""
    if any("。" in block.text for block in blocks):
        return False
    chars = marks = 0
    for block in blocks:
        chars += len(block.text)
        marks += len(_MARK.findall(block.text))
    return chars >= MIN_CHARS and marks * CHARS_A_MARK <= chars


def take_unpunctuated(blocks: Sequence[Block], *, has_day: bool) -> Sequence[Block]:
    """
    Give levels to short lines each over a long one, in a text of a paper that has no marks.

    Args:
        has_day: Whether the file's name says of which day it is.
    """
    if any(map(_level_of, blocks)) or not is_unpunctuated(blocks):
        return blocks
    run_in = [
        Item(place, match.start("title"), match.end("title"), match.end())
        for place, block in enumerate(blocks)
        if (match := RUN_IN.match(block.text)) and len(block.text) - match.end() >= MIN_TEXT
    ]
    behind = [Block(0, 0, blocks[item.place].text[item.rest :]) for item in run_in]
    if not (has_day or any(_tells_of_paper(block) for block in [*blocks, *behind])):
        return blocks
    if len(run_in) >= MIN_HEADS and len(run_in) * 3 >= len(blocks) * 2:
        return _with_texts(mark_items(blocks, run_in))
    heads = {place for place, (line, below) in enumerate(pairwise(blocks)) if _is_over(line, below)}
    texts = [place for place, block in enumerate(blocks) if len(block.text) >= MIN_TEXT]
    if len(heads) < MIN_HEADS or len(heads) * 2 < len(texts) or min(heads) > texts[0]:
        return blocks
    marked = [
        block._replace(level=LEVEL, gap=max(block.gap, 1)) if place in heads else block
        for place, block in enumerate(blocks)
    ]
    return _with_texts(marked)


def _with_texts(blocks: Sequence[Block]) -> list[Block]:
    """Say of long lines that they are text, which no full stop tells."""
    return [
        block if block.level or block.hint or len(block.text) < MIN_TEXT else block._replace(hint="text")
        for block in blocks
    ]


def _is_over(line: Block, below: Block) -> bool:
    size = len("".join(line.text.split()))
    if size not in HEAD_CHARS or len(below.text) < max(MIN_TEXT, size * TIMES_HEAD):
        return False
    return _HAN_LINE.fullmatch(line.text) is not None and read_masthead(line.text) is None


def _tells_of_paper(block: Block) -> bool:
    return read_masthead(block.text) is not None or classify(block)[0].role in {"dateline", "byline"}
