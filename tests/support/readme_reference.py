"""The reference of the command in README.md, made from the same click commands as `--help`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import click

from searchlib.cli.names import VERBS
from searchlib.cli.paging import NO_PAGER
from searchlib.cli.routing import UNPAGED, load_verb, path_of

BEGIN, END = "<!-- reference: python tests/test_docs.py -->\n", "<!-- end of the reference -->\n"
_EVERYWHERE = {"--help", NO_PAGER}


def reference() -> str:
    """Return the section between the two marks: a paragraph and a list of options for each verb."""
    return "\n".join(_lines()) + "\n"


def in_readme(text: str) -> str:
    """Return what the README has for it."""
    return text.partition(BEGIN)[2].partition(END)[0]


def renewed(text: str) -> str:
    """Return the README with the reference of today."""
    before, begin, rest = text.partition(BEGIN)
    return before + begin + reference() + rest[rest.index(END) :]


def options_of(verb: str) -> list[click.Option]:
    """Return the options of a verb, without those that every verb has."""
    command = load_verb(verb)
    with click.Context(command) as context:
        found = [param for param in command.get_params(context) if isinstance(param, click.Option)]
    return [option for option in found if not set(option.opts) & _EVERYWHERE]


def _lines() -> Iterator[str]:
    unpaged = ", ".join(f"`{verb}`" for verb in VERBS if verb in UNPAGED)
    yield f"`-h`, `--help` goes with every verb, `{NO_PAGER}` with every one but {unpaged}."
    for verb in VERBS:
        command = load_verb(verb)
        with click.Context(command, info_name=path_of(verb)) as context:
            pieces = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
            usage = " ".join((path_of(verb), *pieces))
            yield ""
            yield f"**`{usage}`**: {_flowing(inspect.cleandoc(command.help or ''))}"
            options = options_of(verb)
            if options:
                yield ""
            for option in options:
                names = ", ".join(f"`{name}`" for name in option.opts[:-1])
                value = "" if option.is_flag else f" {_value(option)}"
                said = f"`{option.opts[-1]}{value}`"
                yield f"- {', '.join(filter(None, (names, said)))}: {_flowing(option.help or '')}"


def _value(option: click.Option) -> str:
    """Return what stands for the value; the releases of click differ in how they write a choice."""
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    return option.metavar or "|".join(map(str, choices))


def _flowing(text: str) -> str:
    """Return paragraphs as one, what HTML could take for a tag in backticks."""
    return re.sub(r"<(\w+)>", r"`<\1>`", " ".join(text.split()))
