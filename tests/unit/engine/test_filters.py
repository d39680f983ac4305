"""Filters on stored values: ranges of numbers and dates, scalars and objects of JSON, wrong filters."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from operator import ge, gt, le, lt
from typing import Any

import pytest
from conftest import MakeIndex
from hypothesis import given
from hypothesis import strategies as st

from searchlib import Article, ConfigError, Index
from searchlib.engine.filters import passes, read_wanted

STARS = [4, 3.5, "5", -1, 10, None, "many", True, [1, 9], 4.0, "2024", 1e3, "٤"]
NUMBERS: dict[int, list[float]] = {
    0: [4],
    1: [3.5],
    2: [5],
    3: [-1],
    4: [10],
    8: [1, 9],
    9: [4],
    10: [2024],
    11: [1000],
}
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {"gte": ge, "gt": gt, "lte": le, "lt": lt}


def ids(index: Index, where: Mapping[str, object], query: str = "") -> list[str]:
    """Return the ids that filters let through."""
    return [hit.id for hit in index.search(query, where=where, limit=None)]


@pytest.fixture
def starred(make_index: MakeIndex) -> Index:
    """Articles in two segments, with one replaced and one deleted."""
    records = [{"id": f"{n:02}", "body": "湖水", "stars": value} for n, value in enumerate(STARS)]
    index = make_index(*records[:6], {"id": "99", "body": "湖水", "stars": 4})
    index.add(records[5:])
    index.delete("99")
    return index


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("end", [4, 3.5, 0, -1, 9, 1000, 10**50, "4", "４", 2024])
def test_a_range_of_numbers(starred: Index, operator: str, end: float | str) -> None:
    """Every value that reads as a number is compared as one; of a list one value is enough."""
    number = float(end)
    expected = [
        f"{place:02}"
        for place, held in NUMBERS.items()
        if any(OPERATORS[operator](one, number) for one in held)
    ]
    assert ids(starred, {"extra.stars": {operator: end}}) == expected
    assert ids(starred, {"extra.stars": {operator: end}}, "湖水") == expected


def test_both_ends(starred: Index) -> None:
    """Two operators make a range, together with other filters; facets and totals go by it."""
    where = {"extra.stars": {"gte": 4, "lt": 10}, "id": ["00", "01", "02"]}
    found = starred.search("湖水", where=where, facets=["extra.stars"])
    assert [hit.id for hit in found] == ["00", "02"]
    assert (found.total, found.facets) == (2, {"extra.stars": {"4": 1, "5": 1}})
    assert starred.why_not("湖水", "01", where={"extra.stars": {"gte": 4}}).lacks[0].message == (
        "its extra.stars is 3.5, not ≥ 4"
    )


DATES = ["2024-08-09", "2024-08", "2024", "2023-12-31T23:00:00", "--08-09", "2024/9/1", "昨天", ""]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"date": {"gte": "2024-08"}}, "05"),
        ({"date": {"gte": "2024-08", "lte": "2024-08"}}, "0"),
        ({"date": {"lt": "2024"}}, "3"),
        ({"date": {"lt": 2024}}, "3"),
        ({"date": {"gt": dt.date(2024, 8, 9)}}, "5"),
        ({"date": {"gt": dt.datetime(2024, 8, 8, 12)}}, "05"),  # noqa: DTZ001 (of one's own clock)
        ({"extra.made": {"gte": "2024-08"}}, "015"),
        ({"extra.made": {"gt": "2024-08"}}, "5"),
        ({"extra.made": {"lte": "2024-08-31"}}, "013"),
        ({"extra.made": {"lte": "2024-08-30"}}, "03"),
        ({"extra.made": {"gte": "２０２４年"}}, "0125"),
        ({"year": {"gte": 2024}}, "05"),
        ({"month": {"gte": "2023-12", "lte": "2024-08"}}, "03"),
    ],
)
def test_a_range_of_dates(make_index: MakeIndex, where: Mapping[str, object], expected: str) -> None:
    """A short date is inside when all its days are; `date`, `year` and `month` of an article likewise."""
    full = [date if date.count("-") + date.count("/") == 2 else None for date in DATES]
    index = make_index(
        *({"id": str(n), "date": full[n], "body": "湖", "made": made} for n, made in enumerate(DATES))
    )
    assert "".join(sorted(ids(index, where))) == expected


def test_scalars_of_json(make_index: MakeIndex) -> None:
    """True is what JSON calls true, in filters, as text and in facets; 3 and 3.0 are one number."""
    index = make_index(
        *(
            {"id": str(n), "body": "湖", "v": value}
            for n, value in enumerate([True, False, 3, 3.0, "3", "True"])
        )
    )
    assert ids(index, {"extra.v": True}) == ids(index, {"extra.v": "true"}) == ["0", "5"]
    assert ids(index, {"extra.v": [False]}) == ["1"]
    assert ids(index, {"extra.v": 3}) == ids(index, {"extra.v": 3.0}) == ["2", "3", "4"]
    counts = index.search("", facets=["extra.v"]).facets["extra.v"]
    assert counts == {"3": 2, "3.0": 1, "True": 1, "false": 1, "true": 1}


def test_members_of_objects(make_index: MakeIndex) -> None:
    """A key of a nested object is named with dots, through lists too."""
    nested = {"a": {"b": 1}, "list": [{"c": "党建"}, {"c": ["引领", {"d": 5}]}]}
    index = make_index({"id": "1", "body": "湖", "nested": nested}, {"id": "2", "body": "湖"})
    for where in (
        {"extra.nested.a.b": 1},
        {"extra.nested.a.b": {"gte": 0.5}},
        {"extra.nested.list.c": "引领"},
        {"extra.nested.list.c.d": {"lte": 5}},
    ):
        assert ids(index, where) == ["1"], where
    assert ids(index, {"extra.nested": {"gte": 0}}) == ids(index, {"extra.nested.a.c": 1}) == []


@pytest.mark.parametrize(
    ("where", "error", "said"),
    [
        ({"extra.stars": {"gten": 4}}, ConfigError, "operators of a range are gte, gt, lte, lt"),
        ({"extra.stars": {}}, ConfigError, "operators of a range"),
        ({"extra.stars": {"gte": None}}, ConfigError, "a number, or a date"),
        ({"extra.stars": {"gte": True}}, ConfigError, "a number, or a date"),
        ({"extra.stars": {"gte": math.nan}}, ConfigError, "a number, or a date"),
        ({"extra.stars": {"gte": math.inf}}, ConfigError, "a number, or a date"),
        ({"extra.stars": {"gte": 10**5000}}, ConfigError, "a number, or a date"),
        ({"extra.stars": {"gte": "四"}}, ConfigError, "a number, or a date"),
        ({"extra.stars": {"gte": "2024-13"}}, ConfigError, "a number, or a date"),
        ({"extra.stars": {"gte": [4]}}, ConfigError, "a number, or a date"),
        ({"extra.stars": None}, ConfigError, "a text, a number, a date"),
        ({"extra.stars": b"4"}, ConfigError, "a text, a number, a date"),
        ({"extra.stars": 10**5000}, ConfigError, "too long to show"),
        ({"extra.stars": [{"gte": 4}]}, ConfigError, "a text, a number, a date"),
        ({"extra.": 4}, ConfigError, "a stored field"),
        ({"star": 4}, ConfigError, "a stored field"),
        ({1: 2}, TypeError, "a key of where is a int, not a str"),
        ([("year", "2024")], TypeError, "where is a list, not a mapping"),
        ("id=x", TypeError, "where is a str, not a mapping"),
    ],
)
def test_wrong_filters(make_index: MakeIndex, where: Any, error: type[Exception], said: str) -> None:
    """None is taken in silence; the message says what is allowed."""
    with pytest.raises(error, match=said):
        make_index({"id": "1", "body": "湖"}).search("湖", where=where)


VALUES = st.one_of(
    st.integers(-50, 3000),
    st.floats(-50, 50).map(lambda x: round(x, 1)),
    st.dates().map(str),
    st.text(max_size=3),
)


@given(VALUES, st.sampled_from(list(OPERATORS)), st.integers(-50, 3000) | st.dates())
def test_a_range_and_its_opposite(value: object, operator: str, end: object) -> None:
    """What is inside a range is outside of the opposite one, and what can be compared is in one of them."""
    other = {"gte": "lt", "gt": "lte", "lte": "gt", "lt": "gte"}[operator]
    inside = [passes([value], read_wanted("extra.v", {sign: end})) for sign in (operator, other)]
    assert sum(inside) <= 1
    if isinstance(value, (int, float)) and isinstance(end, int):
        assert sum(inside) == 1
        assert inside[0] == OPERATORS[operator](value, end)
    assert passes([Article(extra={"v": value}).extra["v"]], read_wanted("extra.v", value))
