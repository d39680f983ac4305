"""The application: its addresses, and what all answers have in common: places, ETags, errors."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from hashlib import blake2b
from os import PathLike
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from searchlib import (
    ArticleNotFoundError,
    ConfigError,
    CorpusError,
    Index,
    QueryError,
    SearchCancelledError,
    SearchTimeoutError,
    StoreNotFoundError,
    answers,
)
from searchlib.message import message_of
from searchlib.web import answer_page, article_page, exports, help_page, interface, study_pages
from searchlib.web.asked import Asked
from searchlib.web.guarding import LOOPBACK, Guard, problem
from searchlib.web.site import FACETS, PageRequest, Site, static
from searchlib.web.wording import Wording
from searchlib.web.working import BusyError, Places

_KINDS: dict[type[Exception], str] = {
    BusyError: "Busy",
    SearchCancelledError: "Busy",
    StoreNotFoundError: "StoreNotFoundError",
}
_LOG = logging.getLogger("searchlib.web")
_RETRY_S = "2"
_FOREVER = "public, max-age=31536000, immutable"

Work = Callable[[PageRequest], Response]
Endpoint = Callable[[Request], Awaitable[Response]]

_STATUS: dict[type[Exception], int] = {
    ArticleNotFoundError: 404,
    QueryError: 400,
    ConfigError: 400,
    CorpusError: 404,
    SearchTimeoutError: 503,
    SearchCancelledError: 503,
    StoreNotFoundError: 503,
    BusyError: 503,
}


def make_app(
    index: Index,
    *,
    title: str | None,
    pages: Iterable[str | PathLike[str]],
    allow_hosts: Iterable[str],
    cors: Iterable[str],
    max_seconds: float,
    places: int,
    facets: Iterable[str] | None,
    url: str | None,
) -> Starlette:
    """Return the application of an index; see `searchlib.web.app`."""
    if not 0 < max_seconds <= 600:  # noqa: PLR2004 (ten minutes)
        raise ConfigError("max_seconds", max_seconds, "more than 0, at most 600")
    if not 1 <= places <= 1000:  # noqa: PLR2004
        raise ConfigError("places", places, "1 to 1000")
    host = urlsplit(url).hostname if url else None
    if url and (host is None or urlsplit(url).scheme not in {"http", "https"}):
        raise ConfigError("url", url, "an address such as https://archive.example/")
    site = Site(
        index,
        title or _name_of(index),
        Places(places, max_seconds),
        max_seconds,
        tuple(facets) if facets is not None else (*FACETS, *(f"extra.{name}" for name in index.fields)),
        tuple(Path(folder).resolve() for folder in pages),
        url,
    )
    hosts = [*LOOPBACK, *allow_hosts, *([host] if host else [])]
    return Starlette(
        routes=[Route(path, endpoint) for path, endpoint in _endpoints(site).items()],
        middleware=[
            Middleware(GZipMiddleware, minimum_size=1000, compresslevel=5),
            Middleware(Guard, hosts=hosts, origins=cors),
        ],
        exception_handlers={HTTPException: partial(_not_there, site)},
    )


def _name_of(index: Index) -> str:
    """Return what an archive is called unless it is said: as its index, or the folder of a `.search`."""
    if "://" in index.location:
        return index.location.partition("?")[0].rpartition("/")[2]
    place = index.path.resolve()
    return (place.parent.name if place.name.startswith(".") else place.stem) or "searchlib"


def _endpoints(site: Site) -> dict[str, Endpoint]:
    """Return what answers at each path."""
    of_pages: dict[str, Work] = {
        "/": answer_page.search,
        "/article": article_page.article,
        "/original": article_page.original,
        "/like": article_page.like,
        "/kwic": study_pages.kwic,
        "/trend": study_pages.trend,
        "/help": help_page.help_page,
    }
    of_programs: dict[str, Work] = {
        "/api/search": interface.search,
        "/api/article": interface.article,
        "/api/suggest": interface.suggest,
        "/api/kwic": interface.kwic,
        "/api/trend": interface.trend,
        "/api/trends": interface.trends,
        "/api/like": interface.like,
        "/api/why-not": interface.why_not,
        "/api/stats": interface.stats,
        "/feed.atom": exports.feed,
        "/kwic.csv": exports.kwic,
        "/trend.csv": exports.trend,
        "/cite.bib": exports.bibtex,
        "/cite.ris": exports.ris,
        "/opensearch.xml": interface.opensearch,
        "/openapi.json": interface.openapi,
    }
    streams = {"/export.csv": exports.csv, "/export.jsonl": exports.jsonl}
    files = {"/s.js": "text/javascript", "/s.css": "text/css", "/icon.svg": "image/svg+xml"}
    return {
        **{path: _answering(site, work, _page_of_error) for path, work in of_pages.items()},
        **{path: _answering(site, work, _object_of_error) for path, work in of_programs.items()},
        **{path: partial(_streaming, site, stream) for path, stream in streams.items()},
        **{path: _file(path[1:], media_type) for path, media_type in files.items()},
        "/healthz": _healthz,
    }


def _file(name: str, media_type: str) -> Endpoint:
    content = static(name)

    async def answer(_: Request) -> Response:
        return Response(content, headers={"Cache-Control": _FOREVER}, media_type=media_type)

    return answer


async def _healthz(_: Request) -> Response:
    return PlainTextResponse("ok\n", headers={"Cache-Control": "no-store"})


def _answering(site: Site, work: Work, said: Callable[[PageRequest, Exception, int], Response]) -> Endpoint:
    """Return what does *work* in a thread, unless the client has the answer of this commit already."""

    def answer(request: Request, gone: Event) -> Response:
        asking = PageRequest(site, request, gone)
        site.refresh()
        etag = _etag(asking)
        if etag in request.headers.get("if-none-match", ""):
            return _keep(Response(status_code=304), etag)
        return _keep(work(asking), etag)

    async def endpoint(request: Request) -> Response:
        path = request.scope["path"]
        if path == request.scope.get("root_path", "") and not path.endswith(
            "/"
        ):  # mounted, without its slash
            return RedirectResponse(f"{path.rpartition('/')[2]}/?{request.url.query}".rstrip("?"), 307)
        try:
            return await site.places.run(request, partial(answer, request))
        except Exception as error:  # noqa: BLE001 (every error has an answer)
            status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
            if status == 500:  # noqa: PLR2004
                _LOG.exception("%s could not be answered", request.scope["path"])
            response = said(PageRequest(site, request, Event(), status), error, status)
            if status == 503:  # noqa: PLR2004
                response.headers["Retry-After"] = _RETRY_S
            response.headers["Cache-Control"] = "no-store"
            return response

    return endpoint


def _etag(asking: PageRequest) -> str:
    """Return the name of an answer, by commit, question and our files: its text says how long it took."""
    request = asking.request
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    parts = (
        asking.site.commit(),
        asking.site.version,
        path,
        str(sorted(asking.params)),
        asking.t.lang,
        asking.base,
    )
    return f'W/"{blake2b("|".join(parts).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()}"'


def _keep(response: Response, etag: str) -> Response:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    response.headers.append("Vary", "Accept-Language")
    return response


def _message(error: Exception, status: int, t: Wording) -> str:
    """Return what a person is told of an error."""
    if isinstance(error, SearchTimeoutError):
        return t("It takes too long. Try fewer or rarer words.")
    if isinstance(error, (BusyError, SearchCancelledError)):
        return t("Too many requests at this moment. Try again in a second.")
    if isinstance(error, StoreNotFoundError):
        return t("The index is being built; try again soon.")
    if status == 500:  # noqa: PLR2004
        return t("Something went wrong here.")
    return t.whole(message_of(error))


def _page_of_error(asking: PageRequest, error: Exception, status: int) -> Response:
    message = _message(error, status, asking.t)
    if asking.param("live"):
        return PlainTextResponse(message, status)
    query = asking.param("q")[:200]
    column = getattr(error, "column", None)
    pointed = f"{query}\n{'　' * (column - 1)}↑" if column and "\n" not in query else ""
    return asking.page("problem.html", asked=Asked(q=query), problem=message, pointed=pointed)


def _object_of_error(_: PageRequest, error: Exception, status: int) -> Response:
    if status in {500, 503} and not isinstance(error, SearchTimeoutError):
        kind = next((name for one, name in _KINDS.items() if isinstance(error, one)), "InternalError")
        return problem(status, kind, _message(error, status, Wording("en")))
    content = answers.json_object(answers.of_error(error)) + "\n"
    return Response(content, status, media_type="application/json")


async def _streaming(site: Site, stream: exports.Stream, request: Request) -> Response:
    """Answer an export: its first rows are found as any answer is, the others as they are sent."""

    def start(asking: PageRequest) -> Response:
        return exports.send_stream(asking, stream)

    return await _answering(site, start, _object_of_error)(request)


async def _not_there(site: Site, request: Request, error: HTTPException) -> Response:
    """Answer an address that there is not."""
    if "/api/" in request.scope["path"]:
        return problem(error.status_code, "NotFound", "there is no such address; see openapi.json")
    asking = PageRequest(site, request, Event(), error.status_code)
    return asking.page("problem.html", asked=Asked(), problem=asking.t("There is no such page."), pointed="")
