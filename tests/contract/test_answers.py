"""Every engine answers as brute force does: ids, order, scores, totals, facets, marks, reasons."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

import pytest
from contract_queries import FIXED, drawn

from searchlib import Hit, Index, Results
from searchlib.analysis import fold, simplify

_TOLERANCE = 1e-5
"""Sums of floats in another order, and shares rounded to six decimals."""


def hit_of(hit: Hit) -> dict[str, Any]:
    """Return what a reader sees of a hit, but for its score."""
    return {
        "snippets": [(one.field, one.start, str(one), one.marks) for one in hit.snippets],
        "headline_marks": hit.headline_marks,
        "why": hit.why,
        "missing": hit.missing,
        "reprints": [one.id for one in hit.reprints],
        "headline": hit.headline,
    }


def ranked(results: Results) -> list[set[str]]:
    """Return the ids in order; those of one score together, as sums of floats may turn them round."""
    rounded = ((round(hit.score / (10 * _TOLERANCE)), hit.id) for hit in results)
    return [{one for _, one in alike} for _, alike in groupby(rounded, key=lambda pair: pair[0])]


def same(found: Results, wanted: Results, asked: str) -> None:
    """Compare two answers."""
    assert found.total == wanted.total, asked
    assert found.undated == wanted.undated, asked
    assert found.facets == wanted.facets, asked
    assert found.facet_sizes == wanted.facet_sizes, asked
    assert (found.relaxed, found.dropped) == (wanted.relaxed, wanted.dropped), asked
    assert [hit.score for hit in found] == pytest.approx(
        [hit.score for hit in wanted], rel=_TOLERANCE, abs=_TOLERANCE
    ), asked
    ids = [[hit.id for hit in results] for results in (found, wanted)]
    if ids[0] != ids[1]:  # the same but for what has one score
        assert ranked(found) == ranked(wanted), asked
    seen = {hit.id: hit_of(hit) for hit in found}
    for hit in wanted:
        if hit.id in seen:
            assert seen[hit.id] == hit_of(hit), (asked, hit.id)


def compare(filled: Index, baseline: Index, query: str, options: Mapping[str, Any]) -> int:
    """Ask both; return how much was found."""
    asked = f"search({query!r}, **{dict(options)!r})"
    wanted = baseline.search(query, **{"limit": None, **options})
    same(filled.search(query, **{"limit": None, **options}), wanted, asked)
    return wanted.total


@pytest.mark.parametrize("kind", FIXED)
def test_queries_of_every_kind(filled: Index, baseline: Index, kind: str) -> None:
    """Some of each kind find something."""
    assert sum(compare(filled, baseline, query, options) for query, options in FIXED[kind]) > 0


@pytest.mark.parametrize("match", ["auto", "all", "any"])
def test_a_page_is_that_of_all_hits(filled: Index, match: Any) -> None:
    """Also where an engine answers plain queries by itself, which it does for pages alone."""
    seen = 0
    for query, _ in FIXED["words"]:
        every, page = (
            filled.search(query, limit=None, match=match),
            filled.search(query, offset=1, match=match),
        )
        hits = [every[1:11], page]
        ids, scores = ([[getattr(hit, name) for hit in one] for one in hits] for name in ("id", "score"))
        assert (ids[0], scores[0], every.total) == (ids[1], scores[1], page.total), query
        assert list(map(hit_of, hits[0])) == list(map(hit_of, hits[1])), query
        seen += len(page)
    assert seen > len(FIXED["words"])


@pytest.mark.parametrize("part", range(8))
def test_queries_that_are_drawn(filled: Index, baseline: Index, part: int) -> None:
    """Two hundred and forty of them; most find something."""
    asked = drawn()[part::8]
    found = [compare(filled, baseline, query, options) > 0 for query, options in asked]
    assert sum(found) > len(asked) / 3


@pytest.mark.parametrize(
    "query",
    [
        "党建",
        "党建引领 社区",
        "党建引领基层治理网格服务居民",
        "二十四届冬捕",
        "wi*",
        "党建^2 冬捕",
        "查干湖 火星",
        "党建 火星 冬捕 木星",
    ],
)
def test_explanations_have_the_same_parts(filled: Index, baseline: Index, query: str) -> None:
    """Keys, values and descriptions of each part; their sum is the score."""
    hits = baseline.search(query, limit=4)
    assert len(hits) > 0
    for hit in hits:
        wanted, found = baseline.explain(query, hit.id), filled.explain(query, hit.id)
        assert found.value == pytest.approx(wanted.value, rel=_TOLERANCE)
        parts = [{part.key: part for part in one.parts} for one in (found, wanted)]
        assert parts[0].keys() == parts[1].keys()
        assert len(parts[1]) == len(wanted.parts)
        for key, part in parts[1].items():
            assert parts[0][key].value == pytest.approx(part.value, rel=_TOLERANCE, abs=_TOLERANCE), key
            assert parts[0][key].description.partition(": ")[0] == part.description.partition(": ")[0]


@pytest.mark.parametrize(
    "query",
    ["党建", "党建引领 社区", "headline:冬捕 党建", "date:2024-08 党建", "-党建", '"党建，引领"', "二十四届"],
)
def test_why_an_article_is_not_found(filled: Index, baseline: Index, query: str) -> None:
    """Rank, what is lacking, and what is before it, of articles that are found and of others."""
    for article_id in ("a1", "a3", "b1", "b6", "b7", "d03", "d40"):
        found, wanted = filled.why_not(query, article_id), baseline.why_not(query, article_id)
        assert (found.rank, found.total, found.lacks) == (wanted.rank, wanted.total, wanted.lacks)
        assert (found.before and found.before.id) == (wanted.before and wanted.before.id)
        if found.before and wanted.before:
            assert [one.name for one in found.before.better] == [one.name for one in wanted.before.better]


def test_studies_agree(filled: Index, baseline: Index) -> None:
    """Lines in context, words of four kinds, counts by month, similar articles."""
    for query in ("党建", "查干湖", "二十四届", "wifi"):
        for name, options in (
            ("kwic", {"limit": None}),
            ("collocates", {"min_count": 1, "limit": None}),
            ("telling_words", {"limit": None}),
            ("word_list", {"limit": None}),
            ("trend", {}),
        ):
            assert getattr(filled, name)(query, **options) == getattr(baseline, name)(query, **options), name
    for article_id in ("a1", "a8", "d11"):
        same(filled.like(article_id, limit=None), baseline.like(article_id, limit=None), article_id)
    assert filled.new_words(None, min_count=3) == baseline.new_words(None, min_count=3)


def test_marks_of_whole_articles_agree(filled: Index, baseline: Index) -> None:
    """Every place in every field."""
    for query in ("党建引领", "二十四届 冬捕", '"青岛港"', "wi*"):
        for hit in baseline.search(query, limit=5):
            assert filled.marks(query, hit.id) == baseline.marks(query, hit.id)


def test_completions_begin_with_what_was_typed(filled: Index) -> None:
    """Or hold it, in headlines; none for nothing."""
    found = filled.suggest("党建", 10)
    assert found
    assert all("党建" in simplify(fold(one)) for one in found)
    assert filled.suggest("", 10) == []
    assert len(filled.suggest("冬", 2)) == 2
