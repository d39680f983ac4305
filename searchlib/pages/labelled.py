"""
Articles one after another in a text, each with labels before it: 标题：…, 时间：…, 作者：…, 正文：….

So crawlers and databases of papers write what they keep into one file. The
label of the headline begins an article; the other labels sign it. A single
article so labelled is front matter (front_matter.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchlib.pages.blocks import Block
from searchlib.pages.lines import first_characters
from searchlib.pages.printed_labels import parse_labelled
from searchlib.pages.said_keys import FIELDS, OTHER_LABELS, TEXT_LABELS, label_key

_LABEL = re.compile(
    r"(?:[【\[［<〔]\s*(?P<boxed>[^【】\[\]［］<>〔〕]{1,8}?)\s*[】\]］>〕]\s*[:：]?"
    r"|(?P<key>[A-Za-z一-鿿][A-Za-z_一-鿿 \u3000]{0,14}?)\s*[:：])\s*"
)
_TITLE_BEGINS = re.compile(
    r"[【\[［<〔{}]".format("".join(sorted({key[0] for key in FIELDS if FIELDS[key] == "headline"}))),
    re.IGNORECASE,
)
"""With what the label of a headline begins, in a box or not."""
MIN_RECORDS = 2
"""Labelled headlines at least."""
MAX_KEY = 24
"""Characters of a label at most, with its brackets."""


def take_records(blocks: Sequence[Block]) -> Sequence[Block]:
    """Give levels to labelled headlines that come again and again, and sign what is below them."""
    places = [begin.start() for begin in _TITLE_BEGINS.finditer(first_characters(blocks))]
    begins = [place for place in places if FIELDS.get(_label(blocks[place])[0]) == "headline"]
    if len(begins) < MIN_RECORDS:
        return blocks
    labels = [_label(block) for block in blocks]
    if len({labels[place][0] for place in begins}) > 1:
        return blocks
    signed = sum(_says_more(labels, place) for place in begins)
    if signed * 2 <= len(begins) or any(labels[place][1] >= len(blocks[place].text) for place in begins):
        return blocks
    return _mark(blocks, labels, frozenset(begins))


def _label(block: Block) -> tuple[str, int]:
    """Return the key of the label with which a line begins, and where its value does."""
    begin = block.text[:MAX_KEY]
    if ":" not in begin and "：" not in begin and begin[0] not in "【[［<〔":
        return "", 0
    label = _LABEL.match(block.text)
    if label is None:
        return "", 0
    key = label_key(label)
    return (key, label.end()) if key in FIELDS or key in TEXT_LABELS or key in OTHER_LABELS else ("", 0)


def _says_more(labels: Sequence[tuple[str, int]], place: int) -> bool:
    """Return whether another label is next to that of a headline."""
    around = [labels[other][0] for other in (place - 1, place + 1) if 0 <= other < len(labels)]
    return any(key and FIELDS.get(key) != "headline" for key in around)


def _mark(blocks: Sequence[Block], labels: Sequence[tuple[str, int]], begins: frozenset[int]) -> list[Block]:
    marked: list[Block] = []
    is_in_labels = False
    for place, (block, (key, begin)) in enumerate(zip(blocks, labels, strict=True)):
        field = FIELDS.get(key, "")
        if place in begins:
            title = block._replace(text=block.text[begin:], level=1, gap=max(1, block.gap))
            marked.append(title)
            is_in_labels = True
        elif not (is_in_labels or _leads(labels, place, begins)):
            marked.append(block)
        elif key in TEXT_LABELS:
            label, text = block.text[:begin], block.text[begin:]
            marked.append(block._replace(end=block.start + begin, text=label, hint="furniture"))
            if text:
                marked.append(block._replace(start=block.start + begin, text=text, gap=0))
            is_in_labels = False
        elif field in {"authors", "date"} and begin < len(block.text):
            label, value = block.text[:begin], block.text[begin:]
            marked.append(block._replace(end=block.start + begin, text=label.rstrip(), hint="furniture"))
            marked.append(block._replace(start=block.start + begin, text=value, hint="byline", gap=0))
        elif field == "publication" and parse_labelled(block.text):
            marked.append(block._replace(hint="byline"))
        elif key:
            marked.append(block._replace(hint="furniture"))
        else:
            marked.append(block)
            is_in_labels = False
    return marked


def _leads(labels: Sequence[tuple[str, int]], place: int, begins: frozenset[int]) -> bool:
    """Return whether labels alone are from a place on before the next labelled headline."""
    while place < len(labels) and labels[place][0]:
        if place in begins:
            return True
        place += 1
    return False
