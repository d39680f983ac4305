"""What a request asks: its parameters read within limits, and the addresses of the same question changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import quote

from searchlib import FILTER_KEYS, ConfigError
from searchlib.message import Message

MAX_QUERY_CHARS = 1000
"""A query of a million characters takes ten seconds."""
MAX_LIMIT = 100
MAX_OFFSET = 100_000
MAX_SNIPPETS = 5
MAX_FACETS = 12
MAX_FACET_VALUES = 1000
_MOST = {
    "offset": MAX_OFFSET,
    "limit": MAX_LIMIT,
    "snippets": MAX_SNIPPETS,
    "facet_limit": MAX_FACET_VALUES,
}
MAX_VALUES = 100
"""Of all filters of one request."""
MAX_VALUE_CHARS = 500

FILTERS = frozenset(FILTER_KEYS) - {"id", "body"}
_OWN = re.compile(r"extra\..+")
_PLAIN = ("match", "sort", "since", "until", "group")
_OTHERS = frozenset(
    {
        "q",
        "exact",
        "equivalences",
        "offset",
        "limit",
        "snippets",
        "facet",
        "facet_limit",
        "lenient",
        "own_filters",
    }
)
PARAMETERS = frozenset(_PLAIN) | _OTHERS
_DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")


@dataclass(frozen=True)
class Asked:
    """A question: the options of a search, each with its default, and the language that was chosen."""

    q: str = ""
    match: str = "auto"
    sort: str = ""
    since: str = ""
    until: str = ""
    group: str = ""
    exact: bool = False
    equivalences: tuple[str, ...] | None = None
    offset: int = 0
    limit: int = 10
    snippets: int = 1
    facets: tuple[str, ...] = ()
    facet_limit: int | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lenient: bool = False
    own_filters: bool = True
    lang: str = ""

    @classmethod
    def of(cls, items: Iterable[tuple[str, str]], *, besides: Iterable[str] = ()) -> Asked:
        """
        Read the parameters of an address.

        Args:
            besides: Parameters that are read elsewhere.

        Raises:
            ConfigError: A value is out of its limits, or no parameter has this name: a filter whose
                name is misspelt would let everything through.
        """
        values: dict[str, Any] = {}
        where: dict[str, list[str]] = {}
        facets: list[str] = []
        for name, value in items:
            if name in besides:
                continue
            if name in FILTERS or _OWN.fullmatch(name):
                _check_length(name, value, MAX_VALUE_CHARS)
                if value:
                    where.setdefault(name, []).append(value)
            elif name == "facet":
                facets.append(value)
            elif name in PARAMETERS or name == "lang":
                values[name] = _value(name, value)
            else:
                allowed = ", ".join(sorted(PARAMETERS))
                raise ConfigError(name[:MAX_VALUE_CHARS], value, Message("there are {}, and fields", allowed))
        if sum(map(len, where.values())) > MAX_VALUES:
            raise ConfigError(
                "filters", sum(map(len, where.values())), Message("at most {} values", MAX_VALUES)
            )
        if len(facets) > MAX_FACETS:
            raise ConfigError("facet", len(facets), Message("at most {} fields", MAX_FACETS))
        filters = {key: tuple(dict.fromkeys(found)) for key, found in where.items()}
        return cls(**values, facets=tuple(dict.fromkeys(facets)), where=filters)

    @classmethod
    def of_page(cls, items: Iterable[tuple[str, str]]) -> Asked:
        """
        Read the parameters of a page: those that it does not know are passed over, `m` is a month or year.

        Raises:
            ConfigError: A value is out of its limits.
        """
        known = [
            (name, value)
            for name, value in items
            if value
            and (name in PARAMETERS or name in FILTERS or name in {"lang", "m"} or _OWN.fullmatch(name))
        ]
        asked = cls.of(known, besides={"m"})
        month = next((value for name, value in reversed(known) if name == "m"), "")
        return replace(asked, since=month, until=month) if _DATE.fullmatch(month) else asked

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked for: words or a filter."""
        return bool(self.q.strip() or self.where or self.since or self.until)

    @property
    def filters(self) -> dict[str, Any]:
        """The options that say which articles are looked at."""
        return {
            "since": self.since or None,
            "until": self.until or None,
            "where": {key: list(values) for key, values in self.where.items()} or None,
        }

    @property
    def reading(self) -> dict[str, Any]:
        """The options that say how the query is read."""
        equivalences = None if self.equivalences is None else list(self.equivalences)
        return {"exact": self.exact, "equivalences": equivalences}

    @property
    def options(self) -> dict[str, Any]:
        """The options of `Index.search`."""
        facets = dict.fromkeys(self.facets, self.facet_limit)
        return {
            **self.filters,
            **self.reading,
            "match": self.match,
            "sort": self.sort or "relevance",
            "group": self.group or None,
            "offset": self.offset,
            "limit": self.limit,
            "snippets": self.snippets,
            "facets": facets,
            "lenient": self.lenient,
            "own_filters": self.own_filters,
        }

    def _pairs(self) -> Iterator[tuple[str, str]]:
        yield "q", self.q
        for name in _PLAIN:
            value = getattr(self, name)
            yield name, "" if value == "auto" else value
        yield "exact", "1" if self.exact else ""
        if self.equivalences is not None:
            yield "equivalences", ",".join(self.equivalences) or "none"
        for key, values in self.where.items():
            for value in values:
                yield key, value
        yield "offset", str(self.offset or "")
        yield "limit", "" if self.limit == Asked.limit else str(self.limit)
        yield "lang", self.lang

    def url(self, **changes: Any) -> str:
        """Return `?…` of the question with other values; what is no option is a parameter before it."""
        own = {name: value for name, value in changes.items() if name in Asked.__dataclass_fields__}
        more = [(name, str(value)) for name, value in changes.items() if name not in own and value]
        pairs = [*more, *((name, value) for name, value in replace(self, **own)._pairs() if value)]  # noqa: SLF001 (its own class)
        return f"?{'&'.join(f'{_quote(name)}={_quote(value)}' for name, value in pairs)}" if pairs else ""

    @cached_property
    def home(self) -> str:
        """The address of the first page, in the language that was chosen."""
        return f"./?lang={self.lang}" if self.lang else "./"

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What a form keeps when other words are typed."""
        return self.without_dates(q=True)

    def without_dates(self, *, q: bool = False) -> list[tuple[str, str]]:
        """Return what a form of dates keeps; with *q* what one of words keeps, dates too."""
        left = replace(self, offset=0, q="") if q else replace(self, offset=0, since="", until="")
        return [(name, value) for name, value in left._pairs() if value]  # noqa: SLF001 (its own class)

    def toggle(self, key: str, value: str) -> str:
        """Return the address with one value of a filter more, or without it when it is there."""
        values = self.where.get(key, ())
        left = tuple(one for one in values if one != value) if value in values else (*values, value)
        where = {**self.where, key: left}
        return self.url(where={name: found for name, found in where.items() if found}, offset=0)


def _quote(text: str) -> str:
    """
    Return a text as a part of an address of a page: letters and Han as they are, all else as bytes of UTF-8.

    A browser sends the same bytes; nine of them for each Han were a third of a page.

    >>> _quote("党建 a&b")
    '党建%20a%26b'
    """
    return "".join(
        char if char.isalnum() or char in "-._~" else quote(char, safe="", errors="replace") for char in text
    )


def _value(name: str, value: str) -> Any:
    if name in {"exact", "lenient", "own_filters"}:
        if value not in {"0", "1"}:
            raise ConfigError(name, value, "0 or 1")
        return value == "1"
    if name in _MOST:
        is_number = value.isascii() and value.isdecimal() and len(value) <= len(str(MAX_OFFSET))
        if not is_number or int(value) > _MOST[name]:
            raise ConfigError(name, value, Message("a number from 0 to {}", _MOST[name]))
        return int(value)
    if name == "equivalences":
        names = tuple(one for one in value.split(",") if one)
        return () if value == "none" else names
    _check_length(name, value, MAX_QUERY_CHARS if name == "q" else MAX_VALUE_CHARS)
    return value


def _check_length(name: str, value: str, most: int) -> None:
    if len(value) > most:
        raise ConfigError(name, value, Message("at most {} characters", f"{most:,}"))
