"""Queries that stand nowhere, and what is offered in their place."""

from __future__ import annotations

import ast
import pickle
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import searchlib
from searchlib.analysis import is_han, simplify
from searchlib.analysis.glyphs import look_alikes
from searchlib.analysis.phonetics import near, sound_alikes, syllables_of
from searchlib.embedded.backend import EmbeddedBackend
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.store.docsets import Docs
from searchlib.embedded.suggest import suggesting
from searchlib.embedded.suggest.corrections import Budget, is_one_slip
from searchlib.embedded.suggest.edits import Editor
from searchlib.embedded.suggest.romanized import syllable_rows
from searchlib.native import engine
from searchlib.query.nodes import Phrase

TEXTS = [
    "青岛李村商圈入选省级试点智慧商圈",
    "智慧商圈带动消费，智慧商圈方便市民",
    "党建引领基层治理，网格幸福满格",
    "未来五年，自己动手修建《大走廊》",
    "乾隆年間的青島港，科創大走廊",
    "Huawei opens a shop，青岛用上5G基站",
    "the dragonfly project on iPhone",
    "戴红艳获聘专技二级岗",
    "查干湖冬捕节开幕，头鱼拍出高价",
]

MISSPELT = [
    ("智慧商卷", "智慧商圈"),  # a reading in common
    ("智慧商全", "智慧商圈"),  # the same syllable
    ("基层制理", "基层治理"),
    ("基层字理", "基层治理"),  # z for zh
    ("末来五年", "未来五年"),  # shapes
    ("自已动手", "自己动手"),
    ("戴红燕", "戴红艳"),
    ("商慧智圈", None),  # two slips that are not of one sound
    ("制慧伤全", None),  # three
    ("智慧伤全", "智慧商圈"),  # two characters of the same sound
    ("戴宏燕", "戴红艳"),
    ("智商慧圈", "智慧商圈"),
    ("智慧智慧商圈", "智慧商圈"),
    ("智慧慧商圈", "智慧商圈"),
    ("智慧圈", "智慧商圈"),
    ("冬捕节开木", "冬捕节开幕"),
    ("“智慧商卷”", "“智慧商圈”"),
    ("标题:智慧商卷 青岛", "标题:智慧商圈 青岛"),
    ("智慧商卷 -会议", "智慧商圈 -会议"),
    ("智慧商卷 AND 青岛", "智慧商圈 AND 青岛"),
    ("智慧商捲", "智慧商圈"),
    ("科創大走郎", "科創大走廊"),  # what is right stays as it was typed
    ("huawie", "huawei"),
    ("dragon fly", None),  # it is found: two Latin words side by side are also looked for as one
    ("iphne", "iphone"),
    ("projecton", "project on"),
    ("qingdao", "青岛"),
    ("qd", "青岛"),
    ("chaganhu", "查干湖"),
    ("青岛用上5G机站", "青岛用上5G基站"),
    ("qing dao", "青岛"),
    ("QīngDǎo", "青岛"),
    ("jicengzhili", "基层治理"),
    ("jczl", None),  # no word of the dictionary
]

RELAXED = [
    ("青岛 cha gan hu", "青岛 查干湖", "查干湖"),
    ("智慧商卷 火星", "智慧商圈 火星", "智慧商圈"),
    ("火星上的智慧商卷", "火星上的智慧商圈", "智慧商圈"),
    ("智慧商卷和基层制理", "智慧商圈和基层治理", "智慧商圈"),
    ("智慧商卷 火星 基层制理", "智慧商圈 火星 基层治理", "智慧商圈"),
]

