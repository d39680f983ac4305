"""An article as the line of JSON that an index stores, and that travels to where it is analysed."""

from __future__ import annotations

import json

from searchlib.codec.terms import decode, encode
from searchlib.model import Article

_EMPTY: tuple[object, ...] = ("", None, [], {})


def record_of(article: Article) -> bytes:
    """Return an article as one line of JSON in UTF-8, without its empty fields."""
    record = {name: value for name, value in article.to_dict().items() if value not in _EMPTY}
    return encode(json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str))


def article_of(record: bytes) -> Article:
    """Return the article of a line."""
    return Article.from_mapping(json.loads(decode(record)))
