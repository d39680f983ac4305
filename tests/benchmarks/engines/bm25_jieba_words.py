"""bm25-jieba: an inverted index in Rust with block-max WAND, which cuts words by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bm25_jieba import BM25

from benchmarks.engines.base import TOP
from benchmarks.engines.scores_only import ScoresOnly
from benchmarks.records import Record

_INDEX = "bm25.bin"


class Bm25JiebaWords(ScoresOnly):
    """It takes whole texts."""

    def build(self, records: Iterable[Record], folder: Path) -> None:
        """Ids and dates go into a list beside the index."""
        engine = BM25()
        engine.fit(list(self.read(records)))
        folder.mkdir()
        engine.save(str(folder / _INDEX))
        self.keep_list(folder)

    def open(self, folder: Path) -> None:
        """Load the index into memory."""
        super().open(folder)
        self._engine = BM25.load(str(folder / _INDEX))

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """Any word."""
        return [self._ids[number] for number, score in self._engine.search(text, limit) if score > 0]

    def scores(self, text: str) -> Any:
        """Return the score of every article."""
        return self._engine.get_scores(text)
