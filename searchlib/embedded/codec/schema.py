"""
The names of an index's fields.

For each text field of an article there are two: its words under its own name
(`body`), and its characters and their pairs as `body_grams`; files hold those of
all fields together, as `text` and `text_grams`. `characters` stands
for the characters of all text fields with their positions, a gap at every
border. A key of `extra` that the index was made to search is a text field of the
name `extra.KEY`. `stored_values` holds every stored value as `key=value`, for filters and
facets.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from searchlib.model import OWN, TEXT_FIELDS

if TYPE_CHECKING:
    from searchlib.embedded.codec.sections import SectionFile

GRAMS = "_grams"
CHARACTERS = "characters"
STORED_VALUES = "stored_values"
ARTICLE = "article"
DATE = "date"
FILE = "file"
ID = "id"
TEXT = "text"
TEXT_GRAMS = TEXT + GRAMS
FUSED = (TEXT, TEXT_GRAMS)
SIZES = "/sizes"
"""The section of a field that has terms ends so."""


def field_names(file: SectionFile) -> list[str]:
    """Return the names of the fields that have terms, in the order of the file."""
    return [name.removesuffix(SIZES) for name in file.names if name.endswith(SIZES)]


def columns_of(file: SectionFile, field: str) -> tuple[str, ...]:
    """Return the names of the text fields that one of `FUSED` holds, in the order of its columns."""
    return tuple(bytes(file.view(f"{field}/columns")).decode().splitlines())


def in_order(names: Collection[str]) -> tuple[str, ...]:
    """
    Return text fields in their one order: those of every article, then those of one's own by name.

    >>> in_order(["extra.tags", "body", "extra.summary", "headline"])
    ('headline', 'body', 'extra.summary', 'extra.tags')
    """
    own = sorted(name for name in names if name.startswith(OWN))
    return (*(name for name in TEXT_FIELDS if name in names), *own)


def find_fused(name: str) -> tuple[str, str] | None:
    """
    Return where the postings of a text field are, and the field; None for another field.

    >>> find_fused("body"), find_fused("headline_grams"), find_fused("id")
    (('text', 'body'), ('text_grams', 'headline'), None)
    """
    field = name.removesuffix(GRAMS)
    if field not in TEXT_FIELDS and not field.startswith(OWN):
        return None
    return (TEXT if field == name else TEXT_GRAMS), field
