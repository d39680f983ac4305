"""Reprints as one hit."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import pytest

from searchlib import Article, ConfigError, Index
from searchlib.scoring.reprint_match import shingles

MakeIndex = Callable[..., Index]
LONG = 400


@pytest.fixture(scope="module")
def texts(corpus_articles: list[Article]) -> list[str]:
    """Long texts that are no reprints of each other."""
    found = [article.body for article in corpus_articles if len(article.body) >= LONG]
    assert len(found) >= 5
    return found


def grouped(index: Index, query: str = "", **options: object) -> list[list[str]]:
    """Return the ids of each hit and its reprints."""
    results = index.search(query, limit=None, group="reprints", **options)  # type: ignore[arg-type]
    return [[hit.id, *(other.id for other in hit.reprints)] for hit in results]


def as_reprinted(text: str) -> dict[str, str]:
    """Return a text as other papers print it."""
    third = len(text) // 3
    return {
        "same": text,
        "framed": f"据松原日报报道，{text}（记者 王平）",
        "shortened": text[: 2 * third],
        "without its middle": text[:third] + text[third + 100 :],
        "with other names": text.replace("青岛", "本市").replace("社区", "小区"),
        "with other marks": text.replace("，", ",").replace("。", "．").replace("\n", ""),
        "in another order": text[third:] + text[:third],
        "misread here and there": "".join("囗" if n % 40 == 39 else c for n, c in enumerate(text)),
        "in wide figures": "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in text),
    }


@pytest.mark.parametrize("way", list(as_reprinted("")))
def test_a_reprint_is_found(make_index: MakeIndex, texts: list[str], way: str) -> None:
    """However it was changed a little; and no other text is taken for one."""
    others = [{"id": f"o{n}", "body": text} for n, text in enumerate(texts[1:])]
    reprint = {"id": "b", "headline": "另一个标题", "body": as_reprinted(texts[0])[way]}
    index = make_index({"id": "a", "headline": "标题", "body": texts[0]}, *others, reprint)
    assert grouped(index) == [["a", "b"], *([one] for one in sorted(other["id"] for other in others))]


def test_another_text_of_the_same_words_is_no_reprint(make_index: MakeIndex, texts: list[str]) -> None:
    """What differs are not single characters but a name or a sum every few words."""
    other = "".join("某" if n % 40 > 36 else c for n, c in enumerate(texts[0]))
    assert grouped(make_index({"id": "a", "body": texts[0]}, {"id": "b", "body": other})) == [["a"], ["b"]]


def test_a_reprint_in_the_other_script_is_found(make_index: MakeIndex) -> None:
    """Traditional characters are no difference."""
    index = make_index(
        {
            "id": "a",
            "body": "全市党建引领基层治理工作会议召开，动员全市上下进一步强化党建引领作用，不断提升水平。",
        },
        {
            "id": "b",
            "body": "全市黨建引領基層治理工作會議召開，動員全市上下進一步強化黨建引領作用，不斷提升水平。",
        },
    )
    assert grouped(index) == [["a", "b"]]


def test_what_shares_only_a_part_is_no_reprint(make_index: MakeIndex, texts: list[str]) -> None:
    """A brief inside a round-up, a paragraph quoted, two short captions of one event."""
    index = make_index(
        {"id": "a", "body": texts[0]},
        {"id": "b", "body": texts[0][:120]},
        {"id": "c", "body": texts[0][:200] + texts[1]},
        {"id": "d", "body": "图为查干湖冬捕现场，渔民开网。"},
        {"id": "e", "body": "图为查干湖冬捕现场，游客合影。"},
        {"id": "f", "body": ""},
        {"id": "g", "body": ""},
    )
    assert grouped(index) == [["a"], ["b"], ["c"], ["d"], ["e"], ["f"], ["g"]]


def test_the_earliest_comes_first_at_the_place_of_the_best(make_index: MakeIndex, texts: list[str]) -> None:
    """By date, without a date last; the order of the groups is that of their best articles."""
    index = make_index(
        {"id": "a", "headline": "冬捕", "body": texts[0], "date": "2024-03-01"},
        {"id": "b", "headline": "冬捕冬捕", "body": texts[1], "date": "2024-01-01"},
        {"id": "c", "body": f"{texts[0]}冬捕", "date": "2024-02-01"},
        {"id": "d", "body": f"{texts[0]}冬捕"},
        {"id": "e", "body": texts[0], "date": "2020-01-01"},
    )
    alone = [hit.id for hit in index.search("冬捕", limit=None)]
    assert sorted(alone) == ["a", "b", "c", "d"]
    best_first = ["b", "a"] if alone.index("b") < alone.index("a") else ["a", "b"]
    groups = {"a": ["c", "a", "d"], "b": ["b"]}
    assert grouped(index, "冬捕") == [groups[best] for best in best_first]
    assert grouped(index, "冬捕", sort="newest") == [["c", "a", "d"], ["b"]]
    assert grouped(index, "冬捕", until="2024-02") == [["b"], ["c"]]
    assert index.search("冬捕", group="reprints").total == 4


def test_pages_of_groups_join(make_index: MakeIndex, texts: list[str]) -> None:
    """Limit and offset count groups, and change nothing else."""
    index = make_index(
        *({"id": f"{n}{k}", "body": f"{text}冬捕{'冬捕' * n}"} for n, text in enumerate(texts) for k in "xyz")
    )
    whole = grouped(index, "冬捕")
    assert sorted(map(len, whole)) == [3] * len(texts)
    for offset in range(len(texts)):
        results = index.search("冬捕", limit=2, offset=offset, group="reprints")
        assert [hit.id for hit in results] == [ids[0] for ids in whole[offset : offset + 2]]


def test_hits_without_grouping_have_none(make_index: MakeIndex, texts: list[str]) -> None:
    """Nothing is grouped unless it is asked for; a hit with reprints can be sent to another process."""
    index = make_index({"id": "a", "body": texts[0]}, {"id": "b", "body": texts[0]})
    assert [(hit.id, hit.reprints) for hit in index.search("")] == [("a", ()), ("b", ())]
    [hit] = index.search("", group="reprints")
    [other] = pickle.loads(pickle.dumps(hit)).reprints  # noqa: S301 (our own)
    assert (other.id, other.article.body) == ("b", texts[0])
    with pytest.raises(ConfigError, match="group='copies' is not allowed: one of reprints"):
        index.search("", group="copies")  # type: ignore[arg-type]


def test_shingles_are_of_letters_figures_and_han() -> None:
    """Marks, spaces, width and script make no difference, and any text will do."""
    assert shingles("查干湖，冬 捕5G").tolist() == shingles("《查干湖》冬捕５ｇ").tolist()
    assert [len(shingles(text)) for text in ("", "。", "甲", "甲乙丙丁戊", "甲" * 99)] == [0, 0, 1, 1, 1]
