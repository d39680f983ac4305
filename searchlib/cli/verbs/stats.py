"""`search stats`: what the index holds."""

from __future__ import annotations

import click

from searchlib.answers import json_object, of_stats
from searchlib.cli.aligned import flatten, table_lines
from searchlib.cli.location import open_index
from searchlib.cli.parameters import examples, index_option, json_option
from searchlib.cli.routing import Verb
from searchlib.cli.streams import say

_EPILOG = examples(
    ("search stats", "articles, size, fields, versions"),
    ("search stats --json | jq .stats.articles", "for a program"),
)


@click.command("stats", cls=Verb, epilog=_EPILOG)
@index_option
@json_option
def command(index_dir: str | None, as_json: bool) -> int:
    """Show what the index holds and how it was made."""
    with open_index(index_dir) as index:
        stats = index.stats()
    if as_json:
        say(json_object(of_stats(stats)))
    else:
        for line in table_lines(list(flatten(stats))):
            say(line)
    return 0
