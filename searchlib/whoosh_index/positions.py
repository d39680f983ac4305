"""The places of an article's characters, for the phrases that plain Whoosh looks for."""

from __future__ import annotations

from collections.abc import Iterable

from searchlib.analysis import border_text, clean_and_simplify, rows_of_units
from searchlib.model import TEXT_FIELDS, Article


def character_positions(article: Article, own: Iterable[str] = ()) -> dict[str, list[int]]:
    """
    Return the positions of each unit over all text fields, *own* ones last: a phrase on `characters`.

    A border, and the end of each text, takes a position too, so that units on both sides are no neighbours.
    """
    positions: dict[str, list[int]] = {}
    position = 0
    for name in (*TEXT_FIELDS, *own):
        for text in article.texts(name):
            for row in rows_of_units(border_text(clean_and_simplify(text))):
                for unit in row:
                    positions.setdefault(unit, []).append(position)
                    position += 1
                position += 1
            position += 1
    return positions
