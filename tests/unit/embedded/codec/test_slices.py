"""Long texts are analysed in slices: the terms are those of the whole text, and memory does not follow it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from peak_memory import peak_of
from strategies import plain_text

import searchlib
from searchlib import Article
from searchlib.analysis import Analyzer
from searchlib.article_json import record_of
from searchlib.embedded.codec import analyzed_batch, text_slices
from searchlib.embedded.codec.analyzed_batch import Batch
from searchlib.embedded.codec.building import GramCollector, TermCollector
from searchlib.embedded.codec.field_sections import Occurrences
from searchlib.embedded.codec.freq_profiles import fuse_fields
from searchlib.embedded.codec.parts import analyze

ANALYZER = Analyzer()
PIECES = ["党建引领", "湖", "，", "。", "\n", " ", "5G", "ab", "Wi-Fi", "9.09%", "é", "か\u3099", "“", "12"]
texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | plain_text(80)


def fields_of(articles: list[Article]) -> dict[str, object]:
    """Return all terms of the bodies, with documents and counts, as a segment would have them."""
    part = analyze(ANALYZER, Batch(0, [record_of(article).decode() for article in articles]))
    found: dict[str, object] = {"lengths": {name: value.tolist() for name, value in part.lengths.items()}}
    for kind, collector, held in (
        ("words", TermCollector(), part.words),
        ("grams", GramCollector(), part.grams),
    ):
        if "body" in held:
            collector.add(held["body"])  # type: ignore[arg-type]
            field = collector.sort()
            if field is not None:
                found[kind] = [
                    list(map(list, (field.packed, field.strings, field.starts, field.docs, field.counts)))
                ]
    return found


@given(st.lists(texts, min_size=1, max_size=3))
def test_terms_of_slices_are_those_of_the_whole(bodies: list[str]) -> None:
    """Cut at borders, words and pairs are the same, counts and lengths too."""
    articles = [Article(id=str(number), body="。一".join([body] * 3)) for number, body in enumerate(bodies)]
    whole = fields_of(articles)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(text_slices, "SLICE_CHARS", max(40, 2 * max(map(len, bodies)) + 8))
        assert fields_of(articles) == whole


@given(st.lists(st.sampled_from(["a1", "湖", "水面", " ", "x "]), min_size=20, max_size=60))
def test_what_is_across_a_cut_is_found(pieces: list[str]) -> None:
    """Without borders the text is cut between units; the pair across the cut is kept, no unit is cut."""
    body = "".join(pieces)
    whole = fields_of([Article(id="1", body=body)])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(text_slices, "SLICE_CHARS", 16)
        cut = fields_of([Article(id="1", body=body)])
    assert cut.get("grams") == whole.get("grams")


@pytest.mark.parametrize("run", ["abcdefghij" * 300, "1234567890" * 300, "Абв" * 900, "Ａ" * 2000 + "b"])
def test_a_long_run_counts_by_its_beginning(run: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Letters and digits in a row make one term of their first 64, whatever else is left out."""
    articles = [Article(id="1", body=f"湖水{run}，{run}-{run}的")]
    whole = fields_of(articles)
    monkeypatch.setattr(text_slices, "SLICE_CHARS", 1600)
    assert fields_of(articles)["grams"] == whole["grams"]


def test_many_different_units_need_no_code_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More numbers than characters have codes: all are found, in as many segments as memory wants."""
    monkeypatch.setattr("searchlib.embedded.codec.building.MOST_UNITS", 500)
    bodies = [" ".join(str(1_000_000 + 37 * n + 1009 * k) for k in range(100)) for n in range(60)]
    with searchlib.open(tmp_path / "x.idx") as index:
        monkeypatch.setattr("searchlib.embedded.codec.building.BATCH_BYTES", 2_000)
        index.add([Article(id=str(number), body=body) for number, body in enumerate(bodies)])
        assert index.search(bodies[41].split()[63], match="all").total >= 1
        assert index.search(f'"{bodies[59][:15]}"', match="all").total == 1
        assert index.check() == ()


def test_units_beyond_what_a_pair_of_han_can_name() -> None:
    """The number of a unit has 32 bits: three millions of them in one field keep their names and pairs."""
    collector = GramCollector()
    count = 3_000_000
    units = [str(number) for number in range(count)]
    last = np.uint64(analyzed_batch.FIRST_UNIT + count - 1)
    pairs = np.array([int(last) << 32, int(last) << 32 | (int(last) - 1)], np.uint64)
    part = analyzed_batch.GramPart(
        units,
        Occurrences.of(np.empty(0, np.uint64)),
        pairs,
        Occurrences.of(np.array([0, 1 << 16], np.uint64)),
    )
    collector.add(part)
    field = collector.sort()
    assert field is not None
    assert field.strings == [b"2999999", b"2999999 2999998"]


def test_a_great_count_needs_no_array_of_its_length() -> None:
    """The table of frequencies has a row for each that is there, not one for each number below."""
    collector = TermCollector()
    found = Occurrences.pack(
        np.array([0, 0], np.uint64), np.array([0, 1], np.uint64), np.array([30_000_000, 2])
    )
    collector.add(analyzed_batch.TermPart(["湖"], found))
    field = collector.sort()
    assert field is not None
    with peak_of() as peak:
        kinds, _ = fuse_fields({"body": field})
    assert kinds.rows.tolist() == [[2], [30_000_000]]
    assert peak.size < 1_000_000


def test_memory_does_not_follow_one_long_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the text takes no ten times the arrays: what is held at once is a slice."""
    monkeypatch.setattr(text_slices, "SLICE_CHARS", 20_000)
    ANALYZER.cut("湖水")
    peaks = []
    for repeats in (4, 40):
        record = record_of(Article(id="1", body="查干湖冬捕节开幕，鱼获5吨。" * 1_000 * repeats))
        with peak_of() as peak:
            analyze(ANALYZER, Batch(0, [record.decode()]))
        peaks.append(peak.size - 6 * len(record))
    assert peaks[1] < 2 * max(peaks[0], 1_000_000)
