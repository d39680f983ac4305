"""What a query finds besides articles: its places in context, the words near them, telling words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, islice

from searchlib.analysis import clean_text
from searchlib.analysis.stopwords import FUNCTION_WORDS, QUESTION_WORDS
from searchlib.association import Measure, log_dice, log_likelihood
from searchlib.engine.contract import Backend
from searchlib.engine.request import SearchRequest
from searchlib.errors import SearchCancelledError, SearchTimeoutError
from searchlib.highlight import Marker
from searchlib.highlight.collocates import Neighbourhood
from searchlib.highlight.kwic import kwic_lines
from searchlib.model import Article, Collocate, KwicLine, TellingWord

_LEAST_CHARS = 2
_LIGHT = FUNCTION_WORDS | QUESTION_WORDS


def concordance(backend: Backend, request: SearchRequest, context: int) -> list[KwicLine]:
    """Return the places of a query, as many as *request* has a limit for."""
    marker = Marker(request.tree, backend.analyzer, deadline=request.deadline, own=backend.own_fields)
    articles = _articles(backend, request)
    found = chain.from_iterable(kwic_lines(one, marker, context) for one in articles)
    lines: list[KwicLine] = []
    with _partial(lambda: lines):
        lines.extend(islice(found, request.limit))
    return lines


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

    def found() -> list[Collocate]:
        scored = _collocates(backend, near, measure=measure, min_count=min_count)
        return sorted(scored, key=lambda one: (-one.score, one.text))[:limit]

    with _partial(found):
        near.look_into(_articles(backend, request), marker, backend.analyzer, window)
    return found()


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

    def found() -> list[TellingWord]:
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

    with _partial(found):
        for article in _articles(backend, request):
            texts = (text for name in marker.fields for text in article.texts(name))
            having.update(set(_words_of(backend, texts)))
            number += 1
    return found()


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
    """Tell whether a word is one of two and more letters or Han that says more than how others are joined."""
    return len(word) >= _LEAST_CHARS and not word.isnumeric() and word.isalnum() and word not in _LIGHT
