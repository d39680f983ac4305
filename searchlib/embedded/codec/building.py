"""
Articles to one segment: analysed batch by batch, wherever that may be, sorted once, written.

What a batch holds is decided by the articles alone, so that a segment has the
same bytes whoever analysed its batches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from searchlib.analysis import Analyzer
from searchlib.analysis.grams import join_pair
from searchlib.arrays import I64, U64, np
from searchlib.dates import date_of
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.analyzed_batch import (
    FIRST_UNIT,
    UNIT_BITS,
    AnalyzedBatch,
    Batch,
    GramPart,
    TermPart,
    split_codes,
    split_pairs,
)
from searchlib.embedded.codec.article_store import WaitingRecords, check_size, take_sample, write_articles
from searchlib.embedded.codec.best_postings import Lengths
from searchlib.embedded.codec.field_sections import (
    DOC_BITS,
    Occurrences,
    SortedField,
    TermOrder,
    firsts_of,
    ranks_of_ids,
)
from searchlib.embedded.codec.freq_profiles import write_fused
from searchlib.embedded.codec.kernel_texts import MOST_UNITS, KernelTexts, counting_tables
from searchlib.embedded.codec.ordering import Ordered, PostingRuns, in_order, join_runs
from searchlib.embedded.codec.parts import Numbers, analyze, pair_up, term_part
from searchlib.embedded.codec.postings import MAX_DOCS
from searchlib.embedded.codec.sections import SectionWriter
from searchlib.embedded.codec.term_dict import decode, pack_pairs
from searchlib.model import TEXT_FIELDS

BATCH_BYTES = 800_000
"""A batch ends when its records come to so many, a quarter of a million Han characters."""

_BATCH_DOCS = 2_000
_SEGMENT_BYTES = 260_000_000
"""With this many bytes of records a segment is full: its file is too large to be merged again."""

_ARRAYS_BYTES = 75_000_000
"""The same where arrays hold all of a segment until it is written."""

Submit = Callable[[Batch, Callable[[AnalyzedBatch], None]], None]
"""Has a batch analysed and hands the part over, at once or later, in the order of the batches."""


class TermCollector:
    """Collects the terms of one field, given as strings."""

    def __init__(self) -> None:
        self._numbers = Numbers()
        self._runs = PostingRuns()

    def add(self, part: TermPart) -> None:
        """Take terms with documents that come after those of all other parts."""
        numbers = self._numbers.of(part.texts)
        found = part.found
        many = found.many_keys >> np.uint64(DOC_BITS)
        found = found.rename(numbers[found.terms], numbers[many])
        found.values.sort()
        self._runs.add(found)

    def sort(self) -> SortedField | None:
        """Return the field as it is written, None when it has no term, and let go of the parts."""
        runs = self._runs.take()
        if not runs:
            return None
        ranking = self._rank(runs)
        return SortedField(ranking.packed, ranking.strings, *join_runs(runs, len(ranking.ranks)))

    def _rank(self, runs: Sequence[Ordered]) -> TermOrder:
        """Write the rank of each term among all in place of its number."""
        texts = list(self._numbers)
        used = np.zeros(len(texts), np.bool_)  # a number may have been given to what is no word
        for run in runs:
            used[run.terms] = True
        numbers = np.flatnonzero(used)
        ranking = TermOrder.of([texts[number] for number in numbers.tolist()])
        ranks = np.zeros(len(texts), np.uint64)
        ranks[numbers] = ranking.ranks
        for run in runs:
            run.terms = ranks[run.terms]
        return ranking


class GramCollector:
    """Collects a text field's units and pairs."""

    def __init__(self) -> None:
        self._units = Numbers()
        self._han = PostingRuns()
        self._others: list[tuple[U64, Occurrences]] = []

    def __len__(self) -> int:
        return len(self._units)

    def add(self, part: GramPart) -> None:
        """Take units and pairs with documents that come after those of all other parts."""
        codes = self._units.of(part.units) + np.uint64(FIRST_UNIT)
        self._han.add(part.han)
        self._others.append((_recode(part.pairs, codes), part.others))

    def sort(self) -> SortedField | None:
        """Return the field as it is written, None when it has no term, and let go of the parts."""
        runs = self._han.take()
        if not runs and not any(len(found.values) for _, found in self._others):
            return None
        ranking = self._rank(runs)
        return SortedField(ranking.packed, ranking.strings, *join_runs(runs, len(ranking.ranks)))

    def _rank(self, runs: list[Ordered]) -> TermOrder:
        """Write ranks in place of the codes of Han, and add a run of the terms that are not Han alone."""
        pairs, found = pair_up(self._others)
        self._others.clear()
        others = _join(found)
        others.values.sort()
        terms = others.terms
        starts = firsts_of(terms)
        first, second = split_pairs(pairs)
        texts = list(self._units)
        named = [_text(a, b, texts) for a, b in zip(first.tolist(), second.tolist(), strict=True)]
        han_terms = np.sort(np.concatenate([np.empty(0, np.uint64), *(run.terms for run in runs)]))
        han_terms = han_terms[firsts_of(han_terms)]  # np.unique takes several times as long
        ranking = TermOrder.of(named, pack_pairs(*split_codes(han_terms)))
        han_ranks, other_ranks = np.split(ranking.ranks, [len(han_terms)])
        for run in runs:
            run.terms = han_ranks[np.searchsorted(han_terms, run.terms)]
        many = other_ranks[others.many_keys >> np.uint64(DOC_BITS)]
        sizes = np.diff(starts, append=len(terms))
        ranked = others.rename(np.repeat(other_ranks, sizes), many)
        ranked.values.sort()  # units are numbered as they come, their ranks go another way
        runs.append(in_order([ranked]))
        return ranking


