"""Every argument of every public call: what is wrong is a SearchlibError or a TypeError, no other error."""

from __future__ import annotations

import datetime as dt
import inspect
import math
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import searchlib
from searchlib import Article, Hit, Index, Results, Snippet

RIGHT: dict[str, Any] = {
    "query": "党建 引领",
    "prefix": "党",
    "text": "党建引领",
    "article_id": "1",
    "ids": "nobody",
    "articles": [{"id": "9", "body": "湖"}],
    "min_count": 2,
    "paths": "empty",
    "tag": "mark",
}
"""What a call needs to get as far as the argument that is wrong."""

cyclic: list[Any] = []
cyclic.append(cyclic)
doubled: list[Any] = [1]
for _ in range(60):
    doubled = [doubled, doubled]

ODD: list[Any] = [
    *(None, True, False, 0, 1, -1, 7, 10**30, -(10**30), 10**400, 10**5000, 1.5, 0.0, -0.5),
    *(math.nan, math.inf, -math.inf, 1e400, 1e-300, 3 + 4j),
    *(
        "",
        " ",
        "x",
        "党建",
        "auto",
        "newest",
        "2024-08",
        "2024-13-45",
        "9" * 5000,
        "\ud800",
        "a\0b",
        "*",
        '"',
    ),
    *("id=x", "extra.", "extra.k", "headline", "党" * 3000, "((((", "\N{GRINNING FACE}~^9999999999"),
    *(b"", b"x", bytearray(b"x"), memoryview(b"x"), object(), Ellipsis, type, len, print),
    *([], [None], ["x"], [1], ["id", "id"], [[]], [("a", 1)], [10**5000], ("x", b"x"), [{}], [b"x"], cyclic),
    *(set(), {1}, frozenset({"script"}), {"month"}, range(3), iter(()), (n for n in "ab")),
    *({}, {1: 2}, {"id": "1"}, {"id": None}, {"id": [None]}, {"id": {}}, {"id": {"gte": "x"}}, {None: None}),
    *(
        {"extra.k": 10**5000},
        {"extra.k": {"gte": 4}},
        {"extra.k": {"gte": math.nan}},
        {"extra.k": {"in": [1]}},
    ),
    *({"extra.k": object()}, {"extra.k": [["x"]]}, {"date": {"lt": "2024"}}, {"k": cyclic}, {"k": doubled}),
    *({"body": 10**400}, {"body": math.nan}, {"body": -1}, {"body": "3"}, {"body": True}, {"title": 2.0}),
    *({"headline": "标题"}, {"body": b"x"}, {"body": ["x"]}, {"authors": "刘慧"}, {"spans": [[1e400, 1]]}),
    *({"page": 10**5000, "body": "x"}, {"spans": [[1, 2, 3]]}, {"extra": None}, {"k": {1: {2: 3}}}, {(): 1}),
    *(
        dt.date(2024, 8, 9),
        dt.datetime(2024, 8, 9, tzinfo=dt.UTC),
        dt.timedelta(1),
        threading.Event(),
    ),
    *(Path(), Path("nowhere"), Article(), Snippet("x"), searchlib.SearchlibError("x"), Article, "/dev/null"),
]


class Hostile(str):
    """A text that is one and does not look like it."""

    __slots__ = ()

    def __repr__(self) -> str:
        raise RuntimeError


values = st.one_of(
    st.sampled_from(ODD),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.binary(max_size=3),
    st.recursive(st.none() | st.integers() | st.text(max_size=5), lambda some: st.lists(some, max_size=3)),
    st.dictionaries(
        st.sampled_from(["id", "date", "extra.k", "authors", "body", "gte"]) | st.text(max_size=4),
        st.sampled_from(ODD) | st.dictionaries(st.sampled_from(["gte", "lt", "x"]), st.sampled_from(ODD)),
        max_size=2,
    ),
)

NOT_CALLED = {"close", "repair"}
"""They take nothing, and what they do has tests of its own."""


