"""What a query finds besides articles: its places in context, words near them, telling and frequent words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from itertools import chain, islice
from typing import Any, Literal

from searchlib.analysis import clean_text
from searchlib.analysis.stopwords import FUNCTION_WORDS, QUESTION_WORDS
from searchlib.association import Measure, log_dice, log_likelihood
from searchlib.dates import periods_between
from searchlib.deadline import Cancel, Deadline
from searchlib.engine.contract import Backend
from searchlib.engine.request import SearchRequest
from searchlib.errors import SearchCancelledError, SearchTimeoutError
from searchlib.findings import Collocate, KwicLine, TellingWord, WordCount
from searchlib.frozen import dataclass, field, replace
from searchlib.highlight import Marker
from searchlib.highlight.collocates import Neighbourhood
from searchlib.highlight.kwic_lines import kwic_lines
from searchlib.model import TEXT_FIELDS, Article

KwicOrder = Literal["relevance", "newest", "oldest", "left", "right"]
"""The best articles first, by date, or by what precedes or follows the place."""

Period = Literal["year", "month", "day"]

_LEAST_CHARS = 2
_LIGHT = FUNCTION_WORDS | QUESTION_WORDS


class Concordance(list[KwicLine]):
    """
    Places of a query, as a list, and how many there are besides.

    Counting all places reads every article that has one; `articles` only counts these articles.
    """

    def __init__(
        self, lines: Iterable[KwicLine], articles: Callable[[], int], places: Callable[[Deadline], int]
    ) -> None:
        super().__init__(lines)
        self._count_articles = articles
        self._count_places = places

    @cached_property
    def articles(self) -> int:
        """The number of articles that have a place."""
        return self._count_articles()

    def count_places(self, *, timeout: float | None = None, cancel: Cancel | None = None) -> int:
        """
        Return the number of all places.

        Raises:
            SearchTimeoutError: The time was over; its `partial` is the number of places counted so far.
            SearchCancelledError: *cancel* was set; with `partial` too.
        """
        return self._count_places(Deadline(timeout, cancel))

    def __reduce__(self) -> tuple[type, tuple[list[KwicLine]]]:
        return list, (list(self),)


def concordance(
    backend: Backend, request: SearchRequest, context: int, order: KwicOrder = "relevance"
) -> Concordance:
    """Return the places of a query, as many as *request* has a limit for."""

    def places(request: SearchRequest) -> Iterator[KwicLine]:
        marker = Marker(request.tree, backend.analyzer, deadline=request.deadline, own=backend.own_fields)
        return chain.from_iterable(kwic_lines(one, marker, context) for one in _articles(backend, request))

    def count(deadline: Deadline) -> int:
        counted = 0
        with _partial(lambda: counted):
            for _ in places(replace(request, limit=None, deadline=deadline)):
                counted += 1
        return counted

    lines: list[KwicLine] = []
    key = _KEYS.get(order)
    with _partial(lambda: lines):
        if key is None:
            lines.extend(islice(places(request), request.limit))
        else:
            lines.extend(places(replace(request, limit=None)))
            lines.sort(key=key)
    articles = replace(request, limit=1)
    return Concordance(lines[: request.limit], lambda: backend.search(articles).total(), count)


_KEYS: dict[str, Callable[[KwicLine], tuple[str, ...]]] = {
    "left": lambda line: (_strip(line.before)[::-1], line.id),
    "right": lambda line: (_strip(line.after), line.id),
}


def _strip(text: str) -> str:
    """Return the letters, figures and Han of a text: places are ordered by what is read."""
    return "".join(filter(str.isalnum, text))


@dataclass(frozen=True)
class Trends:
    """
    How many articles of each period several queries find, and how many articles there are.

    `periods` are `2024`, `2024-08` or `2024-08-09`, without gaps, from the first to the last period of all
    articles that the filters let through; `articles` has the number of these, `counts` for each query
    the number that it finds, `undated` how many more it finds that no period has: without a date, or with
    one that is less exact.
    """

    by: Period
    periods: tuple[str, ...]
    articles: tuple[int, ...]
    counts: Mapping[str, tuple[int, ...]]
    undated: Mapping[str, int] = field(default_factory=dict)

    def share(self, query: str) -> tuple[float, ...]:
        """Return for each period the share of all articles that a query finds; 0 where there are none."""
        return tuple(
            count / every if every else 0.0
            for count, every in zip(self.counts[query], self.articles, strict=True)
        )

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a row for each query and period, for a table: `pandas.DataFrame(trends.to_dicts())`."""
        return [
            {"query": query, "period": period, "count": count, "articles": every, "share": share}
            for query, counts in self.counts.items()
            for period, count, every, share in zip(
                self.periods, counts, self.articles, self.share(query), strict=True
            )
        ]


