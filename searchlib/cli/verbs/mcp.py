"""`search mcp`: the archive as tools for a language model, on the standard streams."""

from __future__ import annotations

import click

from searchlib.cli.location import open_index
from searchlib.cli.parameters import examples, index_option
from searchlib.cli.routing import Verb

_EPILOG = examples(
    ("search mcp -i /archives/news.idx", "the command to name in a program that speaks MCP"),
    ("search mcp -i /archives/news.idx --max-seconds 60", "for a large archive on a slow disk"),
)


@click.command("mcp", cls=Verb, epilog=_EPILOG)
@index_option
@click.option(
    "--max-seconds", type=click.FloatRange(0.1, 600), default=20.0, metavar="S", help="For one search; 20."
)
def command(*, index_dir: str | None, max_seconds: float) -> int:
    """
    Offer the archive to a language model: the Model Context Protocol on standard input and output.

    Its tools are search, get_article, kwic, trend, suggest and why_not; nothing is ever written. It ends
    with its input. See also: search help mcp.
    """
    with open_index(index_dir) as index:
        from searchlib.mcp import server  # noqa: PLC0415 (an extra)

        server(index, max_seconds=max_seconds).run()
    return 0
