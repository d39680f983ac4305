"""`search export`: every article, one JSON object a line."""

from __future__ import annotations

import click

from searchlib.answers import json_line
from searchlib.cli.location import open_index
from searchlib.cli.parameters import examples, index_option
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say

_EPILOG = examples(
    ("search export > articles.jsonl", "a copy that `search index articles.jsonl -i copy.idx` reads back"),
    ("search export | jq -r .headline | head", "all headlines"),
)


@click.command("export", cls=Verb, epilog=_EPILOG)
@index_option
def command(index_dir: str | None) -> int:
    """Write every article with all its fields, a JSON object a line."""
    wrote = False
    with open_index(index_dir) as index:
        for article in index:
            say(json_line(article.to_dict()))
            wrote = True
    if not wrote:
        remark("the index holds no articles")
    return 0 if wrote else 1
