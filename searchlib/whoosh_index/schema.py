"""The fields of an index as a Whoosh schema: what Whoosh's own readers and queries need to know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from whoosh import fields, formats

from searchlib.embedded.codec import schema
from searchlib.model import TEXT_FIELDS


class Terms(fields.FieldType):  # type: ignore[misc]
    """A field whose terms our own analyzer has cut: Whoosh analyses nothing, neither articles nor queries."""

    def __init__(self, *, scorable: bool, positions: bool = False) -> None:
        self.format = formats.Positions() if positions else formats.Frequency()
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


def make_schema(own: Iterable[str] = ()) -> fields.Schema:
    """Return the schema of every index, with the text fields that one has of its *own*."""
    made = fields.Schema()
    for name in (schema.ID, schema.FILE, schema.DATE):
        made.add(name, fields.ID())
    for name in (*TEXT_FIELDS, *own):
        made.add(name, Terms(scorable=True))
        made.add(name + schema.GRAMS, Terms(scorable=False))
    made.add(schema.CHARACTERS, Terms(scorable=False, positions=True))
    made.add(schema.STORED_VALUES, Terms(scorable=False))
    made.add(schema.ARTICLE, fields.STORED())
    return made
