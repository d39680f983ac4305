"""
Ascending lists of numbers below a bound, each in as few whole bytes as a handful of numpy calls can undo.

A list of *size* numbers below *universe* takes the smallest of these (plain, when that is at most two fifths larger), so that
its length follows from the two alone and is stored nowhere:

    plain     each number in 16 bits
    split     the low 8 bits of each number, a byte each; or its low 4 bits, two
              numbers to a byte, the first in the low half; or its low 12 bits,
              the 8 lowest in bytes, behind them the other 4 in halves. Then what
              is left of the i-th number, `high`, as a bit set at `high + i`
    bitmap    a bit set for each number

Bits count from the lowest of each byte. This is the scheme of Elias and Fano
with its low bits cut to what can be looked up in a table: 3 to 7 % more than
with any number of low bits (20 000 and 2 000 news articles), and decoded in the
time that gaps in a byte each took.

Source:
    Vigna, "Quasi-succinct indices", WSDM 2013.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]
Halves = npt.NDArray[np.uint16]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]

MAX_UNIVERSE = 1 << 16
"""Numbers are below this."""

_PLAIN = 16
_BITMAP = -1
_PLAIN_MAY_COST = 1.4
"""Lists of up to some twenty numbers are left plain, at 1.5 % of the text more in all: they open in a third of the time."""
_CHUNK = 1 << 18


def halves_from(least: int) -> Halves:
    """Return for each byte the two numbers in its halves, each plus *least*, for `unpack_halves`."""
    return np.array([(byte & 15) + least | (byte >> 4) + least << 8 for byte in range(256)], "<u2")


_HALVES = halves_from(0)


@lru_cache(maxsize=1 << 14)
def layout(size: int, universe: int) -> tuple[int, int]:
    """
    Return how many bytes a list takes and how: the low bits of a split, 16 for plain, -1 for a bitmap.

    >>> layout(1, 10_000), layout(100, 10_000), layout(9000, 10_000)
    ((2, 16), (118, 8), (1250, -1))
    """
    choices = [
        (low_bytes(size, low) + (size + (universe - 1 >> low) + 7) // 8, low) for low in (12, 8, 4)
    ]
    choices.append(((universe + 7) // 8, _BITMAP))
    best = min(choices)
    return (2 * size, _PLAIN) if 2 * size <= best[0] * _PLAIN_MAY_COST else best


def low_bytes(size: int, low: int) -> int:
    """Return how many bytes the low bits of a split list take."""
    return (size if low >= 8 else 0) + ((size + 1) // 2 if low & 4 else 0)  # noqa: PLR2004 (bits)


def pack_halves(numbers: npt.NDArray[np.integer[Any]]) -> Bytes:
    """Put numbers below 16 two to a byte."""
    pairs = np.concatenate([numbers, numbers[:0] if len(numbers) % 2 == 0 else [0]]).astype(np.uint8)
    packed: Bytes = pairs[::2] | pairs[1::2] << 4
    return packed


def unpack_halves(data: Bytes, first: int, size: int, table: Halves = _HALVES) -> Bytes:
    """Return *size* numbers below 16 from the *first* on, each as *table* shifts it."""
    numbers: Bytes = table.take(data[first >> 1 : (first + size + 1) >> 1]).view(np.uint8)
    return numbers[first & 1 : (first & 1) + size]


def decode_list(data: Bytes, start: int, size: int, universe: int) -> I64:
    """Return one list that begins at the byte *start*."""
    total, low = layout(size, universe)
    if low == _PLAIN:
        return np.frombuffer(data, "<u2", size, start).astype(np.int64)
    if low == _BITMAP:
        return np.unpackbits(data[start : start + total], bitorder="little").view(np.bool_).nonzero()[0]
    place = start + low_bytes(size, low)
    numbers = np.unpackbits(data[place : start + total], bitorder="little").view(np.bool_).nonzero()[0]
    numbers -= np.arange(size)
    if low == 4:  # noqa: PLR2004 (bits)
        numbers <<= 4
        numbers |= unpack_halves(data[start:place], 0, size)
        return numbers
    if low == 12:  # noqa: PLR2004
        numbers <<= 4
        numbers |= unpack_halves(data[start + size : place], 0, size)
    numbers <<= 8
    numbers |= data[start : start + size]
    return numbers


def encode_lists(numbers: npt.NDArray[np.integer[Any]], sizes: I64, universe: int) -> tuple[Bytes, I64]:
    """Return lists behind each other, given behind each other, and where each begins, and the last ends."""
    totals, lows = _layouts(sizes, universe)
    starts = np.concatenate([[0], np.cumsum(totals)])
    data = np.empty(int(starts[-1]), np.uint8)
    for part, first, end in _chunks(sizes):
        into = data[starts[part.start] : starts[part.stop]]
        into[:] = 0
        offsets = starts[part] - starts[part.start]
        _encode(numbers[first:end].astype(np.int32), sizes[part], lows[part], offsets, into)
    return data, starts


def decode_lists(data: Bytes, sizes: I64, universe: int) -> I64:
    """Return the numbers of all lists, behind each other."""
    totals, lows = _layouts(sizes, universe)
    starts = np.concatenate([[0], np.cumsum(totals)])
    numbers = np.empty(int(sizes.sum()), np.int64)
    for part, first, end in _chunks(sizes):
        piece = data[starts[part.start] : starts[part.stop]]
        offsets = starts[part] - starts[part.start]
        _decode(piece, sizes[part], lows[part], offsets, totals[part], numbers[first:end])
    return numbers


def _layouts(sizes: I64, universe: int) -> tuple[I64, I64]:
    known, places = np.unique(sizes, return_inverse=True)
    found = np.array([layout(size, universe) for size in known.tolist()], np.int64).reshape(-1, 2)
    return found[places, 0], found[places, 1]


def _chunks(sizes: I64) -> Iterator[tuple[slice, int, int]]:
    """Yield lists that have about a quarter of a million numbers together, and where their numbers begin and end."""
    ends = np.cumsum(sizes)
    first = begin = 0
    while begin < len(sizes):
        end = max(begin + 1, int(np.searchsorted(ends, first + _CHUNK, "right")))
        yield slice(begin, end), first, int(ends[end - 1])
        begin, first = end, int(ends[end - 1])


def _encode(numbers: I32, sizes: I64, lows: I64, starts: I64, into: Bytes) -> None:
    """Write lists at *starts* of a buffer of zeros."""
    known = np.unique(lows).tolist()
    for low in known:
        mine = lows == low
        size, start = sizes[mine].astype(np.int32), starts[mine].astype(np.int32)
        held = numbers if len(known) == 1 else numbers[np.repeat(mine, sizes)]
        firsts = np.cumsum(size, dtype=np.int32) - size
        order = np.arange(len(held), dtype=np.int32)
        if low == _PLAIN:
            at = 2 * order + np.repeat(start - 2 * firsts, size)
            into[at] = held
            into[at + 1] = held >> 8
            continue
        if low == _BITMAP:
            _set_bits(into, held + np.repeat(start * 8, size))
            continue
        place = start
        if low >= 8:  # noqa: PLR2004 (bits)
            into[order + np.repeat(place - firsts, size)] = held
            place = place + size
        if low & 4:
            rank = order - np.repeat(firsts, size)
            at = (rank >> 1) + np.repeat(place, size)
            halves = (held >> low - 4 & 15).astype(np.uint8)
            is_odd = (rank & 1).astype(np.bool_)
            into[at[~is_odd]] = halves[~is_odd]
            into[at[is_odd]] |= halves[is_odd] << 4
            place = place + (size + 1 >> 1)
        _set_bits(into, (held >> low) + order + np.repeat(place * 8 - firsts, size))


def _set_bits(into: Bytes, bits: I32) -> None:
    """Set bits, which ascend."""
    at = bits >> 3
    firsts = np.flatnonzero(np.concatenate([[True], at[1:] != at[:-1]])[: len(at)])
    masks = np.uint8(1) << (bits & 7).astype(np.uint8)
    into[at[firsts]] |= np.bitwise_or.reduceat(masks, firsts)


def _decode(data: Bytes, sizes: I64, lows: I64, starts: I64, totals: I64, into: I64) -> None:
    """Read lists at *starts*, each of *totals* bytes."""
    low_of = np.repeat(lows, sizes)
    for low in np.unique(lows).tolist():
        mine = lows == low
        size, start, total = sizes[mine], starts[mine], totals[mine]
        firsts = np.cumsum(size) - size
        rank = np.arange(int(size.sum())) - np.repeat(firsts, size)
        at = np.repeat(start, size)
        if low == _PLAIN:
            into[low_of == low] = data[at + 2 * rank] | data[at + 2 * rank + 1].astype(np.int64) << 8
            continue
        skipped = np.zeros_like(size)
        if low != _BITMAP:
            skipped = (size if low >= 8 else 0) + (size + 1 >> 1 if low & 4 else 0)  # noqa: PLR2004
        bits, bits_before = _bits_of(data, start + skipped, total - skipped)
        found = bits.nonzero()[0] - np.repeat(bits_before, size)
        if low != _BITMAP:
            found -= rank
            if low & 4:
                place = at + (np.repeat(size, size) if low >= 8 else 0) + (rank >> 1)  # noqa: PLR2004
                found = found << 4 | data[place] >> ((rank & 1) << 2).astype(np.uint8) & 15
            if low >= 8:  # noqa: PLR2004
                found = found << 8 | data[at + rank]
        into[low_of == low] = found


def _bits_of(data: Bytes, starts: I64, totals: I64) -> tuple[npt.NDArray[np.bool_], I64]:
    """Return the bits of several pieces, behind each other, and how many stand before each piece."""
    before = np.cumsum(totals) - totals
    at = np.arange(int(totals.sum())) + np.repeat(starts - before, totals)
    return np.unpackbits(data[at], bitorder="little").view(np.bool_), before * 8
