"""An article as the fields of a Whoosh document, and back."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from searchlib.analysis import Analyzer, border_text, clean_text, grams_of, rows_of_units, simplify
from searchlib.dates import date_prefix, is_full_date
from searchlib.model import TEXT_FIELDS, Article
from searchlib.store import schema

_MAX_VALUE_CHARS = 100
_DATED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ].*)?", re.DOTALL)


def to_document(article: Article, analyzer: Analyzer, file: str = "") -> dict[str, Any]:
    """
    Return the Whoosh document of an article.

    Args:
        file: The file that `sync` read it from; empty when it came by `add`.
    """
    document: dict[str, Any] = {
        schema.ID: article.id,
        schema.ARTICLE: json.dumps(article.to_dict(), ensure_ascii=False, separators=(",", ":"), default=str),
        schema.STORED_VALUES: dict.fromkeys(stored_values(article), 1),
    }
    if file:
        document[schema.FILE] = file
    published = full_date(article.date)
    if published:
        document[schema.DATE] = published
    positions: dict[str, list[int]] = {}
    position = 0
    for name in TEXT_FIELDS:
        words: Counter[str] = Counter()
        grams: Counter[str] = Counter()
        for text in article.texts(name):
            clean = clean_text(text)
            words.update(analyzer.words(clean))
            for row in rows_of_units(simplify(border_text(clean))):
                grams.update(grams_of(row))
                for unit in row:
                    positions.setdefault(unit, []).append(position)
                    position += 1
                position += 1
            position += 1
        if grams:
            document[name] = words
            document[name + schema.GRAMS] = grams
    if positions:
        document[schema.CHARACTERS] = positions
    return document


def from_document(stored: Mapping[str, Any]) -> Article:
    """Return the article that a stored document holds."""
    return Article.from_mapping(json.loads(stored[schema.ARTICLE]))


def full_date(value: str | None) -> str | None:
    """
    Return the calendar date of an article's `date`, or None when it is not known in full.

    >>> full_date("2024-08-09T07:00:00"), full_date("2024/8/9"), full_date("2024-08")
    ('2024-08-09', '2024-08-09', None)
    """
    if not value:
        return None
    dated = _DATED.fullmatch(value)
    try:
        prefix = date_prefix("date", dated.group(1) if dated else value)
    except ValueError:
        return None
    return prefix if is_full_date(prefix) else None


def stored_values(article: Article) -> Iterator[str]:
    """Yield what filters and facets ask for: `key=value` for each stored value, long ones by their hash."""
    record = article.to_dict()
    record.pop("spans")
    extra = {f"extra.{key}": value for key, value in record.pop("extra").items()}
    published = full_date(article.date)
    if published:
        extra |= {"year": published[:4], "month": published[:7]}
    for key, value in (record | extra).items():
        for item in value if isinstance(value, (list, tuple)) else [value]:
            if item not in (None, ""):
                yield value_term(key, item)


def value_term(key: str, value: object) -> str:
    """Return the term that stands for a stored value."""
    text = str(value)
    if len(text) > _MAX_VALUE_CHARS:
        text = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    return f"{key}{schema.VALUE_SEPARATOR}{text}"
