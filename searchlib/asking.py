"""What the arguments of a call ask for, each checked: the tree of a query, and the request for a backend."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from inspect import Parameter, Signature, signature
from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar, get_args

from searchlib.dates import date_prefix
from searchlib.engine.request import DEFAULT_BOOSTS, FieldWeights, Group, Narrowed, SearchRequest, Sort
from searchlib.errors import ConfigError
from searchlib.expansion.equivalences import ALL, resolve_kinds
from searchlib.lazy import lazy_module
from searchlib.message import Message
from searchlib.model import OWN
from searchlib.own_fields import names_of
from searchlib.own_words import LexiconCache
from searchlib.stored_values import FILTER_KEYS

if TYPE_CHECKING:
    from searchlib.deadline import Cancel, Deadline
    from searchlib.engine import filters
    from searchlib.engine.contract import Backend
    from searchlib.expansion import entry
    from searchlib.query import auto as auto_queries
    from searchlib.query import nodes, parser, unparse
else:  # plain words are asked without them
    filters = lazy_module("searchlib.engine.filters")
    entry = lazy_module("searchlib.expansion.entry")
    auto_queries = lazy_module("searchlib.query.auto")
    nodes = lazy_module("searchlib.query.nodes")
    parser = lazy_module("searchlib.query.parser")
    unparse = lazy_module("searchlib.query.unparse")

Match = Literal["auto", "all", "any"]

Facets = Sequence[str] | Mapping[str, int | None]
"""Stored fields whose values are counted; a mapping says how many values of each, None for all."""


class FilterOptions(TypedDict, total=False):
    """The options that every way to ask takes; `Index.search` explains them."""

    since: str | date | None
    until: str | date | None
    where: Mapping[str, object] | None
    exact: bool
    equivalences: Iterable[str] | None
    timeout: float | None
    cancel: Cancel | None


class QueryOptions(FilterOptions, total=False):
    """The options of `Index.search` that say what a query finds: those of `Index.query`."""

    match: Match
    boosts: Mapping[str, float] | None
    lenient: bool


class SearchOptions(QueryOptions, total=False):
    """The options of `Index.search`, which `Index.iter_hits` and `Index.marks` take too."""

    limit: int | None
    offset: int
    sort: Sort | str
    facets: Facets
    own_filters: bool
    snippets: int
    group: Group | None


_DEFAULTS: Mapping[str, object] = {"match": "auto", "exact": False, "lenient": False}
"""Of the options of a query; all others are None."""

_Method = TypeVar("_Method", bound=Callable[..., object])


def spell_out(options: type) -> Callable[[_Method], _Method]:
    """Return what has `help` show each option of a method that takes them all as `**options`."""
    added = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(name), annotation=said.__forward_arg__)
        for name, said in options.__annotations__.items()
    ]

    def show(method: _Method) -> _Method:
        found = signature(method)
        shown = [*list(found.parameters.values())[:-1], *added]
        method.__signature__ = Signature(  # type: ignore[attr-defined]
            shown, return_annotation=found.return_annotation, __validate_parameters__=False
        )
        return method

    return show


_MOST = 10**18
_MOST_PLAIN_WORDS = 16
"""Maximum number of words of a query that an engine may answer without its being read here."""


class Asking:
    """Makes trees and requests under the settings that an index was opened with."""

    def __init__(
        self,
        backend: Backend,
        *,
        boosts: Mapping[str, float] | None,
        equivalences: Iterable[str] | None,
        max_words: int,
    ) -> None:
        check_counts(max_words=max_words)
        self._max_words = max_words
        self._backend = backend
        self._boosts = _weights(boosts)
        # Only a field of one's own makes it necessary to look into an index that nobody has asked yet.
        FieldWeights(self._boosts) if DEFAULT_BOOSTS.keys() >= self._boosts.keys() else self._weighting(None)
        _check_names(equivalences)
        self._equivalences = resolve_kinds(equivalences, exact=False)
        self.lexicon = LexiconCache(backend.lexicon)
        self._is_plain = not self._boosts and self._equivalences == ALL and max_words >= _MOST_PLAIN_WORDS

    @property
    def is_default(self) -> bool:
        """Whether queries are read as they are by default: no options of `open`, no words of the user's."""
        return self._is_plain and not self.lexicon.get()

    def tree(
        self, query: str, *, match: str, exact: bool = False, equivalences: Iterable[str] | None = None
    ) -> nodes.Query:
        """
        Return the tree of a query, with what may stand for its words.

        Raises:
            QuerySyntaxError: Brackets or operators do not fit together.
            QueryError: There are more words than the index was opened for.
            ConfigError: There is no such way to match or equivalence.
        """
        kinds = self.kinds(exact=exact, equivalences=equivalences)
        parsed = self._parse(query, match, kinds)
        return entry.expand(parsed.tree, query, kinds, self._backend.analyzer, self.lexicon.get())

    def _parse(
        self, query: str, match: str, kinds: frozenset[str], *, lenient: bool = False
    ) -> parser.Parsed:
        check_text("query", query)
        one_of("match", match, get_args(Match))
        is_exact = "script" not in kinds
        self._backend.analyzer.begin()
        return parser.read_query(
            query,
            self._backend.analyzer,
            match=match,
            exact=is_exact,
            lenient=lenient,
            max_words=self._max_words,
            names=names_of(self._backend.own_fields),
        )

    def auto(
        self,
        query: str,
        *,
        match: str,
        exact: bool = False,
        equivalences: Iterable[str] | None = None,
        lenient: bool = False,
    ) -> auto_queries.AutoQuery:
        """
        Return what a query asks for, and what to answer in its place when nothing has all of it.

        Raises as `tree`; with *lenient* no QuerySyntaxError.
        """
        kinds = self.kinds(exact=exact, equivalences=equivalences)
        parsed, analyzer = self._parse(query, match, kinds, lenient=lenient), self._backend.analyzer
        with_forms = entry.expander(query, kinds, analyzer, self.lexicon.get())
        is_auto = match == "auto"
        asked = (
            auto_queries.auto_query(parsed.tree, analyzer, with_forms)
            if is_auto
            else auto_queries.AutoQuery(with_forms(parsed.tree))
        )
        typed = unparse.unparse(parsed.tree) if parsed.repaired else query
        return replace(asked, typed=typed, hints=parsed.hints, repaired=parsed.repaired)

    def kinds(self, *, exact: bool, equivalences: Iterable[str] | None) -> frozenset[str]:
        """Return which equivalences hold in one search."""
        check_flags(exact=exact)
        _check_names(equivalences)
        if exact:
            return resolve_kinds((), exact=True)
        return self._equivalences if equivalences is None else resolve_kinds(equivalences, exact=False)

    def places(
        self,
        query: str,
        exact: bool,
        equivalences: Iterable[str] | None,
        limit: int | None,
        deadline: Deadline,
        *,
        match: Match = "all",
        **options: Any,
    ) -> SearchRequest:
        """Return what asks for a query as it is written, an unspaced phrase in one piece."""
        tree = nodes.as_it_stands(self.tree(query, match=match, exact=exact, equivalences=equivalences))
        return replace(self.request(tree, limit=limit, **options), deadline=deadline)

    def request(
        self,
        asked: nodes.Query | auto_queries.AutoQuery,
        boosts: Mapping[str, float] | None = None,
        limit: int | None = 10,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        where: Mapping[str, object] | None = None,
    ) -> SearchRequest:
        """
        Return what asks for a tree, or for a query as `auto` reads it, under filters.

        Raises:
            ConfigError: A date, a key or a boost is invalid.
        """
        read = asked if isinstance(asked, auto_queries.AutoQuery) else auto_queries.AutoQuery(asked)
        return SearchRequest(
            read.strict,
            self._weighting(boosts),
            limit=limit,
            since=date_prefix("since", since),
            until=date_prefix("until", until),
            where=_filters(where),
            relaxed=read.relaxed,
            is_strict=read.is_strict,
            is_question=read.is_question,
        )

    def search_request(
        self,
        query: str,
        deadline: Deadline,
        *,
        limit: int | None = 10,
        offset: int = 0,
        match: Match = "auto",
        sort: Sort | str = "relevance",
        since: str | date | None = None,
        until: str | date | None = None,
        where: Mapping[str, object] | None = None,
        facets: Facets = (),
        own_filters: bool = True,
        exact: bool = False,
        boosts: Mapping[str, float] | None = None,
        equivalences: Iterable[str] | None = None,
        group: Group | None = None,
        lenient: bool = False,
    ) -> tuple[auto_queries.AutoQuery, SearchRequest]:
        """
        Return a query as it is read, and what asks for it with the options of `Index.search`.

        Raises as `tree` and `request`; with *lenient* no QuerySyntaxError.
        """
        check_counts(limit=limit, offset=offset)
        check_flags(own_filters=own_filters)
        asked = self.auto(query, match=match, exact=exact, equivalences=equivalences, lenient=lenient)
        request = replace(
            self.request(asked, boosts, since=since, until=until, where=where),
            sort=sort_order(sort),
            limit=limit,
            offset=offset,
            facets=check_facets(facets),
            own_filters=own_filters,
            typed=asked.typed,
            compile=partial(self.tree, match="all", exact=exact, equivalences=equivalences),
            deadline=deadline,
            group=None if group is None else one_of("group", group, get_args(Group)),
        )
        return asked, request

    def narrow(
        self,
        sort: Sort | str,
        since: str | date | None,
        until: str | date | None,
        where: Mapping[str, object] | None,
        deadline: Deadline,
    ) -> Narrowed:
        """
        Return the filters, order and deadline of a search.

        Raises:
            ConfigError: A date, a key or an order is invalid.
        """
        first, last = date_prefix("since", since), date_prefix("until", until)
        return Narrowed(sort_order(sort), first, last, _filters(where), deadline)

    def _weighting(self, boosts: Mapping[str, float] | None) -> FieldWeights:
        """Return the weights of the fields, those that were opened with and those of one search together."""
        own = self._backend.own_fields
        names = names_of(own)
        given = self._boosts | _weights(boosts)
        return FieldWeights({names.get(str(name).casefold(), name): given[name] for name in given}, own)


