"""What could be typed next, by characters and by pinyin."""

from __future__ import annotations

import pytest
from conftest import MakeIndex
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Article, Index
from searchlib.embedded.codec import schema
from searchlib.embedded.store.snapshot import open_snapshot
from searchlib.embedded.suggest.romanized import beginnings_read


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    """Two segments with a few headlines, names and words of letters."""
    made = make_index(
        Article(headline="青岛召开会议", body="青岛与青岛港，银行清单。", authors=("青木", "王丽敏")),
        Article(headline="会议在青岛", body="青岛用上WiFi，中华人民共和国", authors=("王丽敏",)),
        Article(headline="查干湖冬捕", body="头脑拍出高价"),
    )
    made.add([Article(headline="iPhone上市", body="青岛 iPhone iPad", authors=("清水",))])
    return made


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("青", ["青岛", "青岛港", "青木", "青岛召开会议", "会议在青岛"]),
        ("青岛", ["青岛", "青岛港", "青岛召开会议", "会议在青岛"]),
        ("青岛召", ["青岛召开会议"]),
        ("查干湖冬", ["查干湖冬捕"]),
        ("干湖", ["查干湖冬捕"]),
        ("王", ["王丽敏"]),
        ("wanglim", ["王丽敏"]),
        ("qingdao", ["青岛", "青岛港", "青岛召开会议", "会议在青岛"]),
        ("qingd", ["青岛", "清单", "青岛港", "青岛召开会议", "会议在青岛"]),
        ("qd", ["青岛", "清单", "青岛港", "青岛召开会议", "会议在青岛"]),
        ("qs", ["清单", "清水"]),
        ("yinh", ["银行"]),
        ("iph", ["iphone", "iPhone上市"]),
        ("iPhone上", ["iPhone上市"]),
        ("ＩＰＨ", ["iphone", "iPhone上市"]),
        ("青島", ["青岛", "青岛港", "青岛召开会议", "会议在青岛"]),
        ("qing dao", ["青岛", "青岛港", "青岛召开会议", "会议在青岛"]),
        ("Qīngdǎo", ["青岛", "青岛港", "青岛召开会议", "会议在青岛"]),
        ("zhonghuarenmin", ["中华人民共和国"]),
        ("zhrmghg", ["中华人民共和国"]),
        ("zhonghuarenmingongheg", ["中华人民共和国"]),
        ("chaganhudong", ["查干湖冬", "查干湖冬捕"]),
        ("鼹鼠", []),
        ("zzz", []),
        ("，", []),
    ],
)
def test_completions(index: Index, prefix: str, expected: list[str]) -> None:
    """Words and names by the articles that hold them, then headlines, those that begin so first."""
    assert index.suggest(prefix) == expected


def test_what_was_deleted_is_not_offered(make_index: MakeIndex) -> None:
    """Also while its words are still in the dictionary."""
    index = make_index(*(Article(id=str(n), headline="青岛", body="青岛") for n in range(40)))
    index.add([Article(id="x", headline="查干湖冬捕", body="头脑", authors=("头木",))])
    index.add(
        [Article(id=str(n), headline="青岛", body="头脑和头羊", authors=("头水",)) for n in range(40, 80)]
    )
    assert index.suggest("头") == ["头脑", "头羊", "头水", "头木"]
    index.delete("x")
    assert open_snapshot(index.path).postings(schema.TEXT, "冬捕")[0].size == 0
    assert index.suggest("头") == ["头羊", "头脑", "头水"]
    assert index.suggest("冬捕") == index.suggest("查干湖") == []


def test_headlines_come_back_whole(make_index: MakeIndex) -> None:
    """Whatever stands before them in the record, or in them, and however long they are."""
    headlines = ["", '青岛"湾"', "青岛\\", "青岛\ud800会", "青岛" + "长" * 500, "青岛\nb", '青岛","body":"x']
    ids = ['"', "\\", "x" * 400, "青\ud800", '","headline":"湖', "f", "g"]
    index = make_index(
        *(
            Article(id=name, headline=headline, body="湖")
            for name, headline in zip(ids, headlines, strict=True)
        )
    )
    snapshot = open_snapshot(index.path)
    assert [snapshot.headline(doc) for doc in range(len(ids))] == [
        next(text for name, text in snapshot.texts(doc) if name == "headline") for doc in range(len(ids))
    ]
    assert {snapshot.headline(doc) for doc in range(len(ids))} == set(headlines)


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 7])
def test_the_limit_holds(index: Index, limit: int) -> None:
    """Half of it, one at least, are words where there are enough headlines."""
    found = index.suggest("青", limit)
    assert len(found) == min(limit, 5)
    assert found[:1] == ["青岛"][:limit]


def test_ways_to_read_a_beginning() -> None:
    """In whole syllables; then with the last in part, or in first letters: words of any length."""

    def lengths(typed: str) -> tuple[list[int], list[int]]:
        whole, part = beginnings_read(typed)
        return [len(row) for row in whole], [len(row) for row in part]

    assert lengths("qingdao") == ([2, 3], [2, 3])
    assert lengths("xian") == ([1, 2], [1, 2, 2, 3])
    assert lengths("xi an") == ([2], [2, 3])
    assert lengths("qd") == ([], [2])
    assert lengths("hhht") == ([], [4])
    assert lengths("zhongguorenminyinhang")[0][0] == 6
    assert lengths("ag" * 2000) == lengths("a" * 500) == ([], [])
    assert max(map(len, beginnings_read("xian" * 12))) <= 17


TERMS = st.text(st.sampled_from("党建引领ab5 "), min_size=1, max_size=5)


@given(st.data())
def test_a_beginning_is_a_range_of_the_dictionary(corpus_index: Index, data: st.DataObject) -> None:
    """Short terms and long ones, with how many documents hold each."""
    segment = open_snapshot(corpus_index.path).segments[0]
    for name in (schema.TEXT, schema.TEXT_GRAMS):
        field = segment.field(name)
        assert field is not None
        terms, postings = field
        every = terms.every()
        word = data.draw(st.sampled_from(every) | TERMS, label="word")
        prefix = word[: data.draw(st.integers(1, len(word)), label="length")]
        numbers = terms.beginning(prefix)
        assert sorted(numbers.tolist()) == [n for n, term in enumerate(every) if term.startswith(prefix)]
        assert postings.doc_freqs(numbers).tolist() == [postings.doc_freq(n) for n in numbers.tolist()]
