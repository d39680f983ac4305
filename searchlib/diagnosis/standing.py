"""Where an article stands for a query: what it lacks to be found, or what is before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from searchlib.findings import Explanation
from searchlib.frozen import dataclass
from searchlib.model import Article
from searchlib.snippet import Snippet

Reason = Literal[
    "absent",
    "similar",
    "partly",
    "apart",
    "border",
    "inside",
    "form",
    "field",
    "alternatives",
    "excluded",
    "value",
    "date",
    "undated",
]
"""Why a part of a query does not hold: see the guide to the query language."""


@dataclass(frozen=True, slots=True)
class Lack:
    """
    One thing that a query asks and an article does not have.

    `asked` is that part of the query, `message` says in one sentence what is wrong,
    `nearest` shows what of the kind the article does have, None when there is nothing.
    `parts` are the lacks below it: of each alternative, of each missing word of a phrase.
    """

    asked: str
    reason: Reason
    message: str
    nearest: Snippet | None = None
    parts: tuple[Lack, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the lack as plain dicts and lists, ready for JSON."""
        near = self.nearest
        return {
            "asked": self.asked,
            "reason": self.reason,
            "message": self.message,
            "nearest": near
            and {
                "field": near.field,
                "text": near.text,
                "start": near.start,
                "marks": [list(mark) for mark in near.marks],
            },
            "parts": [part.to_dict() for part in self.parts],
        }


class Better(NamedTuple):
    """A part of the score in which the article before is better: what it brings there, and here."""

    name: str
    value: float
    own: float


@dataclass(frozen=True, slots=True)
class Before:
    """The article that stands just before another, and the parts of its score that put it there."""

    id: str
    headline: str
    score: float
    better: tuple[Better, ...] = ()

    @classmethod
    def of(cls, article: Article, score: Explanation, own: Explanation) -> Before:
        """Compare two scores part by part, by their keys; what is shown of a part ends at the colon."""
        here = {part.key: part.value for part in own.parts}
        better = [Better(_name(part), part.value, here.get(part.key, 0.0)) for part in score.parts]
        greatest = sorted((part for part in better if part.value > part.own), key=_difference, reverse=True)
        return cls(article.id, article.headline, score.value, tuple(greatest))

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain dicts and lists, ready for JSON."""
        better = [part._asdict() for part in self.better]
        return {"id": self.id, "headline": self.headline, "score": self.score, "better": better}


def _name(part: Explanation) -> str:
    return part.description.partition(": ")[0]


def _difference(part: Better) -> float:
    return part.value - part.own


@dataclass(frozen=True, slots=True)
class WhyNot:
    """
    What an article lacks to be found, or its rank and what is before it.

    `rank` is its place by relevance, from 1, among `total` articles; None when it is not found.
    `dropped` are the content words that it lacks although it is found; `lacks` is
    about the whole query all the same.
    """

    id: str
    query: str
    rank: int | None
    total: int
    score: float | None = None
    before: Before | None = None
    dropped: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()

    @property
    def found(self) -> bool:
        """Whether the query finds the article."""
        return self.rank is not None

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain dicts and lists, ready for JSON."""
        return {
            "id": self.id,
            "query": self.query,
            "found": self.found,
            "rank": self.rank,
            "total": self.total,
            "score": self.score,
            "before": self.before and self.before.to_dict(),
            "dropped": list(self.dropped),
            "lacks": [lack.to_dict() for lack in self.lacks],
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        if self.rank is None:
            yield f"not among the {self.total:,} found"
        else:
            yield f"found: {self.rank:,} of {self.total:,}, score {self.score:.4f}"
        if self.dropped:
            yield f"no article has all words; left out: {', '.join(self.dropped)}"
        if self.before is not None:
            yield f"before it: {self.before.id} {self.before.headline}, score {self.before.score:.4f}"
            for name, value, own in self.before.better:
                yield f"  {value:.4f} against {own:.4f}  {name}"
            if not self.before.better:
                yield "  the same score: ids decide"
        for lack in self.lacks:
            yield from _lack_lines(lack, 0)


def _lack_lines(lack: Lack, depth: int) -> Iterator[str]:
    yield f"{'  ' * depth}{lack.message}"
    for part in lack.parts:
        yield from _lack_lines(part, depth + 1)
