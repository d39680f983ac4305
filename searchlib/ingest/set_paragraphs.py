"""Paragraphs of a document that says how each is set, to a page of blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from searchlib.frozen import replace
from searchlib.pages import read_text
from searchlib.pages.blocks import Block, Page


@dataclass(slots=True)
class SetParagraph:
    """
    A paragraph, and how it is set.

    `level` is that of a heading (0 for none), `size` that of most of its letters
    in points (0 for unknown); `is_bold` says whether most are bold.
    """

    text: str
    level: int = 0
    size: float = 0.0
    is_bold: bool = False


def text_of_paragraphs(paragraphs: Sequence[SetParagraph]) -> str:
    """Return the text of a document, a line for each paragraph."""
    return "\n".join(paragraph.text for paragraph in paragraphs)


def page_of_paragraphs(paragraphs: Sequence[SetParagraph], source: str) -> Page:
    """
    Return the page of a document: its lines, as those of a plain text are read, with what the document says.

    What most of the text has sets nothing apart: the size and weight of the text, or
    a heading's style of all paragraphs.
    """
    page = read_text(text_of_paragraphs(paragraphs), source)
    if page.is_marked or page.said or page.places is not None:
        return page  # somebody wrote Markdown, or labels, into the document
    chars = sum(len(paragraph.text) for paragraph in paragraphs)
    sizes = Counter[float]()
    for paragraph in paragraphs:
        sizes[paragraph.size] += len(paragraph.text)
    usual = max(sizes, key=lambda size: sizes[size], default=0.0)
    heads = sum(len(paragraph.text) for paragraph in paragraphs if paragraph.level)
    bold = sum(len(paragraph.text) for paragraph in paragraphs if paragraph.is_bold)
    starts = list(accumulate((len(paragraph.text) + 1 for paragraph in paragraphs), initial=0))

    def with_hints(block: Block) -> Block:
        paragraph = paragraphs[bisect_right(starts, block.start) - 1]
        return block._replace(
            level=block.level or (paragraph.level if heads * 2 < chars else 0),
            size=round(paragraph.size / usual, 3)
            if usual
            else 1.0,  # a head needs one to be told by its weight
            is_bold=paragraph.is_bold and bold * 2 < chars,
        )

    return replace(page, blocks=tuple(map(with_hints, page.blocks)))
