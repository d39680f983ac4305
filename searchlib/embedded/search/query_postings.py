"""
All postings of a query's terms, read at once.

A query of a sentence has forty terms, each in several fields and segments;
reading and scoring them one by one would be hundreds of small numpy calls. So a
segment's postings of all terms are in one array, ordered by term and then by
document, and every step of a search is a few calls over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from searchlib.arrays import I64, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.segment import OpenSegment
from searchlib.embedded.store.docsets import Docs, no_docs
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.frozen import dataclass
from searchlib.scoring.terms import Term, order_of

TERM_SHIFT = 32
"""A posting's key has the term's number above this bit, the document's in its segment below."""

_DOC_MASK = (1 << TERM_SHIFT) - 1
_HELD_IN = {"word": schema.TEXT, "pair": schema.TEXT_GRAMS}


Group = Sequence[tuple[int, Term]]
"""Terms of one unit and field with their numbers."""


@dataclass(frozen=True)
class Counted:
    """How often one field holds the terms: `counts` of the postings at `places`, which are in `docs`."""

    field: str
    places: I64 | slice
    docs: Docs
    counts: I64

    def behind(self, done: int) -> Counted:
        """Return the same with *done* other postings before."""
        if not done:
            return self
        places = self.places
        moved = slice(places.start + done, places.stop + done) if isinstance(places, slice) else places + done
        return Counted(self.field, moved, self.docs, self.counts)


class SegmentPostings:
    """One segment's postings: `keys` are term and document, ascending, each pair once over all fields."""

    def __init__(
        self, segment: OpenSegment, first: int, groups: Sequence[Sequence[tuple[int, Term]]]
    ) -> None:
        self.first = first
        self.size = segment.size
        keys: list[Docs] = []
        self.fields: list[Counted] = []
        done = 0
        for group in groups:
            for read, counted in _read(segment, group):
                self.fields += [one.behind(done) for one in counted]
                keys.append(read)
                done += len(read)
        self.keys = keys[0] if len(keys) == 1 else np.concatenate([no_docs(), *keys])
        self.docs: Docs = self.keys & _DOC_MASK
        count = sum(map(len, groups))
        self.bounds: list[int] = np.searchsorted(
            self.keys, np.arange(count + 1, dtype=np.int64) << TERM_SHIFT
        ).tolist()


def _read(segment: OpenSegment, group: Group) -> Iterator[tuple[Docs, list[Counted]]]:
    """Yield the keys of terms of one unit and field, and how often each field holds them."""
    unit, field = group[0][1].unit, group[0][1].field
    name = _HELD_IN[unit]
    found = segment.read_codes(name, [term.text for _, term in group])
    if not found:
        return
    kinds = segment.kinds(name)
    if len(found) == 1:
        place, docs, codes = found[0]
        keys = docs | group[place][0] << TERM_SHIFT
    else:
        docs = np.concatenate([docs for _, docs, _ in found])
        codes = np.concatenate([codes for _, _, codes in found])
        named = np.array([group[place][0] for place, _, _ in found], np.int64) << TERM_SHIFT
        keys = np.repeat(named, [len(docs) for _, docs, _ in found]) | docs
    if field is None:
        yield (
            keys,
            [Counted(one, places, docs[places], counts) for one, places, counts in kinds.by_field(codes)],
        )
        return
    counts = kinds.counts(codes, field)
    held = np.flatnonzero(counts)
    yield keys[held], [Counted(field, slice(0, len(held)), docs[held], counts[held])]


class Table:
    """The postings of some terms in one commit."""

    def __init__(self, snapshot: Snapshot, terms: Iterable[Term]) -> None:
        """Read them; *terms* are distinct."""
        self.terms = sorted(terms, key=order_of)
        """The terms, in the order of their numbers: those of one field and unit together."""
        numbered = groupby(enumerate(self.terms), key=lambda one: (one[1].field, one[1].unit))
        groups = [list(group) for _, group in numbered]
        self.parts = [
            SegmentPostings(segment, first, groups)
            for segment, first in zip(snapshot.segments, snapshot.firsts, strict=False)
        ]

    def docs(self, number: int) -> Docs:
        """Return the documents that hold a term, ascending."""
        found = []
        for part in self.parts:
            docs = part.docs[part.bounds[number] : part.bounds[number + 1]]
            if len(docs):
                found.append(docs + part.first if part.first else docs)
        if len(found) == 1:
            return found[0]
        return np.concatenate(found) if found else no_docs()

    def doc_freq(self, number: int) -> int:
        """Return how many documents hold a term in any of its fields."""
        return sum(part.bounds[number + 1] - part.bounds[number] for part in self.parts)

    def occurrences(self) -> I64:
        """Return how often each term is in any of its fields, in the order of the terms."""
        total = np.zeros(len(self.terms), np.int64)
        for part in self.parts:
            numbers = part.keys >> TERM_SHIFT
            for field in part.fields:
                total += np.bincount(numbers[field.places], field.counts, len(total)).astype(np.int64)
        return total