def methods() -> dict[str, Callable[..., Any]]:
    """Return each public method of an index, unbound, and how `in`, `len` and the records are called."""
    found = {
        f"index.{name}": method
        for name, method in inspect.getmembers(Index, inspect.isfunction)
        if not name.startswith("_") and name not in NOT_CALLED
    }

    def contains(index: Index, article_id: object) -> bool:
        return article_id in index

    def to_html(_: Index, tag: Any) -> str:
        return Snippet("党建").to_html(tag) + Hit("1", 1.0, Article(headline="党建"), "").headline_html(tag)

    return {**found, "in": contains, "to_html": to_html}


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "open": searchlib.open,
    "quote": searchlib.quote,
    "split_page": searchlib.split_page,
    "read": searchlib.read,
    "explain_file": searchlib.explain_file,
    "Article": Article,
    "Article.from_mapping": Article.from_mapping,
}
METHODS = methods()


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index that is written to as well; the folder that files are read from is an empty one."""
    folder = tmp_path_factory.mktemp("arguments")
    (folder / "empty").mkdir()
    before = Path.cwd()
    os.chdir(folder)
    with searchlib.open("a.idx") as made:
        made.add(
            [{"id": n, "body": "党建引领基层治理。", "k": n, "date": f"2024-0{n + 1}-01"} for n in range(5)]
        )
        yield made
    os.chdir(before)


def named(call: Callable[..., Any]) -> list[str]:
    """Return the names of a call's arguments, without the index."""
    return [name for name in inspect.signature(call).parameters if name not in {"self", "index", "_"}]


def use(call: Callable[..., Any], given_first: list[Any], arguments: dict[str, Any]) -> None:
    """Call, look at all of an answer, and let only the errors pass that are promised."""
    first = inspect.signature(call).parameters
    several = [name for name, one in first.items() if one.kind is one.VAR_POSITIONAL]
    positional = [arguments.pop(name) for name in several if name in arguments]
    try:
        answer = call(*given_first, *positional, **arguments)
        if isinstance(answer, Results):
            answer.load()
        elif isinstance(answer, Index):
            answer.close()
        elif inspect.isgenerator(answer):
            list(answer)
    except searchlib.SearchlibError as error:
        assert str(error)  # noqa: PT017 (most calls raise none)
    except TypeError as error:
        assert "NoneType' object is not" not in str(error)  # noqa: PT017
        assert "object is not iterable" not in str(error), "no cure is named"  # noqa: PT017


@pytest.mark.parametrize("name", [name for name in METHODS if named(METHODS[name])])
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_method(name: str, index: Index, data: st.DataObject) -> None:
    """One to three arguments are anything at all, the others right."""
    call = METHODS[name]
    arguments = {one: RIGHT[one] for one in named(call) if one in RIGHT}
    for one in data.draw(st.lists(st.sampled_from(named(call)), min_size=1, max_size=3, unique=True)):
        arguments[one] = data.draw(values, label=one)
    use(call, [index], arguments)
    assert index.search("党建", limit=0).total is not None


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_function(name: str, index: Index, data: st.DataObject) -> None:
    """The same of what needs no index; articles of such values can be added, or are refused."""
    assert index is not None
    call = FUNCTIONS[name]
    arguments = {one: RIGHT[one] for one in named(call) if one in RIGHT}
    if name == "open":
        arguments = {"path": "b.idx"}
    elif name == "read":
        arguments = {"paths": "nowhere"}
    for one in data.draw(st.lists(st.sampled_from(named(call)), max_size=3, unique=True)):
        arguments[one] = data.draw(values, label=one)
    use(call, [], arguments)


@pytest.mark.parametrize("name", sorted(METHODS))
def test_each_odd_value_as_each_argument(name: str, index: Index) -> None:
    """Every value of the list, one argument at a time: what is drawn may miss a pair."""
    call = METHODS[name]
    for one in named(call):
        for value in [*ODD, Hostile("x")]:
            arguments = {other: RIGHT[other] for other in named(call) if other in RIGHT} | {one: value}
            use(call, [index], arguments)
