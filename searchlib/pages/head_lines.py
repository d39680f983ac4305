"""Heads that who set the page broke over two lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise, takewhile
from operator import attrgetter

from searchlib.pages.blocks import Block
from searchlib.pages.columns import ends_sentence
from searchlib.pages.line_signs import is_byline, signs
from searchlib.pages.lines import is_han, is_set_apart, width
from searchlib.pages.shapes import LABEL_CHARS, MAX_HEAD, not_a_head, starts_subtitle

_gap_of = attrgetter("gap")
_WIDE = re.compile(r"\s{2}|\u3000")
_NUMBERED = re.compile(r"\d{1,3}[、.．)）]\s*\D")

MIN_DECKS = 3
"""Pairs of lines over articles at least that show what the second line is."""
MIN_EVEN = 0.75
"""Length of the shorter of two lines at least, as a share of the longer, if they were cut to fill both."""
MAX_HEAD_LINES = 6
"""Lines of the heads over an article at most."""
LEAD_LINES = 30
"""Lines of the text in which is looked for what stands across the end of a head's line."""
LEAD_PARAGRAPHS = 8
"""Paragraphs of the text in which is looked for the same."""
MAX_DECKS = 3
"""Lines of an overline at most, with the first of the headline."""
LEAST_SAID = 4
"""Of so many heads of two lines one at least is said by its text, where a page sets heads so."""


def second_lines(lines: Sequence[Block]) -> list[int]:
    """
    Return the places of lines that are one head with the line before them.

    Where paragraphs are set apart by blank lines, two lines between these are one head, unless all pairs of
    the page are of two lengths and none is cut inside a word: then the second line is the subtitle.
    """
    if len(list(filter(_gap_of, lines))) * 2 < len(lines):
        return _said_heads(lines)
    places = [place for place in range(1, len(lines)) if not lines[place].gap]
    places = [place for place in places if _may_be_one_head(lines, place)]
    return [] if _are_decks(lines, places) else places


def _said_heads(lines: Sequence[Block]) -> list[int]:
    """
    Return the places of second lines of heads right over their texts, where no blank lines set them apart.

    The text says what stands across the lines' border. Where it does so now and then, and most heads have two
    lines of just one length or such as the text says, the page sets long heads in two lines of one length.
    """
    may_be = {
        place
        for place, (first, second) in enumerate(pairwise(lines), 1)
        if len(first.text) <= MAX_HEAD >= len(second.text) and not second.gap and _may_be_cut(first, second)
    }
    pairs = _over_text(may_be, lines)
    said = {place for place in pairs if _is_said(lines, place, LEAD_PARAGRAPHS)}
    if not said:
        return []
    sure = said.union(place for place in pairs if _is_as_long(lines[place - 1].text, lines[place].text))
    heads = sum(place - 1 not in pairs for place in pairs)
    are_cut = len(sure) * 2 > heads and len(said) * LEAST_SAID >= heads
    return sorted(sure if are_cut else said)


def _over_text(pairs: Collection[int], lines: Sequence[Block]) -> set[int]:
    """Return those of the pairs that are in heads: few lines over one another, right over a text."""
    kept: set[int] = set()
    for first in (place for place in pairs if place - 1 not in pairs):
        run = [*takewhile(pairs.__contains__, range(first, len(lines)))]
        top = range(first - 1, max(first - 1 - MAX_DECKS, -1), -1)
        begins = any(not place or lines[place].gap or _ends_article(lines[place - 1]) for place in top)
        below = lines[run[-1] + 1] if run[-1] + 1 < len(lines) else None
        if len(run) < MAX_HEAD_LINES and begins and below and _ends_heads(below):
            kept |= {*run}
    return kept


def _ends_article(line: Block) -> bool:
    return ends_sentence(line.text) or signs(line)


def _ends_heads(line: Block) -> bool:
    """Return whether a line below heads is the text, a byline or a subtitle."""
    text = line.text
    return len(text) > MAX_HEAD or ends_sentence(text) or starts_subtitle(text) or signs(line)


def _may_be_cut(first: Block, second: Block) -> bool:
    """Return whether two short lines right over one another may be one head."""
    apart = second.indented or first.level or second.level
    if apart or first.text[0] == second.text[0] or _WIDE.search(first.text + second.text):
        return False
    is_words = any(map(is_han, first.text)) and any(map(is_han, second.text))
    begins = second.text.startswith("**") or _NUMBERED.match(second.text) is not None
    if begins or not is_words or ends_sentence(first.text) or second.text[-1] in "：:":
        return False
    return _is_one_head(first, second)


def _may_be_one_head(lines: Sequence[Block], place: int) -> bool:
    """Return whether a line and the one right before it are apart from others, and are heads."""
    before, line = lines[place - 1], lines[place]
    after = lines[place + 1] if place + 1 < len(lines) else None
    apart = before.gap > 0 or place == 1
    return apart and (after is None or after.gap > 0 or signs(after)) and _is_one_head(before, line)


def _are_decks(lines: Sequence[Block], places: Sequence[int]) -> bool:
    """
    Return whether the second lines are subtitles: no pair is one head, cut to fill two lines.

    Such a head has two lines of about one length, or the text that follows
    says what stands across its border.
    """
    if len(places) < MIN_DECKS:
        return False
    if any(_is_said(lines, place, LEAD_LINES) for place in places):
        return False
    uneven = sum(1 for place in places if _is_uneven(lines[place - 1].text, lines[place].text))
    return uneven * 2 > len(places)


def _is_said(lines: Sequence[Block], place: int, most: int) -> bool:
    """Return whether one of the lines below, at most so many, says what stands across a head's two lines."""
    across = lines[place - 1].text[-1] + lines[place].text[0]
    return any(across in line.text for line in lines[place + 1 : place + 1 + most])


def _is_uneven(first: str, second: str) -> bool:
    shorter, longer = sorted((width(first), width(second)))
    return shorter < longer * MIN_EVEN


def _is_as_long(first: str, second: str) -> bool:
    """Return whether two lines are of one length: by their characters, or by the space that they take."""
    return abs(len(first) - len(second)) <= 1 or abs(width(first) - width(second)) <= 1


def _is_one_head(first: Block, second: Block) -> bool:
    texts = first.text, second.text
    if texts[0].endswith("—") or starts_subtitle(texts[1]) or min(map(len, texts)) <= LABEL_CHARS:
        return False
    if is_set_apart(first) or is_set_apart(second) or not_a_head(texts[0] + texts[1]):
        return False
    return not (signs(first) or is_byline(second))
