"""
The postings of a field brought into the order of the file, a range of terms at a time.

Every part is in order by itself. Ranges that fit the processor's cache are put
together and sorted one by one: as fast again as sorting all at once, with room
for one range beside what goes in and what comes out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from searchlib.arrays import I64, U16, U32, U64, IntArray, np
from searchlib.embedded.codec.field_sections import COUNT_BITS, DOC_BITS, Occurrences, firsts_of
from searchlib.system import give_memory_back

_RANGE = 1 << 18
RUN_POSTINGS = 1 << 20
"""Postings that are kept as they come; each run has a list of its own terms."""

_SAMPLES = 16
"""How many values of each part, for one range, the bounds of the ranges are taken from."""

_TERM_SHIFT = DOC_BITS + COUNT_BITS
_HELD = (1 << COUNT_BITS) - 1


@dataclass
class Ordered:
    """Postings term by term: the terms, ascending, how many postings each has, documents and counts."""

    terms: U64
    sizes: U32
    docs: U16
    counts: IntArray


class PostingRuns:
    """
    The postings of a field as they come, batch by batch, in the documents' order.

    A segment's memory is mostly this: eight bytes a posting as they come. From
    time to time the latest are brought into order, in which a posting takes
    three bytes, and a term ten for all its postings of the run.
    """

    def __init__(self) -> None:
        self._loose: list[Occurrences] = []
        self._loose_size = 0
        self._runs: list[Ordered] = []

    def add(self, part: Occurrences) -> None:
        """Take postings of later documents than those before, ascending by themselves."""
        self._loose.append(part)
        self._loose_size += len(part.values)
        if self._loose_size >= RUN_POSTINGS:
            self._close_run()

    def _close_run(self) -> None:
        if self._loose_size:
            self._runs.append(in_order(self._loose))
        self._loose.clear()
        self._loose_size = 0

    def take(self) -> list[Ordered]:
        """Return all runs, those with the first documents first, and let go of them."""
        self._close_run()
        runs, self._runs = self._runs, []
        return runs


def join_runs(runs: list[Ordered], term_count: int) -> tuple[I64, U16, IntArray]:
    """
    Put runs together; they are used up.

    Args:
        runs: With ranks for terms, in any order. Where two have a term, the first has the documents before.
        term_count: Ranks are below it; each has a posting.

    Returns:
        Where the postings of each rank start, all documents and all counts.
    """
    sizes = np.zeros(term_count, np.int64)
    for run in runs:
        sizes[run.terms] += run.sizes
    starts = np.concatenate([[0], np.cumsum(sizes)])
    docs = np.empty(int(starts[-1]), np.uint16)
    counts = np.empty(len(docs), np.result_type(np.uint8, *(run.counts.dtype for run in runs)))
    free = starts[:-1].copy()
    del sizes
    if len(docs) > RUN_POSTINGS:
        give_memory_back()  # what bringing the runs and the terms into order has left
    while runs:
        run = runs.pop(0)
        ends = np.cumsum(run.sizes, dtype=np.int64)
        places = np.repeat(free[run.terms] - (ends - run.sizes), run.sizes)
        places += np.arange(len(places))
        docs[places], counts[places] = run.docs, run.counts
        free[run.terms] += run.sizes
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
    sizes: list[U32] = []
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
        docs[done:after] = values >> np.uint64(COUNT_BITS) & np.uint64((1 << DOC_BITS) - 1)
        counts[done:after] = values & np.uint64(_HELD)
        if len(many_keys) and len(values):
            keys = values >> np.uint64(COUNT_BITS)
            low, high = np.searchsorted(many_keys, [keys[0], keys[-1] + np.uint64(1)])
            counts[done + np.searchsorted(keys, many_keys[low:high])] = many_counts[low:high]
        numbers = values >> np.uint64(_TERM_SHIFT)
        firsts = firsts_of(numbers)
        terms.append(numbers[firsts])
        sizes.append(np.diff(firsts, append=len(numbers)).astype(np.uint32))
        done = after
    parts.clear()
    return Ordered(
        np.concatenate([np.empty(0, np.uint64), *terms]),
        np.concatenate([np.empty(0, np.uint32), *sizes]),
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
    return np.unique(chosen >> np.uint64(_TERM_SHIFT)) << np.uint64(_TERM_SHIFT)
