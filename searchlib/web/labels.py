"""What pages call an article, a key, a value and a number, and the filters that were chosen."""

from __future__ import annotations

from collections.abc import Iterator

from searchlib import Article
from searchlib.web.asked import Asked
from searchlib.web.wording import Wording

SEPARATOR = " · "


def name_of(article: Article, t: Wording) -> str:
    """Return what an article is called: its headline, else the beginning of its text, else its kind."""
    return article.headline or article.body[:24].strip() or t(f"({article.kind})")


def facts_of(article: Article) -> str:
    """Return who, when and where it is from, in one line."""
    return SEPARATOR.join(article.facts()) or article.source


def count(number: int) -> str:
    """Return a number as people read it."""
    return f"{number:,}"


def field_of(name: str, t: Wording) -> str:
    """Return what a key is called."""
    return t(name.removeprefix("extra."))


def pills(asked: Asked, t: Wording) -> Iterator[dict[str, str]]:
    """Yield the filters that are chosen, each with the address without it."""
    if asked.since or asked.until:
        name = asked.since if asked.since == asked.until else f"{asked.since} – {asked.until}"
        if not asked.since or not asked.until:
            name = t("from {}", asked.since) if asked.since else t("until {}", asked.until)
        yield {"name": name, "url": asked.url(since="", until="", offset=0)}
    for key, values in asked.where.items():
        for value in values:
            yield {
                "name": f"{field_of(key, t)}{t(': ')}{value_of(key, value, t)}",
                "url": asked.toggle(key, value),
            }


def value_of(key: str, value: str, t: Wording) -> str:
    """Return what a value of a key is called."""
    return t(value) if key == "kind" else value
