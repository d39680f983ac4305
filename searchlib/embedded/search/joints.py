"""
Several terms of the index counted as one: the user's words, and other ways to write a phrase.

The index knows neither, it has their pairs of characters and the dictionary's words.
An article that holds such a text holds all its pairs, so its frequency is taken as
the least of theirs, which postings tell; no text is read for it.

An article that has only another form scores as much as the terms of the literal
form bring at that frequency, times `EQUIVALENT_SHARE`; what it has of those terms
anyway is taken off. So of two articles that differ in nothing else the one that is
literally right comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from searchlib.analysis import Analyzer, rows_of_units
from searchlib.embedded.search.table import Part, Table
from searchlib.embedded.store.docsets import NO_DOCS, Docs
from searchlib.embedded.store.snapshot import Floats
from searchlib.model import Explanation
from searchlib.query.nodes import Phrase, Query, Run, Terms, positive_leaves
from searchlib.scoring.bm25f import EQUIVALENT_SHARE, K1, SHARES, idf, saturated
from searchlib.scoring.figures import Figures
from searchlib.scoring.terms import Term, scored_grams

TermsOf = Callable[[Phrase], Iterable[Term]]


@dataclass(frozen=True)
class Joint:
    """Terms that are counted together; *literal* are those that they stand in for, none for a user's word."""

    name: str
    terms: tuple[Term, ...]
    literal: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Added:
    """What joints bring to documents: for each its number of the joint, tf~ and what it brings."""

    docs: Docs
    values: Floats
    weighted: Floats
    joints: Sequence[Joint]
    chosen: Docs
    factors: Sequence[float]
    taken_off: Floats

    def explain(self, doc: int) -> Iterator[Explanation]:
        """Yield what a document gets, as a leaf of the explanation."""
        place = int(np.searchsorted(self.docs, doc))
        if place == len(self.docs) or self.docs[place] != doc:
            return
        number = int(self.chosen[place])
        joint, factor, tf = self.joints[number], self.factors[number], float(self.weighted[place])
        if joint.literal:
            less = f" - {self.taken_off[place]:.4f} that its own terms bring" if self.taken_off[place] else ""
            formula = f"{EQUIVALENT_SHARE:g} × the literal terms' {factor:.4f}"
        else:
            less, formula = "", f"idf {factor:.4f}"
        what = (
            f"{joint.name}: {formula} × tf~ {tf:.4f} / (k1 {K1:g} + tf~){less}; tf~ = the least of its terms"
        )
        yield Explanation(float(self.values[place]), what, key=f"together:{joint.name}")


class Joints:
    """The joints of one tree."""

    def __init__(self, tree: Query, terms_of: TermsOf, scored: Iterable[Term], analyzer: Analyzer) -> None:
        self._groups: list[list[Joint]] = []
        self._words: dict[Joint, float] = {}
        known = set(scored)
        for leaf in positive_leaves(tree):
            for phrase in varied_phrases(leaf):
                group = [_in_place_of(phrase, other, terms_of, known) for other in phrase.equals]
                self._groups.append([joint for joint in group if joint.literal and joint.terms])
            text = leaf.whole if isinstance(leaf, Run) else leaf
            for word in new_words(text.user_words, analyzer):
                field, boost = (text.field, text.boost) if isinstance(text, Phrase) else (None, 1.0)
                joint = _of_word(word, field)
                self._words[joint] = max(boost, self._words.get(joint, 0.0))
        self.terms: dict[Term, None] = {}
        for joint in (*self._words, *(one for group in self._groups for one in group)):
            self.terms.update((term, None) for term in joint.terms if term not in known)

    def __bool__(self) -> bool:
        return bool(self._groups or self._words)

    def factor_of_words(self, phrase: Phrase, figures: Figures) -> float:
        """Return the most that the user's words in a phrase can bring."""
        own = [joint for joint in self._words if joint.name in {_name(word) for word in phrase.user_words}]
        return sum(self._factor(joint, figures) for joint in own)

    def _factor(self, joint: Joint, figures: Figures) -> float:
        return (
            SHARES["word"] * self._words[joint] * idf(figures.count_holding(joint.terms), figures.doc_count)
        )

    def added(
        self,
        table: Table,
        weighted: Sequence[Floats],
        numbers: Mapping[Term, int],
        factors: Mapping[Term, float],
        *,
        figures: Figures,
    ) -> list[Added]:
        """
        Return what each user's word and each phrase with other forms brings.

        Args:
            weighted: tf~ of each posting, for each part of the table.
            numbers: The number of each term in the table.
            factors: share × idf of the terms that are scored.
            figures: How many articles of the index hold a term.
        """
        found = []
        parts = list(zip(table.parts, weighted, strict=True))
        for joint in self._words:
            factor = self._factor(joint, figures)
            found.append(_added([joint], [factor], parts, numbers, factors))
        for group in self._groups:
            sums = [sum(factors[term] for term in joint.literal) for joint in group]
            found.append(_added(group, sums, parts, numbers, factors))
        return [one for one in found if len(one.docs)]


