"""The exact places of an article's texts that a query matched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from searchlib.analysis import BORDER, Analyzer, fold_with_map
from searchlib.model import TEXT_FIELDS, Article, Span
from searchlib.query.nodes import Phrase, Query, Terms, phrases_to_mark, positive_leaves
from searchlib.query.pieces import pieces

_STRETCH_CHARS = 4096
_CUT = re.compile(r"[\n。](?=[\u3000\u4e00-\u9fff])")
"""A border before what does not join the character in front of it."""


@dataclass(frozen=True)
class Found:
    """One place where a phrase of the query stands; *phrase* counts them in the order of the query."""

    start: int
    end: int
    phrase: int


class Marker:
    """Finds what a tree asks for in texts as they were given."""

    def __init__(self, tree: Query, analyzer: Analyzer) -> None:
        phrases = dict.fromkeys(phrases_to_mark(tree))
        for leaf in positive_leaves(tree):
            if isinstance(leaf, Terms):
                for word in leaf.clean.split():
                    phrases.update(
                        (Phrase(piece, None, leaf.exact), None) for piece in pieces(word, analyzer)
                    )
                phrases.update((other, None) for part in leaf.parts for other in part.equals)
        self.phrases = list(phrases)

    def mark(self, article: Article) -> Marked:
        """Find every place in an article's texts where a phrase stands."""
        return Marked(
            tuple(str(phrase) for phrase in self.phrases),
            {field: [self._find(text, field) for text in article.texts(field)] for field in TEXT_FIELDS},
        )

    def _find(self, text: str, field: str) -> list[Found]:
        wanted = [(n, p) for n, p in enumerate(self.phrases) if p.field in {None, field}]
        if not wanted:
            return []
        crossing = [(number, phrase) for number, phrase in wanted if BORDER in phrase.text]
        inside = [(number, phrase) for number, phrase in wanted if BORDER not in phrase.text]
        found = list(_places(text, 0, crossing))
        for start, stretch in _stretches(text) if inside else ():
            found += _places(stretch, start, inside)
        return sorted(found, key=lambda place: (place.start, -place.end, place.phrase))


def _places(text: str, first: int, wanted: Sequence[tuple[int, Phrase]]) -> Iterator[Found]:
    """Yield where phrases stand in a stretch of a text that begins at *first*."""
    folded = cache(lambda: fold_with_map(text))
    for number, phrase in wanted:
        for start, end in phrase.spans_in(text, folded):
            yield Found(first + start, first + end, number)


def _stretches(text: str) -> Iterator[tuple[int, str]]:
    """
    Cut a long text at borders, which no phrase crosses that has none itself.

    To fold a text with a map takes a thousand times as long as to look through it,
    and few stretches need it: those with a character that folds to several.
    """
    start = 0
    while len(text) - start > 2 * _STRETCH_CHARS:
        cut = _CUT.search(text, start + _STRETCH_CHARS)
        if cut is None:
            break
        yield start, text[start : cut.end()]
        start = cut.end()
    yield start, text[start:]


@dataclass(frozen=True)
class Marked:
    """An article's places: for each field a list for each of its texts, by place, longer ones first."""

    phrases: tuple[str, ...]
    places: Mapping[str, list[list[Found]]]

    def weight(self, number: int) -> int:
        """Return how much a phrase says: its length, so that a whole run outweighs its pieces."""
        return len(self.phrases[number])

    @property
    def headline_marks(self) -> tuple[Span, ...]:
        """The ranges of the headline that matched."""
        return merged((place.start, place.end) for places in self.places["headline"] for place in places)

    @property
    def why(self) -> str:
        """
        One line that says which phrases stand where, and how often.

        >>> from searchlib.query.parser import parse
        >>> tree = parse("党建引领", Analyzer(), match="auto", exact=False)
        >>> Marker(tree, Analyzer()).mark(Article(headline="党建引领", body="抓党建。")).why
        '党建引领: headline 1; 党建: headline 1, body 1; 引领: headline 1'
        """
        counts: dict[int, Counter[str]] = {}
        for field, texts in self.places.items():
            for place in chain.from_iterable(texts):
                counts.setdefault(place.phrase, Counter())[field] += 1
        return "; ".join(
            f"{phrase}: {', '.join(f'{field} {count}' for field, count in counts[number].items())}"
            for number, phrase in enumerate(self.phrases)
            if number in counts
        )


def merged(places: Iterable[Span]) -> tuple[Span, ...]:
    """Join places that touch or overlap, so that marks never do."""
    result: list[Span] = []
    for start, end in sorted(places):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)
