"""`search kwic WORDS...`: every place with its surroundings, one below the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import astuple
from typing import TYPE_CHECKING, Any, Literal

import click

from searchlib import SearchTimeoutError
from searchlib.answers import PLACE_COLUMNS, csv_rows, json_object, of_collocates, of_kwic, row_of_place
from searchlib.cli.aligned import table_lines
from searchlib.cli.cells import cells_of, cut, pad, width_of
from searchlib.cli.last import remember
from searchlib.cli.location import open_index, place_of
from searchlib.cli.messages import tell
from searchlib.cli.parameters import (
    color_option,
    examples,
    fields_for,
    filter_options,
    index_option,
    json_option,
    limit_of,
)
from searchlib.cli.quantities import count_of
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say, shorten
from searchlib.cli.terminal import DIM, MARK, TerminalView, is_terminal, plain

if TYPE_CHECKING:
    from searchlib import Concordance, KwicLine, KwicOrder

_EPILOG = examples(
    ("search kwic 党建引领", "each place on a line, the word in one column"),
    ("search kwic 合作社 --since 2024 -n all", "all of them, from 2024 on"),
    ("search kwic 合作社 --sort right", "ordered by what follows the word"),
    ("search kwic 合作社 -n all --csv > 合作社.csv", "for a spreadsheet"),
    ("search kwic 乡村振兴 --collocates", "the words that stand near it more often than by chance"),
)
_DEFAULT_LINES = 50
_WIDTH = 100
_CONTEXT = 60
_SOURCE = 24
"""Cells for where a line is from."""
_COUNT_S = 1.0
"""Seconds for counting all places."""
_WINDOW = 5
_MEASURE = "log_likelihood"


@click.command("kwic", cls=Verb, epilog=_EPILOG)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...", shell_complete=fields_for)
@index_option
@click.option("-n", "--limit", callback=limit_of, metavar="N|all", help="Lines to show; 50.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest", "left", "right"]),
    default="relevance",
    help="Order of the lines: by date, or by what precedes or follows the word.",
)
@filter_options
@click.option("--collocates", "as_collocates", is_flag=True, help="Show the words near it instead.")
@click.option(
    "--window",
    type=click.IntRange(min=1),
    metavar="N",
    help="With --collocates: so many words before and behind, within the sentence; 5.",
)
@click.option(
    "--measure",
    type=click.Choice(["log_likelihood", "log_dice"]),
    help="With --collocates: how sure it is that this is no chance, the default, or how exclusive it is.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for a spreadsheet, a place a row.")
@json_option
@color_option
def command(
    *,
    words: tuple[str, ...],
    index_dir: str | None,
    limit: int | Literal["all"] | None,
    sort: KwicOrder,
    as_collocates: bool,
    window: int | None,
    measure: str | None,
    as_csv: bool,
    as_json: bool,
    color: str,
    **filters: Any,
) -> int:
    """
    Show every place of the words with what stands around it, aligned; the best articles come first.

    On a terminal each line says where it is from, the last line how many places there are, and
    search show @3 opens the article of the third line.

    With --collocates a table of the words near it: how often, how often before and behind, how often in all
    articles, and the measure, by which they are ordered.
    """
    wanted = None if limit == "all" else limit or _DEFAULT_LINES
    query = " ".join(words)
    if as_csv and (as_json or as_collocates):
        raise click.UsageError("--csv is a table of places; leave out --json and --collocates.")
    if as_collocates:
        options = {"window": window or _WINDOW, "measure": measure or _MEASURE, **filters}
        return _collocates(query, index_dir, wanted, as_json=as_json, options=options)
    if window or measure:
        raise click.UsageError("--window and --measure go with --collocates.")
    with open_index(index_dir) as index:
        lines = index.kwic(query, limit=wanted, context=_CONTEXT, sort=sort, **filters)
        if as_json:
            places, is_all = _places(lines, wanted)
            say(json_object(of_kwic(query, lines, places if is_all else None)))
        elif as_csv:
            for row in csv_rows([PLACE_COLUMNS, *map(row_of_place, lines)]):
                say(row.rstrip("\r\n"))
        elif lines:
            for line in _lines(lines, wanted, TerminalView.of_stdout(color)):
                say(line)
            if is_terminal(sys.stdout):
                asked = {"query": query, "options": filters}
                remember(place_of(index), [line.id for line in lines], 0, asked)
        else:
            remark(tell("nothing found for {}", shorten(query)))
    return 0 if lines else 1


def _lines(lines: Concordance, wanted: int | None, view: TerminalView) -> Iterator[str]:
    """Yield a line for each place, its word in one column, and where it is from; then how many there are."""
    source = 0 if view.width is None else min(_SOURCE, view.width // 4)
    room = (view.width or _WIDTH) - 2 - source - 2 * bool(source)
    side = max(4, (room - max(width_of(plain(line.keyword)) for line in lines)) // 2)
    for line in lines:
        before = last_cells(plain(line.before), side)
        keyword = plain(line.keyword)
        after = cut(plain(line.after), room - side - width_of(keyword))
        row = f"{' ' * (side - width_of(before))}{before} {view.style(keyword, MARK)} "
        where = plain(line.id) if view.width is None else cut(_source(line), source)
        padding = pad(after, room - side - width_of(keyword))
        yield f"{row}{padding}  {view.style(where, DIM)}".rstrip()
    if view.width is not None:
        places, is_all = _places(lines, wanted)
        known = f"{places:,}" if is_all else tell("more than {}", f"{places:,}")
        among = count_of(lines.articles, "article")
        yield view.style(tell("{} of {} places in {}", f"{len(lines):,}", known, among), DIM)


def _places(lines: Concordance, wanted: int | None) -> tuple[int, bool]:
    """Return the number of places, and whether these are all: counting reads every article."""
    if wanted is None or len(lines) < wanted:
        return len(lines), True
    try:
        return lines.count_places(timeout=_COUNT_S), True
    except SearchTimeoutError as error:
        return error.partial, False


def _source(line: KwicLine) -> str:
    """Return where a line is from: its paper and date, else its source or id."""
    date = (line.date or "").lstrip("-")
    return plain(" ".join(filter(None, (line.publication, date))) or line.source or line.id)


def _collocates(
    query: str, index_dir: str | None, limit: int | None, *, as_json: bool, options: Mapping[str, Any]
) -> int:
    with open_index(index_dir) as index:
        found = index.collocates(query, limit=limit, **options)
    if as_json:
        say(json_object(of_collocates(query, found)))
    elif found:
        heads = (*map(tell, ("word", "near", "before", "behind", "in all")), options["measure"])
        for line in table_lines([heads, *map(astuple, found)]):
            say(line)
    else:
        remark(tell("no word stands near {} often enough", shorten(query)))
    return 0 if found else 1


def last_cells(text: str, width: int) -> str:
    """
    Keep the end of *text*, *width* cells of it; what is cut off becomes `…`.

    A mark that combines with a character which is cut off goes with it.

    >>> last_cells("查干湖冬捕", 6)
    '…冬捕'
    """
    if width_of(text) <= width:
        return text
    kept = cut(text[::-1], width)[::-1].removeprefix("…")
    return "…" + kept.lstrip("".join(char for char in kept if not cells_of(char)))
