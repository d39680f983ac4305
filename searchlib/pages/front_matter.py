"""
What is at the top of a file before its text: title, date, author.

Between lines of dashes or pluses in YAML, TOML, JSON or as assignments; as a JSON object or a
code block of one alone; as keys up to a line of dashes or semicolons; in a
comment of HTML; or as labels, a line each: 标题：…, 作者：…, 日期：….
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

from searchlib.pages.blocks import NOTHING_SAID, Said
from searchlib.pages.said_keys import FIELDS, OTHER_LABELS, TEXT_LABELS, label_key, read_said
from searchlib.pages.yaml_keys import read_yaml, unquote

_LINES = r"(?P<inner>(?:.*\r?\n){0,2001}?)"
_END = r"[ \t]*(?:\r?\n|$)"
_FENCED = re.compile(
    rf"(?P<mark>---|\+\+\+|;;;)(?:json|yaml|toml)?[ \t]*\r?\n{_LINES}(?:(?P=mark)|\.\.\.){_END}"
)
_CODE = re.compile(rf"```[ \t]*(?:json|yaml|yml|toml)[ \t]*\r?\n{_LINES}```{_END}")
_COMMENT = re.compile(rf"<!--[ \t]*\r?\n{_LINES}-->{_END}")
_CLOSED = re.compile(
    rf"(?P<inner>(?:[^\s#>*|\-].*\r?\n|[ \t]+\S.*\r?\n|-[ \t].*\r?\n){{1,40}}"
    rf"(?:[ \t]*\r?\n){{0,3}})(?:---|;;;){_END}"
)
_ASSIGNED = re.compile(
    r"[ \t]*\.?(?P<key>[A-Za-z_]{2,20})[ \t]*=[ \t]*(?:@?[A-Za-z]+\()?"
    r"(?P<value>\"[^\"]*\"|'[^']*'|[^\"'(){}\[\]]+?)\)?[,;]?[ \t]*"
)
_REST_OF_LINE = re.compile(_END)
_LABEL = re.compile(
    r"(?:【[ \t]*(?P<boxed>[^【】\n]{1,8})】"
    r"|(?P<key>[A-Za-z_一-鿿][A-Za-z_一-鿿 \u3000]{0,14}?)[ \u3000]*[:：])[ \t\u3000]*(?P<value>.*)"
)
_TEXT_KEY = "|".join(sorted(TEXT_LABELS))
_TEXT_LABEL = re.compile(rf"(?i:【(?:{_TEXT_KEY})】|(?:{_TEXT_KEY})[ \u3000]*[:：])[ \t\u3000]*(?:\r?\n)?")
MAX_LINES = 2000
"""Lines of front matter at most."""
_MAX_OBJECT = 20_000
"""Characters of a JSON object at most that is before a text."""
_MAX_LABEL_VALUE = 120
"""Characters of what is after a label at most; more is text."""
_MIN_SAID = 2
"""Fields at least that keys must say which nothing sets apart from the text; one of them the headline."""


def read_front_matter(text: str) -> tuple[Said, int]:
    r"""
    Read the front matter of a text.

    Returns:
        What it says, and where it ends; 0 when there is none.

    >>> said, end = read_front_matter('---\ntitle: "春茶上市"\ndate: 2024-03-05\n---\n正文')
    >>> said.headline, said.date, end
    ('春茶上市', '2024-03-05', 39)
    >>> read_front_matter('{"title": "春茶上市", "date": "2024-03-05"}\n正文')[0].date
    '2024-03-05'
    """
    begin = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    start = text[begin : begin + 4]
    for mark, read in _FORMS.items():
        if start.startswith(mark) and (found := read(text, begin)) and found[0]:
            return found
    return _read_closed(text, begin) or _labels(text, begin) or (NOTHING_SAID, 0)


def _read_fenced(text: str, begin: int) -> tuple[Said, int] | None:
    match = _FENCED.match(text, begin)
    if match is None or match["inner"].count("\n") > MAX_LINES:
        return None
    keys = _toml(match["inner"]) if match["mark"] == "+++" else _keys(match["inner"])
    return (read_said(keys), match.end()) if keys else None


def _object(text: str, begin: int) -> tuple[Said, int] | None:
    """Read a JSON object, with a text after it that is no JSON."""
    try:
        keys, end = json.JSONDecoder().raw_decode(text[begin : begin + _MAX_OBJECT])
    except (ValueError, RecursionError):
        return None
    rest = _REST_OF_LINE.match(text, begin + end)
    if (
        rest is None
        or not isinstance(keys, Mapping)
        or text[rest.end() :].lstrip()[:1] in {"", "{", "[", ","}
    ):
        return None
    return _sure(keys, rest.end())


def _code(text: str, begin: int) -> tuple[Said, int] | None:
    match = _CODE.match(text, begin)
    return _sure(_keys(match["inner"]), match.end()) if match else None


def _comment(text: str, begin: int) -> tuple[Said, int] | None:
    match = _COMMENT.match(text, begin)
    return _sure(_keys(match["inner"]), match.end()) if match else None


def _read_closed(text: str, begin: int) -> tuple[Said, int] | None:
    """Read keys that nothing opens, up to a line of dashes or semicolons: `title: 春茶上市`."""
    first = text[begin : text.find("\n", begin) + 1]
    key = first.partition(":")[0].strip().strip('"').lower()
    match = _CLOSED.match(text, begin) if FIELDS.get(key) else None
    return _sure(_keys(match["inner"]), match.end()) if match else None


def _labels(text: str, begin: int) -> tuple[Said, int] | None:
    """Read labels, a line each, the headline's first; the text follows, or a label of its own before it."""
    keys: dict[str, Any] = {}
    place = begin
    while (line := text[place : text.find("\n", place) + 1]) and (label := _LABEL.fullmatch(line.rstrip())):
        key = label_key(label)
        value = unquote(label["value"].strip())
        is_known = key in FIELDS or (keys and key in OTHER_LABELS)
        if (
            not is_known
            or key in keys
            or len(value) > _MAX_LABEL_VALUE
            or (not keys and FIELDS[key] != "headline")
        ):
            break
        keys[key] = value
        place += len(line)
    if not keys or _says_again(text, place, next(iter(keys))):
        return None
    rest = place + len(text[place:]) - len(text[place:].lstrip())
    behind = _TEXT_LABEL.match(text, rest)
    return _sure(keys, behind.end() if behind else place)


