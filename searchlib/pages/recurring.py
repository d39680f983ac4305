"""
Digests in plain text whose items are set alike: boxed, numbered or dated headlines that come again and again.

【春茶上市】柳溪镇…, 1、春茶上市, ◎春茶上市, [春茶上市], [视频]春茶上市, 2024-03-05 春茶上市: one such
line may be anything, a text in which each of many is one is a digest. Sections of
a report are set so too: numbers and ornaments count in an issue only, by its name
or the day in the file's, and all must be as long as headlines are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from searchlib.pages.blocks import Block
from searchlib.pages.bylines import parse_byline
from searchlib.pages.fields import DATED, find_day
from searchlib.pages.issue_names import names_issue
from searchlib.pages.kinds import MIN_ITEMS, MIN_NEWS_TITLE, MIN_PAPERS_TITLE, SEVERAL
from searchlib.pages.lines import ends_sheet, first_characters
from searchlib.pages.mastheads import read_masthead
from searchlib.pages.page_marks import is_page_mark
from searchlib.pages.roles import classify
from searchlib.pages.shapes import not_a_head

_level_of = attrgetter("level")
_BOXED = re.compile(r"【(?P<title>[^【】]{4,60})】[\s:：]*(?=\S)")
_NUMBERED = re.compile(
    r"(?:第?(?P<digits>\d{1,2})\s*[、.．:：)）条]|[(（【\[](?P<inner>\d{1,2})[)）】\]]|(?P<han>[一二三四五六七八九十]{1,3})、)"
    r"\s*(?P<title>\S.*)"
)
_MARKS = "◎●■◆★▲△▼▽○□◇☆※▶►✦❖"
_ORNAMENTED = re.compile(
    rf"(?P<mark>[{_MARKS}])\s*(?P<title>[^\s{_MARKS}].*?)\s*[{_MARKS}◀◄]?"
    r"|(?P<open>[【〔［\[])\s*(?P<boxed>[^【】〔〕［］\[\]]{4,})[】〕］\]]"
)
RUN_IN = re.compile(
    rf"[{_MARKS}]\s*(?P<title>[^\s{_MARKS}][^。：:]{{3,59}}?)(?:\s*[：:]|\u3000+|\s{{2,}})\s*(?=\S)"
)
_BULLETED = re.compile(
    r"(?:[\-–—*]\s+|[•·▪]\s*|(?:\d{1,2}[.、．)）]|[(（]\d{1,2}[)）]|[①-⑳])\s*)"
    r"(?P<title>[^\s\d。：:][^。：:]{3,59}?)\s*[：:]\s*(?=\S)"
)
_BOX = re.compile(
    r"(?P<open>[【〔［\[])\s*(?P<title>[^【】〔〕［］\[\]]{2,60}?)\s*[】〕］\]](?:\s*[【〔［\[][^【】〔〕［］\[\]]{1,20}[】〕］\]])?"
)
"""A headline in a box alone on its line; who tells it, or what kind of news it is, may be in a second."""
_TAGGED = re.compile(r"(?P<tag>[【〔［\[][\u3400-\u9fff]{2,4}[】〕］\]])\s*(?P<title>[^\s。][^。]{3,99})")
"""What kind of thing a headline is over, in a box before it: [视频]春茶上市; （国际） is printed with it."""
_SENTENCE = re.compile("[。！？]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_NUMBERS = "一二三四五六七八九十"
_BOX_BEGINS = re.compile("【")
_DATE_BEGINS = re.compile(r"[12【\[(（]")
_NUMBER_BEGINS = re.compile(rf"[\d第(（【\[{_HAN_NUMBERS}]")
_ORNAMENT_BEGINS = re.compile(rf"[{_MARKS}【〔［\[]")
_TAG_BEGINS = re.compile("[【〔［\\[]")
_BULLET_BEGINS = re.compile(r"[\-–—*•·▪\d(（①-⑳]")
_BEGINS = re.compile(rf"{_NUMBER_BEGINS.pattern}|{_ORNAMENT_BEGINS.pattern}|{_BULLET_BEGINS.pattern}")
MAX_TITLE = 60
"""Characters of a headline at most."""
MIN_TEXT = 20
"""Characters of the text below, or behind, a headline at least."""
TOP_LINES = 3
"""Lines at the top in which the name of an issue may be."""
MANY_BOXES = 5
"""Boxes alone on their lines from which they are headlines, in a text with marks between its sheets."""
LEVEL = 2
"""The level of a heading that such a headline gets."""


class Item(NamedTuple):
    """A headline: in which block, which stretch of its text, where what follows it on the line begins."""

    place: int
    begin: int
    end: int
    rest: int
    day: str = ""


def take_items(blocks: Sequence[Block], *, has_day: bool = False) -> Sequence[Block]:
    """
    Give levels to the headlines of a digest, and to each the day that it begins with.

    Args:
        has_day: Whether the file's name says of which day it is.
    """
    firsts = first_characters(blocks)
    has_levels = any(map(_level_of, blocks))
    is_headed = has_levels and any(b.level and _HAN.search(b.text) for b in blocks)
    if is_headed or len(_BEGINS.findall(firsts)) < MIN_ITEMS:
        return blocks
    if items := _find_boxes(blocks, firsts):
        return mark_items([_as_furniture(block) if block.level else block for block in blocks], items)
    if has_levels:
        return blocks
    if items := _find_boxed(blocks, firsts) or _find_dated(blocks, firsts) or _find_tagged(blocks, firsts):
        return mark_items(blocks, items)
    if not (has_day or any(map(_names_issue, blocks[:TOP_LINES]))):
        return blocks
    items = (
        _find_numbered(blocks, firsts)
        or _find_ornamented(blocks, firsts)
        or _find_run_in(blocks, _ORNAMENT_BEGINS.finditer(firsts), RUN_IN)
    )
    if items and (has_day or _is_issue(blocks, items)):
        return mark_items(blocks, items)
    # A list below a title of its own is that of a report, though its file has the day in its name.
    items = _find_run_in(blocks, _BULLET_BEGINS.finditer(firsts), _BULLETED)
    is_digest = items and ((has_day and not items[0].place) or _is_issue(blocks, items))
    return mark_items(blocks, items) if is_digest else blocks


def _at(blocks: Sequence[Block], begins: Iterable[re.Match[str]]) -> Iterator[tuple[int, Block]]:
    """Yield the blocks whose first characters a pattern found, with their places; none for few of them."""
    places = [begin.start() for begin in begins]
    return ((place, blocks[place]) for place in places if len(places) >= MIN_ITEMS)


def _find_boxed(blocks: Sequence[Block], firsts: str) -> list[Item]:
    """Find headlines in boxes, each before its text, with which nearly all paragraphs begin."""
    items = [
        Item(place, match.start("title"), match.end("title"), match.end())
        for place, block in _at(blocks, _BOX_BEGINS.finditer(firsts))
        if (match := _BOXED.match(block.text)) and _has_rest(block, match.end()) and not _signs(block)
    ]
    return items if len(items) >= MIN_ITEMS and _are_prose(blocks, items) else []


def _signs(block: Block) -> bool:
    """Return whether a line begins with a dateline, 【新华社柳溪五日电】, or with who writes."""
    return classify(block)[0].role in {"dateline", "byline"}


def _is_signed(block: Block, item: Item) -> bool:
    return parse_byline(block.text[item.begin : item.end]) is not None or _signs(block)


def _has_rest(block: Block, place: int) -> bool:
    return len(block.text) - place >= MIN_TEXT and _SENTENCE.search(block.text, place) is not None


def _find_boxes(blocks: Sequence[Block], firsts: str) -> list[Item]:
    """Find headlines of a paper of old: in boxes of one form, each over its text, on sheets with marks."""
    marks: dict[str, list[Item]] = {}
    for place, block in _at(blocks, _ORNAMENT_BEGINS.finditer(firsts)):
        if (match := _BOX.fullmatch(block.text)) and _HAN.search(match["title"]):
            item = Item(place, match.start("title"), match.end("title"), len(block.text))
            marks.setdefault(match["open"], []).append(item)
    items = max(marks.values(), key=len, default=[])
    if len(items) < MANY_BOXES or not any(_ends_sheet(block) for block in blocks):
        return []
    titles = {blocks[item.place].text for item in items}
    texts = sum(
        item.place + 1 < len(blocks) and len(blocks[item.place + 1].text) >= MIN_TEXT for item in items
    )
    return items if len(titles) * 5 >= len(items) * 4 and texts * 5 >= len(items) * 4 else []


def _ends_sheet(block: Block) -> bool:
    return block.hint == "furniture" and is_page_mark(block.text)


def _as_furniture(block: Block) -> Block:
    """Take the heading that a number of the file alone makes for none of the text."""
    return block._replace(level=0, hint="furniture")


def _find_tagged(blocks: Sequence[Block], firsts: str) -> list[Item]:
    """Find headlines behind one tag, the first line of the text among them, each with a text below it."""
    tags: dict[str, list[Item]] = {}
    for place, block in _at(blocks, _TAG_BEGINS.finditer(firsts)):
        if (match := _TAGGED.fullmatch(block.text)) and not not_a_head(match["title"]):
            item = Item(place, match.start("title"), len(block.text), len(block.text))
            tags.setdefault(match["tag"], []).append(item)
    items = max(tags.values(), key=len, default=[])
    if len(items) < MIN_ITEMS or not (_are_titles(blocks, items) and _have_texts(blocks, items)):
        return []
    below = [blocks[item.place + 1].text for item in items if item.place + 1 < len(blocks)]
    are_over_texts = sum(_SENTENCE.search(text) is not None for text in below) * 5 >= len(items) * 4
    if not are_over_texts or any("。" in block.text for block in blocks[: items[0].place]):
        return []  # a column's name in the box, and the headline below
    asked = sum(blocks[item.place].text.endswith(("？", "?")) for item in items)
    return items if asked * 2 < len(items) else []  # 【问题】怎样修剪茶树？


def _find_dated(blocks: Sequence[Block], firsts: str) -> list[Item]:
    """Find headlines behind dates, each with a text below it."""
    items = [
        Item(place, match.start("title"), len(block.text), len(block.text), find_day(match["day"]))
        for place, block in _at(blocks, _DATE_BEGINS.finditer(firsts))
        if (match := DATED.fullmatch(block.text)) and not not_a_head(match["title"])
    ]
    is_digest = len(items) >= MIN_ITEMS and _are_titles(blocks, items) and _have_texts(blocks, items)
    return items if is_digest and all(item.day for item in items) else []


def _find_numbered(blocks: Sequence[Block], firsts: str) -> list[Item]:
    """Find headlines numbered from one on, each with a text below it."""
    items: list[Item] = []
    for place, block in _at(blocks, _NUMBER_BEGINS.finditer(firsts)):
        match = _NUMBERED.fullmatch(block.text) if len(block.text) <= MAX_TITLE else None
        if match is None or "。" in match["title"] or match["title"][-1] in "；;，,":
            continue
        if not _begins_paragraph(blocks, place):
            continue
        number = match["digits"] or match["inner"]
        count = int(number) if number else _HAN_NUMBERS.find(match["han"]) + 1
        if count == len(items) + 1:
            items.append(Item(place, match.start("title"), len(block.text), len(block.text)))
    if len(items) < MIN_ITEMS or not (_are_titles(blocks, items) and _have_texts(blocks, items)):
        return []
    return items


def _find_ornamented(blocks: Sequence[Block], firsts: str) -> list[Item]:
    """Find headlines behind one ornament, or in brackets of one form, each with a text below it."""
    marks: dict[str, list[Item]] = {}
    matches = [
        (place, match)
        for place, block in _at(blocks, _ORNAMENT_BEGINS.finditer(firsts))
        if len(block.text) <= MAX_TITLE and (match := _ORNAMENTED.fullmatch(block.text))
        if _begins_paragraph(blocks, place)
    ]
    for place, match in matches:
        name = "boxed" if match["boxed"] else "title"
        if "。" not in match[name]:
            item = Item(place, match.start(name), match.end(name), len(match.string))
            marks.setdefault(match["mark"] or match["open"], []).append(item)
    found = [items for items in marks.values() if len(items) >= MIN_ITEMS]
    found = [[item for item in items if not _is_signed(blocks[item.place], item)] for items in found]
    items = max(found, key=len, default=[])
    is_digest = len(items) >= MIN_ITEMS and _are_titles(blocks, items) and _have_texts(blocks, items)
    return items if is_digest else []


def _find_run_in(
    blocks: Sequence[Block], begins: Iterable[re.Match[str]], pattern: re.Pattern[str]
) -> list[Item]:
    """Find headlines with their text on the same line, most of the prose."""
    items = [
        Item(place, match.start("title"), match.end("title"), match.end())
        for place, block in _at(blocks, begins)
        if (match := pattern.match(block.text)) and _has_rest(block, match.end())
    ]
    return items if len(items) >= MIN_ITEMS and _are_prose(blocks, items) else []


def _are_prose(blocks: Sequence[Block], items: Sequence[Item]) -> bool:
    """Return whether headlines as those of news begin nearly all paragraphs."""
    prose = sum("。" in block.text for block in blocks)
    return len(items) * 3 >= prose * 2 and _are_titles(blocks, items)


def _begins_paragraph(blocks: Sequence[Block], place: int) -> bool:
    """Return whether a line is no line inside a paragraph: a blank line or the end of a sentence is above."""
    if place == 0 or blocks[place].gap > 0 or ends_sheet(blocks[place - 1].text):
        return True
    return place <= TOP_LINES and read_masthead(blocks[place - 1].text) is not None


def _is_issue(blocks: Sequence[Block], items: Sequence[Item]) -> bool:
    """Return whether the name of an issue is over the first headline."""
    top = blocks[: min(TOP_LINES, items[0].place)]
    return any(map(_names_issue, top))


def _names_issue(block: Block) -> bool:
    return names_issue(block.text) or read_masthead(block.text) is not None


def _are_titles(blocks: Sequence[Block], items: Sequence[Item]) -> bool:
    """Return whether headlines are as long as those of news, and not one alone that comes again."""
    titles = [blocks[item.place].text[item.begin : item.end] for item in items]
    top = blocks[: min(TOP_LINES, items[0].place)]
    least = MIN_PAPERS_TITLE if any(read_masthead(block.text) for block in top) else MIN_NEWS_TITLE
    return sum(map(len, titles)) >= least * len(titles) and len(set(titles)) >= SEVERAL


def _have_texts(blocks: Sequence[Block], items: Sequence[Item]) -> bool:
    """Return whether a sentence is below nearly each headline, before the next."""
    ends = [*(item.place for item in items[1:]), len(blocks)]
    texts = sum(
        any(len(b.text) >= MIN_TEXT and _SENTENCE.search(b.text) for b in blocks[item.place + 1 : end])
        for item, end in zip(items, ends, strict=True)
    )
    return texts * 5 >= len(items) * 4


def mark_items(blocks: Sequence[Block], items: Sequence[Item]) -> list[Block]:
    """Give a level to each headline, and cut it from the text that is behind it on its line."""
    found = {item.place: item for item in items}
    marked: list[Block] = []
    first = items[0].place
    is_named = first <= TOP_LINES and not any("。" in block.text for block in blocks[:first])
    for place, block in enumerate(blocks):
        item = found.get(place)
        if item is None:
            is_name = place < first and is_named and not block.hint and len(block.text) <= MAX_TITLE // 2
            is_known = names_issue(block.text) or read_masthead(block.text)
            marked.append(block._replace(hint="contents") if is_name and not is_known else block)
            continue
        title = block.text[item.begin : item.end].strip()
        end = block.start + item.rest
        head = block._replace(end=end, text=title, level=LEVEL, gap=max(block.gap, 1), goes_on=False)
        marked.append(head._replace(text=block.text, hint="dated") if item.day else head)
        if item.rest < len(block.text):
            marked.append(
                block._replace(start=end, text=block.text[item.rest :], gap=0, lead="", indented=True)
            )
    return marked