def _added(
    joints: Sequence[Joint],
    sums: Sequence[float],
    parts: Sequence[tuple[Part, Floats]],
    numbers: Mapping[Term, int],
    factors: Mapping[Term, float],
) -> Added:
    """Take for each document the joint that brings most."""
    every: list[tuple[Docs, Floats, Floats, Docs, Floats]] = []
    for number, (joint, factor) in enumerate(zip(joints, sums, strict=True)):
        for part, tfs in parts:
            docs, tf = _least(part, tfs, [numbers[term] for term in joint.terms])
            if not len(docs):
                continue
            off = np.zeros(len(docs))
            for term in joint.literal:
                first, last = part.bounds[numbers[term]], part.bounds[numbers[term] + 1]
                places, held = _places(part.docs[first:last], docs)
                off[held] += saturated(tfs[first:last][places[held]], factors[term])
            value = saturated(tf, (EQUIVALENT_SHARE if joint.literal else 1) * factor) - off
            good = value > 0
            if not good.any():
                continue
            every.append(
                (docs[good] + part.first, value[good], tf[good], np.full(int(good.sum()), number), off[good])
            )
    if not every:
        return Added(NO_DOCS, np.empty(0), np.empty(0), joints, NO_DOCS, sums, np.empty(0))
    docs, value, tf, chosen, off = (np.concatenate(column) for column in zip(*every, strict=True))
    order = np.lexsort((chosen, -value, docs))
    order = order[np.concatenate([[True], docs[order][1:] != docs[order][:-1]])]
    return Added(docs[order], value[order], tf[order], joints, chosen[order], sums, off[order])


def _least(part: Part, tfs: Floats, numbers: Sequence[int]) -> tuple[Docs, Floats]:
    """Return the documents of a segment that hold all terms, and the least tf~ of these in each."""
    bounds = sorted(
        ((part.bounds[n], part.bounds[n + 1]) for n in numbers), key=lambda pair: pair[1] - pair[0]
    )
    first, last = bounds[0]
    docs, least = part.docs[first:last], tfs[first:last]
    for first, last in bounds[1:]:
        places, held = _places(part.docs[first:last], docs)
        docs, least = docs[held], np.minimum(least[held], tfs[first:last][places[held]])
    return docs, least


def _places(others: Docs, docs: Docs) -> tuple[Docs, npt.NDArray[np.bool_]]:
    """Return for each of *docs* its place in *others*, and whether it is there."""
    if not len(others):
        return np.zeros(len(docs), np.int64), np.zeros(len(docs), np.bool_)
    places = np.minimum(np.searchsorted(others, docs), len(others) - 1)
    return places, others[places] == docs


def varied_phrases(leaf: Phrase | Run | Terms) -> list[Phrase]:
    """Return the phrases of a leaf that have other forms: of a run the pieces that keep these whole."""
    if isinstance(leaf, Run):
        found: Iterable[Phrase] = leaf.joined or leaf.pieces
        if not any(piece.equals for piece in found):
            found = [leaf.whole]
    else:
        found = leaf.parts if isinstance(leaf, Terms) else [leaf]
    return [phrase for phrase in found if phrase.equals]


def _in_place_of(phrase: Phrase, other: Phrase, terms_of: TermsOf, scored: set[Term]) -> Joint:
    asked, there = dict.fromkeys(terms_of(phrase)), dict.fromkeys(terms_of(other))
    return Joint(
        str(other),
        # How the words around it cut a form is not known, its pairs of characters are.
        tuple(term for term in there if term not in asked and term.unit == "pair"),
        tuple(term for term in asked if term not in there and term in scored),
    )


def new_words(words: Iterable[str], analyzer: Analyzer) -> list[str]:
    """Return those of the user's words that the index does not have as words already."""
    return [word for word in words if analyzer.words(word) != [word]]


def _of_word(word: str, field: str | None) -> Joint:
    grams = [gram for row in rows_of_units(word) for gram in scored_grams(row)]
    return Joint(_name(word), tuple(Term(gram, "pair", field) for gram in dict.fromkeys(grams)))


def _name(word: str) -> str:
    return f"your word {word}"
