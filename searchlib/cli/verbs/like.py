"""`search like ID`: articles about the same."""

from __future__ import annotations

import sys

import click

from searchlib.answers import json_object, of_results
from searchlib.cli.hits import result_lines
from searchlib.cli.last import article_called, remember
from searchlib.cli.location import open_index, place_of
from searchlib.cli.messages import tell
from searchlib.cli.parameters import color_option, examples, ids_for, index_option, json_option
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say
from searchlib.cli.terminal import TerminalView, is_terminal

_EPILOG = examples(
    ("search like 'corpus/2024-08-09-A01.txt#3'", "ten articles about the same"),
    ("search like @1", "like the first hit of the last answer on this terminal"),
    ("search like 7 -n 3 --json", "three, for a program"),
)


@click.command("like", cls=Verb, epilog=_EPILOG)
@click.argument("article_id", metavar="ID", shell_complete=ids_for)
@index_option
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=10, metavar="N", help="At most so many; 10."
)
@json_option
@color_option
def command(article_id: str, index_dir: str | None, limit: int, as_json: bool, color: str) -> int:
    """Find the articles most like one: those that share the words that tell it from others."""
    with open_index(index_dir) as index:
        article = article_called(index, article_id)
        if article is None:
            return 1
        results = index.like(article.id, limit=limit)
        if as_json:
            say(json_object(of_results(results)))
        elif len(results):
            if is_terminal(sys.stdout):
                remember(place_of(index), [hit.id for hit in results], 0)
            for line in result_lines(results, TerminalView.of_stdout(color), offset=0):
                say(line)
        else:
            remark(tell("no article is like {}", article.id))
    return 0 if len(results) else 1
