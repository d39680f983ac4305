"""What the verbs' command lines share: options, kinds of values, examples."""

from __future__ import annotations

from typing import Any, Literal

import click


def limit_of(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | Literal["all"] | None:
    """Read a number from 1, or `all`; the callback of an option."""
    if value is None:
        return None
    if value == "all":
        return "all"
    if not (value.isdecimal() and int(value)):
        raise click.BadParameter(f"{value!r} is neither a number from 1 nor 'all'.")
    return int(value)


def names_of(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """Read names with commas between them, or `none`; the callback of an option."""
    if value is None:
        return None
    names = (name.strip() for name in value.replace("，", ",").split(","))
    return () if value == "none" else tuple(name for name in names if name)


def conditions_of(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[str, list[str]] | None:
    """Read `key=value` pairs into the values allowed for each key; the callback of an option."""
    where: dict[str, list[str]] = {}
    for condition in values:
        key, equals, wanted = condition.partition("=")
        if not (key and equals):
            raise click.BadParameter(f"{condition!r} is not KEY=VALUE, such as authors=刘慧.")
        where.setdefault(key, []).append(wanted)
    return where or None


def fields_of(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str] | None:
    """Read `field=key` pairs, several joined by commas; the callback of an option."""
    fields: dict[str, str] = {}
    for pair in (pair for value in values for pair in value.split(",")):
        field, equals, key = pair.partition("=")
        if not (field.strip() and equals and key.strip()):
            raise click.BadParameter(f"{pair!r} is not FIELD=KEY, such as headline=标题.")
        fields[field.strip()] = key.strip()
    return fields or None


def map_option(function: Any) -> Any:
    """Add `--map FIELD=KEY,...`."""
    return click.option(
        "--map",
        "fields",
        callback=fields_of,
        multiple=True,
        metavar="FIELD=KEY,...",
        help="Where records keep the fields: headline=标题,body=data.正文; repeatable.",
    )(function)


def index_option(function: Any) -> Any:
    """Add `-i DIR`."""
    return click.option(
        "-i",
        "--index",
        "index_dir",
        metavar="DIR",
        help="The index; else $SEARCH_INDEX, else the nearest .search here or above.",
    )(function)


def json_option(function: Any) -> Any:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")(function)


def color_option(function: Any) -> Any:
    """Add `--color`."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour the output; auto does so on a terminal.",
    )(function)


def question_options(function: Any) -> Any:
    """Add the options that say how a query is read."""
    match = click.option(
        "--match",
        type=click.Choice(["auto", "all", "any"]),
        default="auto",
        help="all: every word. auto: the closest when nothing has all. any: plain text, for questions.",
    )
    exact = click.option(
        "--exact",
        is_flag=True,
        help="Traditional is not simplified, 二十四 is not 24, `5G` is not `5 G`; width and case still fold.",
    )
    equivalences = click.option(
        "--equivalences",
        callback=names_of,
        metavar="LIST|none",
        help="What else may stand for the words: some of script,numbers,latin,synonyms; all when not given.",
    )
    return match(exact(equivalences(function)))


def filter_options(function: Any) -> Any:
    """Add the options that let only some articles through."""
    since = click.option("--since", metavar="DATE", help="Not before: 2024, 2024-08 or 2024-08-09.")
    until = click.option("--until", metavar="DATE", help="Not after; 2024-08 includes its last day.")
    where = click.option(
        "--where",
        callback=conditions_of,
        multiple=True,
        metavar="KEY=VALUE",
        help="Only articles whose field has this value, or for one KEY one of several; repeatable.",
    )
    return since(until(where(function)))


def examples(*pairs: tuple[str, str]) -> str:
    """Lay out command lines and their meanings for the end of a help text, unwrapped by click."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}\n      {meaning}" for line, meaning in pairs)
