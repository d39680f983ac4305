"""What all requests share: the index, its settings, the templates; and what one request works with."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, FunctionLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from searchlib import Index, StoreNotFoundError, __version__
from searchlib.web.asked import Asked
from searchlib.web.wording import Wording, wording_for
from searchlib.web.working import Places

_FOLDER = files("searchlib.web")
_REFRESH_S = 1.0
FACETS = ("publication", "authors", "column", "kind")


def _template(name: str) -> str | None:
    place = _FOLDER / "templates" / name
    return place.read_text("utf-8") if place.is_file() else None


def static(name: str) -> bytes:
    """Return one of our files."""
    return (_FOLDER / "static" / name).read_bytes()


@dataclass
class Site:
    """An archive that is served."""

    index: Index
    title: str
    places: Places
    max_seconds: float
    facets: tuple[str, ...]
    pages: tuple[Path, ...] = ()
    base: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _refreshed: float = 0.0

    @cached_property
    def templates(self) -> Environment:
        """The templates; whatever is put in is escaped."""
        return Environment(
            loader=FunctionLoader(_template), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )

    @cached_property
    def version(self) -> str:
        """What changes when our files do: a browser may keep these for ever."""
        found = blake2b(__version__.encode(), digest_size=5)
        for folder in ("static", "templates"):
            for file in sorted((_FOLDER / folder).iterdir(), key=lambda one: one.name):
                found.update(file.read_bytes())
        return found.hexdigest()

    def refresh(self) -> None:
        """Look for commits of others, at most once a second."""
        now = time.monotonic()
        with self._lock:
            if now - self._refreshed < _REFRESH_S:
                return
            self._refreshed = now
        self.index.refresh()

    def commit(self) -> str:
        """Return the name of the commit that is read, and of the words and synonyms beside it."""
        try:
            name = self.index.commit
        except StoreNotFoundError:
            return ""
        for file in () if "://" in self.index.location else ("words.txt", "synonyms.txt"):
            try:
                about = (self.index.path / file).stat()
            except OSError:
                continue
            name += f"-{about.st_mtime_ns}-{about.st_size}"
        return name


@dataclass
class PageRequest:
    """One request at work in a thread; the event is set when its client has gone."""

    site: Site
    request: Request
    gone: threading.Event
    status: int = 200

    @property
    def params(self) -> list[tuple[str, str]]:
        """The parameters of the address, in their order."""
        return self.request.query_params.multi_items()

    def param(self, name: str) -> str:
        """Return a parameter that may be given once; the last one counts."""
        return self.request.query_params.get(name, "")

    @cached_property
    def t(self) -> Wording:
        """The language of the answer."""
        return wording_for(self.param("lang"), self.request.headers.get("accept-language", ""))

    @cached_property
    def asked(self) -> Asked:
        """The question of a page."""
        return Asked.of_page(self.params)

    @property
    def bounds(self) -> dict[str, Any]:
        """The options that end a call of the library."""
        return {"timeout": self.site.max_seconds, "cancel": self.gone}

    @cached_property
    def base(self) -> str:
        """The absolute address of the first page, with a slash at its end; Host has been checked."""
        if self.site.base:
            return self.site.base.rstrip("/") + "/"
        scope = self.request.scope
        host = self.request.headers["host"]
        return f"{scope.get('scheme', 'http')}://{host}{scope.get('root_path', '').rstrip('/')}/"

    def whole(self, path: str, query: str = "") -> str:
        """Return the absolute address of a page, in ASCII."""
        return self.base + path + quote(query, safe="?=&%")

    def page(self, template: str, here: str = "", **context: Any) -> Response:
        """Return a page made of a template, with what every page needs: language, links, the question."""
        asked = context.pop("asked", None) or self.asked
        other = "en" if self.t.is_chinese else "zh"
        pairs = [(name, value) for name, value in self.params if name not in {"lang", "live"}]
        path = self.request.scope["path"].rpartition("/")[2] or "./"
        text = self.site.templates.get_template(template).render(
            t=self.t,
            site=self.site,
            asked=asked,
            here=here,
            other_language=f"{path}?{urlencode([*pairs, ('lang', other)])}",
            **context,
        )
        return HTMLResponse(text, self.status, {"Content-Language": self.t.lang})
