"""
What a character is to a query's passages: an end of a sentence, transparent, a digit, a letter, or another.

The table is bytes, so that the kernel takes it without numpy.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from searchlib.analysis.accents import accented_forms
from searchlib.lazy import lazy_pattern
from searchlib.textmatch.raw import DROPPED, class_ranges, variants_of

TABLE_SIZE = 0x30000
"""Code points that have an entry of their own; all above share the last."""
OTHER, END, TRANSPARENT, DIGIT, LETTER, NEXT = range(6)
"""The classes, and the first code that is free for a query's own characters."""
_ALPHABETS = 0x2E80
"""From here on nearly all is Han; all 55,000 characters up to the surrogates would take 20 ms."""
_ENDS = "。！？!?；;…\n"
_LETTERS = lazy_pattern(r"[^\W\d_]+")
_WIDE = 0xFEE0
"""From an ASCII character to its full-width form."""


@lru_cache(maxsize=1)
def character_classes() -> bytes:
    """Return what each character is to a query that does not have it, a byte each."""
    table = bytearray([OTHER]) * TABLE_SIZE

    def put(kind: int, first: int, last: int) -> None:
        end = min(last + 1, TABLE_SIZE)
        table[first:end] = bytes([kind]) * (end - first)

    for letters in _LETTERS.finditer("".join(map(chr, range(_ALPHABETS)))):
        put(LETTER, letters.start(), letters.end() - 1)
    put(LETTER, ord("가"), ord("힣"))
    for first, last in class_ranges(DROPPED):
        put(TRANSPARENT, first, last)
    for char in _ENDS:
        table[ord(char)] = END
    for kind, lowest, highest in ((DIGIT, "0", "9"), (LETTER, "A", "Z"), (LETTER, "a", "z")):
        put(kind, ord(lowest), ord(highest))
        put(kind, ord(lowest) + _WIDE, ord(highest) + _WIDE)
    return bytes(table)


def ways_to_write(char: str) -> list[int]:
    """Return the code points that fold to a character: in either script, case and width."""
    codes = [ord(char)] if char.isascii() else [ord(one) for one in variants_of(char, exact=False)]
    if len(char.upper()) == 1 and char.upper() != char:
        codes.append(ord(char.upper()))
    codes += map(ord, accented_forms(char))
    codes += [code + _WIDE for code in codes if "!" <= chr(code) <= "~"]
    return codes


def written_outside_han(chars: Iterable[str]) -> list[tuple[int, int, list[int]]]:
    """Return for characters that are not Han what each is in a passage, and how else it is written."""
    return [(ord(char), _class_of(char), ways_to_write(char)) for char in chars]


def _class_of(char: str) -> int:
    if not char.isalnum():
        return OTHER
    return DIGIT if char.isdigit() else LETTER
