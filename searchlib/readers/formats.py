"""
One path to its articles: pages of text, HTML, records, documents, and archives of them.

A file is taken whole or not at all: the first thing in it that cannot be read
ends the reading with a `CorpusError`, which may come after some articles.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from searchlib.errors import CorpusError
from searchlib.model import Article
from searchlib.pages import PageLine, explain_page, split_blocks, split_page
from searchlib.pages.blocks import Page
from searchlib.readers import sheets
from searchlib.readers.archives import Blob, errors_of, unpack
from searchlib.readers.documents import articles_of_epub, text_of_word
from searchlib.readers.encodings import decode
from searchlib.readers.lines import open_lines
from searchlib.readers.ocr_layout import is_tesseract_tsv, page_of_tsv
from searchlib.readers.ocr_models import page_of_models
from searchlib.readers.records import FieldMap, kind_of, records_in

Split = Literal["auto", "never"]
"""Whether a text is looked at as a page of several articles, or taken as one."""

_LINES = frozenset({".jsonl", ".ndjson"})
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_OTHER_DELIMITERS = ",;\t|"
_SAYS_DELIMITER = re.compile(r"sep=(.)\n")
"""How Excel says it, in a line before the first row."""
_MAP_CURE = "say which column is which field with a map, such as headline=标题"
_TEXTS = {".docx": text_of_word}
_EPUB = ".epub"
_PAGES = frozenset({".txt", ".text", ".md", ".markdown"})

SUFFIXES = frozenset({".json", _EPUB, *sheets.SUFFIXES, *_PAGES, *_LINES, *_DELIMITERS, *_TEXTS})
"""The kinds of file that are taken from a folder, in small letters, also before `.gz` or in a `.zip`."""

_GREATEST_CELL = 1 << 30
"""Characters of a table's cell; the csv module's own limit of 131 072 is less than a long article."""


def is_readable(name: str) -> bool:
    """
    Tell by its name whether a file of a folder is taken.

    >>> is_readable("a.TXT"), is_readable("a.jsonl.gz"), is_readable("a.tar.gz"), is_readable("a.png")
    (True, True, False, False)
    """
    return _is_plain(name.lower().removesuffix(".gz")) or name.lower().endswith(".zip")


def _is_plain(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES


def holds_records(path: Path) -> bool:
    """Tell by its name whether the records of a file are named by a field map; an archive may hold some."""
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    return suffix in {".json", ".zip", *_LINES, *_DELIMITERS}


def read_file(
    path: Path, source: str, split: Split = "auto", fields: Mapping[str, str] | None = None
) -> Iterator[Article]:
    """
    Yield the articles of one file, by its suffix; a suffix not known is read as text.

    JSON lines and tables are streamed; any other file is held in memory once.

    Args:
        source: What articles without a source of their own get, and what an
            error message calls the file.
        split: For text only; records are articles already.
        fields: For records only: the keys of fields, see `FieldMap`.

    Raises:
        CorpusError: The file cannot be read, or is not what its suffix says.
        MissingExtraError: It is a PDF, and the extra `files` is not installed.
        ConfigError: *fields* names what is no field.
    """
    field_map = FieldMap(fields)
    with errors_of(source):
        for blob in unpack(path, source, _is_plain):
            yield from _read_blob(blob, split, field_map)


def _read_blob(blob: Blob, split: Split, fields: FieldMap) -> Iterator[Article]:
    if blob.suffix in _LINES:
        with open_lines(blob) as lines:
            yield from _articles_of_lines(lines, blob.source, fields)
    elif blob.suffix in _DELIMITERS:
        with open_lines(blob) as lines:
            first = next(lines, "")
            rows = chain([first], lines)
            if is_tesseract_tsv(first):
                yield from split_blocks(page_of_tsv(rows), source=blob.source, split=split).articles
            else:
                yield from _articles_of_table(rows, blob.source, _DELIMITERS[blob.suffix], fields)
    elif blob.suffix == ".json":
        yield from _articles_of_json(decode(blob.read(), blob.source), blob.source, fields, split)
    elif blob.suffix in sheets.SUFFIXES:
        yield from _articles_of_pages(sheets.pages_of(blob), blob.source, split)
    elif blob.suffix == _EPUB:
        yield from articles_of_epub(blob)
    else:
        take = _TEXTS.get(blob.suffix)
        text = take(blob) if take else decode(blob.read(), blob.source)
        yield from split_page(text, source=blob.source, split=split)


def _articles_of_pages(pages: Iterator[Page], source: str, split: Split) -> Iterator[Article]:
    """Yield the articles of pages of blocks, numbered through."""
    number = 0
    for page in pages:
        for article in split_blocks(page, source=source, split=split).articles:
            if article.headline or article.body:
                number += 1
                yield replace(article, id=f"{source}#{number}")


def explain_text_file(path: Path, source: str, split: Split = "auto") -> list[PageLine]:
    """
    Return what each line of a text file is taken for.

    Raises:
        CorpusError: The file cannot be read, or is no text file: it holds records, say.
    """
    if holds_records(path):
        raise CorpusError(source, "holds records, which are not split into lines with roles")
    if path.suffix.lower() in {*SUFFIXES, ".gz"} - _PAGES:
        raise CorpusError(source, "is no text file, whose lines have roles")
    with errors_of(source):
        text = decode(path.read_bytes(), source)
    return list(explain_page(text, source=source, split=split))


def _articles_of_lines(lines: Iterator[str], source: str, fields: FieldMap) -> Iterator[Article]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _parsed(line.rstrip("\n"), source, number)
        if not isinstance(record, dict):
            raise CorpusError(source, f"holds a {kind_of(record)} where a record was expected", line=number)
        for found in list(records_in(record, fields)) or [record]:
            yield _article(found, source, fields, line=number)


def _articles_of_json(text: str, source: str, fields: FieldMap, split: Split) -> Iterator[Article]:
    value = _parsed(text, source)
    if not fields.fields and (page := page_of_models(value)) is not None:
        yield from split_blocks(page, source=source, split=split).articles
        return
    if not isinstance(value, (dict, list)):
        raise CorpusError(source, f"holds a {kind_of(value)}; expected an object or a list of objects")
    try:
        records = list(records_in(value, fields))
    except CorpusError as error:
        raise CorpusError(source, error.reason) from error
    if not records and value:
        kinds = [kind_of(item) for item in value if not isinstance(item, (dict, list))]
        if isinstance(value, list) and kinds:
            raise CorpusError(source, f"record {_first_scalar(value)} is a {kinds[0]}, not an object")
        raise CorpusError(source, f"holds no article: no object in it has {_neither(fields)}")
    for number, record in enumerate(records, start=1):
        yield _article(record, source, fields, place=f"record {number}: ")


def _first_scalar(values: list[Any]) -> int:
    return next(number for number, item in enumerate(values, 1) if not isinstance(item, (dict, list)))


def _neither(fields: FieldMap) -> str:
    return f"either of {fields.wanted().replace(' nor ', ' and ')}"


def _articles_of_table(
    lines: Iterator[str], source: str, delimiter: str, fields: FieldMap
) -> Iterator[Article]:
    csv.field_size_limit(max(csv.field_size_limit(), _GREATEST_CELL))
    first = next(lines, "")
    said = _SAYS_DELIMITER.fullmatch(first)
    delimiter = str(said[1]) if said else _delimiter_of(first, delimiter, fields)
    rows = csv.DictReader(
        lines if said else chain([first], lines), delimiter=delimiter, restval="", strict=True
    )
    try:
        header = list(rows.fieldnames or [])
        if not fields.names_columns(header):
            reason = f"its first row names neither a {fields.wanted().replace(' nor ', ' nor a ')} column"
            raise CorpusError(source, f"{reason}; {_MAP_CURE}", line=1)
        for row in rows:
            if None in row:
                reason = f"has more cells than the first row's {len(header)}"
                raise CorpusError(source, reason, line=rows.line_num)
            record = {name: cell for name, cell in row.items() if cell}
            yield _article(record, source, fields, line=rows.line_num, is_row=True)
    except csv.Error as error:
        raise CorpusError(source, f"is no well-formed table after line {rows.line_num}: {error}") from error


def _delimiter_of(first: str, usual: str, fields: FieldMap) -> str:
    """Return what stands between the columns: spreadsheets write a semicolon or a tab into .csv as well."""
    for delimiter in usual + _OTHER_DELIMITERS:
        header = next(csv.reader([first], delimiter=delimiter), [])
        if len(header) > 1 and fields.names_columns(header):
            return delimiter
    return usual


def _parsed(text: str, source: str, line: int | None = None) -> Any:
    try:
        return json.loads(text, parse_constant=_missing)
    except json.JSONDecodeError as error:
        if line is None and error.msg == "Extra data" and text[error.pos] == "{":
            reason = "holds one JSON value after another; name it .jsonl"
            raise CorpusError(source, reason, line=error.lineno) from error
        place = error.lineno if line is None else line
        excerpt = text[max(0, error.pos - 20) : error.pos + 20]
        raise CorpusError(
            source, f"is no JSON: {error.msg} at column {error.colno}", line=place, excerpt=excerpt
        ) from error
    except (ValueError, RecursionError) as error:  # a number of 5 000 digits, brackets 1 000 deep
        raise CorpusError(source, f"is no JSON that can be held: {error}", line=line) from error


def _missing(_: str) -> None:
    """Read the NaN of tables that had nothing there."""


def _article(
    record: Mapping[str, Any],
    source: str,
    fields: FieldMap,
    *,
    line: int | None = None,
    place: str = "",
    is_row: bool = False,
) -> Article:
    if fields.fields and not is_row and not (fields.has_body(record) or fields.has_headline(record)):
        raise CorpusError(source, f"{place}has neither {fields.wanted()}, which the map names", line=line)
    try:
        article = Article.from_mapping(fields.applied(record), source=source)
    except CorpusError as error:
        raise CorpusError(source, f"{place}{error.reason}", line=line) from error
    return article if article.source else replace(article, source=source)
