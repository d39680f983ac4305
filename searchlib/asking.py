"""What the arguments of a call ask for: the tree of a query, and the request for a backend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from searchlib.arguments import (
    check_counts,
    check_facets,
    check_filters,
    check_flags,
    check_names,
    check_text,
    check_weights,
    one_of,
    sort_order,
)
from searchlib.dates import date_prefix
from searchlib.engine.request import DEFAULT_BOOSTS, FieldWeights, Group, Narrowed, SearchRequest, Sort
from searchlib.expansion.equivalences import ALL, resolve_kinds
from searchlib.frozen import replace
from searchlib.lazy import lazy_module
from searchlib.options import Facets, Match
from searchlib.own_fields import names_of
from searchlib.own_words import LexiconCache

if TYPE_CHECKING:
    from searchlib.deadline import Deadline
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
        self.max_words = max_words
        self._backend = backend
        self._boosts = check_weights(boosts)
        # Only a field of one's own makes it necessary to look into an index that nobody has asked yet.
        FieldWeights(self._boosts) if DEFAULT_BOOSTS.keys() >= self._boosts.keys() else self._weighting(None)
        check_names(equivalences)
        self._equivalences = resolve_kinds(equivalences, exact=False)
        self.lexicon = LexiconCache(backend.lexicon)
        self._is_plain = not self._boosts and self._equivalences == ALL and max_words >= _MOST_PLAIN_WORDS

    @property
    def is_default(self) -> bool:
        """Whether queries are read as they are by default: no options of `open`, no words of the user's."""
        return self._is_plain and self.lexicon.get().is_empty

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
            max_words=self.max_words,
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
        check_names(equivalences)
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
            where=check_filters(where),
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
            nearest=lambda typed: (
                self.auto(typed, match=match, exact=exact, equivalences=equivalences, lenient=True).relaxed
            ),
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
        return Narrowed(sort_order(sort), first, last, check_filters(where), deadline)

    def _weighting(self, boosts: Mapping[str, float] | None) -> FieldWeights:
        """Return the weights of the fields, those that were opened with and those of one search together."""
        own = self._backend.own_fields
        names = names_of(own)
        given = self._boosts | check_weights(boosts)
        return FieldWeights({names.get(str(name).casefold(), name): given[name] for name in given}, own)
