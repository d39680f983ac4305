"""A question asked and its answer written, in the form that was wanted; read without click."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from searchlib.cli import figures
from searchlib.cli.location import open_index, openable
from searchlib.cli.streams import remark, say
from searchlib.cli.terminal import View, is_terminal, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from searchlib import Results

DEFAULT_LIMIT = 10

Form = Literal["text", "list", "count", "json", "jsonl"]


@dataclass(frozen=True)
class Question:
    """What is asked, and how the answer is to look."""

    query: str
    index_dir: str | None = None
    form: Form = "text"
    limit: int | Literal["all"] | None = None
    offset: int = 0
    snippets: int = 1
    color: str = "auto"
    options: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else `Index.search` takes."""


def search(question: Question) -> int:
    """Ask the index and write the answer; return the exit code."""
    form, limit, offset = question.form, question.limit, question.offset
    if form == "count":
        limit, offset = 1, 0
    elif limit is None:
        limit = "all" if form == "list" else DEFAULT_LIMIT
    with open_index(question.index_dir) as index:
        results = index.search(
            question.query,
            limit=None if limit == "all" else limit,
            offset=offset,
            snippets=0 if form in {"list", "count"} else question.snippets,
            **question.options,
        )
        _announce(results, question.query, offset)
        for line in _answer(results, form, offset, question.color, index.path):
            say(line)
        if form == "text" and len(results) and is_terminal(sys.stdout):
            from searchlib.cli.last import remember  # noqa: PLC0415 (a pipe has no use for it)

            remember(index.path, [hit.id for hit in results], offset)
    return 0 if len(results) else 1


def _announce(results: Results, query: str, offset: int) -> None:
    """Remark on whatever the answer does not take literally, and on an empty one."""
    if results.relaxed:
        remark(f"no article has all of {query}; shown without: {', '.join(results.dropped)}")
    if results.undated:
        remark(f"{figures.counted(results.undated, 'article')} left out of the range: no full date")
    empty = ""
    if not results.total:
        empty = f"nothing found for {query}" if query else "nothing found"
    elif not len(results):
        empty = f"nothing from {offset + 1} on: {figures.counted(results.total, 'article')} found"
    suggestion = ""
    if results.suggestion:
        suggestion = (
            f"did you mean: {results.suggestion} ({results.suggestion_total:,}; {results.suggestion_reason})"
        )
    if empty or suggestion:
        remark("; ".join(part for part in (empty, suggestion) if part))


def _answer(results: Results, form: Form, offset: int, color: str, index: Path) -> Iterator[str]:
    """Yield the lines of the answer in the form that was asked for."""
    if form == "count":
        yield str(results.total)
    elif form == "list":
        safe = plain if is_terminal(sys.stdout) else str  # another program gets the very name
        yield from dict.fromkeys(safe(openable(hit.article.source, index) or hit.id) for hit in results)
    elif form == "json":
        from searchlib.cli.machine import json_object, results_content  # noqa: PLC0415

        yield json_object(results_content(results))
    elif form == "jsonl":
        from searchlib.cli.machine import hit_content, json_line  # noqa: PLC0415

        yield from (json_line(hit_content(hit)) for hit in results)
    elif len(results):
        from searchlib.cli.hits import result_lines  # noqa: PLC0415

        yield from result_lines(results, View.of_stdout(color), offset=offset)
