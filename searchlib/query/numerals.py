"""
Numbers as values: what else could be written for the numbers and dates of a query.

What counts as a number (all of it in simplified characters):

- Han numerals of two characters and more that are well formed: 二十四, 两千, 一百零五,
  贰拾肆, 一点二亿. The whole row of numerals must be one number: of 十四五, 万一, 五一,
  千万 and 三三两两 none is. A digit for a digit only with a zero (三零一) or as a year of
  four (一九四九年).
- A single numeral only with something it counts, of a list of measure words that hardly ever
  mean anything else, or behind 第: 三个, 八月, 第三; not 一些, 三农, 十分, 四川, 一点.
- Figures of two digits and more, of one under the same condition, with 万 and 亿, with
  commas for thousands; not beside letters, hyphens, slashes or stops (C919, 2024-2028).
- Percentages (百分之八十九, 89%) and dates (八月九日, 2024年8月9日, 2024-08-09).

A value has finitely many usual forms; each can be looked for by itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from searchlib.query.patterns import HAN_NUMERALS

_LONG_UNITS = (
    "平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|英里|海里|人次|美元|欧元|日元|港元|元钱"
    "|年度|年代|年级|个月|月份|小时|分钟|秒钟|世纪|季度|周年|周岁|百分点|摄氏度|千瓦时|千瓦|兆瓦|中学|大队|号线"
)
_SHORT_UNITS = "个名位户家项件条辆台座处间套栋幢亩吨斤克米升元岁年月日天届期次倍所支村镇县区市省栏章集卷册人"
_COUNTED = rf"(?:{_LONG_UNITS}|[{_SHORT_UNITS}])"
_HAN = f"[{HAN_NUMERALS}]+"
_FIGURE = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_DAY_NUMBER = rf"(?:[0-9]{{1,2}}|{_HAN})"
_YEAR = r"(?:[0-9]{4}|[〇零一二三四五六七八九]{4})"
_SPAN = re.compile(
    rf"(?P<date>(?:(?P<year>{_YEAR})年)?(?P<month>{_DAY_NUMBER})月(?:(?P<day>{_DAY_NUMBER})(?P<sign>[日号]))?)"
    r"|(?P<iso>(?P<y>[0-9]{4})([-/.])(?P<m>[0-9]{1,2})\8(?P<d>[0-9]{1,2}))"
    rf"|(?P<share>(?P<base>[百千万])分之(?P<part>{_FIGURE}|{_HAN}(?:点{_HAN})?))"
    rf"|(?P<percent>(?P<rate>{_FIGURE})(?P<per>[%‰]))"
    rf"|(?P<years>{_YEAR})(?=年)"
    rf"|(?P<number>(?P<figure>{_FIGURE})(?P<unit>[十百千万亿]*(?:{_FIGURE}[千万亿]+)*)|{_HAN}(?:点{_HAN})?)"
)
_OUTSIDE = re.compile(rf"[0-9a-z几{HAN_NUMERALS}]|[-/_&.,+:][0-9a-z]")
_VAGUE = ("几", "数")
_FORMAL = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True))
_AS_FORMAL = {plain: formal for formal, plain in _FORMAL.items()}
_DIGITS = "零一二三四五六七八九"
_VALUES = {**{char: value for value, char in enumerate(_DIGITS)}, "〇": 0, "两": 2}
_PLAIN_DIGITS = frozenset("零〇一二三四五六七八九")
_SCORES = {"廿": 20, "卅": 30, "卌": 40}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10**4, "亿": 10**8}
_PER = {"百": "%", "千": "‰", "万": "‱"}
_AFTER_PAIR = ("百", "千", "万", "亿", "")
"""What follows 两 in a number; nothing does when it is all of it."""
_LARGEST = 10**16
_MOST_DIGITS = 6
"""A number of more digits that count is a code, not written out in Han."""


class Varied(NamedTuple):
    """A part of a text, and what else may stand there; *number* says that no number may go on beside it."""

    start: int
    end: int
    forms: tuple[str, ...]
    number: bool = False


def numbers(text: str) -> Iterator[Varied]:
    """
    Yield the numbers and dates of a simplified text, each with its other forms.

    >>> [varied.forms for varied in numbers("二十四届")]
    [('24', '廿四', '贰拾肆')]
    >>> [varied.forms for varied in numbers("八月九日")]
    [('8月9日', '8月9号', '08月09日', '八月九号')]
    >>> list(numbers("一些三农十分万一五一"))
    []
    """
    for match in _SPAN.finditer(text):
        start, end = match.span()
        if _goes_on(text, start, end):
            continue
        forms = _forms(text, match)
        if forms:
            yield Varied(
                start, end, tuple(f for f in dict.fromkeys(forms) if f != match.group()), number=True
            )


def _goes_on(text: str, start: int, end: int) -> bool:
    """Tell whether a letter, another number, a sign that joins or 几 stands beside a part of a text."""
    before = text[max(0, start - 2) : start][::-1]
    return bool(_OUTSIDE.match(text, end) or _OUTSIDE.match(before) or before[:1] in _VAGUE)


def _forms(text: str, match: re.Match[str]) -> list[str]:
    found = match.groupdict()
    if found["date"]:
        return _dates(found["year"], found["month"], found["day"])
    if found["iso"]:
        return _full_dates(int(found["y"]), int(found["m"]), int(found["d"]))
    if found["share"]:
        return _shares(_value(found["part"]), _PER[found["base"]])
    if found["percent"]:
        return _shares(_value(found["rate"]), found["per"])
    if found["years"]:
        year = _digit_by_digit(found["years"])
        return [] if year is None else _years(year)
    start, end = match.span()
    is_counted = text[start - 1 : start] == "第" or re.match(_COUNTED, text[end:]) is not None
    written = found["number"]
    value = _value(written)
    if not value or (len(written) == 1 and not (is_counted and written not in _FORMAL)):
        return []
    if "点" in written and not (is_counted or written[-1] in _GREAT):  # 三点一线
        return []
    is_ordinal = text[start - 1 : start] == "第"
    return _amounts(value, counted=is_counted, ordinal=is_ordinal)


@lru_cache(maxsize=1024)
def _value(written: str) -> Decimal | None:
    """Return what a number is worth, in figures, in Han or in both; None when it is not well formed."""
    mixed = re.fullmatch(rf"({_FIGURE})([十百千万亿]*)((?:{_FIGURE}[千万亿]+)*)", written)
    if mixed is None:
        return _value_of_han(written)
    first, unit, rest = mixed.groups()
    parts = [(first, unit), *re.findall(rf"({_FIGURE})([千万亿]+)", rest)]
    total, smallest = Decimal(0), Decimal(_LARGEST)
    for figure, name in parts:
        amount = _value_of_figure(figure)
        times = Decimal(1)
        for char in name:
            times *= _UNITS.get(char) or _GREAT[char]
        if amount is None or times >= smallest or amount * times >= smallest:
            return None
        total, smallest = total + amount * times, times
    return total if total < _LARGEST else None


def _value_of_figure(figure: str) -> Decimal | None:
    whole = figure.partition(".")[0]
    groups = whole.split(",")
    if (len(whole) > 1 and whole[0] == "0") or (len(groups) > 1 and len(groups[0]) > 3):  # noqa: PLR2004
        return None
    return Decimal(figure.replace(",", ""))


def _value_of_han(written: str) -> Decimal | None:
    whole, point, decimals = written.partition("点")
    if point:
        figures = decimals.rstrip("万亿")
        times = math.prod(_GREAT[char] for char in decimals[len(figures) :])
        decimals = figures
        high = _value_of_han(whole)
        if (
            high is None
            or high >= 10**4
            or not decimals
            or any(c not in _VALUES or c == "两" for c in decimals)
        ):
            return None
        value = high + Decimal("0." + "".join(str(_VALUES[char]) for char in decimals))
        return value * times
    cardinal = _cardinal(written)
    if cardinal is None and len(written) > 1 and ("零" in written or "〇" in written):
        cardinal = _digit_by_digit(written) if len(written) <= len("二〇二四") else None
    return None if cardinal is None else Decimal(cardinal)


def _digit_by_digit(written: str) -> int | None:
    if written.isdecimal():
        return int(written)
    if written[0] in "零〇" or not set(written) <= _PLAIN_DIGITS:
        return None
    return int("".join(str(_VALUES[char]) for char in written))


def _cardinal(written: str) -> int | None:  # noqa: C901, PLR0912 (one automaton)
    """Read a number of Han with its units, as strictly as it is written in print."""
    if any(char in _FORMAL for char in written):
        if len(written) == 1 or not any(char in "拾佰仟万亿" for char in written):
            return None
        written = "".join(_FORMAL.get(char, char) for char in written)
    if written[-1] == "两" and len(written) > 1:
        return None
    total = section = 0
    digit: int | None = None
    has_zero = False
    unit, great = 10**4, 10**16
    for place, char in enumerate(written):
        if char in "零〇":
            if digit is not None or has_zero or not (section or total):
                return None
            has_zero = True
        elif char in _VALUES:
            if digit is not None or (char == "两" and written[place + 1 : place + 2] not in _AFTER_PAIR):
                return None
            digit = _VALUES[char]
        elif char in _SCORES:
            if digit is not None or section or total or has_zero:
                return None
            section, unit = _SCORES[char], 10
        elif char in _UNITS:
            size = _UNITS[char]
            if size >= unit or (digit is None and (char != "十" or has_zero)):
                return None
            section += (1 if digit is None else digit) * size
            digit, has_zero, unit = None, False, size
        else:
            size = _GREAT[char]
            if digit is not None and section and not (unit == 10 or has_zero):  # noqa: PLR2004
                return None
            section += digit or 0
            if size > great == 10**4:  # 一万亿
                total, section = total + section, 0
                total *= size
            elif section and size < great:
                total += section * size
            else:
                return None
            section, digit, has_zero, unit, great = 0, None, False, 10**4, size
    if digit is not None:
        if (section or total) and not (unit == 10 or has_zero):  # noqa: PLR2004 (一百五 is 150, 一万五 is not 10005)
            return None
        section += digit
    elif has_zero:
        return None
    return total + section


def _amounts(value: Decimal, *, counted: bool, ordinal: bool) -> list[str]:
    """Write a value in all usual ways: figures, commas, with 万 and 亿, in Han."""
    forms = [_plain(value)]
    whole = value == value.to_integral_value()
    if whole and value >= 1000:  # noqa: PLR2004 (commas begin there)
        forms.append(f"{int(value):,}")
    forms += _with_great_units(value)
    if len(_plain(value).replace(".", "").rstrip("0")) > _MOST_DIGITS:
        return forms
    if not whole:
        return [*forms, *(_in_han_with_point(value) if counted else [])]
    number = int(value)
    if number >= 10**12:
        return forms
    in_han = _in_han(number, pair=counted and not ordinal)
    forms += in_han if counted else [form for form in in_han if len(form) > 1]
    figures = str(number)
    if (20 <= number < 100 and figures[1] == "0") or (number < 10**4 and "0" in figures.rstrip("0")):  # noqa: PLR2004
        forms += [_spelled(figures, zero) for zero in "零〇"]
    if 20 <= number < 50 and (counted or number % 10):  # noqa: PLR2004 (廿卅卌 are rare characters, but still one)
        forms.append("廿卅卌"[number // 10 - 2] + (_DIGITS[number % 10] if number % 10 else ""))
    if number > 10:  # noqa: PLR2004
        forms.append("".join(_AS_FORMAL.get(char, char) for char in _han(number)))
    return forms


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _with_great_units(value: Decimal) -> list[str]:
    """Write a value with 千, 万 and 亿 behind figures."""
    forms = []
    for name, size in (("万", 10**4), ("亿", 10**8), ("万亿", 10**12)):
        share = value / size
        decimals = -int(share.normalize().as_tuple().exponent)
        if share < 1 or decimals > 4 or share >= 10**8:  # noqa: PLR2004 (1.2345万 is in use)
            continue
        forms.append(_plain(share) + name)
        if share >= 1000 and decimals <= 0:  # noqa: PLR2004
            forms.append(f"{int(share):,}{name}")
        if 0 < decimals <= 2 and share < 10**4:  # noqa: PLR2004
            forms += [form + name for form in _in_han_with_point(share)]
    great, rest = divmod(value, 10**8)
    if great and rest and rest % 10**4 == 0:
        forms.append(f"{int(great)}亿{int(rest) // 10**4}万")
    for name, size in (("千", 10**3), ("千万", 10**7)):
        share = value / size
        if 1 <= share < 10 and share == share.to_integral_value():  # noqa: PLR2004
            forms.append(f"{int(share)}{name}")
    return forms


def _in_han_with_point(value: Decimal) -> list[str]:
    whole, _, decimals = _plain(value).partition(".")
    return [f"{_han(int(whole))}点{_spelled(decimals)}"] if int(whole) < 10**8 else []


def _in_han(number: int, *, pair: bool) -> list[str]:
    """Write a number in Han, 两 for 二 where it is in use, 〇 for 零."""
    written = _han(number)
    if number == 2 and pair:  # noqa: PLR2004
        return ["两", "二"]
    forms = [written]
    with_pair = re.sub("(?<!十)二(?=[百千万亿])", "两", written)
    forms += [re.sub("^二(?=[百千万亿])", "两", written), with_pair]
    forms += [form.replace("零", "〇") for form in forms if "零" in form]
    return forms


def _han(number: int) -> str:
    """
    Write a number in Han.

    >>> _han(24), _han(105), _han(120_030_000)
    ('二十四', '一百零五', '一亿二千零三万')
    """
    if number == 0:
        return "零"
    text = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, size)
        if part >= 10**4:
            text += _han(part) + name
        elif part:
            text += ("零" if text and part < 10**3 else "") + _section(part) + name
        elif text and not text.endswith("零") and number:
            text += "零"
    text = re.sub("零+", "零", text)
    return text[1:] if text.startswith("一十") else text


def _section(number: int) -> str:
    text = ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += _DIGITS[digit] + name
        elif text and number and not text.endswith("零"):
            text += "零"
    return text


def _spelled(figures: str, zero: str = "零") -> str:
    return "".join(_DIGITS[int(figure)] for figure in figures).replace("零", zero)


def _years(year: int) -> list[str]:
    figures = str(year)
    return [figures, *(_spelled(figures, zero) for zero in ("〇", "零"))]


def _small(written: str) -> int | None:
    """Return the number of a month or a day."""
    return int(written) if written.isdecimal() else _cardinal(written)


def _dates(year: str | None, month: str, day: str | None) -> list[str]:
    """Write a date, or a month, in figures and in Han."""
    number, date = _small(month), _small(day) if day else 0
    if number is None or date is None or not (1 <= number <= 12 and 0 <= date <= 31):  # noqa: PLR2004
        return []
    years = [""]
    if year:
        known = _digit_by_digit(year)
        if known is None:
            return []
        if date:
            return _full_dates(known, number, date)
        years = [f"{written}年" for written in _years(known)]
    forms = []
    for place, before in enumerate(years):
        in_figures = place == 0
        if in_figures:
            forms.append(f"{before}{number}月" + (f"{date}日" if date else ""))
            forms += [f"{number}月{date}号"] if date else []
            forms.append(f"{before}{number:02}月" + (f"{date:02}日" if date else ""))
        if not in_figures or not year:
            forms.append(f"{before}{_han(number)}月" + (f"{_han(date)}日" if date else ""))
            forms += [f"{_han(number)}月{_han(date)}号"] if date else []
    return forms


def _full_dates(year: int, month: int, day: int) -> list[str]:
    """Write a full date in figures, in Han and with signs."""
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004
        return []
    return [
        f"{year}年{month}月{day}日",
        f"{year}年{month:02}月{day:02}日",
        *(f"{_spelled(str(year), zero)}年{_han(month)}月{_han(day)}日" for zero in "〇零"),
        f"{year}-{month:02}-{day:02}",
        f"{year}-{month}-{day}",
        f"{year}.{month:02}.{day:02}",
        f"{year}.{month}.{day}",
    ]


def _shares(value: Decimal | None, sign: str) -> list[str]:
    """Write a percentage."""
    if value is None:
        return []
    base = {char: name for name, char in _PER.items()}[sign]
    text = _plain(value)
    in_han = _han(int(value)) if value == value.to_integral_value() else _in_han_with_point(value)[0]
    return [f"{text}{sign}", f"{base}分之{in_han}", f"{base}分之{text}"]
