"""What a query finds besides articles: its places in context, the words near them, telling words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from searchlib.analysis import clean_text
from searchlib.backends.base import Backend
from searchlib.model import Collocate, KwicLine, TellingWord
from searchlib.ranking.association import Measure, log_dice, log_likelihood
from searchlib.ranking.light_words import FUNCTION_WORDS, QUESTION_WORDS
from searchlib.ranking.ranking import Request
from searchlib.snippets import Marker
from searchlib.snippets.collocates import neighbourhood
from searchlib.snippets.kwic import kwic_lines

_LEAST_CHARS = 2
_LIGHT = FUNCTION_WORDS | QUESTION_WORDS


def concordance(backend: Backend, request: Request, context: int) -> list[KwicLine]:
    """Return the places of a query, as many as *request* has a limit for."""
    marker = Marker(request.tree, backend.analyzer, own=backend.own_fields)
    articles = (ranked.read() for ranked in backend.answer(request).hits)
    found = chain.from_iterable(kwic_lines(one, marker, context) for one in articles)
    return list(islice(found, request.limit))


def collocates(
    backend: Backend, request: Request, *, window: int, measure: Measure, min_count: int
) -> list[Collocate]:
    """Return the words that stand near the places of a query more often than by chance, the firmest first."""
    marker = Marker(request.tree, backend.analyzer, own=backend.own_fields)
    articles = (ranked.read() for ranked in backend.answer(request).hits)
    near = neighbourhood(articles, marker, backend.analyzer, window)
    all_near = sum(sides.total() for sides in near.words.values())
    words = [
        word for word, sides in near.words.items() if sides.total() >= min_count and _says_something(word)
    ]
    counts = backend.word_counts(words)
    found = []
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
            found.append(Collocate(word, both, sides["left"], sides["right"], frequency, score))
    return sorted(found, key=lambda one: (-one.score, one.text))


def telling_words(backend: Backend, request: Request) -> list[TellingWord]:
    """Return the words that articles of a query have more often than others, the most telling first."""
    marker = Marker(request.tree, backend.analyzer, own=backend.own_fields)
    asked = [str(phrase) for phrase in marker.phrases]
    having: Counter[str] = Counter()
    number = 0
    for ranked in backend.answer(request).hits:
        article = ranked.read()
        number += 1
        having.update(
            set(_words_of(backend, (text for name in marker.fields for text in article.texts(name))))
        )
    words = [
        word
        for word, count in having.items()
        if count > 1 and _says_something(word) and not any(word in phrase for phrase in asked)
    ]
    counts = backend.word_counts(words)
    found = (
        TellingWord(
            word, having[word], of_all, log_likelihood(having[word], number, of_all, counts.all_articles)
        )
        for word, of_all in zip(words, counts.articles, strict=True)
    )
    return sorted((one for one in found if one.score > 0), key=lambda one: (-one.score, one.text))


def _words_of(backend: Backend, texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        yield from backend.analyzer.words(clean_text(text))


def _says_something(word: str) -> bool:
    """Tell whether a word is one of two and more letters or Han that says more than how others are joined."""
    return len(word) >= _LEAST_CHARS and not word.isnumeric() and word.isalnum() and word not in _LIGHT
