"""
What could be typed after a beginning: words, names and headlines that articles of the cluster have.

Words of the dictionary that begin so, or are read so in pinyin, are counted over all articles; the
cluster keeps no list of its words that could be asked for a beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from searchlib.analysis import clean_text, fold, is_han, simplify
from searchlib.analysis.words import dictionary_counts
from searchlib.embedded.codec.term_dict import Flags
from searchlib.embedded.suggest.romanized import beginnings_read, letters_of
from searchlib.opensearch.counting import values_beginning
from searchlib.opensearch.finding import Candidate
from searchlib.opensearch.mapping import LENGTH
from searchlib.opensearch.view import View
from searchlib.query.nodes import Phrase
from searchlib.scoring.terms import Term
from searchlib.textmatch.phrases import contains

_MOST_COUNTED = 200
"""Words of the dictionary that are counted, the most frequent in it."""

_MOST_HEADLINES = 64
"""Headlines that are looked at, the shortest."""

_NAMES = 2
_MOST_NAMES = 1000


def completions(view: View, typed: str, limit: int) -> list[str]:
    """Return up to *limit* completions, half of them words where there are enough headlines."""
    wanted = simplify(fold(typed)).strip("\n ")
    if not wanted or not limit:
        return []
    letters = "" if any(map(is_han, wanted)) else letters_of(typed)
    words = _count(view, [*_beginning(wanted), *(_read_as(letters) if letters else ())])
    names = _names(view, wanted)
    headlines = _headlines(view, typed, limit)
    if not headlines and letters and words:  # pinyin is in none
        headlines = _headlines(view, words[0], limit)
    room = max(1, limit // 2, limit - len(headlines))
    known = min(len(names), _NAMES)
    chosen = dict.fromkeys([*words[: max(1, room - known)], *names[:known], *words])
    return list(dict.fromkeys([*list(chosen)[:room], *headlines]))[:limit]


def words_read(view: View, letters: str) -> list[str]:
    """Return the words that articles have and that are read so in pinyin, or begin so."""
    return _count(view, _read_as(letters))


def _count(view: View, words: Iterable[str]) -> list[str]:
    """Return those of some words that articles have, what most have first."""
    frequent = _frequencies()
    likely = sorted(dict.fromkeys(words), key=lambda word: -frequent.get(word, 0))[:_MOST_COUNTED]
    terms = {word: Term(word, "word") for word in likely}
    view.figures.load(terms.values())
    counts = {word: view.figures.doc_freq(term) for word, term in terms.items()}
    return sorted((word for word in counts if counts[word]), key=lambda word: (-counts[word], word))


def _beginning(wanted: str) -> list[str]:
    """Return the words of the dictionary that begin so, and the beginning itself when it is no character."""
    found = [word for word in _by_first().get(wanted[0], ()) if word.startswith(wanted) and word != wanted]
    return [wanted, *found] if len(wanted) > 1 else found


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, int]:
    return dictionary_counts()


@lru_cache(maxsize=1)
def _by_first() -> dict[str, list[str]]:
    """The words of two characters and more of the dictionary, by their first character."""
    found: dict[str, list[str]] = {}
    for word in _frequencies():
        if len(word) > 1:
            found.setdefault(word[0], []).append(word)
    return found


def _read_as(letters: str) -> Iterator[str]:
    """Yield the words of the dictionary that are read so in pinyin, or begin so."""
    for rows in beginnings_read(letters):
        for row in rows:
            firsts = (char for char in _by_first() if _fits(row[:1], char))
            yield from (word for char in firsts for word in _by_first()[char] if _fits(row, word))


def _fits(row: list[Flags], word: str) -> bool:
    """Return whether each character of a word is one that a row of flags allows at its place."""
    return len(word) >= len(row) and all(
        flags[min(ord(char), len(flags) - 1)] for flags, char in zip(row, word, strict=False)
    )


def _names(view: View, wanted: str) -> list[str]:
    counts = dict(values_beginning(view.finder, "authors", wanted, _MOST_NAMES))
    return sorted(counts, key=lambda name: (-counts[name], name))


def _headlines(view: View, typed: str, limit: int) -> list[str]:
    """Return headlines with a text in them, those that begin with it first, then the shortest."""
    phrase = Phrase(clean_text(typed), "headline", open_end=True)
    wanted = simplify(phrase.text)
    sort = [{LENGTH + "headline": "asc"}, {"order": "asc"}]
    found: dict[str, bool] = {}
    query = view.translator.find(phrase).possible
    shortest: list[Candidate] = view.finder.page({"bool": {"filter": [query]}}, _MOST_HEADLINES, sort)
    for candidate in shortest:
        headline = candidate.article.headline
        if headline not in found and contains(phrase, headline):
            found[headline] = simplify(fold(headline)).startswith(wanted)
        if sum(found.values()) >= limit:
            break
    return sorted(found, key=lambda headline: not found[headline])[:limit]
