"""The compiled kernel and the arrays: the same articles, in the same order, with the same scores."""

from __future__ import annotations

import math
import os
import random
import re
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from engine_choice import answered_by
from hypothesis import example, given
from hypothesis import strategies as st

import searchlib
from searchlib import Article, ConfigError, Index, Match, QueryError, QuerySyntaxError, SearchCancelledError
from searchlib.analysis import Analyzer
from searchlib.deadline import Deadline
from searchlib.embedded.backend import EmbeddedBackend
from searchlib.embedded.search.kernel import MARKS as MARKS_OF_KERNEL
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.search.plain import PlainAnswer
from searchlib.embedded.search.plans import plan_of
from searchlib.engine.request import FieldWeights
from searchlib.expansion.entry import expand
from searchlib.expansion.equivalences import resolve_kinds
from searchlib.expansion.lexicon import Lexicon
from searchlib.native import engine
from searchlib.query.auto import auto_query
from searchlib.query.parser import parse
from searchlib.scoring.headline_match import strip_text
from searchlib.scoring.rescoring import first_pair

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")

WORDS = re.split(
    " ",
    "党建 引领 党建引领 黨建 基层治理 治理 基层 查干湖 冬捕节 的 了 什么 是 为什么 企业 经济 发展 经济发展 "
    "农业 银行 中国农业银行 青农商行 会议 开幕 ㈱ ① ½ ○ 5G ab 19家 十九家 二十四 24 𠮷 カタ 著名 看着 乾隆 "
    "百分之五 5% Wi-Fi wifi 一下",
)
MARKS = ["，", "。", "《", "》", "·", " ", "\u3000", "\n", "（", "•", "\u200b"]
SEED = 20261129

texts = st.lists(st.sampled_from([*WORDS, *MARKS]), min_size=1, max_size=8).map("".join)
spaced = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
joined = st.tuples(
    st.sampled_from([" -", " OR ", " NEAR/3 "]), st.sampled_from(WORDS), st.sampled_from(WORDS)
)
queries = st.one_of(
    spaced,
    texts,
    texts.map(searchlib.quote),
    st.tuples(spaced, spaced).map(" -".join),
    joined.map(lambda parts: parts[0].join(parts[1:])),
    st.sampled_from(WORDS).map(lambda word: f"{word}~"),
)


def drawn(chance: random.Random, most: int) -> str:
    """Return a text of words and marks."""
    return "".join(chance.choices([*WORDS, *MARKS], k=chance.randint(0, most)))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Articles in three segments, some of them deleted; short ones, so that many have equal scores."""
    chance = random.Random(SEED)
    articles = [
        Article(
            id=f"{number}",
            headline=drawn(chance, 4),
            overline=drawn(chance, 2),
            body=drawn(chance, chance.choice([4, 30, 200])) + "治理，" * chance.choice([*[0] * 40, 40, 300]),
            authors=(drawn(chance, 1),),
            sections=(drawn(chance, 2), drawn(chance, 2)),
            date=chance.choice(["2024-08-09", "2023-01-01", None]),
            extra={"stars": number % 7} if number % 3 else {},
        )
        for number in range(700)
    ]
    with searchlib.open(tmp_path_factory.mktemp("native") / "x.idx") as made:
        for first, last in ((0, 400), (400, 650), (650, 700)):
            made.add(articles[first:last])
        made.delete([f"{number}" for number in chance.sample(range(700), 60)])
        yield made


def answer(index: Index, query: str, **options: Any) -> list[tuple[str, float]]:
    """Return ids and scores."""
    return [(hit.id, hit.score) for hit in index.search(query, snippets=0, **options)]


def check(index: Index, query: str, **options: Any) -> None:
    """Compare both engines."""
    try:
        with answered_by("native"):
            compiled = answer(index, query, **options)
    except QuerySyntaxError:
        with answered_by("numpy"), pytest.raises(QuerySyntaxError):
            answer(index, query, **options)
        return
    with answered_by("numpy"):
        arrays = answer(index, query, **options)
    where = f"{query!r} {options}: compare searchlib/native/src/ranking.rs with embedded/search/scoring.py"
    assert [hit for hit, _ in compiled] == [hit for hit, _ in arrays], where
    for (_, score), (_, other) in zip(compiled, arrays, strict=True):
        assert math.isclose(score, other, rel_tol=1e-12, abs_tol=1e-12), where


@given(
    query=queries,
    match=st.sampled_from(["all", "auto", "any"]),
    limit=st.sampled_from([1, 3, 10, 60]),
    equivalences=st.sampled_from([None, ["script"]]),
)
def test_both_engines_answer_alike(
    index: Index, query: str, match: str, limit: int, equivalences: list[str] | None
) -> None:
    """Every kind of query, with other forms and without; equal scores go by id on both."""
    check(index, query, match=match, limit=limit, equivalences=equivalences)


COMMON = ["党建", "治理", "水库", "企业", "会议", "的", "党建引领", "引领"]


@pytest.fixture(scope="module", params=[False, True], ids=["whole", "deleted"])
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Many articles in three segments with common words; most are not among the first of any query."""
    chance = random.Random(SEED)
    articles = [
        Article(
            id=f"{chance.random()}",
            headline="".join(chance.choices(COMMON, k=chance.choice([0, 1, 2]))),
            body="，".join(chance.choices(COMMON, k=chance.choice([1, 5, 9, 30])))
            + "字，" * chance.choice([0, 70]),
            date=f"2024-08-{number % 28 + 1:02}",
        )
        for number in range(2100)
    ]
    with searchlib.open(tmp_path_factory.mktemp("many") / "x.idx") as made:
        for first, last in ((0, 900), (900, 1200), (1200, 2100)):
            made.add(articles[first:last])
        if request.param:
            best = [hit.id for word in COMMON for hit in made.search(word, limit=30)]
            made.delete(sorted({*best, *(one.id for one in articles[:100])}))
        yield made


