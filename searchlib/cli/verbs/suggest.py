"""`search suggest PREFIX`: the words of the index that start like this."""

from __future__ import annotations

import click

from searchlib.answers import json_object, of_suggestions
from searchlib.cli.location import open_index
from searchlib.cli.messages import tell
from searchlib.cli.parameters import examples, index_option, json_option
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say, shorten
from searchlib.cli.terminal import plain

_EPILOG = examples(
    ("search suggest 党建", "at most ten completions, one a line"),
    ("search suggest 农 -n 50", "more of them"),
)


@click.command("suggest", cls=Verb, epilog=_EPILOG)
@click.argument("prefix")
@index_option
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=10, metavar="N", help="At most so many; 10."
)
@json_option
def command(prefix: str, index_dir: str | None, limit: int, as_json: bool) -> int:
    """Complete the start of a word from what the index holds."""
    with open_index(index_dir) as index:
        completions = index.suggest(prefix, limit=limit)
    if as_json:
        say(json_object(of_suggestions(completions)))
    else:
        for completion in completions:
            say(plain(completion))
    if not completions:
        remark(tell("nothing starts with {}", shorten(prefix)))
    return 0 if completions else 1
