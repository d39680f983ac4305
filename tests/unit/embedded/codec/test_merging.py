"""A merge takes a range of terms at a time: its memory does not grow with what is merged."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from peak_memory import peak_of

from searchlib import Article
from searchlib.analysis import Analyzer
from searchlib.article_json import record_of
from searchlib.embedded.codec import article_store, merging, section_pieces
from searchlib.embedded.codec.building import SegmentBuilder
from searchlib.embedded.codec.merging import merge
from searchlib.embedded.codec.section_pieces import Pieces
from searchlib.embedded.codec.segment import OpenSegment

ANALYZER = Analyzer()
HAN = "".join(map(chr, range(0x4E00, 0x4E00 + 600)))


def article(number: int, size: int = 900) -> Article:
    """Return an article of characters drawn by chance, with words of letters and numbers of its own."""
    chance = random.Random(number)
    body = "".join(chance.choices(HAN, k=size))
    body += "".join(f" word{chance.randrange(9999)}" for _ in range(size // 15))
    return Article(id=f"{number:05}", headline=body[:12], body=body)


def built(numbers: range, path: Path, size: int = 900) -> OpenSegment:
    """Return a segment of some articles."""
    builder = SegmentBuilder(ANALYZER)
    for number in numbers:
        builder.add(f"{number:05}", record_of(article(number, size)))
    builder.end_batch()
    builder.write(path)
    return OpenSegment(path, len(numbers), ())


def merged(segments: list[OpenSegment], path: Path) -> OpenSegment:
    """Return several segments as one."""
    return OpenSegment(path, merge(segments, path), ())


def take_little(monkeypatch: pytest.MonkeyPatch, postings: int) -> None:
    """Have a merge take so many postings and terms at once."""
    monkeypatch.setattr(merging, "_RANGE_POSTINGS", postings)
    monkeypatch.setattr(merging, "_RANGE_TERMS", max(1, postings // 8))
    monkeypatch.setattr(merging, "_RANGE_BYTES", max(1, postings // 2))
    monkeypatch.setattr(section_pieces, "IN_MEMORY_BYTES", max(1, postings // 16))
    monkeypatch.setattr(article_store, "_PACKED_AT_ONCE", postings)
    monkeypatch.setattr(article_store, "_LEAST_SAMPLE", 1 << 14)
    monkeypatch.setattr(article_store, "_MOST_SAMPLE", 1 << 14)


def test_the_memory_of_a_merge_is_that_of_a_range(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Two segments that are eight times as large take about as much; all at once, they would take eight times.

    More sections wait in files, each with a buffer.
    """
    parts = [built(range(first, first + 3), tmp_path / f"{first}") for first in range(0, 48, 3)]
    left, right = merged(parts[:8], tmp_path / "left"), merged(parts[8:], tmp_path / "right")
    peaks: dict[tuple[int, int], int] = {}
    for postings in (1 << 14, 1 << 30):
        take_little(monkeypatch, postings)
        for segments in ([parts[0], parts[8]], [left, right]):
            path = tmp_path / f"{postings}-{len(peaks)}"
            with peak_of() as peak:
                merge(segments, path)
            peaks[postings, sum(segment.size for segment in segments)] = peak.size
    assert peaks[1 << 14, 48] < 2 * peaks[1 << 14, 6], peaks
    assert peaks[1 << 30, 48] > 4 * peaks[1 << 30, 6], "the figures tell one from the other"


@pytest.mark.parametrize("postings", [1, 5, 100])
def test_a_merge_of_any_ranges_is_the_same_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, postings: int
) -> None:
    """Byte for byte, also where three segments go on at different terms, and one has deleted articles."""
    parts = [built(range(first, first + 2), tmp_path / f"{first}", 40) for first in (0, 2, 4)]
    parts[1] = OpenSegment(tmp_path / "2", 2, {0})
    take_little(monkeypatch, postings)
    merge(parts, tmp_path / "merged")
    whole = SegmentBuilder(ANALYZER)
    for number in (0, 1, 3, 4, 5):
        whole.add(f"{number:05}", record_of(article(number, 40)))
    whole.end_batch()
    whole.write(tmp_path / "anew")
    found, wanted = (OpenSegment(tmp_path / name, 5, ()) for name in ("merged", "anew"))
    assert found.file.names == wanted.file.names
    for name in wanted.file.names:
        assert bytes(found.file.view(name)) == bytes(wanted.file.view(name)), name


def test_a_number_too_large_for_its_section_is_an_error() -> None:
    """It would be another number in the file: a place 4 GB further in front."""
    places = Pieces(np.uint32)
    places.add(np.array([1 << 32], np.int64) - 1)
    with pytest.raises(OverflowError, match="4294967296, 4294967295"):
        places.add(np.array([1 << 32], np.int64))
