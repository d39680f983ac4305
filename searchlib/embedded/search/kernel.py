"""
What the compiled kernel is given of a commit: its files, lengths, and the tables of characters.

The kernel verifies each page of a file when it first reads it. Files of older formats have no checksums of
pages: their sections are verified here, as they are for the arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING

from searchlib.embedded.codec import schema, symbols
from searchlib.embedded.codec.sections import PAGE_CHECKS
from searchlib.embedded.codec.segment import HEADLINES, OpenSegment
from searchlib.embedded.store.docsets import Docs, as_docs
from searchlib.engine.request import DEFAULT_BOOSTS
from searchlib.model import TEXT_FIELDS
from searchlib.native import engine

if TYPE_CHECKING:
    from searchlib.embedded.store.snapshot import Snapshot
    from searchlib.native import _kernel

_IN_ONE_PIECE = ("articles/offsets", "articles/checks", "articles/firsts", "articles/starts")
_FIELDS = (f"{schema.TEXT}/", f"{schema.TEXT_GRAMS}/", f"{schema.ID}/", "lengths/")
_READ = frozenset(["ids", HEADLINES, symbols.TABLE, "articles/dictionary", *_IN_ONE_PIECE])
_BLOCKS = "articles/blocks"
"""Blocks of articles have checksums of their own."""
MARKS = "，。、：；！？（）【】〔〕《》〈〉“”‘’「」『』·"
"""Marks of Chinese of which nothing is left in a bare headline."""
_DOUBLES = range(0x81, 0xFF)
_TRAILS = [bytes([trail]) for trail in (*range(0x40, 0x7F), *range(0x80, 0xFF))]


def kernel_snapshot(snapshot: Snapshot) -> _kernel.Snapshot | None:
    """
    Return a commit as the kernel reads it, the same one for the same commit; None where the arrays answer.

    They do without a kernel, for segments of the third format, and where texts have fields of their own.
    """
    kernel = engine().kernel
    if kernel is None:
        return None
    if not hasattr(snapshot, "_for_kernel"):
        with snapshot.blamed():
            made = _open(kernel, snapshot) if _is_covered(snapshot) else None
        snapshot._for_kernel = made  # type: ignore[attr-defined] # noqa: SLF001 (kept with the commit)
    found: _kernel.Snapshot | None = snapshot._for_kernel  # type: ignore[attr-defined] # noqa: SLF001
    return found


def id_of(snapshot: Snapshot, doc: int) -> str:
    """Return the id of a document; by the kernel, where it is there, without the arrays of ids."""
    opened = kernel_snapshot(snapshot)
    found = None if opened is None else opened.id_of(doc)
    return snapshot.id_of(doc) if found is None else found


def holders(opened: _kernel.Snapshot, terms: Sequence[str], *, pairs: bool) -> Docs:
    """
    Return the documents that hold all of some words, or of some pairs.

    Raises:
        UnicodeEncodeError: One has a lone surrogate.
    """
    return as_docs(_of(opened).holding(opened, terms, pairs))


def has_pair(opened: _kernel.Snapshot, pair: str) -> bool:
    """Return whether some article has a unit or a pair, deleted ones included."""
    found: bool = _of(opened).has_pair(opened, pair)
    return found


def neighbours(opened: _kernel.Snapshot, left: str, right: str, most: int) -> str:
    """Return the characters between two in pairs; with one side empty the *most* frequent of the other."""
    found: str = _of(opened).neighbours(opened, left or None, right or None, most)
    return found


def pairs_of(opened: _kernel.Snapshot, firsts: str, seconds: str) -> list[str]:
    """Return the pairs of each segment that begin with one of some characters and end with one of others."""
    found: list[str] = _of(opened).pairs_of(opened, firsts, seconds)
    return found


def _of(_opened: _kernel.Snapshot) -> ModuleType:
    kernel = engine().kernel
    assert kernel is not None  # noqa: S101 (it opened the commit)
    return kernel


def _is_covered(snapshot: Snapshot) -> bool:
    return not snapshot.own_fields and all(segment.knows_headlines for segment in snapshot.segments)


def _open(kernel: ModuleType, snapshot: Snapshot) -> _kernel.Snapshot:
    fields = [(name, DEFAULT_BOOSTS[name]) for name in TEXT_FIELDS]
    segments = [_segment(kernel, segment) for segment in snapshot.segments]
    made: _kernel.Snapshot = kernel.Snapshot(segments, snapshot.live_total, fields, tables())
    return made


def _segment(kernel: ModuleType, segment: OpenSegment) -> _kernel.Segment:
    file = segment.file
    names = [name for name in file.names if name.startswith(_FIELDS) or name in _READ]
    sections = {name: file.section(name, verify=PAGE_CHECKS not in file) for name in names}
    sections[_BLOCKS] = file.section(_BLOCKS, verify=False)
    if PAGE_CHECKS in file:
        sections[PAGE_CHECKS] = file.section(PAGE_CHECKS)
    made: _kernel.Segment = kernel.Segment(file.map, sections, segment.size, sorted(segment.deleted))
    return made


@lru_cache(maxsize=1)
def tables() -> _kernel.Tables:
    """Return the tables of characters, which are made once in a process."""
    from searchlib.scoring.passage_characters import character_classes  # noqa: PLC0415
    from searchlib.textmatch.raw import SEVERAL, class_ranges, folded_pairs  # noqa: PLC0415 (once)

    kernel = engine().kernel
    assert kernel is not None  # noqa: S101 (whoever asks has one)
    doubles = b"".join(bytes([lead]).join([b"", *_TRAILS]) for lead in _DOUBLES)
    made: _kernel.Tables = kernel.Tables(
        character_classes(),
        *folded_pairs(),
        class_ranges(SEVERAL),
        MARKS,
        doubles.decode("gb18030").encode("utf-16-le"),
    )
    return made
