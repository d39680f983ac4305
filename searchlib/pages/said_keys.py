"""Which fields of an article do the keys of front matter, meta tags and labels mean?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from searchlib.dates import read_date
from searchlib.pages.blocks import LINE_WRAP, Said
from searchlib.pages.bylines import parse_byline
from searchlib.pages.fields import find_day, page_number
from searchlib.pages.folded import fold_page, unfold
from searchlib.pages.healing import join_lines
from searchlib.pages.names import is_sure_name

_NAMES = {
    "headline": "title headline 标题 題目 題目 题目 標題 題名 题名 篇名 name",
    "date": (
        "date 日期 published publish_date published_at pubdate publishdate pubdatetime datepublished"
        " 发布时间 发布日期 發布日期 發佈日期 發布時間 刊登日期 见报日期 出版日期 日付 时间 時間 time"
        " created created_at datecreated published_time publish_time pub_time issue_date issued posted"
        " release_date 发表时间 发表日期 發表時間 發表日期 上线时间"
    ),
    "authors": (
        "author authors 作者 记者 記者 writer by byline creator 撰文 文"
        " reporter reporters journalist 通讯员 通訊員"
    ),
    "publication": ("publication source newspaper paper journal 来源 來源 媒体 报纸 報紙 刊物 出处 出版物"),
    "page": "page 版 版面 版次 版号 版號",
    "column": "column 栏目 专栏 欄目 專欄",
    "subtitle": "subtitle subheading subhead 副题 副标题 副題 副標題",
    "overline": "overline kicker 引题 肩题 眉题 引題 肩題 眉題",
}
FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
"""The field that each key means, the keys of a field in the order in which they count."""
TEXT_LABELS = frozenset({"正文", "全文", "内容", "內容", "text", "content", "body"})
"""Labels behind which the text of an article begins."""
OTHER_LABELS = frozenset(
    (  # noqa: SIM905 (words of one kind, not an argument each)
        "字数 字數 链接 鏈接 网址 網址 url link 原文链接 分类 分類 类别 标签 標籤 关键词 關鍵詞 编辑 編輯"
        " 责任编辑 責任編輯 责编 責編 校对 审核 審核 编号 序号 摘要 id tags tag category categories"
        " keywords slug summary status lang modified"
    ).split()
)
"""Labels that are among those of an article and say nothing of it that is kept."""
_RANKS = {name: rank for rank, name in enumerate(FIELDS)}
_BETWEEN_WORDS = re.compile(r"[\s_.\-]+")
_SQUEEZED = {_BETWEEN_WORDS.sub("", name): name for name in reversed(FIELDS)}
_PREFIX = re.compile(r"(?:article|og|dc|dcterms|citation|parsely)[:._](?=\w)")
"""What is before the keys of meta tags, also where somebody copied them into front matter."""
_TABLES = frozenset({"taxonomies", "extra", "params", "meta"})
_SAID_IN_TABLES = frozenset({"authors", "date", "subtitle", "column"})
_NO_AUTHORS = frozenset({"admin", "administrator", "root", "unknown", "佚名", "无", "none", "null"})
_BY = re.compile(r"^(?:by|written by)[\s:]+", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,，、;；/|]\s*")
_NAME_KEYS = ("name", "姓名", "nick", "nickname", "昵称", "title")
"""What the name is called in what is said of a person or a paper."""
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?(?P<shown>[^\[\]|]*)\]\]")
_LINK = re.compile(r"\[(?P<shown>[^\[\]]+)\]\([^()\s]*\)")
_ADDRESS = re.compile(r"\(?https?://[^\s)]*\)?|[<(（]\s*(?:mailto:)?[\w.+\-]+@[^\s<>()（）]+\s*[>)）]")
"""Of a page about the writer, as a network of friends has one, or of mail."""
_BEFORE_POST = re.compile(
    r"\s*[/|｜，,]\s*(?=[一-鿿A-Za-z]{1,16}(?:师|专家|科学家|教授|主任|研究员|院长|会长|记者|作家)$)"
)
"""What parts a name from what its bearer is: 周小禾/江城茶业高级工程师."""
_OF_WHERE = re.compile(r"(?<=\S)\s*[(（](?P<where>(?![^()（）]*[译文图摄编])[^()（）]{2,24})[)）]$")
"""Behind the name of a writer the office: 采茶人（江城茶业）."""


def label_key(label: re.Match[str]) -> str:
    """Return the key of a label, written in a box (【标 题】) or before a colon (Title:)."""
    return "".join((label["boxed"] or label["key"]).split()).lower()


def read_said(keys: Mapping[str, Any]) -> Said:
    """Return what keys and values say of an article; keys that are unknown go to `extra`."""
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    known: list[tuple[int, str, Any]] = []
    for key, value in keys.items():
        bare = _PREFIX.sub("", str(key).strip().lower())
        bare = _SQUEEZED.get(_BETWEEN_WORDS.sub("", bare), bare)
        if bare in FIELDS:
            known.append((_RANKS[bare], FIELDS[bare], value))
        elif value not in (None, "", [], {}):
            extra[str(key)] = value
            known += _inside(bare, value)
    for _, name, value in sorted(known, key=lambda found: found[0]):
        # `published: true` says no date, so that another key may.
        if not values.get(name) and (read := _read(name, value)):
            values[name] = read
    return Said(**values, extra=extra)


def _inside(key: str, table: Any) -> list[tuple[int, str, Any]]:
    """Return what a table of a site's own keys says of the article: [taxonomies] or [extra] name writers."""
    if key not in _TABLES or not isinstance(table, Mapping):
        return []
    return [
        (len(FIELDS) + _RANKS[bare], FIELDS[bare], value)
        for bare, value in ((str(name).strip().lower(), value) for name, value in table.items())
        if FIELDS.get(bare) in _SAID_IN_TABLES
    ]


