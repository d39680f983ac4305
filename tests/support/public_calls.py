"""Every public call, the arguments that it takes, and values that are wrong for most of them."""

from __future__ import annotations

import datetime as dt
import inspect
import math
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import searchlib
from searchlib import Article, Hit, Index, Results, Snippet
from searchlib.bound_query import BoundQuery

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


NOT_CALLED = {"close", "repair"}
"""They take nothing, and what they do has tests of its own."""


def _of_a_query(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method of a bound query as one of an index, with the same arguments."""

    def call(index: Index, **arguments: Any) -> Any:
        return method(index.query("党建"), **arguments)

    own = list(inspect.signature(method).parameters.values())
    call.__signature__ = inspect.Signature([own[0].replace(name="index"), *own[1:]])  # type: ignore[attr-defined]
    return call


def methods() -> dict[str, Callable[..., Any]]:
    """Return each public method of an index, unbound, and how `in`, `len` and the records are called."""
    found: dict[str, Callable[..., Any]] = {
        f"index.{name}": method
        for name, method in inspect.getmembers(Index, inspect.isfunction)
        if not name.startswith("_") and name not in NOT_CALLED
    }
    for name, method in inspect.getmembers(BoundQuery, inspect.isfunction):
        if not name.startswith("_"):
            found[f"query.{name}"] = _of_a_query(method)

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
