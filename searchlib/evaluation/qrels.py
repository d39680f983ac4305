"""
A test collection on disk: documents, topics and judgements.

A folder holds `docs.jsonl` (records of articles), `queries.jsonl` (records with
`id` and `text`) and `qrels.tsv` (query, document, grade, as TREC writes them
with a column between, or without it).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from searchlib.errors import CorpusError
from searchlib.message import Message
from searchlib.model import Article

Topics = Mapping[str, str]
"""Query id to the words asked, in the order in which they are asked."""

Qrels = Mapping[str, Mapping[str, float]]
"""Query id to the grades of its judged documents; above 0 is relevant."""

DOCUMENTS, TOPICS, QRELS = "docs.jsonl", "queries.jsonl", "qrels.tsv"

_COLUMNS = (3, 4)


def read_documents(path: Path) -> Iterator[Article]:
    """
    Yield the documents of a `docs.jsonl`, one by one.

    Raises:
        CorpusError: The file is missing, or a line is no article with an id.
    """
    for number, record in _read_records(path):
        try:
            article = Article.from_mapping(record, source=str(path))
        except CorpusError as error:
            raise CorpusError(str(path), error.reason, line=number) from error
        if not article.id:
            raise CorpusError(str(path), "a document has no 'id'", line=number)
        yield article


def read_topics(path: Path) -> dict[str, str]:
    """
    Read a `queries.jsonl`.

    Raises:
        CorpusError: The file is missing or empty, a line has no `id` or no
            `text`, or an id comes twice.
    """
    topics: dict[str, str] = {}
    for number, record in _read_records(path):
        for key in ("id", "text"):
            if not isinstance(record.get(key), (str, int)) or record[key] == "":
                raise CorpusError(str(path), Message("a query has no {}", repr(key)), line=number)
        query = str(record["id"])
        if query in topics:
            raise CorpusError(str(path), Message("query {} comes twice", repr(query)), line=number)
        topics[query] = str(record["text"])
    if not topics:
        raise CorpusError(str(path), "holds no queries")
    return topics


def read_qrels(path: Path) -> dict[str, dict[str, float]]:
    """
    Read judgements: query, document and grade a line, between tabs or spaces.

    TREC's four columns are read too, and a first line that begins with
    `query-id` is skipped.

    Raises:
        CorpusError: The file is missing or holds no judgement, a line has
            other columns, a grade is no finite number, or a document is judged
            twice for a query.
    """
    qrels: dict[str, dict[str, float]] = {}
    for number, line in read_lines(path):
        columns = line.split("\t") if "\t" in line else line.split()
        if number == 1 and columns[0] == "query-id":
            continue
        if len(columns) not in _COLUMNS:
            reason = Message("has {} columns; expected query, document, grade", len(columns))
            raise CorpusError(str(path), reason, line=number, excerpt=line)
        query, document, grade = columns[0].strip(), columns[-2].strip(), finite(columns[-1])
        if grade is None:
            reason = Message("the grade {} is no finite number", repr(columns[-1]))
            raise CorpusError(str(path), reason, line=number)
        if qrels.setdefault(query, {}).setdefault(document, grade) != grade:
            raise CorpusError(
                str(path), Message("{} has two grades for query {}", repr(document), repr(query)), line=number
            )
    if not qrels:
        raise CorpusError(str(path), "holds no judgements")
    return qrels


def finite(text: str) -> float | None:
    """Return the number that a column says, None when it is not one or not finite."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _read_records(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in read_lines(path):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise CorpusError(str(path), Message("is no JSON: {}", error), line=number) from error
        if not isinstance(record, dict):
            raise CorpusError(str(path), "is no JSON object", line=number)
        yield number, record


def read_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank, with their numbers from 1."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except OSError as error:
        raise CorpusError(str(path), Message("cannot be read: {}", error.strerror)) from error
    except UnicodeDecodeError as error:
        raise CorpusError(str(path), "is not UTF-8; convert it first") from error