def _read(name: str, value: Any) -> Any:
    """Return the value of a field, nothing where the value says nothing of it."""
    if value in (None, "", [], {}) or isinstance(value, bool):
        return ""
    if name == "authors":
        return authors_of(value)
    if name == "date":
        return day_of(value)
    if name == "page":
        page = str(value).strip()
        return page_number(page) if page else ""
    return join_lines(" ".join(_texts(value)).strip().replace("\n", LINE_WRAP))


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        value = next(filter(None, map(value.get, _NAME_KEYS)), "")
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item)]
    return [_WIKI_LINK.sub(r"\g<shown>", str(value)).strip()] if value not in (None, "") else []


def authors_of(value: Any) -> tuple[str, ...]:
    """
    Return the names in a value: a text, a list, a mapping with a name.

    >>> authors_of("本报记者 高小原 通讯员 李青"), authors_of(["周小禾", "高原"])
    (('高小原', '李青'), ('周小禾', '高原'))
    """
    names: list[str] = []
    for said in _texts(value):
        text = _BY.sub("", _without_address(said))
        if post := _BEFORE_POST.search(fold_page(text)):
            text = f"{text[: post.start()]} {text[post.end() :]}"
        folded = fold_page(text)
        byline = parse_byline(folded)
        if byline and byline.authors:
            parts = [unfold(name, text, folded) for name in byline.authors]
        else:
            parts = [_without_office(part) for part in _BETWEEN.split(text) if part]
        names += [name for name in parts if name.lower() not in _NO_AUTHORS]
    return tuple(dict.fromkeys(names))


def _without_office(name: str) -> str:
    """Return a name without the office behind it; what is behind a pen name may be the name."""
    office = _OF_WHERE.search(name)
    return name if office is None or is_sure_name(fold_page(office["where"])) else name[: office.start()]


def _without_address(text: str) -> str:
    text = _LINK.sub(r"\g<shown>", text) if "](" in text else text
    return _ADDRESS.sub("", text).strip() if "://" in text or "@" in text else text


def day_of(value: Any) -> str:
    """Return a whole date as ISO, as much of it as a value says."""
    text = str(value).strip()
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if day := find_day(text):
        return day
    shorter = re.fullmatch(r"(\d{4})(?:[-/.年](\d{1,2})月?)?年?", text)
    if shorter:
        return "-".join(part.zfill(2) for part in shorter.groups() if part)
    return read_date(text) or ""
