"""
Fields of one's own: keys of `Article.extra` in which an index looks for words, each with its weight.

They are chosen when an index is made and kept in its table of contents. Inside they
are called `extra.KEY`, which no field of an article is; a query may leave `extra.` out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from searchlib.errors import ConfigError
from searchlib.lazy import lazy_pattern
from searchlib.message import Message
from searchlib.model import ALIASES, OWN, TEXT_FIELDS, Article

MOST_FIELDS = 64
"""Maximum number of fields of one's own; each costs a little in every query."""

_NAME = lazy_pattern(r"\w[\w.-]*")
_GRAMS = "_grams"
"""The ending by which an index tells a field's characters from its words."""

_HOW = "a mapping of record keys to weights, such as {'tags': 2.0}"


def own_fields(fields: Mapping[str, float]) -> dict[str, float]:
    """
    Return fields of one's own under their whole names, in order, each with its weight.

    Raises:
        ConfigError: A name is a field of every article or invalid in a query, or a weight is invalid.
        TypeError: It is no mapping of strings to numbers.

    >>> own_fields({"tags": 2, "extra.summary": 1.5})
    {'extra.summary': 1.5, 'extra.tags': 2.0}
    """
    if not isinstance(fields, Mapping):
        raise TypeError(f"fields is a {type(fields).__name__}, not {_HOW}")
    found: dict[str, float] = {}
    for name, weight in fields.items():
        if not isinstance(name, str):
            raise TypeError(f"a name in fields is a {type(name).__name__}, not a str")
        key = name.removeprefix(OWN)
        _check_key(key)
        if key.casefold() in {other.removeprefix(OWN).casefold() for other in found}:
            raise ConfigError("fields", name, "names that differ in more than upper and lower case")
        found[OWN + key] = check_weight("fields", name, weight)
    if len(found) > MOST_FIELDS:
        raise ConfigError("fields", len(found), Message("at most {} of them", MOST_FIELDS))
    return dict(sorted(found.items()))


def _check_key(key: str) -> None:
    if key in Article.__dataclass_fields__ or key in ALIASES:
        cure = Message("its weight is given with boosts") if key in TEXT_FIELDS else Message("leave it out")
        raise ConfigError("fields", key, Message("another key than those every article has; {}", cure))
    if not _NAME.fullmatch(key) or key.endswith(_GRAMS):
        allowed = Message(
            "a key of letters, digits, '_', '-' and '.' that does not end with {}", repr(_GRAMS)
        )
        raise ConfigError("fields", key, Message("{}; rename it with --map extra.NAME=KEY", allowed))


def check_weight(option: str, name: str, weight: object) -> float:
    """
    Return the weight of a field.

    Raises:
        ConfigError: It is below 0 or infinite.
        TypeError: It is no number.
    """
    if isinstance(weight, bool) or not isinstance(weight, (int, float)):
        raise TypeError(f"{option}[{name!r}] is a {type(weight).__name__}, not a number")
    try:
        found = float(weight)
    except OverflowError:
        found = math.inf
    if not 0 <= found < math.inf:
        raise ConfigError(f"{option}[{name!r}]", weight, "a weight is 0 or more")
    return found


def show_fields(fields: Mapping[str, float]) -> str:
    """
    Return fields as the command line takes them.

    >>> show_fields({"extra.summary": 1.0, "extra.tags": 2.5})
    'summary=1,tags=2.5'
    """
    return ",".join(f"{name.removeprefix(OWN)}={weight:g}" for name, weight in fields.items())


def names_of(own: Iterable[str]) -> dict[str, str]:
    """Return the names that a query may use for fields of one's own, lower case, each with its field."""
    return {name.casefold(): field for field in own for name in (field, field.removeprefix(OWN))}


def check_fields(made: Mapping[str, float], asked: Mapping[str, float] | None, name: str) -> None:
    """
    See that the fields asked for, if any, are those that an index was made with; *name* is the index's.

    Raises:
        ConfigError: They are others.
    """
    if asked is None or asked == made:
        return
    known = show_fields(made) or Message("no fields of its own")
    wanted = show_fields(asked) or "none"
    command = f"search index --convert --field {wanted} -i {name}"
    cure = Message(
        "the index was made with {}: open it without fields, or build it anew with {}", known, command
    )
    raise ConfigError("fields", wanted, cure)