@given(
    query=st.lists(st.sampled_from([*COMMON, "治理会议", "建引"]), min_size=1, max_size=3).map(" ".join),
    match=st.sampled_from(["all", "auto"]),
    limit=st.sampled_from([1, 3, 10, 60]),
    offset=st.sampled_from([0, 0, 7, 200]),
    boosts=st.sampled_from([None, None, {"headline": 20}, {"body": 0.25}, {"headline": 0}]),
    until=st.sampled_from([None, None, "2024-08-03"]),
)
def test_the_first_of_many_are_the_first_of_all(many: Index, query: str, **asked: Any) -> None:
    """What is passed over because it can have no more than others is not among the first."""
    check(many, query, **asked)


def test_a_word_of_han_is_nowhere_more_often_than_its_first_pair(index: Index) -> None:
    """So the pairs of an article tell what it scores at most."""
    backend = index._backend
    assert isinstance(backend, EmbeddedBackend)
    compared = 0
    for segment in backend._read().segments:
        words, pairs = segment.field("text"), segment.field("text_grams")
        assert words
        assert pairs
        for number, word in enumerate(words[0].every()):
            if all("\u4e00" <= char <= "\u9fff" for char in word):
                docs, codes = words[1].of(number)
                holding, pair_codes = pairs[1].of(pairs[0].number_of(first_pair(word)))
                places = holding.searchsorted(docs)
                assert (holding[places] == docs).all(), word
                for field in segment.text_fields:
                    often = segment.kinds("text_grams").counts(pair_codes[places], field)
                    assert (segment.kinds("text").counts(codes, field) <= often).all(), (word, field)
                    compared += 1
    assert compared > 100


options = st.fixed_dictionaries(
    {
        "match": st.sampled_from(["all", "auto", "any"]),
        "since": st.sampled_from([None, None, "2024"]),
        "until": st.sampled_from([None, None, "2024-08-08"]),
        "where": st.sampled_from(
            [None, None, {"extra.stars": {"gte": 3}}, {"extra.stars": [1, "2"]}, {"year": "2024"}]
        ),
        "sort": st.sampled_from(
            ["relevance", "relevance", "newest", "oldest", "extra.stars", "-extra.stars"]
        ),
        "timeout": st.sampled_from([None, 60]),
        "boosts": st.sampled_from([{"headline": 7.5}, {"headline": 0}, {"body": 0.0, "authors": 0.5}, {}]),
        "offset": st.sampled_from([0, 2, 55]),
    }
)


@given(query=queries, options=options)
def test_with_filters_orders_weights_and_pages(index: Index, query: str, options: dict[str, Any]) -> None:
    """What filters let through, orders by dates and keys, weights and later pages are the kernel's too."""
    check(index, query, **options)


