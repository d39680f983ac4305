"""What the ways to ask return besides hits: explanations, suggestions, and the words that studies find."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from searchlib.frozen import dataclass


class KwicLine(NamedTuple):
    """One place of a query in an article's field, with what is before and after it."""

    id: str
    field: str
    start: int
    before: str
    keyword: str
    after: str
    date: str | None
    headline: str = ""
    publication: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Collocate:
    """
    A word that is near the places of a query more often than by chance.

    `count` is how often, `left` and `right` are its parts before and behind the
    place, `frequency` is how often the word is in all articles; `score` is the
    measure that was asked for.
    """

    text: str
    count: int
    left: int
    right: int
    frequency: int
    score: float


@dataclass(frozen=True, slots=True)
class TellingWord:
    """A word, how many of some articles have it, how many of all do, and the log-likelihood of that."""

    text: str
    articles: int
    of_all: int
    score: float


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word: how often it is in some articles, how many of them have it, how often in a million words."""

    text: str
    count: int
    articles: int
    per_million: float


class Suggestion(NamedTuple):
    """Another query, why it is offered, and how many articles it finds."""

    query: str
    reason: str
    articles: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    A score and what it is made of: the `value` of a node is the sum of its parts' values.

    A node without `parts` is a leaf; its `description` carries the numbers of
    its formula. `key` names what the node is about, such as `word::党建`: the same in
    every explanation of one query, whatever the description says.
    """

    value: float
    description: str
    parts: tuple[Explanation, ...] = ()
    key: str = ""

    def __str__(self) -> str:
        return "\n".join(self._lines(0))

    def _lines(self, depth: int) -> Iterator[str]:
        yield f"{'  ' * depth}{self.value:.4f}  {self.description}"
        for part in self.parts:
            yield from part._lines(depth + 1)  # noqa: SLF001 (its own class)

    def to_dict(self) -> dict[str, Any]:
        """Return the tree as nested dicts, ready for JSON."""
        return {
            "value": self.value,
            "description": self.description,
            "parts": [part.to_dict() for part in self.parts],
        }


@dataclass(frozen=True, slots=True)
class NewWord:
    """A word that the dictionary does not have, how often it is in the texts, and how sure that is."""

    text: str
    count: int
    score: float
