"""What the path of a file says of its page: the date, the paper, the number of the page."""

from __future__ import annotations

import re

from searchlib.pages.fields import PageFacts, is_day, page_number, with_digits

_HAN = "一-鿿"
_YEAR = r"(?:18[5-9]\d|19\d\d|20\d\d)"
_DAY = re.compile(
    rf"(?<![0-9A-Za-z])(?P<year>{_YEAR})(?P<mark>[-_./年]?)(?P<month>0[1-9]|1[0-2]|[1-9](?=[-_./月]))[-_./月]?"
    r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=[日_\-./]|$))(?![0-9])日?"
)
_DAY_FIRST = re.compile(
    rf"(?<![0-9A-Za-z])(?P<day>0[1-9]|[12]\d|3[01])[-_.](?P<month>0[1-9]|1[0-2])[-_.](?P<year>{_YEAR})(?![0-9A-Za-z])"
)
_MONTH = re.compile(rf"(?<![0-9A-Za-z])(?P<year>{_YEAR})[-_./年]?(?P<month>0[1-9]|1[0-2])月?(?![0-9A-Za-z])")
# Not the years of an era: 1840-1949, 2013—2017.
_YEAR_ALONE = re.compile(
    rf"(?<![0-9A-Za-z第])(?<!\d{{4}}[-—–~至])(?P<year>{_YEAR})年?(?![0-9A-Za-z]|[-—–~至]\d{{4}}(?!\d))"
)
_PAGE = re.compile(
    r"(?:(?<![0-9A-Za-z])|(?<=20\d{6}))"
    r"(?P<page>[A-Z]\d{1,2}|[a-d]\d\d|第?(?:[A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3})版)(?![0-9A-Za-z])"
)
# Right behind the date: 2024-03-05-02, 20240315_005, nw.D110000_20240315_2-05. A time is no page: T10-00.
_PAGE_BEHIND = re.compile(
    r"[-_ .·]*(?:(?<=_)\d{1,2}-(?=\d\d$))?(?P<page>[A-Za-z]{0,2}\d{1,3})(?:版)?"
    r"(?=$|[-_ .·][^\d]|[-_ .][A-Za-z一-鿿]|[-_.]\d{1,4}$)"
)
_PAGE_AND_NUMBER = re.compile(r"[-_]\d{2}[-_]\d{1,4}$")
_TIME = re.compile(r"[-_ ]?T\d{2}[^/]*|[-_ ]\d{2}[-:.]\d{2}(?:[-:.]\d{2})?$|[-_ ]?\d{4,6}$")
# A folder that is a page: A05, 第05版, 05-评论; a number alone only below a date.
_PAGE_FOLDER = re.compile(
    r"(?:(?:node|page|p|版面?)[-_ ]?|第)?"
    r"(?P<page>[A-Z]\d{1,2}|\d{1,2}|[一二三四五六七八九十]{1,3}(?=版))版?"
    rf"(?:[-_ .·：:][{_HAN}·/]{{1,12}})?",
    re.IGNORECASE,
)
_ARTICLE_NUMBER = re.compile(r"\d{1,4}")
_SPLIT_DAY = re.compile(r"(?<=[年月])/(?=\d{1,2}[月日])")
# rmrb20241218, qdrb20240315A05: letters before a date that no hash has.
_PREFIX = re.compile(
    r"(?:^|(?<=[/._-]))(?=[A-Za-z]*[g-zG-Z])([A-Za-z]{2,12})(?=\d{8}(?:[A-Z]\d{1,2})?(?![0-9A-Za-z]))"
)
_FOUNDER = re.compile(r"(?P<head>[a-z]{1,8}\.D\d{6})[a-z]*_")
_PAPER = re.compile(rf"[{_HAN}]{{2,8}}(?:日报|晚报|早报|晨报|时报|商报|都市报|周报|导报|校报)(?![{_HAN}])")
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}$")
_NUMBER_BEFORE = re.compile(r"[(（\[【#]?\d+(?:[)）\]】]\s*|[\s.、_\-—]+)")
_TITLE_CHARS = range(4, 61)
"""Characters of a file's name that may be the title of its text."""
_MIN_HAN = 2
_NO_TITLE = re.compile(
    r"未命名|无标题|新建|副本|复制|文档\d*$|文本\d*$|笔记\d*$|测试|导出|合并|全部|汇总|目录|附件|扫描|识别结果|\d版|第.{1,5}[期版页章回卷]"
)
"""What a file is called that is named after no text in it."""
MAX_PAGE = 200
"""Number of the last page that a paper may have."""


