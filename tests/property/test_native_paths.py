"""Which queries the compiled kernel answers by itself, and what holds for those that it answers."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from engine_choice import answered_by
from native_agreement import answer, check, drawn_index

import searchlib
from searchlib import Article, ConfigError, Index, Match, QueryError, SearchCancelledError
from searchlib.analysis import Analyzer
from searchlib.deadline import Deadline
from searchlib.embedded.backend import EmbeddedBackend
from searchlib.embedded.search.plain import PlainAnswer
from searchlib.embedded.search.plans import plan_of
from searchlib.engine.request import FieldWeights
from searchlib.expansion.entry import expand
from searchlib.expansion.equivalences import resolve_kinds
from searchlib.expansion.lexicon import Lexicon
from searchlib.native import engine
from searchlib.query.auto import auto_query
from searchlib.query.parser import parse

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Articles in three segments, some of them deleted."""
    with drawn_index(tmp_path_factory.mktemp("native") / "x.idx") as made:
        yield made


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
