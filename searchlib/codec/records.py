"""An article as the line of JSON that an index stores, and that travels to where it is analysed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from searchlib.codec.terms import decode, encode
from searchlib.model import Article

MAX_DEPTH = 100
"""Of lists and objects in each other in `extra`; JSON is read on Python's stack, which holds some hundred."""

_EMPTY: tuple[object, ...] = ("", None, [], {})


def record_of(article: Article) -> bytes:
    """
    Return an article as one line of JSON in UTF-8, without its empty fields.

    Raises:
        ValueError: Its `extra` is too deep, or has a number that is too long.
        TypeError: A key in it is none of JSON's.
    """
    _check_depth(article.extra)
    record = {name: value for name, value in article.to_dict().items() if value not in _EMPTY}
    return encode(json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str))


def article_of(record: bytes) -> Article:
    """Return the article of a line."""
    return Article.from_mapping(json.loads(decode(record)))


def _check_depth(extra: Mapping[str, Any]) -> None:
    level: list[Any] = list(extra.values())
    for _ in range(MAX_DEPTH + 1):
        held = [value for value in level if isinstance(value, (dict, list, tuple))]
        if not held:
            return
        level = [item for value in held for item in (value.values() if isinstance(value, dict) else value)]
    raise ValueError(f"lists and objects stand in each other more than {MAX_DEPTH} deep")