@pytest.mark.parametrize("query", ["企业", "党建 治理", '"基层治理"', '"党建引领基层"'])
@pytest.mark.parametrize(
    "narrowing",
    [
        ("newest", None, None, None, None, None),
        ("oldest", "2023", "2024-08", None, None, None),
        ("-extra.stars", None, None, {"extra.stars": {"gte": 3}}, 60, None),
        ("relevance", None, "2023-12-31", {"year": ["2023", 2024]}, None, threading.Event()),
    ],
)
def test_what_narrows_a_plain_query_is_the_kernels(index: Index, query: str, narrowing: Any) -> None:
    """Python does not read the query; hits, the total and what has no date are those of the arrays."""
    names = ("sort", "since", "until", "where", "timeout", "cancel")
    options = dict(zip(names, narrowing, strict=True))
    with answered_by("native"):
        quick = index._quick.answer(query, "all", (0, 10), 0, narrowing)
        assert quick is not None
        found = quick.results(query)
        seen = [(hit.id, hit.score) for hit in found], found.total, found.undated
    with answered_by("numpy"):
        wanted = index.search(query, match="all", snippets=0, **options)
        assert seen == ([(hit.id, hit.score) for hit in wanted], wanted.total, wanted.undated)


@given(
    texts=st.lists(
        st.sampled_from(["党建", "治理", "的", "企业", "𠮷", "ab", "没有", "\ud800"]), min_size=1, max_size=3
    ),
    unit=st.sampled_from(["word", "pair"]),
)
def test_documents_are_found_alike(index: Index, texts: list[str], unit: Any) -> None:
    """What holds all of some words or pairs, deleted ones and lone surrogates among them."""
    backend = index._backend
    assert isinstance(backend, EmbeddedBackend)
    found = []
    for name in ("native", "numpy"):
        with answered_by(name):
            matcher = Matcher(backend._read(), backend.analyzer)
            found.append(matcher._holding(texts, unit, None).tolist())
    assert found[0] == found[1]


def test_many_filters_of_one_commit(index: Index) -> None:
    """Only so many are kept, and none is taken for another."""
    days = [f"2023-01-{day:02}" for day in range(1, 29)] * 2
    asked: list[Any] = [{"since": day, "where": {"extra.stars": int(day[-1])}} for day in days]
    with answered_by("native"):
        compiled = [index.search("企业", **options).total for options in asked]
    with answered_by("numpy"):
        assert compiled == [index.search("企业", **options).total for options in asked]
    assert len(set(compiled)) > 2


def test_what_is_wrong_with_a_filter_is_said_after_the_query(index: Index) -> None:
    """As without the kernel: the query is read first."""
    with answered_by("native"), pytest.raises(ConfigError, match="since"):
        index.search("企业", since="2024-13-77")
    with answered_by("native"), pytest.raises(QuerySyntaxError):
        index.search("(企业", since="2024-13-77")
    with answered_by("native"), pytest.raises(ConfigError, match=r"extra\.no"):
        index.search("企业", sort="extra.no")


