"""Dates and their prefixes: what a range may be made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from searchlib.errors import ConfigError
from searchlib.lazy import lazy_pattern

_PREFIX = lazy_pattern(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
_LOOSE = lazy_pattern(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?|年)?")
_DIGITS_ONLY = lazy_pattern(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_LAST_DAY = 99_991_231
_FULL_CHARS = len("2024-08-09")

_WEEKDAY = r"(?:(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][,，\s]*)?"
_DAY = lazy_pattern(
    rf"{_WEEKDAY}([0-9]{{4}})\s*([-/.年_·、‐-―~])\s*([0-9]{{1,2}})\s*[-/.月_·、‐-―~]\s*([0-9]{{1,2}})(?![0-9])\s*日?"
)
_DAY_FIRST = lazy_pattern(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})(?![0-9])")
"""31/12/2023 is a date where the first number can be no month."""
_MONTHS = 12
_UNSEEN = lazy_pattern("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DAY_TEXT = lazy_pattern(rf"{_WEEKDAY}([0-9]{{4}})年([0-9]{{1,2}})月([0-9]{{1,2}})日")
_MONTH = lazy_pattern(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*月?")
_YEAR = lazy_pattern(r"([0-9]{4})\s*年?")
_PACKED = lazy_pattern(r"((?:18|19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:[T ]?[0-9]{2}(?:[0-9]{2}){0,2})?")
_EPOCH = lazy_pattern(r"([0-9]{9,10})(?:[0-9]{3})?(?:\.[0-9]+)?")
_LABEL = lazy_pattern(r"^(?:[^\W\d]{1,8}\s*[:：]\s*)?(?:[公西]元\s*)?")
"""What a page prints before a date: 发布时间：, 公元."""
_CHINA_S = 8 * 3600
_HAN_YEAR = lazy_pattern(r"([〇零○◯OＯo一二三四五六七八九]{4})年")
_REPUBLIC = lazy_pattern(r"(?:中华|中華)?(?:民国|民國)\s*([元0-9〇零一二三四五六七八九十百]{1,4})年")
_HAN_PART = lazy_pattern(r"([一二三四五六七八九十廿卅]{1,3})(?=[月日])")
_HAN_DIGITS = str.maketrans("〇零○◯OＯo一二三四五六七八九", "0000000123456789")
_ENGLISH_MONTH = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ENGLISH = lazy_pattern(
    r"(?:[a-z]{3,9}\.?,?\s+)?(?:([0-9]{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})|([a-z]{3,9})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?)"
    r"[,\s-]+(?:[0-9:]{4,8}\s+(?:[a-z]{2,4}\s+)?)?([0-9]{4})(?![0-9])",
    re.IGNORECASE,
)
_REPUBLIC_BEGAN = 1911

_LAST_NUMBER = 99_999_999


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


def read_date(value: str | float) -> str | None:
    """
    Read a date as records and exports write it: with a weekday or a time, in Han numerals, in seconds.

    Seconds since 1970 are taken in the time of China.

    Returns:
        `2024-08-09`, or as much of it as is said; None for what is no date of the calendar.

    >>> read_date("2024年08月09日 星期五"), read_date("二〇二四年八月九日"), read_date("民国三十八年五月八日")
    ('2024-08-09', '2024-08-09', '1949-05-08')
    >>> read_date("Fri, 15 Mar 2024 08:05:00 +0800"), read_date(1710460800), read_date("昨天")
    ('2024-03-15', '2024-03-15', None)
    """
    said = _LABEL.sub("", unicodedata.normalize("NFKC", str(value)).strip(), count=1)
    text = _western_digits(_UNSEEN.sub("", said).strip("()[]【】〔〕 "))
    if re.fullmatch(r"--[0-9]{2}-[0-9]{2}", text):
        return text if is_full_date(f"2000{text[1:]}") else None
    day = _DAY_TEXT.match(text) or _DAY.match(text)
    if day is not None:
        year, month, number = day.groups()[0], day.groups()[-2], day.groups()[-1]
        return _check(year, month, number)
    if (first := _DAY_FIRST.match(text)) and int(first[1]) > _MONTHS:
        return _check(first[4], first[3], first[1])
    if packed := _PACKED.fullmatch(text):
        return _check(*packed.groups())
    if english := _ENGLISH.match(text):
        name = (english[2] or english[3]).casefold()[:3]
        month = str(_ENGLISH_MONTH.index(name) + 1) if name in _ENGLISH_MONTH else "0"
        return _check(english[5], month, english[1] or english[4])
    if month_of := _MONTH.fullmatch(text):
        return _check(*month_of.groups())
    if year_of := _YEAR.fullmatch(text):
        return year_of[1]
    if epoch := _EPOCH.fullmatch(text):
        return (date(1970, 1, 1) + timedelta(seconds=int(epoch[1]) + _CHINA_S)).isoformat()
    return None


def _western_digits(text: str) -> str:
    """Return a date with Han numerals, or of the Republic of China, in Arabic numerals."""
    if republic := _REPUBLIC.match(text):
        said = republic[1]
        number = 1 if said == "元" else int(said) if said.isascii() else _han_number(said)
        text = f"{number + _REPUBLIC_BEGAN}年{text[republic.end() :]}"
    elif year := _HAN_YEAR.search(text):
        text = f"{text[: year.start(1)]}{year[1].translate(_HAN_DIGITS)}{text[year.end(1) :]}"
    return _HAN_PART.sub(lambda part: str(_han_number(part[1])), text) if "年" in text else text


def _han_number(said: str) -> int:
    """Return the value of a Han numeral below 1000: 三十八, 廿一, 一百〇三, 三八."""
    said = said.replace("廿", "二十").replace("卅", "三十")
    total, digits = 0, ""
    for character in said:
        if character in "百十":
            total += (int(digits) if digits.strip("0") else 1) * (100 if character == "百" else 10)
            digits = ""
        else:
            digits += character.translate(_HAN_DIGITS)
    return total + int(digits or 0)


def _check(year: str, month: str, day: str | None = None) -> str | None:
    """Return a date whose parts the calendar has."""
    text = "-".join(part.zfill(2) for part in (year, month, day) if part is not None)
    is_whole = is_full_date(text) if day is not None else bool(_PREFIX.fullmatch(text))
    return text if is_whole else None


def is_full_date(value: str | None) -> bool:
    """
    Return whether *value* is a date of the calendar with year, month and day.

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


