"""
What a type checker is to say of the public face: mypy reads this file, nothing runs it.

A `type: ignore` that is not needed is an error of its own, so each one here is a mistake that must be seen.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any, assert_type

import searchlib
from searchlib import Article, Cancel, Group, Hit, Index, Match, Progress, Results, Snippet, Sort, Suggestion
from searchlib import Indx as Misspelt  # type: ignore[attr-defined]


def misspelt(index: Index, results: Results) -> None:
    """Names of the module, methods, options, attributes of results and hits."""
    searchlib.opne("x")  # type: ignore[attr-defined]
    index.serach("党建")  # type: ignore[attr-defined]
    index.search("党建", limt=3)  # type: ignore[call-arg]
    index.search("党建", match="most")  # type: ignore[arg-type]
    index.search("党建", timeout="1 s")  # type: ignore[arg-type]
    index.search("党建", cancel=True)  # type: ignore[arg-type]
    index.delete(1.5)  # type: ignore[arg-type]
    results.totl  # type: ignore[attr-defined]  # noqa: B018
    results[0].scroe  # type: ignore[attr-defined]  # noqa: B018
    results[0].snippet.to_html()  # type: ignore[union-attr]
    Misspelt()


def types(index: Index, cancel: threading.Event, where: Mapping[str, object]) -> None:
    """Of what comes back."""
    match: Match = "auto"
    sort: Sort = "newest"
    group: Group = "reprints"
    stop: Cancel = cancel
    progress: Progress = lambda *_: None  # noqa: E731
    index.sync("corpus", progress=progress)
    results = index.search("党建", match=match, sort=sort, group=group, where=where, cancel=stop, timeout=0.5)
    assert_type(results, Results)
    assert_type(results.load(), Results)
    assert_type(results.total, int)
    assert_type(results.suggestion, str | None)
    assert_type(results[0], Hit)
    assert_type(results[:2], tuple[Hit, ...])
    assert_type(results[0].load().snippet, Snippet | None)
    assert_type(results[0].headline_html(), str)
    assert_type(index.get(7), Article | None)
    assert_type("7" in index, bool)
    assert_type(searchlib.open("x", create=True), Index)
    assert_type(index.trend("党建"), dict[str, int])
    assert_type(index.analyze_query("党建"), tuple[str, str])
    assert_type(index.stats(), dict[str, Any])
    assert_type(Suggestion("a", "b", 1).articles, int)
    assert_type(searchlib.__version__, str)
