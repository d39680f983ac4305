"""
Traditional and variant characters with the simplified character each folds to, one to one; radicals.

The tables are in `data/characters.txt`, with their origin and licence.
"""

from __future__ import annotations

from functools import lru_cache

from searchlib.data import read_table


@lru_cache(maxsize=1)
def _sections() -> dict[str, str]:
    """Read the file: for each section a row of pairs, a character and what it folds to."""
    rows: dict[str, list[str]] = {}
    row: list[str] = []
    for line in read_table("characters.txt"):
        if line.startswith("["):
            row = rows.setdefault(line.strip("[]"), [])
        else:
            row.append(line)
    return {name: "".join(lines) for name, lines in rows.items()}


_PAIRS = _sections()["script"] + _sections()["variants"]

TRADITIONAL = _PAIRS[::2]
"""Traditional characters, and variants that are in neither national list of characters."""

SIMPLIFIED = _PAIRS[1::2]
"""The usual simplified character of each of `TRADITIONAL`."""

RADICALS = dict(zip(_sections()["radicals"][::2], _sections()["radicals"][1::2], strict=True))
"""The character of each CJK radical and stroke that NFKC leaves: PDF files have 长 as a radical (U+2ED3)."""
