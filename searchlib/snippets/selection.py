"""The best passages of an article for a query: whole sentences, as many as fit."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from searchlib.model import Article, Snippet, Span
from searchlib.snippets.fragments import cells, clauses, sentences
from searchlib.snippets.marking import Found, Marked, merged

MAX_CELLS = 160
"""Width of a passage in terminal columns: two lines of eighty."""

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


_start_of = attrgetter("start")


def select(article: Article, marked: Marked, count: int) -> tuple[Snippet, ...]:
    """
    Return up to *count* passages, the best first.

    They come from the body when anything of the query stands there, else from
    the first field that has it; when only the headline has it, the beginning of
    the body stands without marks.
    """
    if count < 1:
        return ()
    for field in _FIELDS:
        for text, places in zip(article.texts(field), marked.places[field], strict=True):
            if places:
                return _best(text, field, places, marked, count)
    for field in ("body", "headline"):
        for text, places in zip(article.texts(field), marked.places[field], strict=True):
            start, end = _fit(text, next(sentences(text), (0, 0)), ())
            return (Snippet(text[start:end], start, _marks(places, start, end), field),)
    return ()


def around(text: str, field: str, spans: Sequence[Span]) -> Snippet:
    """Return the passage that begins with the sentence of the first of some places, all of them marked."""
    places = [Found(start, end, 0) for start, end in sorted(spans)]
    start, end = _windows(text, places)[0]
    return Snippet(text[start:end], start, _marks(places, start, end), field)


def _best(text: str, field: str, places: Sequence[Found], marked: Marked, count: int) -> tuple[Snippet, ...]:
    """Choose windows of sentences by the phrases that they hold; of equals the earlier one."""
    windows = _windows(text, places)
    chosen: list[Span] = []
    covered: set[int] = set()
    while windows and len(chosen) < count:
        worth = {window: _worth(window, places, marked, covered) for window in windows}
        best = max(windows, key=lambda window: (worth[window], -window[0]))
        chosen.append(best)
        covered |= {place.phrase for place in _inside(best, places)}
        windows = [window for window in windows if window[1] <= best[0] or window[0] >= best[1]]
    return tuple(Snippet(text[a:b], a, _marks(places, a, b), field) for a, b in chosen)


def _worth(window: Span, places: Sequence[Found], marked: Marked, covered: set[int]) -> tuple[int, int, int]:
    """Rank a window: by new phrases, by all its phrases, by the number of places."""
    inside = [place.phrase for place in _inside(window, places)]
    distinct = set(inside)
    new = sum(marked.weight(number) for number in distinct - covered)
    return new, sum(marked.weight(number) for number in distinct), len(inside)


def _inside(window: Span, places: Sequence[Found]) -> list[Found]:
    """Return the places that lie in a window; *places* go by their starts, so that few are looked at."""
    first = bisect_left(places, window[0], key=_start_of)
    last = bisect_left(places, window[1], key=_start_of)
    return [place for place in places[first:last] if place.end <= window[1]]


def _windows(text: str, places: Sequence[Found]) -> list[Span]:
    """List the passages that begin with a sentence that matched and go on while they fit."""
    cut = list(sentences(text))
    found: list[Span] = []
    next_place = 0
    for index, (start, end) in enumerate(cut):
        while next_place < len(places) and places[next_place].start < start:
            next_place += 1
        if next_place == len(places) or places[next_place].start >= end:
            continue
        if cells(text[start:end]) > MAX_CELLS:
            found.append(_fit(text, (start, end), places[next_place : next_place + 1]))
            continue
        last = end
        for _, following_end in cut[index + 1 : index + 1 + MAX_CELLS]:
            if "\n" in text[last:following_end] or cells(text[start:following_end]) > MAX_CELLS:
                break
            last = following_end
        found.append((start, last))
    return found


def _fit(text: str, sentence: Span, places: Sequence[Found]) -> Span:
    """Shorten a sentence that is too long to the clauses around its first place, or around its beginning."""
    start, end = sentence
    if cells(text[start:end]) <= MAX_CELLS:
        return sentence
    wanted = places[0].start if places else start
    parts = list(clauses(text, start, end))
    first = max((index for index, part in enumerate(parts) if part[0] <= wanted), default=0)
    begin, stop = parts[first]
    for _, part_end in parts[first + 1 :]:
        if cells(text[begin:part_end]) > MAX_CELLS:
            break
        stop = part_end
    if cells(text[begin:stop]) <= MAX_CELLS:
        return begin, stop
    begin = max(begin, wanted - MAX_CELLS // 8)
    return begin, _cut(text, begin, stop)


def _cut(text: str, begin: int, stop: int) -> int:
    """Return where the width is full, not before a combining mark."""
    width = 0
    for index in range(begin, stop):
        width += cells(text[index])
        if width > MAX_CELLS:
            return index
    return stop


def _marks(places: Sequence[Found], start: int, end: int) -> tuple[Span, ...]:
    return merged((place.start - start, place.end - start) for place in _inside((start, end), places))
