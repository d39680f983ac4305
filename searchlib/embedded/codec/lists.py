"""
Ascending lists of numbers below a bound, each in as few whole bytes as a handful of numpy calls can undo.

The room's docstring has the layouts; which one a list takes follows from its size
and the bound alone and is stored nowhere. They are those of Elias and Fano, with the
low bits cut to what can be looked up in a table: 9 % more bytes than with any
number of low bits (20 000 and 2 000 news articles). Lists of more than a hundred
decode in about the time that gaps in a byte each took, those of ten to a hundred
in 2 to 4 µs more than 16 bits a number.

Source:
    Vigna, "Quasi-succinct indices", WSDM 2013.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from searchlib.arrays import I32, I64, U8, U16, Bools, IntArray, np

Bytes = U8
Halves = U16

MAX_UNIVERSE = 1 << 16
"""Numbers are below this."""

_PLAIN = 16
_BITMAP = -1
_PLAIN_MAY_COST = (7, 5)
"""As a fraction: up to some twenty numbers stay plain, a third of the time for 1.5 % of the text."""
_CHUNK = 1 << 18


@cache
def halves_from(least: int) -> Halves:
    """Return for each byte the two numbers in its halves, each plus *least*, for `unpack_halves`."""
    return np.array([(byte & 15) + least | (byte >> 4) + least << 8 for byte in range(256)], "<u2")


@lru_cache(maxsize=1 << 14)
def layout(size: int, universe: int) -> tuple[int, int]:
    """
    Return how many bytes a list takes and how: the low bits of a split, 16 for plain, -1 for a bitmap.

    >>> layout(1, 10_000), layout(100, 10_000), layout(9000, 10_000)
    ((2, 16), (118, 8), (1250, -1))
    """
    choices = [(low_bytes(size, low) + (size + (universe - 1 >> low) + 7) // 8, low) for low in (8, 4)]
    choices.append(((universe + 7) // 8, _BITMAP))
    best = min(choices)
    times, of = _PLAIN_MAY_COST
    return (2 * size, _PLAIN) if 2 * size * of <= best[0] * times else best


def low_bytes(size: int, low: int) -> int:
    """Return how many bytes the low bits of a split list take."""
    return size if low == 8 else (size + 1) // 2  # noqa: PLR2004 (bits)


def pack_halves(numbers: IntArray) -> Bytes:
    """Put numbers below 16 two to a byte."""
    even: Bytes = np.zeros(len(numbers) + len(numbers) % 2, np.uint8)
    even[: len(numbers)] = numbers
    packed: Bytes = even[::2] | even[1::2] << np.uint8(4)
    return packed


def unpack_halves(data: Bytes, first: int, size: int, table: Halves) -> Bytes:
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
    numbers <<= low
    numbers |= data[start:place] if low == 8 else unpack_halves(data[start:place], 0, size, halves_from(0))  # noqa: PLR2004
    return numbers


def encode_lists(numbers: IntArray, sizes: I64, universe: int) -> tuple[Bytes, I64]:
    """Return lists one after another, given one after another, and where each begins, and the last ends."""
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
    """Return the numbers of all lists, one after another."""
    totals, lows = _layouts(sizes, universe)
    starts = np.concatenate([[0], np.cumsum(totals)])
    numbers = np.empty(int(sizes.sum()), np.int64)
    for part, first, end in _chunks(sizes):
        piece = data[starts[part.start] : starts[part.stop]]
        offsets = starts[part] - starts[part.start]
        numbers[first:end] = _decode(piece, sizes[part], lows[part], offsets, totals[part])
    return numbers


def _layouts(sizes: I64, universe: int) -> tuple[I64, I64]:
    known, places = np.unique(sizes, return_inverse=True)
    found = np.array([layout(size, universe) for size in known.tolist()], np.int64).reshape(-1, 2)
    return found[places, 0], found[places, 1]


def _chunks(sizes: I64) -> Iterator[tuple[slice, int, int]]:
    """Yield lists with up to 2^18 numbers together, and where those begin and end."""
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
        if low == 8:  # noqa: PLR2004 (bits)
            into[order + np.repeat(start - firsts, size)] = held
            place = start + size
        else:
            rank = order - np.repeat(firsts, size)
            at = (rank >> 1) + np.repeat(start, size)
            halves = (held & 15).astype(np.uint8)
            is_odd = (rank & 1).astype(np.bool_)
            into[at[~is_odd]] = halves[~is_odd]
            into[at[is_odd]] |= halves[is_odd] << np.uint8(4)
            place = start + (size + 1 >> 1)
        _set_bits(into, (held >> low) + order + np.repeat(place * 8 - firsts, size))


def _set_bits(into: Bytes, bits: I32) -> None:
    """Set bits, which ascend."""
    at = bits >> 3
    firsts = np.flatnonzero(np.concatenate([[True], at[1:] != at[:-1]])[: len(at)])
    masks = np.uint8(1) << (bits & 7).astype(np.uint8)
    into[at[firsts]] |= np.bitwise_or.reduceat(masks, firsts)


def _decode(data: Bytes, sizes: I64, lows: I64, starts: I64, totals: I64) -> I64:
    """Read lists at *starts*, each of *totals* bytes."""
    into = np.empty(int(sizes.sum()), np.int64)
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
        skipped = {8: size, 4: size + 1 >> 1, _BITMAP: np.zeros_like(size)}[low]
        bits, bits_before = _bits_of(data, start + skipped, total - skipped)
        found = bits.nonzero()[0] - np.repeat(bits_before, size)
        if low == 8:  # noqa: PLR2004 (bits)
            found = found - rank << 8 | data[at + rank]
        elif low == 4:  # noqa: PLR2004
            halves = data[at + (rank >> 1)] >> ((rank & 1) << 2).astype(np.uint8)
            found = found - rank << 4 | halves & 15
        into[low_of == low] = found
    return into


def _bits_of(data: Bytes, starts: I64, totals: I64) -> tuple[Bools, I64]:
    """Return the bits of several pieces, one after another, and how many are before each piece."""
    before = np.cumsum(totals) - totals
    at = np.arange(int(totals.sum())) + np.repeat(starts - before, totals)
    return np.unpackbits(data[at], bitorder="little").view(np.bool_), before * 8
