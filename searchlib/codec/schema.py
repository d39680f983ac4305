"""
The names of an index's fields.

For each text field of an article there are two: its words under its own name
(`body`), and its characters and their pairs as `body_grams`; files hold those of
all fields together, as `text` and `text_grams`. `characters` stands
for the characters of all text fields with their positions, a gap at every
border. `stored_values` holds every stored value as `key=value`, for filters and
facets.
"""

from __future__ import annotations

from searchlib.model import TEXT_FIELDS

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
VALUE_SEPARATOR = "="


def fused_in(name: str) -> tuple[str, str] | None:
    """
    Return where the postings of a text field stand, and the field; None for another field.

    >>> fused_in("body"), fused_in("headline_grams"), fused_in("id")
    (('text', 'body'), ('text_grams', 'headline'), None)
    """
    field = name.removesuffix(GRAMS)
    if field not in TEXT_FIELDS:
        return None
    return (TEXT if field == name else TEXT_GRAMS), field
