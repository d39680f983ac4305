"""
An issue that lists its own articles: the list tells where each of them begins.

Weeklies sent by mail, bulletins of governments and whole pages of e-editions
print their contents first: a title a line, with a number before it or dots and
a page after it. Where these titles come again in the same order, each with a
text below it, they are the headlines, however they are set. Not for texts
whose format marks heads, and not for the chapters of a book or the sections of
one article: something must say that it is an issue of a periodical.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from searchlib.pages.blocks import Block
from searchlib.pages.issue_names import names_issue
from searchlib.pages.mastheads import read_masthead
from searchlib.pages.shapes import in_brackets
from searchlib.pages.unlooked import may_be_listed

_LABEL_BEFORE = re.compile(
    r"(?:[\[【［〔(（<〈][^\[\]【】［］〔〕()（）<>〈〉]{1,8}[\]】］〕)）>〉]\s*)+(?=\S)"
)
_BULLETS = r"[·•●○◆◇■□▲△※★☆*+\-–]+"
_NUMBER_BEFORE = re.compile(
    rf"(?:{_BULLETS}\s*)?(?:第?\d{{1,3}}(?:[.、．:：)）\]】]|[条篇]\s?|\s(?=\S))|[(（]\d{{1,3}}[)）]|[①-⑳]|{_BULLETS})\s*"
)
_LEADER = re.compile(
    r"\s*(?:[.．…·‥—_\-]{2,}|\s{2,}|\t|\u3000+|[/／|｜])[.．…·‥—_\-\s]*"
    r"[(（\[【]?\s*(?P<tail>[^()（）\[\]【】.．…·‥]{1,16}?)\s*[)）\]】]?$"
)
_LONG_LEADER = re.compile(r"(\s\s)\s+|([.．…·‥—_\-])\2{2,}")
"""More than two spaces, or the same mark: the pattern above would try all ways to divide them."""

_PAGE_NUMBER = re.compile(r"(?:第|P|p)?\s*[A-Z]?\d{1,4}\s*[页版]?")
_CALLED = re.compile(
    r"(?:(?:本[期版刊日周月]|今日|总|新闻|文章|版面|要)?(?:目[录錄次]|要目|导读|導讀|提要|索引)"
    r"|in this issue|contents)[:：]?",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"第?[\d一二三四五六七八九十百〇零○]{1,6}[期号號辑輯卷]|(?:[日晚早晨周月旬季年简快午]报|通[报讯訊]|公报|周刊|月刊|双周刊|季刊|文摘|简讯|会刊|校刊|校报)(?:$|[\s\d（(第·])"
)
_SECTION = re.compile(
    r"第?[一二三四五六七八九十百\d]+[章节節部編编回卷讲課课][\s、:：.]|[一二三四五六七八九十]+、|\d+(?:\.\d+)+|附录|前言|序言|后记|参考文献"
)
_NO_LETTER = re.compile(r"[\W_]+")
_USUAL_MARKS = "，。、：；！？“”‘’《》（）【】—…·-.,:/%() \u3000"
_NUMBER_BEGINS = re.compile(r"[·•●○◆◇■□▲△※★☆*+\-–第\d(（①-⑳]")
_MAY_LEAD = re.compile(
    r"[.．…·‥—_\-\s/／|｜](?:(?<=[\t\u3000/／|｜])|(?<=\s)\s|(?<=[.．…·‥—_\-])[.．…·‥—_\-])"
)
_ENTRY_BEGINS = frozenset("[【［〔(（<〈·•●○◆◇■□▲△※★☆*+-–第①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
"""With one of these, or a digit, a line begins that may be read as an entry in several ways."""
_SENTENCE = re.compile(r"[。！？；]")
_TITLE_BEGINS = 12
"""Characters of a line in which the first letters of a title are, hardly ever more."""
_NUMBER_ENDS = 24
"""Characters of a line in which the number before those letters ends."""
MAX_TITLE = 60
"""Characters of a title at most."""
MAX_ENTRY = 100
"""Characters of a line of the contents at most."""
MIN_TITLE = 4
"""Letters and digits of a title at least."""
MIN_LISTED = 3
"""Titles that must be listed and come again; fewer may be chance."""
MIN_SHARE = 0.6
"""Share of the lines of the list, at least, that come again."""
MIN_TEXT = 20
"""Characters below a title at least."""
MAX_LIST = 400
"""Lines of a list at most."""
MAX_NAME = 30
"""Characters of a line of an issue's name at most."""
MAX_LABEL = 10
"""Characters of the name of a column in brackets over a title at most, the brackets included."""
LEVEL = 2
"""The level of a heading that a listed title gets."""


