"""
Analysis elsewhere, of the articles of a commit.

Where the compiled kernel counts, threads of this process analyse: it needs the interpreter for little.
Where it does not, other processes do.
"""

from __future__ import annotations

from pathlib import Path

from searchlib.analysis import Analyzer
from searchlib.embedded.codec.analyzed_batch import AnalyzedBatch, Batch
from searchlib.embedded.codec.kernel_texts import counting_tables
from searchlib.embedded.codec.parts import analyze
from searchlib.errors import StoreError
from searchlib.message import Message
from searchlib.workers.crew import VARIABLE, Crew


class Analysts(Crew[Batch, AnalyzedBatch]):
    """Analyses batches, here and in threads or other processes; use it in a `with` block, from one thread."""

    def __init__(self, path: Path, analyzer: Analyzer, cores: int) -> None:
        self._path = path
        super().__init__(
            analyze, analyzer, cores, self._error, are_threads=counting_tables(analyzer) is not None
        )

    def _error(self, became: str) -> StoreError:
        said = (
            "a process that helped to write it {}; nothing was committed. "
            "It may have run out of memory: try again with {}=1"
        )
        return StoreError(self._path, Message(said, became, VARIABLE))

    def stop(self, batch: Batch) -> None:
        """End the counting of a batch."""
        if batch.counter is not None:
            batch.counter.stop()
