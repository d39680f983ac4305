"""Tables below a headline that say who wrote and when, which websites set there: their rows are labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchlib.pages.folded import fold_page
from searchlib.pages.markup import read_marks
from searchlib.pages.said_keys import FIELDS, OTHER_LABELS

_BORDER = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s:\-]*")
_PAIR = 2
_READ_AS = {"authors": "作者", "date": "日期"}
MAX_ROWS = 8
"""Rows at most of a table that speaks of its article."""
MAX_CELL = 40
"""Characters of a cell of it at most."""


def cells_of(line: str) -> list[str]:
    """
    Return the cells of a row of a table in Markdown, without marks.

    >>> cells_of("| **作者** | [周小禾](a) |")
    ['作者', '周小禾']
    """
    return [read_marks(cell.strip(), 0).text.strip() for cell in _BORDER.split(line.strip().strip("|"))]


def labels_in(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """
    Return what each row says, as labels with values; nothing where the table does not speak of an article.

    The labels are in the first row, over one row of values, or in the first column.

    >>> labels_in([["作者", "编辑"], ["--", "--"], ["周小禾", "高原"]])
    [(), (), ('作者：周小禾', '编辑：高原')]
    >>> labels_in([["作者", "周小禾"], ["--", "--"], ["日期", "2024-03-05"]])
    [('作者：周小禾',), (), ('日期：2024-03-05',)]
    """
    if len(rows) > MAX_ROWS or any(len(cell) > MAX_CELL for row in rows for cell in row):
        return []
    told = [row for row in rows if not all(map(_RULE.fullmatch, row))]
    first = told[0] if told else []
    if len(told) > 1 and {len(row) for row in told} == {_PAIR} and _are_labels([row[0] for row in told]):
        return [(_said(row[0], row[1]),) if row in told and row[1] else () for row in rows]
    if len(told) == _PAIR and _are_labels(first) and len(told[1]) == len(first):
        said = tuple(_said(*pair) for pair in zip(first, told[1], strict=True) if pair[1])
        return [said if row is told[1] else () for row in rows]
    return []


def _are_labels(cells: Sequence[str]) -> bool:
    """Return whether all cells are labels of an article, and one says of whom or of when it is."""
    keys = [_key(cell) for cell in cells]
    is_said = any(FIELDS.get(key) in _READ_AS for key in keys)
    return is_said and all(key in FIELDS or key in OTHER_LABELS for key in keys)


def _said(label: str, value: str) -> str:
    key = _key(label)
    return f"{_READ_AS.get(FIELDS.get(key, ''), key)}：{value}"


def _key(cell: str) -> str:
    return "".join(fold_page(cell).split()).strip("：:").lower()
