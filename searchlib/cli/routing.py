"""
Which verb is meant, and which arguments are options: read before click reads them.

Options may stand before and after the words, and a word may start with a dash
(`search 党建 -会议` leaves 会议 out). An option starts with one or two dashes and
an ASCII letter; everything else is a word, so no Chinese word is ever taken
for an option.
"""

from __future__ import annotations

from contextlib import nullcontext
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

import click

from searchlib.cli.messages import ENGLISH, language, retell, speak_to_click, tell
from searchlib.cli.paging import NO_PAGER, paged
from searchlib.cli.problems import Problem
from searchlib.cli.verb_names import OPTION, TAKES_VALUE, VERBS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

Part = Literal["option", "value", "word", "literal"]

LITERAL = "searchlib.literal"
"""Where a context's `meta` keeps whether words stood after `--`."""


UNPAGED = frozenset({"index", "eval", "completion", "serve", "mcp"})
"""Verbs that show how far they are, or that no person reads."""


class Verb(click.Command):
    """A command whose words may start with a dash, with `-h` for help and, unless unpaged, `--no-pager`."""

    def __init__(self, name: str | None, **options: Any) -> None:
        super().__init__(name, **options)
        if name not in UNPAGED:
            told = "Write long output straight out."
            self.params.append(click.Option([NO_PAGER], is_flag=True, expose_value=False, help=told))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Hand click the options first, then `--`, then the words."""
        parts = list(parts_of(args, value_options(self)))
        options = [text for kind, text in parts if kind in {"option", "value"}]
        words = [text for kind, text in parts if kind in {"word", "literal"}]
        ctx.meta[LITERAL] = any(kind == "literal" for kind, _ in parts)
        return super().parse_args(ctx, [*options, "--", *words])

    def get_help(self, ctx: click.Context) -> str:
        """Return the page of help in the user's language."""
        if language() == ENGLISH:
            return super().get_help(ctx)
        from searchlib.cli.helping import ChineseFormatter  # noqa: PLC0415 (for Chinese only)

        formatter = ChineseFormatter(width=ctx.terminal_width, max_width=ctx.max_content_width)
        self.format_help(ctx, formatter)
        return formatter.getvalue().rstrip("\n")

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return both names of the help option."""
        return [*super().get_help_option_names(ctx), "-h"]


def command_for(args: list[str]) -> tuple[click.Command, str, list[str]]:
    """Return the command that *args* ask for, what to call it in messages, and its arguments."""
    question = load_verb("query")
    verb, rest = split_verb(args, value_options(question) | TAKES_VALUE)
    if verb is None:
        return question, "search", args
    return load_verb(verb), path_of(verb), rest


def path_of(verb: str) -> str:
    """Return what to call a verb in messages; `query` is the command itself."""
    return "search" if verb == "query" else f"search {verb}"


def load_verb(name: str) -> click.Command:
    """Import the command of a verb."""
    command: click.Command = import_module(f"searchlib.cli.verbs.{VERBS[name][0]}").command
    return command


def run(args: list[str]) -> int:
    """
    Run one verb and return its exit code.

    Raises:
        Problem: The arguments make no sense; click's own errors are worded here.
        KeyboardInterrupt: Click was interrupted.
    """
    speak_to_click()
    try:
        command, path, rest = command_for(args)
        with paged(args) if command.name not in UNPAGED else nullcontext():
            return _invoke(command, path, rest)
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        raise Problem(_word_error(error, args)) from error


def _invoke(command: click.Command, path: str, rest: list[str]) -> int:
    try:
        with command.make_context(path, rest) as context:
            code: int = command.invoke(context)
            return code
    except click.exceptions.Exit as end:  # --help and --version end like this
        return end.exit_code


def _word_error(error: click.ClickException, args: list[str]) -> str:
    message = retell(error.format_message())
    if language() != ENGLISH:
        message = message.removesuffix(".")  # click puts it behind a translation too
    if not isinstance(error, click.UsageError):
        return message
    place = error.ctx.command_path if error.ctx else "search"
    if isinstance(error, click.NoSuchOption) and (error.ctx is None or _takes_words(error.ctx.command)):
        typed = next((arg for arg in args if arg.startswith(error.option_name)), error.option_name)
        return tell("{} For what starts with a dash: {} -- {}", message, place, typed)
    return tell("{} (see: {} --help)", message, place)


def _takes_words(command: click.Command) -> bool:
    return any(isinstance(param, click.Argument) and param.nargs == -1 for param in command.params)


def split_verb(args: list[str], takes_value: Collection[str]) -> tuple[str | None, list[str]]:
    """
    Take the verb out of *args*: the first word, when it equals one and `--` does not stand before it.

    >>> split_verb(["-n", "5", "stats"], {"-n"})
    ('stats', ['-n', '5'])
    >>> split_verb(["--", "stats"], set())
    (None, ['--', 'stats'])
    """
    for place, (kind, text) in enumerate(parts_of(args, takes_value)):
        if kind == "literal":
            break
        if kind == "word":
            if text in VERBS:
                return text, args[:place] + args[place + 1 :]
            break
    return None, args


def parts_of(args: list[str], takes_value: Collection[str]) -> Iterator[tuple[Part, str]]:
    """
    Tell what each argument is; `--` itself is left out, what follows it is literal.

    >>> list(parts_of(["党建", "-会议", "-n", "5"], {"-n"}))
    [('word', '党建'), ('word', '-会议'), ('option', '-n'), ('value', '5')]
    """
    rest = iter(args)
    for arg in rest:
        if arg == "--":
            yield from (("literal", text) for text in rest)
        elif not OPTION.match(arg):
            yield "word", arg
        else:
            yield "option", arg
            if _wants_next(arg, takes_value):
                value = next(rest, None)
                if value is None:
                    raise click.UsageError(tell("Option {} requires an argument.", repr(arg)))
                yield "value", value


def _wants_next(option: str, takes_value: Collection[str]) -> bool:
    """Return whether *option* has its value in the next argument: `-n 5` and `-ln 5` do, `-n5` does not."""
    if option.startswith("--"):
        return option in takes_value
    for place, letter in enumerate(option[1:], start=1):
        if f"-{letter}" in takes_value:
            return place == len(option) - 1
    return False


def value_options(command: click.Command) -> frozenset[str]:
    """Return the names of the options of *command* that are followed by a value."""
    options = (p for p in command.params if isinstance(p, click.Option) and not p.is_flag)
    return frozenset(name for option in options for name in option.opts)
