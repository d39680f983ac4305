"""Articles on their way into an index: read once, checked, kept on disk, the last of each id."""

from __future__ import annotations

import logging
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, KeysView, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from searchlib.analysis import is_han
from searchlib.article_json import check_extra, record_of
from searchlib.dates import read_date
from searchlib.engine.contract import Noted
from searchlib.errors import CorpusError, StoreError
from searchlib.message import Message
from searchlib.model import ALIASES, OWN, TEXT_FIELDS, Article, texts_of_value
from searchlib.os_errors import unusable
from searchlib.reports import Report, Skipped
from searchlib.stored_values import full_date

_IN_MEMORY_BYTES = 32 * 1024 * 1024

_MOST_NAMED = 10
"""Maximum number of records that are named, of each kind of trouble, and of keys of each."""

_MOST_SHOWN_CHARS = 40
"""Characters of a date that are shown, and of a value in which Han is looked for."""

_TEXT_KEYS = frozenset({*TEXT_FIELDS, *ALIASES})

_SIZE_BITS = 32
"""Of a place: its record's size is in the lower bits; an article has at most 1 GiB."""

_LOG = logging.getLogger("searchlib")
_LOG.addHandler(logging.NullHandler())


_STEP_ARTICLES = 1000
_STEP_BYTES = 1024 * 1024


