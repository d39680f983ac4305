"""
The terms of one field, in the order of their bytes, each with its number.

A term of up to three characters is packed into one 64-bit number, 21 bits a
character, so that looking one up is a bisection of integers and half a million
pairs of characters need no strings. Longer terms stand as UTF-8 behind each
other. Packed terms have the first numbers, in their order, then the others in
theirs; a walk through all of them merges the two.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge

import numpy as np
import numpy.typing as npt

from searchlib.codec.sections import SectionFile, SectionWriter

Packed = npt.NDArray[np.uint64]

PACKED_CHARS = 3
_BITS = 21
_MASK = (1 << _BITS) - 1


def pack(term: str) -> int:
    """
    Return a term of one to three characters as a number; numbers sort as the terms do.

    >>> pack("党") < pack("党建") < pack("党建引") < pack("入")
    True
    """
    number = 0
    for char in term:
        number = number << _BITS | ord(char)
    return number << _BITS * (PACKED_CHARS - len(term))


def pack_pairs(first: Packed, second: Packed) -> Packed:
    """Pack characters and the characters after them, 0 where there is none, all at once."""
    return first << np.uint64(2 * _BITS) | second << np.uint64(_BITS)


def unpack(number: int) -> str:
    """Return the term that `pack` made a number of."""
    codes = (number >> 2 * _BITS, number >> _BITS & _MASK, number & _MASK)
    return "".join(chr(code) for code in codes if code)


def is_packable(term: str) -> bool:
    """Tell whether a term is short enough; one with a NUL in it would unpack to another."""
    return len(term) <= PACKED_CHARS and "\0" not in term


def encode(term: str) -> bytes:
    """Return a term's UTF-8; a lone surrogate, which JSON can bring in, must not stop an index."""
    return term.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """Return the term of some UTF-8."""
    return data.decode("utf-8", "surrogatepass")


def write_terms(writer: SectionWriter, prefix: str, packed: Packed, strings: Sequence[bytes]) -> None:
    """Write the terms of a field; both kinds ascend."""
    lengths = np.fromiter(map(len, strings), np.uint32, len(strings))
    writer.add(f"{prefix}/packed", packed)
    writer.add(f"{prefix}/offsets", np.concatenate([[0], np.cumsum(lengths)]).astype(np.uint32))
    writer.add(f"{prefix}/strings", b"".join(strings))


class Terms:
    """The terms of one field of an open file."""

    def __init__(self, file: SectionFile, prefix: str) -> None:
        self.packed: Packed = file.array(f"{prefix}/packed")
        self._numbers = file.view(f"{prefix}/packed").cast("Q")
        self._offsets = file.view(f"{prefix}/offsets").cast("I")
        self._strings = file.view(f"{prefix}/strings")

    def __len__(self) -> int:
        return len(self._numbers) + len(self._offsets) - 1

    def number_of(self, term: str) -> int:
        """Return the number of a term, -1 when the field does not have it."""
        if is_packable(term):
            key = pack(term)
            place = bisect_left(self._numbers, key)
            return place if place < len(self._numbers) and self._numbers[place] == key else -1
        data = encode(term)
        place = self._string_place(data)
        if place < len(self._offsets) - 1 and self._string(place) == data:
            return len(self._numbers) + place
        return -1

    def term_of(self, number: int) -> str:
        """Return the term of a number."""
        if number < len(self._numbers):
            return unpack(self._numbers[number])
        return decode(self._string(number - len(self._numbers)))

    def strings(self, numbers: Packed) -> list[bytes]:
        """Return the UTF-8 of those of *numbers*, ascending, that are not packed."""
        first = len(self._numbers)
        return [self._string(int(number) - first) for number in numbers[numbers >= first]]

    def from_prefix(self, prefix: str, *, only: bool = True) -> Iterator[tuple[str, int]]:
        """Yield terms and numbers from *prefix* on, in byte order; *only* those that begin with it."""
        short = self._packed_from(prefix[:PACKED_CHARS])
        for term, number in merge(short, self._strings_from(encode(prefix))):
            if only and not term.startswith(prefix):
                if term > prefix:
                    return
                continue
            if term >= prefix:
                yield term, number

    def _packed_from(self, prefix: str) -> Iterator[tuple[str, int]]:
        start = bisect_left(self._numbers, pack(prefix)) if is_packable(prefix) else 0
        for number in range(start, len(self._numbers)):
            yield unpack(self._numbers[number]), number

    def _strings_from(self, prefix: bytes) -> Iterator[tuple[str, int]]:
        for place in range(self._string_place(prefix), len(self._offsets) - 1):
            yield decode(self._string(place)), len(self._numbers) + place

    def _string(self, place: int) -> bytes:
        return bytes(self._strings[self._offsets[place] : self._offsets[place + 1]])

    def _string_place(self, data: bytes) -> int:
        low, high = 0, len(self._offsets) - 1
        while low < high:
            middle = (low + high) // 2
            if self._string(middle) < data:
                low = middle + 1
            else:
                high = middle
        return low
