"""
A segment's text fields, folded, cut, counted and encoded by the compiled kernel: the bytes of the arrays.

What characters fold to and what is rare is asked of `analysis`, once for each
character or run of letters, so that there is one truth about it.
"""

from __future__ import annotations

import mmap
import os
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from searchlib.analysis import Analyzer, border_text, clean_and_simplify, is_han
from searchlib.analysis.folding import BORDER
from searchlib.analysis.signs import resolve_signs
from searchlib.analysis.words import load_dictionary
from searchlib.arrays import np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.analyzed_batch import AnalyzedBatch
from searchlib.embedded.codec.batches import fates, kinds, units_of_run, words_of_run
from searchlib.embedded.codec.best_postings import Lengths
from searchlib.embedded.codec.kernel_merging import Sections, Source, merge_texts, scales_of
from searchlib.embedded.codec.sections import SectionWriter
from searchlib.embedded.codec.term_dict import decode, encode
from searchlib.native import engine
from searchlib.system import give_memory_back

if TYPE_CHECKING:
    from searchlib.native import _kernel

RUN_BYTES = 75_000_000
"""From so many bytes of records on what was counted is encoded, and its memory let go of."""

MOST_UNITS = 1_000_000
"""Different numbers and words of letters in one field of which the same is true: they take memory."""

Edge = tuple[int, str, bool, bool]
"""A unit next to a cut: its code if it is Han, else 0; text; whether it begins and ends with a digit."""


def counting_tables(analyzer: Analyzer) -> _kernel.CountingTables | None:
    """Return what the kernel counts with; None where the arrays count, or a certain engine must cut."""
    if engine().kernel is None or analyzer.is_engine_asked_for or sys.byteorder != "little":
        return None
    return _tables()


@lru_cache(maxsize=1)
def _tables() -> _kernel.CountingTables | None:
    kernel, dictionary = engine().kernel, load_dictionary()
    if kernel is None or dictionary is None:
        return None
    try:
        made: _kernel.CountingTables = kernel.CountingTables(
            dictionary.data,
            dictionary.nodes,
            dictionary.log_total,
            fates,
            kinds,
            lambda text: encode(resolve_signs(decode(text))),
            lambda text: encode(clean_and_simplify(decode(text))),
            _cut_run,
        )
    except ValueError:  # a dictionary with six times as many different frequencies
        return None
    return made


if hasattr(os, "register_at_fork"):
    # A thread that is not in the child may have been writing to them.
    os.register_at_fork(after_in_child=_tables.cache_clear)


def _cut_run(text: str) -> tuple[list[str], list[tuple[str, bool, bool]], str]:
    """Return the words of one of `Folded.runs`, its units, and the run without marks."""
    units = [
        ("", False, False) if unit == BORDER else (unit, unit[0].isdigit(), unit[-1].isdigit())
        for unit in units_of_run(text)
    ]
    return words_of_run(text), units, border_text(text).replace(BORDER, "")


def edge(unit: str) -> Edge:
    """Return what the kernel must know of a unit next to a cut."""
    return ord(unit) if is_han(unit) else 0, unit, unit[0].isdigit(), unit[-1].isdigit()


class KernelTexts:
    """
    Takes batches that the kernel has counted, in their order.

    Of each `RUN_BYTES` of records what was taken is encoded, as it would be for a segment, and waits in a
    file; these runs are merged in the end.
    """

    def __init__(
        self, tables: _kernel.CountingTables, fields: Sequence[str], folder: Path | None, threads: int
    ) -> None:
        """Runs wait in *folder*, or where temporary files are; with *threads* words and pairs go at once."""
        kernel = engine().kernel
        assert kernel is not None  # noqa: S101 (it made the tables)
        self.counter: _kernel.TextCounter = kernel.TextCounter(tables, len(fields))
        self._fields = schema.in_order(fields)
        self._texts: _kernel.SegmentTexts = kernel.SegmentTexts(tables, list(self._fields))
        self._folder, self._threads = folder, threads
        self._runs: list[Source] = []
        self._taken = self._run_bytes = 0

    def add(self, part: AnalyzedBatch, size_bytes: int) -> None:
        """Take the next batch, made of so many bytes of records."""
        assert part.counted is not None  # noqa: S101 (the counter counted it)
        self._texts.add(part.counted)
        self._taken += len(part.dates)
        self._run_bytes += size_bytes
        if self._run_bytes >= RUN_BYTES or self._texts.units() >= MOST_UNITS:
            self._end_run()

    @property
    def is_full(self) -> bool:
        """Whether no more should be taken: never, as runs end in time."""
        return False

    def write(self, writer: SectionWriter, lengths: Lengths) -> None:
        """Write the words, and the characters and pairs."""
        if self._runs:
            if self._run_bytes:
                self._end_run()
            merge_texts(writer, self._runs, self._fields, lengths, self._threads)
            return

        def add(name: str, kind: str, data: bytes) -> None:
            writer.add(name, np.frombuffer(data, kind) if data else np.empty(0, kind))

        scales = scales_of(self._fields, lengths)
        self._texts.write(add, schema.TEXT, schema.TEXT_GRAMS, scales, self._threads)

    def _end_run(self) -> None:
        sections: Sections = {}
        with TemporaryFile(dir=self._folder) as file:

            def add(name: str, kind: str, data: bytes) -> None:
                sections[name] = (file.tell(), len(data), 0, kind)
                file.write(data)

            self._texts.write(add, schema.TEXT, schema.TEXT_GRAMS, None, self._threads)
            self._run_bytes = 0
            give_memory_back()
            if sections:
                file.flush()
                held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
                self._runs.append(Source(held, sections, self._taken, 0, ()))
