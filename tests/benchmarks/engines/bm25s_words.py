"""bm25s: sparse score matrices in numpy, with words cut beforehand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from benchmarks.cutting import words
from benchmarks.engines.base import TOP
from benchmarks.records import Record

_LIST = "articles.json"


class Bm25sWords:
    """It has no phrases, stores no text, and two words mean either of them."""

    lacks = frozenset({"phrase", "snippets"})
    settings: Mapping[str, float] = {}
    """What is not bm25s's own default."""

    @staticmethod
    def terms(text: str) -> list[str]:
        """Cut a text, an article's or a query."""
        return words(text)

    def build(self, records: Iterable[Record], folder: Path) -> None:
        """Ids and dates go into a list beside the matrix."""
        articles: list[tuple[str, str]] = []
        cut: list[list[str]] = []
        for record in records:
            articles.append((record.id, record.date))
            cut.append(self.terms(record.text))
        engine = bm25s.BM25(**self.settings)
        engine.index(cut, show_progress=False)
        engine.save(str(folder))
        (folder / _LIST).write_text(json.dumps(articles), "utf-8")

    def open(self, folder: Path) -> None:
        """Load the matrix into memory."""
        self._engine: Any = bm25s.BM25.load(str(folder), show_progress=False)
        articles = json.loads((folder / _LIST).read_text("utf-8"))
        self._ids = [key for key, _ in articles]
        self._dates = np.array([int(date.replace("-", "") or 0) for _, date in articles])

    def word(self, text: str) -> Sequence[str]:
        """Any word."""
        return self.sentence(text)

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """Any word."""
        known = self._known(text)
        if not known:
            return []
        limit = min(limit, len(self._ids))
        numbers, scores = self._engine.retrieve([known], k=limit, show_progress=False)
        return [self._ids[n] for n, score in zip(numbers[0], scores[0], strict=True) if score > 0]

    def _known(self, text: str) -> list[str]:
        return [term for term in self.terms(text) if term in self._engine.vocab_dict]

    def phrase(self, text: str) -> Sequence[str]:
        """There are no positions."""
        raise NotImplementedError(text)

    def newest(self, text: str, since: str) -> Sequence[str]:
        """All scores, then the dates of those above zero."""
        known = self._known(text)
        if not known:
            return []
        hits = np.flatnonzero(self._engine.get_scores(known) > 0)
        hits = hits[self._dates[hits] >= int(since.replace("-", ""))]
        order = np.argsort(-self._dates[hits], kind="stable")
        return [self._ids[n] for n in hits[order][:TOP]]

    def snippets(self, text: str) -> Sequence[str]:
        """Without a stored text there are none."""
        raise NotImplementedError(text)

    def holders(self, phrase: str) -> set[str]:
        """There are no positions."""
        raise NotImplementedError(phrase)
