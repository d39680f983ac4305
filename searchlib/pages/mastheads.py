"""What a page prints at its head: the date, the paper, the page and its name."""

from __future__ import annotations

import re
from functools import lru_cache

from searchlib.pages.fields import (
    PRINTED_DATE,
    PageFacts,
    find_day,
    page_number,
    with_digits,
    with_feed_days,
)
from searchlib.pages.lines import REMEMBERED

_HAN = "一-鿿"
_PRINTED_PAGE = re.compile(
    r"(?<![0-9A-Za-z])(?<!今日)(?<!今日 )"
    r"(?P<page>[A-Z]?\d{1,2}(?=\s*版)|[A-Z]\d{1,2}(?![0-9A-Za-z])|第\s*[0-9A-Z一二三四五六七八九十]{1,3}\s*版)\s*版?"
)
_PAPER = re.compile(
    rf"(?:[{_HAN}]{{1,10}}(?:日报|晚报|早报|晨报|时报|商报|周报|导报|快报|都市报|报|周刊|时讯)"
    rf"|(?!综合|国际|国内|体育|社会|本地|时政|财经|文化|教育|热点|民生|专题|图片)[{_HAN}]{{2,10}}新闻)(?![{_HAN}])"
)
# 第A05版:要闻/综合, 第3版(), 00015版:人文·社会, A02版:要闻.
_PAGE_LABEL = re.compile(
    r"[\d3-9]?\s*第?\s*(?P<page>[A-Za-z]{0,3}\d{1,5}|[一二三四五六七八九十]{1,3})(?:\s*[-—－、]\s*[A-Za-z]?\d{1,3})?\s*版\s*"
    r"(?:[:：]\s*(?P<name>[^，。！？；]{1,16})|[(（]\s*(?P<inner>[^()（）。，]{0,12})[)）]"
    r"|[ \u3000|｜]+(?P<spaced>[一-鿿]{2,4}(?:[·/][一-鿿]{2,4})?))"
)
_OPEN_LABEL, _CLOSED_LABEL = "【〔［[", "】〕］]"
_LONE_NUMBER = re.compile(r"^\s*(?P<first>\d{1,2})(?=\s)|(?<=\s)(?P<last>\d{1,2})\s*$")
_SECTIONS = (
    "要闻|头版|综合|时政|时事|民生|社会|国际|国内|中国|世界|经济|财经|金融|文化|文艺|体育|文体|娱乐|副刊|教育|校园|健康|卫生|科技|科学|评论|言论|观点|时评"
    "|理论|专题|专版|专刊|特刊|广告|公告|分类|本地|本市|都市|城市|城事|城乡|区域|地方|各地|县区|乡镇|农村|三农|法治|政法|生活|旅游|汽车|房产|楼市|读书|人物|周末"
    "|深度|调查|焦点|热点|视点|聚焦|关注|特稿|特写|声音|来信|互动|服务|天下|两岸|港闻|港澳|台湾|副页|军事|国防|图片|影像|视觉|纪实|历史|人文|艺术|书画|收藏"
)
_SECTION = (
    rf"(?:(?:{_SECTIONS})(?:新闻|版|周刊|[·/](?:{_SECTIONS}))?"
    r"|(?:本地|国际|国内|社会|财经|体育|娱乐|综合)(?:新闻|要闻|时讯))"
)
_NAME_OF_SECTION = re.compile(
    rf"{_SECTION}|社[论评]|短评|专论|杂[文谈感]|小品|来论|通知|社团|班级|学生|教师|校友|快讯|简讯|短讯|动态|公示|启事|漫画|诗歌|散文|小说|随笔|书评|影评|专栏"
)
_BORDER = r"\s*[·•|/:：\-—\s]\s*"
# A05 民生, 民生 A05, 05 要闻, 【A05 民生】, 【A05】: a number alone is no page, nor beside any words.
_PAGE_NAME = re.compile(
    rf"(?P<lettered>[A-Z]\d{{2}}){_BORDER}[{_HAN}·/]{{2,8}}"
    rf"|[{_HAN}]{{2,4}}{_BORDER}(?P<lettered_last>[A-Z]\d{{2}})"
    rf"|(?P<before>[A-Z]?\d{{1,2}}){_BORDER}{_SECTION}|{_SECTION}{_BORDER}(?P<behind>[A-Z]\d{{1,2}}|0\d|\d{{1,2}}版)"
)
_PAGE_ALONE = re.compile(r"[A-Z]\d{2}")
_ROADS = re.compile(r"高速|国道|省道|号线|地铁|列车|次$")
_PAPER_ALONE = re.compile(rf"[{_HAN}]{{2,6}}(?:日报|晚报|早报|晨报|时报|商报|都市报|周报)")
# 三十七年三月五日 beside the paper: the Republic's years, which need not be called so there.
_REPUBLICS_YEAR = re.compile(
    rf"(?<![{_HAN}\d])(?=(?:[一二三四]?十|廿|卅)[一二三四五六七八九]?年[一二三四五六七八九十元]{{1,3}}月[一二三四五六七八九十廿卅]{{1,3}}日)"
)
# All that a masthead prints beside the date: weekday, lunar date, issue numbers, editors, addresses.
_MASTHEAD_WORDS = re.compile(
    rf"星期[一二三四五六日天]|周[一二三四五六日]|农历\s*[{_HAN}]{{2,12}}|[甲乙丙丁戊己庚辛壬癸][{_HAN}]年[{_HAN}]{{0,8}}|第?\s*\d+\s*期|总第?\s*\d+\s*号?期?"
    r"|(?:第\s*(?:\d+|[一二三四五六七八九十百千万零〇]{2,12})\s*号|第[一二三四五六\d]张|今日(?:本报)?(?:出版?)?[一二三四五六两半\d]{1,2}大?张半?|本(?:市|埠)版)"
    rf"|出版(?:日期)?|出刊|编印|今日\s*\d+\s*版"
    rf"|要闻|时政|综合|头版|(?:责任?|美术?|版式|值班)?编辑?[:： ]\s*[{_HAN}]{{2,4}}"
    r"|(?:电话|热线)\s*[:：]?\s*[\d－-]{7,14}|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)|[A-Z]{2}[A-Z ]*|[\W_]+"
)
# What papers set in lines of their own below their name: 星期五, 甲辰年二月初六, 第1234期, 今日四版.
_NUMBER = r"[\d一二三四五六七八九十百千万零〇两]{1,8}"
_BESIDE = re.compile(
    rf"(?:星期[一二三四五六日天]|周[一二三四五六日]|(?:农历\s*)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年[{_HAN}]{{0,10}}"
    rf"|农历\s*[{_HAN}]{{2,12}}|(?:总|本期)?第?\s*{_NUMBER}\s*[期号]|今[日天](?:本报)?(?:共|出版?)?\s*{_NUMBER}\s*(?:大?张半?|[版页])"
    r"|(?:国内统一)?(?:连续出版物号|刊号)\s*[:：]?\s*(?:CN)?[\s\d\-—－/()（）A-Z]*|CN\s?\d{2}\s?[-—－]\s?\d{4}(?:/[A-Z]+)?"
    r"|(?:邮发|国外)代号\s*[:：]?\s*[\d\-—－A-Z]+|(?:零售|定|售|每份)价?\s*[:：]?\s*(?:每[份张]\s*)?[\d.一二三四五六七八九十]+\s*[元角分]+"
    rf"|(?:https?://|www\.)\S+|(?:新闻|报料)?(?:热线|电话)\s*[:：]?\s*[\d\-－—]{{7,14}}|[^\S\n]|[·|｜/、,，;；:：()（）])+"
)
_BESIDE_BEGINS = frozenset(
    "星周农甲乙丙丁戊己庚辛壬癸总本第今国连刊C邮零定售每hw新报热电 一二三四五六七八九十123456789"
)
# What a web page prints beside a headline: 更新时间：2024-10-25 11:41, 本文共阅读 95 次, 字号：大 中 小.
_NO_MASTHEAD = re.compile(r"。|！|？|；|，|讯|电[\s(（]")
# 柳溪日报，民国三十七年三月五日，第一版: as a text is cited.
_CITED = re.compile(
    rf"《?[{_HAN}]{{1,10}}报》?[，,]\s*[^，,。]{{6,24}}日[，,]\s*第?\s*[{_HAN}\dA-Z]{{1,4}}\s*版"
)
_YEARS = re.compile("18|19|20")
_ENGLISH = re.compile(r"\d\s?[AP]M|[A-Z][a-z]{2}")
_LETTER_OR_PAGE = re.compile("[A-Z版]")
_WEB_LABEL = re.compile(
    r"(?i:(?:date|posted|published|updated|created|time)(?:[ \t]*(?:on|at|time|date))?(?=\s*[:：]))"
    r"|(?:最后|首次)?(?:发布|发表|更新|编辑|创建|上传|出版|修改|刊登|刊发|见报|张贴)(?:时间|日期|于|在)?|(?:时间|日期)(?=\s*[:：|｜丨])"
    r"|(?:本文|文章|已有)?共?(?:阅读|浏览|点击|评论|访问|查看|人气|热度|回复)(?:数|量|次数)?(?=\s*[:：]?\s*\d)"
)
_WEB_WORDS = re.compile(
    r"字[号体]|选择|[大中小]|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|\d+\s*[次条人个字万楼]?|A[-+]?|只看该作者|楼主|分享|收藏|打印|[\W_]+"
)
_MAX_MASTHEAD = 90
MAX_PAGE_NAME = 16
"""Characters of a page's number and name at most, where 版 does not stand there."""
MAX_SECTION_NAME = 4
"""Characters of the name of a page that is alone with its number: 要闻, 民生."""
MAX_UNKNOWN = 12
"""Characters of a masthead that may be neither date nor paper nor page: the name of the page, a motto."""


