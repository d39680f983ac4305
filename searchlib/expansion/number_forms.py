"""
A number, a date, a share, a time of day in all ways in which it is usually written.

`numerals` reads what is in a query; here it is written.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

FORMAL = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True))
"""The characters of numbers on cheques, each with the usual one."""
DIGITS = "零一二三四五六七八九"
PER = {"百": "%", "千": "‰", "万": "‱"}
"""What 分之 is after, with its sign."""
_AS_FORMAL = {plain: formal for formal, plain in FORMAL.items()}
_MOST_DIGITS = 6
"""A number of more digits that count is a code, not written out in Han."""


@lru_cache(maxsize=1024)
def amounts(value: Decimal, *, counted: bool, ordinal: bool) -> tuple[str, ...]:
    """Write a value in all usual ways: figures, commas, with 万 and 亿, in Han."""
    return tuple(_amounts(value, counted=counted, ordinal=ordinal))


def _amounts(value: Decimal, *, counted: bool, ordinal: bool) -> list[str]:
    forms = [_plain(value)]
    whole = value == value.to_integral_value()
    if value >= 1000:  # noqa: PLR2004 (commas begin there)
        forms.append(f"{int(value):,}{_plain(value)[len(str(int(value))) :]}")
    forms += _with_great_units(value)
    if len(_plain(value).replace(".", "").rstrip("0")) > _MOST_DIGITS:
        return forms
    if not whole:
        certain = counted or value < 1 or value >= 10  # noqa: PLR2004 (3.1 is not in 三点一线)
        return [*forms, *(_in_han_with_point(value) if certain else [])]
    number = int(value)
    if number >= 10**12:
        return forms
    in_han = _in_han(number, pair=counted and not ordinal)
    forms += in_han if counted else [form for form in in_han if len(form) > 1]
    figures = str(number)
    is_spelled = "0" in figures and len(figures.rstrip("0")) > 1  # 三〇一医院, 一二〇急救, but 一百
    if (20 <= number < 100 and figures[1] == "0") or (number < 10**4 and is_spelled):  # noqa: PLR2004
        forms += [_spell(figures, zero) for zero in "零〇"]
    elif 100 <= number < 10**4 and counted and figures.endswith("00"):  # noqa: PLR2004 (in Taiwan: 三〇〇米)
        forms.append(_spell(figures, "〇"))
    if 20 <= number < 50:  # noqa: PLR2004 (廿卅卌)
        forms.append("廿卅卌"[number // 10 - 2] + (DIGITS[number % 10] if number % 10 else ""))
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
    return [f"{_han(int(whole))}点{_spell(decimals)}"] if int(whole) < 10**8 else []


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
            text += DIGITS[digit] + name
        elif text and number and not text.endswith("零"):
            text += "零"
    return text


def _spell(figures: str, zero: str = "零") -> str:
    return "".join(DIGITS[int(figure)] for figure in figures).replace("零", zero)


def years_of(year: int) -> list[str]:
    """Write a year in figures and in Han."""
    figures = str(year)
    return [figures, *(_spell(figures, zero) for zero in ("〇", "零"))]


def dates(year: int | None, month: int | None, day: int | None) -> list[str]:
    """Write a date, or a month, in figures and in Han; year and day are 0 where there is none."""
    if year is None or month is None or day is None or not (1 <= month <= 12 and 0 <= day <= 31):  # noqa: PLR2004
        return []
    if year and day:
        return full_dates(year, month, day)
    years = [f"{written}年" for written in years_of(year)] if year else [""]
    forms = []
    for place, before in enumerate(years):
        in_figures = place == 0
        if in_figures:
            forms.append(f"{before}{month}月" + (f"{day}日" if day else ""))
            forms += [f"{month}月{day}号"] if day else []
            forms.append(f"{before}{month:02}月" + (f"{day:02}日" if day else ""))
        if not in_figures or not year:
            forms.append(f"{before}{_han(month)}月" + (f"{_han(day)}日" if day else ""))
            forms += [f"{_han(month)}月{_han(day)}号"] if day else []
    return forms


def full_dates(year: int, month: int, day: int) -> list[str]:
    """Write a full date in figures, in Han and with signs."""
    if not (1 <= month <= 12 and 1 <= day <= 31):  # noqa: PLR2004
        return []
    return [
        f"{year}年{month}月{day}日",
        f"{year}年{month:02}月{day:02}日",
        *(f"{_spell(str(year), zero)}年{_han(month)}月{_han(day)}日" for zero in "〇零"),
        f"{year}-{month:02}-{day:02}",
        f"{year}-{month}-{day}",
        f"{year}/{month:02}/{day:02}",
        f"{year}/{month}/{day}",
        f"{year}.{month:02}.{day:02}",
        f"{year}.{month}.{day}",
    ]


def shares(value: Decimal | None, sign: str) -> list[str]:
    """Write a percentage."""
    if value is None:
        return []
    base = {char: name for name, char in PER.items()}[sign]
    text = _plain(value)
    in_han = [_han(int(value))] if value == value.to_integral_value() else _in_han_with_point(value)
    whole = ["百分之百"] if value == 100 and sign == "%" else []  # noqa: PLR2004
    return [f"{text}{sign}", *whole, *(f"{base}分之{form}" for form in in_han), f"{base}分之{text}"]


def fractions(upper: int | None, lower: int | None) -> list[str]:
    """Write a part of a whole: 三分之一, 1/3."""
    if upper is None or lower is None or not 0 < upper < lower:
        return []
    return [f"{upper}/{lower}", f"{_han(lower)}分之{_han(upper)}", f"{lower}分之{upper}"]


_PARTS_OF_HOUR = {15: ("一刻",), 30: ("半",), 45: ("三刻",)}


def clock(hour: int | None, minutes: int | None) -> list[str]:
    """Write a time of day, as far as it is told in hours and minutes; 0 minutes where there are none."""
    if hour is None or minutes is None or not (0 <= hour <= 24 and 0 <= minutes < 60):  # noqa: PLR2004
        return []
    in_han = {"点": _in_han(hour, pair=True) if hour else ["零", "〇"], "时": [_han(hour)]}
    hours = [f"{written}{sign}" for sign in "点时" for written in (str(hour), *in_han[sign])]
    if not minutes:
        return hours
    padded = f"{minutes:02}"
    spoken = f"零{_han(minutes)}" if minutes < 10 else _han(minutes)  # noqa: PLR2004
    figures = dict.fromkeys([f"{minutes}分", f"{padded}分"])
    rest = dict.fromkeys([f"{_han(minutes)}分", f"{spoken}分", *_PARTS_OF_HOUR.get(minutes, ())])
    is_figure = [first[0].isdecimal() for first in hours]
    forms = [
        first + form
        for first, plain in zip(hours, is_figure, strict=True)
        for form in (figures if plain else rest)
    ]
    return forms + [
        first + form
        for first, plain in zip(hours, is_figure, strict=True)
        if plain
        for form in _PARTS_OF_HOUR.get(minutes, ())
    ]
