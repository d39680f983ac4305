"""One segment: what a commit knows of it, and its file, of which each part is read when it is asked for."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from searchlib.codec import schema
from searchlib.codec.articles import Articles
from searchlib.codec.postings import Docs, Postings, field_names
from searchlib.codec.sections import SectionFile
from searchlib.codec.terms import Terms
from searchlib.model import TEXT_FIELDS, Article

EXTENSION = ".slseg"

_NO_DOCS: Docs = np.empty(0, np.int64)


class SegmentInfo:
    """What the table of contents says of a segment: its name, its documents, and which are deleted."""

    def __init__(self, segid: str, doc_total: int, deleted: Iterable[int] = ()) -> None:
        self.segid = segid
        self.doc_total = doc_total
        self.deleted = set(deleted)

    @property
    def live_total(self) -> int:
        """The number of documents that are not deleted."""
        return self.doc_total - len(self.deleted)

    def path_in(self, folder: Path) -> Path:
        """Return the segment's file."""
        return folder / f"MAIN_{self.segid}{EXTENSION}"

    def open_in(self, folder: Path) -> OpenSegment:
        """Open the segment's file."""
        return OpenSegment(self.path_in(folder), self.doc_total, self.deleted)


class OpenSegment:
    """The file of one segment, with the documents that are deleted in one commit."""

    def __init__(self, path: Path, doc_count: int, deleted: Iterable[int]) -> None:
        self.file = SectionFile(path)
        self.size = doc_count
        self.live = np.ones(doc_count, np.bool_)
        self.live[list(deleted)] = False
        self.has_deleted = not self.live.all()
        self._names = frozenset(field_names(self.file))
        self._fields: dict[str, tuple[Terms, Postings] | None] = {}
        self._lock = threading.Lock()
        self._articles: Articles | None = None

    @cached_property
    def text_fields(self) -> tuple[str, ...]:
        """The text fields that some article of the segment has."""
        return tuple(name for name in TEXT_FIELDS if self.field(name + schema.GRAMS) is not None)

    def field(self, name: str) -> tuple[Terms, Postings] | None:
        """Return the terms and postings of a field; None when no article has it."""
        if name not in self._fields:
            has = name in self._names
            self._fields[name] = (Terms(self.file, name), Postings(self.file, name)) if has else None
        return self._fields[name]

    def postings(self, name: str, term: str) -> tuple[Docs, Docs] | None:
        """Return the live documents that hold a term in a field, and how often; None when none ever did."""
        field = self.field(name)
        if field is None:
            return None
        number = field[0].number_of(term)
        if number < 0:
            return None
        docs, counts = field[1].of(number)
        if self.has_deleted:
            kept = self.live[docs]
            return docs[kept], counts[kept]
        return docs, counts

    def postings_of(self, name: str, terms: Sequence[str]) -> tuple[list[int], Docs, Docs, list[int]]:
        """
        Read the postings of several terms of a field that the segment has, at once.

        Returns:
            Which of *terms* some article holds, by their places; the live
            documents and their counts, term behind term; how many each has.
        """
        found = self.field(name)
        assert found is not None  # noqa: S101 (the caller asked `field` before)
        dictionary, postings = found
        held: list[int] = []
        docs: list[Docs] = []
        counts: list[Docs] = []
        for place, term in enumerate(terms):
            number = dictionary.number_of(term)
            if number >= 0:
                held.append(place)
                found_docs, found_counts = postings.of(number)
                docs.append(found_docs)
                counts.append(found_counts)
        if not held:
            return [], _NO_DOCS, _NO_DOCS, []
        if self.has_deleted:
            kept = [self.live[one] for one in docs]
            docs = [one[keep] for one, keep in zip(docs, kept, strict=True)]
            counts = [one[keep] for one, keep in zip(counts, kept, strict=True)]
        return held, np.concatenate(docs), np.concatenate(counts), [len(one) for one in docs]

    def lengths(self, name: str) -> npt.NDArray[np.int64]:
        """Return how many words each document has in a text field."""
        section = f"lengths/{name}"
        if section not in self.file:
            return np.zeros(self.size, np.int64)
        return self.file.array(section).astype(np.int64)

    @property
    def dates(self) -> npt.NDArray[np.int64]:
        """Each document's date as the number YYYYMMDD, 0 where it is not known in full."""
        return self.file.array("dates").astype(np.int64)

    def id_of(self, doc: int) -> str:
        """Return the id of a document."""
        field = self.field("id")
        assert field is not None  # noqa: S101 (every article has an id)
        return field[0].term_of(int(self.file.array("ids")[doc]))

    def ids(self) -> list[str]:
        """Return the ids of all documents, in their order."""
        field = self.field("id")
        assert field is not None  # noqa: S101 (every article has an id)
        terms = field[0].every()
        return [terms[number] for number in self.file.array("ids").tolist()]

    def stored(self, doc: int) -> dict[str, Any]:
        """Return the record of a document's article."""
        if self._articles is None:
            self._articles = Articles(self.file)
        record: dict[str, Any] = json.loads(self._articles.text(doc))
        return record

    def article(self, doc: int) -> Article:
        """Return the article of a document."""
        return Article.from_mapping(self.stored(doc))
