"""
One commit, opened for reading: postings as arrays, articles as articles.

This is the only place that looks into segments for a search. Documents are
numbered through all segments of the commit, in their order.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from heapq import merge
from itertools import accumulate, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from searchlib.analysis.folding import UNIT
from searchlib.arrays import F64, I64, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.sections import damage
from searchlib.embedded.store.docsets import Docs, no_docs
from searchlib.embedded.store.manifest import Manifest, identity_of_latest, latest_generation, read_contents
from searchlib.embedded.store.values import Values
from searchlib.errors import ConfigError, CorpusError, QueryError, StoreError
from searchlib.message import Message
from searchlib.model import OWN, TEXT_FIELDS, Article, texts_of_value
from searchlib.scoring.bm25f import length_discount
from searchlib.stored_values import VALUE_SEPARATOR, value_of

if TYPE_CHECKING:
    from searchlib.embedded.codec.segment import OpenSegment
    from searchlib.embedded.codec.term_dict import TermDict

Floats = F64

_TRIES = 100
_OF_DAMAGE = (
    ArithmeticError,
    AttributeError,
    BufferError,
    CorpusError,
    EOFError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What numbers and texts that are not what they should be lead to."""
_READING = ("searchlib.embedded.codec.", "searchlib.embedded.search.", "searchlib.embedded.store.")
"""The rooms that use what was read as it is: a forged number may come to light in any of them."""
_RANGES_WITHOUT_HAN = (("", "\u2e80"), ("\ua000", "\U00020000"))


class Facet(NamedTuple):
    """The values of a key with their counts, most frequent first, and how many values there are in all."""

    counts: dict[str, int]
    size: int


