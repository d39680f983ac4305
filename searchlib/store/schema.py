"""
The Whoosh fields of an index.

For each text field of an article there are two: its words under its own name
(`body`), and its characters and their pairs as `body_grams`. `characters` holds
the characters of all text fields with their positions, a gap at every border,
so that a plain Whoosh `Phrase` works on it. `stored_values` holds every short
stored value as `key=value`, for filters and facets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from whoosh import fields, formats
from whoosh.system import pack_uint

from searchlib.model import TEXT_FIELDS

GRAMS = "_grams"
CHARACTERS = "characters"
STORED_VALUES = "stored_values"
ARTICLE = "article"
DATE = "date"
FILE = "file"
ID = "id"
VALUE_SEPARATOR = "="


class _PreparedTerms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms our own analyzer has cut: Whoosh analyses nothing."""

    def __init__(self, format_: formats.Format, *, scorable: bool) -> None:
        self.format = format_
        self.scorable = scorable
        self.analyzer = None
        self.vector = None
        self.stored = False
        self.unique = False
        self.spelling = False
        self.set_sortable(False)

    def process_text(self, qstring: str, mode: str = "", **_options: Any) -> Iterator[str]:  # noqa: ARG002
        """Take a query's text as one term."""
        yield qstring


class CountedTerms(_PreparedTerms):
    """A field whose terms come counted: its value is a mapping of term to frequency."""

    def __init__(self, *, scorable: bool) -> None:
        super().__init__(formats.Frequency(), scorable=scorable)

    def index(self, value: Mapping[str, int], **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield term, frequency, weight and Whoosh's encoding of the frequency."""
        for term, count in value.items():
            yield utf8(term), count, float(count), pack_uint(count)


class PlacedTerms(_PreparedTerms):
    """A field whose terms come with positions: its value is a mapping of term to its positions."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), scorable=False)

    def index(
        self, value: Mapping[str, list[int]], **_options: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield term, frequency, weight and Whoosh's encoding of the positions."""
        encode = self.format.encode
        for term, positions in value.items():
            yield utf8(term), len(positions), float(len(positions)), encode(positions)


def utf8(term: str) -> bytes:
    """Encode a term; a lone surrogate, which JSON can bring in, must not stop an index."""
    return term.encode("utf-8", "surrogatepass")


def make_schema() -> fields.Schema:
    """Return the schema of a new index."""
    schema = fields.Schema()
    for name in (ID, FILE, DATE):
        schema.add(name, fields.ID())
    for name in TEXT_FIELDS:
        schema.add(name, CountedTerms(scorable=True))
        schema.add(name + GRAMS, CountedTerms(scorable=False))
    schema.add(CHARACTERS, PlacedTerms())
    schema.add(STORED_VALUES, CountedTerms(scorable=False))
    schema.add(ARTICLE, fields.STORED())
    return schema
