"""The reference of the command in the guide `command`, made from the same click commands as `--help`."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator

import click

from searchlib.cli.messages import CHINESE, translated
from searchlib.cli.paging import NO_PAGER
from searchlib.cli.routing import UNPAGED, load_verb, path_of
from searchlib.cli.verb_names import VERBS

BEGIN, END = "<!-- reference: python tests/support/documents.py -->\n", "<!-- end of the reference -->\n"
_EVERYWHERE = {"--help", NO_PAGER}


Said = Callable[[str], str]


def _chinese(text: str) -> str:
    return translated(text, CHINESE)


def reference(*, chinese: bool = False) -> str:
    """Return the section between the two marks: a paragraph and a list of options for each verb."""
    return "\n".join(_lines(_chinese if chinese else str)) + "\n"


def in_document(text: str) -> str:
    """Return what a document has for it."""
    return text.partition(BEGIN)[2].partition(END)[0]


def renewed(text: str, *, chinese: bool = False) -> str:
    """Return the document with the reference of today, where it has one."""
    before, begin, rest = text.partition(BEGIN)
    return before + begin + reference(chinese=chinese) + rest[rest.index(END) :] if begin else text


def options_of(verb: str) -> list[click.Option]:
    """Return the options of a verb, without those that every verb has."""
    command = load_verb(verb)
    with click.Context(command) as context:
        found = [param for param in command.get_params(context) if isinstance(param, click.Option)]
    return [option for option in found if not set(option.opts) & _EVERYWHERE]


def _lines(said: Said) -> Iterator[str]:
    unpaged = ", ".join(f"`{verb}`" for verb in VERBS if verb in UNPAGED)
    yield (
        f"`-h`, `--help`：所有命令都有；`{NO_PAGER}`：除 {unpaged} 外都有。"
        if said is _chinese
        else f"`-h`, `--help`: every verb; `{NO_PAGER}`: every verb except {unpaged}."
    )
    for verb in VERBS:
        command = load_verb(verb)
        with click.Context(command, info_name=path_of(verb)) as context:
            pieces = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
            paragraphs = inspect.cleandoc(command.help or "").split("\n\n")
            yield from ("", f"### search {verb}", "", f"`{' '.join((path_of(verb), *pieces))}`")
            for paragraph in paragraphs:
                yield from ("", _flowing(said(" ".join(paragraph.split()))))
            options = options_of(verb)
            if options:
                yield ""
            for option in options:
                names = ", ".join(f"`{name}`" for name in option.opts[:-1])
                value = "" if option.is_flag else f" {_value(option)}"
                shown = f"`{option.opts[-1]}{value}`"
                colon = "：" if said is _chinese else ": "
                yield f"- {', '.join(filter(None, (names, shown)))}{colon}{_flowing(said(option.help or ''))}"


def _value(option: click.Option) -> str:
    """Return what stands for the value; the releases of click differ in how they write a choice."""
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    return option.metavar or "|".join(map(str, choices))


def _flowing(text: str) -> str:
    """Return paragraphs as one, what HTML could take for a tag in backticks."""
    return re.sub(r"<(\w+)>", r"`<\1>`", " ".join(text.split()))
