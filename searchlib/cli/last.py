"""The last answer seen on a terminal: `@3` is its third hit, wherever a verb takes an id."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchlib import SearchlibError
from searchlib.cli.location import Place, home_of, key_of, place_of
from searchlib.cli.messages import tell
from searchlib.cli.streams import remark, shorten
from searchlib.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from searchlib import Article, Index, Marks

_NUMBERED = lazy_pattern(r"@([1-9][0-9]{0,8})", re.ASCII)


_MAX_NAMED = 3
"""Articles that are named where several have an id in their files."""


def _file() -> Path:
    """
    Return the file in the folder where programs of this user keep their state.

    That is `%LOCALAPPDATA%` on Windows, `~/Library/Application Support` on macOS,
    else what the XDG Base Directory Specification says, which a Mac may ask for too.
    """
    if sys.platform == "win32":
        state = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / "Library" / "Application Support"
    else:
        state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "searchlib" / "last.json"


def remember(index: Place, ids: Sequence[str], offset: int, asked: Mapping[str, Any] | None = None) -> None:
    """
    Keep the ids of a page; where that cannot be written, `@3` is not known, and the search goes on.

    Args:
        asked: The query and its options, by which `search show` marks what matched.
    """
    content = {"index": key_of(index), "offset": offset, "ids": list(ids), "asked": dict(asked or {})}
    try:
        file = _file()
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_text(json.dumps(content), "utf-8")
    except (OSError, RuntimeError):  # RuntimeError: there is no home
        return


def last_ids() -> dict[str, str]:
    """Return the hits of the last answer by what a verb may call them: `@3`."""
    return _number(_content())


_MARKED_BY = ("match", "since", "until", "where", "exact", "equivalences")


def marks_of(index: Index, article: Article) -> Marks | None:
    """Return where the last query marks an article that it found; None for another article."""
    content = _content()
    asked = content.get("asked")
    is_known = content.get("index") == key_of(place_of(index)) and article.id in content.get("ids", ())
    if not (is_known and isinstance(asked, dict) and asked.get("query")):
        return None
    options: dict[str, Any] = asked.get("options") or {}
    known = {name: options[name] for name in _MARKED_BY if name in options}
    try:
        return index.marks(asked["query"], article, lenient=True, **known)
    except (SearchlibError, TypeError, ValueError):  # it was written by another version
        return None


def articles_called(index: Index, wanted: str) -> list[Article]:
    """Return the article with an id or number, else those of a file in reading order; say if none is."""
    if index.get(wanted) is None and not _NUMBERED.fullmatch(wanted):
        for source in _sources(index, wanted):
            if articles := index.page(source):
                return articles
    found = article_called(index, wanted)
    return [] if found is None else [found]


def _sources(index: Index, file: str) -> Iterator[str]:
    """Yield how articles may name a file as their source: as given, from beside the index, whole."""
    yield file
    place = os.path.realpath(file)
    if os.path.exists(place):  # noqa: PTH110 (a name may be no path)
        beside = home_of(index)
        yield Path(os.path.relpath(place, beside)).as_posix()
        yield Path(place).as_posix()


def article_called(index: Index, wanted: str) -> Article | None:
    """Return the article with an id, or the hit that `@3` numbers in the last answer; say if none is."""
    found = index.get(wanted)
    if found is None and _NUMBERED.fullmatch(wanted):
        content = _content()
        known = _number(content) if content.get("index") == key_of(place_of(index)) else {}
        if wanted in known:
            found = index.get(known[wanted])
        elif known:
            first, *_, last = [*known, *known]
            remark(tell("the last answer has {} to {}, no {}", first, last, wanted))
            return None
        else:
            remark(tell("{} is a hit of the last answer on a terminal: this index has given none", wanted))
            return None
    return found or _of_record(index, wanted)


def _of_record(index: Index, wanted: str) -> Article | None:
    """Return the one article whose record had an id in its file; say if none has, or several."""
    hits = index.search("", where={"record_id": wanted}, limit=_MAX_NAMED, snippets=0) if wanted else None
    if hits and hits.total == 1:
        return hits[0].article
    if hits and hits.total:
        named = ", ".join(shorten(hit.id) for hit in hits)
        remark(tell("{} articles have the id {} in their files: {}", hits.total, shorten(wanted), named))
    else:
        remark(tell("no article has the id {}", shorten(wanted)))
    return None


def _content() -> dict[str, Any]:
    try:
        content = json.loads(_file().read_text("utf-8"))
    except (OSError, RuntimeError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _number(content: Mapping[str, Any]) -> dict[str, str]:
    try:
        return {f"@{n}": str(one) for n, one in enumerate(content["ids"], start=int(content["offset"]) + 1)}
    except (ValueError, KeyError, TypeError):
        return {}
