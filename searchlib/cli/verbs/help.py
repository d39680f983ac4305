"""`search help [VERB]`."""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem

from searchlib.cli.messages import told
from searchlib.cli.names import RESERVED, VERBS
from searchlib.cli.parameters import examples
from searchlib.cli.routing import Verb, load_verb, not_built, path_of
from searchlib.cli.streams import say

_EPILOG = examples(
    ("search help", "everything that search itself can do"),
    ("search help index", "the same as: search index --help"),
)


def verbs_for(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Complete a verb."""
    return [
        CompletionItem(verb, help=told(line)) for verb, (_, line) in VERBS.items() if verb.startswith(typed)
    ]


@click.command("help", cls=Verb, epilog=_EPILOG)
@click.argument("verb", default="query", shell_complete=verbs_for)
def command(verb: str) -> int:
    """Show the help of the command, or of a verb."""
    if verb in RESERVED:
        raise not_built(verb)
    if verb not in VERBS:
        raise click.UsageError(f"There is no verb '{verb}'; the verbs are {', '.join(VERBS)}.")
    wanted = load_verb(verb)
    with click.Context(wanted, info_name=path_of(verb)) as context:
        say(wanted.get_help(context))
    return 0