def trends(
    by: Period, every: Mapping[str, int], found: Mapping[str, Mapping[str, int]], totals: Mapping[str, int]
) -> Trends:
    """Put counts of periods side by side; *every* counts all articles, *totals* also those without a date."""
    length = {"year": 4, "month": 7, "day": 10}[by]
    periods = tuple(periods_between(period for period in every if len(period) == length and period[0] != "-"))
    counts = {query: tuple(one.get(period, 0) for period in periods) for query, one in found.items()}
    undated = {query: totals[query] - sum(one) for query, one in counts.items()}
    return Trends(by, periods, tuple(every.get(period, 0) for period in periods), counts, undated)


def collocates(
    backend: Backend,
    request: SearchRequest,
    *,
    window: int,
    measure: Measure,
    min_count: int,
    limit: int | None = None,
) -> list[Collocate]:
    """Return the words that occur near the places of a query more often than by chance, the firmest first."""
    marker = Marker(request.tree, backend.analyzer, deadline=request.deadline, own=backend.own_fields)
    near = Neighbourhood()

    def find() -> list[Collocate]:
        scored = _collocates(backend, near, measure=measure, min_count=min_count)
        return sorted(scored, key=lambda one: (-one.score, one.text))[:limit]

    with _partial(find):
        near.look_into(_articles(backend, request), marker, backend.analyzer, window)
    return find()


def _collocates(
    backend: Backend, near: Neighbourhood, *, measure: Measure, min_count: int
) -> Iterator[Collocate]:
    all_near = sum(sides.total() for sides in near.words.values())
    words = [
        word for word, sides in near.words.items() if sides.total() >= min_count and _says_something(word)
    ]
    counts = backend.word_counts(words)
    for word, occurrences in zip(words, counts.occurrences, strict=True):
        sides = near.words[word]
        both = sides.total()
        frequency = max(occurrences, both)
        if measure == "log_dice":
            score = log_dice(both, near.places, frequency)
        else:
            score = log_likelihood(
                both, all_near, frequency, max(counts.all_occurrences, all_near + frequency)
            )
        if score > 0:
            yield Collocate(word, both, sides["left"], sides["right"], frequency, score)


def telling_words(backend: Backend, request: SearchRequest, *, limit: int | None = None) -> list[TellingWord]:
    """Return the words that articles of a query have more often than others, the most telling first."""
    marker = Marker(request.tree, backend.analyzer, own=backend.own_fields)
    asked = [str(phrase) for phrase in marker.phrases]
    having: Counter[str] = Counter()
    number = 0

    def find() -> list[TellingWord]:
        words = [
            word
            for word, count in having.items()
            if count > 1 and _says_something(word) and not any(word in phrase for phrase in asked)
        ]
        counts = backend.word_counts(words)
        scored = (
            TellingWord(
                word, having[word], of_all, log_likelihood(having[word], number, of_all, counts.all_articles)
            )
            for word, of_all in zip(words, counts.articles, strict=True)
        )
        telling = [one for one in scored if one.score > 0]
        return sorted(telling, key=lambda one: (-one.score, one.text))[:limit]

    with _partial(find):
        for article in _articles(backend, request):
            texts = (text for name in marker.fields for text in article.texts(name))
            having.update(set(_words_of(backend, texts)))
            number += 1
    return find()


def word_list(
    backend: Backend, request: SearchRequest, *, limit: int | None = None, min_count: int = 1
) -> list[WordCount]:
    """Return the words of the articles that a request finds, the most frequent first."""
    counts: Counter[str] = Counter()
    having: Counter[str] = Counter()
    fields = (*TEXT_FIELDS, *backend.own_fields)

    def find() -> list[WordCount]:
        total = counts.total() or 1
        found = [
            WordCount(word, count, having[word], 1e6 * count / total)
            for word, count in counts.items()
            if count >= min_count
        ]
        return sorted(found, key=lambda one: (-one.count, one.text))[:limit]

    with _partial(find):
        for article in _articles(backend, request):
            texts = (text for name in fields for text in article.texts(name))
            words = [word for word in _words_of(backend, texts) if word.isalnum()]
            counts.update(words)
            having.update(set(words))
    return find()


def _articles(backend: Backend, request: SearchRequest) -> Iterator[Article]:
    """Yield the articles that a request finds, while there is time."""
    for ranked in backend.search(request).hits:
        request.deadline.check()
        yield ranked.read()


@contextmanager
def _partial(found: Callable[[], object]) -> Iterator[None]:
    """Give an error that ends a call early what was found until then."""
    try:
        yield
    except (SearchTimeoutError, SearchCancelledError) as error:
        error.partial = found()
        raise


def _words_of(backend: Backend, texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        yield from backend.analyzer.words(clean_text(text))


def _says_something(word: str) -> bool:
    """Return whether a word is a content word: two characters or more, no number, no function word."""
    return len(word) >= _LEAST_CHARS and not word.isnumeric() and word.isalnum() and word not in _LIGHT
