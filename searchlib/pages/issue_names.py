"""
What are issues and digests of news called? By its name alone: its words, its day, its number.

A title may be nothing but such a name (柳溪简讯 第 12 期), begin with one before the
headline that leads the issue, or be a day with a few words beside it.
"""

from __future__ import annotations

import re

_DIGEST = re.compile(
    r"要闻|简讯|简报|快讯|短讯|资讯|播报|日报|周报|月报|早报|晚报|周刊|月刊|新闻(?:汇总|摘要|速览|播报)?$|摘要|汇总|合集|速览|一览|目录|来论|来信|读者|第[\d一二三四五六七八九十百]+期"
    r"|\d{4}[-年./]\d{1,2}|\d{1,2}月\d{1,2}日|今日|本周|本月|每日|头条|热点|Weekly|Daily|News"
)
_CONTENTS = re.compile(r"(?:本期|今日|本[周月])?(?:摘要|目录|导读|目次|速览|提要)")
_DAY_OR_ISSUE = re.compile(
    r"\d{4}\s?[-年./]\s?\d{1,2}(?:[-月./]\d{1,2}日?|\s?月号?)?|\d{1,2}月\d{1,2}日|(?<!\d)(?:\d{2}-\d{2}|20\d{6}|(?:19|20)\d{2}(?:0[1-9]|1[0-2]))(?!\d)"
    r"|\d{4}\s*年(?=\s*第)|总?第?\s*[\d一二三四五六七八九十百]+\s*期|[\d一二三四五六七八九十]{1,3}月号|第\s*\d{1,2}\s*周|星期[一二三四五六日]"
    r"|(?:(?:No|Vol|Issue)\.?\s*|[#＃]\s*)\d{1,5}|[\s｜|·:：\-—()（）\[\]【】#/]",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\d{4}[-年./]\d{1,2}[-月./]\d{1,2}日?|\d{1,2}月\d{1,2}日|(?<!\d)20\d{2}[01]\d[0-3]\d(?!\d)"
)
_WEEKDAY = re.compile("(?:周|星期|礼拜)[一二三四五六日天]")
_NUMBER_BEHIND = re.compile(r"\s+\d{1,5}$")
_DAY_OR_NUMBER = re.compile(
    rf"{_DAY.pattern}|第?\s*[\d一二三四五六七八九十百]+\s*期|(?:[#＃]|(?:No|Vol|Issue)\.?)\s*\d|{_NUMBER_BEHIND.pattern}",
    re.IGNORECASE,
)
_ISSUE_NUMBER = re.compile(r"\S.{0,15}?第\s*[\d一二三四五六七八九十百]+\s*期[)）】]?")
_LED_BY = re.compile(r"\s*[:：|｜]\s*(?=\S)|\s+[-–—]+\s+(?=\S)")
"""What is between the name of an issue and the headline that leads it."""
_DAY_BEFORE = re.compile(rf"[(（\[【]\s*(?:{_DAY.pattern})\s*[)）\]】]\s*(?=\S)")
_ABSTRACT = re.compile("(?:内容|文章|核心|中文|全文)?摘要[:：]?")
"""What a part of a report is called, and no digest."""
_REPORTS = re.compile(r"(?:进展|总结|汇报|(?:工作|运作|进度|研究)报告|纪要|会议记录|小结|计划)$")
"""With this the name of a report ends, which has the day beside it too; its sections are no news."""
_PAPER = re.compile(r"[一-鿿]{1,8}报(?:[一-鿿]{1,4}版)?(?:第?[A-Z]?\d{1,2}版)?")
_DIGEST_NAME = re.compile(
    r"(?:[日早晚周月简晨午]报|周刊|月刊|快讯|简讯|短讯|资讯|播报|要闻|新闻|汇总|合集|速览|一览|摘要|头条|热点|Daily|Weekly|News|Digest)$",
    re.IGNORECASE,
)

MAX_DIGEST_NAME = 14
"""Characters of a digest's name at most, its day and number left out."""
MAX_ISSUE_NAME = 30
"""Characters of the name of an issue at most, with its day."""


def names_digest_or_day(title: str) -> bool:
    """Return whether a title is the name of a digest, of a day's issue, or begins with an issue's name."""
    return names_digest(title) or names_day(title) or names_led_issue(title)


def is_contents(title: str) -> bool:
    """Return whether a heading is what a list of contents is called: 目录, 本期导读."""
    return _CONTENTS.fullmatch(title) is not None


def names_digest(title: str) -> bool:
    """Return whether a title is nothing but the name of a digest, with its day or number."""
    name = _DAY_OR_ISSUE.sub("", title)
    is_name = len(name) <= MAX_DIGEST_NAME and _DIGEST_NAME.search(name) is not None
    return is_name and not _ABSTRACT.fullmatch(title)


def names_day(title: str) -> bool:
    """Return whether a title is a day with a few words beside it, as the name of a day's issue is."""
    if not _DAY.search(title):
        return False
    name = _DAY_OR_ISSUE.sub("", title)
    return len(name) <= MAX_DIGEST_NAME and not _REPORTS.search(name)


def names_number(title: str) -> bool:
    """Return whether a title is the number of an issue with a few words beside it: 《柳溪》第 38 期."""
    return _ISSUE_NUMBER.fullmatch(title) is not None


def names_led_issue(title: str) -> bool:
    """
    Return whether a title is the name of an issue, with its day or number, before the headline that leads it.

    >>> names_led_issue("柳溪周刊#48：春茶抢鲜上市"), names_led_issue("柳溪周刊：春茶抢鲜上市")
    (True, False)
    """
    if _DAY_BEFORE.match(title):
        return True  # (2024-03-05) 春茶抢鲜上市
    led = _LED_BY.search(title)
    name = title[: led.start()] if led else ""
    if not (name and _DAY_OR_NUMBER.search(name)):
        return False
    return names_digest(_NUMBER_BEHIND.sub("", name)) or not _DAY.sub("", name).strip()


def is_abstract(title: str) -> bool:
    """Return whether a heading is what the abstract of a report is called: 内容摘要."""
    return _ABSTRACT.fullmatch(title) is not None


def speaks_of_news(text: str) -> bool:
    """Return whether a line has a word, a day or a number as names of digests and issues have."""
    return _DIGEST.search(text) is not None


def names_issue(title: str) -> bool:
    """Return whether a short line speaks of a digest, an issue or a day, as the name over news does."""
    return len(title) <= MAX_ISSUE_NAME and "。" not in title and speaks_of_news(title)


def names_papers_day(title: str) -> bool:
    """Return whether a title is the name of a paper with a day, as that of a page is: 柳溪日报2024-03-05."""
    day = _DAY.search(title)
    return day is not None and _PAPER.fullmatch(_DAY_OR_ISSUE.sub("", title)) is not None


def is_day_alone(text: str) -> bool:
    """Return whether a heading is nothing but a day: 11-29 周一."""
    return not _WEEKDAY.sub("", _DAY_OR_ISSUE.sub("", text))
