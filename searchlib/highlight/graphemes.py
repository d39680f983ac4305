"""Where a text may be cut without parting what a reader sees as one character."""

from __future__ import annotations

import unicodedata


class _Followers(dict[str, bool]):
    """Whether a character may belong to the one before it, looked up once and kept."""

    def __missing__(self, char: str) -> bool:
        follows = char in _EXTENDING or unicodedata.category(char)[0] == "M"
        follows |= "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f"
        self[char] = follows
        return follows


_FOLLOWS = _Followers()
_MOST_HALVES = 1000
"""Of flags in a row as many are counted: a row of a million is no text."""
_JOINER = "\u200d"
_EXTENDING = frozenset("\u200c\u200d\uff9e\uff9f")


def is_boundary(text: str, place: int) -> bool:
    r"""
    Return whether a text may be cut before the character at *place*.

    The rules of grapheme clusters that matter for texts in Chinese: combining marks, variation
    selectors, joined emoji and their skin tones, flags, Hangul, halves of a surrogate pair.

    Source:
        Unicode Standard Annex 29, "Grapheme Cluster Boundary Rules".

    >>> [place for place in range(5) if is_boundary("e\u0301湖\ufe00", place)]
    [0, 2, 4]
    """
    if not 0 < place < len(text):
        return True
    char, before = text[place], text[place - 1]
    if "\u3400" <= char <= "\u9fff" or " " <= char <= "~":
        return True
    if _FOLLOWS[char] or (before == "\r" and char == "\n"):
        return False
    if before == _JOINER:
        return unicodedata.category(char) != "So"
    if "\ud800" <= before <= "\udbff" and "\udc00" <= char <= "\udfff":
        return False
    if _is_flag_half(char) and _is_flag_half(before):
        halves = place
        while halves > place - _MOST_HALVES and halves and _is_flag_half(text[halves - 1]):
            halves -= 1
        return (place - halves) % 2 == 0
    return not (_is_jamo(char) and (_is_jamo(before) or "\uac00" <= before <= "\ud7a3"))


def boundary_from(text: str, place: int) -> int:
    """Return the first place from *place* on at which the text may be cut."""
    while not is_boundary(text, place):
        place += 1
    return place


def boundary_before(text: str, place: int) -> int:
    """Return the last place up to *place* at which the text may be cut."""
    while not is_boundary(text, place):
        place -= 1
    return place


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_jamo(char: str) -> bool:
    return "\u1100" <= char <= "\u11ff" or "\ua960" <= char <= "\ua97f" or "\ud7b0" <= char <= "\ud7ff"
