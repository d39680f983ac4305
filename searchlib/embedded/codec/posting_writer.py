"""The postings of a field written, a range of terms at a time; `postings` reads them."""

from __future__ import annotations

from typing import NamedTuple

from searchlib.arrays import I64, U8, Bools, IntArray, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.best_postings import BestPostings
from searchlib.embedded.codec.lists import encode_lists, pack_halves
from searchlib.embedded.codec.postings import (
    BLOCK,
    BYTE,
    BYTES_FROM,
    FEW,
    HALF,
    LONG,
    SHORT_MOST,
    UNIVERSE_STEP,
)
from searchlib.embedded.codec.section_pieces import PackedPieces, Pieces, WaitingFile
from searchlib.embedded.codec.sections import SectionWriter

_RANGE = 1 << 20
"""Postings that are encoded at once."""


class _Lists(NamedTuple):
    """Some terms' lists, one after another."""

    sizes: I64
    docs: IntArray
    counts: IntArray


def universe_of(doc_end: int) -> int:
    """Return what is written as the bound of documents, rounded up: all fields of a segment share it."""
    return -(-doc_end // UNIVERSE_STEP) * UNIVERSE_STEP


def write_postings(
    writer: SectionWriter,
    prefix: str,
    starts: I64,
    docs: IntArray,
    counts: IntArray,
    *,
    best: BestPostings | None = None,
) -> None:
    """Write the postings of a field; *docs* ascend within each term, *counts* are 1 or more."""
    written = PostingWriter(int(docs.max(initial=0)) + 1, best=best)
    first = 0
    while first < len(starts) - 1:
        end = max(first + 1, int(np.searchsorted(starts, starts[first] + _RANGE, "right")) - 1)
        held = slice(int(starts[first]), int(starts[end]))
        written.add(np.diff(starts[first : end + 1]), docs[held], counts[held])
        first = end
    written.write(writer, prefix)


class PostingWriter:
    """Takes the postings of a field, range by range of its terms, and writes its sections."""

    def __init__(
        self, doc_end: int, waiting_file: WaitingFile | None = None, best: BestPostings | None = None
    ) -> None:
        """
        Begin a field.

        Args:
            doc_end: Documents are below it.
            waiting_file: As of `Pieces`.
            best: Takes the long lists of a field of texts.
        """
        self._best = best
        self._universe = universe_of(doc_end)
        self._terms = 0
        self._short_end = np.zeros(3, np.int64)
        self._long_end = np.zeros(4, np.int64)
        self._sizes, self._short_docs, self._long_docs, self._long_bytes = (
            Pieces(np.uint8, waiting_file) for _ in range(4)
        )
        self._blocks, self._long_terms, self._long_starts, self._huge_at, self._huge = (
            Pieces(np.uint32, waiting_file) for _ in range(5)
        )
        self._repeats = PackedPieces(lambda flags: np.packbits(flags, bitorder="little"), 8, waiting_file)
        self._short_counts = PackedPieces(pack_halves, 2, waiting_file)
        self._long_halves = PackedPieces(pack_halves, 2, waiting_file)
        self._long_counts = PackedPieces(_pack_quarters, 4, waiting_file)

    def add(
        self,
        sizes: I64,
        docs: IntArray,
        counts: IntArray,
    ) -> None:
        """Take the next terms, each with so many documents, which ascend, and the counts of these."""
        is_long = sizes >= LONG
        starts = np.concatenate([[0], np.cumsum(sizes)])
        is_long[np.searchsorted(starts, np.flatnonzero(counts > SHORT_MOST), "right") - 1] = True
        in_long = np.repeat(is_long, sizes)
        short_sizes = np.where(is_long, 0, sizes)
        self._sizes.add(short_sizes)
        self._add_short(_Lists(short_sizes, docs[~in_long], counts[~in_long]))
        long_terms = np.flatnonzero(is_long)
        self._long_terms.add(long_terms + self._terms)
        lists = _Lists(sizes[long_terms], docs[in_long], counts[in_long])
        self._add_long(lists)
        if self._best is not None:
            self._best.add(long_terms + self._terms, *lists)
        self._terms += len(sizes)

    def _add_short(self, lists: _Lists) -> None:
        sizes, docs, counts = lists
        data, docs_at = encode_lists(docs, sizes, self._universe)
        self._short_docs.add(data)
        repeats = counts > 1
        self._repeats.add(repeats)
        self._short_counts.add(counts[repeats] - 2)
        postings_at = np.concatenate([[0], np.cumsum(sizes)])
        first = -self._terms % BLOCK
        begun = postings_at[:-1][first::BLOCK]
        rows = np.stack([docs_at[:-1][first::BLOCK], begun, _before(repeats, begun)], 1)
        self._blocks.add((rows + self._short_end).ravel())
        self._short_end += [docs_at[-1], postings_at[-1], np.count_nonzero(repeats)]

    def _add_long(self, lists: _Lists) -> None:
        sizes, docs, counts = lists
        if not len(sizes):
            return
        data, docs_at = encode_lists(docs, sizes, self._universe)
        self._long_docs.add(data)
        is_many = counts > FEW
        self._long_counts.add(np.where(is_many, 0, counts).astype(np.uint8))
        many = counts[is_many]
        is_more = many >= BYTES_FROM
        more = many[is_more] - BYTES_FROM
        self._long_halves.add(np.minimum(many - FEW - 1, HALF))
        self._long_bytes.add(np.minimum(more, BYTE))
        huge_at = np.flatnonzero(more >= BYTE)
        self._huge_at.add(huge_at + self._long_end[3])
        self._huge.add(more[huge_at] + BYTES_FROM)
        postings_at = np.concatenate([[0], np.cumsum(sizes)])
        halves_at = _before(is_many, postings_at)
        rows = np.stack([postings_at, docs_at, halves_at, _before(is_more, halves_at)], 1)
        self._long_starts.add((rows[:-1] + self._long_end).ravel())
        self._long_end += rows[-1]

    def write(self, writer: SectionWriter, prefix: str) -> None:
        """Write all sections; what was taken is used up."""
        self._sizes.write(writer, f"{prefix}{schema.SIZES}")
        writer.add(f"{prefix}/universe", np.array([self._universe], np.uint32))
        self._short_docs.write(writer, f"{prefix}/short_docs")
        self._repeats.write(writer, f"{prefix}/short_repeats")
        self._short_counts.write(writer, f"{prefix}/short_counts")
        self._blocks.write(writer, f"{prefix}/blocks")
        self._long_terms.write(writer, f"{prefix}/long_terms")
        self._long_docs.write(writer, f"{prefix}/long_docs")
        self._long_counts.write(writer, f"{prefix}/long_counts")
        self._long_halves.write(writer, f"{prefix}/long_halves")
        self._long_bytes.write(writer, f"{prefix}/long_bytes")
        self._huge_at.write(writer, f"{prefix}/huge_at")
        self._huge.write(writer, f"{prefix}/huge")
        self._long_starts.add(self._long_end)
        self._long_starts.write(writer, f"{prefix}/long_starts")
        if self._best is not None:
            self._best.write(writer, prefix)


def _pack_quarters(codes: U8) -> U8:
    """Put numbers below 4 four to a byte."""
    four = np.concatenate([codes, np.zeros(-len(codes) % 4, np.uint8)]).reshape(-1, 4)
    packed: U8 = four[:, 0] | four[:, 1] << 2 | four[:, 2] << 4 | four[:, 3] << 6
    return packed


def _before(flags: Bools, places: I64) -> I64:
    """Return how many *flags* are set before each of *places*."""
    return np.searchsorted(np.flatnonzero(flags), places)
