"""
Characters and their pairs: what finding rests on, and half of ranking.

Everything here works on text with its script folded (`simplify(fold(text))`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from searchlib.analysis.folding import BORDER, is_han, units

MAX_TERM_CHARS = 64
"""Longer letters or digits in a row are indexed by their first characters only; phrases verify the rest."""


def rows_of_units(folded: str) -> Iterator[list[str]]:
    r"""
    Yield the units between one border and the next, each cut to the length of a term.

    >>> list(rows_of_units("联东u谷\n5g"))
    [['联', '东', 'u', '谷'], ['5', 'g']]
    """
    for line in folded.split(BORDER):
        row = [unit[:MAX_TERM_CHARS] for unit, *_ in units(line)]
        if row:
            yield row


def grams_of(row: list[str]) -> list[str]:
    """
    Return the units of a row, then each pair of neighbours.

    >>> grams_of(["东", "u", "谷"])
    ['东', 'u', '谷', '东u', 'u谷']
    """
    return row + [join_pair(first, second) for first, second in pairwise(row)]


def join_pair(first: str, second: str) -> str:
    """Write a pair; two numbers, or two words of letters, keep a space so that they do not read as one."""
    alike = not is_han(first[0]) and not is_han(second[0]) and first[-1].isdigit() == second[0].isdigit()
    return f"{first} {second}" if alike else first + second
