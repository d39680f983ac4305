"""Variant characters of a query, and the words in which a character is no variant: see `variant_table`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from searchlib.query.numerals import Varied
from searchlib.query.patterns import KEPT_CHARACTERS
from searchlib.query.variant_table import KEEPING, PARTICLES, PHRASES, STANDARD, VARIANTS

_OF_VARIANT = dict(zip(VARIANTS, STANDARD, strict=True))

_OF_PHRASE = {a: b for pair in PHRASES.split() for a, b in [pair.split("="), pair.split("=")[::-1]]}
_PARTICLE = f"(?<![名显卓专土编原论巨昭合遗拙译撰])[{PARTICLES}](?![名作者称述书])"
_SPAN = re.compile(
    "|".join(
        [
            *sorted(map(re.escape, _OF_PHRASE), key=len, reverse=True),
            f"(?P<particle>{_PARTICLE})",
            f"[{VARIANTS}]",
        ]
    )
)


_KEEPING = tuple(KEEPING.split())


def variants(text: str) -> Iterator[Varied]:
    """
    Yield what of a simplified text is written in another way elsewhere.

    >>> [varied.forms for varied in variants("看著计画")]
    [('着',), ('计划',)]
    """
    for match in _SPAN.finditer(text):
        found = match.group()
        if match["particle"]:
            form = "着" if found == "著" else "著"
        else:
            form = _OF_PHRASE.get(found) or _OF_VARIANT[found]
        yield Varied(*match.span(), (form,))


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
    """Tell whether the character that would be kept is in a dictionary word that goes beyond two places."""
    first = 0
    for word in words:
        last = first + len(word)
        has_it = any(char in KEPT_CHARACTERS for char in text[max(first, start) : min(last, end)])
        if has_it and not (start <= first and last <= end):
            return True
        first = last
    return False
