"""
HTML to articles: the text that a reader of the page sees, without menus, scripts and forms.

One file is one article, or as many as it has `<article>` elements with a
heading each. Not for pages that a script fills in: their text is not there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Any

from searchlib.model import Article

_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "svg", "iframe", "select", "button", "object", "rt", "rp"}
)
_ASIDE = frozenset({"nav", "aside", "footer", "form", "menu", "dialog"})
_RUBY = frozenset({"rb", "rt", "rp", "rtc"})
"""Parts of a ruby, whose ends may be left out: the characters, and the readings that are not read."""
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADS | frozenset(
    {
        *(
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
        ),
        *(
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
        ),
        *(
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
        ),
        *("tr", "ul"),
    }
)
_TAG = re.compile(r"<[^<>]*>?")
_MOST_UNCLOSED = 8
"""After so many things that are never closed, the rest of a page is text between tags."""
_SPACES = re.compile(r"[^\S\n\u3000]+")
_DATE = re.compile(r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})")
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+")
"""What stands between a page's title and the name of its site."""
_META = {
    "og:title": "headline",
    "og:site_name": "publication",
    "author": "authors",
    "article:author": "authors",
    "article:published_time": "date",
    "datepublished": "date",
    "publishdate": "date",
    "pubdate": "date",
    "date": "date",
    "dc.date": "date",
}


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph: its element, whether it is beside the text, the `<main>` and the `<article>` it is in."""

    text: str
    tag: str
    is_aside: bool
    in_main: bool
    article: int


def articles_of_html(text: str, source: str) -> Iterator[Article]:
    """Yield the articles of a page; none when there is nothing to read on it."""
    page = _Page()
    page.feed(text)
    page.finish()
    seen = [block for block in page.blocks if not block.is_aside] or page.blocks
    numbers = {block.article for block in seen if block.article and block.tag in _HEADS}
    if len(numbers) > 1:
        parts = [[block for block in seen if block.article == number] for number in sorted(numbers)]
    elif numbers or any(block.article for block in seen):
        parts = [[block for block in seen if block.article]]
    else:
        parts = [[block for block in seen if block.in_main] or seen]
    for number, blocks in enumerate(parts, start=1):
        headline, body = _headline_and_body(blocks, page, alone=len(parts) == 1)
        if headline or body:
            facts = {name: value for name, value in page.facts.items() if name != "headline"}
            spans = ((0, len(text)),) if len(parts) == 1 else ()
            yield Article(f"{source}#{number}", headline, body, source=source, spans=spans, **facts)


def _headline_and_body(blocks: list[_Block], page: _Page, *, alone: bool) -> tuple[str, str]:
    best = min((block.tag for block in blocks if block.tag in _HEADS), default="")
    headline = next((block.text for block in blocks if block.tag == best), "") if best in {"h1", "h2"} else ""
    title = page.facts.get("headline") or _SITE.split(page.title, maxsplit=1)[0]
    if alone and (not headline or (best != "h1" and title)):
        headline = title or headline
    body = [block.text for block in blocks if not (block.tag in _HEADS and block.text == headline)]
    return headline, "\n".join(body)


class _Page(HTMLParser):
    """Collects the blocks and facts of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.facts: dict[str, Any] = {}
        self.title = ""
        self._open: Counter[str] = Counter()
        self._articles = 0
        self._text: list[str] = []
        self._tag = ""

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

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            self._take_fact({name: value or "" for name, value in attrs})
        if tag in _BLOCKS:
            self.end_block()
            self._tag = tag
        if tag in _RUBY:
            self._end_ruby_part()
        if tag not in {"br", "hr", "meta", "img", "input", "link"}:
            self._open[tag] += 1
        if tag == "article" and self._open[tag] == 1:
            self._articles += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if tag == "ruby":
            self._end_ruby_part()
        if self._open[tag]:
            self._open[tag] -= 1

    def _end_ruby_part(self) -> None:
        for part in _RUBY:
            self._open[part] = 0

    def handle_data(self, data: str) -> None:
        if not any(self._open[tag] for tag in _UNSEEN):
            self._text.append(data if self._open["pre"] else data.replace("\n", " "))

    def end_block(self) -> None:
        """Keep what has come since the last block as a paragraph."""
        text = "\n".join(line.strip() for line in _SPACES.sub(" ", "".join(self._text)).split("\n")).strip()
        self._text.clear()
        tag, self._tag = self._tag, ""
        if not text:
            return
        if tag == "title" or self._open["title"]:
            self.title = self.title or text
            return
        is_aside = any(self._open[name] for name in _ASIDE)
        article = self._articles if self._open["article"] else 0
        self.blocks.append(_Block(text, tag, is_aside, self._open["main"] > 0, article))

    def _take_fact(self, attributes: dict[str, str]) -> None:
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        name = _META.get(key.lower())
        value = attributes.get("content", "").strip()
        if name is None or name in self.facts or not value:
            return
        if name == "authors":
            self.facts[name] = (value,)
        elif name != "date":
            self.facts[name] = value
        elif found := _DATE.match(value):
            self.facts[name] = f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
