"""
Numbers as values: what else could be written for the numbers and dates of a query.

What counts as a number (all of it in simplified characters):

- Han numerals of two characters and more that are well formed: 二十四, 两千, 一百零五,
  贰拾肆, 一点二亿. The whole row of numerals must be one number: of 十四五, 万一, 五一,
  千万 and 三三两两 none is. A digit for a digit only with a zero (三零一) or as a year of
  four (一九四九年).
- A single numeral only with something it counts, of a list of measure words that hardly ever
  mean anything else, or behind 第: 三个, 八月, 第三; not 一些, 三农, 十分, 四川, 一点, 三点水.
- Figures of two digits and more, of one under the same condition, with 万 and 亿, with
  commas for thousands; not beside letters, hyphens, slashes or stops (C919, 2024-2028).
- Percentages (百分之八十九, 89%), parts of a whole (三分之一, 1/3), times of day (九点三十分, 9时半) and
  dates (八月九日, 2024年8月9日, 2024-08-09).

A value has finitely many usual forms; each can be looked for by itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from searchlib.analysis import is_han
from searchlib.expansion.number_forms import (
    DIGITS,
    FORMAL,
    PER,
    amounts,
    clock,
    dates,
    fractions,
    full_dates,
    shares,
    years_of,
)
from searchlib.lazy import lazy_pattern
from searchlib.query.characters import HAN_NUMERALS

_LONG_UNITS = (
    "平方公里|平方千米|平方米|立方米|公里|千米|厘米|毫米|公斤|千克|公顷|英里|海里|人次|美元|欧元|日元|港元|元钱"
    "|年度|年代|年级|个月|月份|小时|分钟|秒钟|世纪|季度|周年|周岁|百分点|摄氏度|千瓦时|千瓦|兆瓦|中学|大队|号线|号楼|等奖|等功"
    "|公尺|公分|公升|公吨|毫升|毫克|微米|纳米|英尺|英寸|华里|刻钟|昼夜|毛钱|分钱|文钱|标段|车道|分球|居室|线城市"
    "|连胜|连败|连冠|连霸|连涨|连跌|连板|冠王"
)
_SHORT_UNITS = (
    "个名位户家项件条辆台座处间套栋幢亩吨斤克米升元岁年月日号天届期次倍所支村镇县区市省栏章集卷册人"
    "组种类轮级秒楼份"
    "本场只头张棵口把匹门顿封双根对幅首部步回代批架颗块片枚粒朵株束串床盏盒箱袋瓶杯碗盘壶桶罐筐篮桌席堂节课段句页"
    "篇则笔桩宗遍趟圈顶扇堵艘列班队伙群窝排叠堆摞滴股缕丝团捆卷尊员环局任茬拨款剂帖针孔辈周旬尺寸丈顷磅幕站"
    "层通尾弯撮绺瓣畦垄驾折版辑帮丛簇捧杆枝炷锭爿截阵副付丸盅钵盆缸坛瓢勺匙锅屉笼箩篓柜兜沓轴函阕例室厅卫"
)
"""
Measure words of one character: those that jieba's dictionary tags as such (q) and those of the table of
nouns with their measure words in 现代汉语八百词, but for what is as often part of another word: 手 方 行
心 分 角 国 会 里. Those of homes (室 厅 卫), of news (例 折 版) and of sport (强, 分球, 连胜) are by hand.
"""
_UNITS_OF_SEVERAL = "起路道样番面声度码季载夜晚餐强乡孩胎居档包挂具味字格担阶"
"""Measure words behind two and more: 一起, 一路, 一道 and 一样 count nothing."""
_COUNTED = (
    rf"(?:{_LONG_UNITS}|[{_SHORT_UNITS}]|(?<![一1])[{_UNITS_OF_SEVERAL}]"
    r"|成(?=\Z|[^\u4e00-\u9fff]|以|左|多|的)|点(?![一二三四五六七八九水]))"
)
_COUNTED_BEHIND = lazy_pattern(_COUNTED)
_TIME_OF_DAY = lazy_pattern(
    "(?:[上下中]午|凌晨|清晨|早上|早晨|傍晚|晚上|[今昨明当]晚|[今明]早|晚|半夜|时间)\\Z"
)
_HAN = f"[{HAN_NUMERALS}]+"
_AFTER_TIME = "代期间候节装尚而常机段空速光效令区差辰"
"""What makes another word of 时: 三时代."""
_PARTS_OF_HOUR = {"半": 30, "一刻": 15, "1刻": 15, "三刻": 45, "3刻": 45}
_FIGURE = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_DAY_NUMBER = rf"(?:[0-9]{{1,2}}|{_HAN})"
_YEAR = r"(?:[0-9]{4}|[〇零一二三四五六七八九]{4}|[零壹贰叁肆伍陆柒捌玖]{4})"
_SPAN = lazy_pattern(
    rf"(?=[0-9{HAN_NUMERALS}])(?:"  # what all of these begin with: they are tried nowhere else
    rf"(?P<date>(?:(?P<year>{_YEAR})年)?(?P<month>{_DAY_NUMBER})月(?:(?P<day>{_DAY_NUMBER})(?P<sign>[日号]))?)"
    r"|(?P<iso>(?P<y>[0-9]{4})([-/.])(?P<m>[0-9]{1,2})\8(?P<d>[0-9]{1,2}))"
    rf"|(?P<share>(?P<base>[百千万])分之(?P<part>{_FIGURE}|{_HAN}(?:点{_HAN})?))"
    rf"|(?P<fraction>(?P<lower>[0-9]{{1,3}}|{_HAN})分之(?P<upper>[0-9]{{1,3}}|{_HAN}))"
    r"|(?P<ratio>(?P<over>[0-9]{1,3})/(?P<under>[0-9]{1,3}))"
    rf"|(?P<clock>(?P<hour>{_DAY_NUMBER})(?:点|时(?![{_AFTER_TIME}]))"
    rf"(?:(?P<minute>{_DAY_NUMBER})分(?!之)|(?P<part_of_hour>半|[一三13]刻)|(?![{HAN_NUMERALS}0-9水])))"
    r"|(?P<digital>(?<![0-9]\n)(?P<h>[0-9]{1,2})\n(?P<min>[0-5][0-9])(?!\n[0-9]))"
    rf"|(?P<percent>(?P<rate>{_FIGURE})(?P<per>[%‰]))"
    rf"|(?P<years>{_YEAR})(?=年)"
    rf"|(?P<number>(?P<figure>{_FIGURE})(?P<unit>[十百千万亿]*(?:{_FIGURE}[千万亿]+)*)|{_HAN}(?:点{_HAN})?))"
)
_OUTSIDE = lazy_pattern(rf"[0-9a-z几{HAN_NUMERALS}]|[-/_&.,+:][0-9a-z]")
_SHARP = ("钟", "整", "许")
_VAGUE = ("几", "数")
_VALUES = {**{char: value for value, char in enumerate(DIGITS)}, "〇": 0, "两": 2}
_PLAIN_DIGITS = frozenset("零〇一二三四五六七八九")
_PLAIN_ZEROS = frozenset("零〇")
_SCORES = {"廿": 20, "卅": 30, "卌": 40}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GREAT = {"万": 10**4, "亿": 10**8}
_AFTER_PAIR = ("百", "千", "万", "亿", "")
"""What follows 两 in a number; nothing does when it is all of it."""
_LARGEST = 10**16
_MOST_SIGNS = 40
"""A longer number is written in no other way; `Decimal` refuses one of a million figures."""


class Varied(NamedTuple):
    """A part of a text, and what else may be there; *number* says that no number may go on beside it."""

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
    """Return whether a letter, another number, a sign that joins or 几 is next to a part of a text."""
    before = text[max(0, start - 2) : start][::-1]
    return bool(_OUTSIDE.match(text, end) or _OUTSIDE.match(before) or before[:1] in _VAGUE)


def _forms(text: str, match: re.Match[str]) -> list[str]:
    if match.lastgroup == "number":  # as most are
        return _forms_of_number(text, match)
    found = match.groupdict()
    if found["date"]:
        year = _digit_by_digit(found["year"]) if found["year"] else 0
        return dates(year, _small(found["month"]), _small(found["day"]) if found["day"] else 0)
    if found["iso"]:
        return full_dates(int(found["y"]), int(found["m"]), int(found["d"]))
    if found["share"]:
        part = "一百" if found["part"] == "百" else found["part"]
        return shares(_value(part), PER[found["base"]])
    if found["percent"]:
        return shares(_value(found["rate"]), found["per"])
    if found["fraction"] or found["ratio"]:
        return fractions(_small(found["upper"] or found["over"]), _small(found["lower"] or found["under"]))
    if found["clock"]:
        return _clock(text, match)
    if found["digital"]:
        return clock(int(found["h"]), int(found["min"]))
    year = _digit_by_digit(found["years"])
    return [] if year is None else years_of(year)


def _forms_of_number(text: str, match: re.Match[str]) -> list[str]:
    start, end = match.span()
    written = match["number"]
    is_counted = _is_counted(text, start, end)
    value = _value(written)
    if not value or ((len(written) == 1 and not (is_counted or written in _SCORES)) or written in FORMAL):
        return []
    if text.startswith(("一点一滴", "1.1滴"), start):
        return []
    if "点" in written and not (is_counted or written[-1] in _GREAT or _is_decimal(value, text[end:])):
        return []
    is_ordinal = text[start - 1 : start] == "第"
    return [*_regroup(written), *amounts(value, counted=is_counted, ordinal=is_ordinal)]


def _regroup(written: str) -> list[str]:
    """Write a figure whose decimals end in zero, such as 12345.90, with commas for thousands and without."""
    whole, _, decimals = written.partition(".")
    if not decimals.endswith("0") or not decimals.isdecimal():
        return []
    number = int(whole.replace(",", ""))
    return [f"{number}.{decimals}", *([f"{number:,}.{decimals}"] if number >= 1000 else [])]  # noqa: PLR2004


def _clock(text: str, match: re.Match[str]) -> list[str]:
    """Write a time of day; 一点 is a little, and 一时 for a while, unless the time of day is named."""
    found = match.groupdict()
    hour = _small(found["hour"])
    minutes: int | None = 0
    if found["minute"]:
        minutes = _small(found["minute"])
    elif found["part_of_hour"]:
        minutes = _PARTS_OF_HOUR[found["part_of_hour"]]
    elif (
        hour == 1
        and not _TIME_OF_DAY.search(text, 0, match.start())
        and text[match.end() :][:1] not in _SHARP
    ):
        return []
    return clock(hour, minutes)


def _is_counted(text: str, start: int, end: int) -> bool:
    """Return whether a number is next to what it counts; 一点 is a little, unless it is a time."""
    if text[start - 1 : start] == "第":
        return True
    if text[start:end] in {"一", "1"} and text[end : end + 1] == "点":
        return _TIME_OF_DAY.search(text, 0, start) is not None
    return _COUNTED_BEHIND.match(text, end) is not None


def _is_decimal(value: Decimal, behind: str) -> bool:
    """Tell 十五点五 and 三点五 from 十五点五分 and 三点一线, by the number and by what is after it."""
    if behind[:1] in {"分", "刻"}:
        return False
    return value < 1 or value >= 10 or not is_han(behind)  # noqa: PLR2004 (a digit before the point is often 点's)


@lru_cache(maxsize=1024)
def _value(written: str) -> Decimal | None:
    """Return what a number is worth, in figures, in Han or in both; None when it is not well formed."""
    if len(written) > _MOST_SIGNS:
        return None
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
        high = Decimal(0) if whole in {"零", "〇"} else _value_of_han(whole)
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
    written = "".join(FORMAL.get(char, char) for char in written)
    if written[0] in "零〇" or not set(written) <= _PLAIN_DIGITS:
        return None
    return int("".join(str(_VALUES[char]) for char in written))


def _cardinal(written: str) -> int | None:  # noqa: C901, PLR0912 (one automaton)
    """Read a number of Han with its units, as strictly as it is written in print."""
    if any(char in FORMAL for char in written):
        if len(written) == 1 or not any(char in "拾佰仟万亿" for char in written):
            return None
        written = "".join(FORMAL.get(char, char) for char in written)
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


def _small(written: str) -> int | None:
    """Return the number of a month, a day, an hour, a minute."""
    if written.isdecimal():
        return int(written)
    return 0 if written in _PLAIN_ZEROS else _cardinal(written.lstrip("零〇"))
