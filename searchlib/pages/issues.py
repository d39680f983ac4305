"""
What an issue prints over its first article: its name, the weather, who was on duty; and reports by number.

An issue of a digest or a school paper begins with its name as a heading, and
with a few words below it that are no article. A report has a name and number
of the same form, but its headings are those of sections: it is one article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from searchlib.pages.blocks import Said
from searchlib.pages.fields import find_day
from searchlib.pages.issue_names import (
    is_contents,
    names_day,
    names_digest,
    names_issue,
    names_led_issue,
    names_number,
)
from searchlib.pages.kinds import SEVERAL, Plan, are_labels, group_headings, recurring_level
from searchlib.pages.mastheads import is_beside_masthead, names_section, read_masthead, web_day
from searchlib.pages.signing import signs_article
from searchlib.pages.stretches import FURNITURE, Piece

REPORT = "name and number of a report over its sections"
"""Why a masthead is a headline."""
OVER_FIRST = "printed over the first article of an issue"
"""Why the name of an issue and what is below it is furniture."""
OWN = "what an issue says of itself"
"""Why texts below headings such as 关于我们 are furniture."""
BESIDE = "below or over the name of the paper: its number, the weekday, the price"
"""Why a line is of the masthead, though neither date nor paper is in it."""
_OWN = re.compile(
    r"(?:关于|关注|联系|加入|支持|赞助)(?:我们|本刊|本报|周刊|月刊|作者|方式|支持|者|商|信息)?|(?:本期)?(?:声明|说明|内容|编辑|编者)"
    r"|版权(?:声明|信息|所有)?|(?:欢迎|如何|怎么|邮件)?(?:订阅|投稿)(?:方式|我们|周刊|本刊)?|(?:往期|往年|历史)(?:回顾|推荐|周刊|文章|内容)?"
    r"|(?:交流|读者|微信|技术)群|公众号|广告|内推|致谢|鸣谢|感谢|反馈|打赏|捐赠|友情链接|贡献者|License|目录|写在最后|(?:赠书)?福利",
    re.IGNORECASE,
)
_PAPERS = ("日报", "晚报", "早报", "晨报", "时报", "商报", "都市报")
"""What papers are called, and hardly any report."""
MAX_OVER = 200
"""Characters that an issue prints over its first article at most, a sentence among them."""


def beside_mastheads(pieces: Sequence[Piece]) -> list[Piece]:
    """Find the lines next to a paper's name or day that say no more than its number, weekday or price."""
    beside: set[int] = set()
    for places in (range(len(pieces)), reversed(range(len(pieces)))):
        is_next = False
        for place in places:
            piece = pieces[place]
            if piece.role in FURNITURE:
                is_next |= piece.role == "masthead" and not piece.level
            elif is_next and _is_beside(piece):
                beside.add(place)
            else:
                is_next = False
    return [pieces[at]._replace(role="masthead", authors=(), reason=BESIDE) for at in sorted(beside)]


def _is_beside(piece: Piece) -> bool:
    return piece.role in {"head", "body"} and not piece.level and is_beside_masthead(piece.text)


def name_report(pieces: Sequence[Piece]) -> list[Piece]:
    """
    Find the name of a report: a masthead that is the one heading over headings too short for articles.

    Returns:
        It as a headline; nothing where there is none.
    """
    top = min((piece.level for piece in pieces if piece.level), default=0)
    tops = [piece for piece in pieces if 0 < piece.level == top]
    if len(tops) != 1 or tops[0].role != "masthead" or names_digest(tops[0].text):
        return []
    if any(map(signs_article, pieces)):
        return []
    printed = read_masthead(tops[0].text)
    if printed is not None and printed.day and printed.publication.endswith(_PAPERS):
        return []  # a paper and its day: what is below are its news, however short their headlines
    _, groups = group_headings(pieces)
    level = recurring_level(groups) if groups else 0
    if not are_labels([group for group in groups if group.level == level]):
        return []
    return [tops[0]._replace(role="head", reason=REPORT)]


def name_days(pieces: Sequence[Piece]) -> list[Piece]:
    """
    Find the names of issues, each with its day, that are all the headings of a text: a file of several days.

    Returns:
        They as headlines, each with its day; nothing where other headings are there.
    """
    named = [piece for piece in pieces if piece.level]
    days = [find_day(piece.text) for piece in named]
    is_all = all(days) and all(piece.role == "masthead" for piece in named)
    if len(named) < SEVERAL or len(set(days)) < len(days) or not is_all:
        return []
    reason = "name of one of several issues, and its day"
    return [
        piece._replace(role="head", month_day=day, is_border=False, reason=reason)
        for piece, day in zip(named, days, strict=True)
    ]