class Snapshot:
    """A commit's postings and articles; stays as it is while others commit. Safe for many threads."""

    def __init__(self, folder: Path, contents: Manifest) -> None:
        self._folder = folder
        self.contents = contents
        self.segments: list[OpenSegment] = [segment.open_in(folder) for segment in contents.segments]
        self.firsts: list[int] = [0, *accumulate(segment.size for segment in self.segments)]
        """The first document of each segment, and the number of all."""
        self.size: int = self.firsts[-1]
        """Documents, deleted ones included: the length of an array with an entry for each."""
        self._lengths: dict[str, Floats] = {}
        self._means: dict[str, float] = {}
        self._discounts: dict[tuple[str, float], Floats] = {}
        self._values: dict[str, Values] = {}
        self._key_ranks: dict[str, Docs] = {}
        self.narrowings: dict[Hashable, Any] = {}
        """Filters and orders as the kernel takes them: `search/narrowing.py` keeps them here."""
        self._is_whole = False

    @property
    def is_latest(self) -> bool:
        """Whether nobody has committed since, nor put another index in the place of this one."""
        return identity_of_latest(self._folder) == self.contents.identity

    @property
    def commit(self) -> str:
        """The commit's name: its number and its token; of an early version its file's identity."""
        from hashlib import blake2b  # noqa: PLC0415 (2 ms, which no query needs)

        contents = self.contents
        said = contents.commits[-1] if contents.commits else repr(contents.identity)
        return f"{contents.generation}-{blake2b(said.encode(), digest_size=6).hexdigest()}"

    @cached_property
    def text_fields(self) -> tuple[str, ...]:
        """The text fields that some article has."""
        return schema.in_order({name for segment in self.segments for name in segment.text_fields})

    @property
    def own_fields(self) -> Mapping[str, float]:
        """The text fields of the index's own, `extra.KEY`, with their weights."""
        return self.contents.fields

    @property
    def live_total(self) -> int:
        """The number of documents that are not deleted."""
        return sum(segment.size - len(segment.deleted) for segment in self.segments)

    @cached_property
    def docs(self) -> Docs:
        """All documents that are not deleted."""
        return np.flatnonzero(
            np.concatenate([np.empty(0, np.bool_), *(segment.live for segment in self.segments)])
        )

    def postings(self, field: str, term: str) -> tuple[Docs, Floats]:
        """Return the documents that hold a term in a field, and how often; both empty when none does."""
        docs: list[Docs] = []
        counts: list[Docs] = []
        for first, segment in zip(self.firsts, self.segments, strict=False):
            found = segment.postings(field, term)
            if found is not None:
                docs.append(found[0] + first if first else found[0])
                counts.append(found[1])
        if not docs:
            return no_docs(), np.empty(0, np.float64)
        if len(docs) == 1:
            return docs[0], counts[0].astype(np.float64)
        return np.concatenate(docs), np.concatenate(counts).astype(np.float64)

    def terms(self, field: str, prefix: str = "") -> Iterator[str]:
        """Yield the terms of a field that begin with *prefix*, in byte order."""
        walks = [segment.terms(field, prefix) for segment in self.segments]
        yield from (term for term, _ in groupby(merge(*walks)))

    def held_terms(self, field: str) -> set[str]:
        """Return the terms of a field that some article holds, each list read once and all together."""
        found: set[str] = set()
        for segment in self.segments:
            held = segment.field(field)
            if held is not None:
                starts, docs, _ = held[1].all()
                before = np.concatenate([[0], np.cumsum(segment.live[docs])])
                live = np.flatnonzero(before[starts[1:]] > before[starts[:-1]])
                terms = held[0].every()
                found.update(terms[number] for number in live.tolist())
        return found

    def units_without_han(self, prefix: str = "") -> set[str]:
        """Return the letters, numbers and symbols of all text fields that begin with *prefix*."""
        return self._every_unit if not prefix else self._units_from(prefix)

    @cached_property
    def _every_unit(self) -> set[str]:
        return self._units_from("")

    def _units_from(self, prefix: str) -> set[str]:
        found: set[str] = set()
        for terms in self._grams():
            for first, end in _RANGES_WITHOUT_HAN:
                for term, _ in terms.from_prefix(max(prefix, first), only=False):
                    if term >= end or not term.startswith(prefix):
                        break
                    if UNIT.fullmatch(term):
                        found.add(term)
        return found

    def beside(self, char: str) -> tuple[set[str], set[str]]:
        """Return the characters that are before and after one somewhere."""
        sides = [terms.beside(char) for terms in self._grams()]
        return set().union(*(before for before, _ in sides)), set().union(*(behind for _, behind in sides))

    def most_frequent(self, field: str, terms: Collection[str], count: int) -> list[str]:
        """Return those of some terms of a field that the most documents hold, deleted ones included."""
        held: dict[str, int] = {}
        for segment in self.segments:
            found = segment.field(field)
            if found is None:
                continue
            for term in terms:
                number = found[0].number_of(term)
                if number >= 0:
                    held[term] = held.get(term, 0) + found[1].doc_freq(number)
        return sorted(held, key=lambda term: (-held[term], term))[:count]

    def _grams(self) -> Iterator[TermDict]:
        for segment in self.segments:
            field = segment.field(schema.TEXT_GRAMS)
            if field is not None:
                yield field[0]

    def lengths(self, field: str) -> Floats:
        """Return how many words each document has in a field (0 where it has none), one entry a document."""
        if field not in self._lengths:
            parts = [segment.lengths(field) for segment in self.segments]
            self._lengths[field] = np.concatenate(parts or [no_docs()]).astype(np.float64)
        return self._lengths[field]

    def mean_length(self, field: str) -> float:
        """Return the mean length of a field over the articles that have it; 1 where none has."""
        if field not in self._means:
            found = self.lengths(field)[self.docs]
            self._means[field] = float(found[found > 0].mean()) if (found > 0).any() else 1.0
        return self._means[field]

    def discounts(self, field: str, share: float) -> Floats:
        """
        Return what each document's frequencies in a field are multiplied by for its length.

        It is kept with the commit, one entry a document.
        """
        key = (field, share)
        if key not in self._discounts:
            self._discounts[key] = length_discount(self.lengths(field), self.mean_length(field), share)
        return self._discounts[key]

    @cached_property
    def dates(self) -> I64:
        """Each document's date as the number YYYYMMDD, 0 where it is not known in full."""
        return np.concatenate([segment.dates for segment in self.segments] or [no_docs()])

    @cached_property
    def id_ranks(self) -> Docs:
        """Each document's place in the order of the ids, by code point: what ties go by."""
        ids = [article_id for segment in self.segments for article_id in segment.ids()]
        ranks = np.empty(self.size, np.int64)
        ranks[sorted(range(self.size), key=ids.__getitem__)] = np.arange(self.size)
        return ranks

    def doc_of(self, article_id: str) -> int | None:
        """Return the document of an id, or None."""
        for first, segment in zip(self.firsts, self.segments, strict=False):
            found = segment.postings(schema.ID, article_id)
            if found is not None and len(found[0]):
                return first + int(found[0][0])
        return None

    def id_of(self, doc: int) -> str:
        """Return the id of a document."""
        number, place = self.place_of(doc)
        return self.segments[number].id_of(place)

    def place_of(self, doc: int) -> tuple[int, int]:
        """Return the segment of a document, by number, and the document's number in it."""
        number = bisect_right(self.firsts, doc) - 1
        return number, doc - self.firsts[number]

    def article(self, doc: int) -> Article:
        """Return the article of a document."""
        number, place = self.place_of(doc)
        with self.blamed():
            return self.segments[number].article(place)

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """
        When reading goes wrong, find out whether the files are to blame.

        What is damaged is noticed by its checksum. A file whose checksums are right and whose
        numbers are not was made so; then the error comes out of the reading of files. No error
        is a reason to look through all that is stored: `Index.check` does that.

        Raises:
            StoreFormatError: In place of whatever the block raised, when a segment is not as it should be.
        """
        try:
            yield
        except (StoreError, QueryError, ConfigError):
            raise
        except (*_OF_DAMAGE, MemoryError) as error:
            if isinstance(error, MemoryError) and not _is_of_reading(error):
                raise
            if not self._is_whole:
                for segment in self.segments:
                    segment.verify()
                self._is_whole = True  # once is enough: another error costs nothing
            if _is_of_reading(error):
                short = isinstance(error, MemoryError)
                form = (
                    "its parts do not fit, or memory is short: {}, {}"
                    if short
                    else "its parts do not fit: {}, {}"
                )
                said = Message(form, type(error).__name__, error)
                raise damage(self._folder, said) from error
            raise

    def texts(self, doc: int) -> Iterator[tuple[str, str]]:
        """Yield the texts of a document as they were given, each with its field."""
        number, place = self.place_of(doc)
        record = self.segments[number].read_record(place)
        for name in TEXT_FIELDS:
            value = record.get(name, "")
            for text in value if isinstance(value, list) else (value,):
                yield name, text
        for name in self.own_fields:
            for text in texts_of_value(record.get("extra", {}).get(name.removeprefix(OWN))):
                yield name, text

    def headline(self, doc: int) -> str:
        """Return the headline of a document."""
        number, place = self.place_of(doc)
        return self.segments[number].headline(place)

    def key_ranks(self, order: str) -> Docs:
        """
        Return each document's place by a key of its own, those without it last: equal values have one place.

        Args:
            order: `extra.KEY`, ascending, or `-extra.KEY`; of several values the first in that order counts.

        Raises:
            ConfigError: No article has the key, though there are articles.
        """
        if order not in self._key_ranks:
            key = order.removeprefix("-")
            if not self._values_of(key).is_of_any(self.docs) and len(self.docs):
                known = ", ".join(self.own_keys()) or Message("none: no article has keys of its own")
                raise ConfigError("sort", order, Message("a key that some article has ({})", known))
            self._key_ranks[order] = self._values_of(key).ranks(
                self.size, lambda term, doc: value_of(term, partial(self.article, doc)), order[0] == "-"
            )
        return self._key_ranks[order]

    def own_keys(self) -> list[str]:
        """Return the keys of their own that articles have, `extra.KEY`, deleted ones included."""
        found: set[str] = set()
        for segment in self.segments:
            field = segment.field(schema.STORED_VALUES)
            start = OWN
            while field is not None:
                term = next((term for term, _ in field[0].from_prefix(start, only=False)), "")
                if not term.startswith(OWN):
                    break
                key = term.partition(VALUE_SEPARATOR)[0]
                found.add(key)
                start = key + chr(ord(VALUE_SEPARATOR) + 1)
        return sorted(found)

    def values(self, key: str, docs: Docs, most: int | None = None) -> Facet:
        """
        Count the values that a stored field has over *docs*, most frequent first, then by value.

        Args:
            most: Maximum number of values that are returned; None for all.
        """
        among = np.zeros(self.size, np.bool_)
        among[docs] = True
        held = self._values_of(key)

        def holder(term: str) -> Article:
            return self.article(held.one_of(term, among))

        found = held.counts(among)
        size = len(found)
        if most is not None and most < size:
            least = sorted((count for _, count in found), reverse=True)[most - 1] if most else 0
            found = [(term, count) for term, count in found if most and count >= least]
        counts = ((value_of(term, partial(holder, term)), count) for term, count in found)
        return Facet(dict(sorted(counts, key=lambda item: (-item[1], item[0]))[:most]), size)

    def holders(self, key: str, is_wanted: Callable[[str], bool]) -> Docs:
        """Return the documents with a value of a stored field that *is_wanted* accepts, deleted ones not."""
        found = self._values_of(key).holders(is_wanted)
        live = np.zeros(self.size, np.bool_)
        live[self.docs] = True
        docs: Docs = found[live[found]]
        return docs

    def _values_of(self, key: str) -> Values:
        if key not in self._values:
            self._values[key] = Values(self.segments, self.firsts, key)
        return self._values[key]


def _is_of_reading(error: BaseException) -> bool:
    """Return whether an error came up where what is in the files of an index is used."""
    trace = error.__traceback__ and error.__traceback__.tb_next  # the first frame is that of `blamed`
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").startswith(_READING):
            return True
        trace = trace.tb_next
    return False


def open_snapshot(folder: Path) -> Snapshot:
    """
    Open the last commit.

    Raises:
        StoreNotFoundError: There is no commit.
        StoreFormatError: A file is damaged or missing.
    """
    for _ in range(_TRIES):
        generation = latest_generation(folder)
        try:
            return Snapshot(folder, read_contents(folder))
        except FileNotFoundError as error:
            if latest_generation(folder) == generation:
                missing = Path(error.filename).name
                raise damage(folder, Message("its file {} is missing", missing)) from error
            # else another commit has just taken the files away
    raise damage(folder, "its files vanish while they are opened")
