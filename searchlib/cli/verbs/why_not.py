"""`search why-not QUERY ID`: what an article lacks to be found, or what stands before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from searchlib.answers import json_object, of_why_not
from searchlib.cli.aligned import table_lines
from searchlib.cli.hits import in_context
from searchlib.cli.last import article_called
from searchlib.cli.location import open_index
from searchlib.cli.messages import retell, tell
from searchlib.cli.parameters import (
    color_option,
    examples,
    filter_options,
    index_option,
    json_option,
    query_and_id,
    question_options,
)
from searchlib.cli.quantities import count_of
from searchlib.cli.routing import Verb
from searchlib.cli.streams import say
from searchlib.cli.terminal import BOLD, DIM, TerminalView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchlib import Article, Lack, WhyNot

_EPILOG = examples(
    ("search why-not 农商行 贷款 'corpus/2024-08-09-A01.txt#3'", "the id comes last, the words before it"),
    ("search why-not 冬捕 7 --since 2024 --json | jq .lacks", "with the filters of a search, for a program"),
)
_INDENT = 3


@click.command("why-not", cls=Verb, epilog=_EPILOG)
@click.argument("words", nargs=-1, metavar="QUERY... ID")
@index_option
@filter_options
@question_options
@json_option
@color_option
def command(words: tuple[str, ...], index_dir: str | None, as_json: bool, color: str, **question: Any) -> int:
    """Say what an article lacks to be found by a query, or its rank and what stands before it."""
    query, wanted = query_and_id(words)
    with open_index(index_dir) as index:
        article = article_called(index, wanted)
        if article is None:
            return 1
        answer = index.why_not(query, article.id, **question)
    if as_json:
        say(json_object(of_why_not(answer)))
    else:
        for line in _lines(answer, article, TerminalView.of_stdout(color)):
            say(line)
    return 0


def _lines(answer: WhyNot, article: Article, view: TerminalView) -> Iterator[str]:
    among = count_of(answer.total, "article")
    if answer.rank is None:
        yield view.style(tell("not among the {} found", among), BOLD)
    else:
        found = tell("found: {} of {}, score {}", f"{answer.rank:,}", among, f"{answer.score:.4f}")
        yield view.style(found, BOLD)
    if answer.dropped:
        yield from view.passage(tell("no article has all words; left out: {}", ", ".join(answer.dropped)))
    before = answer.before
    if before:
        yield ""
        name = before.headline or before.id
        yield from view.passage(tell("before it: {}, score {}", name, f"{before.score:.4f}"))
        yield from view.passage(before.id, indent=_INDENT, style=DIM)
        rows = [(f"{part.value:.4f}", f"{part.own:.4f}", part.name) for part in before.better]
        if rows:
            yield from table_lines([(tell("there"), tell("here"), ""), *rows])
        else:
            yield from view.passage(tell("the same score: ids decide"), indent=_INDENT)
    for lack in answer.lacks:
        yield ""
        yield from _lack_lines(lack, article, view, 0)


def _lack_lines(lack: Lack, article: Article, view: TerminalView, indent: int) -> Iterator[str]:
    yield from view.passage(retell(lack.message), indent=indent)
    if lack.nearest:
        yield from view.passage(*in_context(lack.nearest, article), indent=indent + _INDENT, style=DIM)
    for part in lack.parts:
        yield from _lack_lines(part, article, view, indent + _INDENT)
