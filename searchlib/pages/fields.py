"""What a page says of when and where it was printed: datelines, masthead, the name of its file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date as calendar_date

from searchlib.pages.names import SURNAMES

_HAN = "一-鿿"
_NUMBER = r"\d{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_MONTH_DAY = (
    rf"(?:(?P<year>\d{{2,4}})年)?(?P<month>{_NUMBER}|元)[ \x0b]?月[ \x0b]?(?P<day>{_NUMBER})[ \x0b]?[日号]"
)
_DAY_ALONE = rf"(?:{_NUMBER})[ \x0b]?日"

_SPACE = r"[ \u3000\x0b]?"
# 本报8月9日讯, 本报讯, 新华社北京8月9日电. 央视网消息 is broadcasting's and stays in the text.
# A space may stand anywhere, where a column's line ended.
_TOLD = rf"{_SPACE}(?:专{_SPACE}电|电|讯|消{_SPACE}息|报{_SPACE}道)"
_DAY_TOLD = rf"{_DAY_ALONE}{_SPACE}(?:专{_SPACE}电|电|讯)"
_DATED = rf"{_SPACE}(?:[{_HAN}]{_SPACE}){{0,10}}?(?:{_MONTH_DAY}{_TOLD}|{_DAY_TOLD})"
_UNDATED = (
    rf"{_SPACE}[{_HAN}]{{0,6}}?{_SPACE}(?:专电|电讯|快讯|(?<!通)讯|电(?=[ \u3000(（]))|(?<=本报)(?:综合)?消息"
)
_AGENCY = rf"本{_SPACE}[报刊社台网市埠港]|新{_SPACE}华{_SPACE}[社网]|[{_HAN}]{{1,8}}[社网报]"
_BROADCASTER = rf"[{_HAN}A-Za-z]{{2,14}}(?:讯|消息|报道)(?=\s*[(（][^()（）]{{0,12}}(?:记者|通讯员))"
_DATELINE = re.compile(
    rf"[【\[［(（]?据?(?:(?:{_AGENCY})(?:{_DATED}|{_UNDATED})(?![息号台报站员机视话子影信力])|{_BROADCASTER})[】\]］)）]?"
)
_OWN_DATELINE = re.compile(
    rf"[{_HAN}]{{0,6}}{_MONTH_DAY}[ \u3000]?(?:讯(?=[\s(（:：])|电(?=[ \u3000]*[(（]))"
)
# Without an agency: 伦敦四日电　…, 华盛顿12日电, on a line of its own too.
_PLACE_DATELINE = re.compile(
    rf"[{_HAN}]{{2,8}}?(?:{_MONTH_DAY}|{_DAY_ALONE}){_SPACE}(?:专{_SPACE}|急|特|航|合众|路透|哈瓦斯)?电"
    r"(?=[ \u3000:：]|$)"
)
# 新浪娱乐讯 据…, 新京报讯 11月8日…: who tells, and a space.
_DESK_DATELINE = re.compile(
    rf"(?!据)[{_HAN}A-Za-z]{{2,12}}(?<![通资简快短电喜问])讯"
    r"(?=[ \u3000]+[^ \u3000]|\s*[(（][^()（）]{0,12}(?:记者|通讯员))"
)
# 【本报讯】, 〔新华社东京五日电〕, （中央社记者陈怡君台北5日电）, 【财新网】（记者…）: brackets make it sure.
_BRACKETED = re.compile(
    r"[【〔［\[(（]\s*(?P<inner>[^【】〔〕［］\[\]()（）。！？!?，,:：“”]{2,48}?)\s*[】〕］\])）]"
)
_INNER_TOLD = re.compile(
    rf"(?:据|综合)?(?P<agency>(?:本[报刊社台网]|(?:(?!记者|通讯员)[{_HAN}A-Za-z/]){{1,10}}[社网报台刊]|(?:(?!记者)[{_HAN}]){{2,6}}新闻)?(?:综合)?)\s*"
    rf"(?P<signed>(?:[{_HAN}]{{0,4}}(?:记者|通讯员|特派员|访员|编译|实习生)[^\d]{{2,40}}?)?)"
    rf"(?P<place>[{_HAN}]{{0,8}}?)\s*(?:{_MONTH_DAY}|{_DAY_ALONE})?\s*"
    r"(?P<told>(?:专|急|特|航|外|合|通)?(?:电|讯)|电讯|(?:综合|专题|特稿|连线|采访|摄影)?报道|消息|特稿|整理)"
    r"(?P<behind>(?:\s*(?:记者|通讯员|特约|实习)[^\d]{2,40})?)"
)
_INNER_AGENCY = re.compile(rf"[{_HAN}A-Za-z·]{{2,12}}(?:网|报|社|新闻|客户端|周刊|杂志|在线|讯)")
_SLUGS = re.compile(
    r"[简快短通电资喜时零要新图音视]讯|.{0,4}(?:来电|停电|用电|水电|家电|发电|供电|充电|邮电|广电|报道)"
)
_AFTER_DATELINE = re.compile(r"[\s:：,，*]*")
_DAY_IN_TEXT = re.compile(rf"(?:(?:{_NUMBER}|元)月)?(?:{_NUMBER})[日号]")
NAME = rf"[{''.join(sorted(SURNAMES))}](?:[{_HAN}]{{1,2}}|[ \u3000]{{1,4}}[{_HAN}])(?![{_HAN}])"
_POST = r"(?:记[ \x0b]?者|通[ \x0b]?讯[ \x0b]?员)"
# （记者 张凯）, 记者张凯报道, 记者 张凯 and a space.
_SIGNED = re.compile(
    rf"[\s*]*(?:[(（](?P<names>[^()（）]{{2,80}})[)）]"
    rf"|(?P<told>[^\s。，,()（）]{{0,10}}{_POST}[^。！？!?，,“”()（）\d]{{2,50}}?报[ \x0b]?道)"
    rf"|(?P<named>[^\s。，,()（）]{{0,10}}{_POST}[ \u3000]*{NAME}(?:[ \u3000、]{NAME}){{0,4}})"
    r"(?=[ \u3000]))"
)

_YEAR = r"(?:18[5-9]\d|19\d\d|20\d\d)"
PRINTED_DATE = re.compile(
    rf"(?P<year>{_YEAR})\s*[年.\-/]\s*(?P<month>\d{{1,2}})\s*[月.\-/]\s*(?P<day>\d{{1,2}})\s*日?(?!\d)"
)
"""A whole date, as mastheads and lines under a headline print it."""
_PRINTED_PAGE = re.compile(
    r"(?<![0-9A-Za-z])(?<!今日)(?<!今日 )"
    r"(?P<page>[A-Z]?\d{1,2}(?=\s*版)|[A-Z]\d{1,2}(?![0-9A-Za-z])|第\s*[0-9A-Z一二三四五六七八九十]{1,3}\s*版)\s*版?"
)
_PAPER = re.compile(
    rf"(?:[{_HAN}]{{1,10}}(?:日报|晚报|早报|晨报|时报|商报|周报|导报|快报|都市报|报|周刊|时讯)"
    rf"|(?!综合|国际|国内|体育|社会|本地|时政|财经|文化|教育|热点|民生|专题|图片)[{_HAN}]{{2,10}}新闻)(?![{_HAN}])"
)
_NAMED_PAGE = re.compile(
    rf"[{_HAN}]{{2,4}}\s*[·|/\s]\s*(?P<behind>[A-Z]\d{{1,2}}|0\d|\d{{1,2}}版)"
    rf"|(?P<before>[A-Z]\d{{1,2}}|0\d)\s*[·|/\s]\s*[{_HAN}]{{2,4}}"
)
# 第A05版:要闻/综合, 第3版(), 00015版:人文·社会, A02版:要闻.
_PAGE_LABEL = re.compile(
    r"[\d3-9]?\s*第?\s*(?P<page>[A-Za-z]{0,3}\d{1,5}|[一二三四五六七八九十]{1,3})(?:\s*[-—－、]\s*[A-Za-z]?\d{1,3})?\s*版\s*"
    r"(?:[:：]\s*(?P<name>[^，。！？；]{1,16})|[(（]\s*(?P<inner>[^()（）。，]{0,12})[)）]"
    r"|[ \u3000|｜]+(?P<spaced>[一-鿿]{2,4}(?:[·/][一-鿿]{2,4})?))"
)
_OPEN_LABEL, _CLOSED_LABEL = "【〔［[", "】〕］]"
_LONE_NUMBER = re.compile(r"^\s*(?P<first>\d{1,2})(?=\s)|(?<=\s)(?P<last>\d{1,2})\s*$")
_HAN_DATE = re.compile(
    r"[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十元]{1,3}月[一二三四五六七八九十廿卅]{1,3}日"
)
_REPUBLIC = re.compile(
    r"(?:中华)?民国\s*(?P<year>元|\d{1,3}|[一二三四五六七八九十百〇零]{1,5})\s*年\s*(?P<month>元|\d{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"\s*(?P<day>\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*日"
)
_REPUBLIC_BEGAN = 1911
"""The year before the first of the Republic."""
_DIGITS = {digit: n for n, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_PAPER_ALONE = re.compile(rf"[{_HAN}]{{2,6}}(?:日报|晚报|早报|晨报|时报|商报|都市报|周报)")
# All that a masthead prints beside the date: weekday, lunar date, issue numbers, editors, addresses.
_MASTHEAD_WORDS = re.compile(
    rf"星期[一二三四五六日天]|周[一二三四五六日]|农历\s*[{_HAN}]{{2,12}}|[甲乙丙丁戊己庚辛壬癸][{_HAN}]年[{_HAN}]{{0,8}}|第?\s*\d+\s*期|总第?\s*\d+\s*号?期?"
    rf"|今日\s*\d+\s*版|要闻|时政|综合|头版|(?:责任?|美术?|版式|值班)?编辑?[:： ]\s*[{_HAN}]{{2,4}}"
    r"|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)|[A-Z]{2}[A-Z ]*|[\W_]+"
)
# What a web page prints beside a headline: 更新时间：2024-10-25 11:41, 本文共阅读 95 次, 字号：大 中 小.
_WEB_LABEL = re.compile(
    r"(?:最后|首次)?(?:发布|发表|更新|编辑|创建|上传|出版|修改|刊登|张贴)(?:时间|日期|于|在)?|(?:时间|日期)(?=\s*[:：])"
    r"|(?:本文|文章|已有)?共?(?:阅读|浏览|点击|评论|访问|查看|人气|热度|回复)(?:数|量|次数)?(?=\s*[:：]?\s*\d)"
)
_WEB_WORDS = re.compile(
    r"字[号体]|选择|[大中小]|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|\d+\s*[次条人个字万楼]?|A[-+]?|只看该作者|楼主|分享|收藏|打印|[\W_]+"
)
_LEAP_YEAR = 2024
MIN_TEXT = 12
"""Characters of the text at least behind a dateline in brackets; a shorter line is something else."""
ISO_CHARS, YEAR_CHARS = 10, 4
"""Characters of a whole date, and of its year."""
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
    if bracketed := _bracketed_dateline(text):
        return bracketed
    match = _DATELINE.match(text) or _OWN_DATELINE.match(text) or _PLACE_DATELINE.match(text)
    if match is None:
        return _desk_dateline(text)
    year, month, day = match["year"], match["month"], match["day"]
    place = signed_end = match.end()
    signed = ""
    if brackets := _SIGNED.match(text, place):
        signed = brackets["names"] or brackets["told"] or brackets["named"]
        signed_end = brackets.end()
    after = _AFTER_DATELINE.match(text, signed_end)
    rest = after.end() if after else signed_end
    if rest == place and rest < len(text) and not (month or text.startswith("本")):
        return None  # 农民报讯息 and the like: what is not sure stands apart from the text
    return Dateline(place, rest, _month_day(year or "", month, day) if month else "", signed)


def _desk_dateline(text: str) -> Dateline | None:
    """Read a dateline that names only who tells: 新浪娱乐讯 据台湾媒体报道."""
    match = _DESK_DATELINE.match(text)
    if match is None or len(text) - match.end() < MIN_TEXT:
        return None
    brackets = _SIGNED.match(text, match.end())
    signed = (brackets["names"] or brackets["told"] or brackets["named"]) if brackets else ""
    after = _AFTER_DATELINE.match(text, brackets.end() if brackets else match.end())
    return Dateline(match.end(), after.end() if after else match.end(), "", signed)


def _bracketed_dateline(text: str) -> Dateline | None:
    """Read a dateline in brackets, with the reporter inside them or behind them."""
    brackets = _BRACKETED.match(text)
    inner = brackets["inner"] if brackets else ""
    told = _INNER_TOLD.fullmatch(inner) if brackets else None
    if brackets is None or len(text) - brackets.end() < MIN_TEXT:
        return None
    behind = _SIGNED.match(text, brackets.end())
    if told is None:
        if not (behind and _INNER_AGENCY.fullmatch(inner)):
            return None
        month_day = signed = ""
    else:
        day = told["day"]
        is_place = bool(told["place"]) and not (text[0] in "(（" and not _DAY_IN_TEXT.search(inner))
        is_sure = told["agency"] or told["signed"] or is_place
        if not is_sure or (_SLUGS.fullmatch(inner) and not (told["signed"] or told["agency"])):
            return None
        month_day = _month_day(told["year"] or "", told["month"], day) if told["month"] else ""
        signed = inner[told.start("signed") : told.end("told")] if told["signed"] else told["behind"].strip()
        if signed and (dated := _DAY_IN_TEXT.search(signed)):
            signed = f"{signed[: dated.start()]}报道"
    end = brackets.end()
    place = end
    if behind and not signed:
        signed = behind["names"] or behind["told"] or behind["named"]
        place = behind.end()
    after = _AFTER_DATELINE.match(text, place)
    return Dateline(end, after.end() if after else place, month_day, signed)


def _month_day(year: str, month: str, day: str) -> str:
    """Return `08-09`, or a whole date where the year stands there in full."""
    full = int(year) if len(year) == YEAR_CHARS else 0
    numbers = full or _LEAP_YEAR, _number(month), _number(day)
    if not is_day(*numbers):
        return ""
    return f"{full}-{numbers[1]:02}-{numbers[2]:02}" if full else f"{numbers[1]:02}-{numbers[2]:02}"


def _number(text: str) -> int:
    """Read a number up to 199, in digits or in Han."""
    if text.isdigit() and text.isascii():
        return int(text)
    if text == "元":
        return 1
    if len(text) > 1 and all(digit in _DIGITS for digit in text):  # 民国一一三年
        return int("".join(str(_DIGITS[digit]) for digit in text))
    hundred, hundreds, rest = text.rpartition("百")
    if hundreds:
        return 100 * _DIGITS.get(hundred, 1) + _number(rest.lstrip("零〇") or "零")
    text = text.replace("廿", "二十").replace("卅", "三十").replace("十十", "十")
    tens, ten, ones = text.rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)


def page_number(text: str) -> str:
    """
    Return a page in one form, however it is printed.

    >>> page_number("第03版"), page_number("a05"), page_number("第三版")
    ('3', 'A05', '3')
    """
    bare = unicodedata.normalize("NFKC", text).strip("第版 ").replace(" ", "").upper()
    return bare if bare[:1].isascii() and not bare.isdigit() else str(_number(bare))


def is_day(year: int, month: int = 1, day: int = 1) -> bool:
    """Return whether the calendar has such a day."""
    try:
        calendar_date(year, month, day)
    except ValueError:
        return False
    return True


def find_day(text: str) -> str:
    """
    Return the first whole date of a text, ISO, when the calendar has it, else nothing.

    >>> find_day("2024年2月8日 08:30"), find_day("2024.2.30"), find_day("二〇二四年十二月八日")
    ('2024-02-08', '', '2024-12-08')
    """
    found = PRINTED_DATE.search(with_digits(text))
    numbers = [int(found[part]) for part in ("year", "month", "day")] if found else []
    return "{}-{:02}-{:02}".format(*numbers) if numbers and is_day(*numbers) else ""


def with_digits(text: str) -> str:
    """Write whole dates in Han numerals, and those of the Republic, with digits."""

    def digits(date: re.Match[str]) -> str:
        year, rest = date.group().split("年")
        month, day = rest.rstrip("日").split("月")
        return f"{''.join(str(_DIGITS[char]) for char in year)}年{_number(month)}月{_number(day)}日"

    def of_republic(date: re.Match[str]) -> str:
        year, month, day = (_number(date[part]) for part in ("year", "month", "day"))
        return f"{_REPUBLIC_BEGAN + year}年{month}月{day}日"

    if "年" not in text:
        return text
    return _HAN_DATE.sub(digits, _REPUBLIC.sub(of_republic, text))


def read_page_label(text: str) -> str:
    """
    Return the page that the label of an e-edition's page names, nothing for any other line.

    >>> read_page_label("第A05版:要闻/综合"), read_page_label("第1版()"), read_page_label("第3版")
    ('A05', '1', '')
    """
    if text[:1] in _OPEN_LABEL and text[-1:] in _CLOSED_LABEL and text[-2:-1] == "版":
        text = f"{text[1:-1]}()"  # 【第05版】
    label = _PAGE_LABEL.fullmatch(text) if "版" in text else None
    if label is None:
        return ""
    page = label["page"].upper()
    return str(int(page)) if page.isdigit() else page_number(page)


def web_day(text: str) -> str:
    """
    Return the date of a line in which a web page tells when a text was put up, and how often it was read.

    >>> web_day("字号：大 中 小 本文共阅读 9536 次 更新时间：2024-10-25 11:41"), web_day("2024-10-25 开工")
    ('2024-10-25', '')
    """
    if not _WEB_LABEL.search(text) or not (day := PRINTED_DATE.search(text)):
        return ""
    rest = _WEB_LABEL.sub(" ", f"{text[: day.start()]} {text[day.end() :]}")
    return "" if _WEB_WORDS.sub("", rest) else find_day(day.group())


def read_masthead(text: str) -> PageFacts | None:  # noqa: C901 (one kind of line after another)
    """
    Read a line of a masthead or of the page's head: date, paper, page and little else.

    >>> read_masthead("青岛日报 2024年12月18日 星期三 A05 要闻")
    PageFacts(day='2024-12-18', publication='青岛日报', page='A05')
    """
    if len(text) > _MAX_MASTHEAD or re.search(r"[。！？；，]|讯|电[\s(（]", text):
        return None
    if posted := web_day(text):
        return PageFacts(posted)
    if _PAPER_ALONE.fullmatch(text):
        return PageFacts(publication=text)
    if label := read_page_label(text):
        return PageFacts(page=label)
    if named := _NAMED_PAGE.fullmatch(text):
        return PageFacts(page=page_number(named["behind"] or named["before"]))
    text = with_digits(text)
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
    lone = _LONE_NUMBER.search(rest) if (day or paper) and not page else None
    number = page["page"] if page else (lone["first"] or lone["last"]) if lone else ""
    is_bare = paper is not None and lone is not None and unknown.isdigit()
    if len(unknown) > MAX_UNKNOWN or not (
        day or is_bare or (page and (paper or len(unknown) <= MAX_SECTION_NAME))
    ):
        return None
    if day and not (page or paper) and unknown and not re.search(r"星期|周[一二三四五六日]|农历", text):
        return None
    return PageFacts(iso, paper.group() if paper else "", page_number(number) if number else "")


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