def _check_names(equivalences: object) -> None:
    if equivalences is not None and not isinstance(equivalences, Iterable):
        kind = type(equivalences).__name__
        raise TypeError(f"equivalences is a {kind}, not a list of names such as ['script']")


def check_id(value: object) -> str:
    """Return an id as text; an int is the text of it, as in a record."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        if abs(value) < _MOST:
            return str(value)
        raise ConfigError("id", value, "a text, or an int of at most 18 digits")
    raise TypeError(f"an id is a str or an int, not a {type(value).__name__}")


def check_text(name: str, value: object) -> str:
    """Return an argument that is a text."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is a {type(value).__name__}, not a str")
    return value


def check_flags(**flags: object) -> None:
    """See that what is true or false is one of these."""
    for name, value in flags.items():
        if not isinstance(value, bool):
            raise TypeError(f"{name} is a {type(value).__name__}, not True or False")


def check_counts(**counts: int | None) -> None:
    """See that counts are whole numbers from 0 on; a *limit* may be None."""
    for name, value in counts.items():
        if value is None and name == "limit":
            continue
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name} is a {type(value).__name__}, not an int")
        if not 0 <= value <= sys.maxsize:
            raise ConfigError(name, value, "0 or more" if value < 0 else Message("{} at most", sys.maxsize))