RIGHT = [
    "火星",
    "党建引领 火星",
    "智慧商圈",
    "青岛 智慧商圈",
    '"基层治理"',
    "青岛商圈",
    "huawei",
    "5G",
    "查干湖冬捕",
    "智慧*",
    "智慧商卷~",
    "商圈带动治理",
    "青岛的湖",
    "商圈是谁",
    "谁的智慧商圈",
    "hello world",
    "delete",
    "",
    "！",
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[searchlib.Index]:
    """A few articles."""
    with searchlib.open(tmp_path_factory.mktemp("spelling") / "index") as made:
        made.add({"id": str(n), "headline": text, "date": "2024-08-09"} for n, text in enumerate(TEXTS))
        yield made


@pytest.mark.parametrize(("typed", "meant"), MISSPELT)
def test_a_slip_is_put_right(index: searchlib.Index, typed: str, meant: str | None) -> None:
    """The suggestion is the query as typed with the slip mended, and it finds something."""
    results = index.search(typed)
    assert results.suggestion == meant, results.suggestion_reason
    if meant is not None:
        assert results.suggestion_reason
        assert results.suggestion_total == index.search(meant, match="all").total > 0


@pytest.mark.parametrize(("typed", "meant", "mended"), RELAXED)
def test_each_word_is_mended_where_no_article_has_all(
    index: searchlib.Index, typed: str, meant: str, mended: str
) -> None:
    """The closest articles are shown then, and as many as have what was mended are told."""
    results = index.search(typed)
    assert results.suggestion == meant
    assert results.suggestion_total == index.search(mended, match="all").total > 0
    assert index.search(typed, match="all").suggestion is None


@pytest.mark.parametrize("query", RIGHT)
def test_what_stands_is_left_alone(index: searchlib.Index, query: str) -> None:
    """A query that finds what it says has no suggestion; nor has one with signs of its own."""
    results = index.search(query)
    assert (results.suggestion, results.suggestion_reason, results.suggestion_total) == (None, None, 0)


def test_a_long_row_is_mended_piece_by_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not whole: both sides of every place would be looked up, the square of its length."""
    looked_up: list[str] = []
    candidates = Matcher.candidates

    def counted(matcher: Matcher, phrase: Phrase) -> Docs:
        looked_up.append(phrase.text)
        return candidates(matcher, phrase)

    monkeypatch.setattr(Matcher, "candidates", counted)
    text = "".join(char for char in map(chr, range(0x4E00, 0x6000)) if simplify(char) == char)[:1000]
    with searchlib.open(tmp_path / "index") as index:
        index.add([{"body": text}])
        assert index.search(f"嫩{text[1:]}").suggestion == text
    assert sum(map(len, looked_up)) < 100 * len(text)


def test_words_that_an_article_has_are_mended_only_into_better_ones(tmp_path: Path) -> None:
    """People join words; that another text is a character away does not mean that they meant it."""
    texts = [
        "中国的GDP增长很快",
        "中GDP增长",
        "北京的颐和园",
        "二手书价格",
        "二手房的价格",
        "美好世界",
        "你好，世界",
    ]
    texts += [
        "人工智能的发展",
        "工人只能用人工",
        "促进平等",
        "习近平访问北京",
        "他学习先进的平方",
        "北京有颐和园",
    ]
    offered = {
        "中国GDP增长": None,
        "北京颐和园": None,
        "二手房价格": None,
        "你好世界": None,
        "马云的演讲": None,
        "马云演讲": None,
        "人工只能": "人工智能",
        "习进平": "习近平",
        "习进平访问北京": "习近平访问北京",
    }
    with searchlib.open(tmp_path / "index") as index:
        index.add({"body": text} for text in texts)
        assert {query: index.search(query).suggestion for query in offered} == offered


def test_a_question_is_mended_only_by_a_likely_slip_that_its_answers_have(tmp_path: Path) -> None:
    """What is asked about is often in no article: a name that differs in a character is another name."""
    texts = [
        "吉林查干湖冬捕节开幕",
        "可以看见湖面，也可以看演出",
        "短视频平台下架侵权作品",
        "泉州泄漏碳九六吨",
        "黄日华出演新剧",
        "恐龙化石在辽宁出土",
        "他在家里常用电脑",
        *("记者写道：社会文化丰富", "泉水叮咚", "视线", "短促", "日华"),
    ]
    offered = {
        "松原哪里可以看查干湖冬捕节目": None,  # 可以看, not 可以林
        "短视频平台下架架了多少作品": "短视频平台下架了多少作品",
        "短频视平台下架了多少作品": "短视频平台下架了多少作品",
        "全州泄漏了多少吨碳九": "泉州泄漏了多少吨碳九",
        "李日华生于哪一年": None,  # nor 黄日华
        "浮龙化石是什么时候发现的": None,
        "泉州泄漏的碳九是肠用的吗": None,  # 常用 is in none of the articles that are shown
    }
    with searchlib.open(tmp_path / "index") as index:
        index.add({"body": text} for text in texts)
        assert {query: index.search(query).suggestion for query in offered} == offered


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
def test_a_suggestion_is_the_same_in_every_order(tmp_path: Path, sort: str) -> None:
    """The closest articles say whether a word is meant, not those that are first by date."""
    with searchlib.open(tmp_path / "index") as index:
        others = [
            {"body": f"碳九泄漏了第{n}次", "date": f"20{n:02}-01-01"} for n in (*range(12), *range(13, 25))
        ]
        index.add([{"body": "泉州泄漏碳九六吨", "date": "2012-01-01"}, *others])
        assert index.search("全州泄漏了多少吨碳九", sort=sort).suggestion == "泉州泄漏了多少吨碳九"


def test_of_two_slips_the_one_that_the_answers_have_is_mended(tmp_path: Path) -> None:
    """The other stays as it was typed."""
    with searchlib.open(tmp_path / "index") as index:
        index.add({"body": text} for text in [*["泉州泄漏碳九六吨"] * 12, "他在家里常用电脑"])
        assert index.search("全州泄漏的碳九是肠用的吗").suggestion == "泉州泄漏的碳九是肠用的吗"


def test_another_spelling_is_understood_as_the_query_is(tmp_path: Path) -> None:
    """With its numbers in figures and in Han, and with the user's synonyms."""
    with searchlib.open(tmp_path / "index") as index:
        index.add([{"body": "第24届国际网络大会开幕"}, {"body": "火星车"}])
        for typed in ("24届国际网洛大会", "二十四届国际网洛大会"):
            results = index.search(typed)
            assert results.suggestion == typed.replace("洛", "络")
            assert results.suggestion_total == 1
        exact = index.search("二十四届国际网洛大会", match="all", exact=True)
        assert exact.suggestion is None


def spent(index: searchlib.Index, typed: str, monkeypatch: pytest.MonkeyPatch) -> tuple[str | None, int]:
    """Return what is suggested, and the work that took."""
    budgets: list[Budget] = []

    class Kept(Budget):
        def __post_init__(self) -> None:
            budgets.append(self)

    monkeypatch.setattr(suggesting, "Budget", Kept)
    suggestion = index.search(typed).suggestion
    return suggestion, sum(suggesting.WORK - budget.left for budget in budgets)


def test_the_same_work_at_each_call(index: searchlib.Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine does beside it, and whatever was looked up before."""
    done = threading.Event()

    def busy() -> None:
        while not done.is_set():
            sum(range(1000))

    others = [threading.Thread(target=busy) for _ in range(3)]
    for thread in others:
        thread.start()
    try:
        for typed in ("智慧商卷", "智慧圈", "戴宏燕", "商慧智圈", "火星上的智慧商卷", "huawie", "chaganhu"):
            assert len({spent(index, typed, monkeypatch) for _ in range(10)}) == 1
    finally:
        done.set()
        for thread in others:
            thread.join()


def test_no_clock_is_looked_at() -> None:
    """What is found does not depend on how long it takes."""
    for module in Path(suggesting.__file__).parent.glob("*.py"):
        imported = {
            name.name
            for node in ast.walk(ast.parse(module.read_text("utf-8")))
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for name in node.names
        }
        assert imported.isdisjoint({"time", "perf_counter", "monotonic", "datetime", "threading"}), module


@pytest.mark.parametrize("part", ["a", "qing", "ⅧⅨ", "嫩党建", "5g网", "智慧商卷和", "zhi hui "])
def test_the_work_for_long_words_is_bounded(
    index: searchlib.Index, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice the letters are at most twice the work, and there is an end to it."""
    works = [spent(index, (part * size)[:size], monkeypatch)[1] for size in (500, 1000, 2000, 4000)]
    assert max(works) < 2 * suggesting.WORK
    for shorter, longer in pairwise(works):
        assert longer <= 2.2 * shorter + 100


def test_when_the_work_is_done_what_was_found_is_offered(
    index: searchlib.Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or nothing: never something unlikely for want of time."""
    offered = set()
    for work in range(1, 400, 7):
        monkeypatch.setattr(suggesting, "WORK", work)
        offered.add(index.search("智慧商卷").suggestion)
    assert offered == {None, "智慧商圈"}


def test_nothing_is_changed_in_silence(index: searchlib.Index) -> None:
    """The answer is that of the query as typed."""
    assert index.search("基层制理", match="all").total == 0


def test_the_reason_names_the_slip(index: searchlib.Index) -> None:
    """It says what stands for what."""
    assert index.search("基层制理").suggestion_reason == "治 sounds the same as 制"
    assert index.search("智慧慧商圈").suggestion_reason == "慧 is written twice"
    assert index.search("智慧圈").suggestion_reason == "商 is missing"
    assert index.search("qingdao").suggestion_reason == "qingdao is pinyin for 青岛"


def test_a_suggestion_passes_the_filters(index: searchlib.Index) -> None:
    """What the filters keep out is not offered."""
    assert index.search("基层制理", since="2024").suggestion == "基层治理"
    assert index.search("基层制理", since="2025").suggestion is None


def test_plain_text_is_not_mended(index: searchlib.Index) -> None:
    """With match="any" whatever matches is ranked."""
    assert index.search("基层制理", match="any").suggestion is None


def test_results_with_a_suggestion_travel(index: searchlib.Index) -> None:
    """Pickled results keep it."""
    results = pickle.loads(pickle.dumps(index.search("基层制理")))  # noqa: S301 (our own)
    assert results.suggestion == "基层治理"


def test_a_query_that_is_answered_loads_no_table(tmp_path: Path) -> None:
    """Only who is at a loss pays for the tables."""
    import subprocess  # noqa: PLC0415
    import sys  # noqa: PLC0415

    code = (
        "import sys, searchlib\n"
        f"index = searchlib.open({str(tmp_path / 'index')!r})\n"
        "index.add([{'headline': '智慧商圈开业'}])\n"
        "assert index.search('智慧商圈').suggestion is None\n"
        "assert not [name for name in sys.modules if 'embedded.suggest' in name]\n"
        "assert index.search('智慧商卷').suggestion == '智慧商圈'\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "pair", ["己已", "已巳", "末未", "日曰", "人入", "士土", "千干", "治冶", "辩辨", "候侯", "大太"]
)
def test_pairs_that_ocr_confuses_look_alike(pair: str) -> None:
    """In both directions."""
    assert pair[1] in look_alikes(pair[0])
    assert pair[0] in look_alikes(pair[1])


def test_characters_have_all_their_readings() -> None:
    """Polyphones count with each."""
    assert {"hang", "xing"} <= set(syllables_of("行"))
    assert {"zhong", "chong"} <= set(syllables_of("重"))
    assert dict(sound_alikes("重"))["虫"]
    assert near("shang") == near("san")


def test_pinyin_is_cut_in_every_way() -> None:
    """Whole syllables first; first letters only where nothing else fits."""
    assert list(syllable_rows("xian")) == [("xian",), ("xi", "an")]
    assert list(syllable_rows("qd")) == [("q", "d")]
    assert list(syllable_rows("hhht")) == [("h", "h", "h", "t")]
    assert list(syllable_rows("xi jin ping")) == [("xi", "jin", "ping")]
    assert list(syllable_rows("new york")) == []
    assert list(syllable_rows("ag" * 2000)) == []
    assert len(list(syllable_rows("xian" * 12))) <= 32


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("abcd", "abdc", True),
        ("abcd", "abcde", True),
        ("abcd", "bcd", True),
        ("abcd", "abcd", False),
        ("ab", "ba", True),
        ("abcd", "badc", False),
    ],
)
def test_one_slip_between_words_of_letters(first: str, second: str, *, expected: bool) -> None:
    """A letter more, less, changed or swapped; not two."""
    assert is_one_slip(first, second) is expected
    assert is_one_slip(second, first) is expected


@pytest.mark.skipif(engine().kernel is None, reason="there are only arrays")
def test_the_kernel_knows_the_pairs_that_the_arrays_know(tmp_path: Path) -> None:
    """Between two characters, next to one, and of some with some: the same, in order, of three segments."""
    with searchlib.open(tmp_path / "x") as index:
        for number in range(3):
            texts = [TEXTS[place] for place in range(len(TEXTS)) if place % 3 != number]
            index.add({"id": f"{number}-{place}", "body": text} for place, text in enumerate(texts))
        backend = index._backend
        assert isinstance(backend, EmbeddedBackend)
        matcher = Matcher(backend._read(), backend.analyzer)
        by_kernel, by_arrays = (Editor(matcher, Budget(1 << 30)) for _ in "ab")
        assert by_kernel._opened is not None
        by_arrays._opened = None
        chars = sorted(set("".join(map(simplify, TEXTS))))
        han = [char for char in chars if is_han(char)]
        found = 0
        for first, second in [*pairwise(han), *pairwise("".join(TEXTS)), *((char, "") for char in chars)]:
            for left, right in ((first, second), (second, first), (first, "圈"), ("智", second)):
                if left or right:
                    expected = by_arrays._neighbours(left, right)
                    assert by_kernel._neighbours(left, right) == expected
                    found += len(expected)
            for gram in (first, first + second, f"{first}\ud800"):
                assert by_kernel._is_pair(gram) == by_arrays._is_pair(gram)
        assert found > len(chars)
        for rows in ("智慧青岛", "圈慧智圈商", "查\U00020000a5", "无"):
            for others in ("慧商圈港", "".join(chars), "无"):
                assert by_kernel._pairs_of(rows, others) == by_arrays._pairs_of(rows, others)
        assert by_kernel._budget.left == by_arrays._budget.left
