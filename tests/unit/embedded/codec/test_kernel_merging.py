"""Text fields merged by the kernel: of files that lie an error or a segment, and errors are told."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from engine_choice import answered_by
from forged_segments import LIES, forge, lie

from searchlib import Article
from searchlib.analysis import Analyzer
from searchlib.article_json import record_of
from searchlib.embedded.codec.building import SegmentBuilder
from searchlib.embedded.codec.kernel_merging import Source, merge_texts
from searchlib.embedded.codec.merging import merge
from searchlib.embedded.codec.postings import MAX_DOCS
from searchlib.embedded.codec.section_pieces import Pieces
from searchlib.embedded.codec.sections import SectionWriter
from searchlib.embedded.codec.segment import OpenSegment
from searchlib.native import engine

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")

CHANCE = random.Random(20261130)
WORDS = ["党建", "治理", "水库", "查干湖", "企业", "的", "5G", "word", "internationalization", "3.14"]
SECTIONS = [
    *("alphabet", "groups", "rest", "strings", "blocks_at", "shape", "kinds", "columns"),
    *("sizes", "universe", "short_docs", "short_repeats", "short_counts", "blocks"),
    *(
        "long_terms",
        "long_starts",
        "long_docs",
        "long_counts",
        "long_halves",
        "long_bytes",
        "huge_at",
        "huge",
    ),
]


def built(first: int, path: Path) -> OpenSegment:
    """Return a segment of articles with short lists and long ones, and frequencies of every size."""
    builder = SegmentBuilder(Analyzer())
    for number in range(first, first + 300):
        body = " ".join(CHANCE.choices(WORDS, k=CHANCE.choice([1, 5, 40]))) + f" 字{number}"
        record = record_of(Article(id=f"{number:04}", headline=body[:9], body=body + "水" * (number % 290)))
        builder.add(f"{number:04}", record)
    builder.end_batch()
    builder.write(path)
    return OpenSegment(path, 300, ())


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the files of two segments."""
    folder = tmp_path_factory.mktemp("parts")
    built(0, folder / "one")
    built(300, folder / "other")
    return folder / "one", folder / "other"


@pytest.mark.parametrize("how", LIES)
@pytest.mark.parametrize("field", ["text", "text_grams"])
def test_lies_end_in_a_segment_or_an_error(
    parts: tuple[Path, Path], tmp_path: Path, field: str, how: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """With the right checksums, in any section: never a crash, nor a panic that became an error."""
    errors = 0
    (tmp_path / "x").mkdir()
    for section in SECTIONS:
        name, forged = f"{field}/{section}", tmp_path / "x" / "one"
        forged.write_bytes(parts[0].read_bytes())
        forge(forged, {name: lie(OpenSegment(forged, 300, ()).file.array(name), how)})
        for deleted in ((), (3, 299)):
            segments = [OpenSegment(forged, 300, deleted), OpenSegment(parts[1], 300, ())]
            try:
                merge(segments, tmp_path / "merged")
            except ValueError:  # which the store takes for damage
                errors += 1
            (tmp_path / "merged").unlink(missing_ok=True)
    assert errors > 0
    assert "panicked" not in capfd.readouterr().err


def test_a_merge_of_more_than_a_segment_may_have_is_an_error(
    parts: tuple[Path, Path], tmp_path: Path
) -> None:
    """A document would get the number of another."""
    segment = OpenSegment(parts[0], 300, ())
    sources = [Source.of(segment, 0), Source.of(segment, MAX_DOCS - 299)]
    too_many = pytest.raises(ValueError, match="a segment has too many documents")
    with answered_by("native"), SectionWriter(tmp_path / "merged") as writer, too_many:
        merge_texts(writer, sources, segment.text_fields, segment.lengths, 1)


@pytest.mark.parametrize("threads", [1, 2])
def test_what_cannot_be_written_is_told(
    parts: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    """As it was raised, from either thread, and nothing is left of the file."""

    def fill_the_disk(_self: Pieces, _values: Any) -> None:
        raise OSError(28, "No space left on device")

    with answered_by("native"):
        segments = [OpenSegment(path, 300, ()) for path in parts]
        monkeypatch.setattr(Pieces, "add", fill_the_disk)
        monkeypatch.setattr("searchlib.embedded.codec.merging._merge_field", lambda *_, **__: None)
        with pytest.raises(OSError, match="No space left"):
            merge(segments, tmp_path / "merged", threads)
    assert not (tmp_path / "merged").exists()
