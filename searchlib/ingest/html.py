"""
HTML to a page of blocks: heads with their levels, paragraphs, captions, and what is set beside the text.

Menus, forms and footers are told by their elements, by the names that pages
give them, and by being nothing but links; the splitter tells the rest by what
the lines say. One file is one article, or as many as it has `<article>`
elements with a heading each, or as a newspaper's page has. Not for pages that
a script fills in: their text is not there.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from html.parser import HTMLParser
from typing import Any

from searchlib.model import Article
from searchlib.pages import split_blocks
from searchlib.pages.blocks import Hint, Page, PageBuilder, Said
from searchlib.pages.front_matter import authors_of, day_of

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
_RUBY = frozenset({"rb", "rt", "rp", "rtc"})
"""Parts of a ruby, whose ends may be left out: the characters, and the readings that are not read."""
_ASIDE = frozenset({"nav", "aside", "footer", "form", "menu", "dialog"})
_ASIDE_NAMES = frozenset(
    [
        "nav",
        "navbar",
        "navi",
        "navigation",
        "menu",
        "menus",
        "footer",
        "foot",
        "copyright",
        "breadcrumb",
        "breadcrumbs",
        "crumb",
        "crumbs",
        "pager",
        "pagination",
        "pagenav",
        "share",
        "shares",
        "toolbar",
        "sidebar",
        "recommend",
        "recommended",
        "related",
        "comments",
        "login",
        "topbar",
        "friendlink",
        "friendlinks",
        "toptools",
    ]
)
"""What pages call the places beside their text, as `class` or `id`."""
_MAIN_NAMES = frozenset(
    {"ozoom", "trs_editor", "article-content", "articlecontent", "rm_txt_con", "text_con", "zoom"}
)
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADS | frozenset(
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
_CLOSES_ITSELF = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option"})
"""Elements that end where the next of their kind begins."""
_TAG = re.compile(r"<[^<>]*>?")
_NAME_PARTS = re.compile(r"[\s_\-]+")
_MOST_UNCLOSED = 8
"""After so many things that are never closed, the rest of a page is text between tags."""
_SPACES = re.compile(r"[^\S\n\u3000]+")
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+")
"""What stands between a page's title and the name of its site."""
_META = {
    "og:title": "headline",
    "twitter:title": "headline",
    "articletitle": "headline",
    "og:site_name": "publication",
    "contentsource": "publication",
    "source": "publication",
    "mediaid": "publication",
    "author": "authors",
    "article:author": "authors",
    "og:article:author": "authors",
    "article:published_time": "date",
    "og:release_date": "date",
    "datepublished": "date",
    "publishdate": "date",
    "pubdate": "date",
    "publish_time": "date",
    "date": "date",
    "dc.date": "date",
    "columnname": "column",
    "article:section": "column",
}
_LINKED = {"headline": "headline", "datePublished": "date", "author": "authors", "publisher": "publication"}
_MOST_LINK_CHARS = 60
"""Characters of a block at most that is nothing but links and so belongs to a menu."""
_MIN_LINKS = 2
"""Blocks of links next to one another at least that are a menu, where nothing else says so."""