def names_section(text: str) -> bool:
    """Return whether a line is what papers call their sections and columns: 要闻, 来论."""
    return _NAME_OF_SECTION.fullmatch(text) is not None


def is_beside_masthead(text: str) -> bool:
    """
    Return whether a line says only what papers print below their name: weekday, number, price, code.

    >>> [is_beside_masthead(text) for text in ("星期五", "第1234期 今日四版", "邮发代号23-1", "第五期开课")]
    [True, True, True, False]
    """
    return text[:1] in _BESIDE_BEGINS and len(text) <= _MAX_MASTHEAD and _BESIDE.fullmatch(text) is not None


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


def read_page_name(text: str) -> str:
    """
    Return the page of a label without 版: its number beside the name of its section, or in brackets.

    >>> [read_page_name(text) for text in ("A05 民生", "要闻 02", "【B03】", "05 春茶上市")]
    ['A05', '2', 'B03', '']
    """
    is_boxed = text[:1] in _OPEN_LABEL and text[-1:] in _CLOSED_LABEL
    bare = text[1:-1].strip() if is_boxed else text
    if len(bare) > MAX_PAGE_NAME:
        return ""
    if _PAGE_ALONE.fullmatch(bare):
        return bare
    named = _PAGE_NAME.fullmatch(bare)
    if named is None or _ROADS.search(bare):
        return ""
    return page_number(next(page for page in named.groups() if page))


