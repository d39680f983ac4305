"""Every argument of every public call: what is wrong is a SearchlibError or a TypeError, no other error."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from public_calls import FUNCTIONS, METHODS, ODD, RIGHT, Hostile, named, use

import searchlib
from searchlib import Index

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


@pytest.mark.parametrize("name", sorted(name for name in METHODS if not name.startswith("query.")))
def test_each_odd_value_as_each_argument(name: str, index: Index) -> None:
    """Every value of the list, one argument at a time: what is drawn may miss a pair."""
    call = METHODS[name]
    for one in named(call):
        for value in [*ODD, Hostile("x")]:
            arguments = {other: RIGHT[other] for other in named(call) if other in RIGHT} | {one: value}
            use(call, [index], arguments)
