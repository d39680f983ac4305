"""
What a slip is: another text for a part of what was typed, why it may have been meant, and how likely it is.

Nothing here knows an index; `edits` looks for those slips that occur in one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise

from searchlib.analysis.glyphs import look_alikes
from searchlib.analysis.phonetics import sound_alikes

COSTS = {
    "sounds the same": 1.0,
    "is written twice": 1.0,
    "stand the other way round": 1.1,
    "looks alike": 1.2,
    "sounds alike": 1.3,
    "is missing": 1.5,
    "is another": 2.2,
    "sound the same": 2.4,
    "is too much": 2.6,
    "is spelt so": 1.0,
    "is spelt nearly so": 1.3,
}
"""How unlikely each slip is; a point weighs as much as e^(1 / .15) times the articles."""

_ALIKE = 1.3


@dataclass(frozen=True)
class Correction:
    """Another text for `[start, end)` of a row, and why; *articles* is 0 where counting takes too long."""

    start: int
    end: int
    new: str
    kind: str
    articles: int = 0

    def of(self, row: str) -> str:
        """Return the row as it should read."""
        return row[: self.start] + self.new + row[self.end :]

    def move(self, chars: int) -> Correction:
        """Return the same correction so many characters further on."""
        return replace(self, start=self.start + chars, end=self.end + chars)

    @property
    def is_alike(self) -> bool:
        """Whether nothing else is there than what was typed, or what sounds or looks like it."""
        return self.cost <= _ALIKE

    @property
    def cost(self) -> float:
        """How unlikely the slip is."""
        return COSTS[self.kind]


@dataclass
class Budget:
    """
    The work that may be spent on one query, in posting lists that are compared.

    It is counted and not timed: the same query gets the same suggestion on a busy machine as on an idle
    one. What takes from it never asks what happens to be at hand already.
    """

    left: int

    def spend(self, work: int) -> None:
        """Count work that was done."""
        self.left -= work

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left."""
        return self.left <= 0


def alike_characters(wrong: str) -> dict[str, str]:
    """Return what sounds and looks like a character, each with the likelier reason."""
    kinds = dict.fromkeys(look_alikes(wrong), "looks alike")
    for other, exactly in sound_alikes(wrong):
        kinds[other] = "sounds the same" if exactly else kinds.get(other, "sounds alike")
    kinds.pop(wrong, None)
    return kinds


def is_one_slip(first: str, second: str) -> bool:
    """
    Return whether one letter more, less, changed or swapped makes one word the other.

    >>> is_one_slip("huawie", "huawei"), is_one_slip("tesla", "telsa"), is_one_slip("abcd", "abdce")
    (True, True, False)
    """
    if abs(len(first) - len(second)) > 1 or first == second:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    one, two = first[start:], second[start:]
    if one[1:] == two[1:] or one[1:] == two or one == two[1:]:
        return True
    return one[:2] == two[1::-1] and one[2:] == two[2:]


def is_likely_slip(wrong: str, word: str) -> bool:
    """
    Return whether a word one slip away has all letters that were typed, if one of them only once.

    >>> [is_likely_slip("tanks", word) for word in ("thanks", "tans")], is_likely_slip("appple", "apple")
    ([True, False], True)
    """
    if len(word) >= len(wrong):
        return not Counter(wrong) - Counter(word)
    return any(
        first == second and word == wrong[:n] + wrong[n + 1 :]
        for n, (first, second) in enumerate(pairwise(wrong))
    )
