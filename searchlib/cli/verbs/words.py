"""`search words`: what the articles have for words that the dictionary does not know."""

from __future__ import annotations

import click

from searchlib.cli.location import open_index
from searchlib.cli.machine import json_object
from searchlib.cli.parameters import examples, index_option, json_option
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say
from searchlib.cli.terminal import plain

_EPILOG = examples(
    ("search words", "the hundred best, with how often each stands"),
    (
        "search words -n 20 >> .search/words.txt",
        "twenty of them as words of your own (look through them first)",
    ),
)


@click.command("words", cls=Verb, epilog=_EPILOG)
@index_option
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=100, metavar="N", help="At most so many; 100."
)
@click.option(
    "--min-count", type=click.IntRange(min=2), default=5, metavar="N", help="Only what stands so often; 5."
)
@json_option
def command(index_dir: str | None, limit: int, min_count: int, as_json: bool) -> int:
    """
    Propose words that the articles have and the dictionary has not, the best first.

    Each line is a word and, as a remark, how often it stands: as it is, it is fit for words.txt in the
    index's folder.
    """
    with open_index(index_dir) as index:
        found = index.new_words(limit, min_count=min_count)
    if as_json:
        say(json_object({"words": [{"text": word.text, "count": word.count} for word in found]}))
    else:
        for word in found:
            say(f"{plain(word.text)}  # {word.count}")
    if not found:
        remark("no new words stand often enough")
    return 0 if found else 1
