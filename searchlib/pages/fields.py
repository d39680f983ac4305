"""What a page says of when and where it was printed: datelines, masthead, the name of its file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as calendar_date

from searchlib.pages.names import SURNAMES

_HAN = "一-鿿"
_MONTH_DAY = r"(?:\d{2,4}年)?(?P<month>\d{1,2})[ \x0b]?月[ \x0b]?(?P<day>\d{1,2})[ \x0b]?日"

_SPACE = r"[ \u3000\x0b]?"
# 本报8月9日讯, 本报讯, 新华社北京8月9日电. 央视网消息 is broadcasting's and stays in the text.
# A space may stand anywhere, where a column's line ended.
_TOLD = rf"{_SPACE}(?:专{_SPACE}电|电|讯|消{_SPACE}息|报{_SPACE}道)"
_DATED = rf"{_SPACE}(?:[{_HAN}]{_SPACE}){{0,10}}?{_MONTH_DAY}{_TOLD}"
_UNDATED = (
    rf"{_SPACE}[{_HAN}]{{0,6}}?{_SPACE}(?:专电|电讯|快讯|(?<!通)讯|电(?=[ \u3000(（]))|(?<=本报)(?:综合)?消息"
)
_AGENCY = rf"本{_SPACE}[报刊社台网]|新{_SPACE}华{_SPACE}[社网]|[{_HAN}]{{1,6}}[社网报]"
_BROADCASTER = rf"[{_HAN}]{{2,10}}(?:讯|消息|报道)(?=\s*[(（][^()（）]{{0,12}}(?:记者|通讯员))"
_DATELINE = re.compile(
    rf"[【\[［]?据?(?:(?:{_AGENCY})(?:{_DATED}|{_UNDATED})(?![息号台报站员机视话子影信力])|{_BROADCASTER})[】\]］]?"
)
_OWN_DATELINE = re.compile(
    rf"[{_HAN}]{{0,6}}{_MONTH_DAY}[ \u3000]?(?:讯(?=[\s(（:：])|电(?=[ \u3000]*[(（]))"
)
_AFTER_DATELINE = re.compile(r"[\s:：,，*]*")
_NAME = rf"[{''.join(sorted(SURNAMES))}](?:[{_HAN}]{{1,2}}|[ \u3000]{{1,4}}[{_HAN}])(?![{_HAN}])"
_POST = r"(?:记[ \x0b]?者|通[ \x0b]?讯[ \x0b]?员)"
# （记者 张凯）, 记者张凯报道, 记者 张凯 and a space.
_SIGNED = re.compile(
    rf"[\s*]*(?:[(（](?P<names>[^()（）]{{2,80}})[)）]"
    rf"|(?P<told>[^\s。，,()（）]{{0,10}}{_POST}[^。！？!?，,“”()（）\d]{{2,50}}?报[ \x0b]?道)"
    rf"|(?P<named>[^\s。，,()（）]{{0,10}}{_POST}[ \u3000]*{_NAME}(?:[ \u3000、]{_NAME}){{0,4}})"
    r"(?=[ \u3000]))"
)

_YEAR = r"(?:18[5-9]\d|19\d\d|20\d\d)"
_DAY_IN_NAME = re.compile(
    rf"(?<![0-9A-Za-z])(?P<year>{_YEAR})(?P<mark>[-_./年]?)(?P<month>0[1-9]|1[0-2]|[1-9](?=[-_./月]))[-_./月]?"
    r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=[日_\-./]|$))(?![0-9])日?"
)
_MONTH_IN_NAME = re.compile(
    rf"(?<![0-9A-Za-z])(?P<year>{_YEAR})[-_./年]?(?P<month>0[1-9]|1[0-2])月?(?![0-9A-Za-z])"
)
_YEAR_IN_NAME = re.compile(rf"(?<![0-9A-Za-z])(?P<year>{_YEAR})年?(?![0-9A-Za-z])")
_PAGE_IN_NAME = re.compile(r"(?<![0-9A-Za-z])(?P<page>[A-Z]\d{1,2}|第?\d{1,2}版)(?![0-9A-Za-z])")

PRINTED_DATE = re.compile(
    rf"(?P<year>{_YEAR})\s*[年.\-/]\s*(?P<month>\d{{1,2}})\s*[月.\-/]\s*(?P<day>\d{{1,2}})\s*日?(?!\d)"
)
"""A whole date, as mastheads and lines under a headline print it."""
_PRINTED_PAGE = re.compile(
    r"(?<![0-9A-Za-z])(?P<page>[A-Z]?\d{1,2}(?=\s*版)|[A-Z]\d{1,2}(?![0-9A-Za-z])|第\s*[0-9A-Z一二三四五六七八九十]{1,3}\s*版)\s*版?"
)
_PAPER = re.compile(
    rf"[{_HAN}]{{1,10}}(?:日报|晚报|早报|晨报|时报|商报|周报|导报|快报|都市报|新闻|报|周刊|时讯)(?![{_HAN}])"
)
_PAPER_ALONE = re.compile(rf"[{_HAN}]{{2,6}}(?:日报|晚报|早报|晨报|时报|商报|都市报|周报)")
# All that a masthead prints beside the date: weekday, lunar date, issue numbers, editors, addresses.
_MASTHEAD_WORDS = re.compile(
    rf"星期[一二三四五六日天]|周[一二三四五六日]|农历\s*[{_HAN}]{{2,12}}|[甲乙丙丁戊己庚辛壬癸][{_HAN}]年[{_HAN}]{{0,8}}|第?\s*\d+\s*期|总第?\s*\d+\s*号?期?"
    rf"|今日\s*\d+\s*版|要闻|时政|综合|头版|(?:责任?|美术?|版式|值班)?编辑?[:： ]\s*[{_HAN}]{{2,4}}|[\W_]+"
)
_LEAP_YEAR = 2024
MONTH_DAY_CHARS = 5
"""Characters of a date without its year."""
_MAX_MASTHEAD = 90
MAX_SECTION_NAME = 4
"""Characters of the name of a page that stands alone with its number: 要闻, 民生."""
MAX_UNKNOWN = 12
"""Characters of a masthead that may be neither date nor paper nor page: the name of the page, a motto."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What masthead, file and folder say of a page; `day` is ISO, as much as is known, or empty."""

    day: str = ""
    publication: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: where it ends, where the text after it begins, the names behind it."""

    end: int
    rest: int
    month_day: str = ""
    signed: str = ""


def find_dateline(text: str) -> Dateline | None:
    """
    Read the dateline with which a paragraph begins.

    >>> find_dateline("本报8月9日讯 近日,市教育局").month_day
    '08-09'
    """
    match = _DATELINE.match(text) or _OWN_DATELINE.match(text)
    if match is None:
        return None
    month, day = match["month"], match["day"]
    place = signed_end = match.end()
    signed = ""
    if brackets := _SIGNED.match(text, place):
        signed = brackets["names"] or brackets["told"] or brackets["named"]
        signed_end = brackets.end()
    after = _AFTER_DATELINE.match(text, signed_end)
    rest = after.end() if after else signed_end
    if rest == place and rest < len(text) and not (month or text.startswith("本")):
        return None  # 农民报讯息 and the like: what is not sure stands apart from the text
    return Dateline(place, rest, _month_day(month, day) if month else "", signed)


def _month_day(month: str, day: str) -> str:
    return f"{int(month):02}-{int(day):02}" if is_day(_LEAP_YEAR, int(month), int(day)) else ""


def read_source(source: str) -> PageFacts:
    """
    Read date and page from a file's name and its folders, the nearest to the file first.

    Letters before the digits rule a date out: a hash is not one.

    >>> read_source("2024/12/18/A05.txt")
    PageFacts(day='2024-12-18', publication='', page='A05')
    """
    path = source.replace("\\", "/")
    name = path.rsplit("/", 1)[-1]
    stem = name.rsplit(".", 1)[0] if "." in name else name
    day = _last(_DAY_IN_NAME, stem, 3)
    dated = bool(day)
    folders = path.rsplit("/", 1)[0] if "/" in path else ""
    if not day:
        day = (
            _last(_DAY_IN_NAME, f"{folders}/{stem}", 3)
            or _last(_MONTH_IN_NAME, stem, 2)
            or _last(_MONTH_IN_NAME, folders, 2)
            or _last(_YEAR_IN_NAME, stem, 1)
            or _last(_YEAR_IN_NAME, folders, 1)
        )
    pages = _PAGE_IN_NAME.findall(stem)
    is_page = pages and (dated or day or pages[-1] == stem)
    return PageFacts(day, page=pages[-1] if is_page else "")


def _last(pattern: re.Pattern[str], text: str, parts: int) -> str:
    """Return the last date in a path that the calendar knows."""
    found = ""
    for match in pattern.finditer(text):
        groups = [match["year"], *(match[name] for name in ("month", "day")[: parts - 1])]
        numbers = [int(group) for group in groups]
        if is_day(*numbers):
            found = "-".join(f"{n:02}" for n in numbers)
    return found


def is_day(year: int, month: int = 1, day: int = 1) -> bool:
    """Tell whether the calendar has such a day."""
    try:
        calendar_date(year, month, day)
    except ValueError:
        return False
    return True


def find_day(text: str) -> str:
    """
    Return the first whole date of a text, ISO, when the calendar has it, else nothing.

    >>> find_day("2024年2月8日 08:30"), find_day("2024.2.30")
    ('2024-02-08', '')
    """
    found = PRINTED_DATE.search(text)
    numbers = [int(found[part]) for part in ("year", "month", "day")] if found else []
    return "{}-{:02}-{:02}".format(*numbers) if numbers and is_day(*numbers) else ""


def read_masthead(text: str) -> PageFacts | None:
    """
    Read a line of a masthead or of the page's head: date, paper, page and little else.

    >>> read_masthead("青岛日报 2024年12月18日 星期三 A05 要闻")
    PageFacts(day='2024-12-18', publication='青岛日报', page='A05')
    """
    if len(text) > _MAX_MASTHEAD or re.search(r"[。！？；，]|讯|电[\s(（]", text):
        return None
    if _PAPER_ALONE.fullmatch(text):
        return PageFacts(publication=text)
    day = PRINTED_DATE.search(text)
    rest = text
    iso = ""
    if day:
        iso = find_day(text)
        if not iso:
            return None
        rest = f"{text[: day.start()]} {text[day.end() :]}"
    page = _PRINTED_PAGE.search(rest)
    if page:
        rest = f"{rest[: page.start()]} {rest[page.end() :]}"
    paper = _PAPER.search(rest)
    if paper:
        rest = rest.replace(paper.group(), " ", 1)
    unknown = _MASTHEAD_WORDS.sub("", rest)
    if len(unknown) > MAX_UNKNOWN or not (day or (page and (paper or len(unknown) <= MAX_SECTION_NAME))):
        return None
    if day and not (page or paper) and unknown and not re.search(r"星期|周[一二三四五六日]|农历", text):
        return None
    number = page["page"].replace(" ", "") if page else ""
    return PageFacts(iso, paper.group() if paper else "", number)


def article_date(month_day: str, facts: PageFacts) -> str | None:
    """
    Return the date an article was written, with the year that the page states.

    Args:
        month_day: What the article itself says, `12-18` or a whole date.

    A page of January carries datelines of the December before.
    """
    if not month_day:
        return facts.day or None
    if len(month_day) > MONTH_DAY_CHARS:
        return month_day
    if not facts.day:
        return f"--{month_day}"
    year = int(facts.day[:4])
    if facts.day[5:7] == "01" and month_day.startswith("12"):
        year -= 1
    month, day = month_day.split("-")
    return f"{year}-{month_day}" if is_day(year, int(month), int(day)) else f"--{month_day}"
