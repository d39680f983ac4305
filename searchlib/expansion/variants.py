"""Variant characters of a query, and the words in which a character is no variant: see `variant_table`."""

from __future__ import annotations

from collections.abc import Iterator

from searchlib.expansion.numerals import Varied
from searchlib.expansion.variant_table import BEGINNINGS, KEEPING, LENGTHS, PARTICLES, PHRASES
from searchlib.lazy import lazy_pattern
from searchlib.query.characters import KEPT_CHARACTERS

_PARTICLE = lazy_pattern(f"(?<![名显卓专土编原论巨昭合遗拙译撰])[{PARTICLES}](?![名作者称述书])")
_BEFORE_BOOK = lazy_pattern(f"(?<=[看读写翻捧抱拿带念背])[{PARTICLES}](?=书)")
"""看着书, which is not 著书."""
_KEEPING = tuple(KEEPING.split())


def variants(text: str) -> Iterator[Varied]:
    """
    Yield what of a simplified text is written in another way elsewhere.

    >>> [varied.forms for varied in variants("看著计画")]
    [('着',), ('计划',)]
    """
    done = 0
    for place, char in enumerate(text):
        if place < done:
            continue
        if char in BEGINNINGS:
            length = next((length for length in LENGTHS if text[place : place + length] in PHRASES), 0)
            if length:
                done = place + length
                yield Varied(place, done, PHRASES[text[place:done]])
                continue
        if char in PARTICLES and (_PARTICLE.match(text, place) or _BEFORE_BOOK.match(text, place)):
            done = place + 1
            yield Varied(place, done, ("着" if char == "著" else "著",))


def keeping(text: str, words: list[str]) -> tuple[str, ...]:
    """
    Return the words of a text in which a character keeps its script.

    Args:
        text: As it was typed, folded but not simplified.
        words: The dictionary's words of it; 餅乾|安全 has 乾安 in it by chance.

    >>> keeping("乾隆吃餅乾", ["干", "隆", "吃", "饼干"]), keeping("餅乾安全", ["饼干", "安全"])
    (('乾隆',), ())
    """
    found = []
    for word in _KEEPING:
        start = text.find(word)
        if start >= 0 and not _belongs_elsewhere(start, start + len(word), words, text):
            found.append(word)
    return tuple(found)


def _belongs_elsewhere(start: int, end: int, words: list[str], text: str) -> bool:
    """Return whether the character that would be kept is in a dictionary word that goes beyond two places."""
    first = 0
    for word in words:
        last = first + len(word)
        has_it = any(char in KEPT_CHARACTERS for char in text[max(first, start) : min(last, end)])
        if has_it and not (start <= first and last <= end):
            return True
        first = last
    return False
