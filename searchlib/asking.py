"""What the arguments of a call ask for, each checked: the tree of a query, and the request for a backend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, cast, get_args

from searchlib.backends.base import Backend
from searchlib.dates import date_prefix
from searchlib.errors import ConfigError
from searchlib.model import OWN, Article
from searchlib.own_fields import names_of
from searchlib.query.equivalents import chosen, widened
from searchlib.query.lexicon import LexiconFiles
from searchlib.query.nodes import Query, as_it_stands
from searchlib.query.parser import parse
from searchlib.ranking.bm25f import DEFAULT_BOOSTS, Weighting
from searchlib.ranking.ranking import Request, Sort

Match = Literal["auto", "all", "any"]

_WHERE_KEYS = frozenset(Article.__dataclass_fields__) - {"spans", "extra"} | {"year", "month"}


class Asking:
    """Makes trees and requests under the settings that an index was opened with."""

    def __init__(
        self,
        path: Path,
        backend: Backend,
        *,
        boosts: Mapping[str, float] | None,
        equivalences: Iterable[str] | None,
        max_words: int,
    ) -> None:
        check_counts(max_words=max_words)
        self._max_words = max_words
        self._backend = backend
        self._boosts = dict(boosts or {})
        # Only a field of one's own makes it necessary to look into an index that nobody has asked yet.
        Weighting(self._boosts) if DEFAULT_BOOSTS.keys() >= self._boosts.keys() else self._weighting(None)
        self._equivalences = chosen(equivalences, exact=False)
        self.lexicon = LexiconFiles(path)

    def tree(
        self, query: str, *, match: str, exact: bool = False, equivalences: Iterable[str] | None = None
    ) -> Query:
        """
        Return the tree of a query, with what may stand for its words.

        Raises:
            QuerySyntaxError: Quotes, brackets or operators do not fit together.
            QueryError: There are more words than the index was opened for.
            ConfigError: There is no such way to match or equivalence.
        """
        if not isinstance(query, str):
            raise TypeError(f"a query is a str, not {type(query).__name__}")
        one_of("match", match, get_args(Match))
        kinds = self.kinds(exact=exact, equivalences=equivalences)
        analyzer = self._backend.analyzer
        is_exact = "script" not in kinds
        tree = parse(
            query,
            analyzer,
            match=match,
            exact=is_exact,
            max_words=self._max_words,
            names=names_of(self._backend.own_fields),
        )
        return widened(tree, query, kinds, analyzer, self.lexicon.get())

    def kinds(self, *, exact: bool, equivalences: Iterable[str] | None) -> frozenset[str]:
        """Return which equivalences hold in one search."""
        if exact:
            return chosen((), exact=True)
        return self._equivalences if equivalences is None else chosen(equivalences, exact=False)

    def places(self, query: str, exact: bool, limit: int | None, **filters: Any) -> Request:
        """Return what asks for a query as it stands, a run in one piece."""
        tree = as_it_stands(self.tree(query, match="all", exact=exact, equivalences=["script"]))
        return self.request(tree, limit=limit, **filters)

    def request(
        self,
        tree: Query,
        boosts: Mapping[str, float] | None = None,
        limit: int | None = 10,
        *,
        since: str | date | None = None,
        until: str | date | None = None,
        where: Mapping[str, object] | None = None,
    ) -> Request:
        """
        Return what asks for a tree under filters.

        Raises:
            ConfigError: A date, a key or a boost is none.
        """
        return Request(
            tree,
            self._weighting(boosts),
            limit=limit,
            since=date_prefix("since", since),
            until=date_prefix("until", until),
            where={stored_key("where", key): _values(value) for key, value in (where or {}).items()},
        )

    def _weighting(self, boosts: Mapping[str, float] | None) -> Weighting:
        """Return the weights of the fields, those that were opened with and those of one search together."""
        own = self._backend.own_fields
        names = names_of(own)
        given = self._boosts | dict(boosts or {})
        return Weighting({names.get(str(name).casefold(), name): given[name] for name in given}, own)


def checked_id(value: object) -> str:
    """Return an id that is a string."""
    if not isinstance(value, str):
        raise TypeError(f"an id is a str, not {type(value).__name__}")
    return value


def check_counts(**counts: int | None) -> None:
    """See that counts are whole numbers from 0 on; a *limit* may be None."""
    for name, value in counts.items():
        if value is None and name == "limit":
            continue
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{name} is a {type(value).__name__}, not an int")
        if value < 0:
            raise ConfigError(name, value, "0 or more")


def one_of(name: str, value: str, allowed: Sequence[str]) -> Any:
    """Return a value that is among those allowed."""
    if value not in allowed:
        raise ConfigError(name, value, f"one of {', '.join(allowed)}")
    return value


def sort_order(value: object) -> str:
    """Return an order: `relevance`, `newest`, `oldest`, or `extra.KEY` or `-extra.KEY`."""
    if not isinstance(value, str):
        raise TypeError(f"sort is a {type(value).__name__}, not a str")
    key = value.removeprefix("-")
    if value not in get_args(Sort) and not (key.startswith(OWN) and key != OWN):
        raise ConfigError("sort", value, f"one of {', '.join(get_args(Sort))}, extra.KEY or -extra.KEY")
    return value


def stored_key(name: str, key: str) -> str:
    """Return a key by which articles can be filtered and counted."""
    if key not in _WHERE_KEYS and not key.startswith("extra."):
        raise ConfigError(name, key, f"a stored field ({', '.join(sorted(_WHERE_KEYS))}) or extra.KEY")
    return key


def _values(value: object) -> Sequence[object]:
    if isinstance(value, (list, tuple, set, frozenset)):
        return cast("Sequence[object]", list(value))
    return [value]
