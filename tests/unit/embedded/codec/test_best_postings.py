"""The best postings of long lists: nothing else in a list brings more, whatever weights and means are."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from engine_choice import answered_by
from forged_segments import LIES, forge, lie

import searchlib
from searchlib import Article
from searchlib.analysis import Analyzer
from searchlib.article_json import record_of
from searchlib.embedded.codec.best_postings import COUNT, LEAST
from searchlib.embedded.codec.building import SegmentBuilder
from searchlib.embedded.codec.merging import merge
from searchlib.embedded.codec.sections import SectionFile
from searchlib.embedded.codec.segment import OpenSegment
from searchlib.embedded.store.manifest import read_contents
from searchlib.errors import StoreFormatError
from searchlib.native import engine
from searchlib.scoring.bm25f import K1, B, saturate

needs_kernel = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")
WORDS = ["党建", "治理", "水库", "查干湖", "企业", "的"]
CHANCE = random.Random(20261130)
ARTICLES = [
    Article(
        id=f"{number:04}",
        headline="".join(CHANCE.choices(WORDS, k=CHANCE.choice([0, 0, 1, 3]))),
        body="，".join(CHANCE.choices(WORDS, k=CHANCE.choice([1, 2, 20, 90])))
        + "字，" * CHANCE.choice([0, 300]),
    )
    for number in range(1500)
]


def built(articles: list[Article], path: Path) -> OpenSegment:
    """Return a segment of some articles."""
    builder = SegmentBuilder(Analyzer())
    for article in articles:
        builder.add(article.id, record_of(article))
    builder.end_batch()
    builder.write(path)
    return OpenSegment(path, len(articles), ())


@pytest.mark.parametrize("name", ["text", "text_grams"])
def test_no_other_posting_brings_more(tmp_path: Path, name: str) -> None:
    """With the means of another commit and with any weights: the bounds grow by the field that grows most."""
    segment = built(ARTICLES, tmp_path / "x")
    chance = random.Random(7)
    field = segment.field(name)
    assert field is not None
    terms, postings, kinds = *field, segment.kinds(name)
    scale = segment.file.array(f"{name}/best_scale").reshape(-1, 2).tolist()
    rows = segment.file.array(f"{name}/best").reshape(-1, COUNT, 5).astype(np.int64)
    held = segment.file.array(f"{name}/best_terms").tolist()
    assert held == [term for term in range(len(terms)) if postings.doc_freq(term) >= LEAST]
    assert len(held) > 5
    for term, row in zip(held, rows, strict=True):
        docs, codes = postings.of(term)
        best = row[:, 0] | row[:, 1] << 8
        assert len({*best.tolist()} & {*docs.tolist()}) == COUNT
        said = row[:, 3] | row[:, 4] << 8
        assert (said == codes[np.searchsorted(docs, best)]).all()
        others = ~np.isin(docs, best)
        for turn in range(20):
            means = [mean * chance.choice([1, 0.2, 0.9, 1.1, 5][: 1 + 4 * turn]) for _, mean in scale]
            weights = [weight * chance.choice([1, 0, 0.5, 3][: 1 + 3 * turn]) for weight, _ in scale]
            total = np.zeros(len(docs))
            for column, mean, weight in zip(kinds.fields, means, weights, strict=True):
                relative = np.maximum(segment.lengths(column)[docs], 1) / mean
                total += kinds.counts(codes, column) * weight / (1 - B + B * relative)
            each = zip(scale, means, weights, strict=True)
            stretch = max(max(1, mean / known) * weight / usual for (usual, known), mean, weight in each)
            share = row[:, 2] / 255
            most = np.where(share < 1, share * stretch / (1 - share + share * stretch), 1)
            brought = saturate(total, 1.0)
            assert brought[others].max(initial=0) <= most[-1] + 1e-12
            assert (brought[np.searchsorted(docs, best)] <= most + 1e-12).all()
            if turn == 0:  # as it was written: what is not among the best brings no more than these
                assert (np.diff(row[:, 2]) <= 0).all()
                assert (
                    np.ceil(
                        total[np.searchsorted(docs, best)] / (K1 + total[np.searchsorted(docs, best)]) * 255
                    )
                    == row[:, 2]
                ).all()


def test_a_merged_segment_has_those_of_its_own_lists(tmp_path: Path) -> None:
    """Lists become long only together; deleted articles are not among the best."""
    parts = [built(ARTICLES[first : first + 500], tmp_path / f"{first}") for first in (0, 500, 1000)]
    parts[1] = OpenSegment(tmp_path / "500", 500, range(100, 300))
    merge(parts, tmp_path / "merged")
    kept = [article for number, article in enumerate(ARTICLES) if not 600 <= number < 800]
    found, wanted = SectionFile(tmp_path / "merged"), built(kept, tmp_path / "anew").file
    for name in wanted.names:
        if "/best" in name:
            assert bytes(found.view(name)) == bytes(wanted.view(name)), name


@pytest.fixture
def index(tmp_path: Path) -> searchlib.Index:
    """Many articles in two segments; the first has the better ones."""
    made = searchlib.open(tmp_path / "indexes" / "x.idx")
    made.add(Article(id=f"a{number}", body="治理，" * 9 + "字" * number) for number in range(300))
    made.add(Article(id=f"b{number}", body="治理，" + "水库的企业，" * 400) for number in range(9000))
    return made


def segments_of(index: searchlib.Index) -> list[Path]:
    """Return the files of the segments, in their order."""
    return [segment.path_in(index.path) for segment in read_contents(index.path).segments]


@needs_kernel
def test_a_list_is_not_read_whose_best_are_not_among_the_first(index: searchlib.Index) -> None:
    """What it says is noticed by who asks for all."""
    with answered_by("native"), index:
        first = [(hit.id, hit.score) for hit in index.search("治理", snippets=0)]
        assert len(first) == 10
        index.close()
        for path in segments_of(index)[1:]:
            names = ("text_grams/long_docs", "text/long_docs")
            forge(path, {name: np.zeros_like(SectionFile(path).array(name)) for name in names})
        with searchlib.open(index.path) as again:
            assert [(hit.id, hit.score) for hit in again.search("治理", snippets=0)] == first
            with pytest.raises(StoreFormatError, match="search index"):
                list(again.search("治理", limit=None, snippets=0))


@needs_kernel
def test_for_one_word_no_list_is_read(tmp_path: Path) -> None:
    """Of the first articles the best postings of both lists tell all, in every segment."""
    index = searchlib.open(tmp_path / "x.idx")
    for part in "ab":
        counts = [max(1, 40 - 4 * number) for number in range(300)]
        index.add(Article(id=f"{part}{at}", body="治理，" * count) for at, count in enumerate(counts))
    with answered_by("native"), index:
        first = [(hit.id, hit.score) for hit in index.search("治理", snippets=0)]
        assert len(first) == 10
        index.close()
        for path in segments_of(index):
            names = ("text_grams/long_docs", "text/long_docs", "text_grams/long_counts", "text/long_counts")
            forge(path, {name: np.zeros_like(SectionFile(path).array(name)) for name in names})
        with searchlib.open(index.path) as again:
            assert [(hit.id, hit.score) for hit in again.search("治理", snippets=0)] == first


@needs_kernel
def test_rows_of_another_size_are_an_error(index: searchlib.Index) -> None:
    """As those of an index that was written before this form was settled."""
    with answered_by("native"), index:
        index.close()
        for path in segments_of(index):
            rows = SectionFile(path).array("text/best").reshape(-1, 5)
            forge(path, {"text/best": np.ascontiguousarray(rows[:, :3]).ravel()})
        with searchlib.open(index.path) as again, pytest.raises(StoreFormatError, match="search index"):
            list(again.search("治理"))


@needs_kernel
@pytest.mark.parametrize("name", ["text/best", "text_grams/best", "text/best_terms", "text_grams/best_scale"])
@pytest.mark.parametrize("how", LIES)
def test_lies_end_in_an_answer_or_an_error(index: searchlib.Index, name: str, how: str) -> None:
    """With the right checksums: a wrong answer at worst, never a crash or an article without the word."""
    with index:
        index.close()
        for path in segments_of(index):
            forge(path, {name: lie(SectionFile(path).array(name), how)})
        with answered_by("native"), searchlib.open(index.path) as again:
            for query, boosts in (("治理", None), ("治理", {"body": 3}), ("治理 企业", None), ("水库", None)):
                try:
                    found = [hit.article.body for hit in again.search(query, boosts=boosts)]
                except StoreFormatError as error:
                    assert "search index" in str(error)  # noqa: PT017 (an answer is fine too)
                else:
                    assert all(word in body for body in found for word in query.split())
