"""
All postings of a query's terms, read at once.

A query of a sentence has forty terms, each in several fields and segments;
reading and scoring them one by one would be hundreds of small numpy calls. So a
segment's postings of all terms stand in one array, ordered by term and then by
document, and every step of a search is a few calls over it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from searchlib.codec import schema
from searchlib.codec.segment import OpenSegment
from searchlib.store.docsets import NO_DOCS, Docs
from searchlib.store.snapshot import Snapshot

Unit = Literal["word", "pair"]

TERM_SHIFT = 32
"""A posting's key has the term's number above this bit, the document's in its segment below."""

_DOC_MASK = (1 << TERM_SHIFT) - 1
_SUFFIX = {"word": "", "pair": schema.GRAMS}


class Term(NamedTuple):
    """A term of the query: a word or a pair of characters, in one field or in all."""

    text: str
    unit: Unit
    field: str | None = None


@dataclass(frozen=True)
class Counted:
    """How often one field holds the terms: `counts` of the postings at `places`, which are in `docs`."""

    field: str
    places: npt.NDArray[np.int64] | slice
    docs: Docs
    counts: npt.NDArray[np.int64]


class Part:
    """One segment's postings: `keys` are term and document, ascending, each pair once over all fields."""

    def __init__(
        self, segment: OpenSegment, first: int, terms: Sequence[Term], wanted: dict[str, list[int]]
    ) -> None:
        self.first = first
        self.size = segment.size
        found = [
            (field, *read)
            for field in segment.text_fields
            if (read := _read(segment, field, terms, wanted)) is not None
        ]
        found.sort(key=lambda one: -len(one[1]))
        self.keys, places = _joined([keys for _, keys, _ in found])
        self.docs: Docs = self.keys & _DOC_MASK
        self.fields = [
            Counted(field, place, keys & _DOC_MASK, counts)
            for (field, keys, counts), place in zip(found, places, strict=True)
        ]
        self.bounds: list[int] = np.searchsorted(
            self.keys, np.arange(len(terms) + 1, dtype=np.int64) << TERM_SHIFT
        ).tolist()


def _read(
    segment: OpenSegment, field: str, terms: Sequence[Term], wanted: dict[str, list[int]]
) -> tuple[Docs, npt.NDArray[np.int64]] | None:
    """Return keys and counts of all terms in one field; None when it has none of them."""
    keys, counts = [], []
    for suffix in _SUFFIX.values():
        name = field + suffix
        if name not in wanted or segment.field(name) is None:
            continue
        numbers = wanted[name]
        held, docs, found, sizes = segment.postings_of(name, [terms[number].text for number in numbers])
        if held:
            named = np.array([numbers[place] for place in held], np.int64) << TERM_SHIFT
            keys.append(np.repeat(named, sizes) | docs)
            counts.append(found)
    if not keys:
        return None
    return (keys[0], counts[0]) if len(keys) == 1 else (np.concatenate(keys), np.concatenate(counts))


def _joined(lists: Sequence[Docs]) -> tuple[Docs, list[npt.NDArray[np.int64] | slice]]:
    """Return the union of ascending arrays, the longest first, and where in it each array's values stand."""
    if not lists:
        return NO_DOCS, []
    base, *others = lists
    places = [np.searchsorted(base, other) for other in others]
    new = [
        other[base[np.minimum(place, len(base) - 1)] != other]
        for other, place in zip(others, places, strict=True)
    ]
    added = np.unique(np.concatenate(new)) if len(new) > 1 else np.concatenate([NO_DOCS, *new])
    if not len(added):
        return base, [slice(None), *places]
    before = np.searchsorted(base, added)
    union = np.insert(base, before, added)
    is_old = np.ones(len(union), np.bool_)
    is_old[before + np.arange(len(added))] = False
    return union, [np.flatnonzero(is_old), *(np.searchsorted(union, other) for other in others)]


class Table:
    """The postings of some terms in one commit."""

    def __init__(self, snapshot: Snapshot, terms: Sequence[Term]) -> None:
        """Read them; *terms* are distinct, words before pairs."""
        self.terms = terms
        wanted: dict[str, list[int]] = {}
        for number, term in enumerate(terms):
            for field in (term.field,) if term.field else snapshot.text_fields:
                wanted.setdefault(field + _SUFFIX[term.unit], []).append(number)
        self.parts = [
            Part(segment, first, terms, wanted)
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
        return np.concatenate(found) if found else NO_DOCS

    def doc_freq(self, number: int) -> int:
        """Return how many documents hold a term in any of its fields."""
        return sum(part.bounds[number + 1] - part.bounds[number] for part in self.parts)
