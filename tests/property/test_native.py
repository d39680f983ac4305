"""The compiled kernel and the arrays: the same articles, in the same order, with the same scores."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from engine_choice import answered_by
from hypothesis import example, given
from hypothesis import strategies as st
from native_agreement import MARKS, SEED, WORDS, check, drawn_index

import searchlib
from searchlib import Article, ConfigError, Index, Match, QuerySyntaxError
from searchlib.embedded.backend import EmbeddedBackend
from searchlib.embedded.search.matching import Matcher
from searchlib.native import engine
from searchlib.scoring.rescoring import first_pair

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Articles in three segments, some of them deleted."""
    with drawn_index(tmp_path_factory.mktemp("native") / "x.idx") as made:
        yield made


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


@pytest.mark.parametrize(
    "query", ["两度", "二十度 会议", "十九", "看着 的", "两个 党建引领", "百分之五", "第一次"]
)
@pytest.mark.parametrize("match", ["any", "auto", "all"])
def test_all_that_match_are_found_alike(index: Index, query: str, match: str) -> None:
    """To the last, whose scores are zero: they have no more of the query than another form of a character."""
    check(index, query, match=match, limit=700)


@pytest.mark.parametrize("query", ["企业", "企业 会议", '"党建"', "企业 会议 治理 引领 发展"])
@pytest.mark.parametrize(("limit", "offset"), [(2**62, 0), (2**63 - 1, 0), (10, 2**62), (2**60, 2**60)])
def test_any_page_can_be_asked_for(index: Index, query: str, limit: int, offset: int) -> None:
    """Also one with more hits than there are, and one behind the last."""
    check(index, query, match="any", limit=limit, offset=offset)
    check(index, query, match="all", limit=limit, offset=offset)
