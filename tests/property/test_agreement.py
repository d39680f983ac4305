"""The engine's arrays against `reference.py`: the same articles, scores and order, however it got there."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from conftest import MakeIndex
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from reference import Asked, Reference, ordered
from strategies import articles, plain_text

import searchlib
from searchlib import Article, Index
from searchlib.analysis import Analyzer
from searchlib.embedded.store import merge_policy
from searchlib.query.auto import AutoQuery, auto_query
from searchlib.query.parser import parse
from searchlib.textmatch.missing import missing_words

FRAGMENTS = re.split(  # more can be read in a row of words than in fifty quotes
    " ",
    "党建 引领 党建引领 黨建 基层治理 治理 基层 青 岛 青岛 青农商行 查干湖 冬捕节 的 了 一 二十四 "
    "什么 是 为什么 谁 5G 5 ab abc Wi-Fi wifi wi fi 9.09% 89.09% 19家 企业 8月9日 12月18日 8 月 日 2024 "
    "， 。 、 ： 《 》 · - % （ ） “ ” 𠮷 カタ é",
)
SPACED = [*FRAGMENTS, " ", " ", "\n", "\u3000"]
WORDS = [fragment for fragment in FRAGMENTS if fragment not in "-（）“”"]
DATES = (None, "2023-12-31", "2024-08-09", "2024-08-31", "2024-09-01", "2024", "--08-09")
PAGES = ("", "A01", "A05")
FIELDS = ("headline", "标题", "body", "authors", "sections")
MANY = 900
SEED = 20261120
TOLERANCE = 1e-5
FORMS = ["script"]
"""The other forms of a phrase are tests/property/test_equivalents.py's."""
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Every step of shrinking would build an index: minutes, and what is drawn is small enough to read."""

texts = st.lists(st.sampled_from(SPACED), max_size=12).map("".join) | plain_text(20)
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map("".join)
phrases = st.lists(st.sampled_from(SPACED), min_size=1, max_size=5).map("".join).map(searchlib.quote)


sides = st.one_of(
    words, words, phrases, words.map("{}~".format), st.tuples(words, words).map("({0[0]} OR {0[1]})".format)
)
within = st.sampled_from(["0", "1", "3", "10", "s", "p"]).map(" NEAR/{} ".format)
nears = st.tuples(within, st.lists(sides, min_size=2, max_size=3)).map(lambda drawn: drawn[0].join(drawn[1]))
nears |= (
    st.lists(st.sampled_from(SPACED), min_size=2, max_size=5)
    .map("".join)
    .map(lambda text: f"{searchlib.quote(text)}~3")
)


def _leaves() -> st.SearchStrategy[str]:
    plain = words | phrases
    return st.one_of(
        words,
        words,
        phrases,
        st.tuples(st.sampled_from(FIELDS), plain).map(":".join),
        words.map("{}*".format),
        words.map("*{}".format),
        words.map("{}~".format),
        st.tuples(words, words).map("*".join),
        words.map("{}^2.5".format),
        nears,
        nears.map("headline:({})".format),
        st.sampled_from(["page:A05", "date:2024-08..", "date:..2023", "date:2024-08-09"]),
    )


def _joined(trees: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(trees, min_size=2, max_size=3)
    return st.one_of(
        several.map(" ".join),
        several.map(lambda parts: f"({' OR '.join(parts)})"),
        several.map(lambda parts: f"({' AND '.join(parts)})"),
        st.tuples(trees, trees).map(lambda pair: f"({pair[0]} NOT ({pair[1]}))"),
        trees.map(lambda tree: f"NOT ({tree})"),
    )


queries = st.recursive(_leaves(), _joined, max_leaves=5)
demanding = st.lists(words | _leaves(), min_size=3, max_size=5).map(" ".join)


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Draw a query and the options of a search."""
    match = draw(st.sampled_from(["all", "auto", "any"]))
    query = draw({"any": texts, "auto": demanding | queries}.get(match, queries))
    if match == "auto" and ("*" in query or "~" in query):
        match = "all"  # how rare such a word is, which decides what is left out, the engine only estimates
    options: dict[str, Any] = {"match": match, "exact": draw(st.booleans())}
    if draw(st.booleans()):
        options["sort"] = draw(st.sampled_from(["relevance", "newest", "oldest"]))
        options["since"] = draw(st.sampled_from([None, None, "2024", "2024-08", "2024-08-31"]))
        options["until"] = draw(st.sampled_from([None, None, "2023", "2024-08", "2024-08-30"]))
        options["where"] = draw(st.sampled_from([{}, {}, {"page": "A05"}, {"authors": "党建"}]))
        options["boosts"] = draw(st.sampled_from([{}, {"headline": 7.5}, {"headline": 0, "authors": 0.5}]))
    return query, options


