"""
The public face only grows: every name and parameter of before is there, and means what it meant.

`data/public_face.json` has them as they were before the rooms were rebuilt; null is what is no function.
"""

from __future__ import annotations

import inspect
import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import searchlib
from searchlib import evaluation
from searchlib.options import FilterOptions

Parameters = list[tuple[str, str, str | None]]

BEFORE: dict[str, Parameters | None] = json.loads(
    (Path(__file__).parent / "data" / "public_face.json").read_text("utf-8")
)


def found(name: str) -> Any:
    """Return what a public name stands for, a member of a class too."""
    parts = name.split(".")
    thing: Any = searchlib
    if parts[0] == "evaluation":
        thing, parts = evaluation, parts[1:]
    for part in parts:
        thing = inspect.getattr_static(thing, part) if inspect.isclass(thing) else getattr(thing, part)
    return thing.__func__ if isinstance(thing, (classmethod, staticmethod)) else thing


def parameters(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    """Return the parameters of a function or a class."""
    return dict(inspect.signature(function).parameters)


@pytest.mark.parametrize("name", BEFORE)
def test_what_was_there_is_there(name: str) -> None:
    """The same parameters, kinds and defaults, by place in the same order; new ones have defaults."""
    thing = found(name)
    before = BEFORE[name]
    if before is None:
        return
    now = parameters(thing)
    assert [key for key, *_ in before if key not in now] == []
    for key, kind, default in before:
        assert now[key].kind.name == kind, key
        assert (None if now[key].default is inspect.Parameter.empty else repr(now[key].default)) == default, (
            key
        )
    by_place = [key for key, kind, _ in before if kind.startswith("POSITIONAL")]
    assert [key for key, one in now.items() if one.kind.name.startswith("POSITIONAL")][
        : len(by_place)
    ] == by_place
    added = [one for key, one in now.items() if key not in {key for key, *_ in before}]
    optional = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    assert [
        one.name for one in added if one.default is inspect.Parameter.empty and one.kind not in optional
    ] == []


def test_the_ways_to_ask_take_the_same_options() -> None:
    """What `index.query` takes says what is found; each way to ask has these options or none of its own."""
    options = {key for key in parameters(searchlib.Index.query) if key not in {"self", "text"}}
    assert options >= {
        "match",
        "since",
        "until",
        "where",
        "exact",
        "equivalences",
        "boosts",
        "timeout",
        "cancel",
    }
    query = searchlib.Index.query
    bound = inspect.signature(query, eval_str=False).return_annotation
    assert bound == "BoundQuery"
    from searchlib.bound_query import BoundQuery  # noqa: PLC0415

    ways = [
        "search",
        "iter_hits",
        "marks",
        "explain",
        "why_not",
        "kwic",
        "collocates",
        "significant_terms",
        "trend",
    ]
    for way in ways:
        assert options.isdisjoint(parameters(getattr(BoundQuery, way))), way


SPELLED_OUT = [
    *("query", "why_not", "kwic", "collocates", "telling_words", "significant_terms", "trend", "trends"),
]


@pytest.mark.parametrize("way", SPELLED_OUT)
def test_help_names_each_option(way: str, tmp_path: Path) -> None:
    """Also where a method takes them all as `**options`; another word is refused when it is called."""
    options = parameters(getattr(searchlib.Index, way))
    assert set(FilterOptions.__annotations__) <= options.keys()
    assert [one for one in options.values() if one.kind is one.VAR_KEYWORD] == []
    assert {name: options[name].default for name in ("since", "exact")} == {"since": None, "exact": False}
    needed = {name: "x" for name, one in options.items() if one.default is one.empty and name != "self"}
    with searchlib.open(tmp_path / "x.idx", create=True) as index, pytest.raises(TypeError, match="exat"):
        getattr(index, way)(**needed | {"queries": ["x"]} if way == "trends" else needed, exat=True)


def test_why_not_and_explain_can_be_ended(tmp_path: Path) -> None:
    """As every way to ask; a text is read to see whether a phrase is in it."""
    cancel = threading.Event()
    cancel.set()
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add([{"id": "1", "body": "党建引领党引"}])
        assert index.why_not("(党建", "1", lenient=True, timeout=60).found
        with pytest.raises(searchlib.SearchCancelledError):
            index.why_not('"引领党引"', "1", cancel=cancel)
        with pytest.raises(searchlib.SearchCancelledError):
            index.query('"引领党引"', cancel=cancel).explain("1")


def test_a_query_is_asked_in_several_ways(tmp_path: Path) -> None:
    """Each answers as the method of the index of that name, under the same options."""
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add(
            {
                "id": str(n),
                "headline": f"党建{n}",
                "body": "党建引领基层治理。社区网格服务。" * n,
                "date": f"202{n}-08-09",
            }
            for n in range(1, 6)
        )
        options: dict[str, Any] = {"since": "2022", "exact": True}
        query = index.query("党建 治理", **options)
        assert [hit.id for hit in query.search(limit=2)] == [
            hit.id for hit in index.search("党建 治理", limit=2, **options)
        ]
        assert query.search().total == 4
        assert [hit.id for hit in query.iter_hits()] == [hit.id for hit in query.search(limit=None)]
        assert list(query.kwic()) == list(index.kwic("党建 治理", **options))
        assert query.collocates(min_count=1) == index.collocates("党建 治理", min_count=1, **options)
        assert query.significant_terms() == index.telling_words("党建 治理", **options)
        assert index.significant_terms("党建 治理", **options) == query.significant_terms()
        assert query.trend() == index.trend("党建 治理", **options)
        assert query.marks("3") == index.marks("党建 治理", "3", **options)
        assert query.explain("3") == index.explain("党建 治理", "3", exact=True)
        assert query.why_not("1") == index.why_not("党建 治理", "1", **options)
        assert query.why_not("1").lacks[0].reason == "date"
        with pytest.raises(AttributeError):
            query.text = "冬捕"  # type: ignore[misc]
