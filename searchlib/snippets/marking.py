"""The exact places of an article's texts that a query matched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain

from searchlib.analysis import Analyzer, fold_with_map
from searchlib.model import TEXT_FIELDS, Article, Span
from searchlib.query.nodes import Phrase, Query, Terms, nears, phrases_to_mark, positive_leaves
from searchlib.query.pieces import pieces


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
        self._nears = nears(tree)
        self._anywhere = len(phrases)
        phrases.update((phrase, None) for near in self._nears for phrase in near.phrases)
        self.phrases = list(phrases)

    def mark(self, article: Article) -> Marked:
        """Find every place in an article's texts where a phrase stands."""
        return Marked(
            tuple(str(phrase) for phrase in self.phrases),
            {field: [self._find(text, field) for text in article.texts(field)] for field in TEXT_FIELDS},
        )

    def _find(self, text: str, field: str) -> list[Found]:
        wanted = [(n, p) for n, p in enumerate(self.phrases[: self._anywhere]) if p.field in {None, field}]
        folded = cache(lambda: fold_with_map(text))
        found = {
            Found(start, end, number)
            for number, phrase in wanted
            for start, end in phrase.spans_in(text, folded)
        }
        for near in self._nears:
            if near.field in {None, field}:
                places = near.places_in(text)
                found.update(Found(start, end, self.phrases.index(phrase)) for start, end, phrase in places)
        return sorted(found, key=lambda place: (place.start, -place.end, place.phrase))


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
