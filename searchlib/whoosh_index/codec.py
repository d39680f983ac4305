"""
The segments as Whoosh sees them: its own readers, matchers and queries work on them, term by term.

Our own search does not come this way. `characters` is a field that no file
holds: its terms are the units among the grams, and its positions are made from
the stored article when a phrase asks for them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh.codec.base import Codec, FieldCursor, PerDocumentReader, Segment, TermsReader
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound
from whoosh.system import pack_uint

from searchlib.analysis.folding import UNIT
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.postings import Docs, add_up
from searchlib.embedded.codec.schema import field_names
from searchlib.embedded.codec.segment import OpenSegment, SegmentInfo
from searchlib.embedded.codec.term_dict import decode, encode
from searchlib.model import OWN, TEXT_FIELDS
from searchlib.whoosh_index.positions import character_positions


class ArraySegment(Segment):  # type: ignore[misc]
    """What the table of contents says of a segment: its name, its documents, and which are deleted."""

    def __init__(self, indexname: str) -> None:
        super().__init__(indexname)
        self.doc_total = 0
        self.deleted: set[int] = set()

    def codec(self) -> ArrayCodec:
        """Return what opens it."""
        return ArrayCodec()

    @classmethod
    def of(cls, indexname: str, info: SegmentInfo) -> ArraySegment:
        """Return a segment as Whoosh wants it."""
        segment = cls(indexname)
        segment.segid, segment.doc_total, segment.deleted = info.segid, info.doc_total, info.deleted
        return segment

    def open_in(self, folder: str) -> OpenSegment:
        """Open the segment's file."""
        return SegmentInfo(self.segid, self.doc_total, self.deleted).open_in(Path(folder))

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones included."""
        return self.doc_total

    def set_doc_count(self, doccount: int) -> None:
        """Say how many documents there are."""
        self.doc_total = doccount

    def deleted_count(self) -> int:
        """Return the number of deleted documents."""
        return len(self.deleted)

    def deleted_docs(self) -> set[int]:
        """Return the deleted documents."""
        return self.deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Mark a document as deleted, or take the mark back."""
        if delete:
            self.deleted.add(docnum)
        else:
            self.deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a document is deleted."""
        return docnum in self.deleted

    def should_assemble(self) -> bool:
        """Keep the one file as it is: it is mapped."""
        return False


class ArrayCodec(Codec):  # type: ignore[misc]
    """Opens segments for Whoosh. Writing goes through `searchlib.embedded.store.committing` alone."""

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayDocuments:
        """Return the lengths and stored fields of a segment."""
        return ArrayDocuments(segment, segment.open_in(storage.folder))

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTerms:
        """Return the terms and postings of a segment."""
        return ArrayTerms(segment.open_in(storage.folder))

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:  # noqa: ARG002
        """Return a segment without documents."""
        return ArraySegment(indexname)

    def per_document_writer(self, storage: Any, segment: Any) -> Any:
        """Refuse: Whoosh's own writer would not know how to analyse an article."""
        raise NotImplementedError("write through searchlib.open(...).add or .sync")

    field_writer = per_document_writer

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        """Refuse: postings are inside the segment's one file."""
        raise NotImplementedError("write through searchlib.open(...).add or .sync")

    def postings_reader(self, *arguments: Any, **options: Any) -> Any:
        """Refuse: `ArrayTerms.matcher` reads postings."""
        raise NotImplementedError("postings are read through the terms reader")


class ArrayDocuments(PerDocumentReader):  # type: ignore[misc]
    """Lengths and stored fields, document by document."""

    def __init__(self, segment: ArraySegment, opened: OpenSegment) -> None:
        self._segment = segment
        self._opened = opened
        names = dict.fromkeys((*TEXT_FIELDS, *opened.text_fields))
        self._lengths = {name: opened.lengths(name) for name in names}
        self.is_closed = False

    def close(self) -> None:
        """Forget the segment."""
        self.is_closed = True

    def doc_count(self) -> int:
        """Return the number of live documents."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """Return the number of documents."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Return whether any document is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Return whether a document is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> set[int]:
        """Return the deleted documents."""
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        """Say that there are no columns."""
        return False

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return how many words a document has in a field."""
        lengths = self._lengths.get(fieldname)
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        """Return how many words all documents have in a field."""
        lengths = self._lengths.get(fieldname)
        return 0 if lengths is None else int(lengths.sum())

    def min_field_length(self, fieldname: str) -> int:
        """Return the words of the document that has the fewest."""
        lengths = self._lengths.get(fieldname)
        return 0 if lengths is None or not len(lengths) else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        """Return the words of the document that has the most."""
        lengths = self._lengths.get(fieldname)
        return 0 if lengths is None or not len(lengths) else int(lengths.max())

    def has_vector(self, docnum: int, fieldname: str) -> bool:  # noqa: ARG002
        """Say that there are no vectors."""
        return False

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the article as a record."""
        return {schema.ARTICLE: self._opened.read_record(docnum)}


