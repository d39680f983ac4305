"""`search kwic WORDS...`: every place with its surroundings, one below the other."""

from __future__ import annotations

from typing import Any, Literal

import click

from searchlib.cli.cells import cut, pad, width_of
from searchlib.cli.location import open_index
from searchlib.cli.machine import json_object
from searchlib.cli.parameters import (
    color_option,
    examples,
    filter_options,
    index_option,
    json_option,
    limit_of,
)
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say
from searchlib.cli.terminal import DIM, MARK, View, plain

_EPILOG = examples(
    ("search kwic 党建引领", "each place on a line, the word in one column"),
    ("search kwic 合作社 --since 2024 -n all", "all of them, from 2024 on"),
)
_DEFAULT_LINES = 50
_WIDTH = 100
_CONTEXT = 60


@click.command("kwic", cls=Verb, epilog=_EPILOG)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...")
@index_option
@click.option("-n", "--limit", callback=limit_of, metavar="N|all", help="Lines to show; 50.")
@filter_options
@json_option
@color_option
def command(
    words: tuple[str, ...],
    index_dir: str | None,
    limit: int | Literal["all"] | None,
    as_json: bool,
    color: str,
    **filters: Any,
) -> int:
    """Show every place of the words with what stands around it, aligned; the best articles come first."""
    wanted = None if limit == "all" else limit or _DEFAULT_LINES
    query = " ".join(words)
    with open_index(index_dir) as index:
        lines = index.kwic(query, limit=wanted, context=_CONTEXT, **filters)
    if as_json:
        say(json_object({"query": query, "lines": [line._asdict() for line in lines]}))
    elif lines:
        view = View.of_stdout(color)
        room = (view.width or _WIDTH) - 2
        side = max(4, (room - max(width_of(plain(line.keyword)) for line in lines)) // 2)
        for line in lines:
            before = last_cells(plain(line.before), side)
            keyword = plain(line.keyword)
            after = cut(plain(line.after), room - side - width_of(keyword))
            row = f"{' ' * (side - width_of(before))}{before} {view.styled(keyword, MARK)} "
            where = f"  {plain(line.id)}" if view.width is None else ""
            padding = pad(after, room - side - width_of(keyword)) if where else after
            say((row + padding + view.styled(where, DIM)).rstrip())
    else:
        remark(f"nothing found for {query}")
    return 0 if lines else 1


def last_cells(text: str, width: int) -> str:
    """
    Keep the end of *text*, *width* cells of it; what is cut off becomes `…`.

    >>> last_cells("查干湖冬捕", 6)
    '…冬捕'
    """
    return cut(text[::-1], width)[::-1]
