"""How large heads are set says which are headlines: sizes become levels, as Markdown has them."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from searchlib.pages.blocks import Block
from searchlib.pages.shapes import MAX_HEAD

_size_of = attrgetter("size")

MIN_HEAD_SIZE = 1.18
"""Size of a head at least, beside the usual size of the page's letters."""
MIN_BOLD_SIZE = 0.97
"""The same, of a line that is set bold from end to end."""
SAME_SIZE = 0.06
"""Share by which two sizes may differ that are meant to be one."""
MAX_LEVEL = 6


def with_levels(blocks: Sequence[Block]) -> list[Block]:
    """Give blocks that are set larger than the text a level by their size, the largest the first."""
    sized = [block for block in blocks if _is_head(block)] if any(map(_size_of, blocks)) else []
    if not sized:
        return list(blocks)
    steps: list[float] = []
    for size in sorted({block.size for block in sized}, reverse=True):
        if not steps or size < steps[-1] * (1 - SAME_SIZE):
            steps.append(size)
    levels = {id(block): _level(block.size, steps) for block in sized}
    return [block._replace(level=levels[id(block)]) if id(block) in levels else block for block in blocks]


def _is_head(block: Block) -> bool:
    if block.level or block.hint not in {"", "head"} or not block.size or len(block.text) > MAX_HEAD:
        return False
    is_lead = block.text.endswith("。")  # a first paragraph in bold
    least = MIN_BOLD_SIZE if block.is_bold and not is_lead else MIN_HEAD_SIZE
    return block.size >= least


def _level(size: float, steps: Sequence[float]) -> int:
    return min(MAX_LEVEL, next(n for n, step in enumerate(steps, 1) if size >= step * (1 - SAME_SIZE)))
