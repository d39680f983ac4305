"""The texts of one article as phrases are looked for in them, and a passage around a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from searchlib.analysis import Mapped, fold_with_map
from searchlib.highlight.selection import around
from searchlib.model import TEXT_FIELDS, Article
from searchlib.query.nodes import Phrase
from searchlib.snippet import Snippet
from searchlib.textmatch.phrases import spans


class ArticleText:
    """One text of an article; folded once, when that is needed."""

    def __init__(self, field: str, text: str) -> None:
        self.field = field
        self.text = text

    @cached_property
    def folded(self) -> Mapped:
        """The text folded, with its map."""
        return fold_with_map(self.text)


class Place(NamedTuple):
    """Where something is in an article."""

    text: ArticleText
    start: int
    end: int

    @property
    def found(self) -> str:
        """What is there, on one line."""
        return " ".join(self.text.text[self.start : self.end].split())

    def __str__(self) -> str:
        return f"{self.text.field} at {self.start}"


def texts_of(article: Article, own: Iterable[str] = ()) -> list[ArticleText]:
    """Return all texts of an article in the order of its fields, then those of the index's *own* fields."""
    return [ArticleText(field, text) for field in (*TEXT_FIELDS, *own) for text in article.texts(field)]


def places_of(phrase: Phrase, texts: Iterable[ArticleText]) -> Iterator[Place]:
    """Yield where a phrase, or another way to write it, stands: its own places before those of others."""
    every = list(texts)
    for form in (phrase, *phrase.equals):
        for text in every:
            if form.field in {None, text.field}:
                for start, end in spans(form, text.text, lambda text=text: text.folded):  # type: ignore[misc]
                    yield Place(text, start, end)


def show_passage(*places: Place) -> Snippet:
    """Return the passage around places of one text, marked."""
    text = places[0].text
    return around(text.text, text.field, [(place.start, place.end) for place in places])
