"""Which content words of a query an article lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain

from searchlib.analysis import Analyzer
from searchlib.analysis.stopwords import is_stop_word
from searchlib.frozen import replace
from searchlib.model import TEXT_FIELDS, Article
from searchlib.query.auto import is_relaxable
from searchlib.query.nodes import And, Phrase, Query, Run
from searchlib.query.pieces import looser_pieces
from searchlib.textmatch.phrases import contains


def missing_words(
    strict: Query, article: Article, analyzer: Analyzer, own: Iterable[str] = ()
) -> tuple[str, ...]:
    """
    Return the content words of a strict tree that an article lacks, in the order of the query.

    Of a word that the article has but for a character at its end, it is that character.
    *own* are the text fields of the index's own.
    """
    texts = [text for name in (*TEXT_FIELDS, *own) for text in article.texts(name)]

    def holds(phrase: Phrase) -> bool:
        return any(contains(way, text) for way in (phrase, *phrase.equals) for text in texts)

    found: dict[str, None] = {}
    words = filter(is_relaxable, strict.subqueries if isinstance(strict, And) else [strict])
    for phrase in chain.from_iterable(map(partial(_lacking, holds), words)):
        ways = [] if phrase.is_loose else looser_pieces(phrase.clean, analyzer)
        held = (rest for part, rest in ways if holds(replace(phrase, clean=part, equals=())))
        lacked = next(held, "") or str(phrase)
        if not is_stop_word(lacked):
            found[lacked] = None
    return tuple(found)


def _lacking(holds: Callable[[Phrase], bool], word: Query) -> Sequence[Phrase]:
    """Return the phrases of a word that do not hold."""
    if isinstance(word, Phrase):
        return () if holds(word) else (word,)
    if not isinstance(word, Run) or holds(word.whole) or (word.joined and all(map(holds, word.joined))):
        return ()
    return [piece for piece in word.pieces if not holds(piece)]
