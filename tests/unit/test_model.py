"""The records: what goes in, what comes out, what is shown."""

from __future__ import annotations

import copy
import hashlib
import json
import pickle
from dataclasses import FrozenInstanceError
from datetime import date, datetime
from typing import Any

import pytest

from searchlib import Article, CorpusError, Explanation, Hit, Results, Snippet
from searchlib.model import TEXT_FIELDS
from searchlib.snippet import printable


def test_aliases_and_types() -> None:
    """Other names for fields, numbers for texts, one author for many, dates of Python's."""
    record = {
        "id": 7,
        "title": "头",
        "content": "文",
        "author": "刘慧",
        "date": datetime(2024, 8, 9, 7),  # noqa: DTZ001 (a record may have such)
        "page": 5,
        "sections": None,
        "spans": [[0, 2]],
        "stars": 3,
        "extra": {"tags": ["a"]},
    }
    assert Article.from_mapping(record) == Article(
        id="7",
        headline="头",
        body="文",
        authors=("刘慧",),
        date="2024-08-09",
        page="5",
        spans=((0, 2),),
        extra={"stars": 3, "tags": ["a"]},
    )
    assert Article.from_mapping({"date": date(2024, 8, 9)}).date == "2024-08-09"


def test_the_name_itself_goes_before_its_alias() -> None:
    """With both, the alias is a key of its own."""
    article = Article.from_mapping({"headline": "头", "title": "题", "body": "文", "text": "本"})
    assert (article.headline, article.body, article.extra) == ("头", "文", {"title": "题", "text": "本"})


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ({"body": ["湖"]}, "r: 'body' is a list, not a text"),
        ({"body": True}, "r: 'body' is a bool, not a text"),
        ({"title": b"x"}, "r: 'headline' is a bytes, not a text"),
        ({"authors": {"a": 1}}, "r: 'authors' is a dict, not a text or a list of texts"),
        ({"authors": [["a"]]}, "r: 'authors' is a list, not a text"),
        ({"spans": [1]}, "r: 'spans' is not a list of [start, end) pairs"),
        ({"extra": "x"}, "r: 'extra' is a str, not a mapping"),
        ({10**5000: "x"}, "r: a key is a int, which cannot be written as text"),
    ],
)
def test_values_that_a_field_cannot_hold(record: dict[str, Any], message: str) -> None:
    """The field and the type are named."""
    with pytest.raises(CorpusError) as caught:
        Article.from_mapping(record, source="r")
    assert str(caught.value) == message


def test_a_source_is_a_text() -> None:
    """Else no error could name it."""
    with pytest.raises(TypeError, match="source is a int, not a text"):
        Article.from_mapping({"body": b"x"}, source=10**5000)  # type: ignore[arg-type]


def test_a_record_and_back() -> None:
    """`to_dict` is plain, and `from_mapping` takes it."""
    article = Article(id="1", authors=("刘慧",), spans=((0, 2),), extra={"n": 1})
    record = article.to_dict()
    assert (record["authors"], record["spans"], record["extra"]) == (["刘慧"], [[0, 2]], {"n": 1})
    assert Article.from_mapping(record) == article


def test_articles_are_frozen_and_can_be_copied() -> None:
    """They travel between threads and processes."""
    article = Article(id="1", extra={"n": [1]})
    with pytest.raises(FrozenInstanceError):
        article.id = "2"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(article)) == copy.deepcopy(article) == article  # noqa: S301 (our own)
    assert len({article, Article(id="1", extra={})}) == 2


def test_an_id_made_of_the_content() -> None:
    """The same for the same content, another for another; one that is there stays."""
    first, same, other = Article(body="湖"), Article(body="湖"), Article(body="\ud800")
    assert first.with_id().id == same.with_id().id != other.with_id().id
    assert len(first.with_id().id) == 16
    assert Article(id="1").with_id().id == "1"


def test_texts() -> None:
    """Every text field as a tuple, empty ones as none."""
    article = Article(headline="头", sections=("一", "二"))
    assert {name: article.texts(name) for name in TEXT_FIELDS if article.texts(name)} == {
        "headline": ("头",),
        "sections": ("一", "二"),
    }


def test_a_snippet_is_shown_in_three_ways() -> None:
    """Plain, as HTML with everything escaped, for a terminal with nothing that could steer it."""
    snippet = Snippet("<b>湖\x1b[0m水\n", 0, ((3, 4), (8, 9)))
    assert str(snippet) == snippet.text
    assert snippet.to_html() == "&lt;b&gt;<mark>湖</mark>\x1b[0m<mark>水</mark>\n"
    assert snippet.to_html("em").count("<em>") == 2
    assert snippet.to_ansi() == "<b>\x1b[1;31m湖\x1b[0m[0m\x1b[1;31m水\x1b[0m "
    assert printable("a\tb\u202ec\ud800\x07") == "a bc"
    assert printable("a\u2028b\u2029c\x85d\ve\ff\x1cg\x1dh\x1ei\x1fj") == "a b c d e f g h i j"
    shown = printable("".join(map(chr, range(0x110000))))
    assert len(shown.splitlines()) == 1
    assert not {"\x1b", "\x9b", "\u2028"} & set(shown)


def test_results_are_a_sequence() -> None:
    """Length, order, index, slice."""
    hits = tuple(Hit(str(n), 1.0, Article(id=str(n), headline=f"头{n}"), "") for n in range(3))
    results = Results(hits, 10)
    assert (len(results), list(results), results[-1], results[:2]) == (3, list(hits), hits[2], hits[:2])
    assert (hits[0].headline, hits[0].snippet, hits[0] in results) == ("头0", None, True)


def test_an_explanation_as_text_and_as_a_dict() -> None:
    """Indented by depth."""
    tree = Explanation(3.0, "sum", (Explanation(1.0, "a"), Explanation(2.0, "b")))
    assert str(tree) == "3.0000  sum\n  1.0000  a\n  2.0000  b"
    assert tree.to_dict()["parts"][1] == {"value": 2.0, "description": "b", "parts": []}


@pytest.mark.parametrize("body", ["短", "长" * 70_000 + '😀é"\\\n', "\0body\0" + "x" * 200_000])
def test_the_id_of_a_long_article_is_that_of_its_json(body: str) -> None:
    """A long body is hashed a part at a time; the id stays what it was."""
    article = Article(headline="甲", body=body, extra={"n": [1, "二"]})
    content = json.dumps(article.to_dict(), ensure_ascii=True, sort_keys=True, default=str)
    assert article.with_id().id == hashlib.blake2b(content.encode(), digest_size=8).hexdigest()
