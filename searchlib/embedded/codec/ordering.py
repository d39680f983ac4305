"""
The postings of a field brought into the order of the file, a range of terms at a time.

Every part is in order by itself. Ranges that fit the processor's cache are put
together and sorted one by one: as fast again as sorting all at once, with room
for one range beside what goes in and what comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from searchlib.embedded.codec.field_sections import COUNT_BITS, DOC_BITS, I64, U64, Occurrences, firsts_of

_RANGE = 1 << 18
_SAMPLES = 16
"""How many values of each part, for one range, the bounds of the ranges are taken from."""

_TERM_SHIFT = np.uint64(DOC_BITS + COUNT_BITS)
_COUNT_SHIFT = np.uint64(COUNT_BITS)
_HELD = (1 << COUNT_BITS) - 1


@dataclass
class Ordered:
    """Postings term by term: the terms, ascending, how many postings each has, documents and counts."""

    terms: U64
    sizes: I64
    docs: npt.NDArray[np.uint16]
    counts: npt.NDArray[np.integer[Any]]

    def interleaved(
        self, ranks: U64, other: Ordered
    ) -> tuple[I64, npt.NDArray[np.uint16], npt.NDArray[np.integer[Any]]]:
        """
        Put in the postings of *other*, whose terms are ranks already.

        Args:
            ranks: The ranks of our own terms; with those of *other* they are 0, 1, 2 and so on.

        Returns:
            Where the postings of each rank start, all documents and all counts.
        """
        sizes = np.zeros(len(self.terms) + len(other.terms), np.int64)
        sizes[ranks] = self.sizes
        sizes[other.terms] = other.sizes
        starts = np.concatenate([[0], np.cumsum(sizes)])
        if not len(other.terms):
            return starts, self.docs, self.counts
        is_other = np.zeros(len(sizes), np.bool_)
        is_other[other.terms] = True
        from_other = np.repeat(is_other, sizes)
        docs = np.empty(len(from_other), np.uint16)
        docs[~from_other], docs[from_other] = self.docs, other.docs
        counts = np.empty(len(from_other), np.result_type(self.counts, other.counts))
        counts[~from_other], counts[from_other] = self.counts, other.counts
        return starts, docs, counts


def in_order(parts: list[Occurrences]) -> Ordered:
    """Bring parts of different documents, each ascending by itself, into one order; *parts* are used up."""
    total = sum(len(part.values) for part in parts)
    many_keys = np.concatenate([np.empty(0, np.uint64), *(part.many_keys for part in parts)])
    many_counts = np.concatenate([np.empty(0, np.int64), *(part.many_counts for part in parts)])
    order = np.argsort(many_keys)
    many_keys, many_counts = many_keys[order], many_counts[order]
    docs = np.empty(total, np.uint16)
    counts = np.empty(total, np.min_scalar_type(int(many_counts.max(initial=_HELD))))
    terms: list[U64] = []
    sizes: list[I64] = []
    done = 0
    bounds = _bounds([part.values for part in parts], total)
    places = [[0, *np.searchsorted(part.values, bounds).tolist(), len(part.values)] for part in parts]
    for number in range(len(bounds) + 1):
        values = np.concatenate(
            [
                np.empty(0, np.uint64),
                *(p.values[at[number] : at[number + 1]] for p, at in zip(parts, places, strict=True)),
            ]
        )
        values.sort()
        after = done + len(values)
        docs[done:after] = values >> _COUNT_SHIFT & np.uint64((1 << DOC_BITS) - 1)
        counts[done:after] = values & np.uint64(_HELD)
        if len(many_keys) and len(values):
            keys = values >> _COUNT_SHIFT
            low, high = np.searchsorted(many_keys, [keys[0], keys[-1] + np.uint64(1)])
            counts[done + np.searchsorted(keys, many_keys[low:high])] = many_counts[low:high]
        numbers = values >> _TERM_SHIFT
        firsts = firsts_of(numbers)
        terms.append(numbers[firsts])
        sizes.append(np.diff(firsts, append=len(numbers)))
        done = after
    parts.clear()
    return Ordered(
        np.concatenate([np.empty(0, np.uint64), *terms]),
        np.concatenate([np.empty(0, np.int64), *sizes]),
        docs,
        counts,
    )


def _bounds(parts: Sequence[U64], total: int) -> U64:
    """Return where ranges of about `_RANGE` values begin, at a term's first value each; but for the first."""
    ranges = total // _RANGE
    if ranges < 2:  # noqa: PLR2004 (one range has no bound)
        return np.empty(0, np.uint64)
    step = max(1, total // (ranges * _SAMPLES))
    samples = np.sort(np.concatenate([part[step // 2 :: step] for part in parts]))
    chosen = samples[np.arange(1, ranges) * len(samples) // ranges]
    return np.unique(chosen >> _TERM_SHIFT) << _TERM_SHIFT