class _Listed(NamedTuple):
    """A line of the contents: which block, and who or what is after its title."""

    place: int
    tail: str


def take_contents(blocks: Sequence[Block]) -> Sequence[Block]:
    """
    Give levels to the titles that a list of contents names, where a text has one; else return it as it is.

    The list becomes furniture, the name that it has behind a title is a byline below it.
    """
    if len(blocks) < MIN_LISTED * 3 or not may_be_listed([block.text for block in blocks], MAX_ENTRY):
        return blocks
    if not _may_list(blocks):
        return blocks
    found = _find(blocks)
    return blocks if found is None else _mark(blocks, *found)


def _may_list(blocks: Sequence[Block]) -> bool:
    """
    Return whether next to one another are lines, no sentences among them, that begin as later ones do.

    As many as a list has at least: most pages are asked no more. Where the
    format marks heads, those are the titles.
    """
    if sum([block.level > 0 for block in blocks]) >= MIN_LISTED:
        return False
    lines = [(n, b.text) for n, b in enumerate(blocks) if len(b.text) <= MAX_ENTRY and "。" not in b.text]
    if not _is_row({place for place, _ in lines}, lines):
        return False
    firsts, odd = _first_letters(lines, blocks)
    lasts = dict(firsts)
    said: dict[int, list[str]] = {}
    for place, text in lines:
        if place >= MAX_LIST:
            break
        if lasts.get(text[:MIN_TITLE], 0) > place:
            said[place] = [text[:MIN_TITLE]]
        elif place in odd:
            letters = odd[place]
            grams = [letters[begin : begin + MIN_TITLE] for begin in range(len(letters) - MIN_TITLE + 1)]
            if later := [gram for gram in grams if lasts.get(gram, 0) > place]:
                said[place] = later
    return _is_row(said, lines) and _is_row(_says_titles(said, firsts, blocks), lines)


def _is_row(found: Collection[int], lines: Iterable[tuple[int, str]]) -> bool:
    """Return whether as many places as a list has at least are in a row of lines next to one another."""
    if len(found) < MIN_LISTED:
        return False
    row = before = 0
    for place, _ in lines:
        row = (row if place == before + 1 else 0) + (place in found)
        before = place
        if row >= MIN_LISTED:
            return True
    return False


def _says_titles(
    said: Mapping[int, Sequence[str]], firsts: Iterable[tuple[str, int]], blocks: Sequence[Block]
) -> set[int]:
    """Return the places of lines that say not only the first letters of a later line, but all of them."""
    titles: dict[str, dict[str, int]] = {first: {} for later in said.values() for first in later}
    for first, place in firsts:
        if first in titles:
            text = blocks[place].text
            titles[first] |= {_letters(text): place, _letters(_without_number(text)): place}
    found: set[int] = set()
    for place, later in said.items():
        letters = _letters(blocks[place].text)
        if any(
            after > place and title in letters for first in later for title, after in titles[first].items()
        ):
            found.add(place)
    return found


def _first_letters(
    lines: Sequence[tuple[int, str]], blocks: Sequence[Block]
) -> tuple[list[tuple[str, int]], dict[int, str]]:
    """
    Return the first letters that lines may have as titles, with their places.

    And the letters of lines that do not begin with some, as far as they may be entries.
    """
    firsts: list[tuple[str, int]] = []
    odd: dict[int, str] = {}
    for place, text in lines:
        first = text[:MIN_TITLE]
        if first.isalpha() and "第" not in first and len(first) == MIN_TITLE:
            firsts.append((first, place))
            continue
        is_entry = text[0] in _ENTRY_BEGINS or text[0].isdecimal()
        letters = _letters(text) if is_entry else "".join(filter(str.isalnum, text[:_TITLE_BEGINS]))
        first = letters[:MIN_TITLE]
        odd[place] = letters if is_entry else first
        if len(first) < MIN_TITLE:
            after = blocks[place + 1].text if place + 1 < len(blocks) else ""
            first = _letters(text + after)[:MIN_TITLE]
        firsts.append((first, place))
        if _may_have_number(text) and (number := _NUMBER_BEFORE.search(text, 0, _NUMBER_ENDS)):
            firsts.append((_letters(text[: number.start()] + text[number.end() :])[:MIN_TITLE], place))
    return firsts, odd


