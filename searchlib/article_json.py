"""An article as the line of JSON that an index stores, and that travels to where it is analysed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from searchlib.model import Article

MAX_DEPTH = 100
"""Of lists and objects in each other in `extra`; JSON is read on Python's stack, which holds some hundred."""

MAX_VALUES = 1 << 22
"""In `extra`, each counted as often as it is held."""


def record_of(article: Article) -> bytes:
    """
    Return an article as one line of JSON in UTF-8, without its empty fields.

    Raises:
        ValueError: Its `extra` is too deep, or has a number that is too long.
        TypeError: A key or a value in it cannot be written as JSON.
    """
    check_extra(article.extra)
    record = {name: value for name in _NAMES if (value := getattr(article, name))}
    if "extra" in record:
        record["extra"] = dict(article.extra)
    return _ENCODER.encode(record).encode("utf-8", "surrogatepass")


def _plain(value: object) -> str:
    """Return the text of what JSON does not know, such as a date."""
    if isinstance(value, (bytes, bytearray)):
        raise TypeError("bytes are no text; decode them first")
    return str(value)


_NAMES: tuple[str, ...] = Article.__match_args__
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


def article_of(record: bytes) -> Article:
    """Return the article of a line."""
    return article_of_text(record.decode("utf-8", "surrogatepass"))


def article_of_text(text: str) -> Article:
    """Return the article of a line that was decoded."""
    return Article.from_mapping(json.loads(text))


def check_extra(extra: Mapping[str, Any]) -> None:
    """
    See that what a record says besides can be kept.

    Raises:
        ValueError: Its lists and objects hold each other too deeply, or hold too much in all:
            lists that hold one another twice double at each level.
    """
    if not extra:
        return
    level: list[Any] = list(extra.values())
    number = 0
    for _ in range(MAX_DEPTH + 1):
        number += len(level)
        if number > MAX_VALUES:
            raise ValueError(f"it holds more than {MAX_VALUES:,} values")
        held = [value for value in level if isinstance(value, (dict, list, tuple))]
        if not held:
            return
        level = [item for value in held for item in (value.values() if isinstance(value, dict) else value)]
    raise ValueError(f"lists and objects stand in each other more than {MAX_DEPTH} deep")
