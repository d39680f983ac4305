"""An engine that scores articles and knows nothing else of them: no positions, no texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.engines.base import TOP
from benchmarks.records import Record

_LIST = "articles.json"


class ScoresOnly:
    """It has no phrases, stores no text, and two words mean either of them."""

    lacks = frozenset({"phrase", "snippets"})

    def read(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield the texts, and note whose they are."""
        self._articles = []
        for record in records:
            self._articles.append((record.id, record.date))
            yield record.text

    def keep_list(self, folder: Path) -> None:
        """Write the ids and dates of what was read into a list beside the index."""
        (folder / _LIST).write_text(json.dumps(self._articles), "utf-8")

    def open(self, folder: Path) -> None:
        """Load the list."""
        articles = json.loads((folder / _LIST).read_text("utf-8"))
        self._ids = [key for key, _ in articles]
        self._dates = np.array([int(date.replace("-", "") or 0) for _, date in articles])

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """Any word."""
        raise NotImplementedError

    def scores(self, text: str) -> Any:
        """Return the score of every article for any word."""
        raise NotImplementedError

    def word(self, text: str) -> Sequence[str]:
        """Any word."""
        return self.sentence(text)

    def newest(self, text: str, since: str) -> Sequence[str]:
        """All scores, then the dates of those above zero."""
        hits = np.flatnonzero(np.asarray(self.scores(text)) > 0)
        hits = hits[self._dates[hits] >= int(since.replace("-", ""))]
        order = np.argsort(-self._dates[hits], kind="stable")
        return [self._ids[n] for n in hits[order][:TOP]]

    def phrase(self, text: str) -> Sequence[str]:
        """There are no positions."""
        raise NotImplementedError(text)

    def snippets(self, text: str) -> Sequence[str]:
        """Without a stored text there are none."""
        raise NotImplementedError(text)

    def holders(self, phrase: str) -> set[str]:
        """There are no positions."""
        raise NotImplementedError(phrase)