def _may_have_number(text: str) -> bool:
    """Return whether a number or mark may be before the first letters of a line, or among them."""
    if _NUMBER_BEGINS.search(text, 0, _TITLE_BEGINS):
        return True
    return len(text) > _TITLE_BEGINS and len(_letters(text[:_TITLE_BEGINS])) < MIN_TITLE


def _find(blocks: Sequence[Block]) -> tuple[list[_Listed], list[tuple[int, int]]] | None:
    """Return the entries of the contents and, for each, the blocks of its title in the text."""
    letters = _letters_of(blocks)
    titles = _titles(blocks, letters)
    found: set[str] = set()
    entries: list[_Listed] = []
    places: list[tuple[int, int]] = []
    end = len(blocks)
    for place, block in enumerate(blocks[:MAX_LIST]):
        if place >= end:
            break
        for key, tail in _readings(block.text, letters[place]):
            again = next((span for span in titles.get(key, ()) if span[0] > place), None)
            if again is not None and key not in found:
                found.add(key)
                entries.append(_Listed(place, tail))
                places.append(again)
                end = min(end, again[0])
                break
    kept = [(entry, span) for entry, span in zip(entries, places, strict=True) if entry.place < end]
    if len(kept) < MIN_LISTED or not _is_in_order([span for _, span in kept]):
        return None
    begin, last = kept[0][0].place, kept[-1][0].place
    lines = blocks[begin : last + 1]
    if any(len(line.text) > MAX_ENTRY or "。" in line.text for line in lines):
        return None
    if len(kept) < MIN_SHARE * sum(1 for place in range(begin, last + 1) if _may_be_title(blocks[place])):
        return None
    spans = [span for _, span in kept]
    if sum(blocks[start].level > 0 for start, _ in spans) * 2 >= len(spans):
        return None
    if not _have_texts(blocks, spans) or not _is_issue(blocks, [entry for entry, _ in kept], spans):
        return None
    return [entry for entry, _ in kept], spans


def _titles(blocks: Sequence[Block], letters: Sequence[str]) -> dict[str, list[tuple[int, int]]]:
    """Return where lines that may be titles are, by their letters; a title may run over two lines."""
    titles: dict[str, list[tuple[int, int]]] = {}
    may_be = [*map(_may_be_title, blocks), False]
    for place, (block, whole) in enumerate(zip(blocks, letters, strict=True)):
        if not may_be[place]:
            continue
        bare = _letters(_without_number(block.text)) if _NUMBER_BEGINS.search(block.text) else whole
        if len(bare) >= MIN_TITLE:
            titles.setdefault(bare, []).append((place, place + 1))
        if whole != bare and len(whole) >= MIN_TITLE:
            titles.setdefault(whole, []).append((place, place + 1))
        if may_be[place + 1] and not blocks[place + 1].gap:
            titles.setdefault(whole + letters[place + 1], []).append((place, place + 2))
    return titles


def _readings(text: str, letters: str) -> Iterable[tuple[str, str]]:
    """Return the ways in which a line may be read as an entry: with and without marks, number and page."""
    if len(text) > MAX_ENTRY:
        return ()
    if not (text[0] in _ENTRY_BEGINS or text[0].isdecimal() or _MAY_LEAD.search(text)):
        return ((letters, ""),) if len(letters) >= MIN_TITLE and len(text) <= MAX_TITLE else ()
    label = _LABEL_BEFORE.match(text)
    bare = text[label.end() :] if label else text
    number = _NUMBER_BEFORE.match(bare)
    core = _LONG_LEADER.sub(r"\1\2\2", bare[number.end() :] if number else bare)
    again = _LABEL_BEFORE.match(core)
    leader = _LEADER.search(core)
    found: dict[str, str] = {}
    for title, tail in (
        (core[: leader.start()], leader["tail"].strip()) if leader else ("", ""),
        (core, ""),
        (core[again.end() :] if again else "", ""),
        (bare if number else "", ""),
        (text if label else "", ""),
    ):
        key = _letters(title)
        if len(key) >= MIN_TITLE and len(title) <= MAX_TITLE:
            found.setdefault(key, "" if _PAGE_NUMBER.fullmatch(tail) else tail)
    return found.items()


