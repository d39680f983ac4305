"""
One form of a page for the rules to read, character by character: simplified, half width, one set of quotes.

A rule is written once, in simplified characters, and holds for 本報訊 and
本报讯 alike. Each character becomes exactly one, so a place in the folded
text is a place on the page, and what an article says is taken from the page.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from searchlib.analysis.script_table import SIMPLIFIED, TRADITIONAL
from searchlib.model import Article
from searchlib.native import engine
from searchlib.pages.stretches import Piece

if TYPE_CHECKING:
    from searchlib.native._kernel import PageFolder

_FULL_WIDTH = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
_OTHERS = str.maketrans(
    "／｜－＿＠．「」『』﹁﹂﹃﹄﹐﹑﹔﹕﹖﹗︰‧・﹒〝〞\xa0", "/|-_@.“”‘’“”‘’，、；：？！：···“” "
)
_PLANE = 0x10000
"""Codes of the basic plane."""
_SAMPLE = 120
"""Characters that are looked at for how many of them are folded."""
_MISREAD = ("木报", "奉报", "夲报", "报汛", "报訉", "报迅", "华杜", "央杜")
"""What OCR makes of 本报, 报讯, 新华社 and 中央社."""
_MISREAD_BEGIN = re.compile(
    r"^[ \t\u3000]*[【〔［\[(（“□■◎●]?"
    r"(?:[木奉夲]报(?:[讯汛訉迅]|记者|[一-鿿]{0,6}\d{1,2}[月日])|本报[汛訉迅]|(?:新华|中央)杜)",
    re.MULTILINE,
)
_MENDED = str.maketrans("木奉夲汛訉迅杜", "本本本讯讯讯社")
_SELDOM = 20
"""One in so many characters: where fewer are folded, looking for them is faster than asking about each."""
# 日報 on a page is 日报 for the rules, 導 of 報導 is the 道 of 报道.
_BETWEEN = re.compile(r"(\s+)")


@cache
def _table() -> dict[int, str]:
    table = {ord(char): simple for char, simple in zip(TRADITIONAL, SIMPLIFIED, strict=True)}
    table |= {ord(char): unicodedata.normalize("NFKC", char) for char in _FULL_WIDTH}
    table |= {code: chr(made) if isinstance(made, int) else made for code, made in _OTHERS.items()}
    for first, last in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF)):  # radicals, compatibility characters
        for code in range(first, last + 1):
            normal = unicodedata.normalize("NFKC", chr(code))
            if len(normal) == 1 and ord(normal) != code:
                table[code] = table.get(ord(normal), normal)
    return table


@cache
def _codes() -> list[int]:
    """Return what each code of the basic plane becomes: a list is asked twice as fast as a table."""
    codes = list(range(_PLANE))
    for code, made in _table().items():
        if code < _PLANE:
            codes[code] = ord(made)
    return codes


@cache
def _foldable() -> re.Pattern[str]:
    """
    Return a pattern of the characters of the basic plane that are folded: most texts have few of them.

    Without those beyond it the engine keeps the class as a bitmap; with them it compares one after another.
    """
    basic = "".join(chr(code) for code in _table() if code < _PLANE)
    return re.compile(f"[{re.escape(basic)}]")


def _fold(match: re.Match[str]) -> str:
    made = _table()[ord(match.group())]
    return made if isinstance(made, str) else chr(made)


def fold_page(text: str) -> str:
    """
    Return the text as the rules read it, as long as it is; the text itself where nothing changes.

    >>> fold_page("〔記者陳怡君／台北報導〕３月")
    '〔记者陈怡君/台北报道〕3月'
    """
    if text.isascii():
        return text
    try:
        if engine().kernel is not None:
            folded, has_words = _folder().fold(text)
            return _with_words(folded or text) if has_words else folded or text
    except UnicodeEncodeError:  # a surrogate alone
        pass
    if len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text):
        translated = text.translate(_table())
        folded = text if translated == text else translated
    elif (first := _foldable().search(text)) is None:
        folded = text
    else:
        sample = text[first.start() : first.start() + _SAMPLE]
        is_seldom = len(_foldable().findall(sample)) * _SELDOM < len(sample)
        folded = _foldable().sub(_fold, text) if is_seldom else text.translate(_codes())
    return _with_words(folded)


def _with_words(folded: str) -> str:
    """Return a folded text with 报导 as it is written now, and with what OCR misread before a text mended."""
    folded = folded.replace("报导", "报道").replace("报\n导", "报\n道")
    if any(map(folded.__contains__, _MISREAD)):
        folded = _MISREAD_BEGIN.sub(lambda found: found.group().translate(_MENDED), folded)
    return folded


@cache
def _folder() -> PageFolder:
    from searchlib.native._kernel import PageFolder  # noqa: PLC0415 (where it is built)

    table = _table()
    made = (made if isinstance(made, str) else chr(made) for made in table.values())
    return PageFolder("".join(map(chr, table)), "".join(made), list(map(tuple, ("报导", "\n导", *_MISREAD))))


def unfold(value: str, page: str, folded: str) -> str:
    """
    Return a text that was made of a folded one with the characters of the page.

    Args:
        page: The stretch of the page that the value was made of.
        folded: The same stretch, folded.

    >>> unfold("陈怡君", "記者 陳怡 君", "记者 陈怡 君")
    '陳怡君'
    """
    place = folded.find(value)
    if place >= 0:
        return page[place : place + len(value)]
    kernel = engine().kernel
    try:
        return _align(value, page, folded) if kernel is None else kernel.unfold_in_order(value, page, folded)
    except UnicodeEncodeError:  # a surrogate alone
        return _align(value, page, folded)


def _align(value: str, page: str, folded: str) -> str:
    """Take the characters of *value* from the page, in this order; white space may stand elsewhere there."""
    bare_page, bare_folded = "".join(page.split()), "".join(folded.split())
    made: list[str] = []
    place = 0
    for part in _parts_of(value):
        if not part or part.isspace():
            made.append(part)
            continue
        found = place if bare_folded.startswith(part, place) else bare_folded.find(part, place)
        if found >= 0:
            place = found + len(part)
            made.append(bare_page[found:place])
        else:
            taken, place = _one_by_one(part, bare_page, bare_folded, place)
            made.append(taken)
    return "".join(made)


def _parts_of(value: str) -> Iterator[str]:
    """Yield the stretches of a text without white space, and the white space between them."""
    for number, line in enumerate(value.split("\n")):
        if number:
            yield "\n"
        if " " not in line and line.isprintable():
            yield line
        else:
            yield from _BETWEEN.split(line)


def _one_by_one(value: str, page: str, folded: str, place: int) -> tuple[str, int]:
    """Take characters from a page without white space, from a place on; return them, and the place after."""
    made: list[str] = []
    for char in value:
        found = folded.find(char, place)
        made.append(page[found] if found >= 0 else char)
        place = found + 1 if found >= 0 else place
    return "".join(made), place


def unfold_article(article: Article, parts: dict[str, Sequence[Piece]], page: str, folded: str) -> Article:
    """
    Give the texts of an article the characters that the page has.

    Args:
        parts: The pieces from which each field was made; a field without pieces
            is looked for on the whole page.
    """
    stretches: dict[int, tuple[str, str]] = {}

    def find_given(value: str, pieces: Sequence[Piece]) -> str:
        if not value:
            return value
        if not pieces:
            place = folded.find(value)
            return page[place : place + len(value)] if place >= 0 else value
        if id(pieces) not in stretches:
            own = "\n".join([page[piece.start : piece.end] for piece in pieces])
            stretches[id(pieces)] = own, "\n".join([folded[piece.start : piece.end] for piece in pieces])
        return unfold(value, *stretches[id(pieces)])

    publication = find_given(article.publication, ())
    if publication == article.publication and not _is_folded(parts, page, folded):
        return article
    signed = [*parts["byline"], *parts["dateline"]]
    texts = {name: find_given(getattr(article, name), pieces) for name, pieces in parts.items()}
    return Article(
        id=article.id,
        source=article.source,
        date=article.date,
        page=article.page,
        kind=article.kind,
        spans=article.spans,
        headline=texts["headline"],
        overline=texts["overline"],
        subtitle=texts["subtitle"],
        column=texts["column"],
        body=texts["body"],
        byline=texts["byline"],
        dateline=texts["dateline"],
        sections=tuple(find_given(section, parts["body"]) for section in article.sections),
        authors=tuple(find_given(name, signed) for name in article.authors),
        publication=publication,
        extra={
            role: [find_given(name, signed) for name in names] if isinstance(names, list) else names
            for role, names in article.extra.items()
        },
    )


def _is_folded(parts: dict[str, Sequence[Piece]], page: str, folded: str) -> bool:
    """Return whether any character was folded from the first piece of an article to its last."""
    begin = min([piece.start for pieces in parts.values() for piece in pieces], default=0)
    end = max([piece.end for pieces in parts.values() for piece in pieces], default=0)
    return page[begin:end] != folded[begin:end]
