"""
Latin letters with an accent or a stroke, each with the plain letter it folds to, one to one.

What Unicode takes apart into an ASCII letter and marks, and the letters with a stroke that it does
not take apart. Small letters only: folding has made them small before.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_BLOCKS = (range(0x00C0, 0x0250), range(0x1E00, 0x1F00))
_STROKES = {"ø": "o", "đ": "d", "ħ": "h", "ł": "l", "ŧ": "t", "ı": "i"}


def _plain(char: str) -> str:
    """Return the letter below the marks of a character; the character itself where there is none."""
    parts = unicodedata.normalize("NFD", char)
    letter, marks = parts[0], parts[1:]
    is_latin = "a" <= letter <= "z" and marks != ""
    return letter if is_latin and all(map(unicodedata.combining, marks)) else char


PLAIN_OF = {
    char: plain for block in _BLOCKS for char in map(chr, block) if (plain := _plain(char)) != char
} | _STROKES
"""Accented letters and their plain ones: é and e, ǚ and u, ế and e."""


@lru_cache(maxsize=64)
def accented_forms(letter: str) -> str:
    """Return the letters with an accent, small and capital, that fold to a plain one; nothing for others."""
    small = [char for char, plain in PLAIN_OF.items() if plain == letter]
    return "".join(small) + "".join(char.upper() for char in small if len(char.upper()) == 1)