SENTENCES = [
    *"，，，。。！？…”’）：、；\n\n\u3000 \xa0é→\u200b",
    "2018",
    "AB",
    "。”",
    "……",
    "\n\n",
    "かな",
    "😀",
    "e\u0301",
]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Articles of sentences, short and long ones; few have a character that must be folded with others."""
    chance = random.Random(SEED)

    def text(most: int) -> str:
        """Return a text with as many marks as news have, in some places more."""
        pieces = [
            chance.choice(
                SENTENCES if chance.random() < 0.3 else ["党建", "治理", "水库", "的", "它"] * 3 + ["黨建"]
            )
            for _ in range(chance.randint(0, most))
        ]
        return "".join(pieces)

    with searchlib.open(tmp_path_factory.mktemp("news") / "x.idx") as made:
        made.add(
            Article(
                id=f"{number}",
                headline=text(4) + "党建",
                subtitle=text(3),
                body=text(chance.choice([0, 3, 40, 400])),
                authors=(text(1), text(1)),
            )
            for number in range(120)
        )
        yield made


@given(
    query=st.sampled_from(
        [
            *("党建", "治理", "水库", "党建 治理", "治理 水库 党建", "党 水库", "的", "水库 它 的"),
            *("党建治理", "水库治理 党建", "党建 OR 水库", "治理水库 -党建", "水库的治理"),
        ]
    ),
    match=st.sampled_from(["all", "auto"]),
    snippets=st.integers(0, 4),
    offset=st.integers(0, 60),
)
def test_snippets_are_those_of_python(
    news: Index, query: str, match: Match, snippets: int, offset: int
) -> None:
    """Text, place, marks and field, and their order."""
    asked: dict[str, Any] = {"match": match, "snippets": snippets, "offset": offset}
    with answered_by("native"):
        compiled = [(hit.snippets, hit.headline_marks) for hit in news.search(query, **asked)]
    with answered_by("numpy"):
        assert compiled == [(hit.snippets, hit.headline_marks) for hit in news.search(query, **asked)]


def test_marks_are_to_the_kernel_what_folding_makes_of_them() -> None:
    """They are listed for it, so that no process folds them anew."""
    assert {strip_text(f"中{mark}国") for mark in MARKS_OF_KERNEL} == {"中国"}


def test_most_headline_marks_are_found_by_the_kernel(news: Index) -> None:
    """As with snippets."""
    with answered_by("native"):
        quick = news._quick.answer("党建", "all", (0, 100), 1)
        assert quick is not None
        made = [quick.headline_marks(number) is not None for number, *_ in quick._page.hits]
    assert 0.5 < sum(made) / len(made) <= 1


def test_most_snippets_are_made_by_the_kernel(news: Index) -> None:
    """Python looks where a character is that it alone knows."""
    with answered_by("native"):
        quick = news._quick.answer("治理", "all", (0, 100), 1)
        assert quick is not None
        made = [quick.snippets(number) is not None for number, *_ in quick._page.hits]
    assert 0.5 < sum(made) / len(made) < 1


HAN = re.split(
    " ",
    "党 建 引领 党建 基层 治理 查干湖 农业 发展 银行 会议 开幕 的 是 谁 著名 看着 水 企业 多少 或者 黨建 "
    '一下 千万 二十 几个月 "基层治理" "的会议" "党"',
)
"""Plain, or nearly: stop words, characters with other forms, unspaced runs."""
plain_queries = st.lists(st.sampled_from([*HAN, " ", " ", "\u3000", "，", "《"]), min_size=1, max_size=8)


OTHERS = re.split(
    " ",
    "19 十九 家 个 第 三 2024 - . , 年 8 月 9 日 % 5 五 G g Wi-Fi wifi C++ a.b x_y 1,234.5 3/4 三分之一 ½ "
    "看着 二〇二四 〇 covid-19 19.5 著 计画 . & | 党建 企业 的 什么 《 》 。 • ① 黨 -5 ℃",
)
"""What has other forms, or makes words and units of letters, figures and signs."""
other_texts = st.lists(st.sampled_from([*OTHERS, " ", "\n"]), min_size=1, max_size=9).map("".join)


@given(query=other_texts, limit=st.sampled_from([1, 10, 60]))
def test_texts_of_figures_letters_and_other_forms_are_read_alike(
    index: Index, query: str, limit: int
) -> None:
    """The terms of such a text, what it is found by beside these, and its headline."""
    check(index, query, match="any", limit=limit)


HEADLINES = [
    "减重5%带来的神奇变化",
    "勿忘初心！何炅比出非常6+1经典手势",
    "顺为资本募集 规模12.1亿美元",
    "CNBC主持人:今年涨不到50,000美元",
    "断货王 | 25岁“鬼门关”之后",
    "直击｜拼多多黄峥：未来可达上百亿",
    "赛季至今(9胜2负)的球队",
    "【新征程——实干笃行】城市更宜居",
    "AT&T与Wi-Fi~6的C++",
    "腾讯：B端、G端还是C端〔CBA〕",
]


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_with_figures_and_signs_is_known_without_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headline: str
) -> None:
    """It comes before an article that has all its words more often, and with the score of the arrays."""
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(PlainAnswer, "ask", lambda _, *about: asked.append(about))
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add(
            [
                Article(id="a", body=f"{headline}。" * 9),
                Article(id="b", headline=headline, body="天气。" * 90),
            ]
        )
        check(index, headline, match="any")
        assert answer(index, headline, match="any")[0][0] == "b"
    assert asked == []


@given(
    query=plain_queries.map("".join),
    match=st.sampled_from(["all", "auto", "any"]),
    offset=st.sampled_from([0, 3]),
)
def test_plain_queries_are_read_by_the_kernel_as_by_python(
    index: Index, query: str, match: str, offset: int
) -> None:
    """With default options the kernel reads the query itself, or says that Python must."""
    check(index, query, match=match, offset=offset)


marked = st.lists(
    st.sampled_from(
        [
            *(
                "党建",
                "引领",
                "党建引领",
                "基层治理",
                "企业",
                "农业会议",
                "中国农业银行",
                "黨建",
                "二十",
                "的",
                "什么",
                "冬捕节",
            ),
            *(
                "（",
                "）",
                "《",
                "》",
                " ",
                "：",
                "，",
                "“",
                "”",
                "·",
                "、",
                "(",
                ")",
                "【",
                "】",
                "。",
                "？",
                "－",
            ),
        ]
    ),
    min_size=2,
    max_size=7,
).map("".join)


@given(query=marked, match=st.sampled_from(["all", "auto"]))
@example(query="中国农业银行（企业）：", match="auto")
@example(query="《党建》引领（企业 农业会议）", match="auto")
@example(query="（引领）的（冬捕节）", match="auto")
@example(query="“什么”党建（引领）。", match="auto")
def test_words_between_marks_are_read_alike(index: Index, query: str, match: Match) -> None:
    """Brackets and quotation marks of titles: pages, totals, passages and what is said are the same."""
    found = []
    for name in ("native", "numpy"):
        with answered_by(name):
            try:
                results = index.search(query, match=match)
            except QuerySyntaxError as error:
                found.append(str(error))
                continue
            hits = [(hit.id, str(hit.snippet), hit.headline_marks, hit.missing) for hit in results]
            said = (results.total, results.relaxed, results.dropped, results.suggestion, results.hints)
            found.append(str((hits, said)))
    assert found[0] == found[1], query
    check(index, query, match=match)


@given(query=plain_queries.map("".join), match=st.sampled_from(["all", "auto", "any"]))
def test_totals_and_suggestions_of_plain_queries_are_those_of_python(
    index: Index, query: str, match: Match
) -> None:
    """The kernel counts what matches, and nothing is suggested where the answer stands well."""
    found = []
    for name in ("native", "numpy"):
        with answered_by(name):
            results = index.search(query, match=match, limit=2, offset=1)
            found.append((results.total, results.suggestion))
    assert found[0] == found[1]


WITH_FORMS = re.split(
    " ", "二十四 十九 著名 看着 一下 第一 两个 三月 什么 领 企业 农业 会议 党建 治理 查干湖 二十"
)
PHRASES_WITH_FORMS = ["二十四家", "十九家企业", "著名农业", "百分之五", "的著名", "看着会议", "二十四"]


def check_page(index: Index, query: str, *, match: Match, offset: int, sort: str) -> None:
    """Compare with the arrays, and what the kernel answers by itself with what it answers once read."""
    check(index, query, match=match, offset=offset, sort=sort)
    with answered_by("native"):
        found = index.search(query, match=match, sort=sort, limit=3)
        assert found == index.query(query, match=match).search(sort=sort, limit=3)


@given(
    query=st.one_of(
        st.lists(st.sampled_from(WITH_FORMS), min_size=1, max_size=5).map(" ".join),
        st.sampled_from(PHRASES_WITH_FORMS).map(searchlib.quote),
    ),
    match=st.sampled_from(["all", "auto"]),
    offset=st.sampled_from([0, 3]),
    sort=st.sampled_from(["relevance", "relevance", "newest"]),
)
def test_words_with_other_forms_are_found_alike(
    index: Index, query: str, match: Match, offset: int, sort: str
) -> None:
    """Scores, totals and marks: the kernel finds numbers and variants by their forms as well."""
    check_page(index, query, match=match, offset=offset, sort=sort)


RUNS = re.split(
    " ",
    "党建 引领 企业 农业 会议 银行 治理 查干湖 的 了 是 在 领 青 农 商 行 开幕 什么 时候 几 个月 看着 二十四",
)


@given(
    query=st.lists(
        st.tuples(st.sampled_from(RUNS), st.sampled_from(["", "", " "])), min_size=1, max_size=7
    ).map(lambda parts: "".join(map("".join, parts))),
    match=st.sampled_from(["all", "auto"]),
    offset=st.sampled_from([0, 3]),
    sort=st.sampled_from(["relevance", "relevance", "newest"]),
)
def test_runs_without_spaces_are_found_alike(
    index: Index, query: str, match: Match, offset: int, sort: str
) -> None:
    """In pieces, and first where they are in one; totals, marks and suggestions too."""
    check_page(index, query, match=match, offset=offset, sort=sort)


MANY_WORDS = re.split(
    " ",
    "党建 引领 基层治理 治理 企业 经济发展 农业 银行 青农商行 会议 开幕 著名 看着 二十四 百分之五 "
    "查干湖 水库 的 了 什么 时候 为什么 华 哪 几 座 家 个月 谁 于 谦 王 思 聪 花 也 何 是 不 上 到 第 或者 "
    "并 5G ab 19家 十九家 24 5% 2024年8月9日 百分之 Wi-Fi 1,234.5元 一下 乾隆",
)
many_words = st.lists(
    st.tuples(st.sampled_from(MANY_WORDS), st.sampled_from(["", "", "", " ", "，", "（", "） ", "：", "·"])),
    min_size=5,
    max_size=24,
).map(lambda parts: "".join(word + mark for word, mark in parts))


@given(
    query=many_words,
    limit=st.sampled_from([1, 10, 25]),
    offset=st.sampled_from([0, 0, 3]),
    sort=st.sampled_from(["relevance", "relevance", "newest"]),
    since=st.sampled_from([None, None, "2024"]),
)
def test_some_of_many_words_are_found_alike(index: Index, query: str, **options: Any) -> None:
    """The kernel cuts runs into the pieces of Python, and requires as many of them."""
    check(index, query, **options)


@pytest.mark.parametrize(
    "query",
    [
        "华5G党建引领 青农商行",
        "党建（Wi-FiWi-Fi党建座）",
        "座5G 引领企业",
        "农业银行 花 Wi-Fi",
        "水库24查干湖 座 何",
        "谦 1,234.5元 治理会议",
        "也5%经济发展 华 谁",
        "2024年8月9日 上 聪 党建",
    ],
)
def test_passages_with_letters_are_as_long_as_in_the_arrays(index: Index, query: str) -> None:
    """½《5G is no 5G to the postings, nor Wi-Fi　Wi-Fi one word; where passages hold them, they count."""
    check(index, query)


@pytest.mark.parametrize(
    "char", ["\U00030edd", "\U0003ffff", "\U000effff", "\U0010fffe", "\U0010ffff", "\uffff"]
)
def test_characters_of_every_plane_are_in_passages(char: str, tmp_path: Path) -> None:
    """Rare Han of the third plane, and what no plane has; an article that is the query holds all of it."""
    forms = ["国，{}【三", "{}国三", "国三{}", "国 {} 三", "国{}abc{}三、{}", "一{}月{}二"]
    written = [form.replace("{}", char) for form in forms]
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add(Article(id=f"{number}", headline=text, body=text) for number, text in enumerate(written))
        index.add(Article(id=f"{number} in", body=f"国。{text}，社论") for number, text in enumerate(written))
        index.add(
            Article(id=f"{number} out", body=form.replace("{}", "")) for number, form in enumerate(forms)
        )
        for text in written:
            for match in ("any", "auto", "all"):
                check(index, text, match=match)
                check(index, f"{text}人民日报 社论 国家 三国", match=match)
        said = str(index.explain(written[2], "2", match="any"))
        assert "the best passage: holds 1.0000 of the query" in said


def test_too_many_words_are_refused_whoever_reads_them(index: Index) -> None:
    """The kernel's pieces count as Python's do."""
    query = "农业企业会议银行党建引领基层治理查干湖水库经济发展开幕著名会场冬捕渔民丰收天气晴朗"
    with answered_by("native"), searchlib.open(index.path, max_words=16) as strict:
        with pytest.raises(QueryError, match="more than 16 words"):
            strict.search(query)
        assert answer(strict, query[:14]) == answer(index, query[:14])


@pytest.mark.parametrize(
    "query",
    [
        "农业银行的水库何时开幕？企业（党建）引领基层治理",
        "查干湖 冬捕节 农业 水库 会议 基层治理",
        "2024年8月9日什么时候开水库，19家5G企业，银行会议",
        "华为如何开水库，农业企业，银行会议",
    ],
)
@pytest.mark.parametrize("sort", ["relevance", "oldest"])
def test_what_lacks_words_is_shown_as_it_is_by_python(index: Index, query: str, sort: str) -> None:
    """What each hit lacks, marks, total and suggestion; the page is not ranked again for them."""
    with answered_by("native"):
        quick = index.search(query, sort=sort, snippets=2)
        assert type(quick.hits[0].__dict__["_source"]) is tuple
        assert quick == index.query(query).search(sort=sort, snippets=2)
        assert quick.relaxed


def test_a_commit_that_another_thread_made_meanwhile_is_answered(tmp_path: Path) -> None:
    """What answers plain queries of the commit before may be put in its place late, and is not kept."""
    with answered_by("native"), searchlib.open(tmp_path / "x.idx") as made:
        made.add([{"id": "1", "body": "党建治理。"}])
        assert made.search("党建").total == 1
        backend = made._backend
        assert isinstance(backend, EmbeddedBackend)
        late = backend._plain
        made.add([{"id": "2", "body": "党建引领。"}])
        backend._plain = late
        assert {hit.id for hit in made.search("党建")} == {"1", "2"}


def test_the_kernel_counts_plain_queries(index: Index) -> None:
    """It asks Python about a text only where characters fold together."""
    with answered_by("native"):
        quick = index._quick.answer("企业 农业", "auto", (0, 10), 0)
        assert quick is not None
        assert quick._page.total(None) == index.search("企业 农业", limit=None, timeout=60).total
        event = threading.Event()
        event.set()
        with pytest.raises(SearchCancelledError):
            quick._page.total(Deadline(cancel=event).check)


@pytest.mark.parametrize(
    ("query", "match", "is_quick"),
    [
        *((query, match, True) for query in ("党建", "企业 农业", "领") for match in ("all", "auto", "any")),
        *(
            (text, "any", True)
            for text in (
                "农业发展，银行的会议是谁？",
                "二十四家企业，5G和Wi-Fi 6，占89.09%",
                "黨建 2024-08-09 三月一日",
                "看着1,234.5元|C++…",
            )
        ),
        *((text, "any", False) for text in ("☆的企业", "カタ", "𠮷", "。")),
        *(
            (query, "auto", True)
            for query in ("农业企业会议银行党建，引领", "企业 农业 会议 的 银行 谁 党建")
        ),
        *(
            (query, "auto", True)
            for query in ("二十四家企业并会议银行党建引领", "5G和Wi-Fi 6，19家企业什么时候开会")
        ),
        *((query, match, True) for query in ("农业企业会议", "的会议 企业") for match in ("all", "auto")),
        *((query, "all", True) for query in ("党建引领", "几个月", "农业会议谁")),
        *((query, "auto", False) for query in ("几个企业", "农业会议谁", "農業企業會議銀行黨建引領")),
        ("标题：企业 农业 会议 银行 党建", "auto", False),
        ("企业 农业 会议 银行 -党建 引领", "auto", False),
        *((query, match, True) for query in ('"基层治理"', '"的会议"', "一下") for match in ("all", "auto")),
        *((query, "all", False) for query in ("二十家企业", "黨建", "二十 黨建", "党建，", "党建 或者 农业")),
        *(
            (query, match, True)
            for query in ("企业（农业）：", "《企业》的（农业 会议）")
            for match in ("all", "auto")
        ),
        *(
            (query, "auto", False)
            for query in ("企业（-农业）", "企业《-农业》", "企业，农业", "“企业”（农业）")
        ),
        *(
            (query, match, True)
            for query in ("二十", "看着 企业", "二十四 著名", '"二十四"')
            for match in ("all", "auto")
        ),
        *((query, "all", True) for query in ("的", "所以 农业", "他们 如何", "没有 的词")),
        ("的", "auto", False),
        ("没有 的词", "auto", False),
    ],
)
def test_the_kernel_reads_plain_queries(index: Index, query: str, match: Match, *, is_quick: bool) -> None:
    """Words in one spelling without stop words, and texts of them."""
    with answered_by("native"):
        quick = index._quick.answer(query, match, (0, 10), 0)
    assert (quick is not None) == is_quick


def test_a_quick_answer_computes_the_rest_when_it_is_looked_at(index: Index) -> None:
    """Total, marks and suggestion are those of the full search, from the commit that was asked."""
    with answered_by("native"):
        quick = index.search("企业 农业", snippets=2)
        full = index.search("企业 农业", snippets=2, timeout=60)
        assert "total" not in quick.__dict__
        assert quick == full
        assert [hit.snippets for hit in quick] == [hit.snippets for hit in full]
        assert quick.total == full.total > 0


COVERED = ["党建", "党建 引领", "查干湖", '"基层治理"', "党建引领基层治理", "农业 会议 银行 企业", "的"]
GIVEN = ["5G", "党建 -企业", "二十四", "党建~", "党建 OR 企业", "党建 NEAR/5 企业"]
"""The kernel ranks what Python finds."""
NOT_COVERED = ["ab*", "标题:党建", "page:A05"]


@pytest.mark.parametrize(
    ("query", "match", "finds"),
    [
        *((query, match, True) for query in COVERED for match in ("all", "any")),
        *((query, "all", False) for query in GIVEN),
        *((query, "all", None) for query in NOT_COVERED),
        ("农业银行的会议，企业有多少？！", "any", True),
        ("二十四家企业", "any", False),
    ],
)
def test_plain_queries_go_by_the_kernel(query: str, match: str, *, finds: bool | None) -> None:
    """Han, in words, phrases and texts; of others it ranks what Python finds; None: it has no part."""
    analyzer = Analyzer()
    tree = parse(query, analyzer, match=match, exact=False)
    tree = expand(tree, query, resolve_kinds(None, exact=False), analyzer, Lexicon())
    plan = plan_of(tree, analyzer, FieldWeights())
    assert (None if plan is None else not plan.known) == finds


def test_relaxed_queries_go_by_the_kernel() -> None:
    """What `auto` answers when nothing has all words."""
    analyzer = Analyzer()
    tree = parse("农业银行会议开幕 查干湖 冬捕节", analyzer, match="auto", exact=False)
    asked = auto_query(tree, analyzer, lambda tree: tree)
    assert asked.relaxed is not None
    plan = plan_of(asked.relaxed, analyzer, FieldWeights())
    assert plan is not None
    assert 0 < plan.least < len(plan.leaves)


def test_many_threads_ask_at_once(index: Index) -> None:
    """The interpreter is free while the kernel works; each thread gets its own answer."""
    with answered_by("native"):
        alone = {query: answer(index, query) for query in COVERED}
        found: list[bool] = []

        def ask() -> None:
            found.extend(answer(index, query) == alone[query] for query in COVERED * 5)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == [True] * (4 * 5 * len(COVERED))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_the_kernel_works_after_a_fork(index: Index) -> None:
    """A child asks the snapshot that its parent opened."""
    with answered_by("native"):
        before = [answer(index, query) for query in COVERED]
        child = os.fork()
        if not child:
            os._exit(0 if [answer(index, query) for query in COVERED] == before else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_cancelled_search_ends_in_the_kernel(index: Index) -> None:
    """The event is looked at before each segment and each text."""
    event = threading.Event()
    event.set()
    with answered_by("native"), pytest.raises(SearchCancelledError):
        answer(index, "党建 引领", cancel=event)


class _Counting:
    """An event that is never set, and counts how often it is looked at: once for each text that is read."""

    def __init__(self) -> None:
        self.looks = 0

    def is_set(self) -> bool:
        self.looks += 1
        return False


@pytest.mark.parametrize("more", ["", "5G", "2024年", "Wi-Fi"])
def test_articles_without_a_lone_character_are_not_read_for_their_passages(tmp_path: Path, more: str) -> None:
    """No pair tells of it, but its own list does: what lacks it cannot come before what has all."""
    spread = f"农业。大家。银行。都在。支持。天气。春耕。{more}。" * 3
    query = f"农业 银行 支持 春耕 屏 {more}"
    tail = f"天气{2 * f'春耕屏{more}'}银行屏。" * 3
    articles = [Article(id=f"{n}", body=f"{spread}{tail}") for n in range(10)]
    articles += [Article(id=f"{n}", body=spread) for n in range(10, 50)]
    counting = _Counting()
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add([*articles, *(Article(id=f"{n}", body="天气很好。") for n in range(50, 400))])
        check(index, query, match="any")
        with answered_by("native"):
            found = index.search(query, match="any", cancel=counting, snippets=0)
            assert {hit.id for hit in found} == {f"{n}" for n in range(10)}
    assert counting.looks < 20


def test_the_engine_is_chosen_by_the_environment(monkeypatch: pytest.MonkeyPatch, index: Index) -> None:
    """Another value is an error that says what is allowed; `stats` and `doctor` name what runs."""
    with answered_by("numpy"):
        assert index.stats()["engine"].startswith("numpy: SEARCHLIB_ENGINE says so; words by ")
    with answered_by("native"):
        assert index.stats()["engine"].startswith("native: kernel ")
    monkeypatch.setenv("SEARCHLIB_ENGINE", "fortran")
    engine.cache_clear()
    with pytest.raises(ConfigError, match=r"SEARCHLIB_ENGINE='?fortran'? is not allowed: native or numpy"):
        engine()
    monkeypatch.undo()
    engine.cache_clear()


def test_an_index_of_the_format_before_is_answered_by_the_kernel_once_it_is_converted(tmp_path: Path) -> None:
    """Its files have no checksums of headlines, and its texts fold otherwise."""
    here = tmp_path / "x.idx"
    folder = Path(__file__).parent.parent / "data" / "indexes"
    shutil.copytree(folder / "format-2-table-1-segments-3-signs-1-t2s-2-accents-1", here)
    with searchlib.open(here) as old:
        old.repair()
    with searchlib.open(here) as new, answered_by("native"):
        assert answer(new, "党建引领")
