"""An article as a document of Whoosh's, and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from strategies import articles, chinese_text

from searchlib import Article
from searchlib.analysis import Analyzer
from searchlib.store.documents import from_document, full_date, stored_values, to_document, value_term

ANALYZER = Analyzer()


@given(articles(chinese_text()))
def test_an_article_comes_back(article: Article) -> None:
    """Every field, lone surrogates included."""
    assert from_document(to_document(article, ANALYZER)) == article


def test_the_document_of_an_article() -> None:
    """Words and grams are counted, positions have a gap at every border, values are terms."""
    article = Article(id="1", headline="党建", body="湖，湖", date="2024-08-09", source="a.txt")
    document = to_document(article, ANALYZER, "a.txt")
    assert json.loads(document.pop("article"))["headline"] == "党建"
    assert document == {
        "id": "1",
        "file": "a.txt",
        "date": "2024-08-09",
        "headline": {"党建": 1},
        "headline_grams": {"党": 1, "建": 1, "党建": 1},
        "body": {"湖": 2},
        "body_grams": {"湖": 2},
        "characters": {"党": [0], "建": [1], "湖": [4, 6]},
        "stored_values": dict.fromkeys(stored_values(article), 1),
    }


def test_stored_values() -> None:
    """Each value of each field, keys of `extra`, and parts of the date."""
    article = Article(
        id="1", authors=("刘慧", "李明"), date="2024-08-09", extra={"tags": ["a", "b"], "n": 3, "none": None}
    )
    assert sorted(stored_values(article)) == [
        "authors=刘慧",
        "authors=李明",
        "date=2024-08-09",
        "extra.n=3",
        "extra.tags=a",
        "extra.tags=b",
        "id=1",
        "kind=article",
        "month=2024-08",
        "year=2024",
    ]


def test_a_long_value_is_its_hash() -> None:
    """Two long values that differ at their end differ as terms."""
    first, second = value_term("body", "湖" * 200), value_term("body", "湖" * 199 + "江")
    assert first != second
    assert len(first) == len(second) == len("body=") + 32


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ("2024-08-09", "2024-08-09"),
        ("2024-08-09T07:00:00", "2024-08-09"),
        ("2024年8月9日", "2024-08-09"),
        ("2024/8/9", "2024-08-09"),
        ("2024-02-30", None),
        ("2024-08", None),
        ("--08-09", None),
        ("gestern", None),
        ("", None),
        (None, None),
    ],
)
def test_full_date(value: str | None, date: str | None) -> None:
    """A calendar date or nothing."""
    assert full_date(value) == date
