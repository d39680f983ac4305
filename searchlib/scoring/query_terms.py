"""What a leaf of a query is scored by: its words and pairs, and what part of its weight each keeps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from searchlib.analysis import BORDER, Analyzer, border_text, is_han, rows_of_units, simplify
from searchlib.analysis.stopwords import stopword_weights
from searchlib.query.characters import WILDCARD
from searchlib.query.nodes import Phrase, Query, Run, Terms, positive_leaves
from searchlib.scoring.rescoring import LEAST_WORDS, LEAST_WORDS_OF_A_TEXT
from searchlib.scoring.terms import Term, scored_grams

MOST_PLAIN_TERMS = 2048
"""Maximum number of words and pairs of a plain text: about 1,500 characters have as many."""


def weigh_terms(leaf: Phrase | Terms, analyzer: Analyzer) -> dict[Term, float]:
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
    return _most_telling(found) if isinstance(leaf, Terms) else found


def _most_telling(terms: dict[Term, float]) -> dict[Term, float]:
    """Return as many terms as a plain text may have: those that say most first, of equals the first ones."""
    if len(terms) <= MOST_PLAIN_TERMS:
        return terms
    order = sorted(terms, key=lambda term: (-terms[term], -_size(term)))
    kept = set(order[:MOST_PLAIN_TERMS])
    return {term: part for term, part in terms.items() if term in kept}


def _size(term: Term) -> float:
    """Return how much a term says by its length: two letters as much as a character of Han."""
    if " " in term.text:
        return 1.0
    return min(sum(1.0 if is_han(char) else 0.5 for char in term.text), 3.0)


def _rows(clean: str, kept: list[float]) -> Iterator[tuple[list[str], list[float]]]:
    """Yield the rows of units of a text, with the value of *kept* at the place of each unit."""
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


class ScoredTerms(NamedTuple):
    """What a tree is scored by."""

    terms: dict[Term, float]
    """Each with the part of its weight that it keeps times the boost of its phrase, at its heaviest place."""
    boosts: dict[Term, float]
    runs: list[tuple[Phrase, list[Term]]]
    """Unspaced runs as a whole, each with its terms."""
    loose: list[Phrase]
    """Open words, which are counted over all words that they are in."""
    looks_into_passages: bool


def scored_terms(tree: Query, analyzer: Analyzer) -> ScoredTerms:
    """Return the terms of all leaves of a tree that it is ranked by."""
    found = ScoredTerms({}, {}, [], [], looks_into_passages=False)
    heavy: set[Term] = set()
    is_text = False
    for leaf in positive_leaves(tree):
        is_text = is_text or isinstance(leaf, Terms)
        phrase = leaf.whole if isinstance(leaf, Run) else leaf
        if isinstance(phrase, Phrase) and phrase.is_of_one_word:
            found.loose.append(phrase)
            continue
        own = weigh_terms(phrase, analyzer)
        boost = phrase.boost if isinstance(phrase, Phrase) else 1.0
        for term, part in own.items():
            if part * boost > found.terms.get(term, 0.0):
                found.terms[term], found.boosts[term] = part * boost, boost
        heavy.update(term for term, part in own.items() if part == 1)
        if isinstance(leaf, Run):
            found.runs.append((leaf.whole, list(own)))
    whole_words = [term for term in heavy if term.unit == "word" and not term.field]
    least = LEAST_WORDS_OF_A_TEXT if is_text else LEAST_WORDS
    # All that match one phrase hold all of it in one sentence: their passages tell nothing.
    return found._replace(looks_into_passages=len(whole_words) >= least and not isinstance(tree, Phrase))
