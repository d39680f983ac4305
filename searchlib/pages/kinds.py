"""
What kind of thing is a text? Decided from the whole of it, before anything is taken apart.

A newspaper page of several articles, one article with sections, a digest whose
headings each begin something of their own, or a text without heads. What tells
is who signs: a heading over a byline or a dateline begins an article, one
without, below a heading that has a text, is a section.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Literal, NamedTuple

from searchlib.pages.blocks import Said
from searchlib.pages.issue_names import (
    is_abstract,
    is_contents,
    is_day_alone,
    names_digest,
    names_digest_or_day,
    names_issue,
    names_led_issue,
    names_papers_day,
    speaks_of_news,
)
from searchlib.pages.mastheads import names_section
from searchlib.pages.shapes import LABEL_CHARS
from searchlib.pages.signing import signs_article
from searchlib.pages.stretches import FURNITURE, Piece

_level_of = attrgetter("level")

TextKind = Literal["page", "article", "digest", "text"]

SECTION = re.compile(
    r"(?:第?[一二三四五六七八九十百\d]+[章节部、.．:：)）\s]|[(（][一二三四五六七八九十\d]+[)）]|[“\"「‘《]|[IVX]+[.、]|\d+(?:\.\d+)+)"
    r"|(?:前言|引言|导言|序言?|概述|背景|简介|摘要|正文|结语|结论|总结|小结|后记|尾声|附录?|附件|参考(?:文献|资料)?|致谢|注释?|链接|相关链接|延伸阅读|写在最后|写在前面)\s*[:：]?$"
)
_ORDINAL = re.compile(
    r"[(（【\[]?\s*第?\s*(?:[一二三四五六七八九十百]{1,4}|\d{1,3}|[IVXivx]{1,5}|[①-⑳])\s*[章节部分篇]{0,2}[)）】\]]?[、.．:：]?"
)
_ITEM_NUMBER = re.compile(r"(?:\d{1,3}\s*[.、．:：)）]|[【\[]\d{1,3}[】\]]|\d{2}\s|[①-⑳])\s*")
_LISTED = re.compile(r"\s*[、；;｜|]\s*")
_LED_NUMBER = re.compile(r"^(?:[#＃]|第|No\.?|Vol\.?)?\s*\d{1,4}\s*期?[\s:：·.、\-]+")
_OPENS_TEXT = re.compile(r"(?:[\d一二三四五六七八九十.、]+\s*)?(?:前言|引言|导言|序言?|概述|背景|简介|摘要)")
_CLOSES_TEXT = re.compile(
    r"(?:[\d一二三四五六七八九十.、]+\s*)?(?:总结|小结|结语|结论|结束语|后记|尾声|写在最后|参考(?:文献|资料)|致谢|附录)"
)
"""What the first or the last section of a text is called, and no news."""


MIN_ITEMS = 3
"""Headings with a text at least below those that divide a digest."""
MIN_NEWS_TITLE = 7
"""Characters of numbered headings, on the average, from which they are headlines and no sections."""
MIN_LISTED_TITLE = 4
"""The same for headings that the title of an issue lists."""
MAX_SECTIONS = 12
"""Characters of headings at most, on the average, that are sections behind one with such a name."""
MAX_LISTED = 12
"""Headings at most that a title lists."""
MIN_PAPERS_TITLE = 5
"""The same for a page of a paper, which prints essays and poems too; its columns have shorter names."""
NUMBERED = "numbered headlines"
"""Why a text is a digest whose headlines lose their numbers."""
UNTITLED = "sections of a text whose title is not in it"
"""Why a text is one article that none of its headings is the headline of."""
BELOW_ONE = "headings below one without a text"
"""Why a text is a digest whose headings look like those of sections too."""
SEVERAL = 2
"""Signed headings at least of a page of several articles."""


class Plan(NamedTuple):
    """How a text is to be taken apart; `level` is that of the headings that begin an article."""

    kind: TextKind
    level: int = 0
    reason: str = ""


@dataclass(slots=True)
class _Group:
    """A heading, or several one after another, and what the text below it shows."""

    level: int
    text: str
    chars: int = 0
    is_signed: bool = False
    is_direct: bool = False


def decide(pieces: Sequence[Piece], said: Said, *, is_one: bool = False) -> Plan | None:
    """
    Decide from the headings of a text what it is; None when it has no headings.

    Args:
        said: What the file says of its article outside the text.
        is_one: Whether the file says that its highest heading is its title.
    """
    if not any(map(_level_of, pieces)):
        return None
    before, groups = group_headings(pieces)
    if not groups:
        return None
    if items_at := _news_level(groups, said):
        return Plan("digest", items_at, NUMBERED)
    if items_at := _listed_level(groups, said):
        return Plan("digest", items_at, "headlines that the title lists")
    if signed_at := _below_columns(groups):
        return Plan("page", signed_at, "headings below names of columns are signed")
    top = min(group.level for group in groups)
    tops = [group for group in groups if group.level == top]
    signed = sum(group.is_signed for group in tops)
    if len(tops) > 1:
        return _many_tops(groups, top, signed, said, has_lead=before > 0)
    first = tops[0]
    deeper = groups[groups.index(first) + 1 :]
    # A deeper heading above the highest: 引题 over the headline, or articles before the greatest one.
    ahead = [group for group in groups[: groups.index(first)] if group.chars]
    if any(group.is_signed for group in ahead):
        return Plan("page", min(group.level for group in [*ahead, *deeper]), "headings are signed")
    if not deeper:
        return Plan("article", top, "one heading")
    return _below_one(first, deeper, said, has_lead=before > 0, is_one=is_one)


def _below_one(first: _Group, deeper: Sequence[_Group], said: Said, *, has_lead: bool, is_one: bool) -> Plan:
    """Decide about a text with one heading of the highest level and others below it."""
    below = [group for group in deeper if group.level == min(other.level for other in deeper)]
    if _names_column(first) and not said.headline and len(below) == 1 and below[0].chars:
        return Plan("digest", below[0].level, "the name of a column over a headline")
    level = recurring_level(deeper)
    inner = [group for group in deeper if group.level == level]
    if signed_at := _level_of_signed(deeper, level, has_text=first.chars > 0):
        return Plan("page", signed_at, "headings below the first are signed")
    is_named = names_digest_or_day(first.text) or names_digest_or_day(said.headline)
    if is_named and not first.is_signed and _are_news(deeper, items_at := _items_level(deeper, level)):
        return Plan("digest", items_at, "headlines below the name of a digest")
    may_be_issue = names_issue(first.text) and _are_news(inner, level)
    if said.headline or first.chars or has_lead or first.is_signed or (is_one and not may_be_issue):
        return Plan("article", first.level, "sections below one heading with a text")
    signed = [group for group in deeper if group.is_signed]
    if not is_named and len(deeper) >= MIN_ITEMS and signed == deeper[-1:] and not signed[0].is_direct:
        return Plan("article", first.level, "sections below one heading, signed at the end")
    parts = [group for group in deeper if group.level > level]
    if parts and all(_ORDINAL.fullmatch(group.text) for group in parts) and not any(g.chars for g in inner):
        return Plan("article", first.level, "numbers alone below the parts of one text")
    is_divided = all(SECTION.match(group.text) for group in inner)
    is_report = (are_labels(inner) or _begins_report(inner)) and not names_digest(first.text)
    if len(inner) == 1 or not (is_report or (is_divided and not speaks_of_news(first.text))):
        return Plan("digest", _items_level(deeper, level), BELOW_ONE)
    return Plan("article", first.level, "numbered sections below one heading")


def _news_level(groups: Sequence[_Group], said: Said) -> int:
    """
    Return the level of the headings that are numbered news, 0 where none are.

    Above them stand the name of the digest, and short names that divide it.
    """
    if said.headline and not names_digest_or_day(said.headline):
        return 0
    for level in sorted({group.level for group in groups}):
        if _are_numbered_news([group for group in groups if group.level == level]):
            above = [group for group in groups if group.level < level]
            is_digest = all(
                names_digest(group.text)
                or names_led_issue(group.text)
                or (group.level > 1 and len(group.text) <= LABEL_CHARS)
                for group in above
            )
            return level if is_digest else 0
    return 0


def _listed_level(groups: Sequence[_Group], said: Said) -> int:
    """
    Return the level of the headings that the title of an issue lists, 0 where it lists none.

    005 绿茶和红茶怎么选、最好的采茶机、投入最少的三件事: each with a text, most of them told alike.
    """
    for title in filter(None, (said.headline, groups[0].text)):
        listed = [_bare(part) for part in _LISTED.split(_LED_NUMBER.sub("", title))]
        is_long = sum(map(len, listed)) >= MIN_LISTED_TITLE * len(listed)
        if not (MIN_ITEMS <= len(listed) <= MAX_LISTED and is_long):
            continue
        again = [[g for g in groups if g.chars and _says(part, _bare(g.text))] for part in listed]
        found = {group.text: group.level for named in again for group in named[:1]}
        if len(found) >= max(MIN_ITEMS, len(listed) * 2 // 3) and len(set(found.values())) == 1:
            return next(iter(found.values()))
    return 0


def _says(part: str, heading: str) -> bool:
    """Return whether a part of a title and a heading are the same, or one is most of the other."""
    shorter, longer = sorted((part, heading), key=len)
    return shorter in longer and len(shorter) * 2 > len(longer)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _are_numbered_news(groups: Sequence[_Group]) -> bool:
    """Return whether headings are numbered, each with a text, and as long as headlines are."""
    titles = [_ITEM_NUMBER.sub("", group.text) for group in groups if _ITEM_NUMBER.match(group.text)]
    texts = sum(group.chars > 0 for group in groups)
    if len(titles) < MIN_ITEMS or len(titles) < len(groups) or texts * 5 < len(groups) * 4:
        return False
    return sum(map(len, titles)) >= MIN_NEWS_TITLE * len(titles)


def _below_columns(groups: Sequence[_Group]) -> int:
    """Return the level of signed headings below several that have no text of their own, 0 where none are."""
    top = min(group.level for group in groups)
    tops = [group for group in groups if group.level == top]
    if len(tops) < SEVERAL or any(group.chars or group.is_signed for group in tops):
        return 0
    return _level_of_signed([group for group in groups if group.level > top], top, has_text=True)


def _level_of_signed(groups: Sequence[_Group], level: int, *, has_text: bool) -> int:
    """
    Return the level of the headings below the first that are signed, 0 where none are.

    Args:
        level: The highest that comes again; deeper ones may be the articles', below names of columns.
        has_text: Whether the first heading has a text of its own.
    """
    for each in sorted({group.level for group in groups if group.level >= level}):
        inner = [group for group in groups if group.level == each]
        direct = sum(group.is_direct for group in inner)
        is_most = direct * 2 >= len(inner)
        if (direct >= SEVERAL and (is_most or each == level)) or (direct and is_most and not has_text):
            return each
    return 0


def _are_news(groups: Sequence[_Group], level: int, least: int = MIN_NEWS_TITLE) -> bool:
    """
    Return whether several headings of a level, each with a text, are as long as headlines are.

    Args:
        least: Characters of each, on the average.
    """
    items = [group for group in groups if group.level == level]
    texts = sum(group.chars > 0 for group in items)
    is_long = sum(len(group.text) for group in items) >= least * len(items)
    days = sum(is_day_alone(group.text) for group in items)
    are_sections = days * 3 >= len(items) * 2 or all(
        SECTION.match(group.text) or is_day_alone(group.text) for group in items
    )
    return texts >= MIN_ITEMS and texts * 2 > len(items) and is_long and not are_sections


def are_labels(groups: Sequence[_Group]) -> bool:
    """Return whether headings are too short for headlines, most of them: the sections of a report."""
    short = sum(len(group.text) <= LABEL_CHARS for group in groups)
    return len(groups) >= MIN_ITEMS and short * 2 > len(groups) and not any(g.is_signed for g in groups)


def _begins_report(groups: Sequence[_Group]) -> bool:
    """Return whether the first of several headings is over an abstract."""
    return len(groups) > 1 and groups[0].chars > 0 and is_abstract(groups[0].text)


def recurring_level(groups: Sequence[_Group]) -> int:
    """Return the highest level that comes again, the highest of all where none does."""
    levels = [group.level for group in groups]
    return min([level for level in levels if levels.count(level) > 1] or levels)


def _items_level(groups: Sequence[_Group], level: int) -> int:
    """
    Return the level of a digest's items: a lower one where headings only divide them, as 要闻 and 国际 do.

    A heading that divides has no text of its own and a deeper one right below it.
    """
    below = [group for group in groups if group.level > level]
    lower = min((group.level for group in below), default=0)
    items = [group for group in below if group.level == lower]
    dividers = [
        group
        for group, after in pairwise(groups)
        if group.level == level and not group.chars and after.level > level
    ]
    own = sum(group.chars for group in groups if group.level == level)
    is_divided = dividers and len(items) >= MIN_ITEMS and sum(group.chars for group in items) > own
    if is_divided and not all(SECTION.match(group.text) for group in items):
        return _items_level(below, lower)
    return level


def without_numbers(pieces: Sequence[Piece], plan: Plan) -> list[Piece]:
    """Find the headlines of a digest that are numbered, and return them without their numbers."""
    if plan.reason != NUMBERED:
        return []
    heads = [(piece, _ITEM_NUMBER.match(piece.text)) for piece in pieces if piece.level == plan.level]
    return [
        piece._replace(text=piece.text[number.end() :])
        for piece, number in heads
        if number and piece.role == "head" and number.end() < len(piece.text)
    ]


def label_places(pieces: Sequence[Piece], level: int) -> list[int]:
    """
    Return the places of headings over the headlines that name a column: short, and without a text.

    They may be over one another: the number of the issue, the section, the headline.
    """
    shown = [place for place, piece in enumerate(pieces) if piece.role not in FURNITURE]
    places: list[int] = []
    for place, after in reversed(list(pairwise(shown))):
        piece, below = pieces[place], pieces[after]
        if (
            piece.role == below.role == "head"
            and 0 < piece.level < below.level
            and (below.level == level or after in places[-1:])
            and (len(piece.text) <= LABEL_CHARS or speaks_of_news(piece.text))
        ):
            places.append(place)
    return places[::-1]


def _many_tops(groups: Sequence[_Group], top: int, signed: int, said: Said, *, has_lead: bool) -> Plan:
    """Decide about a text whose highest level of headings comes again."""
    tops = [group for group in groups if group.level == top]
    if signed >= SEVERAL and (signed * 2 >= len(tops) or not said.headline):
        return Plan("page", top, "several headings are signed")
    items_at = _items_level(groups, top)
    least = MIN_PAPERS_TITLE if names_papers_day(said.headline) else MIN_NEWS_TITLE
    if names_digest_or_day(said.headline) and _are_news(groups, items_at, least):
        return Plan("digest", items_at, "headlines below the name of a digest")
    if said.headline:
        return Plan("article", top - 1, "the file's own title stands over the headings")
    if _begins_report(tops) and are_labels(tops):
        return Plan("article", top - 1, "sections of a report, its abstract first")
    if not signed and _are_sections(tops, has_lead=has_lead):
        return Plan("article", top - 1, UNTITLED)
    others = tops[1:]
    is_first = tops[0].is_signed or not signed
    if is_first and others and all(SECTION.match(group.text) for group in others) and tops[0].chars:
        return Plan("article", top, "numbered sections of the level of the headline")
    if signed == 1 and tops[0].is_direct and len(tops) > 1 and _runs_on(tops):
        return Plan("article", top, "only the first heading is signed")
    if signed:
        return Plan("page", top, "headings of one level")
    dividers = [group for group in groups if group.level < items_at]
    are_names = all(len(group.text) <= LABEL_CHARS or names_digest(group.text) for group in dividers)
    return Plan("digest", items_at if are_names else top, "headings of one level")


def _are_sections(tops: Sequence[_Group], *, has_lead: bool) -> bool:
    """Return whether headings of one level are sections of one text: 引言 is the first, or 总结 the last."""
    others = tops[1:]
    are_short = sum(len(group.text) for group in others) <= MAX_SECTIONS * len(others)
    if are_short and _OPENS_TEXT.fullmatch(tops[0].text):
        return True
    may_be = has_lead or len(tops[0].text) <= LABEL_CHARS
    return may_be and _CLOSES_TEXT.fullmatch(tops[-1].text) is not None


def _runs_on(tops: Sequence[_Group]) -> bool:
    """Return whether headings behind the first are shorter than it, as those of sections are."""
    others = [len(group.text) for group in tops[1:]]
    return max(others) < len(tops[0].text) and sum(others) / len(others) * 3 < len(tops[0].text) * 2


def group_headings(pieces: Sequence[Piece]) -> tuple[int, list[_Group]]:
    """Return how much text precedes the first heading, and the headings with what is below each."""
    groups: list[_Group] = []
    before = 0
    starts = False
    for piece in pieces:
        if piece.role in FURNITURE and piece.role != "continued":
            # （一九三七年十月二十五日）: a day in brackets below a title is that of a text.
            if piece.role == "masthead" and groups and piece.text[:1] in "(（":
                groups[-1].chars += len(piece.text)
            continue
        if piece.level and piece.role in {"head", "section"}:
            groups.append(_Group(piece.level, piece.text))
            starts = True
        elif not groups:
            before += len(piece.text) if piece.role == "body" else 0
        else:
            group = groups[-1]
            signs = signs_article(piece) or (piece.role == "head" and bool(piece.authors))
            group.is_signed |= signs
            group.is_direct |= signs and starts
            if piece.role in {"body", "section", "head"}:
                group.chars += len(piece.text)
                starts = starts and piece.role == "head"
    return before, _without_decks(groups)


def _without_decks(groups: Sequence[_Group]) -> list[_Group]:
    """Join headings over one another that are one deck: overline and subtitle, each once for its headline."""
    joined: list[_Group] = []
    dividing = {
        (group.level, after.level)
        for place, (group, after) in enumerate(pairwise(groups))
        if not group.chars
        and after.level > group.level
        and _comes_again(groups, place + 2, group.level, after.level)
    } | _column_levels(groups)
    for place, group in enumerate(groups):
        last = joined[-1] if joined else None
        if last is None or last.chars or last.is_signed or last.level == group.level:
            joined.append(group)
            continue
        is_short = len(last.text) <= LABEL_CHARS
        divides = speaks_of_news(last.text) or (last.level, group.level) in dividing
        is_name = place == 1 and _names_column(last)
        is_label = is_contents(group.text) or is_name or (is_short and divides)
        is_subtitle = (
            group.level > last.level
            and not is_label
            and not _comes_again(groups, place + 1, last.level, group.level)
        )
        if group.level < last.level or is_subtitle:
            text = group.text if group.level < last.level else last.text
            joined[-1] = _Group(
                min(group.level, last.level), text, group.chars, group.is_signed, group.is_direct
            )
        else:
            joined.append(group)
    return joined


def _names_column(group: _Group) -> bool:
    """Return whether a heading has no text, and is what papers call a column: 社　论."""
    return not group.chars and names_section("".join(group.text.split()))


def _column_levels(groups: Sequence[_Group]) -> set[tuple[int, int]]:
    """Return the pairs of levels of which the higher names columns, each over a headline: 要闻, 来论."""
    over: dict[tuple[int, int], list[str]] = {}
    for group, after in pairwise(groups):
        if not (group.chars or group.is_signed) and after.level > group.level:
            over.setdefault((group.level, after.level), []).append(group.text)
    return {
        pair
        for pair, names in over.items()
        if len(names) >= SEVERAL
        and all(len(name) <= LABEL_CHARS for name in names)
        and sum(map(names_section, names)) * 3 >= len(names)
    }


def _comes_again(groups: Sequence[_Group], since: int, above: int, level: int) -> bool:
    """Return whether a heading of a level, or of one below *above*, follows before the next of *above*."""
    for place in range(since, len(groups)):
        if groups[place].level <= above:
            return False
        if groups[place].level <= level:
            # Right over the next of *above* it is its overline.
            after = groups[place + 1].level if place + 1 < len(groups) else level
            return groups[place].chars > 0 or after > above
    return False