def read_source(source: str) -> PageFacts:
    """
    Read date, paper and page from a file's name and its folders, the nearest to the file first.

    Letters before the digits rule a date out: a hash is not one.

    >>> read_source("2024/12/18/A05/春茶.txt")
    PageFacts(day='2024-12-18', publication='', page='A05')
    """
    path = with_digits(_SPLIT_DAY.sub("", source.replace("\\", "/")))
    path = _PREFIX.sub(r"\1 ", _FOUNDER.sub(r"\g<head>_", _SUFFIX.sub("", path)))
    folders, _, stem = path.rpartition("/")
    day, begin, end = _last_day(path)
    paper = _paper(path[:begin] + " " + path[end:] if day else path)
    if day:
        is_compact = path[begin:end].isdigit()
        return PageFacts(day, paper, _page_beside(path, end, stem, is_compact=is_compact))
    day = (
        _last(_MONTH, stem, 2)
        or _last(_MONTH, folders, 2)
        or _last(_YEAR_ALONE, stem, 1)
        or _last(_YEAR_ALONE, folders, 1)
    )
    pages = _PAGE.findall(stem)
    is_page = pages and (day or pages[-1] == stem)
    return PageFacts(day, paper, page_number(pages[-1]) if is_page else "")


def title_of(source: str) -> str:
    """
    Return the title that a file's name is, without the number before it; nothing where it is no title.

    >>> title_of("2024/231.柳溪茶园十年.md"), title_of("柳溪日报2024-03-05.md"), title_of("A05.txt")
    ('柳溪茶园十年', '', '')
    """
    stem = _SUFFIX.sub("", source.replace("\\", "/").rpartition("/")[2])
    title = stem[number.end() :] if (number := _NUMBER_BEFORE.match(stem)) else stem
    if len(title) not in _TITLE_CHARS or sum("一" <= char <= "鿿" for char in title) < _MIN_HAN:
        return ""
    facts = read_source(stem)
    is_other = len(facts.day) > len("2024") or facts.page or facts.publication or _NO_TITLE.search(title)
    return "" if is_other else title.strip()


def _paper(path: str) -> str:
    folders, _, stem = path.rpartition("/")
    found = _PAPER.findall(stem) or _PAPER.findall(folders)
    return found[-1] if found else ""


def _last_day(path: str) -> tuple[str, int, int]:
    """Return the last whole date of a path that the calendar has, and where it stands."""
    found = ("", 0, 0)
    for pattern in (_DAY, _DAY_FIRST):
        for match in pattern.finditer(path):
            numbers = [int(match[part]) for part in ("year", "month", "day")]
            if is_day(*numbers) and match.end() > found[2]:
                found = ("{}-{:02}-{:02}".format(*numbers), match.start(), match.end())
    return found


def _page_beside(path: str, end: int, stem: str, *, is_compact: bool) -> str:
    """
    Return the page that is after a date, or in the folders and the name below it.

    Args:
        end: Where the date ends.
        is_compact: Whether it is written without marks; two numbers after it are no time then.
    """
    timed = _TIME.match(path, end)
    if timed and not (is_compact and _PAGE_AND_NUMBER.match(path, end)):
        path, stem = path[:end] + path[timed.end() :], ""
    first, *below = path[end:].split("/")
    named = _PAGE.findall(stem)
    if named and (end >= len(path) - len(stem) or not below or below[-1] == stem):
        return page_number(named[-1])
    behind = _PAGE_BEHIND.match(first)
    if behind and (page := _plausible(behind["page"])):
        return page
    if len(below) > 1 and _ARTICLE_NUMBER.fullmatch(below[-1]) and _PAGE_FOLDER.fullmatch(below[-2]):
        below.pop()
    folders = [folder for part in reversed(below) if (folder := _PAGE_FOLDER.fullmatch(part))]
    for folder in sorted(folders, key=lambda folder: folder.group().isdigit()):
        if page := _plausible(folder["page"]):
            return page
    pages = _PAGE.findall(path[end:])
    return page_number(pages[-1]) if pages else ""


def _plausible(page: str) -> str:
    """Return a page in its one form, nothing when no paper has so many."""
    page = page_number(page)
    digits = page.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if not 0 < int(digits) <= MAX_PAGE:
        return ""
    return page


def _last(pattern: re.Pattern[str], text: str, parts: int) -> str:
    """Return the last month or year in a path that the calendar knows."""
    found = ""
    for match in pattern.finditer(text):
        numbers = [int(match[name]) for name in ("year", "month")[:parts]]
        if is_day(*numbers):
            found = "-".join(f"{n:02}" for n in numbers)
    return found
