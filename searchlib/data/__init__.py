"""
Tables as files, each with its origin, licence and date in its first lines; NOTICE has them together.

A table is read when it is first needed. A query that looks up a few characters of a long one looks for
them in its text, which takes less than to make a dictionary of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent


def read_table(name: str) -> list[str]:
    """Return the lines of a table that are no remarks."""
    lines = (_FOLDER / name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def rows_with(rows: str, char: str) -> Iterator[str]:
    """
    Yield the rows, with spaces between them, that have a character.

    >>> [list(rows_with("己已 末未 已巳", char)) for char in "已人 "]
    [['己已', '已巳'], [], []]
    """
    place = -1 if char == " " else rows.find(char)
    while place >= 0:
        end = rows.find(" ", place)
        end = len(rows) if end < 0 else end
        yield rows[rows.rfind(" ", 0, place) + 1 : end]
        place = rows.find(char, end)
