"""A segment built in arrays holds what the analyzer gives article by article; merging changes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from forged_segments import deflate
from hypothesis import given
from hypothesis import strategies as st
from peak_memory import peak_of
from strategies import articles, chinese_text

from searchlib import Article
from searchlib.analysis import Analyzer, border_text, clean_text, grams_of, rows_of_units, simplify
from searchlib.article_json import record_of
from searchlib.embedded.codec import (
    building,
    freq_profiles,
    lists,
    merging,
    ordering,
    schema,
    section_pieces,
)
from searchlib.embedded.codec.building import SegmentBuilder
from searchlib.embedded.codec.field_sections import Occurrences
from searchlib.embedded.codec.merging import merge
from searchlib.embedded.codec.schema import field_names
from searchlib.embedded.codec.segment import OpenSegment
from searchlib.model import TEXT_FIELDS
from searchlib.stored_values import full_date, stored_values

ANALYZER = Analyzer()
Fields = dict[str, dict[str, dict[int, int]]]


def expected(given_articles: list[Article]) -> Fields:
    """Return for each field and term the documents and counts, one article after the other."""
    fields: Fields = {}
    for doc, article in enumerate(given_articles):
        for name in TEXT_FIELDS:
            words: Counter[str] = Counter()
            grams: Counter[str] = Counter()
            for text in article.texts(name):
                clean = clean_text(text)
                words.update(ANALYZER.words(clean))
                for row in rows_of_units(simplify(border_text(clean))):
                    grams.update(grams_of(row))
            for suffix, terms in (("", words), ("_grams", grams)):
                for term, count in terms.items():
                    fields.setdefault(name + suffix, {}).setdefault(term, {})[doc] = count
        keys = {"id": [article.id], "stored_values": list(stored_values(article))}
        keys["date"] = [date] if (date := full_date(article.date)) else []
        for name, values in keys.items():
            for value, count in Counter(values).items():
                fields.setdefault(name, {}).setdefault(value, {})[doc] = count
    return fields


def held(segment: OpenSegment) -> Fields:
    """Return the same of a segment."""
    fields: Fields = {}
    texts = [name + suffix for name in segment.text_fields for suffix in ("", schema.GRAMS)]
    for name in [*texts, *(set(field_names(segment.file)) - set(schema.FUSED))]:
        for term in segment.terms(name):
            found = segment.all_postings(name, term)
            assert found is not None
            fields.setdefault(name, {})[term] = dict(zip(found[0].tolist(), found[1].tolist(), strict=True))
    return fields


def build(given_articles: list[Article], path: Path) -> OpenSegment:
    """Return a segment of articles."""
    path.unlink(missing_ok=True)
    builder = SegmentBuilder(ANALYZER)
    for article in given_articles:
        builder.add(article.id, record_of(article))
    builder.end_batch()
    builder.write(path)
    return OpenSegment(path, len(given_articles), ())


def numbered(drawn: list[Article]) -> list[Article]:
    """Give each article an id of its own."""
    return [replace(article, id=f"{n:03d}") for n, article in enumerate(drawn)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that each example may write anew."""
    return tmp_path_factory.mktemp("building")


@given(st.lists(articles(chinese_text()), min_size=1, max_size=5), st.integers(1, 3))
def test_a_segment_holds_what_the_analyzer_gives(folder: Path, drawn: list[Article], batch: int) -> None:
    """Whatever the size of the batches: words, pairs, dates, values, lengths, the articles themselves."""
    given_articles = numbered(drawn)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "_BATCH_DOCS", batch)
        segment = build(given_articles, folder / "one")
    assert held(segment) == expected(given_articles)
    docs = range(len(given_articles))
    assert [segment.article(doc) for doc in docs] == given_articles
    assert [segment.id_of(doc) for doc in docs] == [article.id for article in given_articles]
    for name in TEXT_FIELDS:
        words = [sum(map(len, map(ANALYZER.words, map(clean_text, a.texts(name))))) for a in given_articles]
        assert segment.lengths(name).tolist() == words


