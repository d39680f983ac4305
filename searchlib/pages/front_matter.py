"""
What stands at the top of a Markdown file between lines of dashes or pluses: title, date, author.

TOML is read by Python; of YAML the part that front matter is written in: keys,
texts, lists and blocks of text, no anchors and no types.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from searchlib.dates import read_date
from searchlib.pages.blocks import Said
from searchlib.pages.bylines import parse_byline
from searchlib.pages.fields import find_day, page_number

_FENCED = re.compile(
    r"\ufeff?\s{0,8}(?P<mark>---|\+\+\+)[ \t]*\r?\n"
    r"(?P<inner>(?:.*\r?\n){0,201}?)(?:(?P=mark)|\.\.\.)[ \t]*(?:\r?\n|$)"
)
_KEY = re.compile(r"(?P<key>[^\s:#\-\[\]{}\"'][^:\n]{0,40}?|\"[^\"]+\"|'[^']+')\s*:(?:\s+(?P<value>.*)|\s*)$")
_ITEM = re.compile(r"\s*-\s+(?P<value>.*)$")
_COMMENT = re.compile(r"\s+#[^\"']*$")
_NAMES = {
    "headline": "title headline 标题 題目 题目 題名 篇名 name",
    "date": (
        "date published publish_date published_at pubdate publishdate datepublished created created_at"
        " 日期 发布时间 发布日期 时间 發布日期 日付 time"
    ),
    "authors": "author authors 作者 记者 writer by creator 撰文 文",
    "publication": ("publication source newspaper paper journal 来源 媒体 报纸 刊物 出处 出版物 報紙"),
    "page": "page 版 版面 版次 版号",
    "column": "column 栏目 专栏 欄目",
    "subtitle": "subtitle subheading 副题 副标题",
    "overline": "overline kicker 引题 肩题 眉题",
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
_NO_AUTHORS = frozenset({"admin", "administrator", "root", "unknown", "佚名", "无", "none", "null"})
_BETWEEN = re.compile(r"\s*[,，、;；/|]\s*")
MAX_LINES = 200
"""Lines of front matter at most."""


def read_front_matter(text: str) -> tuple[Said, int]:
    r"""
    Read the front matter of a text.

    Returns:
        What it says, and where it ends; 0 when there is none.

    >>> said, end = read_front_matter('---\ntitle: "春茶上市"\ndate: 2024-03-05\n---\n正文')
    >>> said.headline, said.date, end
    ('春茶上市', '2024-03-05', 39)
    """
    match = _FENCED.match(text) if text.lstrip("\ufeff \t\r\n")[:3] in {"---", "+++"} else None
    if match is None or match["inner"].count("\n") > MAX_LINES:
        return Said(), 0
    inner = match["inner"].replace("\r\n", "\n")
    keys = _toml(inner) if match["mark"] == "+++" else _yaml(inner)
    return (said_by(keys), match.end()) if keys else (Said(), 0)


def said_by(keys: Mapping[str, Any]) -> Said:
    """Return what keys and values say of an article; keys that are unknown go to `extra`."""
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in keys.items():
        name = _FIELDS.get(str(key).strip().lower(), "")
        if not name or name in values or value in (None, "", [], {}):
            if not name and value not in (None, "", [], {}):
                extra[str(key)] = value
            continue
        if name == "authors":
            values[name] = authors_of(value)
        elif name == "date":
            values[name] = day_of(value)
        elif name == "page":
            page = str(value).strip()
            values[name] = page_number(page) if page else ""
        else:
            values[name] = " ".join(_texts(value)).strip()
    return Said(**values, extra=extra)


def _texts(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or ""
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _texts(item)]
    return [str(value).strip()] if value not in (None, "") else []


def authors_of(value: Any) -> tuple[str, ...]:
    """
    Return the names in a value: a text, a list, a mapping with a name.

    >>> authors_of("本报记者 高小原 通讯员 李青"), authors_of(["周小禾", "高原"])
    (('高小原', '李青'), ('周小禾', '高原'))
    """
    names: list[str] = []
    for text in _texts(value):
        byline = parse_byline(text)
        parts = byline.authors if byline else [part for part in _BETWEEN.split(text) if part]
        names += [name for name in parts if name.lower() not in _NO_AUTHORS]
    return tuple(dict.fromkeys(names))


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


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


def _yaml(text: str) -> dict[str, Any]:  # noqa: C901, PLR0912 (one kind of line after another)
    """Read the part of YAML that front matter is written in; nothing when it is something else."""
    keys: dict[str, Any] = {}
    blocks: dict[str, list[str]] = {}
    key = ""
    block: list[str] | None = None
    for line in text.split("\n"):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        inner = line[0] in " \t"
        if ":" not in bare and bare.partition("：")[0].strip().lower() in _FIELDS:
            bare = bare.replace("：", ": ", 1)
        if block is not None and inner:
            block.append(bare)
            continue
        block = None
        if key and (item := _ITEM.match(line)):
            if not isinstance(keys[key], list):
                keys[key] = []
            keys[key].append(_scalar(item["value"]))
            continue
        found = _KEY.fullmatch(bare)
        if inner and found and key:
            if not isinstance(keys[key], dict):
                keys[key] = {} if keys[key] in ("", None) else keys[key]
            if isinstance(keys[key], dict):
                keys[key][found["key"].strip("\"'")] = _scalar(found["value"] or "")
            continue
        if inner and key and isinstance(keys[key], str):
            keys[key] = f"{keys[key]} {bare}".strip()
            continue
        if found is None:
            return {}
        key = found["key"].strip("\"'").strip()
        value = (found["value"] or "").strip()
        if value in {"|", ">", "|-", ">-", "|+", ">+"}:
            keys[key], block = "", []
            blocks[key] = block
        else:
            keys[key] = _scalar(value)
    return keys | {name: "\n".join(lines) for name, lines in blocks.items()}


def _scalar(value: str) -> Any:
    value = value.strip()
    if value[:1] == "[" and value[-1:] == "]":
        return [_scalar(item) for item in _items(value[1:-1])]
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace('\\"', '"') if value[0] == '"' else inner.replace("''", "'")
    value = _COMMENT.sub("", value)
    return "" if value in {"~", "null"} else value


def _items(text: str) -> Iterable[str]:
    """Cut an inline list at its commas outside quotation marks."""
    return [item for item in re.findall(r"\s*(\"[^\"]*\"|'[^']*'|[^,]+)\s*(?:,|$)", text) if item.strip()]
