"""
What could complete a command line: verbs, options, their values, fields of a query, hits of the last answer.

It is asked at every press of the tab key, so nothing of the engine is loaded.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from searchlib.cli.messages import tell
from searchlib.cli.routing import load_verb, parts_of, split_verb, value_options
from searchlib.cli.verb_names import TAKES_VALUE, VERBS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Kind = Literal["plain", "part", "file", "dir"]
"""How a candidate ends: as a word, as one that goes on, or as the shell completes a path."""

_PATHS: dict[str, Kind] = {"file": "file", "dir": "dir"}


class Completion(NamedTuple):
    """One way to go on; a file or a folder has no text, the shell knows them better."""

    kind: Kind
    text: str = ""
    help: str = ""


def candidates(words: Sequence[str]) -> list[Completion]:
    """
    Return what could stand in place of the last word, the command's name not among *words*.

    >>> [found.text for found in candidates(["hel"])], [found.text for found in candidates(["党建", "--so"])]
    (['help'], ['--sort'])
    """
    *before, typed = words or [""]
    option = before.pop() if before and _waits(before) else None
    verb, rest = split_verb(before, value_options(load_verb("query")) | TAKES_VALUE)
    command = load_verb(verb or "query")
    with click.Context(command, info_name="search", resilient_parsing=True) as context:
        if option is not None:
            found = _values(context, option, typed)
        elif "--" in rest:
            found = _arguments(context, rest, typed)
        elif typed.startswith("-"):
            found = _options(context, typed)
        else:
            first = verb is None and not _words(context, rest)
            found = [*(_verbs(typed) if first else ()), *_arguments(context, rest, typed)]
        return found


def words_of(line: str) -> list[str]:
    """
    Split a command line up to the cursor as a shell does; a quote that is still open is closed.

    >>> words_of("search 党建 --where auth"), words_of("search 'a b"), words_of("search ")
    (['search', '党建', '--where', 'auth'], ['search', 'a b'], ['search', ''])
    """
    for closing in ("", "'", '"'):
        try:
            words = shlex.split(line + closing)
        except ValueError:
            continue
        return words if words and not line[-1:].isspace() else [*words, ""]
    return []


def behind_break(found: Sequence[Completion], typed: str, breaks: str) -> list[Completion]:
    """
    Leave out what bash takes for words before the one it completes: it breaks at `=` and `:`.

    >>> behind_break([Completion("plain", "--sort=newest")], "--sort=n", "=:")[0].text
    'newest'
    """
    done = max((typed.rfind(mark) + 1 for mark in "=:" if mark in breaks), default=0)
    return [one._replace(text=one.text[done:]) for one in found]


def _waits(before: Sequence[str]) -> bool:
    """Return whether the last word is an option that has no value yet."""
    takes_value = value_options(load_verb("query")) | TAKES_VALUE
    try:
        list(parts_of(list(before), takes_value))
    except click.UsageError:
        return True
    return False


def _verbs(typed: str) -> Iterator[Completion]:
    return (
        Completion("plain", verb, tell(line)) for verb, (_, line) in VERBS.items() if verb.startswith(typed)
    )


def _options(context: click.Context, typed: str) -> list[Completion]:
    name, equals, value = typed.partition("=")
    if equals:
        found = _values(context, name, value)
        return [one._replace(text=f"{name}={one.text}") if one.text else one for one in found]
    return [
        Completion("plain", name, tell(param.help or ""))
        for param in context.command.get_params(context)
        if isinstance(param, click.Option)
        for name in param.opts
        if name.startswith(typed) and (len(name) > 2 or len(typed) < 2)  # noqa: PLR2004 (-x)
    ]


def _values(context: click.Context, option: str, typed: str) -> list[Completion]:
    for param in context.command.get_params(context):
        if option in param.opts:
            return _of_click(param, context, typed)
    return []


def _arguments(context: click.Context, rest: Sequence[str], typed: str) -> list[Completion]:
    """Return what the arguments of a verb can be: the one whose turn it is, or the last."""
    arguments = [param for param in context.command.params if isinstance(param, click.Argument)]
    place = min(_words(context, rest), len(arguments) - 1)
    return _of_click(arguments[place], context, typed) if arguments else []


def _words(context: click.Context, rest: Sequence[str]) -> int:
    """Count the words among arguments."""
    parts = parts_of(list(rest), value_options(context.command))
    return sum(kind in {"word", "literal"} for kind, _ in parts)


def _of_click(param: click.Parameter, context: click.Context, typed: str) -> list[Completion]:
    found = []
    for item in param.shell_complete(context, typed):
        if item.type in _PATHS:
            found.append(Completion(_PATHS[item.type]))
        else:
            goes_on = item.value.endswith(("=", ":", "@"))
            found.append(Completion("part" if goes_on else "plain", item.value, item.help or ""))
    return found
