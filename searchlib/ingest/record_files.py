"""
Files of records to articles: JSON, JSON lines, and tables.

What is no record of its format ends the reading of the file. A record with a
wrong value, or without a text, is left out and noted where somebody takes the
notes; a file of which no record can be read is an error.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from searchlib.dates import read_date
from searchlib.errors import CorpusError
from searchlib.frozen import replace
from searchlib.ingest.archives import Blob
from searchlib.ingest.encodings import decode
from searchlib.ingest.line_stream import open_lines
from searchlib.ingest.notes import Notes
from searchlib.ingest.records import FieldMap, kind_of, records_in
from searchlib.message import Message
from searchlib.model import Article
from searchlib.pages.reflow import unbroken

MAP_CURE = Message("say which column is which field with a map, such as headline=标题")
_OTHER_DELIMITERS = ",;\t|"
_SAYS_DELIMITER = re.compile(r"sep=(.)\n")
"""How Excel says it, in a line before the first row."""
_GREATEST_CELL = 1 << 30
"""Characters of a table's cell; the csv module's own limit of 131 072 is less than a long article."""
_SHORT = ("id", "headline", "date", "publication", "page", "column", "authors")
"""Fields of a table whose cells are taken without the blanks around them."""
_MAX_SHOWN = 40
"""Characters of a value that a message shows."""


class Records:
    """Makes the articles of one file's records, and notes what cannot be one."""

    def __init__(
        self, source: str, fields: FieldMap, notes: Notes | None, *, ids_by_file: bool = False
    ) -> None:
        self.source = source
        self.fields = fields
        self.notes = notes
        self._ids_by_file = ids_by_file
        self._taken = 0
        self._first_error: CorpusError | None = None

    def take(self, made: Iterable[Callable[[], Article | None]]) -> Iterator[Article]:
        """
        Yield the articles that can be made.

        Raises:
            CorpusError: One cannot, and nobody takes the notes, or none can.
        """
        for make in made:
            try:
                article = make()
            except CorpusError as error:
                if self.notes is None:
                    raise
                self._first_error = self._first_error or error
                self.notes.skip(error)
                continue
            if article is not None:
                self._taken += 1
                yield article
        if self._first_error is not None and not self._taken:
            raise self._first_error

    def article(
        self, record: Mapping[str, Any], *, line: int | None = None, place: str = "", is_row: bool = False
    ) -> Article:
        """
        Return the article of a record.

        Raises:
            CorpusError: It has a value that its field cannot hold, or no text.
        """
        fields = self.fields
        has_text = fields.has_body(record) or fields.has_headline(record)
        if fields.fields and not is_row and not has_text:
            reason = Message("{}has neither {}, which the map names", place, fields.say_keys())
            raise CorpusError(self.source, reason, line=line)
        try:
            article = Article.from_mapping(fields.apply(record), source=self.source)
        except CorpusError as error:
            raise CorpusError(
                self.source, Message("{}{}", place, Message.of(error.reason)), line=line
            ) from error
        except (ValueError, OverflowError, RecursionError) as error:
            raise CorpusError(
                self.source, Message("{}has a value that cannot be held: {}", place, error), line=line
            ) from error
        if article.date and self.notes is not None and read_date(article.date) is None:
            said = repr(article.date[:_MAX_SHOWN])
            self.notes.remark(
                CorpusError(self.source, Message("{}its date {} cannot be read", place, said), line=line)
            )
        if "\n" in article.body:
            article = replace(article, body=unbroken(article.body))
        if not article.source:
            article = replace(article, source=self.source)
        return self._identify(article) if self._ids_by_file else article

    def _identify(self, article: Article) -> Article:
        """Return an article whose id begins with its file, its own kept beside."""
        own = article.id
        record_id = article.record_id or own
        return replace(article, id=f"{self.source}#{article.with_id().id}", record_id=record_id)


def articles_of_lines(blob: Blob, records: Records) -> Iterator[Article]:
    """
    Yield the articles of JSON lines.

    Raises:
        CorpusError: It is no text, or no line of it is a record.
    """
    with open_lines(blob, records.notes) as lines:
        yield from records.take(_makers_of_lines(lines, records))


