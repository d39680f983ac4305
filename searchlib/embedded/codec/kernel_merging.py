"""
The text fields of several segments, or of the runs of one, merged by the compiled kernel.

The bytes are those of the arrays.

What is written waits in files, as in `merging`, so the memory is that of the short terms and of
some megabytes, however large the segments are.
"""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from typing import NamedTuple

from searchlib.arrays import np
from searchlib.embedded.codec import schema, section_pieces
from searchlib.embedded.codec.best_postings import Lengths, Scale
from searchlib.embedded.codec.section_pieces import Pieces
from searchlib.embedded.codec.sections import SectionWriter
from searchlib.embedded.codec.segment import OpenSegment
from searchlib.native import engine

Sections = dict[str, tuple[int, int, int, str]]
"""Of each section where it is in a map, its bytes, its checksum and its type."""


class Source(NamedTuple):
    """The text fields of some documents; their sections are verified."""

    map: mmap.mmap
    sections: Sections
    size: int
    first: int
    """The new number of the first document that is not deleted."""
    deleted: Sequence[int]

    @classmethod
    def of(cls, segment: OpenSegment, first: int) -> Source:
        """
        Return those of a segment.

        Raises:
            StoreFormatError: A section is damaged.
        """
        prefixes = tuple(f"{name}/" for name in schema.FUSED)
        names = [name for name in segment.file.names if name.startswith(prefixes)]
        sections = {name: segment.file.section(name) for name in names}
        return cls(segment.file.map, sections, segment.size, first, sorted(segment.deleted))

    def let_go_of_pages(self) -> None:
        """Have the system take back the memory of what was read, as `SectionFile` does."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self.map.madvise(mmap.MADV_DONTNEED)


def scales_of(fields: Sequence[str], lengths: Lengths) -> list[tuple[float, float, bytes]]:
    """Return of each text field what its best postings are chosen by."""
    scales = [Scale(name, lengths(name)) for name in fields]
    return [(one.weight, one.mean, one.lengths.astype("<u4").tobytes()) for one in scales]


def merge_texts(
    writer: SectionWriter, sources: Sequence[Source], fields: Sequence[str], lengths: Lengths, threads: int
) -> None:
    """
    Write the text fields of those documents of *sources* that are not deleted.

    Args:
        fields: Those of the sources are among them.
        threads: With more than one, words and pairs are merged at once.
    """
    kernel = engine().kernel
    assert kernel is not None  # noqa: S101 (who calls has asked)
    pieces: dict[str, Pieces] = {}

    def take(name: str, kind: str, data: bytes) -> None:
        pieces.setdefault(name, Pieces(kind, writer.waiting_file)).add(np.frombuffer(data, kind))
        for source in sources:
            source.let_go_of_pages()

    names = schema.in_order(fields)
    given = [tuple(source) for source in sources]
    scales = scales_of(names, lengths)
    piece = max(8, section_pieces.IN_MEMORY_BYTES & ~7)
    for name, kind in kernel.merge_texts(take, given, names, schema.FUSED, scales, threads, piece):
        pieces.get(name, Pieces(kind)).write(writer, name)
