"""`search show ID...`: whole articles."""

from __future__ import annotations

import click

from searchlib.answers import json_object, of_articles
from searchlib.cli.articles import article_lines
from searchlib.cli.last import article_called
from searchlib.cli.location import open_index
from searchlib.cli.parameters import color_option, examples, ids_for, index_option, json_option
from searchlib.cli.routing import Verb
from searchlib.cli.streams import say
from searchlib.cli.terminal import View

_EPILOG = examples(
    ("search show 'corpus/2024-08-09-A01.txt#3'", "the id that stands last under a headline"),
    ("search show @3", "the third hit of the last answer on this terminal"),
    ("search show --json 7 | jq '.articles[0].authors'", "with all its fields"),
)


@click.command("show", cls=Verb, epilog=_EPILOG)
@click.argument("ids", nargs=-1, required=True, metavar="ID...", shell_complete=ids_for)
@index_option
@json_option
@color_option
def command(ids: tuple[str, ...], index_dir: str | None, as_json: bool, color: str) -> int:
    """Print whole articles by their ids; exit 1 when one is not in the index."""
    with open_index(index_dir) as index:
        found = [article_called(index, wanted) for wanted in dict.fromkeys(ids)]
    articles = [article for article in found if article is not None]
    if as_json:
        say(json_object(of_articles(articles)))
    else:
        view = View.of_stdout(color)
        for place, article in enumerate(articles):
            if place:
                say()
            for line in article_lines(article, view):
                say(line)
    return 0 if len(articles) == len(found) else 1
