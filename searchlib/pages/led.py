"""
Digests whose items begin with titles that the format sets apart: bold, or links.

`- **春茶上市**：柳溪镇…`, `1. **春茶上市**` over its text, `2、[春茶上市](…)：…`. Notes
and essays set terms and advice like this, so something must say that it is
news: the name or the day of an issue, the day in the file's name, or texts that
begin as news do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, islice, pairwise
from operator import attrgetter
from typing import NamedTuple

from searchlib.pages.blocks import Block, Said
from searchlib.pages.issue_names import names_day, names_digest, names_led_issue, names_number
from searchlib.pages.kinds import MIN_ITEMS, MIN_NEWS_TITLE, SEVERAL
from searchlib.pages.lines import width
from searchlib.pages.mastheads import read_masthead
from searchlib.pages.roles import classify
from searchlib.pages.shapes import LABEL_CHARS

_title_end_of = attrgetter("title_end")

_NUMBER = re.compile(
    r"(?:[•·▪◦●■◆*–\-]\s*)?(?:第?\d{1,3}\s*[.、．)）:：条]|[(（]\d{1,3}[)）]|[一二三四五六七八九十]{1,3}、)?\s*"
)
_HEAD_NUMBER = re.compile(r"\d{1,2}\s*[.、．)）]\s*\S|[一二三四五六七八九十]{1,3}、")
_DIGITS = re.compile(r"\d{1,3}")
_BEHIND = re.compile(r"[\s:：。|｜↗—–\-]*")
_SENTENCE = re.compile("[。！？]")
_NEWS = re.compile(
    r"(?:(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日|近日|日前|昨[日天晚]|今[日天早晨]|上周|本周|当地时间|[^，。]{0,8}讯(?=[\s，(（])"
    r"|据[^，。]{2,16}(?:报道|消息|介绍|获悉|通报)|记者)"
)
_TOLD = re.compile(r"[一-鿿A-Za-z]{0,8}[社网报台刊闻](?:[一-鿿\d]{0,10}日)?[一-鿿]{0,6}(?:消息|讯|报道|电)")
"""A dateline, which may be set apart before each text as titles are: **央视网消息**（新闻联播）：…."""
_ADDRESS = ("http://", "https://", "www.")
_UNTITLED = frozenset({"picture", "furniture", "contents", "table", "code", "caption"})
MIN_TITLE = 2
"""Characters of a title at least."""
MAX_TITLE = 80
"""Width of a title at most, in Han characters."""
MIN_TEXT = 20
"""Characters of the text of an item at least."""
MIN_SHORT_TEXT = 6
"""The same of one with a number, or of one among longer ones."""
MIN_SHARE = 0.6
"""Share of the prose, at least, that is in the items."""
MAX_LEVEL = 6
MIN_ITEMS_FOR_OTHER = 5
"""Items at least for each heading that has a text of its own."""


class _LedItem(NamedTuple):
    """
    A title: in which block, which stretch of its text, and where what follows it on the line begins.

    `number` is that before it, 0 for none.
    """

    place: int
    begin: int
    end: int
    rest: int
    number: int = 0


def take_led(
    blocks: Sequence[Block], said: Said, *, has_day: bool, is_one: bool = False
) -> tuple[Sequence[Block], int]:
    """
    Give levels to titles that begin the items of a digest.

    Args:
        has_day: Whether the file's name says of which day it is.
        is_one: Whether the file says that it is one article.

    Returns:
        The blocks, and the level of the titles: 0 where the text is no such digest.
    """
    if not any(map(_title_end_of, blocks)):
        return blocks, 0
    tops = [said.headline, *islice((block.text for block in blocks if block.level), 1)]
    is_named = any(map(_names_issue, filter(None, tops)))
    led, listed = (_titled(blocks, is_list=is_list) for is_list in (False, True))
    both = sorted([*led, *listed]) if _are_apart(blocks, led, listed) else []
    for items in (led, listed, both):
        is_named = is_named or _below_news(blocks, items)
        if _are_items(blocks, items, is_named=is_named) and _is_news(
            blocks, items, has_title=is_one or said.headline != "", said=said, has_day=has_day
        ):
            others = _others(blocks, items, is_list=items is led, is_named=is_named)
            found = sorted([*items, *others])
            level = min(MAX_LEVEL - 1, _dividing(blocks, found) + 1)
            return _mark(blocks, found, level), level
    return blocks, 0


def _below_news(blocks: Sequence[Block], items: Sequence[_LedItem]) -> bool:
    """Return whether the first item is right below a heading that is what a digest is called: 资讯, 要闻."""
    over = blocks[items[0].place - 1] if items and items[0].place else None
    return over is not None and over.level > 0 and names_digest(over.text)


def _titled(blocks: Sequence[Block], *, is_list: bool) -> list[_LedItem]:
    """Return what may be items: all in lists, or none."""
    led = [
        place
        for place, block in enumerate(blocks)
        if (block.hint == "list") is is_list and _is_titled(block) and not block.level
    ]
    if len(led) < SEVERAL:
        return []
    return _keep_alike(blocks, [item for place in led if (item := _item(blocks, place))])


def _are_apart(blocks: Sequence[Block], one: Sequence[_LedItem], other: Sequence[_LedItem]) -> bool:
    """Return whether many items of two forms are each below headings of their own."""
    if min(len(one), len(other)) < MIN_ITEMS:
        return False
    heads = list(accumulate(int(block.level > 0) for block in blocks))
    return not {heads[item.place] for item in one} & {heads[item.place] for item in other}


def _others(
    blocks: Sequence[Block], items: Sequence[_LedItem], *, is_list: bool, is_named: bool
) -> list[_LedItem]:
    """Return the items of another form below headings that have none of the first: links, and bold lines."""
    taken = {item.place for item in items}
    rest: list[int] = []
    begin = 0
    heads = [place for place, block in enumerate(blocks) if block.level]
    for end in [*heads, len(blocks)]:
        if not any(place in taken for place in range(begin, end)):
            rest += range(begin, end)
        begin = end
    inner = [blocks[place] for place in rest]
    found = _titled(inner, is_list=is_list)
    if len(found) < MIN_ITEMS or not _are_items(inner, found, is_named=is_named):
        return []
    return [item._replace(place=rest[item.place]) for item in found]


def _is_titled(block: Block) -> bool:
    """Return whether a block begins with what may be a title; not the address of a page."""
    return block.title_end > 0 and not block.text.startswith(_ADDRESS)


def _keep_alike(blocks: Sequence[Block], items: list[_LedItem]) -> list[_LedItem]:
    """
    Leave out links that begin a paragraph, where nearly all titles are numbered, or alone on a line.

    And those right below a numbered title: they lead to its picture.
    """
    below = {item.place + 1 for item in items if item.number and item.rest == len(blocks[item.place].text)}
    items = [item for item in items if item.number or item.place not in below]
    numbered = [item for item in items if item.number]
    items = numbered if len(numbered) >= MIN_ITEMS and len(numbered) * 3 >= len(items) * 2 else items
    forms = [_DIGITS.sub("", blocks[item.place].text[: item.begin]).strip() for item in items]
    usual, count = next(iter(Counter(forms).most_common(1)), ("", 0))
    if usual and count * 5 >= len(forms) * 4:  # （1） inside a text, where the items have 1、
        items = [item for item, form in zip(items, forms, strict=True) if form in {usual, ""}]
    alone = [item for item in items if item.rest == len(blocks[item.place].text)]
    return alone if len(alone) >= MIN_ITEMS and len(alone) * 3 >= len(items) * 2 else items


def _item(blocks: Sequence[Block], place: int) -> _LedItem | None:
    """Read the title of a block; None where no text is after it or below it."""
    text = blocks[place].text
    number = _NUMBER.match(text)
    begin = number.end() if number and number.end() < blocks[place].title_end else 0
    digits = _DIGITS.search(text, 0, begin)
    count = int(digits.group()) if digits else 0
    end = blocks[place].title_end
    while end > begin and text[end - 1] in ":：。 ":
        end -= 1
    rest = len(text[: blocks[place].title_end]) + len(_behind(text[blocks[place].title_end :]))
    if text[begin : begin + 1] + text[end - 1 : end] == "【】":
        if _is_signed(text[begin:]):
            return None
        begin, end = begin + 1, end - 1
    if _TOLD.fullmatch(text, begin, end):
        return None
    if end - begin < MIN_TITLE or width(text[begin:end]) > MAX_TITLE or "。" in text[begin:end]:
        return None
    if len(text) - rest >= (MIN_SHORT_TEXT if count else MIN_TEXT):
        return _LedItem(place, begin, end, rest, count)
    if len(text) - rest > LABEL_CHARS:
        return None
    below = islice((block for block in blocks[place + 1 :] if block.hint not in _UNTITLED), 2)
    after = next(below, None)
    if count and after is not None and _is_all_link(after) and not _DIGITS.match(after.text):
        after = next(below, None)  # a link to its picture or to its page is over the text
    is_over = after is not None and not (after.level or _is_all_link(after))
    return _LedItem(place, begin, end, len(text), count) if is_over else None


def _is_all_link(block: Block) -> bool:
    return _is_titled(block) and block.title_end == len(block.text)


def _behind(text: str) -> str:
    found = _BEHIND.match(text)
    return found.group() if found else ""


def _are_items(blocks: Sequence[Block], items: Sequence[_LedItem], *, is_named: bool) -> bool:
    """
    Return whether most of the prose is in items, whose titles are as long as headlines are.

    Args:
        is_named: Whether the text begins with the name of an issue.
    """
    if len(items) < SEVERAL:
        return False
    titles = [blocks[item.place].text[item.begin : item.end] for item in items]
    begins_anew = is_named and _begin_anew(blocks, items)
    runs_on = begins_anew or _run_on(blocks, items)
    is_long = runs_on or sum(map(len, titles)) >= MIN_NEWS_TITLE * len(titles)
    if not is_long or len(set(titles)) < SEVERAL:
        return False
    texts = [_text(blocks, item, end) for item, end in _stretches(blocks, items)]
    if sum(len(text) >= MIN_SHORT_TEXT for text in texts) * 5 < len(items) * 4:
        return False
    if not runs_on and sum(len(text) >= MIN_TEXT for text in texts) * 5 < len(items) * 3:
        return False
    if not (runs_on or _only_divide(blocks, items)):
        return False
    prose = sum(
        len(block.text)
        for block in blocks
        if not (block.level or block.hint in _UNTITLED) and _SENTENCE.search(block.text)
    )
    least = MIN_SHARE / 2 if begins_anew else MIN_SHARE  # an editor's essay may be among the lists
    return sum(map(len, texts)) + sum(map(len, titles)) >= least * prose


def _only_divide(blocks: Sequence[Block], items: Sequence[_LedItem]) -> bool:
    """
    Return whether nearly all headings stand right over items or over another heading.

    Behind many items a few more may have a text of their own: what an issue says of itself. And
    before the first an editor may lead them with a text that has headings of its own.
    """
    places = {item.place for item in items}
    shown = [place for place, block in enumerate(blocks) if block.hint not in _UNTITLED]
    over_first = next((n for n in range(items[0].place, -1, -1) if blocks[n].level), 0)
    deepest = blocks[over_first].level
    heads = [
        (n, after)
        for n, after in pairwise(shown)
        if blocks[n].level and (n >= over_first or blocks[n].level <= deepest)
    ]
    over = [blocks[place].text for place, after in heads if after in places]
    others = len(heads) - len(over) - sum(blocks[after].level > 0 for _, after in heads)
    are_long = sum(map(len, over)) >= MIN_NEWS_TITLE * len(over)
    numbered = sum(_HEAD_NUMBER.match(text) is not None for text in over)
    if are_long and (
        (len(over) >= MIN_ITEMS and len(over) * 3 > len(items) * 2)
        or (numbered >= SEVERAL and numbered * 2 >= len(over))
    ):
        return False  # a heading for each, or numbered ones: those are the headlines
    return others * 3 <= len(heads) or others * MIN_ITEMS_FOR_OTHER <= len(items)


def _stretches(blocks: Sequence[Block], items: Sequence[_LedItem]) -> list[tuple[_LedItem, int]]:
    """Return the items, each with the place at which the next, or a heading, begins."""
    found: list[tuple[_LedItem, int]] = []
    for item, after in zip(items, [*(other.place for other in items[1:]), len(blocks)], strict=True):
        end = next((place for place in range(item.place + 1, after) if blocks[place].level), after)
        found.append((item, end))
    return found


def _text(blocks: Sequence[Block], item: _LedItem, end: int) -> str:
    below = [block.text for block in blocks[item.place + 1 : end] if block.hint not in _UNTITLED]
    return "".join([blocks[item.place].text[item.rest :], *below])


def _is_news(
    blocks: Sequence[Block], items: Sequence[_LedItem], said: Said, *, has_title: bool, has_day: bool
) -> bool:
    """
    Return whether something says that the items are news.

    Args:
        has_title: Whether the file says of which article it is; an issue's name is above.
    """
    above = blocks[: items[0].place]
    tops = [block.text for block in above if block.level and block.hint not in _UNTITLED]
    if any(map(_names_issue, filter(None, [said.headline, *tops]))) or _run_on(blocks, items):
        return True
    if has_title or len(items) < MIN_ITEMS:
        return False
    texts = [_text(blocks, item, end) for item, end in _stretches(blocks, items)]
    begun = sum(_NEWS.match(text) is not None or _is_signed(text) for text in texts)
    if begun >= SEVERAL and begun * 2 >= len(items):
        return True
    # A file that is named after a day, or says one, or lists pages of the web, and has no title of its own.
    return (has_day or bool(said.date) or _are_addressed(blocks, items)) and not any(
        len(top) > LABEL_CHARS for top in tops
    )


def _are_addressed(blocks: Sequence[Block], items: Sequence[_LedItem]) -> bool:
    """Return whether nearly all titles have the address of a page right below them."""
    below = (blocks[item.place + 1].text for item in items if item.place + 1 < len(blocks))
    return sum(text.lstrip("<").startswith(_ADDRESS) for text in below) * 5 >= len(items) * 4


def _run_on(blocks: Sequence[Block], items: Sequence[_LedItem]) -> bool:
    """Return whether numbers go on from item to item over headings: those divide one list."""
    steps = sum(after.number == item.number + 1 for item, after in pairwise(items))
    divided = sum(
        after.number == item.number + 1 and any(block.level for block in blocks[item.place : after.place])
        for item, after in pairwise(items)
    )
    return divided >= SEVERAL and steps * 5 >= (len(items) - 1) * 4


def _begin_anew(blocks: Sequence[Block], items: Sequence[_LedItem]) -> bool:
    """Return whether the items below each of several headings are numbered from one on, most items so."""
    under: dict[int, list[int]] = {}
    head = -1
    place = 0
    for item in items:
        for n in range(place, item.place):
            head = n if blocks[n].level else head
        place = item.place
        under.setdefault(head, []).append(item.number)
    lists = [numbers for n, numbers in under.items() if n >= 0 and numbers[0] == 1]
    counted = [numbers for numbers in lists if all(b - a in {1, 2} for a, b in pairwise(numbers))]
    several = [numbers for numbers in counted if len(numbers) >= SEVERAL]
    return len(several) >= SEVERAL and sum(map(len, counted)) * 5 >= len(items) * 4


def _dividing(blocks: Sequence[Block], items: Sequence[_LedItem]) -> int:
    """Return the deepest level of the headings that items follow, 1 where none do."""
    level = deepest = 0
    place = 0
    for item in items:
        for block in blocks[place : item.place]:
            level = block.level or level
        place = item.place
        deepest = max(deepest, level)
    return max(deepest, 1)


def _names_issue(text: str) -> bool:
    is_named = names_digest(text) or names_day(text) or names_led_issue(text) or names_number(text)
    return is_named or read_masthead(text) is not None


def _is_signed(text: str) -> bool:
    return text != "" and classify(Block(0, len(text), text))[0].role in {"dateline", "byline"}


def _mark(blocks: Sequence[Block], items: Sequence[_LedItem], level: int) -> list[Block]:
    found = {item.place: item for item in items}
    marked: list[Block] = []
    for place, block in enumerate(blocks):
        item = found.get(place)
        if item is None:
            deeper = level + 1 if block.level >= level else block.level  # of a part of what has no items
            marked.append(block._replace(hint="" if block.hint == "list" else block.hint, level=deeper))
            continue
        title = block.text[item.begin : item.end]
        head = block._replace(text=title, level=level, hint="", gap=max(block.gap, 1), title_end=0)
        rest = block.text[item.rest :]
        if rest:
            start = block.start + item.rest
            marked.append(head._replace(end=start))
            marked.append(
                block._replace(start=start, text=rest, gap=0, lead="", hint="", indented=True, title_end=0)
            )
        else:
            marked.append(head)
    return marked
