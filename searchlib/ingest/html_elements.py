"""What an element of HTML says of its text by its tag, its names and its style."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_HIDDEN = re.compile(r"(?:^|;)\s*display\s*:\s*none", re.IGNORECASE)
_ASIDE = frozenset({"nav", "aside", "footer", "menu", "dialog"})
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
    [
        "ozoom",
        "trs_editor",
        "article-content",
        "articlecontent",
        "article_content",
        "article-body",
        "articlebody",
        "content-article",
        "detail-content",
        "entry-content",
        "post-content",
        "post_content",
        "post_body",
        "news_content",
        "news-content",
        "newscontent",
        "v_news_content",
        "vsb_content",
        "art-content",
        "artibody",
        "endtext",
        "js_content",
        "rm_txt_con",
        "text_con",
        "zoom",
    ]
)
"""What pages call the place of their text, as `class` or `id`."""
_WRITER_NAMES = frozenset(
    {"author", "authors", "authorname", "byline", "writer", "writers", "reporter", "reporters"}
)
_BESIDE_WRITER = frozenset(
    (  # noqa: SIM905 (words of one kind, not an argument each)
        "post entry article meta news story blog page content single item card info name names by line text"
        " link list wrap wrapper block c m the h"
    ).split()
)
"""What pages call the place of the writers' names, as `class`, `id`, `rel` or `itemprop`; what is beside."""
_DAY_NAMES = re.compile(
    r"(?:^|[_\-])(?:date|datetime|time|pubtime|pubdate|published|publish|posted)(?:$|[_\-])"
)
"""The same for the place of the date."""
_NAME_PARTS = re.compile(r"[\s_\-]+")
_FONT_STEP = re.compile(r"\s*(?:(?P<more>\+[1-7])|(?P<step>[1-7]))\s*")
_FONT_SIZE = re.compile(
    r"font-size\s*:\s*(?:(?P<number>\d{1,3}(?:\.\d+)?)(?P<unit>px|pt|em|rem|%)|(?P<word>(?:x-|xx-)?large))",
    re.IGNORECASE,
)
_LARGE_STEP = 4
"""Step of `<font size>` from which type is large; 3 is that of a text."""
_LARGE_SIZES = {"px": 20.0, "pt": 15.0, "em": 1.3, "rem": 1.3, "%": 130.0}
"""Sizes of type from which it is large."""


class ElementMeaning(NamedTuple):
    """What the names of an element say of the text in it."""

    is_aside: bool
    is_main: bool
    is_writer: bool
    is_day: bool


def is_hidden(named: Mapping[str, str]) -> bool:
    """Return whether the attributes of an element say that it is not shown."""
    return "hidden" in named or ("style" in named and _HIDDEN.search(named["style"]) is not None)


def type_of(tag: str, named: Mapping[str, str]) -> tuple[bool, bool]:
    """Return whether an element sets its text in large type, and whether in bold."""
    style = named.get("style", "")
    return _is_large(tag, named), tag in {"b", "strong"} or ("bold" in style and "font" in style)


def _is_large(tag: str, named: Mapping[str, str]) -> bool:
    """Return whether an element sets its text in type larger than that of a text."""
    step = _FONT_STEP.fullmatch(named.get("size", "")) if tag == "font" else None
    if step is not None:
        return step["more"] is not None or int(step["step"]) >= _LARGE_STEP
    if tag == "big":
        return True
    style = named.get("style", "")
    size = _FONT_SIZE.search(style) if "font-size" in style else None
    if size is None:
        return False
    return size["word"] is not None or float(size["number"]) >= _LARGE_SIZES[size["unit"].lower()]


@lru_cache(maxsize=4096)
def meaning_of(tag: str, called: str, rel: str, itemprop: str) -> ElementMeaning:
    """Read the names of an element: its classes and id, and what it is in relation to the page."""
    names = {part.lower() for part in called.split()}
    parts = {part for name in names for part in (name, *_NAME_PARTS.split(name))}
    named_so = names | {name.lower() for name in (rel, itemprop) if name}
    return ElementMeaning(
        is_aside=tag not in {"body", "html"} and (tag in _ASIDE or not _ASIDE_NAMES.isdisjoint(parts)),
        is_main=tag == "main" or not _MAIN_NAMES.isdisjoint(names),
        is_writer=any(map(_names_writer, named_so)),
        is_day=any(_DAY_NAMES.search(name) for name in named_so),
    )


def _names_writer(name: str) -> bool:
    """Return whether a class is that of the writers' names: post__author-name, and not author-bio."""
    parts = frozenset(_NAME_PARTS.split(name)) - {""}
    return not parts.isdisjoint(_WRITER_NAMES) and parts <= _WRITER_NAMES | _BESIDE_WRITER
