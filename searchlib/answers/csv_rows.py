"""Hits and places as tables for a spreadsheet: rows of CSV, in which no cell is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchlib.findings import KwicLine
    from searchlib.results import Hit

COLUMNS = (
    *("rank", "id", "date", "publication", "page", "headline", "authors", "column", "kind", "source"),
    *("snippet", "missing"),
)
"""The heads of a table of hits."""

PLACE_COLUMNS = ("before", "keyword", "after", "date", "publication", "headline", "field", "id", "source")
"""The heads of a table of places."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: object) -> str:
    """
    Return a cell of a table that no spreadsheet takes for a formula.

    >>> cell("=1+1"), cell("查干湖"), cell(-3)
    ("'=1+1", '查干湖', '-3')
    """
    text = str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def csv_rows(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield rows as lines of CSV, each with its end."""
    for row in rows:
        line = io.StringIO()
        csv.writer(line).writerow(map(cell, row))
        yield line.getvalue()


def row_of_hit(rank: int, hit: Hit) -> tuple[object, ...]:
    """Return the row of a hit, a value for each of `COLUMNS`."""
    article = hit.article
    return (
        *(rank, hit.id, article.date or "", article.publication, article.page, article.headline),
        *("; ".join(article.authors), article.column, article.kind, article.source),
        *(str(hit.snippet or ""), "; ".join(hit.missing)),
    )


def row_of_place(line: KwicLine) -> list[object]:
    """Return the row of a place, a value for each of `PLACE_COLUMNS`."""
    return [getattr(line, column) or "" for column in PLACE_COLUMNS]
