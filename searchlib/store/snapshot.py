"""
One commit, opened for reading: postings as arrays, articles as articles.

This is the only place that reads Whoosh's postings. A lock keeps threads
apart, because Whoosh's files have one reading position each.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from searchlib.model import Article
from searchlib.store import schema
from searchlib.store.documents import from_document

Docs = npt.NDArray[np.int64]
"""Document numbers of one commit, ascending."""
Floats = npt.NDArray[np.float64]

NO_DOCS: Docs = np.empty(0, np.int64)


class Snapshot:
    """A commit's postings and articles; stays as it is while others commit."""

    def __init__(self, whoosh: Any) -> None:
        self._whoosh = whoosh
        self._reader = whoosh.reader()
        self._generation = self._reader.generation()
        self._lock = threading.RLock()
        self.size: int = self._reader.doc_count_all()
        """Documents, deleted ones included: the length of an array with an entry for each."""
        self._lengths: dict[str, Floats] = {}

    def close(self) -> None:
        """Give the files back."""
        with self._lock:
            self._reader.close()

    @property
    def is_latest(self) -> bool:
        """Tell whether nobody has committed since."""
        return bool(self._whoosh.latest_generation() == self._generation)

    @cached_property
    def docs(self) -> Docs:
        """All documents that are not deleted."""
        with self._lock:
            return np.fromiter(self._reader.all_doc_ids(), np.int64)

    def postings(self, field: str, term: str) -> tuple[Docs, Floats]:
        """Return the documents that hold a term in a field, and how often; both empty when none does."""
        return self._postings(field, schema.utf8(term))

    def _postings(self, field: str, term: bytes) -> tuple[Docs, Floats]:
        with self._lock:
            if (field, term) not in self._reader:
                return NO_DOCS, np.empty(0, np.float64)
            matcher = self._reader.postings(field, term)
            docs: list[int] = []
            weights: list[float] = []
            while matcher.is_active():
                docs.append(matcher.id())
                weights.append(matcher.weight())
                matcher.next()
        return np.array(docs, np.int64), np.array(weights, np.float64)

    def terms(self, field: str, prefix: str = "") -> Iterator[str]:
        """Yield the terms of a field that begin with *prefix*, in byte order."""
        start = schema.utf8(prefix)
        with self._lock:
            found = []
            for name, term in self._reader.terms_from(field, start):
                if name != field or not term.startswith(start):
                    break
                found.append(term.decode("utf-8", "surrogatepass"))
        yield from found

    def lengths(self, field: str) -> Floats:
        """Return how many words each document has in a field (0 where it has none), one entry a document."""
        with self._lock:
            if field not in self._lengths:
                length = self._reader.doc_field_length
                lengths = (length(doc, field, 0) for doc in range(self.size))
                self._lengths[field] = np.fromiter(lengths, np.float64, self.size)
            return self._lengths[field]

    def mean_length(self, field: str) -> float:
        """Return the mean length of a field over the articles that have it; 1 where none has."""
        found = self.lengths(field)[self.docs]
        return float(found[found > 0].mean()) if (found > 0).any() else 1.0

    @cached_property
    def dates(self) -> npt.NDArray[np.int64]:
        """Each document's date as the number YYYYMMDD, 0 where it is not known in full."""
        numbers = np.zeros(self.size, np.int64)
        for term in list(self.terms(schema.DATE)):
            numbers[self.postings(schema.DATE, term)[0]] = int(term.replace("-", ""))
        return numbers

    @cached_property
    def id_ranks(self) -> Docs:
        """Each document's place in the order of the ids, by code point: what ties go by."""
        ranks = np.zeros(self.size, np.int64)
        for rank, term in enumerate(list(self.terms(schema.ID))):
            ranks[self.postings(schema.ID, term)[0]] = rank
        return ranks

    def doc_of(self, article_id: str) -> int | None:
        """Return the document of an id, or None."""
        docs, _ = self.postings(schema.ID, article_id)
        return int(docs[0]) if len(docs) else None

    def article(self, doc: int) -> Article:
        """Return the article of a document."""
        with self._lock:
            stored = self._reader.stored_fields(doc)
        return from_document(stored)

    def values(self, key: str, docs: Docs) -> dict[str, int]:
        """Count the values that a stored field has over *docs*, most frequent first, then by value."""
        prefix = key + schema.VALUE_SEPARATOR
        counts: dict[str, int] = {}
        inside = np.zeros(self.size, bool)
        inside[docs] = True
        for term in list(self.terms(schema.STORED_VALUES, prefix)):
            found = int(inside[self.postings(schema.STORED_VALUES, term)[0]].sum())
            if found:
                counts[term[len(prefix) :]] = found
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
