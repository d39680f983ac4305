"""`search serve`: the archive in a browser, and for programs over HTTP."""

from __future__ import annotations

import os
import socket
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from searchlib import MissingExtraError
from searchlib.cli.location import open_index
from searchlib.cli.messages import tell
from searchlib.cli.parameters import examples, index_option
from searchlib.cli.problems import Problem
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark

_EPILOG = examples(
    ("search serve --open", "this archive in the browser of this machine"),
    ("search serve -i news.idx --pages pages/ --title 松原日报", "with the pages beside their articles"),
    (
        "search serve --host 0.0.0.0 --allow-host archive.example --url https://archive.example/",
        "for others, behind a reverse proxy that knows who may come in",
    ),
)
_SWITCH_S = 0.001
"""How long a search may hold the interpreter; with Python's 5 ms eight of them delay each new request."""
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@click.command("serve", cls=Verb, epilog=_EPILOG)
@index_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8420,
    metavar="N",
    help="The port; 8420, 0 for any that is free.",
)
@click.option(
    "--host", default="127.0.0.1", metavar="ADDRESS", help="Where to listen; 127.0.0.1, this machine only."
)
@click.option("--open", "as_open", is_flag=True, help="Open it in the browser.")
@click.option(
    "--allow-host",
    "allow_hosts",
    multiple=True,
    metavar="NAME",
    help="A name under which it is reached besides localhost; repeatable.",
)
@click.option("--url", metavar="URL", help="Its address for others, for links in feeds and citations.")
@click.option(
    "--pages",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="A folder of the indexed pages, to show them beside their articles; repeatable.",
)
@click.option(
    "--cors", multiple=True, metavar="ORIGIN", help="A site whose scripts may ask the interface; repeatable."
)
@click.option(
    "--max-seconds", type=click.FloatRange(0.1, 600), default=5.0, metavar="S", help="For one search; 5."
)
@click.option("--title", metavar="TEXT", help="The archive's name; else that of the folder.")
@click.option("--facet", "facets", multiple=True, metavar="FIELD", help="A field to filter by; repeatable.")
def command(
    *,
    index_dir: str | None,
    port: int,
    host: str,
    as_open: bool,
    facets: tuple[str, ...],
    **options: Any,
) -> int:
    """
    Serve the archive to a browser, and to programs over HTTP; nothing is ever written.

    It has no accounts: whoever reaches it reads everything. It is for this machine unless --host says
    otherwise; then put a reverse proxy in front of it. Articles that search index adds meanwhile are found
    within a second. See also: search help web, search help http-api.
    """
    if host not in _LOOPBACK and not options["allow_hosts"] and not options["url"]:
        raise click.UsageError(
            tell("With --host {} name how it is reached: --allow-host NAME, or --url URL.", host)
        )
    try:
        uvicorn = import_module("uvicorn")
    except ImportError as error:
        raise MissingExtraError("search serve", "uvicorn", "web") from error
    from searchlib.web import app  # noqa: PLC0415 (an extra)

    with open_index(index_dir) as index:
        site = app(index, facets=facets or None, **options)
        listening = _listening(host, port)
        named = f"[{host}]" if ":" in host else host
        address = f"http://{named}:{listening.getsockname()[1]}/"
        config = uvicorn.Config(
            site,
            log_level="warning",
            access_log=False,
            server_header=False,
            lifespan="off",
            timeout_keep_alive=5,
            h11_max_incomplete_event_size=1 << 16,
        )
        with listening:
            remark(tell("serving {} at {} (Ctrl-C ends it)", index.location, address))
            if as_open:
                click.launch(address)
            sys.setswitchinterval(_SWITCH_S)
            try:
                uvicorn.Server(config).run(sockets=[listening])
            except KeyboardInterrupt:  # after all answers were sent
                return 0
    return 0


def _listening(host: str, port: int) -> socket.socket:
    """
    Return a socket that listens.

    Raises:
        Problem: Another program listens there, or the address is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once (TCP_NODELAY) only on a socket that names its protocol; without it
    # each answer to a connection that is kept waits 40 ms for the client's acknowledgement.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows it would let two programs listen at one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(256)
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise Problem(
            tell("cannot listen at {}:{}: {}; choose another with --port", host, port, reason)
        ) from error
    return listening