def _sort_fields(collectors: dict[str, TermCollector] | dict[str, GramCollector]) -> dict[str, SortedField]:
    """Return the fields as they are written; the collectors are used up."""
    found = {name: collectors.pop(name).sort() for name in list(collectors)}
    return {name: field for name, field in found.items() if field is not None}


def _join(parts: list[Occurrences]) -> Occurrences:
    """Put parts together and let go of them: memory is what limits a segment."""
    found = Occurrences.join(parts)
    parts.clear()
    return found


def _recode(pairs: U64, codes: U64) -> U64:
    """Give units another code: the one at their place in *codes*."""
    first, second = (
        np.where(code >= FIRST_UNIT, codes[np.maximum(code, FIRST_UNIT) - np.uint64(FIRST_UNIT)], code)
        for code in split_pairs(pairs)
    )
    return first << np.uint64(UNIT_BITS) | second


def _text(first: int, second: int, units: list[str]) -> str:
    """Return the unit of a code, or the pair of two."""
    texts = [
        units[code - FIRST_UNIT] if code >= FIRST_UNIT else chr(code) for code in (first, second) if code
    ]
    return join_pair(*texts) if len(texts) > 1 else texts[0]


class ArrayTexts:
    """The words, characters and pairs of a segment's text fields, in arrays."""

    counter = None
    """What counts batches: nothing but `parts`."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._words = {name: TermCollector() for name in fields}
        self._grams = {name: GramCollector() for name in fields}

    def add(self, part: AnalyzedBatch, size_bytes: int) -> None:  # noqa: ARG002 (all is kept)
        """Take the next batch."""
        for name, words in part.words.items():
            self._words[name].add(words)
            self._grams[name].add(part.grams[name])

    @property
    def is_full(self) -> bool:
        """Whether some field has so many different units, of letters and figures, that it should end."""
        return max(map(len, self._grams.values())) >= MOST_UNITS

    def write(self, writer: SectionWriter, lengths: Lengths) -> None:
        """Write the words, and the characters and pairs."""
        write_fused(writer, schema.TEXT, _sort_fields(self._words), lengths)
        write_fused(writer, schema.TEXT_GRAMS, _sort_fields(self._grams), lengths)


class SegmentBuilder:
    """Takes articles until it is full, then writes its segment."""

    def __init__(
        self,
        analyzer: Analyzer,
        submit: Submit | None = None,
        own: Sequence[str] = (),
        folder: Path | None = None,
        threads: int = 1,
    ) -> None:
        """
        Begin a segment.

        Args:
            submit: Has batches analysed elsewhere; else they are at once.
            own: The index's own text fields.
            folder: Where what does not fit in memory waits; None for the system's folder for such files.
            threads: How many may write, where the kernel does.
        """
        self._own = tuple(own)
        self._fields = (*TEXT_FIELDS, *self._own)
        self._submit = submit or (lambda batch, take: take(analyze(analyzer, batch)))
        self._threads = threads
        self._records = WaitingRecords(folder)
        self._stored_values = TermCollector()
        tables = counting_tables(analyzer)
        self._most_bytes = _SEGMENT_BYTES if tables else min(_SEGMENT_BYTES, _ARRAYS_BYTES)
        self._texts = (
            KernelTexts(tables, self._fields, folder, threads) if tables else ArrayTexts(self._fields)
        )
        self._lengths: dict[str, list[I64]] = {name: [] for name in self._fields}
        self._dates: list[int] = []
        self._headlines: list[int] = []
        self._ids: list[str] = []
        self._files: list[str] = []
        self._batch: list[str] = []
        self._batch_bytes = 0
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def is_full(self) -> bool:
        """Whether the segment should be written before more is added: by documents, or by memory."""
        if len(self) >= MAX_DOCS or self._bytes >= self._most_bytes:
            return True
        return self._texts.is_full

    @property
    def is_analyzed(self) -> bool:
        """Whether the parts of all articles are here."""
        return len(self._dates) == len(self)

    def add(self, article_id: str, record: bytes, file: str = "") -> None:
        """Take one article as `record_of` gives it, and the file that it came from."""
        check_size(record)
        text = decode(record)
        self._records.add(record)
        self._ids.append(article_id)
        self._files.append(file)
        self._batch.append(text)
        self._batch_bytes += len(record)
        self._bytes += len(record)
        if self._batch_bytes >= BATCH_BYTES or len(self._batch) >= _BATCH_DOCS:
            self.end_batch()

    def end_batch(self) -> None:
        """Have the articles analysed that have not been."""
        if self._batch:
            first = len(self) - len(self._batch)
            batch = Batch(first, self._batch, self._own, self._texts.counter)
            take = partial(self._take, size_bytes=self._batch_bytes)
            self._batch = []
            self._batch_bytes = 0
            self._submit(batch, take)

    def _take(self, part: AnalyzedBatch, size_bytes: int) -> None:
        self._dates += part.dates
        self._headlines += part.headlines
        self._stored_values.add(part.stored_values)
        self._texts.add(part, size_bytes)
        for name in self._fields:
            self._lengths[name].append(part.lengths.get(name, np.zeros(len(part.dates), np.int64)))

    def close(self) -> None:
        """Let go of what waits in files."""
        self._records.close()

    def write(self, path: Path, *, is_kept: bool = True) -> None:
        """Write the segment's file, forced to the disk when it is kept; every part must be here."""
        keys = {
            schema.ID: _collect((key, doc) for doc, key in enumerate(self._ids)),
            schema.FILE: _collect((file, doc) for doc, file in enumerate(self._files) if file),
            schema.DATE: _collect((date_of(date), doc) for doc, date in enumerate(self._dates) if date),
            schema.STORED_VALUES: self._stored_values,
        }
        with closing(self), SectionWriter(path, is_kept=is_kept) as writer:
            for name, collector in keys.items():
                field = collector.sort()
                if field is not None:
                    field.write(writer, name)
                if name == schema.ID:
                    writer.add("ids", ranks_of_ids(field))
            lengths = {name: np.concatenate(parts) for name, parts in self._lengths.items()}
            self._texts.write(writer, lengths.__getitem__)
            for name, of in lengths.items():
                if of.any():
                    writer.add(f"lengths/{name}", of.astype(np.min_scalar_type(int(of.max()))))
            writer.add("dates", np.array(self._dates, np.uint32))
            writer.add("headlines", np.array(self._headlines, np.uint32))
            sample = take_sample(len(self), self._records.__getitem__)
            write_articles(writer, self._records, sample, self._threads)
            writer.finish()


def _collect(found: Iterable[tuple[str, int]]) -> TermCollector:
    collector = TermCollector()
    collector.add(term_part(found))
    return collector
