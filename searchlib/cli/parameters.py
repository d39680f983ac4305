"""What the verbs' command lines share: options, kinds of values, examples."""

from __future__ import annotations

import re
from typing import Any, Literal

import click
from click.shell_completion import CompletionItem

from searchlib import FILTER_KEYS, QUERY_FIELDS, Article
from searchlib.cli.last import last_ids
from searchlib.cli.messages import tell
from searchlib.lazy import lazy_pattern

_ISO_PREFIX = lazy_pattern(r"[0-9]{4}(-[0-9]{2}){0,2}")
ORDERS = ("relevance", "newest", "oldest")
_EQUIVALENCES = ("script", "numbers", "latin", "synonyms")


_MOST_DIGITS = 18
"""Python refuses to read a number of some thousand digits."""


def limit_of(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | Literal["all"] | None:
    """Read a number from 1, or `all`; the callback of an option."""
    if value is None:
        return None
    if value == "all":
        return "all"
    if len(value) > _MOST_DIGITS and value.isdecimal():
        raise click.BadParameter(
            tell("A number has at most {} digits; for every hit write 'all'.", _MOST_DIGITS)
        )
    if not (value.isdecimal() and int(value)):
        raise click.BadParameter(tell("{} is neither a number from 1 nor 'all'.", repr(value)))
    return int(value)


def read_shown(
    context: click.Context, parameter: click.Parameter, value: str | None
) -> int | Literal["all"] | None:
    """Read a number, `all`, or 0 for no hit at all; the callback of an option."""
    return 0 if value == "0" else limit_of(context, parameter, value)


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
            raise click.BadParameter(tell("{} is not KEY=VALUE, such as authors=刘慧.", repr(condition)))
        where.setdefault(key, []).append(wanted)
    return where or None


def fields_of(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str] | None:
    """Read `field=key` pairs, several joined by commas; the callback of an option."""
    fields: dict[str, str] = {}
    for pair in (pair for value in values for pair in value.split(",")):
        field, equals, key = pair.partition("=")
        if not (field.strip() and equals and key.strip()):
            raise click.BadParameter(tell("{} is not FIELD=KEY, such as headline=标题.", repr(pair)))
        fields[field.strip()] = key.strip()
    return fields or None


def own_fields_of(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[str, float] | None:
    """Read `key=weight` pairs, several joined by commas, or `none`; the callback of an option."""
    if values == ("none",):
        return {}
    fields: dict[str, float] = {}
    for pair in (pair for value in values for pair in value.replace("，", ",").split(",")):
        key, equals, weight = pair.partition("=")
        try:
            fields[key.strip()] = float(weight) if equals else 1.0
        except ValueError:
            raise click.BadParameter(tell("{} is not KEY=WEIGHT, such as tags=2.", repr(pair))) from None
    return fields or None


def sort_of(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Read the order of hits; the callback of an option."""
    if value not in ORDERS and not re.fullmatch(r"-?extra\..+", value):
        raise click.BadParameter(
            tell("{} is not one of {}, extra.KEY and -extra.KEY.", repr(value), ", ".join(ORDERS))
        )
    return value


def orders_for(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
    """Complete the order of hits."""
    return [order for order in (*ORDERS, "extra.", "-extra.") if order.startswith(typed)]


def keys_of_filters(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
    """Complete what a filter can compare or a facet can count."""
    return sorted(key for key in FILTER_KEYS if key.startswith(typed))


def conditions_for(ctx: click.Context, param: click.Parameter, typed: str) -> list[str]:
    """Complete the key of `KEY=VALUE`."""
    return [f"{key}=" for key in keys_of_filters(ctx, param, typed)]


def pairs_for(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
    """Complete the field of the last `FIELD=KEY`."""
    done, comma, last = typed.rpartition(",")
    names = (name for name in Article.__dataclass_fields__ if name != "spans" and name.startswith(last))
    return [f"{done}{comma}{name}=" for name in names]


def equivalences_for(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
    """Complete the last name of a list, or `none`."""
    done, comma, last = typed.rpartition(",")
    named = [name for name in _EQUIVALENCES if name not in done.split(",")]
    named += [] if comma else ["none"]
    return [f"{done}{comma}{name}" for name in named if name.startswith(last)]


def fields_for(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[str]:
    """Complete the name of a field in a query."""
    return [f"{name}:" for name in QUERY_FIELDS if typed and name.startswith(typed)]


def ids_for(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Complete the hits of the last answer seen, as `@3` or by their ids."""
    named = [CompletionItem(number, help=found) for number, found in last_ids().items()]
    ids = [CompletionItem(found) for found in last_ids().values() if typed]
    return [item for item in (*named, *ids) if item.value.startswith(typed)]


def in_order(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Refuse a range that ends before it begins; the callback of both its options, the second one knows."""
    given = {**ctx.params, param.name: value}
    since, until = given.get("since"), given.get("until")
    if since and until and all(map(_ISO_PREFIX.fullmatch, (since, until))) and since[: len(until)] > until:
        raise click.UsageError(tell("The range ends before it begins: --since {} --until {}.", since, until))
    return value


def map_option(function: Any) -> Any:
    """Add `--map FIELD=KEY,...`."""
    return click.option(
        "--map",
        "fields",
        callback=fields_of,
        shell_complete=pairs_for,
        multiple=True,
        metavar="FIELD=KEY,...",
        help="Where records keep the fields: headline=标题,body=data.正文; repeatable.",
    )(function)


def folders_for(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Let the shell complete a folder."""
    return [CompletionItem(typed, type="dir")]


def filter_options(function: Any) -> Any:
    """Add the options that say which articles are looked at."""
    since = click.option(
        "--since", metavar="DATE", callback=in_order, help="Not before: 2024, 2024-08 or 2024-08-09."
    )
    until = click.option(
        "--until", metavar="DATE", callback=in_order, help="Not after; 2024-08 includes its last day."
    )
    where = click.option(
        "--where",
        callback=conditions_of,
        shell_complete=conditions_for,
        multiple=True,
        metavar="KEY=VALUE",
        help="Only articles whose field has this value, or for one KEY one of several; repeatable.",
    )
    return since(until(where(function)))


def index_option(function: Any) -> Any:
    """Add `-i DIR`."""
    return click.option(
        "-i",
        "--index",
        "index_dir",
        metavar="DIR",
        shell_complete=folders_for,
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
        shell_complete=equivalences_for,
        metavar="LIST|none",
        help="What else may stand for the words: some of script,numbers,latin,synonyms; all when not given.",
    )
    return match(exact(equivalences(function)))


def examples(*pairs: tuple[str, str]) -> str:
    """Lay out command lines and their meanings for the end of a help text, unwrapped by click."""
    rows = (f"  {line}\n      {tell(meaning)}" for line, meaning in pairs)
    return "\b\n" + "\n".join([tell("Examples:"), *rows])


def query_and_id(words: tuple[str, ...]) -> tuple[str, str]:
    """Return what was typed before the last word, and that, which is an id."""
    if len(words) < 2:  # noqa: PLR2004 (a query and an id)
        raise click.UsageError("A query and the ID of an article are needed.")
    *query, wanted = words
    return " ".join(query), wanted
