"""
An HTML file to its paragraphs and facts: elements closed, what nobody reads left out, places kept.

Not for telling which of them are the text, that is html.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser
from typing import Any, NamedTuple

from searchlib.frozen import dataclass, replace
from searchlib.ingest.html_elements import is_hidden, meaning_of, type_of
from searchlib.ingest.html_facts import StatedFacts
from searchlib.ingest.main_text import HEADS, Element
from searchlib.pages.fields import find_day
from searchlib.pages.said_keys import day_of

_UNSEEN = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "iframe",
        "select",
        "button",
        "object",
        "rt",
        "rp",
        "rtc",
    }
)
"""Elements whose text nobody reads as text; readings beside Han characters (ruby) among them."""
_WHOLE = frozenset({"html", "body", "main", "article"})
"""Elements that scripts show when the page has come, whatever their style says."""
_UNSEEN_NAMES = frozenset(
    {"gutter", "linenos", "lineno", "line-numbers", "line-number", "hljs-ln-numbers", "code-line-numbers"}
)
"""What pages call the numbers of the lines of code, as `class`."""
_RUBY = frozenset({"rb", "rt", "rp", "rtc"})
"""Parts of a ruby, whose ends may be left out: the characters, and the readings that are not read."""
_MAX_BYLINE = 40
"""Characters of the writers' names at most."""
_BLOCKS = HEADS | frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_VOID = frozenset(
    {"br", "hr", "meta", "img", "input", "link", "wbr", "col", "area", "base", "embed", "source"}
)
_ONLY = frozenset({"html", "body"})
"""Elements of which a page has one that holds all: a text may have been pasted in as a page of its own."""
_CLOSES_ITSELF = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option"})
"""Elements that end where the next of their kind begins."""
_TAG = re.compile(r"<[^<>]*>?")
_MOST_UNCLOSED = 8
"""After so many things that are never closed, the rest of a page is text between tags."""
_LABEL = re.compile(r"\s*[一-鿿]{2,5}\s*[:：]")
"""来源：, 作者： at the beginning of an element of its own."""
_MOST_ROW = 80
"""Characters at most of a row of links, or of labels, that only their elements divide."""
_SPACES = re.compile(r"[^\S\n\u3000]+")
_NEARLY = 0.85
"""Share of a paragraph's characters in bold from which it is set so from end to end."""
_MIN_FORM_PROSE = 100
"""Characters of prose in a form at least that holds the text of the page; others are for filling in."""
HALF = 0.5
"""Share of a paragraph's characters that makes it what they are."""


class _Open(NamedTuple):
    """An element that is open, and what its name says of the text in it."""

    element: Element
    is_aside: bool
    is_main: bool
    is_writer: bool
    is_day: bool
    is_unseen: bool
    is_large: bool
    is_bold: bool


@dataclass(frozen=True, slots=True)
class HtmlBlock:
    """
    A paragraph: its element, whether it is next to the text, the `<main>` and the `<article>` it is in.

    `start` and `end` are where it is in the file, `linked` is the share of its characters in links,
    `is_large` and `is_bold` whether most of it is in such type, `title_end` where the bold words or
    the link end that it begins with.
    """

    text: str
    tag: str
    is_aside: bool
    in_main: bool
    article: int
    start: int
    end: int
    linked: float
    is_caption: bool = False
    path: tuple[Element, ...] = ()
    is_byline: bool = False
    day: str = ""
    is_large: bool = False
    is_bold: bool = False
    title_end: int = 0


