"""What a leaf of a query is scored by: its words and pairs, and what part of its weight each keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from searchlib.analysis import BORDER, Analyzer, border_text, rows_of_units, simplify
from searchlib.analysis.stopwords import stopword_weights
from searchlib.query.nodes import Phrase, Terms
from searchlib.query.patterns import WILDCARD
from searchlib.ranking.candidates import scored_grams
from searchlib.ranking.table import Term


def weighed_terms(leaf: Phrase | Terms, analyzer: Analyzer) -> dict[Term, float]:
    """
    Return the terms of a leaf, each with the part of its weight that it keeps, 1 where it is not light.

    A pair is as light as the lighter of the words that it touches; a term that
    comes several times is as heavy as at its heaviest place. A word with a gap has the
    terms of its parts; what is one edit from two characters often has none of theirs but
    one of these.
    """
    field = leaf.field if isinstance(leaf, Phrase) else None
    clean = leaf.clean.replace(WILDCARD, BORDER)
    places = analyzer.places(clean)
    kept = stopword_weights(clean, places)
    found: dict[Term, float] = {}

    def add(term: Term, part: float) -> None:
        found[term] = max(part, found.get(term, 0.0))

    shown = set(_words_with(clean, leaf.user_words, analyzer)) if leaf.user_words else None
    for word, start, _ in places:
        if shown is None or word in shown:
            add(Term(word, "word", field), kept[start])
    for row, parts in _rows(clean, kept):
        parts_of_pairs = [min(both) for both in pairwise(parts)] or parts
        for gram, part in zip(scored_grams(row), parts_of_pairs, strict=True):
            add(Term(gram, "pair", field), part)
        if isinstance(leaf, Phrase) and leaf.edits and len(row) == 2:  # noqa: PLR2004
            for unit, part in zip(row, parts, strict=True):
                add(Term(unit, "pair", field), part)
    return found


def _rows(clean: str, kept: list[float]) -> Iterator[tuple[list[str], list[float]]]:
    """Yield the rows of units of a text, each unit with what is kept where it stands."""
    simplified = simplify(clean)
    done = 0
    for row in rows_of_units(border_text(simplified)):
        parts = []
        for unit in row:
            start = simplified.index(unit, done)
            parts.append(kept[start])
            done = start + len(unit)
        yield row, parts


def _words_with(clean: str, user_words: Sequence[str], analyzer: Analyzer) -> Iterator[str]:
    """Yield the words of the index in a text, those that lie in the user's words left out."""
    longest_first = sorted(user_words, key=len, reverse=True)
    own = "|".join(map(re.escape, longest_first))
    for place, part in enumerate(re.split(f"({own})", simplify(clean))):
        words = analyzer.words(part)
        if place % 2 == 0 or words == [part]:
            yield from words
