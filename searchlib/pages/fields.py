"""What a page says of when and where it was printed: datelines, masthead, the name of its file."""

from __future__ import annotations

import re
import unicodedata
from datetime import date as calendar_date

from searchlib.frozen import dataclass
from searchlib.pages.names import SURNAMES, is_sure_name, names_in

_HAN = "一-鿿"
_NUMBER = r"\d{1,2}|[一二三四五六七八九十廿卅]{1,3}"
_MONTH_DAY = (
    rf"(?:(?P<year>\d{{2,4}})年)?(?P<month>{_NUMBER}|元)[ \x0b]?月[ \x0b]?(?P<day>{_NUMBER})[ \x0b]?[日号]"
)
_DAY_ALONE = rf"(?:{_NUMBER})[ \x0b]?日"

_SPACE = r"[ \u3000\x0b]?"
# 本报8月9日讯, 本报讯, 新华社北京8月9日电. 央视网消息 is broadcasting's and stays in the text.
# A space may be anywhere, where a column's line ended.
_TOLD = rf"{_SPACE}(?:专{_SPACE}电|电|讯|消{_SPACE}息|报{_SPACE}道)"
_DAY_TOLD = rf"{_DAY_ALONE}{_SPACE}(?:专{_SPACE}电|电|讯)"
_PLACE = rf"(?:[{_HAN}]{_SPACE}){{0,10}}?(?:[(（][{_HAN}]{{2,6}}[)）]{_SPACE})?"
_DATED = rf"{_SPACE}{_PLACE}(?:{_MONTH_DAY}(?:{_TOLD}|[{_HAN}]{{2,4}}?(?<!通)讯)|{_DAY_TOLD})"
_UNDATED = (
    rf"{_SPACE}[{_HAN}]{{0,6}}?{_SPACE}(?:专电|电讯|快讯|(?<!通)讯|电(?=[ \u3000(（]))"
    rf"|(?:(?<=本报)综合(?:[{_HAN}]{{2,8}}社|外电)?|(?<=本[报市埠]))消息"
    r"|(?:(?<=本报)综合|(?<=网)|(?<=在线))报道(?=[ \u3000:：])"
    r"|(?<=在线)消息(?=[ \u3000:：])"
)
# 工人日报-中工网: the paper and its site.
_AGENCY = (
    rf"(?:[{_HAN}]{{2,8}}[报社]{_SPACE}[-–—·/／]{_SPACE})?"
    rf"(?:本{_SPACE}[报刊社台网市埠港]|新{_SPACE}华{_SPACE}[社网]|[{_HAN}]{{1,8}}(?:[社网报]|在线))"
)
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
# ▲临溪四日电糖业公会…: behind a mark, the text right after it.
_MARKED_DATELINE = re.compile(
    rf"[{_HAN}]{{2,8}}?(?:{_MONTH_DAY}|{_DAY_ALONE}){_SPACE}(?:专{_SPACE}|急|特|航)?(?:电(?![息号台报站员机视话子影信力])|讯(?!息))"
)
# 中央社南京电首届国代…: an agency known by name needs no day and no mark behind it.
_AGENCY_DATELINE = re.compile(
    rf"(?:据)?(?:(?:中央|新华|联合|路透|合众|美联|塔斯|国际|海通|同盟|法新|法国新闻)社|本报)[{_HAN}]{{2,6}}?(?:专|急)?电"
    r"(?![息号台报站员机视话子影信力])(?=[一-鿿])"
)
# 新浪娱乐讯 据…, 新京报讯 11月8日…: who tells, and a space.
_DESK_DATELINE = re.compile(
    rf"(?!据)[{_HAN}A-Za-z]{{2,12}}(?<![通资简快短电喜问])讯"
    r"(?=[ \u3000]+[^ \u3000]|\s*[(（][^()（）]{0,12}(?:记者|通讯员)"
    r"|[(（](?P<names>[^()（），。\d]{2,20})[)）])"
)
# 【本报讯】, 〔新华社东京五日电〕, （中央社记者陈怡君台北5日电）, 【财新网】（记者…）: brackets make it sure.
_BRACKETED = re.compile(
    r"[【〔［\[(（“〖]\s*(?P<inner>[^【】〔〕［］\[\]()（）〖〗。！？!?，,:：“”]{2,48}?)\s*[】〕］\])）”〗]"
)
_INNER_TOLD = re.compile(
    rf"(?:据|综合)?(?P<agency>(?:本[报刊社台网]|(?:(?!记者|通讯员)[{_HAN}A-Za-z/]){{1,10}}[社网报台刊]|(?:(?!记者)[{_HAN}]){{2,6}}新闻)?(?:综合)?)\s*"
    rf"(?P<signed>(?:[{_HAN}]{{0,4}}(?:记者|通讯员|特派员|访员|编译|实习生)[^\d]{{2,40}}?)?)"
    rf"(?P<place>[{_HAN}]{{0,8}}?)\s*(?:(?:{_MONTH_DAY}|{_DAY_ALONE})(?:\s*[{_HAN}]{{2,8}}?(?=报道))?)?\s*"
    r"(?P<told>(?:专|急|特|航|外|合|通|快|简)?(?:电|讯)|电讯|(?:综合|专题|特稿|连线|采访|摄影)?报道|消息|特稿|特写|通信|整理)"
    r"(?P<behind>(?:\s*(?:记者|通讯员|特约|实习)[^\d]{2,40})?)"
)
_INNER_AGENCY = re.compile(rf"[{_HAN}A-Za-z·]{{2,12}}(?:网|报|社|新闻|客户端|周刊|杂志|在线|讯)")
# （申时社）柳溪四日电、…: papers before 1949 set the agency alone in brackets, place and day behind.
_AGENCY_ALONE = re.compile(rf"据?[{_HAN}]{{2,4}}社|本报")
_TOLD_BEHIND = re.compile(
    rf"{_SPACE}[{_HAN}]{{2,6}}?(?:(?:{_MONTH_DAY}|{_DAY_ALONE}){_SPACE}(?:[上下]午|晚|晨)?(?:{_NUMBER}时半?)?"
    r"(?:专|急)?[电讯]"
    rf"|(?:通[讯信]|讯)(?=[、，,：:\s]))(?![息号台报站员机视话子影信力])"
)
_NEWS_AGENCIES = (
    "中央社 新华社 路透社 申时社 国闻社 电通社 大中社 哈瓦斯社 合众社 美联社 联合社 同盟社 塔斯社 海通社 "
    "法新社 中新社 复旦社 世界社 东方社 国民社 大光社 新声社"
)
_OLD_AGENCIES = frozenset(_NEWS_AGENCIES.split())
"""
Agencies that papers named alone in brackets before a text: （中央社）.

Source: agencies that papers of the 1920s to 1950s print, common knowledge.
"""
# 【新华网2024年3月5日】, 【某某网二零二四年三月五日】: an agency of the web, and the day.
_INNER_DATED = re.compile(
    rf"[{_HAN}A-Za-z·]{{2,12}}(?:网|报|社|新闻|客户端|周刊|在线|快讯)\s*(?P<day>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)"
)
_SLUGS = re.compile(
    r"[简快短通电资喜时零要新图音视]讯|.{0,4}(?:来电|停电|用电|水电|家电|发电|供电|充电|邮电|广电|报道)"
)
_COMPILED = re.compile("综合(?:报道|消息|外电|电讯|讯)|(?:外电|综合)编译|外电(?:综合)?报道")
"""With this a dateline in brackets says that the desk put it together: 【综合报道】."""
_KINDS_OF_TEXT = frozenset({"特写", "特稿", "报道", "整理", "通信"})
"""With one of these in brackets a headline begins too."""
_IN_SENTENCE = re.compile("[。，；]")
MAX_TITLE = 40
"""Characters of a headline at most that is behind the kind of its text."""
_SURE_TELLING = frozenset({"特讯", "专讯", "专电", "航讯", "急电", "特电"})
"""With one of these a dateline in brackets tells no more: 〔特讯〕, （专电）."""
_TOLD_ON_A_DAY = re.compile(r"日[ \u3000\x0b]?(?:专[ \x0b]?)?[电讯][】\]］)）]?$")
_BRACKETS = frozenset("【〔［[(（“〖")
_TOLD_BY = re.compile("[讯电息道]")
"""With one of these a dateline ends that has no brackets."""
_MAX_DATELINE = 80
"""Characters of a dateline at most, without who signs it."""
_DAY_OR_MONTH = re.compile("[日月]")
_INNER_ENDS = re.compile("[电讯道息稿写信理]")
_AFTER_DATELINE = re.compile(r"[\s:：,，、*]*")
_DAY_IN_TEXT = re.compile(rf"(?:(?:{_NUMBER}|元)月)?(?:{_NUMBER})[日号]")
NAME = rf"[{''.join(sorted(SURNAMES))}](?:[{_HAN}]{{1,2}}|[ \u3000]{{1,4}}[{_HAN}])(?![{_HAN}])"
_POST = r"(?:记[ \x0b]?者|通[ \x0b]?讯[ \x0b]?员)"
# （记者 张凯）, 记者张凯报道, 记者 张凯 and a space.
_SIGNED = re.compile(
    rf"[\s*]*(?:[(（〔［\[【](?P<names>[^()（）〔〕［］\[\]【】]{{2,80}})[)）〕］\]】]"
    rf"|(?P<told>[^\s。，,()（）]{{0,10}}{_POST}[^。！？!?，,“”()（）\d]{{2,50}}?报[ \x0b]?道)"
    rf"|(?P<named>[^\s。，,()（）]{{0,10}}{_POST}[ \u3000\x0b]*{NAME}(?:[ \u3000、\x0b]{NAME}){{0,4}})"
    r"(?=[ \u3000]))"
)