def days_below(pieces: Sequence[Piece], plan: Plan) -> list[Piece]:
    """Find the days that a website prints below each of several headlines: they are those of the articles."""
    if plan.kind not in {"page", "digest"} or not plan.level:
        return []
    heads = [
        place for place, piece in enumerate(pieces) if piece.role == "head" and piece.level == plan.level
    ]
    below = [pieces[place + 1] for place in heads if place + 1 < len(pieces)]
    dated = [piece for piece in below if piece.role == "masthead" and web_day(piece.text)]
    if len(dated) < SEVERAL:
        return []
    reason = "day of an article, below its headline"
    return [piece._replace(role="byline", month_day=web_day(piece.text), reason=reason) for piece in dated]


def over_first(pieces: Sequence[Piece], plan: Plan, said: Said) -> list[Piece]:
    """
    Find what stands over the first article of an issue and is no article.

    Returns:
        It as furniture; nothing where no name of an issue is there, or more than a sentence is.
    """
    if plan.kind not in {"page", "digest"} or not plan.level:
        return []
    heads = [n for n, piece in enumerate(pieces) if piece.role == "head" and piece.level == plan.level]
    first = next((n for n in heads if not _is_name(pieces, n)), 0)
    ahead = [p for p in pieces[:first] if not (p.role in FURNITURE or (p.level and names_section(p.text)))]
    names = [
        piece
        for piece in ahead
        if (_names(piece.text) if piece.level else piece.role == "head" and names_issue(piece.text))
    ]
    mastheads = [piece._replace(is_border=True) for piece in pieces[:first] if piece.role == "masthead"]
    is_issue = names or mastheads or _names(said.headline)
    others = [p for p in ahead if not p.level and p.role != "column" and p not in names]
    sentences = [piece.text for piece in others if "。" in piece.text]
    is_text = sum(text.count("。") for text in sentences) > 1 or any(text[0].isdigit() for text in sentences)
    if not is_issue or is_text:
        return []
    if sum(len(piece.text) for piece in others) > MAX_OVER:
        return []
    over = [
        piece._replace(role="furniture", reason=OVER_FIRST, is_border=True) for piece in (*names, *others)
    ]
    return over + mastheads


def imprint_of(pieces: Sequence[Piece], plan: Plan) -> list[Piece]:
    """
    Find what a digest says of itself below headings of its own, before its first article and behind the last.

    Returns:
        The headings, and the texts below them, as furniture.
    """
    if plan.kind != "digest":
        return []
    heads = [n for n, piece in enumerate(pieces) if piece.role == "head" and piece.level]
    ends = dict(zip(heads, [*heads[1:], len(pieces)], strict=True))
    first = next((n for n in heads if pieces[n].level == plan.level and not _is_own(pieces[n])), len(pieces))
    before = [
        n for n in heads if n < first and _is_own(pieces[n]) and not _contents_at(pieces, n, plan.level)
    ]
    behind = list(takewhile(lambda n: n > first and _is_own(pieces[n]), reversed(heads)))
    return [
        piece._replace(role="furniture", level=0, reason=OWN, is_border=True)
        for n in (*before, *behind)
        for piece in pieces[n : ends[n]]
        if piece.role not in FURNITURE
    ]


def _is_own(piece: Piece) -> bool:
    return is_contents(piece.text) or _OWN.fullmatch("".join(filter(str.isalnum, piece.text))) is not None


def contents_of(pieces: Sequence[Piece], plan: Plan) -> list[Piece]:
    """
    Find a list of contents below a heading that is called so: most headings of the articles are in it.

    Returns:
        The heading and the list as contents.
    """
    reason = "list of contents: says the headings that follow"
    return [
        piece._replace(role="contents", level=0, reason=reason)
        for place in range(len(pieces))
        for piece in _contents_at(pieces, place, plan.level)
    ]


def _contents_at(pieces: Sequence[Piece], place: int, level: int) -> list[Piece]:
    """Return the heading of a list of contents that is at a place, and the list; nothing elsewhere."""
    piece = pieces[place]
    if not (piece.level and piece.role == "head" and is_contents(piece.text)):
        return []
    end = next((n for n in range(place + 1, len(pieces)) if pieces[n].level), len(pieces))
    below = [piece for piece in pieces[place + 1 : end] if piece.role not in FURNITURE]
    listed = _letters("".join(piece.text for piece in below))
    titles = [_letters(piece.text) for piece in pieces[end:] if piece.role == "head" and piece.level == level]
    if len(titles) < SEVERAL or sum(title in listed for title in titles) * 2 <= len(titles):
        return []
    return [piece, *below]


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _is_name(pieces: Sequence[Piece], place: int) -> bool:
    """Return whether a heading is the name of the issue once more: nothing is below it that says anything."""
    if not _names(pieces[place].text):
        return False
    below = takewhile(lambda piece: not piece.level, pieces[place + 1 :])
    return not any("。" in piece.text for piece in below)


def _names(title: str) -> bool:
    return names_digest(title) or names_day(title) or names_number(title) or names_led_issue(title)