@given(st.lists(articles(chinese_text()), min_size=1, max_size=8), st.integers(1, 6))
def test_the_sizes_of_working_steps_do_not_show(folder: Path, drawn: list[Article], size: int) -> None:
    """A large segment is sorted, joined and packed a piece at a time: its bytes are those of one piece."""
    given_articles = numbered(drawn)
    whole = build(given_articles, folder / "whole")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "_BATCH_DOCS", 2)
        patched.setattr(ordering, "_RANGE", size)
        patched.setattr(ordering, "RUN_POSTINGS", size)
        patched.setattr(freq_profiles, "_RANGE", size)
        patched.setattr(lists, "_CHUNK", size)
        pieces = build(given_articles, folder / "pieces")
    for name in whole.file.names:
        assert bytes(pieces.file.view(name)) == bytes(whole.file.view(name)), name


def test_what_waits_to_be_written_takes_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """A posting takes eight bytes as it comes, and three when its run is in order."""
    monkeypatch.setattr(ordering, "RUN_POSTINGS", 20_000)
    runs = ordering.PostingRuns()
    terms, size = np.arange(500, dtype=np.uint64), 40 * 500
    for batch in range(20):
        numbers = np.arange(40 * batch, 40 * (batch + 1), dtype=np.uint64)
        often = np.full(size, 300 if batch == 7 else 2)
        runs.add(Occurrences.pack(np.repeat(terms, 40), np.tile(numbers, 500), often))
    with peak_of() as peak:
        found = runs.take()
    assert peak.size < 10_000, "everything was in order before"
    arrays = [array for run in found for array in (run.terms, run.sizes, run.docs, run.counts)]
    assert sum(array.nbytes for array in arrays) < 4 * 20 * size
    starts, docs, counts = ordering.join_runs(found, 500)
    assert starts.tolist() == list(range(0, 20 * size + 1, 800))
    assert docs.tolist() == [*range(800)] * 500
    assert set(counts[280:320].tolist()) == {300}
    assert not found, "they are used up"


def test_many_frequencies_are_counted_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """What numpy makes of small numbers to count them takes eight bytes each: of a piece, not of all."""
    monkeypatch.setattr(freq_profiles, "_RANGE", 5_000)
    for most in (3, 900):
        counts = np.tile(np.arange(1, most + 1, dtype=np.uint16), 200_000 // most)
        with peak_of() as peak:
            held_counts, places, of_each = freq_profiles._count(counts)
            codes = freq_profiles._take(np.arange(most + 1, dtype=np.uint16), places)
        assert peak.size < 6 * len(counts)
        assert np.array_equal(held_counts[places], counts)
        assert np.array_equal(of_each, np.bincount(places))
        assert np.array_equal(codes, places)


@given(
    st.lists(articles(chinese_text()), min_size=2, max_size=6),
    st.sampled_from([7, 64, 1 << 20]),
    st.data(),
)
def test_a_merge_is_the_segment_of_what_is_left(
    folder: Path, drawn: list[Article], step: int, data: st.DataObject
) -> None:
    """Byte for byte the same as one built of the live articles, however much is taken at once."""
    given_articles = numbered(drawn)
    middle = data.draw(st.integers(1, len(given_articles) - 1))
    gone = data.draw(st.sets(st.integers(1, len(given_articles) - 1)))
    first = build(given_articles[:middle], folder / "first")
    second = build(given_articles[middle:], folder / "second")
    if data.draw(st.booleans()):
        deflate(folder / "first")  # as an older release wrote it
    first = OpenSegment(folder / "first", middle, {doc for doc in gone if doc < middle})
    second = OpenSegment(
        folder / "second", len(given_articles) - middle, {doc - middle for doc in gone if doc >= middle}
    )
    (folder / "merged").unlink(missing_ok=True)
    left = [article for doc, article in enumerate(given_articles) if doc not in gone]
    with pytest.MonkeyPatch.context() as patched:
        for name in ("_RANGE_POSTINGS", "_RANGE_TERMS", "_RANGE_BYTES"):
            patched.setattr(merging, name, step)
        patched.setattr(section_pieces, "IN_MEMORY_BYTES", 8 * step)
        assert merge([first, second], folder / "merged") == len(left)
    build(left, folder / "anew")
    merged, anew = OpenSegment(folder / "merged", len(left), ()), OpenSegment(folder / "anew", len(left), ())
    assert merged.file.names == anew.file.names
    for name in anew.file.names:
        assert bytes(merged.file.view(name)) == bytes(anew.file.view(name)), name
