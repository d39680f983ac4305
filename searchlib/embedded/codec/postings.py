"""
Which articles hold each term of a field, and how often: compressed lists, term by term.

Most terms are in a few documents, and their lists are many; most postings
belong to a few terms, whose lists are long. The two kinds are kept apart; the room's
docstring has the bytes of both. A short list is found by adding up at most 63
bytes, and either is decoded in a few numpy calls, whatever its length.

Measured on 20 000 news articles: a posting of a long list takes 5.3 bits for its
document and 2.6 for its frequency (gaps in a byte each, and two bits with the
greater ones in two bytes, took 8.2 and 3.4), one of a short list 13.4 and 1.5
(16 and 3.4).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache, lru_cache

from searchlib.arrays import I64, U32, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.lists import (
    MAX_UNIVERSE,
    decode_list,
    decode_lists,
    halves_from,
    layout,
    unpack_halves,
)
from searchlib.embedded.codec.sections import SectionFile

LONG = 128
"""From this many postings on a list is long, and found by itself."""

MAX_DOCS = MAX_UNIVERSE
"""Documents in one segment at most."""

BLOCK = 64
UNIVERSE_STEP = 256
SHORT_MOST = 17
FEW = 3
HALF = 15
BYTES_FROM = FEW + 1 + HALF
BYTE = 255

Docs = I64
Counts = I64


@cache
def _quarters() -> U32:
    """Return for each byte the four numbers of two bits in it, a byte each."""
    return np.array([sum((byte >> 2 * n & 3) << 8 * n for n in range(4)) for byte in range(256)], "<u4")


def add_up(held: Sequence[tuple[Docs, Docs]]) -> tuple[Docs, Docs]:
    """Return the documents of several lists, ascending, each once, and the sums of their counts."""
    docs = np.concatenate([docs for docs, _ in held])
    counts = np.concatenate([counts for _, counts in held])
    kept, places = np.unique(docs, return_inverse=True)
    return kept, np.bincount(places, counts).astype(np.int64)


class Postings:
    """The postings of one field of an open file."""

    def __init__(self, file: SectionFile, prefix: str) -> None:
        self._sizes = file.view(f"{prefix}{schema.SIZES}")
        self._all_sizes = file.array(f"{prefix}{schema.SIZES}")
        self._universe = int(file.array(f"{prefix}/universe")[0])
        self._bytes_of = _short_bytes(self._universe)
        self._blocks = file.view(f"{prefix}/blocks").cast("I")
        self._short_docs = file.array(f"{prefix}/short_docs")
        self._repeats = file.view(f"{prefix}/short_repeats")
        self._short_counts = file.array(f"{prefix}/short_counts")
        self._long_terms = file.view(f"{prefix}/long_terms").cast("I")
        self._long_starts = file.view(f"{prefix}/long_starts").cast("I")
        self._long_docs = file.array(f"{prefix}/long_docs")
        self._long_counts = file.array(f"{prefix}/long_counts")
        self._halves = file.array(f"{prefix}/long_halves")
        self._bytes = file.array(f"{prefix}/long_bytes")
        self._huge_at = file.view(f"{prefix}/huge_at").cast("I")
        self._huge_places = file.array(f"{prefix}/huge_at")
        self._huge = file.array(f"{prefix}/huge")

    def doc_freq(self, term: int) -> int:
        """Return how many documents hold a term, deleted ones included."""
        size = self._sizes[term]
        if size:
            return size
        place = 4 * bisect_left(self._long_terms, term)
        return self._long_starts[place + 4] - self._long_starts[place]

    def doc_freqs(self, terms: I64) -> I64:
        """Return the same for several terms."""
        sizes = self._all_sizes[terms].astype(np.int64)
        long = np.flatnonzero(sizes == 0)
        if len(long):
            places = np.searchsorted(np.frombuffer(self._long_terms, np.uint32), terms[long])
            starts = np.frombuffer(self._long_starts, np.uint32).reshape(-1, 4)[:, 0].astype(np.int64)
            sizes[long] = starts[places + 1] - starts[places]
        return sizes

    def of(self, term: int) -> tuple[Docs, Counts]:
        """Return the documents that hold a term, ascending, and how often each does."""
        size = self._sizes[term]
        if size:
            return self._short(term, size)
        place = 4 * bisect_left(self._long_terms, term)
        start, byte, half, wide, end = self._long_starts[place : place + 5]
        docs = decode_list(self._long_docs, byte, end - start, self._universe)
        return docs, self._counts_between(start, half, wide, end)

    def _short(self, term: int, size: int) -> tuple[Docs, Counts]:
        row = 3 * (term // BLOCK)
        before = bytes(self._sizes[term - term % BLOCK : term])
        byte = self._blocks[row] + sum(before.translate(self._bytes_of))
        docs = decode_list(self._short_docs, byte, size, self._universe)
        counts = np.ones(size, np.int64)
        first = self._blocks[row + 1]
        start = first + sum(before)
        repeats = self._repeats_between(start, start + size)
        if repeats:
            bits = np.frombuffer(repeats.to_bytes((size + 7) // 8, "little"), np.uint8)
            many = np.unpackbits(bits, bitorder="little").view(np.bool_).nonzero()[0]
            half = self._blocks[row + 2] + self._repeats_between(first, start).bit_count()
            counts[many] = unpack_halves(self._short_counts, half, len(many), halves_from(2))
        return docs, counts

    def all(self) -> tuple[I64, Docs, Counts]:
        """Return where each term's postings start, and all documents and counts."""
        sizes, docs, counts = self.between(0, len(self._all_sizes))
        return np.concatenate([[0], np.cumsum(sizes)]), docs, counts

    def between(self, first: int, end: int) -> tuple[I64, Docs, Counts]:
        """Return of a range of terms how many documents each has, and all documents and counts."""
        short_sizes = self._all_sizes[first:end].astype(np.int64)
        long_low, long_high = (bisect_left(self._long_terms, term) for term in (first, end))
        rows = np.frombuffer(self._long_starts, np.uint32).reshape(-1, 4)[long_low : long_high + 1]
        begun = rows[:, 0].astype(np.int64)
        long_sizes = begun[1:] - begun[:-1]
        sizes = short_sizes.copy()
        sizes[np.frombuffer(self._long_terms, np.uint32)[long_low:long_high].astype(np.int64) - first] = (
            long_sizes
        )
        in_long = np.repeat(short_sizes == 0, sizes)
        docs = np.empty(len(in_long), np.int64)
        counts = np.ones(len(in_long), np.int64)
        docs[~in_long], counts[~in_long] = self._short_between(first, short_sizes)
        posting, byte, half, wide = rows[0].tolist() if long_low else (0, 0, 0, 0)
        total = int(long_sizes.sum())
        if total:
            docs[in_long] = decode_lists(self._long_docs[byte:], long_sizes, self._universe)
            counts[in_long] = self._counts_between(posting, half, wide, posting + total)
        return sizes, docs, counts

    def _short_between(self, first: int, sizes: I64) -> tuple[Docs, Counts]:
        """Return the documents and counts of the short lists of some terms, from the *first* on."""
        byte = start = half = 0
        if first and len(sizes):
            row = 3 * (first // BLOCK)
            before = bytes(self._sizes[first - first % BLOCK : first])
            begun = self._blocks[row + 1]
            byte = self._blocks[row] + sum(before.translate(self._bytes_of))
            start = begun + sum(before)
            half = self._blocks[row + 2] + self._repeats_between(begun, start).bit_count()
        docs = decode_lists(self._short_docs[byte:], sizes, self._universe)
        end = start + len(docs)
        repeats = np.frombuffer(self._repeats[start >> 3 : end + 7 >> 3], np.uint8)
        bits = np.unpackbits(repeats, bitorder="little")[start & 7 : (start & 7) + len(docs)]
        many = bits.view(np.bool_).nonzero()[0]
        counts = np.ones(len(docs), np.int64)
        counts[many] = unpack_halves(self._short_counts, half, len(many), halves_from(2))
        return docs, counts

    def sizes_between(self, first: int, end: int) -> I64:
        """Return how many documents each of a range of terms has."""
        return self.doc_freqs(np.arange(first, end))

    def _repeats_between(self, start: int, end: int) -> int:
        """Return the bits of some postings of short lists as one number, the first lowest."""
        bits = int.from_bytes(self._repeats[start >> 3 : end + 7 >> 3], "little") >> (start & 7)
        return bits & (1 << end - start) - 1

    def _counts_between(self, start: int, half: int, byte: int, end: int) -> Counts:
        """Return the frequencies of some postings of long lists, the first at *half* and *byte* if great."""
        codes = _quarters().take(self._long_counts[start >> 2 : (end + 3) >> 2]).view(np.uint8)
        codes = codes[start & 3 : (start & 3) + end - start]
        counts = codes.astype(np.int64)
        many = (codes == 0).nonzero()[0]
        if len(many):
            halves = unpack_halves(self._halves, half, len(many), halves_from(FEW + 1))
            counts[many] = halves
            more = (halves == BYTES_FROM).nonzero()[0]
            if len(more):
                found = self._bytes[byte : byte + len(more)].astype(np.int64) + BYTES_FROM
                low, high = bisect_left(self._huge_at, byte), bisect_left(self._huge_at, byte + len(more))
                found[self._huge_places[low:high].astype(np.int64) - byte] = self._huge[low:high]
                counts[many[more]] = found
        return counts


@lru_cache(maxsize=256)
def _short_bytes(universe: int) -> bytes:
    """Return the bytes of a short list of each size, to translate sizes by."""
    return bytes([0, *(layout(size, universe)[0] for size in range(1, LONG)), *bytes(256 - LONG)])
