"""The words that are near the places of a query, in the same sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal

from searchlib.analysis import Analyzer
from searchlib.highlight.fragments import sentence_ends
from searchlib.highlight.marking import Marker, merge_spans
from searchlib.model import Article, Span

Side = Literal["left", "right"]


class Neighbourhood:
    """How often a query occurs in some articles, and how often each word occurs near it, by side."""

    def __init__(self) -> None:
        self.places = 0
        self.words: dict[str, Counter[Side]] = {}

    def look_into(self, articles: Iterable[Article], marker: Marker, analyzer: Analyzer, window: int) -> None:
        """
        Count the words at most *window* words from a place, each once and on the side of the nearest.

        The words that the places themselves touch are not counted.
        """
        for sentence, inside in _sentences_with_places(articles, marker):
            self.places += len(inside)
            for word, side in _near(_words(sentence, analyzer), inside, window):
                self.words.setdefault(word, Counter())[side] += 1


def _sentences_with_places(articles: Iterable[Article], marker: Marker) -> Iterator[tuple[str, list[Span]]]:
    for article in articles:
        marked = marker.mark(article)
        for name in marker.fields:
            for text, found in zip(article.texts(name), marked.places[name], strict=True):
                places = merge_spans((place.start, place.end) for place in found)
                for start, end in pairwise([0, *sentence_ends(text)]) if places else ():
                    inside = [(a - start, b - start) for a, b in places if a < end and b > start]
                    if inside:
                        yield text[start:end], inside


def _words(text: str, analyzer: Analyzer) -> list[tuple[str, Span]]:
    """Return the words with their places; of a compound such as `5G` the whole, not its parts."""
    words: list[tuple[str, Span]] = []
    for token in analyzer.tokenize(text):
        if not words or token.start >= words[-1][1][1]:
            words.append((token.text, (token.start, token.end)))
    return words


def _near(words: list[tuple[str, Span]], places: list[Span], window: int) -> Iterator[tuple[str, Side]]:
    inside = [
        number
        for number, (_, (start, end)) in enumerate(words)
        if any(start < last and end > first for first, last in places)
    ]
    for number, (word, _) in enumerate(words):
        nearest = min(inside, key=lambda other: (abs(number - other), other), default=number)
        if 0 < abs(number - nearest) <= window:
            yield word, "right" if nearest < number else "left"
