"""What an article lacks to be found, or its rank and what stands before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, ArticleNotFoundError, ConfigError, Index, Lack

ARTICLE = Article(
    id="a",
    headline="农行支持乡村振兴",
    body="他去农行存款，办完回家。\n教育、科技、人才一体推进，黨建和基层引领。占比89.09%，12月18日发布。"
    "C919首飞，Coupang上市。湖北的农村商业银行在查干湖附近开业。会议在青岛召开。",
    authors=("王芳", "李明"),
    date="2023-12-28",
    page="A06",
    extra={"stars": 3},
)
OTHERS = [
    Article(id="b", headline="党建引领", body="党建引领会议。", date="2024-08"),
    Article(id="c", headline="党建", body="引领党建引领会议会议。", date="2024-08-09"),
]


def at(piece: str, field: str = "body") -> str:
    """Say where a piece of the article stands, as messages do."""
    return f"“{piece}”, {field} at {getattr(ARTICLE, field).index(piece)}"


LACKS: list[tuple[str, dict[str, Any], str, str]] = [
    ("农商行", {}, "similar", f"“农商行” stands nowhere; nearest is {at('农行', 'headline')}"),
    ('"农商行存款"', {}, "similar", f"“农商行存款” stands nowhere; nearest is {at('农行存款')}"),
    ("查干河", {}, "similar", f"“查干河” stands nowhere; nearest is {at('查干湖')}"),
    ("党见", {}, "similar", f"“党见” stands nowhere; nearest is {at('黨建')}"),
    ("岛青", {}, "similar", f"“岛青” stands nowhere; nearest is {at('青岛')}"),
    ("Coupamg", {}, "similar", f"“coupamg” stands nowhere; nearest is {at('Coupang')}"),
    ("村商行", {}, "similar", f"“村商行” stands nowhere; nearest is {at('村商业银行')}"),
    ("党性", {}, "absent", "“党性” stands nowhere"),
    ("2月19日", {}, "absent", "“2月19日” stands nowhere"),
    ("火星探测器", {}, "absent", "“火星探测器” stands nowhere"),
    ("919.5", {}, "absent", "“919.5” stands nowhere"),
    ("青岛市", {}, "similar", f"“青岛市” stands nowhere; nearest is {at('青岛')}"),
    ("青岛火星", {}, "partly", f"of “青岛火星” 火星 is missing; there is {at('青岛')}"),
    ('"黨建引领"', {}, "apart", f"the words of “黨建引领” stand apart: {at('黨建')}; {at('引领')}"),
    (
        '"乡村会议"',
        {},
        "apart",
        f"the words of “乡村会议” stand apart: {at('乡村', 'headline')}; {at('会议')}",
    ),
    ('"教育科技"', {}, "border", f"in “教育科技” a mark stands in between: {at('教育、科技')}"),
    ('"农行，存款"', {}, "border", "“农行存款” stands without the mark that is asked for, body at 2"),
    ("9.09%", {}, "inside", f"“9.09%” stands only inside {at('89.09%')}"),
    ("2月18日", {}, "inside", f"“2月18日” stands only inside {at('12月18日')}"),
    ("二月十八日", {}, "inside", f"“二月十八日” stands only inside {at('12月18日')}"),
    ("pang", {}, "inside", f"“pang” stands only inside {at('Coupang')}"),
    (
        "党建",
        {"exact": True},
        "form",
        f"“党建” stands only in another form, which was not to count: {at('黨建')}",
    ),
    (
        "十二月十八日",
        {"equivalences": ["script"]},
        "form",
        f"“十二月十八日” stands only in another form, which was not to count: {at('12月18日')}",
    ),
    ("标题:会议", {}, "field", f"“会议” is not in headline but elsewhere: {at('会议')}"),
    ("作者:刘慧", {}, "absent", "“刘慧” stands nowhere"),
    ("会议 -农行", {}, "excluded", "“农行” is excluded and stands there, headline at 0"),
    ("会议 NOT (page:A06)", {}, "excluded", 'page:"A06" is excluded and holds'),
    ("page:A05", {}, "value", "its page is A06, not A05"),
    ("date:2024 会议", {}, "date", "its date, 2023-12-28, is outside 2024"),
    ("date:2024.. 会议", {}, "date", "its date, 2023-12-28, is outside 2024.."),
    ("会议", {"since": "2024"}, "date", "its date, 2023-12-28, is outside 2024.."),
    ("会议", {"until": "2023-11"}, "date", "its date, 2023-12-28, is outside ..2023-11"),
    (
        "会议",
        {"where": {"authors": ["刘慧", "张"]}},
        "value",
        "its authors is 王芳, 李明, not 刘慧 or 张",
    ),
    ("会议", {"where": {"extra.stars": 4}}, "value", "its extra.stars is 3, not 4"),
    ("会议", {"where": {"column": "要闻"}}, "value", "its column is empty, not 要闻"),
    ("！", {}, "absent", "the query holds nothing but marks"),
    ("土星火星", {"match": "any"}, "absent", "none of the words of “土星火星” stands there"),
]


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    """Three articles; the first is asked about."""
    return make_index(ARTICLE, *OTHERS)


@pytest.mark.parametrize(("query", "options", "reason", "message"), LACKS)
def test_what_is_lacking(
    index: Index, query: str, options: dict[str, Any], reason: str, message: str
) -> None:
    """The one thing that keeps the article out, with what it has instead."""
    answer = index.why_not(query, "a", **{"match": "all", **options})
    assert not answer.found
    (lack,) = answer.lacks
    assert (lack.reason, lack.message) == (reason, message)


def every(lacks: tuple[Lack, ...]) -> Iterator[Lack]:
    """Yield lacks and those below them."""
    for lack in lacks:
        yield lack
        yield from every(lack.parts)


@pytest.mark.parametrize(("query", "options", "reason", "message"), LACKS)
def test_what_is_shown_stands_there(
    index: Index, query: str, options: dict[str, Any], reason: str, message: str
) -> None:
    """What is nearest is a passage of the article, and its marks hold what the message names."""
    answer = index.why_not(query, "a", **options)
    shown = [lack.nearest for lack in every(answer.lacks) if lack.nearest]
    assert bool(shown) == (reason not in {"absent", "value", "date"} and "holds" not in message)
    for near in shown:
        assert near.text in {
            text[near.start : near.start + len(near.text)] for text in ARTICLE.texts(near.field)
        }
        assert all(near.text[start:end] in message for start, end in near.marks)
        assert near.marks


def test_each_word_is_told_of(index: Index) -> None:
    """A lack for each word that is missing, none for those that stand there."""
    answer = index.why_not("农商行 会议 火星 -青岛", "a", match="all", since="2024")
    assert [(lack.asked, lack.reason) for lack in answer.lacks] == [
        ("农商行", "similar"),
        ("火星", "absent"),
        ("NOT 青岛", "excluded"),
        ("date:2024..", "date"),
    ]


def test_alternatives(index: Index) -> None:
    """What each of them lacks stands below."""
    (lack,) = index.why_not("(火星 OR 标题:会议) 青岛", "a").lacks
    assert (lack.asked, lack.reason) == ("火星 OR headline:会议", "alternatives")
    assert [part.reason for part in lack.parts] == ["absent", "field"]


def test_the_missing_words_of_a_run(index: Index) -> None:
    """Each with what is nearest to it."""
    (lack,) = index.why_not("青岛卷干湖", "a").lacks
    assert lack.reason == "partly"
    assert [(part.asked, part.reason) for part in lack.parts] == [("卷干湖", "similar")]


def test_an_undated_article(index: Index) -> None:
    """Is outside every range."""
    (lack,) = index.why_not("会议", "b", since="2024").lacks
    assert (lack.reason, lack.message) == (
        "undated",
        "its date is 2024-08: without a full date it is outside every range",
    )


def test_the_one_before_is_better_in(index: Index) -> None:
    """Rank, score and the parts of the score are those of search and explain."""
    hits = index.search("党建引领", limit=None)
    assert [hit.id for hit in hits] == ["b", "c", "a"]
    first, second, third = (index.why_not("党建引领", hit.id) for hit in hits)
    assert [answer.rank for answer in (first, second, third)] == [1, 2, 3]
    assert [answer.score for answer in (first, second, third)] == [hit.score for hit in hits]
    assert first.before is None
    assert third.before
    assert (third.before.id, third.before.headline, third.before.score) == ("c", "党建", hits[1].score)
    names = [part.name for part in third.before.better]
    assert names[0] == "“党建引领” stands in one piece"
    differences = [part.value - part.own for part in third.before.better]
    assert differences == sorted(differences, reverse=True)
    assert min(differences) > 0
    parts = {part.description.partition(": ")[0]: part.value for part in index.explain("党建引领", "c").parts}
    assert {part.name: part.value for part in third.before.better}.items() <= parts.items()
    assert not third.lacks


def test_equal_scores(make_index: MakeIndex) -> None:
    """Nothing is better in the one before; ids decide."""
    index = make_index(*(Article(id=key, body="会议") for key in "ab"))
    answer = index.why_not("会议", "b")
    assert answer.before
    assert (answer.rank, answer.before.id, answer.before.better) == (2, "a", ())
    assert "ids decide" in str(answer)


def test_filters_change_the_rank(index: Index) -> None:
    """Those that are filtered out stand before nobody."""
    assert index.why_not("会议", "a").rank == 3
    answer = index.why_not("会议", "a", until="2023", where={"page": "A06"})
    assert (answer.rank, answer.total, answer.before) == (1, 1, None)


def test_found_without_words(index: Index) -> None:
    """When words were left out, it says which, and what the article lacks of the whole query."""
    answer = index.why_not("会议 火星", "a")
    assert (answer.found, answer.rank, answer.dropped) == (True, 3, ("火星",))
    assert [lack.asked for lack in answer.lacks] == ["火星"]
    answer = index.why_not("会议 火星", "a", match="all")
    assert (answer.found, answer.total, answer.dropped) == (False, 0, ())


def test_synonyms_count_as_they_do_in_a_search(index: Index) -> None:
    """With them nothing is lacking; without, they are what is there."""
    (index.path / "synonyms.txt").write_text("农商行=农村商业银行\n", "utf-8")
    index.refresh()
    assert index.why_not("农商行", "a").found
    (lack,) = index.why_not("农商行", "a", equivalences=["script"]).lacks
    assert lack.reason == "form"
    assert "“农村商业银行”" in lack.message


def test_unknown_id(index: Index) -> None:
    """Named in the error."""
    with pytest.raises(ConfigError, match="no article has this id"):
        index.why_not("会议", "nowhere")
    with pytest.raises(ArticleNotFoundError):
        index.why_not("会议", 7)
    with pytest.raises(TypeError):
        index.why_not("会议", 7.0)  # type: ignore[arg-type]


def test_long_texts_take_no_minutes(make_index: MakeIndex) -> None:
    """A book of 400,000 characters and a phrase of sixty."""
    index = make_index(Article(id="1", body="查干湖冬捕节开幕，农业丰收。" * 30_000))
    answer = index.why_not(searchlib.quote("查干湖的冬捕节没有开幕" * 5), "1")
    assert answer.lacks


def test_no_slip_is_looked_for_in_whole_paragraphs(index: Index) -> None:
    """Each of its characters would take several looks; found by fuzzing."""
    long = "查干湖东捕" * 1000
    (lack,) = index.why_not(f"“{long}”", "a").lacks
    assert lack.reason != "similar"