def _may_be_title(block: Block) -> bool:
    return (
        len(block.text) <= MAX_ENTRY and block.hint in {"", "text", "list", "head"} and "。" not in block.text
    )


def _is_called(block: Block) -> bool:
    """Return whether a line is what a list of contents is called."""
    return _CALLED.fullmatch("".join(block.text.split())) is not None


def _is_in_order(spans: Sequence[tuple[int, int]]) -> bool:
    falls = sum(one >= other for one, other in pairwise(spans))
    return falls * 5 <= len(spans)


def _have_texts(blocks: Sequence[Block], spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether a text follows most of the titles before the next."""
    ordered = sorted(spans)
    ends = [start for start, _ in ordered[1:]] + [len(blocks)]
    below = [
        sum(len(block.text) for block in blocks[end:stop])
        for (_, end), stop in zip(ordered, ends, strict=True)
    ]
    return sum(chars >= MIN_TEXT for chars in below) * 5 >= len(spans) * 4


def _is_issue(blocks: Sequence[Block], entries: Sequence[_Listed], spans: Sequence[tuple[int, int]]) -> bool:
    """Return whether a masthead over the list says that the text is an issue, or the list who wrote what."""
    numbered = sum(_SECTION.match(blocks[start].text) is not None for start, _ in spans)
    if numbered * 2 >= len(spans):
        return False
    ahead = [block.text for block in blocks[: entries[0].place] if not _is_called(block)]
    names = [text for text in ahead if not _SENTENCE.search(text)]
    if any(_ISSUE.search(text) or names_issue(text) or read_masthead(text) for text in names):
        return True
    return sum(bool(entry.tail) for entry in entries) * 2 > len(entries)


def _mark(
    blocks: Sequence[Block], entries: Sequence[_Listed], spans: Sequence[tuple[int, int]]
) -> list[Block]:
    marked = list(blocks)
    begin = entries[0].place
    if begin and _is_called(blocks[begin - 1]):
        begin -= 1
    for place in range(entries[-1].place + 1):
        block = blocks[place]
        # What is printed over the list is the name of the issue, unless it is a text: a word of the editors.
        is_known = block.hint or read_masthead(block.text) or names_issue(block.text)
        if place >= begin or not (is_known or len(block.text) > MAX_NAME):
            marked[place] = block._replace(hint="contents")
    gone: set[int] = set()
    for entry, (start, end) in zip(entries, spans, strict=True):
        first, last = blocks[start], blocks[end - 1]
        between = " " if last.text[0].isascii() and first.text[-1].isascii() else ""
        text = first.text if end == start + 1 else first.text + between + last.text
        marked[start] = first._replace(end=last.end, text=text, level=LEVEL, hint="")
        gone.update(range(start + 1, end))
        above = blocks[start - 1]
        if start and len(above.text) <= MAX_LABEL and in_brackets(above.text):
            marked[start - 1] = above._replace(hint="column")
        below = blocks[end] if end < len(blocks) else None
        if below is not None and entry.tail and _letters(below.text) == _letters(entry.tail):
            marked[end] = below._replace(hint="byline")
    return [block for place, block in enumerate(marked) if place not in gone]


def _without_number(text: str) -> str:
    """Return a text without the first number or mark in it that may be before a title."""
    number = _NUMBER_BEFORE.search(text)
    return text[: number.start()] + text[number.end() :] if number else text


def _letters(text: str) -> str:
    """Return the letters and digits of a text."""
    return text if text.isalnum() else _NO_LETTER.sub("", text)


def _letters_of(blocks: Sequence[Block]) -> list[str]:
    """Return the letters and digits of each block: marks are taken out of all of them at once."""
    text = "\n".join(block.text for block in blocks)
    for mark in _USUAL_MARKS:
        text = text.replace(mark, "")
    lines = text.split("\n")
    return list(map(_letters, lines if len(lines) == len(blocks) else [block.text for block in blocks]))
