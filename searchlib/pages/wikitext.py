"""
MediaWiki's markup to a page of blocks, as papers are transcribed on Wikisource.

Heads are lines between equals signs; links and emphasis cut no word; templates,
categories and files are no text. Not for parsing all of it: what is inside of
tables stays row by row, and templates are not carried out.
"""

from __future__ import annotations

import re

from searchlib.pages.blocks import Hint, Page, PageBuilder
from searchlib.pages.lines import is_indent
from searchlib.pages.markup import Marked

WIKI_SUFFIXES = (".wiki", ".mediawiki", ".wikitext")
_HEAD = re.compile(
    r"(?P<marks>={1,6})[ \t\u3000]*(?P<title>[^=\s](?:.*?[^=\s])?)[ \t\u3000]*(?P=marks)[ \t]*"
)
_LOOKS_WIKI = re.compile(r"^={2,6}[^=\n]+={2,6}[ \t]*\r?$", re.MULTILINE)
_OUTSIDE = re.compile(
    r"\[\[\s*:?(?:Category|分[类類]|[a-z]{2,3}(?:-[a-z]+)?)\s*:[^\[\]]*\]\]|__[A-Z]+__",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\[\[\s*(?:File|Image|文件|[图圖][像片])\s*:(?:[^\[\]]|\[\[[^\[\]]*\]\])*\]\]", re.IGNORECASE
)
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?(?P<kept>[^\[\]|]*)\]\]")
_WRITER = re.compile(
    r"(?:'{2,5}|[(（]|作?者\s*[:：]|by\s)*\s*\[\[\s*(?:作者|Author|Creator)\s*:[^\[\]]*\]\][)）'\s]*",
    re.IGNORECASE,
)
"""A line that is the link to a writer's page."""
_OUTER_LINK = re.compile(r"\[(?:https?:)?//[^\s\[\]]+[ \t]*(?P<kept>[^\[\]]*)\]")
_NOTE = re.compile(r"<ref\b[^<>]*/>|<ref\b[^<>]*>.*?</ref>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_EMPHASIS = re.compile(r"'{2,5}")
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
_LIST = re.compile(r"[*#:;]+[ \t]*(?=\S)")
_ROW = re.compile(r"[ \t]*(?:\{\||\|\}|\|-|!|\|)")


def looks_wiki(text: str) -> bool:
    """Return whether a text has heads between equals signs and other marks of MediaWiki."""
    if "==" not in text or not ("[[" in text or "{{" in text or "'''" in text):
        return False
    return _LOOKS_WIKI.search(text) is not None


def read_wikitext(text: str) -> Page:
    r"""
    Read a text in MediaWiki's markup as a page of blocks.

    >>> page = read_wikitext("== 春茶上市 ==\n\n[[茶园|茶园]]进入'''采摘'''旺季。\n\n[[Category:柳溪日报]]")
    >>> [(block.text, block.level, block.hint) for block in page.blocks]
    [('春茶上市', 2, ''), ('茶园进入采摘旺季。', 0, ''), ('[[Category:柳溪日报]]', 0, 'furniture')]
    """
    builder = PageBuilder()
    place = gap = depth = 0
    for raw in text.splitlines(keepends=True):
        start, place = place, place + len(raw)
        if not raw.strip():
            gap += 1
            continue
        is_inside = depth > 0
        depth = max(0, depth + raw.count("{{") - raw.count("}}"))
        _add_line(builder, raw, start, gap, is_template=is_inside or depth > 0)
        gap = 0
    return builder.page(is_marked=True)


def _add_line(builder: PageBuilder, raw: str, start: int, gap: int, *, is_template: bool) -> None:
    inner = raw.strip()
    begin = start + raw.find(inner)
    end = begin + len(inner)
    head = None if is_template else _HEAD.fullmatch(inner)
    listed = None if head or is_template else _LIST.match(inner)
    since = head.start("title") if head else listed.end() if listed else 0
    kept = head["title"] if head else inner[since:]
    marked = Marked(kept, list(range(begin + since, begin + since + len(kept))))
    if not is_template:
        for pattern in (_NOTE, _FILE, _OUTSIDE, _TEMPLATE, _LINK, _OUTER_LINK, _EMPHASIS, _TAG):
            marked.drop(pattern)
        marked.strip()
    hint: Hint = "furniture" if is_template else "list" if listed else ""
    if _WRITER.fullmatch(inner) and not hint:
        hint = "byline"
    if _ROW.match(inner) and not (head or is_template):
        hint = "table"
    if not marked.text:
        marked = Marked(inner, list(range(begin, end)))
        hint = "picture" if _FILE.search(inner) else "furniture"
    lead = raw[: len(raw) - len(raw.lstrip())]
    is_indented = is_indent(lead)
    builder.add(
        marked.text,
        marked.places,
        begin,
        end,
        gap=gap,
        hint=hint,
        lead=lead,
        indented=is_indented,
        level=len(head["marks"]) if head else 0,
    )
