"""
One file to its articles: pages of text, JSON, JSON lines, CSV.

A file is taken whole or not at all: the first thing in it that cannot be read
ends the reading with a `CorpusError`, which may come after some articles.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from searchlib.errors import CorpusError
from searchlib.model import Article
from searchlib.pages import split_page
from searchlib.readers.encodings import decode

Split = Literal["auto", "never"]
"""Whether a text is looked at as a page of several articles, or taken as one."""

_LINES = frozenset({".jsonl", ".ndjson"})
_DELIMITERS = {".csv": ",", ".tsv": "\t"}

SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown", ".json", *_LINES, *_DELIMITERS})
"""The kinds of file that are taken from a folder, in small letters."""


def is_readable(name: str) -> bool:
    """Tell by its name whether a file of a folder is taken."""
    return Path(name).suffix.lower() in SUFFIXES


_BODY_KEYS = frozenset({"body", "content", "text"})
_HEADLINE_KEYS = frozenset({"headline", "title"})
_BLOCK_BYTES = 1 << 20


def read_file(path: Path, source: str, split: Split = "auto") -> Iterator[Article]:
    """
    Yield the articles of one file, by its suffix; a suffix not known is read as text.

    JSON lines are streamed; any other file is held in memory once.

    Args:
        source: What articles without a source of their own get, and what an
            error message calls the file.
        split: For text only; records are articles already.

    Raises:
        CorpusError: The file cannot be read, or is not what its suffix says.
    """
    suffix = path.suffix.lower()
    with _errors_of(source):
        if suffix in _LINES:
            yield from _read_lines(path, source)
            return
        text = decode(path.read_bytes(), source)
    if suffix == ".json":
        yield from _articles_of_json(text, source)
    elif suffix in _DELIMITERS:
        yield from _articles_of_table(text, source, _DELIMITERS[suffix])
    else:
        yield from split_page(text, source=source, split=split)


@contextmanager
def _errors_of(source: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CorpusError(source, f"cannot be read: {error.strerror or error}") from error


def _read_lines(path: Path, source: str) -> Iterator[Article]:
    if _is_utf8(path):
        with path.open(encoding="utf-8-sig") as lines:
            yield from _articles_of_lines(lines, source)
    else:
        yield from _articles_of_lines(iter(decode(path.read_bytes(), source).split("\n")), source)


def _is_utf8(path: Path) -> bool:
    """Tell whether a file can be streamed as UTF-8, by reading it once from end to end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK_BYTES):
                if b"\0" in block:
                    return False
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _articles_of_lines(lines: Iterator[str], source: str) -> Iterator[Article]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _parsed(line, source, number)
        if not isinstance(record, dict):
            raise CorpusError(source, f"holds a {_kind(record)} where a record was expected", line=number)
        yield _article(record, source, line=number)


def _articles_of_json(text: str, source: str) -> Iterator[Article]:
    for number, record in enumerate(_records(_parsed(text, source), source), start=1):
        if not isinstance(record, dict):
            raise CorpusError(source, f"record {number} is a {_kind(record)}, not an object")
        yield _article(record, source, place=f"record {number}: ")


def _records(value: Any, source: str) -> list[Any]:
    """Find the records: a list, the one list of objects inside an object, or the object itself."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise CorpusError(source, f"holds a {_kind(value)}; expected an object or a list of objects")
    if not _BODY_KEYS.isdisjoint(value):
        return [value]
    lists = {key: inner for key, inner in value.items() if _is_list_of_objects(inner)}
    if len(lists) == 1:
        return next(iter(lists.values()))
    if lists:
        names = ", ".join(map(repr, lists))
        raise CorpusError(source, f"holds several lists of objects ({names}); keep the articles' list alone")
    if _HEADLINE_KEYS.isdisjoint(value):
        raise CorpusError(
            source, "is no article: an object with neither 'headline' nor 'body', nor a list of objects"
        )
    return [value]


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _articles_of_table(text: str, source: str, delimiter: str) -> Iterator[Article]:
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="", strict=True)
    try:
        header = rows.fieldnames or []
        if (_BODY_KEYS | _HEADLINE_KEYS).isdisjoint(header):
            raise CorpusError(source, "its first row names neither a 'headline' nor a 'body' column", line=1)
        for row in rows:
            if None in row:
                reason = f"has more cells than the first row's {len(header)}"
                raise CorpusError(source, reason, line=rows.line_num)
            yield _article({name: cell for name, cell in row.items() if cell}, source, line=rows.line_num)
    except csv.Error as error:
        raise CorpusError(source, f"is no well-formed table after line {rows.line_num}: {error}") from error


def _parsed(text: str, source: str, line: int | None = None) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = error.lineno if line is None else line
        excerpt = text[max(0, error.pos - 20) : error.pos + 20]
        raise CorpusError(
            source, f"is no JSON: {error.msg} at column {error.colno}", line=place, excerpt=excerpt
        ) from error
    except (ValueError, RecursionError) as error:  # a number of 5 000 digits, brackets 1 000 deep
        raise CorpusError(source, f"is no JSON that can be held: {error}", line=line) from error


def _article(record: Mapping[str, Any], source: str, *, line: int | None = None, place: str = "") -> Article:
    try:
        article = Article.from_mapping(record, source=source)
    except CorpusError as error:
        raise CorpusError(source, f"{place}{error.reason}", line=line) from error
    return article if article.source else replace(article, source=source)


def _kind(value: Any) -> str:
    """Name a JSON value as JSON does."""
    kinds = {dict: "object", list: "list", str: "string", bool: "truth value", type(None): "null"}
    return kinds.get(type(value), "number")
