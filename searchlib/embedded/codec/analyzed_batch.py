"""
A batch of articles analysed: what a segment needs of them, in arrays that can travel between processes.

It depends on its articles alone, so that it does not matter where, or in which order, the batches of
a segment are analysed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from searchlib.arrays import I64, U64, np
from searchlib.embedded.codec.field_sections import Occurrences

if TYPE_CHECKING:
    from searchlib.native import _kernel

FIRST_UNIT = 1 << 21
"""Codes from here on stand for units that are no single Han character, by their number in the part."""

CODE_BITS = 22
"""What a character takes in the code of two Han."""

UNIT_BITS = 32
"""What a unit's number takes in the code of two of any kind."""

_CODE_MASK = np.uint64((1 << CODE_BITS) - 1)


@dataclass
class Batch:
    """Articles as JSON, and the place in the segment of the first one."""

    first: int
    texts: list[str]
    own: tuple[str, ...] = ()
    """The fields of one's own whose texts are analysed as well."""
    counter: _kernel.TextCounter | None = None
    """What counts their words and characters; None for the arrays."""


@dataclass
class TermPart:
    """Terms as strings; the postings name them by their place in `texts`."""

    texts: list[str]
    found: Occurrences


@dataclass
class GramPart:
    """
    Units and pairs, each as two codes, the second 0 for a unit.

    `han` has those of Han alone, ascending, in codes of `CODE_BITS`. A term of `others` is a place in
    `pairs`, which has codes of `UNIT_BITS`: one from `FIRST_UNIT` on is a place in `units`.
    """

    units: list[str]
    han: Occurrences
    pairs: U64
    others: Occurrences


@dataclass
class AnalyzedBatch:
    """A batch analysed; documents are numbered as in the segment."""

    dates: list[int]
    headlines: list[int]
    stored_values: TermPart
    words: dict[str, TermPart]
    grams: dict[str, GramPart]
    lengths: dict[str, I64]
    counted: _kernel.CountedTexts | None = None
    """What the kernel has counted, in place of `words` and `grams`."""


def split_pairs(coded: U64) -> tuple[U64, U64]:
    """Return the two codes of `GramPart.pairs`."""
    return coded >> np.uint64(UNIT_BITS), coded & np.uint64((1 << UNIT_BITS) - 1)


def split_codes(coded: U64) -> tuple[U64, U64]:
    """Return the two codes of units and pairs."""
    return coded >> np.uint64(CODE_BITS), coded & _CODE_MASK
