"""The files of words and synonyms beside an index: effective at once, never in the way of finding."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import MakeIndex

import searchlib
from searchlib import Article, CorpusError, Explanation, Index

TEXTS = {
    "short": "他去农行存款，办完回家。",
    "long": "他去中国农业银行存款，办完回家。",
    "other": "他去银行存款，办完回家，农业丰收。",
}


@pytest.fixture
def index(make_index: MakeIndex) -> Index:
    """Three articles about banks."""
    return make_index(*(Article(id=key, body=text) for key, text in TEXTS.items()))


def write(index: Index, name: str, text: str | bytes) -> None:
    """Write one of the two files, as an editor does, and let the index see it."""
    path = index.path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    index.refresh()


def ids(index: Index, query: str, **options: object) -> list[str]:
    """Return the ids found, in their order."""
    return [hit.id for hit in index.search(query, match="all", **options)]  # type: ignore[arg-type]


def leaves(tree: Explanation) -> list[Explanation]:
    """Return what has no parts."""
    return [leaf for part in tree.parts for leaf in leaves(part)] if tree.parts else [tree]


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_synonyms_both_ways_literal_first(index: Index, start: str) -> None:
    """Each name finds the other behind itself, and says so; with and without a byte order mark."""
    assert ids(index, "农行") == ["short"]
    write(index, "synonyms.txt", f"{start}# 银行\n农行=中国农业银行  # zwei\n")
    assert ids(index, "农行") == ["short", "long"]
    assert ids(index, "中国农业银行") == ["long", "short"]
    assert ids(index, "农行", exact=True) == ["short"]
    assert ids(index, "农行", equivalences=["numbers"]) == ["short"]
    hit = index.search("农行")[1]
    assert hit.why == "中国农业银行 (=农行): body 1"
    assert hit.snippet is not None
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["中国农业银行"]


def test_one_way_and_several_names(index: Index) -> None:
    """`A=>B` works from A only, `A=B=C` from each."""
    write(index, "synonyms.txt", "农行=>中国农业银行\n")
    assert ids(index, "农行") == ["short", "long"]
    assert ids(index, "中国农业银行") == ["long"]
    write(index, "synonyms.txt", "农行＝中国农业银行＝AgBank\n")
    assert set(ids(index, "agbank")) == {"short", "long"}


def test_what_is_not_refreshed_is_not_seen_and_a_file_can_go(index: Index) -> None:
    """The files are looked at when the index is opened or refreshed."""
    write(index, "synonyms.txt", "农行=中国农业银行")
    assert len(ids(index, "农行")) == 2
    (index.path / "synonyms.txt").unlink()
    assert len(ids(index, "农行")) == 2
    index.refresh()
    assert len(ids(index, "农行")) == 1
    with searchlib.open(index.path) as again:
        assert len(ids(again, "农行")) == 1


@pytest.mark.parametrize(
    ("name", "text", "line", "reason"),
    [
        ("words.txt", "查干湖\n新质 生产力\n", 2, "a line holds one word"),
        ("words.txt", "湖\n", 1, "two characters or more"),
        ("words.txt", "党建，引领\n", 1, "no punctuation"),
        ("synonyms.txt", "# gut\n农行\n", 2, "write A=B, or A=>B"),
        ("synonyms.txt", "农行=\n", 1, "write A=B, or A=>B"),
        ("synonyms.txt", "a=>b=>c\n", 1, "write A=B, or A=>B"),
        ("synonyms.txt", "a=b=>c\n", 1, "write A=B, or A=>B"),
        ("synonyms.txt", "农行=中国农业银行".encode("gb18030"), 1, "not UTF-8"),
    ],
)
def test_a_bad_line_is_named(index: Index, name: str, text: str | bytes, line: int, reason: str) -> None:
    """File, line and what to write."""
    write(index, name, text)
    with pytest.raises(CorpusError, match=reason) as caught:
        index.search("农行")
    assert caught.value.line == line
    assert caught.value.source == str(index.path / name)


def test_own_words_change_the_ranking_and_nothing_else(make_index: MakeIndex) -> None:
    """An article with the word stands before one whose parts are apart; the same are found."""
    together = Article(id="a", body="网融格灵是一个平台。" + "网络融合，格外灵活。" * 3)
    apart = Article(id="b", body="网融了，融格了，格灵了。" + "网络融合，格外灵活。" * 3)
    index = make_index(together, apart, *(Article(id=f"x{n}", body="无关的文字。") for n in range(5)))
    before = index.search("网融格灵 格外", match="any")
    write(index, "words.txt", "网融格灵\n")
    after = index.search("网融格灵 格外", match="any")
    assert {hit.id for hit in before} == {hit.id for hit in after}
    assert [hit.score for hit in before] != [hit.score for hit in after]
    assert "your word 网融格灵" in str(index.explain("网融格灵 格外", "a", match="any"))


@pytest.mark.parametrize("query", ["农行", "中国农业银行存款", '"农行存款"', "农行 存款", "农行 OR 火星"])
@pytest.mark.parametrize("match", ["all", "any"])
def test_the_leaves_of_an_explanation_add_up(index: Index, query: str, match: str) -> None:
    """With words and synonyms as without."""
    write(index, "synonyms.txt", "农行=中国农业银行")
    write(index, "words.txt", "农行存款\n行存款\n")
    hits = index.search(query, match=match)  # type: ignore[arg-type]
    assert len(hits) >= 2
    for hit in hits:
        tree = index.explain(query, hit.id, match=match)  # type: ignore[arg-type]
        value = 0.0
        for leaf in leaves(tree):
            value += leaf.value
        assert value == tree.value == hit.score


def test_the_files_may_be_there_first(tmp_path: Path) -> None:
    """A folder with nothing but words of the user's becomes an index."""
    folder = tmp_path / "new.idx"
    folder.mkdir()
    (folder / "words.txt").write_text("查干湖\n", "utf-8")
    with searchlib.open(folder) as index:
        index.add([Article(id="1", body="查干湖冬捕")])
        assert index.stats()["user_words"] == 1
        assert index.stats()["synonyms"] == 0


def test_files_are_read_once(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search looks at no file of words again."""
    ids(index, "农行")
    monkeypatch.setattr(os, "stat", lambda *_: pytest.fail("the files were looked at"))
    ids(index, "农行")


def test_new_words_leave_out_those_one_has(make_index: MakeIndex) -> None:
    """Proposed words that were put into the file are not proposed again."""
    draws = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏"
    body = "".join(f"{a}查干湖{b}" for a in draws for b in draws[::3])
    body += "，".join(chr(0x4E00 + number) * 9 for number in range(2000))
    index = make_index(Article(id="1", body=body))
    assert "查干湖" in [word.text for word in index.new_words(min_count=5)]
    write(index, "words.txt", "查干湖")
    assert "查干湖" not in [word.text for word in index.new_words(min_count=5)]
