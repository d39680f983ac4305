"""The arguments of a call, each seen to be what it may be; an error names it and what is allowed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_args

from searchlib.engine.request import Sort
from searchlib.errors import ConfigError
from searchlib.lazy import lazy_module
from searchlib.message import Message
from searchlib.model import OWN
from searchlib.stored_values import FILTER_KEYS

if TYPE_CHECKING:
    from searchlib.engine import filters
else:  # plain words are asked without it
    filters = lazy_module("searchlib.engine.filters")

_MOST = 10**18


def check_names(equivalences: object) -> None:
    """See that equivalences are several names; which there are is for `resolve_kinds` to say."""
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


def check_weights(boosts: Mapping[str, float] | None) -> dict[str, float]:
    """Return the weights that were given; `FieldWeights` sees that they are of fields."""
    if boosts is None:
        return {}
    if not isinstance(boosts, Mapping):
        raise TypeError(f"boosts is a {type(boosts).__name__}, not a mapping such as {{'headline': 3.0}}")
    for name, value in boosts.items():
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _MOST:
            raise ConfigError(f"boosts[{name!r}]", value, "a weight is 0 or more")
    return dict(boosts)


def check_filters(where: Mapping[str, object] | None) -> dict[str, filters.Wanted]:
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