class HtmlReader(HTMLParser):
    """Collects the blocks and facts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[HtmlBlock] = []
        self._stated = StatedFacts()
        self.facts: dict[str, Any] = self._stated.values
        self.title = ""
        self._length = len(text)
        self._lines = [0]
        for line in text.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._base = 0
        self._open: Counter[str] = Counter()
        self._stack: list[_Open] = []
        self._elements = 0
        self._asides = 0
        self._mains = 0
        self._unseen = 0
        self._has_form = False
        self._writers = self._written = 0
        self._days = self._dated = 0
        self._in_content = False
        self._day_since = -1
        self._articles = 0
        self._text: list[str] = []
        self._linked = 0
        self._larges = self._enlarged = 0
        self._bolds = self._emboldened = 0
        self._titled = 0
        self._divided: list[int] = []
        self._link_end = -1
        self._start = 0
        self._tag = ""
        self._data: list[str] | None = None

    def finish(self) -> None:
        """
        Take what is left when something is never closed: its bracket is text, and so is what follows it.

        `HTMLParser.close` looks through all the rest again for each bracket, which is
        minutes for a page of them.
        """
        for _ in range(_MOST_UNCLOSED):
            rest, self.rawdata = self.rawdata, ""
            if not rest or self.cdata_elem:
                break
            opens = rest.startswith("<")  # else a reference may be at the end of the text
            self.handle_data(rest[0] if opens else unescape(rest))
            self.feed(rest[1:] if opens else "")
        else:
            self.handle_data(unescape(_TAG.sub(" ", self.rawdata)))
        self.end_block()
        self.facts = self._stated.without_sites()
        if self._has_form:
            self.blocks = _with_forms_aside(self.blocks)

    def parse_html_declaration(self, i: int) -> int:
        """Pass over `<![if IE]>` and the like, of which Python's own way expects five and asserts it."""
        if self.rawdata.startswith("<![", i) and not self.rawdata.startswith("<![CDATA[", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_comment(self, data: str) -> None:
        """Founder's e-editions set the text of an article between comments, and state facts in one."""
        name = data.strip().lower()
        if name.startswith("enpproperty"):
            self._stated.take_properties(data)
        if name in {"enpcontent", "/enpcontent"}:
            self.end_block()
            self._in_content = name == "enpcontent"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; take the facts that it states."""
        named = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._stated.take_meta(named)
        if tag == "script" and "ld+json" in named.get("type", ""):
            self._data = []
        if tag == "time" and "date" not in self.facts and (day := day_of(named.get("datetime", ""))):
            self.facts["date"] = day
            self._day_since = len(self._text)
        if tag in _BLOCKS:
            self.end_block()
            self._tag = tag
        elif tag == "a" and self._text and self._link_end == len(self._text):
            self._divided.append(self._link_end)
        if tag in _VOID or (tag in _ONLY and self._open[tag]):
            return
        if self._stack and (
            (tag in _CLOSES_ITSELF and self._stack[-1].element.tag == tag)
            or (tag in _RUBY and self._stack[-1].element.tag in _RUBY)
        ):
            self._pop()
        self._elements += 1
        self._has_form |= tag == "form"
        classes = named.get("class", "")
        meant = meaning_of(
            tag, f"{classes} {named.get('id', '')}", named.get("rel", ""), named.get("itemprop", "")
        )
        is_unseen = tag in _UNSEEN or (not meant.is_main and tag not in _WHOLE and is_hidden(named))
        is_unseen = is_unseen or classes.lower() in _UNSEEN_NAMES
        opened = _Open(Element(self._elements, tag, classes), *meant, is_unseen, *type_of(tag, named))
        self._stack.append(opened)
        self._count(opened, 1)
        self._open[tag] += 1
        if tag == "article" and self._open[tag] == 1:
            self._articles += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open and close an element."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and those in it that are still open."""
        if tag == "script" and self._data is not None:
            self._stated.take_linked_data("".join(self._data))
            self._data = None
        if tag == "time" and self._day_since >= 0:
            # The moment may be told in UTC, when it is still the day before in China: what is printed counts.
            printed = day_of("".join(self._text[self._day_since :]))
            self.facts["date"] = printed or self.facts["date"]
            self._day_since = -1
        if tag in _BLOCKS:
            self.end_block()
        elif tag == "a":
            self._link_end = len(self._text)
        if self._open[tag] and tag not in _ONLY:
            while self._pop() != tag:
                pass

    def _pop(self) -> str:
        opened = self._stack.pop()
        self._count(opened, -1)
        self._open[opened.element.tag] -= 1
        return opened.element.tag

    def _count(self, opened: _Open, step: int) -> None:
        self._unseen += step * opened.is_unseen
        self._asides += step * opened.is_aside
        self._mains += step * opened.is_main
        self._writers += step * opened.is_writer
        self._days += step * opened.is_day
        self._larges += step * opened.is_large
        self._bolds += step * opened.is_bold

    def handle_data(self, data: str) -> None:
        """Collect text, and how much of it is in links and names."""
        if self._data is not None:
            self._data.append(data)
        if self._unseen:
            return
        if not self._text:
            self._start = self._place()
            self._titled = 0
            self._divided.clear()
            self._link_end = -1
        if self._titled == len(self._text) and (self._bolds or self._open["a"] or not data.strip()):
            self._titled += 1
        self._text.append(data if self._open["pre"] else data.replace("\n", " "))
        if self._open["a"]:
            self._linked += len(data.strip())
        if self._larges:
            self._enlarged += len(data.strip())
        if self._bolds:
            self._emboldened += len(data.strip())
        if self._writers:
            self._written += len(data.strip())
        if self._days:
            self._dated += len(data.strip())

    def _place(self) -> int:
        """Return where in the file the parser stands."""
        line, column = self.getpos()
        return min(self._lines[min(line, len(self._lines)) - 1] + column, self._length)

    def _joined(self) -> str:
        """Return what has come; a space is between links, and before labels, that stand in a row."""
        text = "".join(self._text)
        if len(self._text) == 1 or len(text) > _MOST_ROW or "。" in text:
            return text
        return "".join(
            f" {part}" if n in self._divided or _LABEL.match(part) else part
            for n, part in enumerate(self._text)
        )

    def end_block(self) -> None:
        """Keep what has come since the last block as a paragraph."""
        if not self._text:
            self._linked = self._written = self._dated = self._enlarged = self._emboldened = 0
            self._tag = ""
            return
        text = _lines_of(self._joined())
        bare = text.strip()
        title = _lines_of("".join(self._text[: self._titled])).strip()
        self._text.clear()
        chars = max(1, len("".join(bare.split())))
        linked, self._linked = self._linked, 0
        written, self._written = self._written, 0
        dated, self._dated = self._dated, 0
        enlarged, self._enlarged = self._enlarged, 0
        bold, self._emboldened = self._emboldened, 0
        tag, self._tag = self._tag, ""
        if not bare:
            return
        if tag == "title" or self._open["title"]:
            self.title = self.title or bare
            return
        for head in HEADS:
            if self._open[head]:
                tag = head
        self.blocks.append(
            HtmlBlock(
                text.strip("\n"),
                tag,
                self._asides > 0 and not self._in_content,
                self._mains > 0 or self._in_content,
                self._articles if self._open["article"] else 0,
                self._start,
                max(self._start, self._place()),
                linked / chars,
                is_caption=self._open["figcaption"] > 0 or tag == "figcaption",
                path=tuple(opened.element for opened in self._stack),
                is_byline=written > chars * HALF and len(bare) <= _MAX_BYLINE,
                day=find_day(bare) if dated > chars * HALF and len(bare) <= _MAX_BYLINE else "",
                is_large=enlarged > chars * HALF,
                is_bold=bold > chars * _NEARLY,
                title_end=len(bare) if tag == "dt" else len(title) if bare.startswith(title) else 0,
            )
        )


def _with_forms_aside(blocks: Sequence[HtmlBlock]) -> list[HtmlBlock]:
    """
    Mark what is in a form as set beside the text.

    But pages of ASP.NET have all of what they show in one.
    """
    forms = [next((e.number for e in block.path if e.tag == "form"), 0) for block in blocks]
    prose: Counter[int] = Counter()
    for block, form in zip(blocks, forms, strict=True):
        if form and "。" in block.text and block.linked < HALF:
            prose[form] += len(block.text)
    return [
        replace(block, is_aside=True) if form and prose[form] < _MIN_FORM_PROSE else block
        for block, form in zip(blocks, forms, strict=True)
    ]


def _lines_of(text: str) -> str:
    """Return the lines of a paragraph with one space for each run of them, none at the ends."""
    return "\n".join(line.strip(" \t\r\f\v\xa0") for line in _SPACES.sub(" ", text).split("\n"))
