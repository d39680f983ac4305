"""What an index keeps of an article besides its words."""

from __future__ import annotations

import pytest

from searchlib import Article
from searchlib.stored_values import full_date, stored_values, value_term
from searchlib.whoosh_index.positions import character_positions


def test_character_positions() -> None:
    """Positions count units, with a gap at every border and between fields."""
    article = Article(headline="党建", body="湖，湖5G")
    assert character_positions(article) == {"党": [0], "建": [1], "湖": [4, 6], "5": [7], "g": [8]}


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
    assert len(first) == len(second) == len("body=") + 17


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
