"""`search explain QUERY ID`: what a score is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from searchlib.answers import json_object, of_explanation
from searchlib.cli.last import article_called
from searchlib.cli.location import open_index
from searchlib.cli.messages import retell
from searchlib.cli.parameters import examples, index_option, json_option, query_and_id, question_options
from searchlib.cli.routing import Verb
from searchlib.cli.streams import say
from searchlib.cli.terminal import TerminalView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchlib import Explanation

_EPILOG = examples(
    ("search explain 党建 引领 'corpus/2024-08-09-A01.txt#3'", "the id comes last, the words before it"),
    ("search explain --json 冬捕 7 | jq .explanation.value", "the score alone"),
)


@click.command("explain", cls=Verb, epilog=_EPILOG)
@click.argument("words", nargs=-1, metavar="QUERY... ID")
@index_option
@question_options
@json_option
def command(words: tuple[str, ...], index_dir: str | None, as_json: bool, **question: Any) -> int:
    """Show what the score of an article for a query is made of: every value is the sum of those below it."""
    query, wanted = query_and_id(words)
    with open_index(index_dir) as index:
        article = article_called(index, wanted)
        if article is None:
            return 1
        explanation = index.explain(query, article.id, **question)
    if as_json:
        say(json_object(of_explanation(explanation)))
    else:
        for line in explanation_lines(explanation, TerminalView.of_stdout("never")):
            say(line)
    return 0


def explanation_lines(explanation: Explanation, view: TerminalView, depth: int = 0) -> Iterator[str]:
    """
    Yield values and what they are made of, wrapped behind the value.

    >>> from searchlib import Explanation
    >>> list(explanation_lines(Explanation(1.5, "党建: 1.25 × idf 1.2"), TerminalView(width=20)))
    ['1.5000  党建: 1.25 ×', '        idf 1.2']
    """
    value = f"{'  ' * depth}{explanation.value:.4f}  "
    first, *rest = view.passage(retell(explanation.description), indent=len(value))
    yield value + first[len(value) :]
    yield from rest
    for part in explanation.parts:
        yield from explanation_lines(part, view, depth + 1)
