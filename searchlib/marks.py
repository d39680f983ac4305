"""Every place of a whole article that a query marks: what a reader of the text needs, as snippets do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from searchlib.frozen import dataclass
from searchlib.model import Article


class Mark(NamedTuple):
    """
    A place of a text, and the phrases of the query that are in it.

    Places that touch are one mark; its first phrase is the one that begins there, of several the longest.
    """

    start: int
    end: int
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class Marks:
    """
    The places of an article that a query marks.

    `texts` has for each field that is not empty a tuple for each of its texts, as
    `Article.texts` gives them, with its marks in their order; they never overlap. `why` says in one
    line which phrase was found where, `missing` are the content words that the article lacks.
    """

    article: Article
    texts: Mapping[str, tuple[tuple[Mark, ...], ...]]
    why: str = ""
    missing: tuple[str, ...] = ()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return any(marks for texts in self.texts.values() for marks in texts)

    def __iter__(self) -> Iterator[Mark]:
        for texts in self.texts.values():
            for marks in texts:
                yield from marks

    def of(self, field: str) -> tuple[Mark, ...]:
        """Return the marks of a field that has one text, such as the body."""
        return next(iter(self.texts.get(field, ())), ())

    def to_dict(self) -> dict[str, Any]:
        """Return the places as lists, ready for JSON: of each field, of each text, `[start, end]`."""
        return {
            field: [[[mark.start, mark.end] for mark in marks] for marks in texts]
            for field, texts in self.texts.items()
            if any(texts)
        }
