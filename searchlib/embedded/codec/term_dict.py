"""
The terms of one field, in the order of their bytes, each with its number.

A short term is written in the ranks of its characters among all that the field's
short terms have; the longer ones follow as UTF-8, each without what it shares
with the one before. The room's docstring has the bytes. A walk through all terms
merges the two kinds.

Inside, while terms are sorted, one of up to three characters is a 64-bit number,
21 bits a character, which half a million pairs of characters need no strings for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from heapq import merge

from searchlib.arrays import I64, U32, U64, AnyArray, Bools, np
from searchlib.embedded.codec.sections import SectionFile

Packed = U64
Flags = Bools

PACKED_CHARS = 3
_BITS = 21
CHAR_MASK = (1 << _BITS) - 1
"""The last character of a packed term."""
STRINGS_IN_BLOCK = 16
"""Longer terms that are read together; the first of them is whole."""
MOST_SHARED = 31
"""Maximum number of bytes that a string leaves out because the one before begins with them."""
END = b"\xff"
"""Ends a string in a file: no UTF-8 has this byte."""
_KEPT_HEADS = 1 << 11
_FIRST_HAN, _LAST_HAN = "\u3400", "\u9fff"


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


def code_points(packed: Packed, char: int) -> I64:
    """
    Return one character of each of some packed terms; 0 where a term is shorter.

    >>> code_points(np.array([pack("党建")], np.uint64), 1).tolist() == [ord("建")]
    True
    """
    shift = np.uint64(_BITS * (PACKED_CHARS - 1 - char))
    return (packed >> shift & np.uint64(CHAR_MASK)).astype(np.int64)


def unpack(number: int) -> str:
    """Return the term that `pack` made a number of."""
    codes = (number >> 2 * _BITS, number >> _BITS & CHAR_MASK, number & CHAR_MASK)
    return "".join(chr(code) for code in codes if code)


def is_packable(term: str) -> bool:
    """
    Return whether a term is short; one with a NUL in it would unpack to another.

    Terms of three count as short only where all are Han: the few of other kinds, like
    `5.7` among pairs, would double the bytes of every pair.
    """
    size = len(term)
    if size == PACKED_CHARS:
        return min(term) >= _FIRST_HAN and max(term) <= _LAST_HAN
    return 0 < size < PACKED_CHARS and "\0" not in term


def encode(term: str) -> bytes:
    """Return a term's UTF-8; a lone surrogate, which JSON can bring in, must not stop an index."""
    return term.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    """Return the term of some UTF-8."""
    return data.decode("utf-8", "surrogatepass")


