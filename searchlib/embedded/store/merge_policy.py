"""
Which segments of a commit should become one?

A query pays for each segment, a merge for each byte that it writes again. So only
segments of like size are merged, and only when there are many: an article that
is added alone is written again about as often as the logarithm of all articles,
not with every eighth commit. Large segments stay: a merge takes little memory however
large they are, and time, and room on the disk, for all that it writes again.

Source:
    The rule that a segment joins only those that are together at least half as large is
    that of logarithmic merging (Büttcher, Clarke, Cormack, "Information Retrieval", 2010, chapter 7).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from searchlib.embedded.codec.postings import MAX_DOCS
from searchlib.embedded.codec.segment import SegmentInfo

MAX_SMALL_SEGMENTS = 8
"""From more segments than this, large ones not counted, the smallest are merged."""

MAX_MERGED_BYTES = 512_000_000
"""A merged segment is not larger. Half of it is large: one that was closed for being full is so large."""

_LARGER = 2


def to_merge(segments: Sequence[SegmentInfo], size_bytes: Callable[[SegmentInfo], int]) -> list[SegmentInfo]:
    """
    Return the segments, in their order, that should become one; none when all is well.

    Args:
        segments: Those of a commit, each with at least one live document.
        size_bytes: Returns the size of a segment's file.
    """
    sizes = {one.segid: size_bytes(one) * one.live_total // one.doc_total for one in segments}
    small = [
        one for one in segments if 2 * sizes[one.segid] <= MAX_MERGED_BYTES and 2 * one.live_total <= MAX_DOCS
    ]
    chosen: set[str] = set()
    if len(small) > MAX_SMALL_SEGMENTS:
        size = docs = 0
        for one in sorted(small, key=lambda one: sizes[one.segid]):
            size += sizes[one.segid]
            docs += one.live_total
            outweighs = sizes[one.segid] > _LARGER * (size - sizes[one.segid])
            if len(chosen) > 1 and (outweighs or size > MAX_MERGED_BYTES or docs > MAX_DOCS):
                break
            chosen.add(one.segid)
    else:  # what is mostly deleted is written again
        chosen.update([one.segid for one in segments if 2 * len(one.deleted) > one.doc_total][:1])
    return [one for one in segments if one.segid in chosen]
