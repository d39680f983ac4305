"""What a record has at the key of a field, as the field holds it: paragraphs, several authors, times."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from searchlib.dates import read_date
from searchlib.ingest.record_keys import keys_by_field
from searchlib.pages.bylines import Byline, parse_byline
from searchlib.pages.fields import page_number
from searchlib.pages.folded import fold_page, unfold

_ISO = re.compile(r"(?:[0-9]{4}|-)-[0-9]{2}(?:-[0-9]{2})?(?:[T ].*)?|[0-9]{4}", re.DOTALL)
_BETWEEN_NAMES = re.compile(r"\s*[、;；/|｜\n]\s*|\s+(?:and|&)\s+|(?<=[\u3400-\u9fff])&(?=[\u3400-\u9fff])")
_OFFICE_BEHIND = re.compile(r"(?<=\S)\s*[(（][^()（）]{2,20}[)）]$")
"""Whom a writer works for: 周小禾（江城大学）."""
_AROUND_BYLINE = re.compile(r"^\s*(?:[□■◎●○]\s*|[（(【\[](?=[^()（）]*[)）】\]]$))|[)）】\]]$")
_COMMA = re.compile(r"\s*[,，]\s*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PAGE = re.compile(r"第?\s*([A-Za-z]{0,2}\s*[0-9]{1,3}|[一二三四五六七八九十]{1,3})\s*版(?:\s*[:：].*)?")
_PROSE_CHARS = 12
"""Least number of Han characters of a value that is taken for the text of a record that names none."""
_INNER_KEYS = (
    "name",
    "姓名",
    "full_name",
    "fullName",
    "$oid",
    "$date",
    "#text",
    "rendered",
    "value",
    "p",
    "data",
)
"""Where exporters put the value itself: Mongo, WordPress, schema.org."""


def text_of(value: Any) -> str | None:
    r"""
    Return the text that a value holds: itself, its paragraphs, or what its objects hold; None for no text.

    >>> text_of([{"text": "甲", "type": "p"}, {"text": "乙"}]), text_of({"n": 1}), text_of(["甲", "乙"])
    ('甲\n乙', None, '甲\n乙')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        keys = keys_by_field(value)
        if "headline" in keys:
            return None
        inner = [value[key] for key in (*keys.get("body", ()), *_INNER_KEYS) if value.get(key)]
        return next((text for one in inner if (text := text_of(one)) is not None), None)
    if isinstance(value, list) and value:
        are_paragraphs = all(_may_be_paragraph(item) for item in value)
        texts = [text for item in value if (text := text_of(item)) is not None] if are_paragraphs else []
        return "\n".join(filter(None, texts)) if texts else None
    return None


def _may_be_paragraph(item: Any) -> bool:
    """Return whether an item of a list can be among paragraphs: a picture or nothing, but no article."""
    return item is None or (isinstance(item, (str, list, Mapping)) and not _is_article(item))


def _is_article(value: Any) -> bool:
    return isinstance(value, Mapping) and "headline" in keys_by_field(value)


def paragraphs_of(value: Any) -> str | None:
    """Return the text of a list of objects that are a record's paragraphs, None for anything else."""
    is_list = isinstance(value, list) and value and all(isinstance(item, Mapping) for item in value)
    return text_of(value) if is_list else None


def is_prose(value: Any) -> bool:
    """Return whether a value is a text that somebody wrote, not a name, an address or a number."""
    return isinstance(value, str) and len(_HAN.findall(value)) >= _PROSE_CHARS


def authors_of(value: Any) -> tuple[list[str], str]:
    """
    Return the names in a value, and the value itself where it says more than names.

    >>> authors_of("本报记者 高小原 通讯员 李青")
    (['高小原', '李青'], '本报记者 高小原 通讯员 李青')
    >>> authors_of("周小禾、李青"), authors_of("Jane Austen")
    ((['周小禾', '李青'], ''), (['Jane Austen'], ''))
    """
    if isinstance(value, Mapping):
        inner = next((value[key] for key in _INNER_KEYS if value.get(key)), None)
        return authors_of(inner) if inner is not None else ([], "")
    if isinstance(value, (list, tuple)):
        found = [authors_of(item) for item in value if item is not None]
        names = list(dict.fromkeys(name for names, _ in found for name in names))
        return names, " ".join(filter(None, (said for _, said in found)))
    text = str(value).strip()
    byline = _byline_of(text)
    if byline is not None and byline.authors:
        return list(byline.authors), text if byline.has_role else ""
    parts = [part for part in _BETWEEN_NAMES.split(_OFFICE_BEHIND.sub("", text)) if part]
    names = [name for part in parts for name in _by_commas(part)]
    return list(dict.fromkeys(name for name in names if name)), ""


def authors_in(byline: Any) -> list[str]:
    """
    Return the names that a printed byline says, none where it is not surely one.

    >>> authors_in("本报记者 高小原"), authors_in("本报综合")
    (['高小原'], [])
    """
    found = _byline_of(byline.strip()) if isinstance(byline, str) else None
    return list(found.authors) if found else []


def _byline_of(text: str) -> Byline | None:
    """Read a byline in either script, in brackets or behind a box: （記者 陳怡君）, □周小禾."""
    bare = _AROUND_BYLINE.sub("", text)
    folded = fold_page(bare)
    byline = parse_byline(folded)
    if byline is None or folded == bare:
        return byline
    return byline._replace(authors=tuple(unfold(name, bare, folded) for name in byline.authors))


def _by_commas(text: str) -> list[str]:
    """Split at commas, unless they part the two names of one person: `Austen, Jane`."""
    parts = _COMMA.split(text)
    are_whole = all(" " in part or _HAN.search(part) for part in parts if part)
    return parts if are_whole else [text]


def date_of(value: Any) -> Any:
    """
    Return a date as an article has it where it can be read, else the value itself.

    >>> date_of("2024年3月15日08:30"), date_of("昨天"), date_of("2024-03-15T08:30:00")
    ('2024-03-15', '昨天', '2024-03-15T08:30:00')
    """
    if isinstance(value, Mapping):
        value = next((value[key] for key in _INNER_KEYS if value.get(key)), value)
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return value
    text = str(value).strip()
    found = read_date(value)
    return value if _ISO.fullmatch(text) or found is None or found == text else found


def page_of(value: str) -> str:
    """
    Return a page as an article has it where the value is the label of one, else the value itself.

    >>> page_of("第05版：要闻"), page_of("A05版"), page_of("05"), page_of("副刊")
    ('5', 'A05', '05', '副刊')
    """
    label = _PAGE.fullmatch(value.strip())
    return page_number(label[1]) if label else value


def scalar_of(value: Any) -> Any:
    """Return a value out of the object that an exporter put around it."""
    if isinstance(value, Mapping):
        return next((value[key] for key in _INNER_KEYS if isinstance(value.get(key), (str, int))), None)
    if isinstance(value, list) and len(value) == 1:
        return scalar_of(value[0])
    return value if isinstance(value, (str, int, float)) else None
