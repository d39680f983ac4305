"""
One field written as a whole: its terms in order, and the postings of each.

Postings travel as 64-bit numbers, rank of the term (44 bits), document (16),
count (4), so that one sort of integers brings them into the order of the file.
A count that four bits cannot hold is apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from searchlib.arrays import I64, U32, U64, IntArray, np
from searchlib.embedded.codec.best_postings import BestPostings
from searchlib.embedded.codec.posting_writer import write_postings
from searchlib.embedded.codec.sections import SectionWriter
from searchlib.embedded.codec.term_dict import encode, is_packable, pack
from searchlib.embedded.codec.term_writer import write_terms

DOC_BITS = 16
COUNT_BITS = 4
_HELD = (1 << COUNT_BITS) - 1
_TERM_SHIFT = DOC_BITS + COUNT_BITS
_DOC_MASK = (1 << DOC_BITS) - 1


@dataclass
class Occurrences:
    """
    Counted occurrences of terms in documents, in any order, each pair of term and document once.

    `values` hold term, document and count as the module says; a count of 15
    means 15 unless `many` has more: term and document (`many_keys`) and count.
    """

    values: U64
    many_keys: U64
    many_counts: I64

    @classmethod
    def pack(cls, terms: U64, docs: U64, counts: I64) -> Occurrences:
        """Pack terms, documents and counts, which are arrays of one length."""
        keys = terms << np.uint64(DOC_BITS) | docs
        values = keys << np.uint64(COUNT_BITS) | np.minimum(counts, _HELD).astype(np.uint64)
        is_many = counts > _HELD
        return cls(values, keys[is_many], counts[is_many])

    @classmethod
    def of(cls, keys: U64) -> Occurrences:
        """Count *keys* (term and document, one for each occurrence)."""
        keys = np.sort(keys)
        firsts = firsts_of(keys)
        counts = np.diff(np.concatenate([firsts, [len(keys)]]))
        kept = keys[firsts]
        return cls.pack(kept >> np.uint64(DOC_BITS), kept & np.uint64(_DOC_MASK), counts)

    @classmethod
    def join(cls, parts: Sequence[Occurrences]) -> Occurrences:
        """Put parts with different documents together."""
        return cls(
            np.concatenate([np.empty(0, np.uint64), *(part.values for part in parts)]),
            np.concatenate([np.empty(0, np.uint64), *(part.many_keys for part in parts)]),
            np.concatenate([np.empty(0, np.int64), *(part.many_counts for part in parts)]),
        )

    @classmethod
    def add_up(cls, parts: Sequence[Occurrences]) -> Occurrences:
        """Put parts of the same documents together: what several have is counted together."""
        if len(parts) == 1:
            return parts[0]
        values = np.concatenate([np.empty(0, np.uint64), *(part.values for part in parts)])
        keys = values >> np.uint64(COUNT_BITS)
        counts = np.concatenate([np.empty(0, np.int64), *(part.counts for part in parts)])
        order = np.argsort(keys)
        keys, counts = keys[order], counts[order]
        firsts = firsts_of(keys)
        if len(firsts):
            keys, counts = keys[firsts], np.add.reduceat(counts, firsts)
        return cls.pack(keys >> np.uint64(DOC_BITS), keys & np.uint64(_DOC_MASK), counts)

    @property
    def counts(self) -> I64:
        """The count of each posting."""
        counts = (self.values & np.uint64(_HELD)).astype(np.int64)
        if len(self.many_keys):
            order = np.argsort(self.many_keys)
            many = np.flatnonzero(counts == _HELD)
            keys = self.values[many] >> np.uint64(COUNT_BITS)
            places = np.searchsorted(self.many_keys[order], keys)
            places[places == len(order)] = 0
            is_more = self.many_keys[order][places] == keys
            counts[many[is_more]] = self.many_counts[order][places[is_more]]
        return counts

    @property
    def terms(self) -> U64:
        """The term of each posting."""
        return self.values >> np.uint64(_TERM_SHIFT)

    @property
    def docs(self) -> U64:
        """The document of each posting."""
        return self.values >> np.uint64(COUNT_BITS) & np.uint64(_DOC_MASK)

    def rename(self, numbers: U64, many_numbers: U64) -> Occurrences:
        """Give every posting another term: *numbers* for `values`, *many_numbers* for `many_keys`."""
        rest = self.values & np.uint64((1 << (DOC_BITS + COUNT_BITS)) - 1)
        many_rest = self.many_keys & np.uint64(_DOC_MASK)
        return Occurrences(
            numbers << np.uint64(_TERM_SHIFT) | rest,
            many_numbers << np.uint64(DOC_BITS) | many_rest,
            self.many_counts,
        )


def firsts_of(ordered: U64) -> I64:
    """Return where in an ascending array each new value begins."""
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])[: len(ordered)])


@dataclass(frozen=True)
class TermOrder:
    """Terms in the order of the file, packed ones first; `ranks[i]` is the place of the i-th term given."""

    packed: U64
    strings: list[bytes]
    ranks: U64

    @classmethod
    def of(cls, terms: Sequence[str], packed: U64 | None = None) -> TermOrder:
        """Order distinct terms: those of *packed*, which are packed already, then *terms*."""
        before = np.empty(0, np.uint64) if packed is None else packed
        short: list[int] = []
        long: list[int] = []
        for number, term in enumerate(terms):
            (short if is_packable(term) else long).append(number)
        keys = np.concatenate([before, np.array([pack(terms[number]) for number in short], np.uint64)])
        places = np.concatenate([np.arange(len(before)), len(before) + np.array(short, np.int64)])
        strings = [encode(terms[number]) for number in long]
        ranks = np.empty(len(before) + len(terms), np.uint64)
        order = np.argsort(keys)
        ranks[places[order]] = np.arange(len(keys), dtype=np.uint64)
        by_bytes = sorted(range(len(long)), key=strings.__getitem__)
        strings_at = len(before) + np.array(long, np.int64)[by_bytes]
        ranks[strings_at] = np.arange(len(keys), len(ranks), dtype=np.uint64)
        return cls(keys[order], [strings[number] for number in by_bytes], ranks)


@dataclass(frozen=True)
class SortedField:
    """A field as it is written: its terms, packed ones first, and where the postings of each start."""

    packed: U64
    strings: Sequence[bytes]
    starts: I64
    docs: IntArray
    counts: IntArray

    @classmethod
    def of(cls, packed: U64, strings: Sequence[bytes], found: Occurrences) -> SortedField:
        """Sort *found*, and use it up; its terms are all the places in *packed*, then *strings*."""
        values = found.values
        values.sort()
        starts = np.append(firsts_of(values >> np.uint64(_TERM_SHIFT)), len(values))
        docs = (values >> np.uint64(COUNT_BITS) & np.uint64(_DOC_MASK)).astype(np.int32)
        counts = (values & np.uint64(_HELD)).astype(np.int32)
        if len(found.many_keys):
            counts[np.searchsorted(values >> np.uint64(COUNT_BITS), found.many_keys)] = found.many_counts
        return cls(packed, strings, starts, docs, counts)

    def write(self, writer: SectionWriter, name: str, best: BestPostings | None = None) -> None:
        """Write the field; *best* as of `PostingWriter`."""
        write_terms(writer, name, self.packed, self.strings)
        write_postings(writer, name, self.starts, self.docs, self.counts, best=best)


def ranks_of_ids(ids: SortedField | None) -> U32:
    """Return the place of each document's id in the order of the ids."""
    ranks = np.empty(0 if ids is None else len(ids.docs), np.uint32)
    if ids is not None:
        ranks[ids.docs] = np.arange(len(ranks))
    return ranks
