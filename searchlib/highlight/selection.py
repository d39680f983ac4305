"""The best passages of an article for a query: whole sentences, as many as fit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from searchlib.highlight.coverage import Coverage
from searchlib.highlight.fragments import cells, fits, fitting, parts, sentence_ends, strip_span
from searchlib.highlight.graphemes import boundary_before
from searchlib.highlight.marking import FoundPlace, Highlights, merge_spans
from searchlib.model import Article, Span
from searchlib.snippet import Snippet

MAX_CELLS = 160
"""Width of a passage in terminal columns: two lines of eighty."""

_SHORT_CELLS = 40
"""A paragraph no wider says too little by itself: a head inside the body, a name and its brackets."""

_MOST_MEASURED = 1000
"""Sentences of one text that are measured for one passage; those that may hold the most come first."""

_FIELDS = (
    "body",
    "subtitle",
    "overline",
    "sections",
    "byline",
    "dateline",
    "authors",
    "column",
    "publication",
)


def select(article: Article, marked: Highlights, count: int) -> tuple[Snippet, ...]:
    """
    Return up to *count* passages, the best first.

    They come from the body when anything of the query is there, else from
    the first field that has it; when only the headline has it, the beginning of
    the body stands without marks.
    """
    if count < 1:
        return ()
    for field in (*_FIELDS, *marked.marker.own):
        for text, places in zip(article.texts(field), marked.places[field], strict=True):
            if places:
                return _best(text, field, places, marked, count)
    for field in ("body", "headline"):
        for text, places in zip(article.texts(field), marked.places[field], strict=True):
            window = next(_Passages(text, [FoundPlace(0, 0, 0)]).of(0), (0, 0))
            return (_snippet(text, field, window, places),)
    return ()


def around(text: str, field: str, spans: Sequence[Span]) -> Snippet:
    """Return the passage that begins with the sentence of the first of some places, all in it marked."""
    places = [FoundPlace(start, end, 0) for start, end in sorted(spans)]
    passages = _Passages(text, places)
    first = next(passages.sentences())
    window = next(passages.of(first[0]), (0, 0))
    return _snippet(text, field, window, places)


def _best(
    text: str, field: str, places: Sequence[FoundPlace], marked: Highlights, count: int
) -> tuple[Snippet, ...]:
    """
    Choose passages by what they hold of the query that those before do not.

    Of equals the one that holds more of the query by itself, then the one with
    more places, then the earlier one. What passages of a sentence hold at most is
    known before they are measured, so only few are.
    """
    choice = _Choice(_Passages(text, places), marked.marker.coverage)
    while len(choice.chosen) < count and choice.add_best():
        pass
    return tuple(_snippet(text, field, window, places) for window in choice.chosen)


class _Held(NamedTuple):
    """A passage, or what any passage of a sentence lies in; the terms and the number of places in it."""

    start: int
    end: int
    terms: int
    places: int


class _Choice:
    """Chooses passages of one text, each the best beside those before it."""

    def __init__(self, passages: _Passages, coverage: Coverage) -> None:
        self.chosen: list[Span] = []
        self._passages = passages
        self._coverage = coverage
        self._covered = 0
        self._sentences = [self._find_held(start, end + MAX_CELLS) for start, end in passages.sentences()]
        self._measured: dict[int, list[_Held]] = {}

    def add_best(self) -> bool:
        """Choose one more; return whether there was one."""
        best: _Held | None = None
        for number, sentence in enumerate(sorted(self._sentences, key=self._rank, reverse=True)):
            if best is not None and (number >= _MOST_MEASURED or self._rank(best) >= self._rank(sentence)):
                break
            for window in self._windows(sentence.start):
                if best is None or self._rank(window) > self._rank(best):
                    best = window
        if best is None:
            return False
        self.chosen.append((best.start, best.end))
        self._covered |= best.terms
        return True

    def _rank(self, held: _Held) -> tuple[float, float, int, int]:
        weigh = self._coverage.of
        return weigh(held.terms & ~self._covered), weigh(held.terms), held.places, -held.start

    def _windows(self, start: int) -> Iterator[_Held]:
        """Yield the passages that begin in a sentence and lie beside those chosen."""
        if start not in self._measured:
            self._measured[start] = [self._find_held(*window) for window in self._passages.of(start)]
        for window in self._measured[start]:
            if all(window.end <= first or last <= window.start for first, last in self.chosen):
                yield window

    def _find_held(self, start: int, end: int) -> _Held:
        terms = number = 0
        for place in self._passages.places_from(start, end):
            if place.end <= end:
                terms |= self._coverage.terms[place.phrase]
                number += 1
        return _Held(start, end, terms, number)


class _Passages:
    """The passages that begin with a part of the text where a place is, and go on while they fit."""

    def __init__(self, text: str, places: Sequence[FoundPlace]) -> None:
        self._text = text
        self._cut = _Sentences(text)
        self._places = places
        self.starts = [place.start for place in places]

    def places_from(self, start: int, end: int) -> Sequence[FoundPlace]:
        """Return the places that begin in a part of the text."""
        return self._places[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def sentences(self) -> Iterator[Span]:
        """Yield the sentences that have a place in them, white space included."""
        next_place = 0
        while next_place < len(self.starts):
            number = self._cut.number_at(self.starts[next_place])
            start, end = self._cut.bounds(number)
            yield start, end
            next_place = bisect_left(self.starts, end, next_place + 1)

    def of(self, start: int) -> Iterator[Span]:
        """Yield the passages that begin in the sentence that begins at *start*."""
        number = self._cut.number_at(start)
        own = list(parts(self._text, *self._cut.span(number), MAX_CELLS))
        for part, (begin, stop) in enumerate(own):
            place = bisect_left(self.starts, begin)
            if place == len(self.starts) or self.starts[place] >= stop:
                continue
            following = (own[later] for later in range(part + 1, len(own)))
            last = _extend(self._text, begin, stop, chain(following, self._cut.behind(number)))
            if self._places[place].end > last:  # it goes on where the passage must end
                begin = boundary_before(self._text, self.starts[place])  # noqa: PLW2901
                last = fitting(self._text, begin, max(last, self._places[place].end), MAX_CELLS)
            yield begin, last


class _Sentences:
    """The sentences of a text; what white space is around one is seen when it is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.ends = sentence_ends(text)
        self._spans: dict[int, Span] = {}

    def number_at(self, place: int) -> int:
        """Return the number of the sentence that has a place in it."""
        return min(bisect_right(self.ends, place), len(self.ends) - 1)

    def bounds(self, number: int) -> Span:
        """Return where a sentence begins and ends, white space included."""
        return self.ends[number - 1] if number else 0, self.ends[number]

    def span(self, number: int) -> Span:
        """Return where a sentence begins and ends."""
        if number not in self._spans:
            self._spans[number] = strip_span(self._text, *self.bounds(number))
        return self._spans[number]

    def behind(self, number: int) -> Iterator[Span]:
        """Yield the sentences behind one."""
        return map(self.span, range(number + 1, len(self.ends)))


def _extend(text: str, begin: int, last: int, following: Iterable[Span]) -> int:
    """Return where a passage ends that takes in what follows in its paragraph, or after a very short one."""
    width = cells(text[begin:last])
    for start, end in following:
        if start == end:
            continue
        is_other = "\n" in text[last:start]
        if is_other and width > _SHORT_CELLS:
            break
        if not fits(text, last, end, MAX_CELLS - width):
            break
        width += cells(text[last:end])
        last = end
    return last


def _snippet(text: str, field: str, window: Span, places: Sequence[FoundPlace]) -> Snippet:
    """Return a passage with the places marked that lie in it."""
    first, last = window
    inside = (place for place in places if first <= place.start and place.end <= last)
    marks = merge_spans((place.start - first, place.end - first) for place in inside)
    return Snippet(text[first:last], first, marks, field)
