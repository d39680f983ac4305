"""bm25s: sparse score matrices in numpy, with words cut beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import bm25s

from benchmarks.cutting import words
from benchmarks.engines.base import TOP
from benchmarks.engines.scores_only import ScoresOnly
from benchmarks.records import Record


class Bm25sWords(ScoresOnly):
    """It takes texts cut into terms."""

    settings: Mapping[str, float] = {}
    """What is not bm25s's own default."""

    @staticmethod
    def terms(text: str) -> list[str]:
        """Cut a text, an article's or a query."""
        return words(text)

    def build(self, records: Iterable[Record], folder: Path) -> None:
        """Ids and dates go into a list beside the matrix."""
        engine = bm25s.BM25(**self.settings)
        engine.index([self.terms(text) for text in self.read(records)], show_progress=False)
        engine.save(str(folder))
        self.keep_list(folder)

    def open(self, folder: Path) -> None:
        """Load the matrix into memory."""
        super().open(folder)
        self._engine: Any = bm25s.BM25.load(str(folder), show_progress=False)

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """Any word."""
        known = self._known(text)
        if not known:
            return []
        limit = min(limit, len(self._ids))
        numbers, scores = self._engine.retrieve([known], k=limit, show_progress=False)
        return [self._ids[n] for n, score in zip(numbers[0], scores[0], strict=True) if score > 0]

    def scores(self, text: str) -> Any:
        """Return the score of every article."""
        known = self._known(text)
        return self._engine.get_scores(known) if known else []

    def _known(self, text: str) -> list[str]:
        return [term for term in self.terms(text) if term in self._engine.vocab_dict]
