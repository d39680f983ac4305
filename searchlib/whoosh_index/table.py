"""Whoosh's part of the table of contents: what plain Whoosh reads to open a commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from searchlib.embedded.codec.segment import SegmentInfo
from searchlib.whoosh_index.codec import ArraySegment
from searchlib.whoosh_index.schema import make_schema


def whoosh_table(name: str, segments: Sequence[SegmentInfo], own: Iterable[str], generation: int) -> bytes:
    """Return the table of an index's commit; *own* are the text fields of the index's own."""
    storage = RamStorage()
    listed = [ArraySegment.of(name, segment) for segment in segments]
    TOC(make_schema(own), listed, generation).write(storage, name)
    (table,) = storage.files.values()
    return bytes(table)