def _says_again(text: str, place: int, key: str) -> bool:
    """Return whether the label of a headline comes again: the file has several articles."""
    spaced = r"[ \u3000]*".join(map(re.escape, key))
    label = rf"^[ \t\u3000]*【?{spaced}[ \u3000]*[】:：]"
    return re.search(label, text[place:], re.MULTILINE | re.IGNORECASE) is not None


def _sure(keys: Mapping[str, Any], end: int) -> tuple[Said, int] | None:
    """Return what keys say when they are surely those of an article: its headline and more."""
    said = read_said(keys) if keys else Said()
    facts = (said.headline, said.date, said.authors, said.publication, said.page, said.column)
    return (said, end) if said.headline and sum(map(bool, facts)) >= _MIN_SAID else None


def _keys(inner: str) -> dict[str, Any]:
    """Read keys in JSON, with its brackets or without, or in YAML."""
    bare = inner.replace("\r\n", "\n").strip()
    if bare[:1] in {"{", '"'}:
        try:
            keys = json.loads(bare if bare[0] == "{" else "{" + bare.rstrip(",") + "}")
        except (ValueError, RecursionError):
            keys = None
        if isinstance(keys, dict):
            return keys
    return read_yaml(inner.replace("\r\n", "\n"), FIELDS) or _assigned(bare)


def _assigned(bare: str) -> dict[str, Any]:
    """Read keys that are assigned to, as in TOML or in the literals of a language: `.title = "春茶上市",`."""
    lines = [line for line in bare.split("\n") if line.strip()]
    found = [match for line in lines if (match := _ASSIGNED.fullmatch(line))]
    if len(found) * 2 < len(lines):
        return {}
    return {match["key"]: unquote(match["value"]) for match in found}


def _toml(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError:
        return {}


_FORMS: dict[str, Callable[[str, int], tuple[Said, int] | None]] = {
    "---": _read_fenced,
    "+++": _read_fenced,
    ";;;": _read_fenced,
    "{": _object,
    "```": _code,
    "<!--": _comment,
}
