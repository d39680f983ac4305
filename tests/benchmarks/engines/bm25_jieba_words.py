"""bm25-jieba: an inverted index in Rust with block-max WAND, which cuts words by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from bm25_jieba import BM25

from benchmarks.engines.base import TOP
from benchmarks.records import Record

_INDEX = "bm25.bin"
_LIST = "articles.json"


class Bm25JiebaWords:
    """It has no phrases, stores no text, and two words mean either of them."""

    lacks = frozenset({"phrase", "snippets"})

    def build(self, records: Iterable[Record], folder: Path) -> None:
        """Ids and dates go into a list beside the index."""
        articles: list[tuple[str, str]] = []
        texts: list[str] = []
        for record in records:
            articles.append((record.id, record.date))
            texts.append(record.text)
        engine = BM25()
        engine.fit(texts)
        folder.mkdir()
        engine.save(str(folder / _INDEX))
        (folder / _LIST).write_text(json.dumps(articles), "utf-8")

    def open(self, folder: Path) -> None:
        """Load the index into memory."""
        self._engine = BM25.load(str(folder / _INDEX))
        articles = json.loads((folder / _LIST).read_text("utf-8"))
        self._ids = [key for key, _ in articles]
        self._dates = np.array([int(date.replace("-", "") or 0) for _, date in articles])

    def word(self, text: str) -> Sequence[str]:
        """Any word."""
        return self.sentence(text)

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """Any word."""
        return [self._ids[number] for number, score in self._engine.search(text, limit) if score > 0]

    def phrase(self, text: str) -> Sequence[str]:
        """There are no positions."""
        raise NotImplementedError(text)

    def newest(self, text: str, since: str) -> Sequence[str]:
        """All scores, then the dates of those above zero."""
        hits = np.flatnonzero(np.array(self._engine.get_scores(text)) > 0)
        hits = hits[self._dates[hits] >= int(since.replace("-", ""))]
        order = np.argsort(-self._dates[hits], kind="stable")
        return [self._ids[n] for n in hits[order][:TOP]]

    def snippets(self, text: str) -> Sequence[str]:
        """Without a stored text there are none."""
        raise NotImplementedError(text)

    def holders(self, phrase: str) -> set[str]:
        """There are no positions."""
        raise NotImplementedError(phrase)