def web_day(text: str) -> str:
    """
    Return the date of a line in which a web page tells when a text was put up, and how often it was read.

    >>> web_day("字号：大 中 小 本文共阅读 9536 次 更新时间：2024-10-25 11:41"), web_day("2024-10-25 开工")
    ('2024-10-25', '')
    """
    if not _WEB_LABEL.search(text):
        return ""
    text = with_feed_days(text)
    if not (day := PRINTED_DATE.search(text)):
        return ""
    rest = _WEB_LABEL.sub(" ", f"{text[: day.start()]} {text[day.end() :]}")
    return "" if _WEB_WORDS.sub("", rest) else find_day(day.group())


def day_alone(text: str) -> str:
    """
    Return the date of a line that is nothing but one, as blogs and feeds write it too.

    >>> day_alone("June 12, 2017"), day_alone("2017年6月12日 星期一"), day_alone("2017年的春天")
    ('2017-06-12', '2017-06-12', '')
    """
    facts = read_masthead(with_feed_days(text.strip()))
    return facts.day if facts and not (facts.publication or facts.page) else ""


def _call_republic(text: str) -> str:
    """Write 民国 before a year of the Republic that a paper's name stands beside."""
    return _REPUBLICS_YEAR.sub("民国", text, count=1) if _PAPER.search(text) else text


@lru_cache(maxsize=REMEMBERED)
def read_masthead(text: str) -> PageFacts | None:  # noqa: C901 (one kind of line after another)
    """
    Read a line of a masthead or of the page's head: date, paper, page and little else.

    >>> read_masthead("青岛日报 2024年12月18日 星期三 A05 要闻")
    PageFacts(day='2024-12-18', publication='青岛日报', page='A05')
    """
    if len(text) > _MAX_MASTHEAD or (_NO_MASTHEAD.search(text) and not _CITED.fullmatch(text)):
        return None
    has_year = _YEARS.search(text) is not None
    text = with_feed_days(text) if has_year and _ENGLISH.search(text) else text
    if has_year and (posted := web_day(text)):
        return PageFacts(posted)
    if text[-1] == "报" and _PAPER_ALONE.fullmatch(text):
        return PageFacts(publication=text)
    if label := read_page_label(text):
        return PageFacts(page=label)
    if name := read_page_name(text):
        return PageFacts(page=name)
    text = with_digits(text if has_year or "年" not in text else _call_republic(text))
    day = PRINTED_DATE.search(text) if has_year or "年" in text else None
    rest = text
    iso = ""
    if day:
        iso = find_day(text)
        if not iso:
            return None
        rest = f"{text[: day.start()]} {text[day.end() :]}"
    page = _PRINTED_PAGE.search(rest) if _LETTER_OR_PAGE.search(rest) else None
    if page:
        rest = f"{rest[: page.start()]} {rest[page.end() :]}"
    paper = _PAPER.search(rest) if "报" in rest or "周刊" in rest or "新闻" in rest else None
    if paper:
        rest = rest.replace(paper.group(), " ", 1)
    lone = _LONE_NUMBER.search(rest) if (day or paper) and not page else None
    if not (day or page or (paper and lone)) or (_ROADS.search(text) and not (day or paper)):
        return None
    unknown = _MASTHEAD_WORDS.sub("", rest)
    number = page["page"] if page else (lone["first"] or lone["last"]) if lone else ""
    is_bare = paper is not None and lone is not None and unknown.isdigit()
    if len(unknown) > MAX_UNKNOWN or not (
        day or is_bare or (page and (paper or len(unknown) <= MAX_SECTION_NAME))
    ):
        return None
    if day and not (page or paper) and unknown and not re.search(r"星期|周[一二三四五六日]|农历", text):
        return None
    return PageFacts(iso, paper.group() if paper else "", page_number(number) if number else "")
