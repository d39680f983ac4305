"""`search help [VERB|TOPIC]`."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from searchlib.cli.guides import nearest, read_guide, topics
from searchlib.cli.messages import tell
from searchlib.cli.parameters import examples
from searchlib.cli.routing import Verb, load_verb, path_of
from searchlib.cli.streams import say
from searchlib.cli.verb_names import VERBS

_EPILOG = examples(
    ("search help", "everything that search itself can do, and the list of guides"),
    ("search help index", "the same as: search index --help"),
    ("search help query-language", "the guide to the query language"),
)


def names_for(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Complete a verb or the topic of a guide."""
    named = {**topics(), **{verb: tell(line) for verb, (_, line) in VERBS.items()}}
    return [CompletionItem(name, help=line) for name, line in named.items() if name.startswith(typed)]


@click.command("help", cls=Verb, epilog=_EPILOG)
@click.argument("name", default="query", metavar="[VERB|TOPIC]", shell_complete=names_for)
def command(name: str) -> int:
    """Show the help of the command or of a verb, or a guide."""
    guides = topics()
    if name not in VERBS and name not in guides:
        raise click.UsageError(_unknown(name))
    if name in VERBS:
        _say_help(name)
        if name in guides:
            say()
    if name in guides:
        say(read_guide(name).rstrip("\n"))
    return 0


def _say_help(verb: str) -> None:
    wanted = load_verb(verb)
    with click.Context(wanted, info_name=path_of(verb)) as context:
        say(wanted.get_help(context))


def _unknown(name: str) -> str:
    if similar := nearest(name, [*VERBS, *topics()]):
        return tell("There is no verb or guide '{}'; similar: {}.", name, ", ".join(similar))
    return tell(
        "There is no verb or guide '{}'; verbs: {}; guides: {}.", name, ", ".join(VERBS), ", ".join(topics())
    )
