"""Which characters look like which: what a reader, a writer or OCR takes for another."""

from __future__ import annotations

from functools import lru_cache

from searchlib.data import read_table


@lru_cache(maxsize=1)
def _rows() -> dict[str, str]:
    found: dict[str, dict[str, None]] = {}
    for row in " ".join(read_table("glyphs.txt")).split():
        for other in row[1:]:
            found.setdefault(row[0], {})[other] = None
            found.setdefault(other, {})[row[0]] = None
    return {char: "".join(others) for char, others in found.items()}


def look_alikes(char: str) -> str:
    """
    Return the characters that look like one; taking one for another works both ways.

    >>> "已" in look_alikes("己"), "未" in look_alikes("末"), "日" in look_alikes("曰")
    (True, True, True)
    """
    return _rows().get(char, "")
