"""What the default mode requires of an article, and what only ranks."""

from __future__ import annotations

import pytest

import searchlib
from searchlib.analysis import Analyzer
from searchlib.analysis.stopwords import is_question_word
from searchlib.model import Article
from searchlib.query.auto import MAX_REQUIRED, AutoQuery, auto_query
from searchlib.query.nodes import AtLeast
from searchlib.query.parser import parse
from searchlib.textmatch.missing import missing_words

PHRASES = [
    ("马云的演讲", "马云 演讲"),
    ("贾跃亭在美国", "贾跃亭 美国"),
    ("苹果的股价", "苹果 股价"),
    ("库里的三分", "库里 三分"),
    ("王健林的钱", "王健林 钱"),
    ("董明珠和雷军的赌约", "董明珠 雷军 赌约"),
    ("李白与杜甫", "李白 杜甫"),
    ("长江的源头", "长江 源头"),
    ("鲁迅在北京", "鲁迅 北京"),
    ("黄河是母亲河", "黄河 母亲河"),
    ("小区有电梯", "小区 电梯"),
    ("老师和学生", "老师 学生"),
    ("農民的收入", "农民 收入"),
    ("地铁被淹", "地铁 淹"),
    ("谁是贾跃亭", "贾跃亭"),
    ("贾跃亭是谁", "贾跃亭"),
    ("什么是党建", "党建"),
    ("中国的首都是哪里？", "中国 首都"),
    ("GDP增速是多少", "GDP 增速"),
    ("为什么要熬夜", "要熬夜"),
    ("哪座城市", "城市"),
    ("青岛的地铁有几条", "青岛 地铁 条"),
]


def read(query: str, analyzer: Analyzer) -> AutoQuery:
    """Return a query as the default mode reads it."""
    tree = parse(query, analyzer, match="auto", exact=False)
    return auto_query(tree, analyzer, lambda tree: tree)


@pytest.mark.parametrize(("typed", "spaced"), PHRASES)
def test_what_is_typed_in_one_piece_finds_what_its_content_words_find(
    analyzer: Analyzer, tmp_path_factory: pytest.TempPathFactory, typed: str, spaced: str
) -> None:
    """Function characters and question words are not required, wherever they are."""
    words = spaced.split()
    articles = [Article(id="all", body="，".join(reversed(words)))]
    articles += [Article(id=word, body=word) for word in words[1:]]
    with searchlib.open(tmp_path_factory.mktemp("auto") / "i") as index:
        index.add(articles)
        found = [hit.id for hit in index.search(typed)]
        assert [hit.id for hit in index.search(spaced)] == ["all"]
        # A question may be answered by an article that lacks one of its words, never before one that has all.
        assert found[0] == "all" if any(map(is_question_word, analyzer.words(typed))) else found == ["all"]


@pytest.mark.parametrize(
    ("query", "is_strict", "is_question", "least"),
    [
        ("党建", True, False, None),
        ("的", True, False, None),
        ("是什么", True, False, None),
        ("党建 引领", True, False, 1),
        ("党建 引领 网格", True, False, 2),
        ("党建 引领 网格 小区", True, False, 2),
        ("党建 引领 网格 小区 治理", False, False, 3),
        ("党建引领网格小区治理", False, False, 3),
        ("谁是党建引领的代表", True, True, 2),
        ('党建 "引领"', True, False, None),
        ("党建 引领 -网格", True, False, 1),
        ("标题:党建 引领 网格", True, False, 1),
    ],
)
def test_how_a_query_is_read(
    analyzer: Analyzer, query: str, *, is_strict: bool, is_question: bool, least: int | None
) -> None:
    """Up to four content words are all required first; half of them is what a relaxed answer requires."""
    found = read(query, analyzer)
    at_least = [one.least for one in getattr(found.relaxed, "subqueries", ()) if isinstance(one, AtLeast)]
    assert (found.is_strict, found.is_question) == (is_strict, is_question)
    assert at_least == ([] if least is None or query == '党建 "引领"' else [least])
    assert MAX_REQUIRED == 4


@pytest.mark.parametrize(
    ("query", "body", "missing"),
    [
        ("党建引领 网格", "党建，引领。", ("网格",)),
        ("党建引领的网格", "网格里有党建", ("引领",)),
        ("王思聪花了多少钱", "王思聪有钱", ("花",)),
        ("李咏得了什么病", "李咏", ("病",)),
        ("李咏得了什么病", "生病", ("李咏得",)),
        ("黨建 网格", "党建", ("网格",)),
        ("二十四届 网格", "第24届", ("网格", "二十四届")),
        ('党建 "网格" 小区', "党建", ("小区",)),
    ],
)
def test_what_an_article_lacks(analyzer: Analyzer, query: str, body: str, missing: tuple[str, ...]) -> None:
    """Each content word that is nowhere in it, and of a name with a verb beside it only the verb."""
    lacked = missing_words(read(query, analyzer).strict, Article(body=body), analyzer)
    assert sorted(lacked) == sorted(missing)


def test_the_rare_word_decides(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where no article has both, the name ranks first, and each hit says what it lacks."""
    with searchlib.open(tmp_path_factory.mktemp("auto") / "i") as index:
        index.add([Article(id=f"{n:02}", body="看什么病都要花钱，易得的病") for n in range(30)])
        index.add([Article(id="name", body="李咏因癌症去世，很多人怀念他。")])
        results = index.search("李咏得了什么病", limit=3)
        assert (results[0].id, results[0].missing, results.relaxed) == ("name", ("病",), True)
        assert results[0].why.endswith("missing: 病")
        assert results.dropped == ()
