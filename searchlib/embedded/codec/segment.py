"""One segment: what a commit knows of it, and its file, of which each part is read when it is asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchlib.arrays import I64, U32, Bools, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.article_store import Articles
from searchlib.embedded.codec.sections import SectionFile
from searchlib.errors import StoreFormatError
from searchlib.lazy import lazy_module, lazy_pattern
from searchlib.message import Message
from searchlib.model import Article
from searchlib.scoring.headline_match import strip_text, text_check

if TYPE_CHECKING:
    from searchlib.embedded.codec import freq_profiles, postings, term_dict
    from searchlib.embedded.codec.freq_profiles import Kinds
    from searchlib.embedded.codec.postings import Docs, Postings
    from searchlib.embedded.codec.term_dict import TermDict
else:  # the kernel reads the terms and postings of plain words
    freq_profiles = lazy_module("searchlib.embedded.codec.freq_profiles")
    postings = lazy_module("searchlib.embedded.codec.postings")
    term_dict = lazy_module("searchlib.embedded.codec.term_dict")

EXTENSION = ".slseg"
HEADLINES = "headlines"

_HEADLINE = lazy_pattern(r'\{"id":"(?:[^"\\]|\\.)*","headline":("(?:[^"\\]|\\.)*")')
"""A record's beginning, as `article_json.record_of` writes it; another one is read whole."""
_HEADLINE_BYTES = 320
"""Most headlines end before."""


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
        self.deleted = frozenset(deleted)
        self._names = frozenset(schema.field_names(self.file))
        self._fields: dict[str, tuple[TermDict, Postings] | None] = {}
        self._kinds: dict[str, Kinds] = {}
        self._articles: Articles | None = None

    @property
    def has_deleted(self) -> bool:
        """Whether the commit leaves documents of the file out."""
        return bool(self.deleted)

    @cached_property
    def live(self) -> Bools:
        """For each document of the file, whether it is not deleted."""
        live = np.ones(self.size, np.bool_)
        live[list(self.deleted)] = False
        return live

    @cached_property
    def text_fields(self) -> tuple[str, ...]:
        """The text fields that some article of the segment has."""
        return schema.columns_of(self.file, schema.TEXT_GRAMS) if schema.TEXT_GRAMS in self._names else ()

    def field(self, name: str) -> tuple[TermDict, Postings] | None:
        """Return the terms and postings of a field as the file has it; None when no article has it."""
        if name not in self._fields:
            has = name in self._names
            self._fields[name] = (
                (term_dict.TermDict(self.file, name), postings.Postings(self.file, name)) if has else None
            )
        return self._fields[name]

    def kinds(self, name: str) -> Kinds:
        """Return what the codes of a field stand for that holds several, and that the file has."""
        if name not in self._kinds:
            self._kinds[name] = freq_profiles.Kinds.of(self.file, name)
        return self._kinds[name]

    def terms(self, name: str, prefix: str = "", *, only: bool = True) -> Iterator[str]:
        """Yield the terms of a field from *prefix* on, in byte order; *only* those that begin with it."""
        fused = schema.find_fused(name)
        field = self.field(fused[0] if fused else name)
        if field is None or (fused and fused[1] not in self.text_fields):
            return
        for term, _ in field[0].from_prefix(prefix, only=only):
            if not fused or self.all_postings(name, term) is not None:
                yield term

    def all_postings(self, name: str, term: str) -> tuple[Docs, Docs] | None:
        """Return a term's documents in a field, deleted ones too, and how often each has it; or None."""
        fused = schema.find_fused(name)
        held_in = fused[0] if fused else name
        field = self.field(held_in)
        number = -1 if field is None else field[0].number_of(term)
        if field is None or number < 0:
            return None
        docs, counts = field[1].of(number)
        if fused:
            counts = self.kinds(held_in).counts(counts, fused[1])
            kept = counts > 0
            if not kept.any():
                return None
            docs, counts = docs[kept], counts[kept]
        return docs, counts

    def postings(self, name: str, term: str) -> tuple[Docs, Docs] | None:
        """Return the live documents that hold a term in a field, and how often; None when none ever did."""
        found = self.all_postings(name, term)
        if found is None or not self.has_deleted:
            return found
        kept = self.live[found[0]]
        return found[0][kept], found[1][kept]

    def read_codes(self, name: str, terms: Sequence[str]) -> list[tuple[int, Docs, Docs]]:
        """
        Read the postings of several terms of a field that holds several.

        Returns:
            For each of *terms* that some article holds: its place, the live
            documents, and their codes as `kinds` has them.
        """
        field = self.field(name)
        if field is None:
            return []
        dictionary, postings = field
        found = []
        for place, term in enumerate(terms):
            number = dictionary.number_of(term)
            if number >= 0:
                docs, codes = postings.of(number)
                if self.has_deleted:
                    kept = self.live[docs]
                    docs, codes = docs[kept], codes[kept]
                found.append((place, docs, codes))
        return found

    def lengths(self, name: str) -> I64:
        """Return how many words each document has in a text field."""
        section = f"lengths/{name}"
        if section not in self.file:
            return np.zeros(self.size, np.int64)
        return self.file.array(section).astype(np.int64)

    @property
    def dates(self) -> I64:
        """Each document's date as the number YYYYMMDD, 0 where it is not known in full."""
        return self.file.array("dates").astype(np.int64)

    @property
    def knows_headlines(self) -> bool:
        """Whether the file has the checksums of headlines: those of the third format do not."""
        return HEADLINES in self.file

    def headlines(self) -> U32:
        """Return the checksum of each document's headline; a file that has none is read for them."""
        if self.knows_headlines:
            return self.file.array(HEADLINES)
        checks = [text_check(strip_text(self.headline(doc))) for doc in range(self.size)]
        return np.array(checks, np.uint32)

    def id_of(self, doc: int) -> str:
        """Return the id of a document."""
        return self._id_terms.term_of(self._id_numbers[doc])

    @property
    def _id_terms(self) -> TermDict:
        field = self.field(schema.ID)
        return (
            term_dict.TermDict(self.file, schema.ID) if field is None else field[0]
        )  # a forged file may lack the field

    @cached_property
    def _id_numbers(self) -> memoryview[int]:
        return self.file.view("ids").cast("I")

    def ids(self) -> list[str]:
        """Return the ids of all documents, in their order."""
        terms = self._id_terms.every()
        return [terms[number] for number in self._id_numbers]

    def read_record(self, doc: int) -> dict[str, Any]:
        """Return the record of a document's article."""
        record: dict[str, Any] = json.loads(self.text(doc))
        return record

    def text(self, doc: int) -> str:
        """Return the record of a document's article as it is stored, in JSON."""
        return self._opened.text(doc)

    def headline(self, doc: int) -> str:
        """Return the headline of a document's article; of a long record only the beginning is read."""
        match = _HEADLINE.match(self._opened.beginning(doc, _HEADLINE_BYTES))
        return str(json.loads(match[1]) if match else self.read_record(doc).get("headline", ""))

    @property
    def _opened(self) -> Articles:
        if self._articles is None:
            self._articles = Articles(self.file)
        return self._articles

    def article(self, doc: int) -> Article:
        """Return the article of a document."""
        return Article.from_mapping(self.read_record(doc))

    def verify(self) -> None:
        """
        See that every byte is what was written, and that each document has a date, an id and lengths.

        Raises:
            StoreFormatError: Something is damaged, or was never right; the message says what.
        """
        self.file.check()
        self._check_sizes()

    def _check_sizes(self) -> None:
        of_each = [name for name in self.file.names if name.startswith("lengths/")]
        if self.knows_headlines:
            of_each.append(HEADLINES)
        if any(len(self.file.array(name)) != self.size for name in ("dates", "ids", *of_each)):
            raise self.file.damage(Message("its parts do not fit: it does not have {} documents", self.size))

    def examine(self, *, one_by_one: bool = False) -> None:
        """
        Read all of the segment, and see that its parts fit each other.

        Args:
            one_by_one: Find every term and list as a query does too, which takes several times as long
                and shows nothing that checksums did not, unless somebody made the file so.

        Raises:
            StoreFormatError: Something is damaged, or was never right; the message says what.
        """
        self.file.check()
        try:
            for name in self._names:
                self._examine_field(name, one_by_one=one_by_one)
            self._check_sizes()
            for doc in range(self.size):
                if self.article(doc).id != self.id_of(doc):
                    raise ValueError(f"document {doc} has another's id")  # noqa: TRY301
        except StoreFormatError:
            raise
        except Exception as error:  # whatever numbers that lie lead to
            raise self.file.damage(
                Message("its parts do not fit: {}, {}", type(error).__name__, error)
            ) from error

    def _examine_field(self, name: str, *, one_by_one: bool) -> None:
        field = self.field(name)
        assert field is not None  # noqa: S101 (it is among the names)
        terms, postings = field
        starts, docs, counts = postings.all()
        known = [number for _, number in terms.from_prefix("")]
        if sorted(known) != list(range(len(starts) - 1)):
            raise ValueError(f"{name} has {len(known)} terms, and postings of {len(starts) - 1}")
        if name in schema.FUSED:
            kinds = self.kinds(name)
            if int(counts.max(initial=0)) > len(kinds.rows) or schema.in_order(kinds.fields) != kinds.fields:
                raise ValueError(f"{name} has postings of an unknown kind")
        steps = np.diff(docs)
        steps[starts[1:-1] - 1] = 1  # from the last of a term to the first of the next
        if (steps <= 0).any() or (docs >= self.size).any() or (docs < 0).any() or (counts <= 0).any():
            raise ValueError(f"the postings of {name} are invalid")
        if not one_by_one:
            return
        every = terms.every()
        for term, number in terms.from_prefix(""):
            read = postings.of(number)
            held = slice(int(starts[number]), int(starts[number + 1]))
            same = np.array_equal(read[0], docs[held]) and np.array_equal(read[1], counts[held])
            is_there = terms.number_of(term) == number and terms.term_of(number) == every[number] == term
            if not same or not is_there:
                raise ValueError(f"a term of {name} is found elsewhere")