_YEAR = r"(?:18[5-9]\d|19\d\d|20\d\d)"
PRINTED_DATE = re.compile(
    rf"(?P<year>{_YEAR})\s*[年.\-/]\s*(?P<month>\d{{1,2}})\s*[月.\-/]\s*(?P<day>\d{{1,2}})\s*日?(?!\d)"
)
"""A whole date, as mastheads and lines under a headline print it."""
# Mon, 22 Jun 2020 18:22:47 +0000, as feeds write it; June 22, 2020, as blogs do; 6/22/2020 6:22 PM.
_MONTH = r"(?P<{}>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY_OF_MONTH = r"(?P<{}>\d{{1,2}})(?:st|nd|rd|th)?"
_CLOCK = r"\s+\d{1,2}:\d{2}(?::\d{2})?"
_FEED_DAY = re.compile(
    rf"(?:(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s+)?(?:{_DAY_OF_MONTH.format('day')}\s+{_MONTH.format('month')}"
    rf"|{_MONTH.format('month_first')}\s+{_DAY_OF_MONTH.format('day_behind')}),?\s+(?P<year>(?:19|20)\d\d)(?P<time>{_CLOCK})?"
    rf"|(?<!\d)(?P<month_number>\d{{1,2}})/(?P<day_number>\d{{1,2}})/(?P<year_behind>(?:19|20)\d\d),?(?P<clock>{_CLOCK})\s*[AP]M)"
    r"(?:\s*(?:[+-]\d{4}|GMT|UTC|Z))?",
    re.IGNORECASE,
)
_LATIN = re.compile("[A-Za-z\u017f]")  # the long s is an s where case does not count
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_HAN_DATE = re.compile(
    r"[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十元]{1,3}月[一二三四五六七八九十廿卅]{1,3}日"
)
_REPUBLIC = re.compile(
    r"(?:中华)?民国\s*(?P<year>元|\d{1,3}|[一二三四五六七八九十百廿卅〇零]{1,5})\s*年\s*(?P<month>元|\d{1,2}|[一二三四五六七八九十]{1,3})\s*月"
    r"\s*(?P<day>\d{1,2}|[一二三四五六七八九十廿卅]{1,3})\s*日"
)
_REPUBLIC_BEGAN = 1911
"""The year before the first of the Republic."""
_DIGITS = {digit: n for n, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_LEAP_YEAR = 2024
MIN_TEXT = 12
"""Characters of the text at least behind a dateline in brackets; a shorter line is something else."""
DATED = re.compile(
    r"[【\[(（]?(?P<day>(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?)[】\])）]?(?:\s*\d{1,2}:\d{2})?"
    r"[\s|｜:：、]+(?P<title>[^\s|｜:：、].*)"
)
"""A headline behind its date: 2024-03-05 春茶上市."""
YEAR_CHARS = 4
"""Characters of a date's year."""
MONTH_DAY_CHARS = 5
"""Characters of a date without its year."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What masthead, file and folder say of a page; `day` is ISO, as much as is known, or empty."""

    day: str = ""
    publication: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: where it ends, where the text after it begins, the names after it."""

    end: int
    rest: int
    month_day: str = ""
    signed: str = ""


def find_dateline(text: str, *, is_marked: bool = False) -> Dateline | None:
    """
    Read the dateline with which a paragraph begins.

    Args:
        is_marked: Whether a sign stands before it, ▲ or ◎: the text may then be right behind it.

    >>> find_dateline("本报8月9日讯 近日,市教育局").month_day
    '08-09'
    """
    if text[:1] in _BRACKETS and (bracketed := _read_bracketed(text)):
        return bracketed
    told = _TOLD_BY.search(text, 0, _MAX_DATELINE)
    if told is None or 0 <= text.find("，") < told.start():
        return None  # no dateline has a comma
    match = _DATELINE.match(text)
    if match is None and _DAY_OR_MONTH.search(text, 0, _MAX_DATELINE):
        match = _OWN_DATELINE.match(text) or _PLACE_DATELINE.match(text)
        match = _MARKED_DATELINE.match(text) if match is None and is_marked else match
    if match is None and (agency := _AGENCY_DATELINE.match(text)):
        return Dateline(agency.end(), agency.end())
    if match is None:
        return _desk_dateline(text) if "讯" in text[:_MAX_DATELINE] else None
    year, month, day = match["year"], match["month"], match["day"]
    place = signed_end = match.end()
    signed = ""
    if brackets := _SIGNED.match(text, place):
        signed = brackets["names"] or brackets["told"] or brackets["named"]
        signed_end = brackets.end()
    after = _AFTER_DATELINE.match(text, signed_end)
    rest = after.end() if after else signed_end
    is_sure = month or text.startswith("本") or _TOLD_ON_A_DAY.search(match.group())
    if rest == place and rest < len(text) and not is_sure:
        return None  # 农民报讯息 and the like: what is not sure is apart from the text
    return Dateline(place, rest, _month_day(year or "", month, day) if month else "", signed)


def _desk_dateline(text: str) -> Dateline | None:
    """Read a dateline that names only who tells: 新浪娱乐讯 据台湾媒体报道."""
    match = _DESK_DATELINE.match(text)
    if match is None or len(text) - match.end() < MIN_TEXT:
        return None
    if match["names"] and not all(map(is_sure_name, names_in(match["names"]) or [""])):
        return None
    brackets = _SIGNED.match(text, match.end())
    signed = (brackets["names"] or brackets["told"] or brackets["named"]) if brackets else ""
    after = _AFTER_DATELINE.match(text, brackets.end() if brackets else match.end())
    return Dateline(match.end(), after.end() if after else match.end(), "", signed)


def _read_bracketed(text: str) -> Dateline | None:
    """Read a dateline in brackets, with the reporter inside them or after them."""
    brackets = _BRACKETED.match(text)
    inner = brackets["inner"] if brackets else ""
    told = _INNER_TOLD.fullmatch(inner) if _INNER_ENDS.search(inner) else None
    if brackets is None or (
        len(text) - brackets.end() < MIN_TEXT and not _is_line(text, brackets.end(), told)
    ):
        return None
    behind = _SIGNED.match(text, brackets.end())
    if told is None and (alone := _agency_alone(text, inner, brackets.end())):
        return alone
    if told is None:
        dated = _INNER_DATED.fullmatch(with_digits(inner)) if "年" in inner else None
        if not (dated or (behind and _INNER_AGENCY.fullmatch(inner))):
            return None
        month_day, signed = (find_day(dated["day"]) if dated else ""), ""
    else:
        day = told["day"]
        has_day = _DAY_IN_TEXT.search(inner) is not None
        # （金陵讯）, but not （停电）.
        is_told = has_day or told["told"] in _SURE_TELLING or told["told"][-1] == "讯"
        is_round = text[0] in "(（" and not is_told
        is_place = bool(told["place"]) and not is_round
        is_compiled = _COMPILED.fullmatch(inner) is not None
        is_sure = told["agency"] or told["signed"] or is_place or is_compiled or told["told"] in _SURE_TELLING
        if text[0] == "“" and not (told["agency"] and (has_day or told["told"] == "讯")):
            return None
        if not is_sure or (_SLUGS.fullmatch(inner) and not (told["signed"] or told["agency"] or is_compiled)):
            return None
        if (
            told["told"] in _KINDS_OF_TEXT
            and not (told["signed"] or has_day)
            and _is_title(text, brackets.end())
        ):
            return None  # 【新闻特写】春茶上市
        month_day = _month_day(told["year"] or "", told["month"], day) if told["month"] else ""
        signed = _signed_within(inner, told)
    end = brackets.end()
    place = end
    if behind and not signed:
        signed = behind["names"] or behind["told"] or behind["named"]
        place = behind.end()
    after = _AFTER_DATELINE.match(text, place)
    return Dateline(end, after.end() if after else place, month_day, signed)


def signed_within(inner: str) -> str:
    """
    Return who signs in a dateline that is in brackets, nothing where nobody does or it is no dateline.

    >>> signed_within("中央社记者王小明台北5日电"), signed_within("江城5日电")
    ('记者王小明台北报道', '')
    """
    told = _INNER_TOLD.fullmatch(inner) if _INNER_ENDS.search(inner) else None
    return _signed_within(inner, told) if told and told["signed"] else ""


def _signed_within(inner: str, told: re.Match[str]) -> str:
    if not told["signed"]:
        return told["behind"].strip()
    signed = inner[told.start("signed") : told.end("told")]
    dated = _DAY_IN_TEXT.search(signed)
    return f"{signed[: dated.start()]}报道" if dated else signed


def _is_title(text: str, place: int) -> bool:
    """Return whether what is behind a place is as short as a headline, and has no mark of a sentence."""
    return len(text) - place <= MAX_TITLE and _IN_SENTENCE.search(text, place) is None


def _agency_alone(text: str, inner: str, end: int) -> Dateline | None:
    """Read an agency alone in brackets, with the place and the day behind them where they are there."""
    if not _AGENCY_ALONE.fullmatch(inner):
        return None
    told = _TOLD_BEHIND.match(text, end)
    if told is None and inner.removeprefix("据") not in _OLD_AGENCIES:
        return None
    month_day = _month_day("", told["month"], told["day"]) if told and told["month"] else ""
    end = told.end() if told else end
    after = _AFTER_DATELINE.match(text, end)
    return Dateline(end, after.end() if after else end, month_day)


def _is_line(text: str, end: int, told: re.Match[str] | None) -> bool:
    """
    Return whether a dateline in brackets is alone on its line.

    In round ones it has a place and a day alone, as in Malaysia: （吉隆坡5日讯）. （据…电） is after a text.
    """
    if told is None or end < len(text):
        return False
    if text[0] in "(（":
        has_day = _DAY_IN_TEXT.search(told.group()) is not None
        is_own = told["agency"] in {"", "本报"} and not told.group().startswith("据")
        return is_own and has_day and told["place"] != "" and told["told"].endswith("讯")
    if told["signed"] or told["told"][-1] not in "电讯":
        return bool(told["signed"])
    agency = told["agency"] or ""
    return bool(_DAY_IN_TEXT.search(told.group())) or agency[:1] == "本" or agency[-1:] == "社"


def _month_day(year: str, month: str, day: str) -> str:
    """Return `08-09`, or a whole date where the year is there in full."""
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


def with_feed_days(text: str) -> str:
    """
    Write dates with digits, the year first, that feeds and sites in English write otherwise.

    >>> with_feed_days("June 22, 2020"), with_feed_days("6/22/2020 6:22 PM")
    ('2020-06-22', '2020-06-22 6:22')
    """

    def in_digits(day: re.Match[str]) -> str:
        name = day["month"] or day["month_first"]
        month = _MONTHS.index(name.lower()) + 1 if name else int(day["month_number"])
        number = int(day["day"] or day["day_behind"] or day["day_number"])
        clock = day["time"] or day["clock"] or ""
        return f"{day['year'] or day['year_behind']}-{month:02}-{number:02}{clock}"

    return _FEED_DAY.sub(in_digits, text) if _LATIN.search(text) else text


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
