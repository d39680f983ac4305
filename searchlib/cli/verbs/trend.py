"""`search trend WORDS...`: how often, month by month."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from searchlib.cli.location import open_index
from searchlib.cli.machine import json_object
from searchlib.cli.parameters import examples, filter_options, index_option, json_option
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say
from searchlib.cli.tables import table_lines
from searchlib.cli.terminal import is_terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

_EPILOG = examples(
    ("search trend 乡村振兴", "articles a month; on a terminal with a line of bars"),
    ("search trend 冬捕 --since 2020 --json", "for a program"),
)
_BARS = "▁▂▃▄▅▆▇█"


@click.command("trend", cls=Verb, epilog=_EPILOG)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@index_option
@filter_options
@json_option
def command(words: tuple[str, ...], index_dir: str | None, as_json: bool, **filters: Any) -> int:
    """Count the articles of each month that have the words, months without any included."""
    query = " ".join(words)
    with open_index(index_dir) as index:
        months = index.trend(query, **filters)
    if as_json:
        say(json_object({"query": query, "months": months}))
    elif months:
        for line in table_lines(list(months.items())):
            say(line)
        if is_terminal(sys.stdout):
            say(sparkline(list(months.values())))
    else:
        remark(f"nothing found for {query} with a month")
    return 0 if months else 1


def sparkline(counts: Sequence[int]) -> str:
    """
    Draw counts as bars of one cell; a blank is none.

    >>> sparkline([0, 1, 4, 8])
    ' ▁▄█'
    """
    most = max(counts, default=0)
    return "".join(_BARS[-(-count * len(_BARS) // most) - 1] if count else " " for count in counts)
