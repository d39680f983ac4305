"""What filters on dates and stored values ask, and what an article has instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from searchlib.diagnosis.standing import Lack
from searchlib.engine.filters import Range, Wanted, passes
from searchlib.message import Message
from searchlib.model import Article
from searchlib.stored_values import full_date, value_text, values_of


def filter_lacks(
    article: Article, since: str | None, until: str | None, where: Mapping[str, Wanted]
) -> Iterator[Lack]:
    """Yield a lack for each filter that keeps an article out."""
    if since is not None or until is not None:
        yield from date_lacks(article, since, until)
    for key, wanted in where.items():
        yield from value_lacks(article, key, wanted)


def date_lacks(article: Article, since: str | None, until: str | None) -> Iterator[Lack]:
    """Yield a lack when an article's date is not between two prefixes, both inclusive."""
    asked = f"{since or ''}..{until or ''}" if since != until else f"{since or '..'}"
    published = full_date(article.date)
    if published is None:
        message = Message("it has no date: without a full date it is outside every range")
        if article.date:
            message = Message("its date is {}: without a full date it is outside every range", article.date)
        yield Lack(f"date:{asked}", "undated", message)
    elif (since and published[: len(since)] < since) or (until and published[: len(until)] > until):
        yield Lack(f"date:{asked}", "date", Message("its date, {}, is outside {}", published, asked))


def value_lacks(article: Article, key: str, wanted: Wanted) -> Iterator[Lack]:
    """Yield a lack when none of an article's values of a stored field is wanted."""
    values = values_of(article, key)
    if not passes(values, wanted):
        asked = str(wanted) if isinstance(wanted, Range) else " or ".join(map(value_text, wanted))
        there = ", ".join(map(value_text, values))
        message = (
            Message("its {} is {}, not {}", key, there, asked)
            if there
            else Message("its {} is empty, not {}", key, asked)
        )
        yield Lack(f"{key}:{asked}", "value", message)
