"""Dates and their prefixes: what a range may be made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

from searchlib.errors import ConfigError

_PREFIX = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_LOOSE = re.compile(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?")
_DIGITS_ONLY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_LAST_DAY = 99_991_231
_FULL_CHARS = len("2024-08-09")


def date_prefix(name: str, value: str | int | date | None) -> str | None:
    """
    Read one end of a date range.

    Args:
        name: What an error calls it.
        value: `2024`, `2024-08`, `2024-08-09`; `2024/8/9`, `2024年8月9日` and `20240809` are read as well,
            in full width too.

    Raises:
        ConfigError: The value is no date.

    >>> date_prefix("since", "2024年8月")
    '2024-08'
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int, date)):
        raise TypeError(f"{name} is a {type(value).__name__}, not a date or a text such as 2024-08-09")
    if isinstance(value, int) and not 0 <= value <= _LAST_DAY:
        raise ConfigError(name, value, "a date is written 2024, 2024-08 or 2024-08-09")
    said = value.isoformat()[:_FULL_CHARS] if isinstance(value, date) else str(value)
    text = unicodedata.normalize("NFKC", said).strip()
    loose = _LOOSE.fullmatch(text) or _DIGITS_ONLY.fullmatch(text)
    if loose is not None:
        text = "-".join(part.zfill(2) for part in loose.groups() if part)
    if not _PREFIX.fullmatch(text) or (len(text) == _FULL_CHARS and not is_full_date(text)):
        raise ConfigError(name, value, "a date is written 2024, 2024-08 or 2024-08-09")
    return text


def is_full_date(value: str | None) -> bool:
    """
    Tell whether *value* is a date of the calendar with year, month and day.

    >>> is_full_date("2024-02-30"), is_full_date("--08-09"), is_full_date("2024-08-09")
    (False, False, True)
    """
    if value is None or len(value) != _FULL_CHARS or not _PREFIX.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def months_between(months: Iterable[str]) -> list[str]:
    """
    Return all months from the first to the last of some, `2024-08`, in order.

    >>> months_between(["2024-01", "2023-11"])
    ['2023-11', '2023-12', '2024-01']
    """
    numbers = [int(month[:4]) * 12 + int(month[5:7]) - 1 for month in months]
    if not numbers:
        return []
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(min(numbers), max(numbers) + 1)]


def neighbour(prefix: str, step: int) -> str:
    """
    Return the year, month or day after a prefix of a date (*step* 1) or before it (-1).

    >>> neighbour("2024", 1), neighbour("2024-01", -1), neighbour("2024-02-28", 1)
    ('2025', '2023-12', '2024-02-29')

    Raises:
        ConfigError: There is none: dates have four digits for the year.
    """
    year, _, month = prefix[:7].partition("-")
    try:
        if len(prefix) == _FULL_CHARS:
            return (date.fromisoformat(prefix) + timedelta(days=step)).isoformat()
        number = int(month or 1) - 1 + (step if month else 0)
        first = date(int(year) + number // 12 + (0 if month else step), number % 12 + 1, 1)
    except (ValueError, OverflowError) as error:
        raise ConfigError("date", prefix, "a day of the calendar in the years 1 to 9999") from error
    return first.isoformat()[: len(prefix)]