def _makers_of_lines(lines: Iterator[str], records: Records) -> Iterator[Callable[[], Article | None]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            found = _records_of_line(line, number, records)
        except CorpusError as error:
            yield _raising(error)
            continue
        for each in found:
            yield lambda record=each, line=number: records.article(record, line=line)  # type: ignore[misc]


def _records_of_line(line: str, number: int, records: Records) -> list[Mapping[str, Any]]:
    source, fields = records.source, records.fields
    record = _parse(line.rstrip("\n"), source, number)
    if not isinstance(record, dict):
        raise CorpusError(
            source, Message("holds a {} where a record was expected", kind_of(record)), line=number
        )
    found = list(records_in(record, fields))
    if not found and not fields.fields and not fields.makes_article(record):
        raise CorpusError(source, Message("has neither {}; {}", fields.say_keys(), MAP_CURE), line=number)
    return found or [record]


def _raising(error: CorpusError) -> Callable[[], Article | None]:
    def fail() -> Article | None:
        raise error

    return fail


def articles_of_json(blob: Blob, records: Records) -> Iterator[Article]:
    """
    Yield the articles of a JSON file.

    Raises:
        CorpusError: It is no JSON, or holds no record.
    """
    source, fields = records.source, records.fields
    value = _parse(decode(blob.read(), source, records.notes), source)
    if not isinstance(value, (dict, list)):
        raise CorpusError(
            source, Message("holds a {}; expected an object or a list of objects", kind_of(value))
        )
    try:
        found = list(records_in(value, fields))
    except CorpusError as error:
        raise CorpusError(source, error.reason) from error
    if not found and value:
        kinds = [kind_of(item) for item in value if not isinstance(item, (dict, list))]
        if isinstance(value, list) and kinds:
            raise CorpusError(
                source, Message("record {} is a {}, not an object", _first_scalar(value), kinds[0])
            )
        raise CorpusError(
            source,
            Message("holds no article: its objects have neither {}; {}", fields.say_keys(), MAP_CURE),
        )
    yield from records.take(
        lambda record=record, number=number: records.article(record, place=f"record {number}: ")  # type: ignore[misc]
        for number, record in enumerate(found, start=1)
    )


def _first_scalar(values: list[Any]) -> int:
    return next(number for number, item in enumerate(values, 1) if not isinstance(item, (dict, list)))


def articles_of_table(blob: Blob, records: Records, delimiter: str) -> Iterator[Article]:
    """
    Yield the articles of a table in text: comma, tab and their kin.

    Raises:
        CorpusError: It is no table, or its first row names neither headline nor body.
    """
    with open_lines(blob, records.notes) as lines:
        first = next(lines, "")
        said = _SAYS_DELIMITER.fullmatch(first)
        delimiter = str(said[1]) if said else _delimiter_of(first, delimiter, records.fields)
        rest = lines if said else chain([first], lines)
        rows = csv.reader(rest, delimiter=delimiter, strict=True, skipinitialspace=f"{delimiter} " in first)
        csv.field_size_limit(max(csv.field_size_limit(), _GREATEST_CELL))
        line = 0

        def number() -> Iterator[tuple[int, list[str]]]:
            nonlocal line
            for row in rows:
                line = rows.line_num
                yield line, row

        try:
            yield from articles_of_rows(number(), records)
        except csv.Error as error:
            reason = Message("is no well-formed table after line {}: {}", line, error)
            raise CorpusError(records.source, reason) from error


def articles_of_rows(rows: Iterator[tuple[int, list[str]]], records: Records) -> Iterator[Article]:
    """
    Yield the articles of numbered rows of cells, the names of the columns in the first that has any.

    Raises:
        CorpusError: The first row names neither headline nor body.
    """
    header = next((_names(row) for _, row in rows if any(cell.strip() for cell in row)), [])
    fields = records.fields
    if not fields.names_columns([name for name in header if name]):
        reason = Message(
            "its first row names neither a {} column", fields.say_keys().replace(" nor ", " nor a ")
        )
        raise CorpusError(records.source, Message("{}; {}", reason, MAP_CURE), line=1)
    yield from records.take(
        lambda row=row, line=line: _article_of_row(row, line, header, records)  # type: ignore[misc]
        for line, row in rows
    )


def _names(row: list[str]) -> list[str]:
    return [cell.replace("\ufeff", "").strip() for cell in row]


def _article_of_row(row: list[str], line: int, header: list[str], records: Records) -> Article | None:
    if not any(cell.strip() for cell in row):
        return None
    if any(cell.strip() for cell in row[len(header) :]):
        raise CorpusError(
            records.source, Message("has more cells than the first row's {}", len(header)), line=line
        )
    record: dict[str, str] = {}
    for name, cell in zip(header, row, strict=False):
        if cell and (name or cell.strip()):
            record.setdefault(name or "column", cell)
    return _strip(records.article(record, line=line, is_row=True))


def _strip(article: Article) -> Article:
    """Return an article of a table without blanks around what is no prose."""
    said = {name: getattr(article, name) for name in _SHORT}
    changed: dict[str, Any] = {
        name: value.strip()
        for name, value in said.items()
        if isinstance(value, str) and value != value.strip()
    }
    return replace(article, **changed) if changed else article


def _delimiter_of(first: str, usual: str, fields: FieldMap) -> str:
    """Return what separates the columns: spreadsheets write a semicolon or a tab into .csv as well."""
    for delimiter in usual + _OTHER_DELIMITERS:
        header = _names(next(csv.reader([first], delimiter=delimiter), []))
        if len(header) > 1 and fields.names_columns(header):
            return delimiter
    return usual


def _parse(text: str, source: str, line: int | None = None) -> Any:
    try:
        return json.loads(text, parse_constant=_missing)
    except json.JSONDecodeError as error:
        if line is None and error.msg == "Extra data" and text[error.pos] == "{":
            reason = Message("holds one JSON value after another; name it .jsonl")
            raise CorpusError(source, reason, line=error.lineno) from error
        place = error.lineno if line is None else line
        excerpt = text[max(0, error.pos - 20) : error.pos + 20]
        raise CorpusError(
            source,
            Message("is no JSON: {} at column {}", error.msg, error.colno),
            line=place,
            excerpt=excerpt,
        ) from error
    except (ValueError, RecursionError) as error:  # a number of 5 000 digits, brackets 1 000 deep
        raise CorpusError(source, Message("is no JSON that can be held: {}", error), line=line) from error


def _missing(_: str) -> None:
    """Read the NaN of tables that had nothing there."""
