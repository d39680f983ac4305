"""
Headlines of an HTML page that no heading element marks: large type, and the first line of each of many cards.

Pages of the 2000s set the headline in `<font size=5>`; lists of news have an
element for each, made alike, whose first paragraph is its headline, or the one
below the name of its column. Not for pages that have headings, but for one or
two over the whole list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from searchlib.frozen import replace
from searchlib.ingest.html_parser import HtmlBlock
from searchlib.ingest.main_text import HEADS
from searchlib.pages.issue_names import names_issue
from searchlib.pages.mastheads import names_section, read_masthead
from searchlib.pages.shapes import LABEL_CHARS

_SENTENCE = re.compile("[。！？；，]")
MAX_HEAD = 60
"""Characters of a headline at most."""
MAX_OVER = 2
"""Headings at most over a list of cards: the name of the issue, that of the list."""
MAX_LEVEL = 6
MIN_CARDS = 3
"""Elements made alike at least, each with a text."""
MIN_PROSE = 25
"""Characters of the text of a card at least."""
MIN_SHARE = 0.6
"""Share of the page's prose in cards at least: comments below an article are made alike too."""
TOP_BLOCKS = 3
"""Paragraphs at the top in which the name of an issue may be."""
MIN_TITLE = 7
"""Characters of the first lines of cards at least, on the average: names of who comments are shorter."""


def with_heads(blocks: Sequence[HtmlBlock], title: str) -> tuple[list[HtmlBlock], bool]:
    """
    Make headings of what only looks like one, on a page without any.

    Args:
        title: Of the page.

    Returns:
        The blocks, and whether the headings are those of cards, an article each.
    """
    heads = [n for n, block in enumerate(blocks) if block.tag in HEADS and not block.is_aside]
    if len(heads) > MAX_OVER or not all(names_list(blocks[n].text) for n in heads):
        return list(blocks), False
    cards, labels = _card_heads(blocks)
    if heads:
        if not cards or heads[-1] > min(cards | labels):
            return list(blocks), False
        level = int(max(blocks[n].tag for n in heads)[1])
        tag = f"h{min(MAX_LEVEL, level + 1)}"
    else:
        cards = cards or _bold_heads(blocks, title)
    places = cards or _large(blocks)
    if not heads:
        tag = "h1" if len(places) == 1 else "h2"
    made = [replace(block, tag=tag) if n in places else block for n, block in enumerate(blocks)]
    return [replace(b, is_aside=True) if n in labels else b for n, b in enumerate(made)], bool(cards)


def names_list(text: str) -> bool:
    """Return whether a heading is over several news: the name of an issue, of a day, of a column."""
    return names_issue(text) or names_section(text) or read_masthead(text) is not None


def _may_be_head(block: HtmlBlock) -> bool:
    return (
        block.tag not in HEADS
        and len(block.text) <= MAX_HEAD
        and "。" not in block.text
        and not (block.is_aside or block.is_byline)
    )


def _large(blocks: Sequence[HtmlBlock]) -> set[int]:
    """Return the places of what is set in large type."""
    return {n for n, block in enumerate(blocks) if block.is_large and _may_be_head(block)}


def _bold_heads(blocks: Sequence[HtmlBlock], title: str) -> set[int]:
    """Return the places of bold lines, each over a text, on a page that says it is an issue."""
    seen = [n for n, block in enumerate(blocks) if not block.is_aside]
    found = [
        n
        for n, after in pairwise(seen)
        if blocks[n].is_bold and _may_be_head(blocks[n]) and not blocks[after].is_bold
    ]
    texts = sum(
        any(_is_prose(blocks[n]) for n in range(a + 1, b)) for a, b in pairwise([*found, len(blocks)])
    )
    titles = {blocks[n].text for n in found}
    if len(found) < MIN_CARDS or texts < len(found) or len(titles) < len(found):
        return set()
    top = [blocks[n].text for n in seen[:TOP_BLOCKS] if n < found[0]]
    is_issue = any(names_issue(text) or read_masthead(text) for text in (title, *top) if text)
    return set(found) if is_issue and sum(map(len, titles)) >= MIN_TITLE * len(titles) else set()


def _is_prose(block: HtmlBlock) -> bool:
    return not block.is_aside and len(block.text) >= MIN_PROSE and _SENTENCE.search(block.text) is not None


def _card_heads(blocks: Sequence[HtmlBlock]) -> tuple[set[int], set[int]]:
    """
    Find the headlines of cards: elements of a kind, the outermost that hold most prose.

    Returns:
        Their places, and those of the names of columns over them.
    """
    prose = sum(len(block.text) for block in blocks if _is_prose(block))
    deepest = max((len(block.path) for block in blocks), default=0)
    for depth in range(deepest):
        kinds: dict[tuple[str, str], dict[int, list[int]]] = {}
        for place, block in enumerate(blocks):
            if len(block.path) > depth and not block.is_aside:
                element = block.path[depth]
                cards = kinds.setdefault((element.tag, element.classes), {})
                cards.setdefault(element.number, []).append(place)
        for alike in kinds.values():
            if found := _first_lines(blocks, list(alike.values()), prose):
                return found, set()
            if below := _first_lines(blocks, [places[1:] for places in alike.values()], prose):
                labels = {places[0] for places in alike.values() if below & set(places[1:2])}
                if all(_is_label(blocks[n]) for n in labels):
                    return below, labels
    return set(), set()


def _is_label(block: HtmlBlock) -> bool:
    return len(block.text) <= LABEL_CHARS and block.tag not in HEADS


def _first_lines(blocks: Sequence[HtmlBlock], cards: Sequence[Sequence[int]], prose: int) -> set[int]:
    """Return the first places of cards that are surely news: a short line each, and a text below it."""
    whole = [places for places in cards if any(_is_prose(blocks[place]) for place in places[1:])]
    if len(whole) < MIN_CARDS or len(whole) * 5 < len(cards) * 4:
        return set()
    held = sum(len(blocks[n].text) for places in whole for n in places if _is_prose(blocks[n]))
    firsts = [places[0] for places in whole]
    titles = {blocks[place].text for place in firsts}
    is_long = sum(map(len, titles)) >= MIN_TITLE * len(titles)
    if held < prose * MIN_SHARE or len(titles) < len(firsts) or not is_long:
        return set()
    return set(firsts) if all(_may_be_head(blocks[place]) for place in firsts) else set()
