"""
Several segments to one, in arrays: terms ranked again, documents numbered again, deleted ones left out.

It goes by ranges of terms, and takes of each segment what falls into one; what is
written waits in files. So the memory is that of one range, of some figures for
each document, and of the largest article, however large the segments are.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from searchlib.arrays import I64, U32, U64, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.article_store import Articles, Sample, take_sample, write_articles
from searchlib.embedded.codec.best_postings import BestPostings, Lengths
from searchlib.embedded.codec.field_sections import Occurrences, SortedField
from searchlib.embedded.codec.freq_profiles import Kinds, join_tables
from searchlib.embedded.codec.kernel_merging import Source, merge_texts
from searchlib.embedded.codec.posting_writer import PostingWriter
from searchlib.embedded.codec.postings import Docs, Postings
from searchlib.embedded.codec.sections import SectionWriter
from searchlib.embedded.codec.segment import OpenSegment
from searchlib.embedded.codec.term_dict import TermDict, encode
from searchlib.embedded.codec.term_writer import TermWriter
from searchlib.model import TEXT_FIELDS
from searchlib.native import engine

_RANGE_POSTINGS = 1 << 19
_RANGE_TERMS = 1 << 16
_RANGE_BYTES = 1 << 22
"""What is taken of all segments together at once: postings, terms, and bytes of terms that are not packed."""


def merge(segments: Sequence[OpenSegment], path: Path, threads: int = 1) -> int:
    """
    Write the live documents of *segments*, in their order, as one segment.

    Args:
        threads: How many may work, where the kernel does.

    Returns:
        The number of documents, at least 1 and at most `MAX_DOCS`.
    """
    renumbered = _renumber(segments)
    doc_total = sum(int(segment.live.sum()) for segment in segments)

    def lengths_of(field: str) -> I64:
        return np.concatenate([segment.lengths(field)[segment.live] for segment in segments])

    has_kernel = engine().kernel is not None and sys.byteorder == "little"
    known = [schema.ID, schema.FILE, schema.DATE, schema.STORED_VALUES]
    if not has_kernel:
        known += schema.FUSED
    with SectionWriter(path) as writer:
        found = {name for segment in segments for name in schema.field_names(segment.file)}
        for name in (name for name in known if name in found):
            ids = np.empty(doc_total if name == schema.ID else 0, np.uint32)
            _merge_field(writer, name, segments, renumbered, ids, lengths=lengths_of)
            if name == schema.ID:
                writer.add("ids", ids)
        if has_kernel:
            fields = {name for segment in segments for name in segment.text_fields}
            ends = accumulate((int(segment.live.sum()) for segment in segments), initial=0)
            sources = [Source.of(segment, first) for segment, first in zip(segments, ends, strict=False)]
            merge_texts(writer, sources, [*fields], lengths_of, threads)
        sections = (section for segment in segments for section in segment.file.names)
        lengths = (section for section in sections if section.startswith("lengths/"))
        for section in _in_order(lengths, [f"lengths/{name}" for name in TEXT_FIELDS]):
            field = section.removeprefix("lengths/")
            counts = lengths_of(field)
            if counts.any():
                writer.add(section, counts.astype(np.min_scalar_type(int(counts.max()))))
        writer.add(
            "dates", np.concatenate([segment.dates[segment.live] for segment in segments]).astype(np.uint32)
        )
        writer.add("headlines", np.concatenate([segment.headlines()[segment.live] for segment in segments]))
        write_articles(writer, _records(segments), _sample(segments), threads)
        writer.finish()
    return doc_total


def _in_order(names: Iterable[str], known: Sequence[str]) -> list[str]:
    """Return names, each once, in the order of those *known*, whichever the first segment lacks."""
    return sorted(dict.fromkeys(names), key=lambda name: known.index(name) if name in known else len(known))


def _renumber(segments: Sequence[OpenSegment]) -> list[U64]:
    """Return for each segment the new number of each document; deleted ones have none that means anything."""
    numbers = []
    first = 0
    for segment in segments:
        numbers.append((first + np.cumsum(segment.live) - segment.live).astype(np.uint64))
        first += int(segment.live.sum())
    return numbers


def _records(segments: Sequence[OpenSegment]) -> Iterator[bytes]:
    for segment in segments:
        for number, text in enumerate(Articles(segment.file).texts()):
            if segment.live[number]:
                yield encode(text)
            if not number % 1000:
                segment.file.let_go_of_pages()


def _sample(segments: Sequence[OpenSegment]) -> Sample:
    live = [(segment, doc) for segment in segments for doc in np.flatnonzero(segment.live).tolist()]

    def record_of(number: int) -> bytes:
        segment, doc = live[number]
        return encode(segment.text(doc))

    return take_sample(len(live), record_of)


@dataclass
class _Source:
    """One field of one segment, and how far it has been taken."""

    segment: OpenSegment
    numbers: U64
    """The new numbers of its documents."""
    terms: TermDict
    postings: Postings
    share: int
    """It takes one part of so many of what is taken at once."""
    codes: I64 | None = None
    """The new codes of a field that holds several."""
    taken: int = 0
    keys: U64 | list[bytes] | None = None
    """The next terms, as numbers or as strings."""

    def look_ahead(self, end: int) -> U64 | list[bytes]:
        """Return the next terms below the number *end*, as many as a range takes; empty after the last."""
        if self.keys is None or not len(self.keys):
            last = self._last_of_range(end)
            between = self.terms.slice_packed if end <= self.terms.short_count else self.terms.strings_between
            self.keys = between(self.taken, last) if last > self.taken else []
        return self.keys

    def _last_of_range(self, end: int) -> int:
        last = min(end, self.taken + max(1, _RANGE_TERMS // self.share))
        if last > self.taken >= self.terms.short_count:
            last = min(last, self.terms.strings_end(self.taken, _RANGE_BYTES // self.share))
        sizes = np.cumsum(self.postings.sizes_between(self.taken, last))
        fits = int(np.searchsorted(sizes, max(1, _RANGE_POSTINGS // self.share), "right"))
        return min(last, self.taken + max(1, fits))

    def take(self, count: int) -> tuple[U64 | list[bytes], U64, U64, I64]:
        """Take the next terms, and of their postings the places of the terms, new documents and counts."""
        if not count or self.keys is None:
            return [], np.empty(0, np.uint64), np.empty(0, np.uint64), np.empty(0, np.int64)
        keys, self.keys = self.keys[:count], self.keys[count:]
        of_term, docs, counts = self._live(self.taken, self.taken + count)
        self.taken += count
        if self.codes is not None:
            counts = self.codes[counts]
        return keys, of_term, self.numbers[docs], counts

    def _live(self, first: int, end: int) -> tuple[U64, Docs, I64]:
        sizes, docs, counts = self.postings.between(first, end)
        of_term = np.repeat(np.arange(len(sizes), dtype=np.uint64), sizes)
        if not self.segment.has_deleted:
            return of_term, docs, counts
        kept = self.segment.live[docs]
        return of_term[kept], docs[kept], counts[kept]

    def figures(self, code_count: int, *, docs_too: bool) -> tuple[int, I64]:
        """Return the end of the documents, if asked for, and how many postings have each code."""
        doc_end = 0
        of_each = np.zeros(code_count + 1, np.int64)
        while self.taken < len(self.terms):
            last = self._last_of_range(len(self.terms))
            _, docs, codes = self._live(self.taken, last)
            if docs_too and len(docs):
                doc_end = max(doc_end, int(self.numbers[docs].max()) + 1)
            if code_count:
                of_each += np.bincount(codes, minlength=code_count + 1)
            self.taken = last
            self.segment.file.let_go_of_pages()
        self.taken = 0
        return doc_end, of_each


def _merge_field(
    writer: SectionWriter,
    name: str,
    segments: Sequence[OpenSegment],
    renumbered: Sequence[U64],
    ids: U32,
    *,
    lengths: Lengths,
) -> None:
    """Write one field, if any live document has it; *ids* takes the number of the term of each document."""
    sources = [
        _Source(segment, numbers, *field, share=len(segments))
        for segment, numbers in zip(segments, renumbered, strict=True)
        if (field := segment.field(name)) is not None
    ]
    doc_end, kinds = _figures(sources, name)
    if not doc_end:
        return
    best = None if kinds is None else BestPostings(kinds, lengths, writer.waiting_file)
    terms, postings = TermWriter(writer.waiting_file), PostingWriter(doc_end, writer.waiting_file, best)
    done = 0
    for merged in _ranges(sources):
        terms.add(merged.packed, merged.strings)
        sizes = np.diff(merged.starts)
        postings.add(sizes, merged.docs, merged.counts)
        if len(ids):
            ids[merged.docs] = np.arange(done, done + len(sizes))
        done += len(sizes)
    terms.write(writer, name)
    postings.write(writer, name)
    if kinds is not None:
        kinds.write(writer, name)


def _figures(sources: Sequence[_Source], name: str) -> tuple[int, Kinds | None]:
    """Return the end of the documents that have a field, and its kinds if it holds several."""
    is_fused = name in schema.FUSED
    tables = []
    doc_end = 0
    for source in reversed(sources):  # the last that has any has the last documents
        held = source.segment.kinds(name) if is_fused else None
        if held is None and doc_end:
            break
        found, of_each = source.figures(0 if held is None else len(held.rows), docs_too=not doc_end)
        doc_end = doc_end or found
        if held is not None:
            tables.append((held, of_each))
    if not tables or not doc_end:
        return doc_end, None
    kinds, codes = join_tables(tables[::-1])
    for source, own in zip(sources, codes, strict=True):
        source.codes = own
    return doc_end, kinds


def _ranges(sources: Sequence[_Source]) -> Iterator[SortedField]:
    """Yield the field, range by range of its terms, those that are packed first."""
    for only_short in (True, False):
        while True:
            ahead = [
                source.look_ahead(source.terms.short_count if only_short else len(source.terms))
                for source in sources
            ]
            lasts = [keys[-1] for keys in ahead if len(keys)]
            if not lasts:
                break
            until = min(lasts)
            taken = [
                source.take(bisect_right(keys, until)) for source, keys in zip(sources, ahead, strict=True)
            ]
            merged = _sort(taken, are_packed=only_short)
            if len(merged.docs):
                yield merged
            for source in sources:
                source.segment.file.let_go_of_pages()


def _sort(taken: Sequence[tuple[U64 | list[bytes], U64, U64, I64]], *, are_packed: bool) -> SortedField:
    """Rank the terms of a range again, those still used, and sort its postings by them."""
    packed = np.empty(0, np.uint64)
    strings: list[bytes] = []
    ranked: list[U64] = []
    used = [np.unique(of_term).astype(np.int64) for _, of_term, _, _ in taken]
    if are_packed:
        arrays = [np.asarray(keys, np.uint64) for keys, *_ in taken]
        packed = np.unique(np.concatenate([keys[held] for keys, held in zip(arrays, used, strict=True)]))
        ranked = [np.searchsorted(packed, keys).astype(np.uint64) for keys in arrays]
    else:
        found = [
            [keys[place] for place in held.tolist()] for (keys, *_), held in zip(taken, used, strict=True)
        ]
        strings = sorted({string for some in found for string in some})
        place_of = {string: place for place, string in enumerate(strings)}
        for (keys, *_), some, held in zip(taken, found, used, strict=True):
            ranks = np.zeros(len(keys), np.uint64)
            ranks[held] = [place_of[string] for string in some]
            ranked.append(ranks)
    parts = [
        Occurrences.pack(ranks[of_term.astype(np.int64)], docs, counts)
        for ranks, (_, of_term, docs, counts) in zip(ranked, taken, strict=True)
    ]
    return SortedField.of(packed, strings, Occurrences.join(parts))
