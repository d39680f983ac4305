"""
The stored values of an article, as filters and facets see them: texts, numbers as text, dates in ISO form.

An engine keeps each as one term, `key=value`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from searchlib.dates import is_full_date, read_date
from searchlib.lazy import lazy_pattern
from searchlib.model import OWN, Article

VALUE_SEPARATOR = "="
"""Between the key and the value of a term."""

COMPUTED_KEYS = frozenset({"year", "month"})
"""Keys of filters and facets that no article has: they are made of its date."""
DATE_KEYS = COMPUTED_KEYS | {"date"}
"""The keys that a range of dates is about."""

_KEYS: tuple[str, ...] = tuple(name for name in Article.__match_args__ if name not in {"spans", "extra"})
FILTER_KEYS = (*_KEYS, *sorted(COMPUTED_KEYS))
"""What `where` and `facets` can ask for, beside `extra.KEY`."""
_MAX_VALUE_CHARS = 100
_HASHED = "\x1e"
_DATED = lazy_pattern(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?", re.DOTALL)


def full_date(value: str | None) -> str | None:
    """
    Return the calendar date of an article's `date`, or None when it is not known in full.

    >>> full_date("2024-08-09T07:00:00"), full_date("2024/8/9 星期五"), full_date("2024-08")
    ('2024-08-09', '2024-08-09', None)
    """
    if not value:
        return None
    dated = _DATED.fullmatch(value)
    found = dated.group(1) if dated else read_date(value)
    return found if is_full_date(found) else None


def stored_values(article: Article) -> Iterator[str]:
    """Yield what filters and facets ask for: a term for each stored value."""
    for key, value in _pairs(article):
        yield value_term(key, value)


def values_of(article: Article, key: str) -> list[object]:
    """Return the values that an article has for a key of filters."""
    return [value for name, value in _pairs(article) if name == key]


def value_text(value: object) -> str:
    """
    Return a stored value as a filter writes it: what JSON writes for a scalar, dates in ISO form.

    >>> value_text(True), value_text(3.0), value_text("党建")
    ('true', '3.0', '党建')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):  # datetimes too
        return value.isoformat()[:10]
    return str(value)


def value_term(key: str, value: object) -> str:
    """Return the term that stands for a stored value, `key=value`; a long value is told by its hash."""
    text = value_text(value)
    if len(text) > _MAX_VALUE_CHARS:
        from hashlib import blake2b  # noqa: PLC0415 (2 ms; few values are so long)

        text = _HASHED + blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
    return f"{key}{VALUE_SEPARATOR}{text}"


def value_of(term: str, holder: Callable[[], Article]) -> str:
    """Return the value that a term stands for; *holder* reads an article that has it, for a long one."""
    value = term.partition(VALUE_SEPARATOR)[2]
    if not value.startswith(_HASHED):
        return value
    return next(value_text(value) for key, value in _pairs(holder()) if value_term(key, value) == term)


def _pairs(article: Article) -> Iterator[tuple[str, object]]:
    for key in _KEYS:
        value = getattr(article, key)
        if type(value) is not str:
            yield from _scalars(key, value)
        elif value:
            yield key, value
    for key, value in article.extra.items():
        yield from _scalars(f"{OWN}{key}", value)
    published = full_date(article.date)
    if published:
        yield from (("year", published[:4]), ("month", published[:7]))


def _scalars(key: str, value: object) -> Iterator[tuple[str, object]]:
    """Yield the values of a key: of a list its items, of an object each member as `key.member`."""
    if isinstance(value, Mapping):
        for name, member in value.items():
            yield from _scalars(f"{key}.{name}", member)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _scalars(key, item)
    elif value not in (None, ""):
        yield key, value
