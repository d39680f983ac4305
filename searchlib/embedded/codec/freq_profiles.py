"""
One list of postings for all text fields: how often each field holds a term, in one small number.

A query asks for a word in any field, so a segment keeps for each word, and for
each pair of characters, one list of the articles that hold it anywhere. Where a
field's own postings would say how often, these have a code: a row of a table
that has a column for each field. Most postings are "once in the body", so the
rows are in the order of how many postings have them, and the codes, which count
from 1, are compressed as frequencies are. The room's docstring has the bytes.

Measured on 20 000 news articles: half the lookups and lists of a query, and no
second dictionary for headlines.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.arrays import I64, U64, AnyArray, Bools, IntArray, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.best_postings import BestPostings, Lengths
from searchlib.embedded.codec.field_sections import DOC_BITS, SortedField
from searchlib.embedded.codec.sections import SectionFile, SectionWriter

_DOC_MASK = (1 << DOC_BITS) - 1
_RANGE = 1 << 20
_SMALL = 256


class Kinds:
    """The table of one field; code `n` is row `n - 1`, the columns are in the order of `schema.in_order`."""

    def __init__(self, fields: Sequence[str], rows: IntArray) -> None:
        self.fields = tuple(fields)
        self.rows: I64 = rows.astype(np.int64).reshape(-1, len(fields))
        sums = self.rows.sum(axis=0)
        self.base = int(sums.argmax()) if len(self.rows) else 0
        """The column that holds the most."""
        self._columns = [np.concatenate([[0], self.rows[:, place]]) for place in range(len(self.fields))]
        only_base = self.rows.sum(axis=1) == self.rows[:, self.base]
        self._is_mixed = np.concatenate([[False], ~only_base])

    @classmethod
    def of(cls, file: SectionFile, prefix: str) -> Kinds:
        """Read the table of an open file."""
        return cls(schema.columns_of(file, prefix), file.array(f"{prefix}/kinds"))

    def write(self, writer: SectionWriter, prefix: str) -> None:
        """Write the table."""
        rows = self.rows.ravel()
        writer.add(f"{prefix}/kinds", rows.astype(np.min_scalar_type(int(rows.max(initial=0)))))
        writer.add(f"{prefix}/columns", "".join(f"{name}\n" for name in self.fields).encode())

    def counts(self, codes: I64, field: str) -> I64:
        """Return how often one field holds the term of each posting, 0 where it does not."""
        if field not in self.fields:
            return np.zeros(len(codes), np.int64)
        counts: I64 = self._columns[self.fields.index(field)][codes]
        return counts

    def by_field(self, codes: I64) -> list[tuple[str, I64 | slice, I64]]:
        """
        Return for each field that any posting has: its name, its postings' places, and how often.

        The fields are in the order of the table; the one that holds the most has all places, with zeros.
        """
        found: list[tuple[str, I64 | slice, I64]] = []
        mixed = np.flatnonzero(self._is_mixed[codes])
        mixed_codes = codes[mixed]
        for place, name in enumerate(self.fields):
            if place == self.base:
                found.append((name, slice(0, len(codes)), self._columns[place][codes]))
            elif len(mixed):
                counts = self._columns[place][mixed_codes]
                held = np.flatnonzero(counts)
                if len(held):
                    found.append((name, mixed[held], counts[held]))
        return found


def write_fused(writer: SectionWriter, name: str, fields: dict[str, SortedField], lengths: Lengths) -> None:
    """Write several fields, if there are any, as one; they are used up."""
    if fields:
        kinds, field = fuse_fields(fields)
        field.write(writer, name, BestPostings(kinds, lengths))
        kinds.write(writer, name)


def fuse_fields(fields: dict[str, SortedField]) -> tuple[Kinds, SortedField]:
    """
    Make one field of several, which are used up, with codes where the counts of each stand.

    The field with the most postings is the base, into whose arrays those of the others are put:
    nothing wider than what it holds is made of all its postings.
    """
    base, *others = sorted(fields, key=lambda name: -len(fields[name].docs))
    names = [base, *others]
    packed = np.unique(np.concatenate([field.packed for field in fields.values()]))
    strings = sorted({string for field in fields.values() for string in field.strings})
    place_of = {string: place for place, string in enumerate(strings, len(packed))}
    ranks = {
        name: np.append(np.searchsorted(packed, field.packed), [place_of[one] for one in field.strings])
        for name, field in fields.items()
    }
    sizes = np.zeros(len(packed) + len(strings), np.int64)
    sizes[ranks.pop(base).astype(np.int64)] = np.diff(fields[base].starts)
    docs, base_counts = fields[base].docs, fields.pop(base).counts
    starts = np.concatenate([[0], np.cumsum(sizes)])
    keys = {name: _keys(ranks[name], fields[name]) for name in others}
    other_keys = np.unique(np.concatenate([np.empty(0, np.uint64), *keys.values()]))
    counts = np.zeros((len(other_keys), len(names)), np.int64)
    for column, name in enumerate(others, 1):
        counts[np.searchsorted(other_keys, keys[name]), column] = fields[name].counts
    fields.clear()
    places, is_shared = _places(starts, docs, other_keys)
    shared = places[is_shared]
    counts[is_shared, 0] = base_counts[shared]
    rows, row_of = _distinct(counts)
    # A row for each count that the base has alone, then the others.
    held, place_of_count, alone = _count(base_counts)
    del base_counts
    alone -= np.bincount(np.searchsorted(held, counts[is_shared, 0]), minlength=len(alone))
    every = np.zeros((len(alone) + len(rows), len(names)), np.int64)
    every[: len(alone), 0] = held
    every[len(alone) :] = rows
    kinds, code_of = _rank(names, every, np.append(alone, np.bincount(row_of, minlength=len(rows))))
    code_of = code_of.astype(np.min_scalar_type(len(kinds.rows)))
    codes = _take(code_of, place_of_count)
    del place_of_count
    other_codes = code_of[len(alone) + row_of]
    codes[shared] = other_codes[is_shared]
    new = ~is_shared
    if new.any():
        codes = np.insert(codes, places[new], other_codes[new])
        docs = np.insert(docs, places[new], (other_keys[new] & np.uint64(_DOC_MASK)).astype(docs.dtype))
        sizes += np.bincount((other_keys[new] >> np.uint64(DOC_BITS)).astype(np.int64), minlength=len(sizes))
        starts = np.concatenate([[0], np.cumsum(sizes)])
    return kinds, SortedField(packed, strings, starts, docs, codes)


def _count(
    counts: IntArray,
) -> tuple[I64, IntArray, I64]:
    """
    Return the different counts, ascending, the place among them of each, and how many postings have each.

    Few are great: an array with an entry for each number up to the greatest would be as long as an article.
    """
    small = counts.astype(np.uint8) if int(counts.max(initial=0)) < _SMALL else None
    if small is not None:
        of_each = np.zeros(int(small.max(initial=0)) + 1, np.int64)
        for start in range(0, len(small), _RANGE):  # numpy makes eight bytes of each
            of_each += np.bincount(small[start : start + _RANGE], minlength=len(of_each))
        return np.arange(len(of_each)), small, of_each
    pieces = [counts[start : start + _RANGE] for start in range(0, len(counts), _RANGE)]
    held = np.unique(np.concatenate([np.unique(piece) for piece in pieces]))
    places = np.empty(len(counts), np.min_scalar_type(len(held)))
    of_each = np.zeros(len(held), np.int64)
    for start, piece in zip(range(0, len(counts), _RANGE), pieces, strict=True):
        found = np.searchsorted(held, piece)
        places[start : start + _RANGE] = found
        of_each += np.bincount(found, minlength=len(held))
    return held.astype(np.int64), places, of_each


def _take(values: AnyArray, places: IntArray) -> AnyArray:
    """Return the values at some places, range by range: numpy makes eight bytes of each place."""
    found = np.empty(len(places), values.dtype)
    for start in range(0, len(places), _RANGE):
        found[start : start + _RANGE] = values[places[start : start + _RANGE]]
    return found


def _keys(ranks: AnyArray, field: SortedField) -> U64:
    """Return term and document of each posting as one number."""
    of_term = np.repeat(ranks.astype(np.uint64), np.diff(field.starts))
    return of_term << np.uint64(DOC_BITS) | field.docs.astype(np.uint64)


def _places(starts: I64, docs: IntArray, keys: U64) -> tuple[I64, Bools]:
    """Return where postings are among others, or would be, and whether they are, range by range of terms."""
    places = np.empty(len(keys), np.int64)
    is_there = np.zeros(len(keys), np.bool_)
    first = 0
    while first < len(starts) - 1:
        end = max(first + 1, int(np.searchsorted(starts, starts[first] + _RANGE, "right")) - 1)
        low, high = np.searchsorted(keys, np.array([first, end], np.uint64) << np.uint64(DOC_BITS))
        if high > low:
            of_term = np.repeat(np.arange(first, end, dtype=np.uint64), np.diff(starts[first : end + 1]))
            held = of_term << np.uint64(DOC_BITS) | docs[starts[first] : starts[end]].astype(np.uint64)
            found = np.searchsorted(held, keys[low:high])
            places[low:high] = found + starts[first]
            inside = found < len(held)
            is_there[low:high][inside] = held[found[inside]] == keys[low:high][inside]
        first = end
    return places, is_there


def join_tables(tables: Sequence[tuple[Kinds, I64]]) -> tuple[Kinds, list[I64]]:
    """
    Make one table of several, each given with how many postings still have each of its codes.

    Returns:
        The table, and for each one its codes' new codes; 0 for one that is not in use.
    """
    names = list(dict.fromkeys(name for kinds, _ in tables for name in kinds.fields))
    every = []
    for kinds, _ in tables:
        rows = np.zeros((len(kinds.rows), len(names)), np.int64)
        for place, name in enumerate(kinds.fields):
            rows[:, names.index(name)] = kinds.rows[:, place]
        every.append(rows)
    weights = np.concatenate([of_each[1:] for _, of_each in tables])
    rows, row_of = _distinct(np.concatenate(every))
    kinds, code_of = _rank(names, rows, np.bincount(row_of, weights, len(rows)).astype(np.int64))
    ends = np.cumsum([len(own) for own in every]).tolist()
    return kinds, [
        np.concatenate([[0], code_of[row_of[end - len(own) : end]]])
        for own, end in zip(every, ends, strict=True)
    ]


def _rank(names: Sequence[str], rows: I64, postings: I64) -> tuple[Kinds, I64]:
    """Return a table of the rows that any posting has, the most frequent first, and the code of each row."""
    columns = [
        names.index(name) for name in schema.in_order(names) if rows[postings > 0, names.index(name)].any()
    ]
    rows = rows[:, columns]
    order = np.lexsort((*rows.T, -postings))[: np.count_nonzero(postings)]
    codes = np.zeros(len(rows), np.int64)
    codes[order] = np.arange(1, len(order) + 1)
    return Kinds([names[column] for column in columns], rows[order]), codes


def _distinct(rows: I64) -> tuple[I64, I64]:
    """Return the different rows, and for each row which of them it is."""
    names = np.zeros(len(rows), np.int64)
    for column in rows.T:
        if column.any():
            width = int(column.max()) + 1
            names = np.unique(names * width + column, return_inverse=True)[1].reshape(-1)
    firsts = np.unique(names, return_index=True)[1] if len(rows) else names
    return rows[firsts], names