@dataclass(slots=True)
class Counts:
    """What one write did, in articles."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0

    def add(self, other: Counts | Report) -> None:
        """Add what another write did."""
        self.added += other.added
        self.updated += other.updated
        self.removed += other.removed
        self.unchanged += other.unchanged

    def report(self) -> Report:
        """Return them as those of a write of which nothing else is to be said."""
        return Report(self.added, self.updated, self.removed, self.unchanged)


class Steps:
    """Says how far something has come, at each thousand articles or megabyte."""

    def __init__(self, noted: Noted | None) -> None:
        self._noted = noted
        self._next = _STEP_ARTICLES, _STEP_BYTES

    def note(self, articles: int, size_bytes: int) -> None:
        """Take down what is done."""
        if self._noted is not None and (articles >= self._next[0] or size_bytes >= self._next[1]):
            self._next = articles + _STEP_ARTICLES, size_bytes + _STEP_BYTES
            self._noted(articles, size_bytes)


class Spool:
    """
    Takes any iterable of articles or records, and gives back the last article of each id.

    Nothing is written to the index before the whole iterable has been read, so
    that a bad record or an error in a generator leaves the index alone. Memory
    holds the ids and 32 MiB at most.
    """

    def __init__(
        self,
        articles: Iterable[Article | Mapping[str, Any]],
        own: Iterable[str] = (),
        *,
        are_records: bool = False,
        of_file: bool = False,
        noted: Noted | None = None,
    ) -> None:
        """
        Read *articles*.

        A record without any text is left out, and said to be: its keys are probably others than
        it should have. An article without one was made so, and is taken.

        Args:
            own: The text fields of the index's own.
            are_records: The articles were made of records.
            noted: Called now and then, when many have been read.
            of_file: They are those of one file, in which two records may have one
                id: the second is numbered instead of replacing the first.

        Raises:
            CorpusError: A record has a value that its field cannot hold; the message counts from 1.
            TypeError: Something is neither an article nor a mapping.
        """
        # Closed by `close`, which a `with` block calls.
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES, mode="w+b")  # noqa: SIM115
        self._places: dict[str, int] = {}
        self._repeated: dict[str, int] | None = {} if of_file else None
        self._own = tuple(own)
        self._are_records = are_records
        self.remarks: list[Skipped] = []
        """The first records of which a date cannot be read; of a file its reader says so."""
        self.unsearched: Counter[str] = Counter()
        """How many articles have Chinese text at a key of their own that is no field of the index."""
        self._textless: list[Skipped] = []
        self._textless_count = 0
        self._empty: set[str] = set()
        try:
            step = Steps(noted)
            for number, item in enumerate(articles, 1):
                self._take(item, number)
                step.note(number, self._file.tell())
        except BaseException:
            self._file.close()
            raise

    def _take(self, item: Article | Mapping[str, Any], number: int) -> None:
        if isinstance(item, Article):
            article = item
        elif isinstance(item, Mapping):
            article = Article.from_mapping(item, source=f"record {number}")
        else:
            raise TypeError(f"record {number} is a {type(item).__name__}, not an Article or a mapping")
        try:
            check_extra(article.extra)  # before an id is made of it
            article = self._number(article.with_id())
            record = record_of(article)
        except (ValueError, TypeError, RecursionError) as error:
            reason = Message("its own keys cannot be kept as JSON: {}", error)
            raise CorpusError(Message("record {}", number), reason) from error
        if not self._has_text(article, ("headline", "body", *self._own)):
            if self._is_left_out(item, article):
                self._leave_out(article, number)
                return
            self._empty.add(article.id)
            if len(self._empty) <= _MOST_NAMED:
                _LOG.warning("record %d, %s, has neither headline nor body", number, article.id)
        else:
            self._empty.discard(article.id)
        self._note(article, number)
        self._places.pop(article.id, None)
        self._places[article.id] = self._file.tell() << _SIZE_BITS | len(record)
        try:
            self._file.write(record)
        except OSError as error:
            raise _unusable(error) from error

    def _note(self, article: Article, number: int) -> None:
        """Take down what is kept and cannot be asked for."""
        for key, value in article.extra.items():
            if OWN + key not in self._own and _lacks(article, value):
                self.unsearched[key] += 1
        is_of_file = self._repeated is not None  # whose reader names the line of such a date
        date = None if is_of_file or len(self.remarks) >= _MOST_NAMED else article.date
        if date and full_date(date) is None and read_date(date) is None:  # most are full, and told at once
            reason = Message("its date {} cannot be read", repr(date[:_MOST_SHOWN_CHARS]))
            self.remarks.append(Skipped(Message("record {}", number), reason))
            _LOG.warning("record %d: %s", number, reason)

    def _has_text(self, article: Article, fields: Iterable[str]) -> bool:
        return any(text and not text.isspace() for name in fields for text in article.texts(name))

    def _is_left_out(self, item: Article | Mapping[str, Any], article: Article) -> bool:
        """Return whether an article was made of a record that has no text, nor a key for one."""
        if self._has_text(article, TEXT_FIELDS):
            return False
        return _TEXT_KEYS.isdisjoint(item) if isinstance(item, Mapping) else self._are_records

    def _leave_out(self, article: Article, number: int) -> None:
        self._textless_count += 1
        if self._textless_count > _MOST_NAMED:
            return
        keys = list(article.extra)[:_MOST_NAMED]
        reason = Message("has neither headline nor body")
        if keys:
            reason = Message("has neither headline nor body; its other keys are {}", ", ".join(keys))
        self._textless.append(Skipped(Message("record {}", number), reason))
        _LOG.warning("record %d %s: left out", number, reason)

    @property
    def skipped(self) -> tuple[Skipped, ...]:
        """The records that were left out: the first ones by name, and how many more."""
        more = self._textless_count - len(self._textless)
        left = (
            (Skipped(Message("{} more records", f"{more:,}"), "have neither headline nor body"),)
            if more
            else ()
        )
        return (*self._textless, *left)

    @property
    def empty(self) -> int:
        """How many articles have neither headline nor body, nor text in a field of the index's own."""
        return len(self._empty)

    def _number(self, article: Article) -> Article:
        """Return an article of a file under an id that no other of the file has."""
        if self._repeated is None or not article.record_id or article.id not in self._places:
            return article
        number = self._repeated.get(article.id, 1)
        numbered = article.id
        while numbered in self._places:
            number += 1
            numbered = f"{article.id}-{number}"
        self._repeated[article.id] = number
        return replace(article, id=numbered)

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the memory or the temporary file back."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._places)

    @property
    def size_bytes(self) -> int:
        """The size of all records."""
        self._file.seek(0, os.SEEK_END)  # which says nothing before Python 3.11
        return self._file.tell()

    @property
    def ids(self) -> KeysView[str]:
        """The ids of all articles."""
        return self._places.keys()

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Yield the id of each article and its record."""
        for article_id, place in self._places.items():
            try:
                self._file.seek(place >> _SIZE_BITS)
                record = self._file.read(place & ((1 << _SIZE_BITS) - 1))
            except OSError as error:
                raise _unusable(error) from error
            yield article_id, record


def _lacks(article: Article, value: object) -> bool:
    """Return whether a value of `extra` is Chinese text that no field of the article has."""
    said = [text for text in texts_of_value(value) if any(map(is_han, text[:_MOST_SHOWN_CHARS]))]
    return bool(said) and any(
        all(one not in text for name in TEXT_FIELDS for text in article.texts(name)) for one in said
    )


def _unusable(error: OSError) -> StoreError:
    """Say that it is the folder for temporary files that has no room: `TMPDIR` names another."""
    return unusable(Path(tempfile.gettempdir()), "used for what is on its way into the index", error)