def one_of(name: str, value: str, allowed: Sequence[str]) -> Any:
    """Return a value that is among those allowed."""
    if value not in allowed:
        raise ConfigError(name, value, Message("one of {}", ", ".join(allowed)))
    return value


def sort_order(value: object) -> str:
    """Return an order: `relevance`, `newest`, `oldest`, or `extra.KEY` or `-extra.KEY`."""
    if not isinstance(value, str):
        raise TypeError(f"sort is a {type(value).__name__}, not a str")
    key = value.removeprefix("-")
    if value not in get_args(Sort) and not (key.startswith(OWN) and key != OWN):
        raise ConfigError(
            "sort", value, Message("one of {}, extra.KEY or -extra.KEY", ", ".join(get_args(Sort)))
        )
    return value


def _weights(boosts: Mapping[str, float] | None) -> dict[str, float]:
    """Return the weights that were given; `FieldWeights` sees that they are of fields."""
    if boosts is None:
        return {}
    if not isinstance(boosts, Mapping):
        raise TypeError(f"boosts is a {type(boosts).__name__}, not a mapping such as {{'headline': 3.0}}")
    for name, value in boosts.items():
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _MOST:
            raise ConfigError(f"boosts[{name!r}]", value, "a weight is 0 or more")
    return dict(boosts)


def _filters(where: Mapping[str, object] | None) -> dict[str, filters.Wanted]:
    """Return what filters ask of each key."""
    if where is None:
        return {}
    if not isinstance(where, Mapping):
        raise TypeError(f"where is a {type(where).__name__}, not a mapping such as {{'authors': '刘慧'}}")
    return {check_key("where", key): filters.read_wanted(key, value) for key, value in where.items()}


def check_facets(facets: object) -> dict[str, int | None]:
    """Return the keys by which articles are to be counted, one or several, with their numbers of values."""
    if isinstance(facets, str):
        facets = [facets]
    if not isinstance(facets, Iterable) or isinstance(facets, (bytes, bytearray)):
        raise TypeError(f"facets is a {type(facets).__name__}, not a list of stored fields")
    limits = facets if isinstance(facets, Mapping) else dict.fromkeys(facets)
    checked = {check_key("facets", key): limit for key, limit in limits.items()}
    for limit in checked.values():
        check_counts(limit=limit)
    return checked


def check_key(name: str, key: object) -> str:
    """Return a key by which articles can be filtered and counted."""
    if not isinstance(key, str):
        raise TypeError(f"a key of {name} is a {type(key).__name__}, not a str")
    if key not in FILTER_KEYS and not (key.startswith("extra.") and key != "extra."):
        raise ConfigError(
            name, key, Message("a stored field ({}) or extra.KEY", ", ".join(sorted(FILTER_KEYS)))
        )
    return key
