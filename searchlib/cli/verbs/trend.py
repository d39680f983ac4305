"""`search trend WORDS...`: how often, month by month."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchlib.answers import json_object, of_trend, of_trends
from searchlib.cli import quantities
from searchlib.cli.aligned import table_lines
from searchlib.cli.location import open_index
from searchlib.cli.messages import tell
from searchlib.cli.parameters import examples, fields_for, filter_options, index_option, json_option
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say, shorten
from searchlib.cli.terminal import is_terminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from searchlib import Period

_EPILOG = examples(
    ("search trend 乡村振兴", "articles a month; on a terminal with a line of bars"),
    ("search trend 冬捕 --since 2020 --json", "for a program"),
    ("search trend 经济 --compare 文化 --compare 体育 --by year", "three words by year, with their shares"),
    ("search trend 冬捕 --plot 冬捕.svg", "as a picture"),
)
_BARS = "▁▂▃▄▅▆▇█"
_PICTURE = ".svg"


def picture_of(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    """Refuse a file's name that asks for no picture that we can draw; the callback of an option."""
    if value is not None and value.suffix.lower() != _PICTURE:
        raise click.BadParameter(tell("{} does not end in .svg.", repr(str(value))))
    return value


@click.command("trend", cls=Verb, epilog=_EPILOG)
@click.argument("words", nargs=-1, required=True, metavar="WORDS...", shell_complete=fields_for)
@index_option
@filter_options
@click.option(
    "--compare", multiple=True, metavar="WORDS", help="Other words beside these, with shares; repeatable."
)
@click.option(
    "--by",
    type=click.Choice(["year", "month", "day"]),
    help="Count by year, month or day, beside all articles, with shares.",
)
@click.option(
    "--plot",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    callback=picture_of,
    help="Draw a bar for each month into FILE, an SVG.",
)
@json_option
def command(
    *,
    words: tuple[str, ...],
    index_dir: str | None,
    compare: tuple[str, ...],
    by: Period | None,
    plot: Path | None,
    as_json: bool,
    **filters: Any,
) -> int:
    """
    Count the articles of each month that have the words, months without any included.

    With --by or --compare a table from the first to the last article of all: for each of the words the number
    and the share of all articles in thousandths, and the number of all.
    """
    query = " ".join(words)
    if by or compare:
        if plot is not None:
            raise click.UsageError("--plot draws one query by month; leave out --by and --compare.")
        return _compare([query, *compare], index_dir, by or "month", as_json=as_json, filters=filters)
    with open_index(index_dir) as index:
        months = index.trend(query, **filters)
        undated = 0 if months else index.search(query, match="all", limit=0, **filters).total
    if plot is not None and months:
        draw(months, query, plot)
    if as_json:
        say(json_object(of_trend(query, months)))
    elif months:
        for line in table_lines(list(months.items())):
            say(line)
        if is_terminal(sys.stdout):
            bars, width = sparkline(list(months.values())), shutil.get_terminal_size().columns
            for start in range(0, len(bars), width):
                say(bars[start : start + width])
    elif undated:
        articles = quantities.count_of(undated, "article")
        remark(tell("{} found for {}, none with a month", articles, shorten(query)))
    else:
        remark(tell("nothing found for {}", shorten(query)))
    return 0 if months else 1


def _compare(
    queries: list[str], index_dir: str | None, by: Period, *, as_json: bool, filters: Mapping[str, Any]
) -> int:
    """Say how several queries fared, beside all articles."""
    with open_index(index_dir) as index:
        found = index.trends(queries, by=by, **filters)
    is_found = any(map(any, found.counts.values()))
    if as_json:
        say(json_object(of_trends(found)))
    elif is_found:
        shares = {query: found.share(query) for query in found.counts}
        counts = found.counts
        heads = [tell(by), *(head for query in found.counts for head in (query, "‰")), tell("all articles")]
        rows = [
            [
                period,
                *(v for q in shares for v in (counts[q][n], 1000 * shares[q][n])),
                found.articles[n],
            ]
            for n, period in enumerate(found.periods)
        ]
        for line in table_lines([heads, *rows]):
            say(line)
        for query, undated in found.undated.items():
            if undated:
                articles = quantities.count_of(undated, "article")
                remark(tell("{}: {} without a full date are left out", shorten(query), articles))
    else:
        remark(tell("nothing found for {} with a date", shorten(", ".join(queries))))
    return 0 if is_found else 1


def draw(months: Mapping[str, int], query: str, place: Path) -> None:
    """Write the picture."""
    from searchlib.cli.plot import bar_chart  # noqa: PLC0415 (most trends are read)

    first, *_, last = [*months, *months]
    count = quantities.count_of(sum(months.values()), "article")
    picture = bar_chart(months, query, tell("{} by month, {} to {}", count, first, last))
    place.write_text(picture, "utf-8")
    remark(tell("drawn into {}", place))


def sparkline(counts: Sequence[int]) -> str:
    """
    Draw counts as bars of one cell; a blank is no bar.

    >>> sparkline([0, 1, 4, 8])
    ' ▁▄█'
    """
    most = max(counts, default=0)
    return "".join(_BARS[-(-count * len(_BARS) // most) - 1] if count else " " for count in counts)