def number_of(full_date: str) -> int:
    """
    Return a full date as the number by which it is stored and compared.

    >>> number_of("2024-08-09")
    20240809
    """
    return int(full_date.replace("-", ""))


def date_of(number: float) -> str:
    """
    Return the full date of a stored number.

    >>> date_of(20240809)
    '2024-08-09'
    """
    text = f"{int(number):08d}"
    return f"{text[:4]}-{text[4:6]}-{text[6:]}"


def numbers_between(since: str | None, until: str | None) -> tuple[int, int]:
    """
    Return the first and the last number of full dates between two prefixes of dates, both inclusive.

    >>> numbers_between("2024-03", "2024"), numbers_between(None, None)
    ((20240300, 20249999), (1, 99999999))
    """
    first = int((since or "0").replace("-", "").ljust(8, "0"))
    last = int(until.replace("-", "").ljust(8, "9")) if until else _LAST_NUMBER
    return max(first, 1), last


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


def periods_between(periods: Iterable[str]) -> Iterator[str]:
    """
    Yield all years, months or days from the first to the last of some, which are all of one kind.

    >>> list(periods_between(["2023", "2025"])), list(periods_between(["2024-02-28", "2024-03-01"]))
    (['2023', '2024', '2025'], ['2024-02-28', '2024-02-29', '2024-03-01'])
    """
    known = sorted(periods)
    if not known:
        return
    period = known[0]
    while period < known[-1]:
        yield period
        period = neighbour(period, 1)
    yield period


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
