"""
What `where` asks of stored values: one of some values, or a range of numbers or dates.

    {"extra.stars": {"gte": 4}}           a number of 4 or more
    {"date": {"gte": "2024-08", "lt": "2024-10"}}
    {"year": ["2023", "2024"]}            one of two values

A number is compared with numbers and a date with dates. A value that is neither,
or a date too short to say on which side of an end it is, is outside every range.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple, cast

from searchlib.dates import date_prefix
from searchlib.errors import ConfigError
from searchlib.frozen import dataclass
from searchlib.message import Message
from searchlib.model import FURNITURE
from searchlib.stored_values import full_date, value_text

Number = int | float

_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_MAX_CHARS = 100
_MAX_NUMBER = 10**_MAX_CHARS
_YEAR_CHARS = len("2024")
_DATE_CHARS = len("2024-08-09")
_YEARS = range(1000, 10_000)
_OPERATORS = ("gte", "gt", "lte", "lt")
_VALUES = "a text, a number, a date, True or False, a list of these, or a range of gte, gt, lte, lt"
_ENDS = "a number, or a date such as 2024, 2024-08 or 2024-08-09"


class Scalar(NamedTuple):
    """What a stored value is for a comparison: a number, a date or the beginning of one, both or neither."""

    number: Number | None = None
    date: str = ""

    @property
    def first_day(self) -> str:
        """The first of the days that the date may be."""
        return self.date + "-01-01"[len(self.date) - _YEAR_CHARS :]

    @property
    def last_day(self) -> str:
        """The last of the days that the date may be."""
        month = self.date if len(self.date) > _YEAR_CHARS else f"{self.date}-12"
        if len(month) == _DATE_CHARS:
            return month
        from calendar import monthrange  # noqa: PLC0415 (2 ms; few queries have a range)

        return f"{month}-{monthrange(int(month[:_YEAR_CHARS]) or 4, int(month[-2:]))[1]}"


@lru_cache(maxsize=1 << 16)
def scalar_of(text: str) -> Scalar:
    """
    Read a stored value as a number and as a date.

    >>> scalar_of("4.5").number, scalar_of("2024/8/9").date, scalar_of("四")
    (4.5, '2024-08-09', Scalar(number=None, date=''))
    """
    if len(text) > _MAX_CHARS or not any(map(str.isdecimal, text[:2])):
        return Scalar()
    number: Number | None = None
    if _NUMBER.fullmatch(text):
        number = int(text) if text.lstrip("+-").isdecimal() else float(text)
    try:
        prefix = full_date(text) or date_prefix("date", text) or ""
    except ConfigError:
        prefix = ""
    return Scalar(number, prefix)


@dataclass(frozen=True)
class Range:
    """The numbers or dates that a filter lets through: operators and the ends that they name."""

    ends: Mapping[str, Scalar]

    def holds(self, value: Scalar) -> bool:
        """Return whether a value is inside."""
        return all(_is_on_side(operator, value, end) for operator, end in self.ends.items())

    def __str__(self) -> str:
        signs = {"gte": "≥", "gt": ">", "lte": "≤", "lt": "<"}
        return " ".join(
            f"{signs[name]} {end.date if end.number is None else end.number}"
            for name, end in self.ends.items()
        )


Wanted = Sequence[object] | Range
"""What a filter asks of one key: one of some values, or a range."""


def asks_for_furniture(where: Mapping[str, object]) -> bool:
    """
    Return whether the filters ask for the furniture of pages, which is kept apart from the articles.

    Raises:
        ConfigError: They ask for it and for other kinds at once.
    """
    kinds = where.get("kind")
    if isinstance(kinds, Range) or not isinstance(kinds, Collection) or FURNITURE not in kinds:
        return False
    if len(kinds) > 1:
        raise ConfigError("where", kinds, Message("kind is {} alone, or other kinds", repr(FURNITURE)))
    return True


def _is_on_side(operator: str, value: Scalar, end: Scalar) -> bool:
    """Return whether a value is on the right side of one end; of a date that is short, all of its days."""
    if value.number is not None and end.number is not None:
        if operator in {"gte", "gt"}:
            return value.number > end.number or (operator == "gte" and value.number == end.number)
        return value.number < end.number or (operator == "lte" and value.number == end.number)
    if not (value.date and end.date):
        return False
    if operator == "gte":
        return value.first_day >= end.first_day
    if operator == "gt":
        return value.first_day > end.last_day
    return value.last_day <= end.last_day if operator == "lte" else value.last_day < end.first_day


def read_wanted(key: str, value: object) -> Wanted:
    """
    Read what the caller asks of one key.

    Raises:
        ConfigError: The value cannot be one of an article, an operator of a range is unknown, or what it
            is compared with is neither a number nor a date.
    """
    name = f"where[{key!r}]"
    if isinstance(value, Mapping):
        unknown = [operator for operator in value if operator not in _OPERATORS]
        if unknown or not value:
            raise ConfigError(name, value, Message("the operators of a range are {}", ", ".join(_OPERATORS)))
        return Range({operator: _end(f"{name}[{operator!r}]", end) for operator, end in value.items()})
    values = list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]
    for one in values:
        is_number = isinstance(one, (int, float))
        if not isinstance(one, (str, int, float, date)) or (is_number and not _is_usual(cast("float", one))):
            raise ConfigError(name, one, _VALUES)
    return values


def _end(name: str, value: object) -> Scalar:
    """Read one end of a range; a year may be given as a number."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and _is_usual(value):
        return Scalar(value, str(value) if value in _YEARS and isinstance(value, int) else "")
    if isinstance(value, (str, date)):
        text = value.isoformat() if isinstance(value, date) else unicodedata.normalize("NFKC", value).strip()
        end = scalar_of(text)
        if end != Scalar():
            return end
    raise ConfigError(name, value, _ENDS)


def _is_usual(value: float) -> bool:
    """Return whether a number is finite and has no more digits than a stored value."""
    return math.isfinite(value) if isinstance(value, float) else -_MAX_NUMBER < value < _MAX_NUMBER


def passes(values: Iterable[object], wanted: Wanted) -> bool:
    """Return whether one of an article's values of a key is what a filter asks for."""
    texts = {value_text(value) for value in values}
    if isinstance(wanted, Range):
        return any(wanted.holds(scalar_of(text)) for text in texts)
    return not texts.isdisjoint(text for value in wanted for text in spellings(value))


def spellings(value: object) -> list[str]:
    """
    Return how a value may be written in the index.

    A record's `3.0` is the number 3, and indexes of earlier versions hold `True` for a JSON `true`.
    """
    text = value_text(value)
    if isinstance(value, bool) or text in {"true", "false"}:
        return [text, text.capitalize()]
    if isinstance(value, int):
        return [text, f"{text}.0"]
    if isinstance(value, float) and value.is_integer():
        return [text, str(int(value))]
    return [text]