class ArrayTerms(TermsReader):  # type: ignore[misc]
    """Terms in byte order, and a matcher for each."""

    def __init__(self, opened: OpenSegment) -> None:
        self._opened = opened
        fused = [name + suffix for name in opened.text_fields for suffix in ("", schema.GRAMS)]
        self._names = sorted({*field_names(opened.file), *fused, schema.CHARACTERS} - set(schema.FUSED))

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._postings(*term) is not None

    def close(self) -> None:
        """Nothing to give back before the map goes."""

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return self._names

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all fields' terms."""
        for name in self._names:
            yield from self.terms_from(name, b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield a field's terms from *prefix* on."""
        start = decode(prefix)
        if fieldname == schema.CHARACTERS:
            field = self._opened.field(schema.TEXT_GRAMS)
            units = () if field is None else (term for term, _ in field[0].from_prefix(start, only=False))
            yield from ((fieldname, encode(term)) for term in units if UNIT.fullmatch(term))
            return
        for term in self._opened.terms(fieldname, start, only=False):
            yield fieldname, encode(term)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield all terms with their figures."""
        for name, term in self.terms():
            yield (name, term), self.term_info(name, term)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield a field's terms from *prefix* on, with their figures."""
        for name, term in self.terms_from(fieldname, prefix):
            yield (name, term), self.term_info(name, term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return a term's figures."""
        docs, counts = self._find(fieldname, text)
        lengths = self._opened.lengths(fieldname)[docs]
        return TermInfo(
            float(counts.sum()),
            len(docs),
            int(lengths.min()),
            int(lengths.max()),
            float(counts.max()),
            int(docs[0]),
            int(docs[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term is in the field of all documents; 0 for a term that none holds."""
        found = self._postings(fieldname, text)
        return 0.0 if found is None else float(found[1].sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents hold a term, deleted ones included; 0 for a term that none holds."""
        found = self._postings(fieldname, text)
        return 0 if found is None else len(found[0])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        """Return a matcher over a term's postings."""
        return ArrayMatcher(self._opened, (fieldname, text), self._find(fieldname, text), format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:  # noqa: ARG002
        """Return what goes through a field's terms: `FuzzyTerm` looks for its neighbours so."""
        return ArrayCursor(self, fieldname)

    def _find(self, fieldname: str, text: bytes) -> tuple[Docs, Docs]:
        found = self._postings(fieldname, text)
        if found is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        return found

    def _postings(self, fieldname: str, text: bytes | str) -> tuple[Docs, Docs] | None:
        """Return a term's documents, deleted ones too, and counts."""
        term = text if isinstance(text, str) else decode(text)
        if fieldname != schema.CHARACTERS:
            return self._opened.all_postings(fieldname, term)
        if not UNIT.fullmatch(term):
            return None
        found = [self._opened.all_postings(name + schema.GRAMS, term) for name in self._opened.text_fields]
        held = [postings for postings in found if postings is not None]
        if not held:
            return None
        return add_up(held)


class ArrayCursor(FieldCursor):  # type: ignore[misc]
    """Goes through the terms of one field, in order."""

    def __init__(self, terms: ArrayTerms, fieldname: str) -> None:
        self._terms = terms
        self._name = fieldname
        self.first()

    def first(self) -> str | None:
        """Go to the first term."""
        return self.find("")

    def find(self, string: str | bytes) -> str | None:
        """Go to the first term from *string* on."""
        start = string if isinstance(string, bytes) else encode(string)
        self._rest = self._terms.terms_from(self._name, start)
        return self.next()

    def next(self) -> str | None:
        """Go to the next term and return it, None after the last."""
        found = next(self._rest, None)
        self._text = None if found is None else decode(found[1])
        return self._text

    def text(self) -> str | None:
        """Return the term here."""
        return self._text

    def term_info(self) -> TermInfo | None:
        """Return the figures of the term here."""
        return None if self._text is None else self._terms.term_info(self._name, encode(self._text))

    def is_valid(self) -> bool:
        """Return whether there is a term here."""
        return self._text is not None


class ArrayMatcher(LeafMatcher):  # type: ignore[misc]
    """Walks over one term's postings."""

    def __init__(
        self,
        opened: OpenSegment,
        term: tuple[str, bytes],
        found: tuple[Docs, Docs],
        format_: Any,
        scorer: Any,
    ) -> None:
        self._opened = opened
        self._term = term
        self._docs, self._counts = found
        self._place = 0
        self.format = format_
        self.scorer = scorer

    def is_active(self) -> bool:
        """Return whether there is a posting here."""
        return self._place < len(self._docs)

    def id(self) -> int:
        """Return the document; at the end the last one, because AndNot asks then too."""
        return int(self._docs[min(self._place, len(self._docs) - 1)])

    def next(self) -> None:
        """Go to the next posting."""
        if not self.is_active():
            raise ReadTooFar
        self._place += 1

    def skip_to(self, id: int) -> bool:  # noqa: A002 (Whoosh's name)
        """Go to the first document from *id* on; return whether that was a step."""
        if not self.is_active():
            raise ReadTooFar
        place = max(self._place, bisect_left(self._docs, id))
        moved = place > self._place
        self._place = place
        return moved

    def weight(self) -> float:
        """Return how often the document holds the term."""
        return float(self._counts[self._place])

    def value(self) -> bytes:
        """Return the posting as the field's format writes it."""
        if self._term[0] == schema.CHARACTERS:
            encoded: bytes = self.format.encode(self._positions())
            return encoded
        packed: bytes = pack_uint(int(self._counts[self._place]))
        return packed

    def value_as(self, astype: str) -> Any:
        """Return the posting as `positions`, or as the format can."""
        if astype == "positions" and self._term[0] == schema.CHARACTERS:
            return self._positions()
        return super().value_as(astype)

    def all_ids(self) -> Iterator[int]:
        """Yield all documents."""
        return iter(self._docs[self._place :].tolist())

    def copy(self) -> ArrayMatcher:
        """Return a matcher at the same place."""
        copied = ArrayMatcher(self._opened, self._term, (self._docs, self._counts), self.format, self.scorer)
        copied._place = self._place
        return copied

    def supports_block_quality(self) -> bool:
        """Say that there are no blocks to skip."""
        return False

    def _positions(self) -> list[int]:
        article = self._opened.article(self.id())
        own = [name for name in self._opened.text_fields if name.startswith(OWN)]
        return character_positions(article, own)[decode(self._term[1])]
