"""What is indexed: the same numbered records for every engine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

_FULL_DATE = re.compile(r"\d{4}-\d\d-\d\d")


class Record(NamedTuple):
    """One article; *date* is `2024-08-09` or empty."""

    id: str
    title: str
    body: str
    date: str

    @property
    def text(self) -> str:
        """Headline and body, one below the other."""
        return f"{self.title}\n{self.body}"


class Corpus(NamedTuple):
    """What stands in a file of records; *text_bytes* counts headlines and bodies in UTF-8."""

    articles: int
    characters: int
    text_bytes: int
    dated: int


def prepare(source: Path, target: Path, limit: int | None = None) -> Corpus:
    """
    Write the records of *source* to *target*, one JSON object a line.

    They are numbered anew: an id that comes twice is one article for
    searchlib and two for the others.

    Args:
        source: `docs.jsonl`, or any file or folder that searchlib can read.
        limit: How many, spread evenly over *source*: a file often has its kinds
            of article one after the other. None for all.

    Raises:
        ValueError: There is no article.
    """
    numbers = count()
    articles = characters = size_bytes = dated = 0
    with target.open("w", encoding="utf-8") as lines:
        for title, body, date in _spread(source, limit):
            record = Record(f"{next(numbers):07d}", title, body, date)
            lines.write(json.dumps(record._asdict(), ensure_ascii=False) + "\n")
            articles += 1
            characters += len(title) + len(body)
            size_bytes += len(title.encode()) + len(body.encode())
            dated += bool(date)
    if not articles:
        raise ValueError(f"no article in {source.name}")
    return Corpus(articles, characters, size_bytes, dated)


def read(path: Path, wanted: int | None = None) -> Iterator[Record]:
    """
    Yield the records that `prepare` wrote.

    Args:
        wanted: How many; past the end the same ones come again with fresh ids.
            None for each once.
    """
    left = wanted
    for turn in count():
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if left == 0:
                    return
                left = None if left is None else left - 1
                record = Record(**json.loads(line))
                yield (
                    record
                    if turn == 0
                    else Record(f"{record.id}-{turn}", record.title, record.body, record.date)
                )
        if wanted is None:
            return


def _spread(source: Path, limit: int | None) -> Iterator[tuple[str, str, str]]:
    if limit is None:
        yield from _texts(source)
        return
    total = sum(1 for _ in _texts(source))
    wanted = min(limit, total)
    for place, fields in enumerate(_texts(source)):
        if (place + 1) * wanted // total > place * wanted // total:
            yield fields


def _texts(source: Path) -> Iterator[tuple[str, str, str]]:
    if source.suffix == ".jsonl":
        with source.open(encoding="utf-8") as lines:
            fields: Iterator[tuple[str, str, str]] = (_of_mapping(json.loads(line)) for line in lines)
            yield from (each for each in fields if each[0] or each[1])
    else:
        import searchlib  # noqa: PLC0415 (a cold peer does without)

        for article in searchlib.read(source):
            yield article.headline, article.body, _full(article.date)


def _of_mapping(record: dict[str, Any]) -> tuple[str, str, str]:
    title = record.get("title") or record.get("headline") or ""
    body = record.get("body") or record.get("content") or record.get("text") or ""
    return str(title), str(body), _full(str(record.get("date") or ""))


def _full(date: str | None) -> str:
    return date if date and _FULL_DATE.fullmatch(date) else ""
