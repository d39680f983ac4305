"""
The part of YAML that front matter is written in: keys, texts, lists and blocks of text.

No anchors and no types: every value is a text, a list of texts or a mapping of them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import Any

_KEY = re.compile(
    r"(?P<key>[^\s:#\-\[\]{}\"'](?:[^:\n]|:(?=\S)){0,40}?|\"[^\"]+\"|'[^']+')\s*:(?:\s+(?P<value>.*)|\s*)$"
)
_ITEM = re.compile(r"\s*-\s+(?:(?:name|姓名|nick|nickname|昵称)\s*:\s+)?(?P<value>.*)$")
"""An item of a list, or of a list of people: what else is said of one is below the name."""
_COMMENT = re.compile(r"\s+#[^\"']*$")


def read_yaml(text: str, known: Container[str] = ()) -> dict[str, Any]:  # noqa: C901, PLR0912 (one kind of line after another)
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
        if ":" not in bare and bare.partition("：")[0].strip().lower() in known:
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
    if (bare := unquote(value)) != value:
        return bare
    value = _COMMENT.sub("", value)
    return "" if value in {"~", "null"} else value


def unquote(value: str) -> str:
    """Return a value without the quotation marks around it."""
    if not (len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"):
        return value
    inner = value[1:-1]
    return inner.replace('\\"', '"') if value[0] == '"' else inner.replace("''", "'")


def _items(text: str) -> Iterable[str]:
    """Cut an inline list at its commas outside quotation marks."""
    return [item for item in re.findall(r"\s*(\"[^\"]*\"|'[^']*'|[^,]+)\s*(?:,|$)", text) if item.strip()]