class TermDict:
    """The terms of one field of an open file."""

    def __init__(self, file: SectionFile, prefix: str) -> None:
        self._alphabet = file.view(f"{prefix}/alphabet").cast("I")
        self._groups = file.view(f"{prefix}/groups").cast("I")
        self._rest = file.numbers(f"{prefix}/rest")
        self._strings = file.view(f"{prefix}/strings")
        self._blocks_at = file.view(f"{prefix}/blocks_at").cast("I")
        self._third_bits, self._string_count = file.numbers(f"{prefix}/shape")
        self._ranks: dict[str, int] = {}
        self._heads: dict[int, bytes] = {}

    @cached_property
    def _columns(self) -> list[AnyArray]:
        """The characters, where the terms that begin with each begin, and what follows it in each."""
        return [np.asarray(column) for column in (self._alphabet, self._groups, self._rest)]

    def __len__(self) -> int:
        return len(self._rest) + self._string_count

    @property
    def packed(self) -> Packed:
        """The short terms as numbers, in their order."""
        return self.slice_packed(0, len(self._rest))

    @property
    def short_count(self) -> int:
        """How many short terms there are; their numbers come first."""
        return len(self._rest)

    def slice_packed(self, first: int, end: int) -> Packed:
        """Return a range of the short terms as numbers."""
        if first >= end:
            return np.empty(0, np.uint64)
        alphabet, groups, rest = self._columns
        low, high = np.searchsorted(groups, [first, end - 1], "right") - 1
        chars = np.append(np.uint64(0), alphabet.astype(np.uint64))
        places = np.clip(groups[low : high + 2].astype(np.int64), first, end)
        third_bits = np.uint64(self._third_bits)
        ranks = rest[first:end].astype(np.uint64)
        begun = np.repeat(chars[low + 1 : high + 2], places[1:] - places[:-1]) << np.uint64(2 * _BITS)
        both = begun | chars[ranks >> third_bits] << np.uint64(_BITS)
        packed: Packed = both | chars[ranks & ((np.uint64(1) << third_bits) - np.uint64(1))]
        return packed

    def strings_between(self, first: int, end: int) -> list[bytes]:
        """Return the UTF-8 of a range of terms that are not packed."""
        start, stop = first - len(self._rest), end - len(self._rest)
        begun = start // STRINGS_IN_BLOCK
        every = [one for block in range(begun, -(-stop // STRINGS_IN_BLOCK)) for one in self._block(block)]
        return every[start - begun * STRINGS_IN_BLOCK : stop - begun * STRINGS_IN_BLOCK]

    def strings_end(self, first: int, most_bytes: int) -> int:
        """Return the end of the terms from *first* on that take so many bytes, or are one block."""
        block = (first - len(self._rest)) // STRINGS_IN_BLOCK
        end = max(block + 1, bisect_right(self._blocks_at, self._blocks_at[block] + most_bytes) - 1)
        return len(self) if end >= len(self._blocks_at) else len(self._rest) + end * STRINGS_IN_BLOCK

    def number_of(self, term: str) -> int:
        """Return the number of a term, -1 when the field does not have it."""
        if is_packable(term):
            return self._short_place(term)
        data = encode(term)
        place, found = self._string_place(data)
        return len(self._rest) + place if found == data else -1

    def term_of(self, number: int) -> str:
        """Return the term of a number."""
        if number < len(self._rest):
            return self._short(number, bisect_right(self._groups, number) - 1)
        return decode(self._string(number - len(self._rest)))

    def every(self) -> list[str]:
        """Return all terms in the order of their numbers."""
        groups = np.repeat(np.arange(len(self._alphabet)), np.diff(self._columns[1])).tolist()
        return [*map(self._short, range(len(self._rest)), groups), *map(decode, self._every_string())]

    def from_prefix(self, prefix: str, *, only: bool = True) -> Iterator[tuple[str, int]]:
        """Yield terms and numbers from *prefix* on, in byte order; *only* those that begin with it."""
        short = self._short_from(prefix[:PACKED_CHARS])
        for term, number in merge(short, self._strings_from(encode(prefix))):
            if only and not term.startswith(prefix):
                if term > prefix:
                    return
                continue
            if term >= prefix:
                yield term, number

    def beginning(self, prefix: str) -> I64:
        """Return the numbers of the terms that begin with *prefix*, which is not empty."""
        first = last = 0
        if len(prefix) == PACKED_CHARS:
            first = self.number_of(prefix) if is_packable(prefix) else -1
            last = first + 1
        elif len(prefix) < PACKED_CHARS and all(ranks := [self._rank(char) for char in prefix]):
            first, last = self._groups[ranks[0] - 1], self._groups[ranks[0]]
            for rank in ranks[1:]:
                ends = (rank << self._third_bits, rank + 1 << self._third_bits)
                first, last = (bisect_left(self._rest, end, first, last) for end in ends)
        data = encode(prefix)
        start, end = self._string_place(data)[0], self._string_place(data + END)[0]
        short = len(self._rest)
        return np.concatenate([np.arange(max(0, first), last), np.arange(short + start, short + end)])

    def spelt(self, places: Sequence[Flags], *, whole: bool) -> I64:
        """
        Return the numbers of the short terms that have one of some characters at each place.

        Args:
            places: For each place, one to three of them, whether a code point may be there;
                those beyond its end are as the last.
            whole: Whether a term may have no more characters.
        """
        alphabet, groups, rest = self._columns
        may = [np.append(False, flags[np.minimum(alphabet, len(flags) - 1)]) for flags in places]
        begun = np.flatnonzero(may[0][1:])
        starts, sizes = groups[begun].astype(np.int64), (groups[begun + 1] - groups[begun]).astype(np.int64)
        numbers = np.arange(int(sizes.sum())) + np.repeat(starts - (np.cumsum(sizes) - sizes), sizes)
        ranks = rest[numbers].astype(np.int64)
        third_mask = (1 << self._third_bits) - 1
        columns = (ranks >> self._third_bits, ranks & third_mask)
        fits = np.ones(len(numbers), np.bool_)
        for place, column in enumerate(columns, start=1):
            if place < len(may):
                fits &= may[place][column]
            elif whole:
                fits &= column == 0
        found: I64 = numbers[fits]
        return found

    def spelt_long(self, places: Sequence[Flags], *, whole: bool) -> I64:
        """
        Return the numbers of the terms that are not packed and have one of some characters at each place.

        Args:
            places: For each place whether a code point may be there, as in `spelt`; any number of them.
            whole: Whether a term may have no more characters.
        """
        codes = self._long_han
        if len(places) > codes.shape[1]:
            return np.empty(0, np.int64)
        fits = np.arange(len(codes))
        for place, flags in enumerate(places):
            column = codes[fits, place]
            fits = fits[(column > 0) & flags[np.minimum(column, len(flags) - 1)]]
        if whole and len(places) < codes.shape[1]:
            fits = fits[codes[fits, len(places)] == 0]
        found: I64 = fits + (len(self) - len(codes))
        return found

    @cached_property
    def _long_han(self) -> U32:
        """The characters of the longer terms from the first Han on, a row each; they are the last terms."""
        words = [term for term, _ in self._strings_from(encode(_FIRST_HAN))]
        longest = max(map(len, words), default=1)
        return np.array(words, f"U{longest}").view(np.uint32).reshape(len(words), longest)

    def beside(self, char: str) -> tuple[set[str], set[str]]:
        """Return what is before and after a character in the terms of two characters."""
        rank = self._rank(char)
        if not rank:
            return set(), set()
        alphabet, groups, rest = self._columns
        third_bits = self._third_bits
        is_pair = (rest & ((1 << third_bits) - 1)) == 0
        begun = slice(self._groups[rank - 1], self._groups[rank])
        behind = (rest[begun] >> third_bits)[is_pair[begun]]
        ended = np.flatnonzero(is_pair & (rest >> third_bits == rank))
        before = np.searchsorted(groups, ended, "right") - 1
        return (
            set(map(chr, alphabet[before].tolist())),
            set(map(chr, alphabet[behind[behind > 0].astype(np.int64) - 1].tolist())),
        )

    def _rank(self, char: str) -> int:
        """Return the rank of a character plus one, 0 when no short term has it."""
        rank = self._ranks.get(char)
        if rank is None:
            code = ord(char)
            place = bisect_left(self._alphabet, code)
            is_there = place < len(self._alphabet) and self._alphabet[place] == code
            rank = self._ranks[char] = place + 1 if is_there else 0
        return rank

    def _short_place(self, term: str) -> int:
        """Return the number of a short term, -1 when the field does not have it."""
        first = self._rank(term[0])
        rest = 0
        if len(term) > 1:
            second = self._rank(term[1])
            rest = second << self._third_bits
            if len(term) == PACKED_CHARS:
                third = self._rank(term[2]) if self._third_bits else 0
                rest |= third
                second = second and third
            first = second and first
        if not first:
            return -1
        end = self._groups[first]
        place: int = bisect_left(self._rest, rest, self._groups[first - 1], end)
        found: int = self._rest[place] if place < end else -1
        return place if found == rest else -1

    def _short(self, number: int, group: int) -> str:
        rest = self._rest[number]
        second, third = rest >> self._third_bits, rest & (1 << self._third_bits) - 1
        ranks = (group + 1, second, third)
        return "".join([chr(self._alphabet[rank - 1]) for rank in ranks if rank])

    def _short_from(self, prefix: str) -> Iterator[tuple[str, int]]:
        """Yield short terms from somewhere not after *prefix* on."""
        group = bisect_left(self._alphabet, ord(prefix[0])) if prefix else 0
        start = self._groups[group]
        if len(prefix) > 1 and group < len(self._alphabet) and self._alphabet[group] == ord(prefix[0]):
            second = bisect_left(self._alphabet, ord(prefix[1])) + 1
            start = bisect_left(self._rest, second << self._third_bits, start, self._groups[group + 1])
        for number in range(start, len(self._rest)):
            while number >= self._groups[group + 1]:
                group += 1
            yield self._short(number, group), number

    def _strings_from(self, prefix: bytes) -> Iterator[tuple[str, int]]:
        first, _ = self._string_place(prefix)
        for block in range(first // STRINGS_IN_BLOCK, len(self._blocks_at)):
            for place, string in enumerate(self._block(block), block * STRINGS_IN_BLOCK):
                if place >= first:
                    yield decode(string), len(self._rest) + place

    def _every_string(self) -> list[bytes]:
        return [string for block in range(len(self._blocks_at)) for string in self._block(block)]

    def _block(self, block: int) -> list[bytes]:
        """Return the strings of a block."""
        found: list[bytes] = []
        string = b""
        for coded in self._code_block(block):
            string = string[: coded[0]] + coded[1:]
            found.append(string)
        return found

    def _string(self, place: int) -> bytes:
        """Return one string: its own end, and before it what those before have of its beginning."""
        coded = self._code_block(place // STRINGS_IN_BLOCK)
        place %= STRINGS_IN_BLOCK
        string = coded[place]
        lacking, string = string[0], string[1:]
        while lacking:
            place -= 1
            before = coded[place]
            if before[0] < lacking:
                string = before[1 : 1 + lacking - before[0]] + string
                lacking = before[0]
        return string

    def _code_block(self, block: int) -> list[bytes]:
        """Return the strings of a block, each without what it shares with the one before, but how much."""
        end = self._blocks_at[block + 1] if block + 1 < len(self._blocks_at) else None
        return bytes(self._strings[self._blocks_at[block] : end]).split(END)[:-1]

    def _head(self, block: int) -> bytes:
        """Return the first string of a block; those that most lookups pass are kept."""
        head = self._heads.get(block)
        if head is None:
            end = self._blocks_at[block + 1] if block + 1 < len(self._blocks_at) else None
            head = bytes(self._strings[self._blocks_at[block] + 1 : end]).partition(END)[0]
            if len(self._heads) < _KEPT_HEADS:
                self._heads[block] = head
        return head

    def _string_place(self, data: bytes) -> tuple[int, bytes | None]:
        """Return the place of the first longer term from *data* on, and the term; the end has none."""
        low, high = 0, len(self._blocks_at)
        while low < high:
            middle = (low + high) // 2
            if self._head(middle) <= data:
                low = middle + 1
            else:
                high = middle
        if not low:
            return 0, self._block(0)[0] if self._string_count else None
        strings = self._block(low - 1)
        place = bisect_left(strings, data)
        if place < len(strings):
            return (low - 1) * STRINGS_IN_BLOCK + place, strings[place]
        return (low - 1) * STRINGS_IN_BLOCK + place, None
