"""
The archive in a browser, and for programs over HTTP: pages, `/api/…`, exports; read-only.

`app` is an ASGI application, which `search serve` runs and which others mount:

    from starlette.applications import Starlette
    from starlette.routing import Mount

    archive = searchlib.web.app(searchlib.open("corpus.idx", read_only=True), allow_hosts=["archive.example"])
    Starlette(routes=[Mount("/archive", archive)])

Pages are made on the server and work without JavaScript; nothing is loaded from elsewhere. The room
knows searchlib by its public names only. It needs the extra `web` (Starlette, Jinja2; uvicorn to serve).
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from typing import TYPE_CHECKING, Any

from searchlib import MissingExtraError

if TYPE_CHECKING:
    from searchlib import Index

__all__ = ["app"]


def app(
    index: Index,
    *,
    title: str | None = None,
    pages: Iterable[str | PathLike[str]] = (),
    allow_hosts: Iterable[str] = (),
    cors: Iterable[str] = (),
    max_seconds: float = 5.0,
    places: int = 8,
    facets: Iterable[str] | None = None,
    url: str | None = None,
) -> Any:
    """
    Return the ASGI application of an index.

    Args:
        index: It is only read. Commits of others are seen within a second.
        title: The name of the archive; when not given, that of the index or of the folder that it is in.
        pages: Folders below which the files of pages may be read, to be shown beside their articles.
        allow_hosts: Names under which the application is reached besides localhost, `*` for all. Any other
            Host is refused, so that no page of another site can ask through a name that it made point here.
        cors: Origins whose scripts may read `/api`, `*` for all.
        max_seconds: How long one search may take.
        places: How many requests are worked on at the same time; others wait as long, then they get 503.
        facets: The fields to filter by; publication, authors, column, kind and the index's own fields.
        url: Where the application is reached, for links in feeds; taken from the request when not given.

    Raises:
        MissingExtraError: Starlette or Jinja2 is not installed.
        ConfigError: An option has a value that is not allowed.
    """
    try:
        from searchlib.web.application import make_app  # noqa: PLC0415 (an extra)
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in {"starlette", "jinja2", "markupsafe", "anyio"}:
            raise
        raise MissingExtraError("searchlib.web", error.name or "starlette", "web") from error
    return make_app(
        index,
        title=title,
        pages=pages,
        allow_hosts=allow_hosts,
        cors=cors,
        max_seconds=max_seconds,
        places=places,
        facets=facets,
        url=url,
    )