@dataclass(frozen=True, slots=True)
class _Block:
    """
    A paragraph: its element, whether it is beside the text, the `<main>` and the `<article>` it is in.

    `start` and `end` are where it stands in the file, `linked` is the share of its characters in links.
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


def articles_of_html(text: str, source: str) -> Iterator[Article]:
    """Yield the articles of a page; none when there is nothing to read on it."""
    number = 0
    for page in pages_of_html(text):
        for article in split_blocks(page, source=source).articles:
            if article.headline or article.body:
                number += 1
                yield replace(article, id=f"{source}#{number}")


def pages_of_html(text: str) -> Iterator[Page]:
    """Yield an HTML text as pages of blocks: one, or one for each `<article>` of several."""
    reader = _Page(text)
    reader.feed(text)
    reader.finish()
    blocks = _without_menus(reader.blocks)
    seen = [block for block in blocks if not block.is_aside]
    if not seen:
        blocks = seen = [replace(block, is_aside=False) for block in reader.blocks]
    numbers = {block.article for block in seen if block.article and block.tag in _HEADS}
    if len(numbers) > 1:
        for number in sorted(numbers):
            part = [block for block in seen if block.article == number]
            yield _page(part, Said(**{**reader.facts, "headline": ""}))
        return
    if numbers or any(block.article for block in seen):
        is_text = [not block.is_aside and block.article > 0 for block in blocks]
    elif any(block.in_main for block in seen):
        first = next(place for place, block in enumerate(blocks) if block.in_main and not block.is_aside)
        is_text = [
            not block.is_aside and (block.in_main or (place < first and _is_over(blocks, place, first)))
            for place, block in enumerate(blocks)
        ]
    else:
        is_text = [not block.is_aside for block in blocks]
    shown = [replace(block, is_aside=not seen) for block, seen in zip(blocks, is_text, strict=True)]
    yield _page(shown, _said(shown, reader))


def _is_over(blocks: Sequence[_Block], place: int, first: int) -> bool:
    """Return whether a block stands over the text, at or below the first of the heads there."""
    heads = [i for i in range(first) if blocks[i].tag in _HEADS and not blocks[i].is_aside]
    return bool(heads) and place >= heads[0]


def _without_menus(blocks: Sequence[_Block]) -> list[_Block]:
    """Mark blocks as set beside the text that are rows of links."""
    links = [
        block.linked > _MOSTLY and len(block.text) <= _MOST_LINK_CHARS and block.tag not in _HEADS
        for block in blocks
    ]
    marked = list(blocks)
    start = 0
    for place, is_link in enumerate([*links, False]):
        if is_link:
            continue
        if place - start >= _MIN_LINKS:
            for i in range(start, place):
                marked[i] = replace(blocks[i], is_aside=True)
        start = place + 1
    return marked


_MOSTLY = 0.85


def _said(blocks: Sequence[_Block], reader: _Page) -> Said:
    """Return what the file says of its article; its title is the headline where no heading is one."""
    facts = dict(reader.facts)
    seen = [block for block in blocks if not block.is_aside]
    best = min((block.tag for block in seen if block.tag in _HEADS), default="")
    title = facts.get("headline") or _SITE.split(reader.title, maxsplit=1)[0]
    facts["headline"] = "" if best == "h1" else title
    return Said(**facts)


def _page(blocks: Sequence[_Block], said: Said) -> Page:
    builder = PageBuilder()
    title = _bare(said.headline)
    has_heads = any(block.tag in _HEADS and not block.is_aside for block in blocks)
    for block in blocks:
        level = int(block.tag[1]) if block.tag in _HEADS else 0
        if not (level or has_heads) and title and _bare(block.text) == title:
            level, has_heads = 1, True
        hint: Hint = "furniture" if block.is_aside else "caption" if block.is_caption else ""
        for part in block.text.split("\n"):
            line = part.strip()
            if line:
                lead = part[: len(part) - len(part.lstrip())]
                places = [block.start] * len(line)
                builder.add(line, places, block.start, block.end, gap=1, level=level, hint=hint, lead=lead)
    return builder.page(said=said, has_lines=False, is_broken=False, is_marked=True)


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text))


class _Page(HTMLParser):
    """Collects the blocks and facts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.facts: dict[str, Any] = {}
        self.title = ""
        self._length = len(text)
        self._lines = [0]
        for line in text.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._base = 0
        self._open: Counter[str] = Counter()
        self._stack: list[tuple[str, bool, bool]] = []
        self._asides = 0
        self._mains = 0
        self._in_content = False
        self._articles = 0
        self._text: list[str] = []
        self._linked = 0
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
            opens = rest.startswith("<")  # else a reference may stand at the end of the text
            self.handle_data(rest[0] if opens else unescape(rest))
            self.feed(rest[1:] if opens else "")
        else:
            self.handle_data(unescape(_TAG.sub(" ", self.rawdata)))
        self.end_block()

    def parse_html_declaration(self, i: int) -> int:
        """Pass over `<![if IE]>` and the like, of which Python's own way expects five and asserts it."""
        if self.rawdata.startswith("<![", i) and not self.rawdata.startswith("<![CDATA[", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def handle_comment(self, data: str) -> None:
        """Founder's e-editions set the text of an article between comments."""
        name = data.strip().lower()
        if name in {"enpcontent", "/enpcontent"}:
            self.end_block()
            self._in_content = name == "enpcontent"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self._take_fact(named)
        if tag == "script" and "ld+json" in named.get("type", ""):
            self._data = []
        if tag == "time" and named.get("datetime") and (day := day_of(named["datetime"])):
            self.facts.setdefault("date", day)
        if tag in _BLOCKS:
            self.end_block()
            self._tag = tag
        if tag in _VOID:
            return
        if self._stack and (
            (tag in _CLOSES_ITSELF and self._stack[-1][0] == tag)
            or (tag in _RUBY and self._stack[-1][0] in _RUBY)
        ):
            self._pop()
        names = {part.lower() for key in ("class", "id") for part in named.get(key, "").split()}
        parts = {part for name in names for part in (name, *_NAME_PARTS.split(name))}
        is_aside = tag not in {"body", "html"} and (tag in _ASIDE or not _ASIDE_NAMES.isdisjoint(parts))
        is_main = tag == "main" or not _MAIN_NAMES.isdisjoint(names)
        self._stack.append((tag, is_aside, is_main))
        self._asides += is_aside
        self._mains += is_main
        self._open[tag] += 1
        if tag == "article" and self._open[tag] == 1:
            self._articles += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._data is not None:
            self._take_linked_data("".join(self._data))
            self._data = None
        if tag in _BLOCKS:
            self.end_block()
        if self._open[tag]:
            while self._pop() != tag:
                pass

    def _pop(self) -> str:
        tag, is_aside, is_main = self._stack.pop()
        self._asides -= is_aside
        self._mains -= is_main
        self._open[tag] -= 1
        return tag

    def handle_data(self, data: str) -> None:
        if self._data is not None:
            self._data.append(data)
        if any(self._open[tag] for tag in _UNSEEN):
            return
        if not self._text:
            self._start = self._place()
        self._text.append(data if self._open["pre"] else data.replace("\n", " "))
        if self._open["a"]:
            self._linked += len(data.strip())

    def _place(self) -> int:
        """Return where in the file the parser stands."""
        line, column = self.getpos()
        return min(self._lines[min(line, len(self._lines)) - 1] + column, self._length)

    def end_block(self) -> None:
        """Keep what has come since the last block as a paragraph."""
        text = "\n".join(
            line.strip(" \t\r\f\v\xa0") for line in _SPACES.sub(" ", "".join(self._text)).split("\n")
        )
        bare = text.strip()
        self._text.clear()
        linked, self._linked = self._linked, 0
        tag, self._tag = self._tag, ""
        if not bare:
            return
        if tag == "title" or self._open["title"]:
            self.title = self.title or bare
            return
        for head in _HEADS:
            if self._open[head]:
                tag = head
        self.blocks.append(
            _Block(
                text.strip("\n"),
                tag,
                self._asides > 0 and not self._in_content,
                self._mains > 0 or self._in_content,
                self._articles if self._open["article"] else 0,
                self._start,
                max(self._start, self._place()),
                linked / max(1, len("".join(bare.split()))),
                is_caption=self._open["figcaption"] > 0 or tag == "figcaption",
            )
        )

    def _take_fact(self, attributes: dict[str, str]) -> None:
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        name = _META.get(key.lower())
        value = attributes.get("content", "").strip()
        if name is not None and value:
            self._keep(name, value)

    def _keep(self, name: str, value: Any) -> None:
        if name in self.facts:
            return
        if name == "authors":
            value = authors_of(value)
        elif name == "date":
            value = day_of(value)
        else:
            value = str(value.get("name", "")) if isinstance(value, Mapping) else str(value)
        if value:
            self.facts[name] = value

    def _take_linked_data(self, text: str) -> None:
        """Take what JSON-LD says of the article."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return
        items = value if isinstance(value, list) else [value]
        for item in items:
            graph = item.get("@graph") if isinstance(item, Mapping) else None
            for each in graph if isinstance(graph, list) else [item]:
                if isinstance(each, Mapping) and "Article" in str(each.get("@type", "")):
                    for key, name in _LINKED.items():
                        if each.get(key):
                            self._keep(name, each[key])