def check(index: Index, reference: Reference, analyzer: Analyzer, question: tuple[str, Any]) -> int:
    """Compare all that a search says with the reference, then its pages with the whole; return the total."""
    query, options = question
    where = f"{query!r} {options}: compare tests/reference.py with searchlib/embedded/search/"
    results = index.search(query, limit=None, snippets=0, equivalences=FORMS, **options)
    tree = parse(query, analyzer, match=options["match"], exact=options["exact"])
    asked = {key: options[key] for key in ("sort", "since", "until", "where", "boosts") if key in options}
    read = auto_query(tree, analyzer, lambda tree: tree) if options["match"] == "auto" else AutoQuery(tree)
    wanted = reference.answer(read.strict, Asked(read.relaxed, read.is_strict, read.is_question, **asked))
    ids = [hit.id for hit in results]
    assert set(ids) == set(wanted.scores), where
    assert results.total == len(ids) == len(wanted.scores), where
    for hit in results.hits[:20]:
        lacked = missing_words(read.strict, hit.article, analyzer) if wanted.tree is not read.strict else ()
        assert hit.missing == lacked, where
    assert results.relaxed == any(hit.missing for hit in results), where
    assert results.undated == wanted.undated, where
    scores = {hit.id: hit.score for hit in results}
    expected = wanted.final(scores)
    assert scores == pytest.approx(expected, abs=TOLERANCE), where
    assert ids == ordered(scores, reference.articles, options.get("sort", "relevance")), where
    twins = sorted(ids, key=lambda key: (_content(reference.articles[key]), key))
    for first, second in pairwise(twins):
        if _content(reference.articles[first]) == _content(reference.articles[second]):
            apart = expected[first] - expected[second]  # only where the first articles end
            assert scores[first] > scores[second] if apart else scores[first] == scores[second], where
    for limit, offset in [(1, 0), (3, 1), (10, 0), (7, len(ids) // 2)]:
        page = index.search(query, limit=limit, offset=offset, snippets=0, equivalences=FORMS, **options)
        assert page.total == len(ids), where
        part = ids[offset : offset + limit]
        assert [hit.id for hit in page] == part, where
        assert [hit.score for hit in page] == pytest.approx([scores[key] for key in part], abs=1e-9), where
    return len(ids)


def _content(article: Article) -> tuple[object, ...]:
    return tuple(article.texts(name) for name in searchlib.model.TEXT_FIELDS)


def _numbered(drawn: Sequence[Article], first: int) -> list[Article]:
    """Give ids whose order is not that in which the articles come."""
    return [
        Article(
            id=f"{(number * 7919) % 1009:04d}",
            headline=article.headline,
            body=article.body,
            subtitle=article.subtitle,
            authors=article.authors,
            date=article.date,
            page=PAGES[number % len(PAGES)],
        )
        for number, article in enumerate(drawn, first)
    ]


@settings(max_examples=max(60, settings().max_examples // 4), phases=UNSHRUNK)
@given(
    st.lists(st.lists(articles(texts), min_size=1, max_size=6), min_size=1, max_size=3),
    st.data(),
)
def test_random_trees_on_random_articles_in_several_segments(
    analyzer: Analyzer, batches: list[list[Article]], data: st.DataObject
) -> None:
    """Segments come by calls of `add`, some articles twice, some go again; every search agrees."""
    kept: dict[str, Article] = {}
    with TemporaryDirectory() as folder, searchlib.open(Path(folder) / "index") as index:
        for batch in batches:
            twins = [*batch, *batch[:1]]  # equal but for the id: a tie
            added = _numbered(twins, data.draw(st.integers(0, 8), label="first"))
            index.add(added)
            kept |= {article.id: article for article in added}
        gone = data.draw(st.lists(st.sampled_from(sorted(kept)), max_size=3, unique=True), label="gone")
        assert index.delete(gone) == len(gone)
        reference = Reference([kept[key] for key in kept if key not in gone], analyzer)
        for _ in range(6):
            check(index, reference, analyzer, data.draw(questions(), label="question"))


@pytest.fixture(scope="module")
def many(
    tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer
) -> Iterator[tuple[Index, Reference, Analyzer]]:
    """Hundreds of articles of few words in several segments, some gone, some replaced: long postings."""
    chance = random.Random(SEED)
    by_rank = [1 / rank for rank in range(1, len(SPACED) + 1)]

    def text(most: int) -> str:
        return "".join(chance.choices(SPACED, by_rank, k=chance.randint(0, most)))

    drawn = [
        Article(
            headline=text(4),
            body=text(60) if chance.random() < 0.9 else text(8) * 30,
            subtitle=text(2),
            authors=(chance.choice(WORDS),),
            date=chance.choice(DATES),
        )
        for _ in range(MANY)
    ]
    drawn = [*drawn, *drawn[: MANY // 20]]
    kept: dict[str, Article] = {}
    with searchlib.open(tmp_path_factory.mktemp("many") / "index") as index:
        for start in range(0, len(drawn), len(drawn) // 4 + 1):
            batch = _numbered(drawn[start : start + len(drawn) // 4 + 1], start)
            index.add(batch)
            kept |= {article.id: article for article in batch}
        replaced = _numbered(drawn[: MANY // 20], 300)
        index.add(replaced)
        kept |= {article.id: article for article in replaced}
        gone = chance.sample(sorted(kept), MANY // 20)
        index.delete(gone)
        for key in gone:
            del kept[key]
        assert 4 < len(list(index.path.glob("*.slseg"))) <= merge_policy.MAX_SMALL_SEGMENTS
        yield index, Reference(kept.values(), analyzer), analyzer


@settings(max_examples=max(40, settings().max_examples // 8), phases=UNSHRUNK)
@given(questions())
def test_random_trees_on_many_articles(
    many: tuple[Index, Reference, Analyzer], question: tuple[str, dict[str, Any]]
) -> None:
    """Where most articles match, pruning and the long forms of postings have work to do."""
    check(*many, question)


QUERIES = [
    "党建",
    "党建引领",
    "党建 治理",
    "青农商行 治理 OR 5G",
    "wi-fi -abc",
    "党建 基层 治理",
    "ab 党建 abc",
]


@pytest.mark.parametrize(
    ("query", "match"),
    [
        *((query, match) for query in QUERIES for match in ("all", "any")),
        ("*b", "all"),
        ("党建是什么", "any"),
    ],
)
def test_the_many_articles_are_really_found(
    many: tuple[Index, Reference, Analyzer], query: str, match: str
) -> None:
    """The test above is not about empty answers."""
    assert check(*many, (query, {"match": match, "exact": False})) > 20


@pytest.mark.parametrize(
    ("query", "match", "what"),
    [
        ("党建引领", "all", "stands in one piece"),
        ("党建引领", "all", "the headline is the query"),
        ("党建", "any", "the headline is the query"),
        ("党建 基层 治理", "all", "the best passage: holds"),
        ("为什么党建是治理", "any", "the best passage: holds"),
    ],
)
def test_each_gain_is_among_what_is_compared(
    many: tuple[Index, Reference, Analyzer], query: str, match: Any, what: str
) -> None:
    """Some of the many articles have what brings it, and others do not."""
    index = many[0]
    explained = [
        str(index.explain(query, hit.id, match=match)) for hit in index.search(query, match=match, limit=None)
    ]
    assert 0 < sum(what in explanation for explanation in explained) < len(explained)
    check(*many, (query, {"match": match, "exact": False}))


@pytest.mark.parametrize("query", ["企业 党建 治理 冬捕节", "冬捕节 5G 党建引领", "企业 page:A05 党建 治理"])
def test_of_words_equally_rare(make_index: MakeIndex, analyzer: Analyzer, query: str) -> None:
    """Each word stands in one article, wherever the article stands."""
    bodies = ["冬捕节", "治理", "党建", "5G", "引领"]
    kept = [
        Article(id=f"{9 - number}", body=body, page=PAGES[number % 2 + 1])
        for number, body in enumerate(bodies)
    ]
    index = make_index(*kept[:2])
    index.add(kept[2:])
    check(index, Reference(kept, analyzer), analyzer, (query, {"match": "auto", "exact": False}))
