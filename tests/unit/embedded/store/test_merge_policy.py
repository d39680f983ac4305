"""Few segments, seldom written again, none too large to be written again within some minutes."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from searchlib.embedded.codec.postings import MAX_DOCS
from searchlib.embedded.codec.segment import SegmentInfo
from searchlib.embedded.store.merge_policy import MAX_MERGED_BYTES, MAX_SMALL_SEGMENTS, to_merge

LARGE = MAX_MERGED_BYTES // 2 + 1


def named(sizes: list[int], docs: int = 1) -> tuple[list[SegmentInfo], dict[str, int]]:
    """Return segments of these sizes, each of so many documents."""
    segments = [SegmentInfo(f"{number:06d}", docs) for number in range(len(sizes))]
    return segments, {one.segid: size for one, size in zip(segments, sizes, strict=True)}


def merged(sizes: list[int], docs: int = 1) -> list[int]:
    """Return the places of the segments that are merged."""
    segments, size_of = named(sizes, docs)
    chosen = to_merge(segments, lambda one: size_of[one.segid])
    return [segments.index(one) for one in chosen]


def test_an_article_a_commit_is_written_again_seldom() -> None:
    """Beside two large segments, 3,000 commits stay few segments, each byte written some log2 n times."""
    segments, size_of = named([LARGE, LARGE])
    written = 0
    for number in range(3000):
        segments.append(SegmentInfo(f"new{number}", 1))
        size_of[f"new{number}"] = 6000
        while chosen := to_merge(segments, lambda one: size_of[one.segid]):
            one = SegmentInfo(f"merged{number}", sum(each.live_total for each in chosen))
            size_of[one.segid] = sum(size_of[each.segid] for each in chosen)
            written += size_of[one.segid]
            segments = [each for each in segments if each not in chosen] + [one]
        assert len(segments) <= MAX_SMALL_SEGMENTS + 2
    assert [one.segid for one in segments[:2]] == ["000000", "000001"]
    assert written / 6000 <= 3000 * math.log2(3000) / 2


def test_like_sizes_are_merged_and_greater_ones_left() -> None:
    """Nine small ones become one; one that outweighs all smaller ones together waits."""
    assert merged([10] * 9) == list(range(9))
    assert merged([10] * 8) == []
    assert merged([10_000, *[10] * 8]) == list(range(1, 9))
    assert merged([15, *[10] * 8]) == list(range(9))


def test_large_segments_are_not_counted() -> None:
    """However many there are, they stay, and small ones go on beside them."""
    assert merged([LARGE] * 30) == []
    assert merged([*[LARGE] * 30, *[10] * 8]) == []
    assert merged([*[LARGE] * 30, *[10] * 9]) == list(range(30, 39))
    assert merged([10] * 30, docs=MAX_DOCS // 2 + 1) == []


def test_what_is_mostly_deleted_is_written_anew() -> None:
    """One at a time, in the order of the segments."""
    segments, size_of = named([LARGE, 10], docs=3)
    segments[0].deleted = {0, 2}
    assert to_merge(segments, lambda one: size_of[one.segid]) == segments[:1]
    segments[0].deleted = {0}
    assert to_merge(segments, lambda one: size_of[one.segid]) == []


@given(st.lists(st.tuples(st.integers(1, LARGE), st.integers(1, MAX_DOCS)), max_size=40))
def test_a_merge_fits(drawn: list[tuple[int, int]]) -> None:
    """It has two segments at least, no more bytes and documents than one may have, and there is an end."""
    segments = [SegmentInfo(f"{number:06d}", docs) for number, (_, docs) in enumerate(drawn)]
    size_of = {one.segid: size for one, (size, _) in zip(segments, drawn, strict=True)}
    chosen = to_merge(segments, lambda one: size_of[one.segid])
    assert len(chosen) != 1
    assert sum(size_of[one.segid] for one in chosen) <= MAX_MERGED_BYTES
    assert sum(one.live_total for one in chosen) <= MAX_DOCS
