"""
Several terms of the index counted as one: the user's words, and other ways to write a phrase.

The index knows neither, it has their pairs of characters and the dictionary's words.
An article that holds such a text holds all its pairs, so its frequency is taken as
the least of theirs, which needs no text.

An article that has only another form scores as much as the terms of the literal
form bring at that frequency, times `EQUIVALENT_SHARE`; what it has of those terms
anyway is taken off. So of two articles that differ in nothing else the one that is
literally right comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from searchlib.analysis import Analyzer, rows_of_units
from searchlib.findings import Explanation
from searchlib.frozen import dataclass
from searchlib.message import Message
from searchlib.query.nodes import Phrase, Query, Run, Terms, positive_leaves
from searchlib.scoring.bm25f import EQUIVALENT_SHARE, K1
from searchlib.scoring.terms import Term, scored_grams

TermsOf = Callable[[Phrase], Iterable[Term]]


@dataclass(frozen=True)
class SyntheticTerm:
    """Terms counted together; *literal* are those that they stand in for, none for a user's word."""

    name: str
    terms: tuple[Term, ...]
    literal: tuple[Term, ...] = ()


@dataclass(frozen=True)
class SyntheticTerms:
    """The synthetic terms of one tree."""

    words: Mapping[SyntheticTerm, float]
    """The user's words, each with what it is multiplied by."""
    groups: tuple[tuple[SyntheticTerm, ...], ...]
    """For each phrase with other forms these forms: an article counts the one that brings most."""
    terms: Mapping[Term, None]
    """The terms that they are made of and that the tree does not score itself."""

    def words_of(self, phrase: Phrase) -> list[SyntheticTerm]:
        """Return those of the user's words that are in a phrase."""
        names = {_name(word) for word in phrase.user_words}
        return [one for one in self.words if one.name in names]


def synthetic_terms(
    tree: Query, terms_of: TermsOf, scored: Iterable[Term], analyzer: Analyzer
) -> SyntheticTerms:
    """
    Return what a tree counts together: other forms of its phrases, and words of the user's.

    Args:
        terms_of: Returns the terms of a phrase.
        scored: The terms that the tree scores itself.
    """
    groups: list[tuple[SyntheticTerm, ...]] = []
    words: dict[SyntheticTerm, float] = {}
    known = set(scored)
    for leaf in positive_leaves(tree):
        for phrase in varied_phrases(leaf):
            group = [_in_place_of(phrase, other, terms_of, known) for other in phrase.equals]
            groups.append(tuple(one for one in group if one.literal and one.terms))
        text = leaf.whole if isinstance(leaf, Run) else leaf
        for word in new_words(text.user_words, analyzer):
            field, boost = (text.field, text.boost) if isinstance(text, Phrase) else (None, 1.0)
            one = _of_word(word, field)
            words[one] = max(boost, words.get(one, 0.0))
    every = (*words, *(one for group in groups for one in group))
    terms = dict.fromkeys(term for one in every for term in one.terms if term not in known)
    return SyntheticTerms(words, tuple(groups), terms)


def varied_phrases(leaf: Phrase | Run | Terms) -> list[Phrase]:
    """Return the phrases of a leaf that have other forms: of a run the pieces that keep these whole."""
    if isinstance(leaf, Run):
        found: Iterable[Phrase] = leaf.joined or leaf.pieces
        if not any(piece.equals for piece in found):
            found = [leaf.whole]
    else:
        found = leaf.parts if isinstance(leaf, Terms) else [leaf]
    return [phrase for phrase in found if phrase.equals]


def _in_place_of(phrase: Phrase, other: Phrase, terms_of: TermsOf, scored: set[Term]) -> SyntheticTerm:
    asked, there = dict.fromkeys(terms_of(phrase)), dict.fromkeys(terms_of(other))
    return SyntheticTerm(
        str(other),
        # How the words around it cut a form is not known, its pairs of characters are.
        tuple(term for term in there if term not in asked and term.unit == "pair"),
        tuple(term for term in asked if term not in there and term in scored),
    )


def new_words(words: Iterable[str], analyzer: Analyzer) -> list[str]:
    """Return those of the user's words that the index does not have as words already."""
    return [word for word in words if analyzer.words(word) != [word]]


def _of_word(word: str, field: str | None) -> SyntheticTerm:
    grams = [gram for row in rows_of_units(word) for gram in scored_grams(row)]
    return SyntheticTerm(_name(word), tuple(Term(gram, "pair", field) for gram in dict.fromkeys(grams)))


def _name(word: str) -> str:
    return Message("your word {}", word)


def explain_synthetic(
    one: SyntheticTerm, *, value: float, factor: float, tf: float, taken_off: float
) -> Explanation:
    """Return what a synthetic term brings to an article, as a leaf of the explanation."""
    value_of, tf_of, k1 = f"{factor:.4f}", f"{tf:.4f}", f"{K1:g}"
    less, formula = "", f"idf {value_of}"
    if one.literal:
        less = Message(" - {} that its own terms bring", f"{taken_off:.4f}") if taken_off else ""
        formula = Message("{} × the literal terms' {}", f"{EQUIVALENT_SHARE:g}", value_of)
    form = "{}: {} × tf~ {} / (k1 {} + tf~){}; tf~ = the least of its terms"
    what = Message(form, one.name, formula, tf_of, k1, less)
    return Explanation(value, what, key=f"together:{one.name}")
