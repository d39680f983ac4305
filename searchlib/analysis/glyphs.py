"""Which characters look like which: what a reader, a writer or OCR takes for another."""

from __future__ import annotations

from functools import lru_cache

from searchlib.data import read_table, rows_with


@lru_cache(maxsize=1)
def _rows() -> str:
    return " ".join(read_table("glyphs.txt"))


@lru_cache(maxsize=1 << 14)
def look_alikes(char: str) -> str:
    """
    Return the characters that look like one; taking one for another works both ways.

    >>> "已" in look_alikes("己"), "未" in look_alikes("末"), "日" in look_alikes("曰")
    (True, True, True)
    """
    found = dict.fromkeys(
        other for row in rows_with(_rows(), char) for other in (row[1:] if row[0] == char else row[0])
    )
    return "".join(found)
