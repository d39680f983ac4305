"""What synthetic terms bring to documents, by postings: see `scoring.synthetic_terms`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from searchlib.arrays import Bools, np
from searchlib.embedded.search.query_postings import SegmentPostings, Table
from searchlib.embedded.store.docsets import Docs, no_docs
from searchlib.embedded.store.snapshot import Floats
from searchlib.findings import Explanation
from searchlib.query.nodes import Phrase
from searchlib.scoring.bm25f import EQUIVALENT_SHARE, SHARES, idf, saturate
from searchlib.scoring.collection_figures import CollectionFigures
from searchlib.scoring.summing import sum_in_order
from searchlib.scoring.synthetic_terms import SyntheticTerm, SyntheticTerms, explain_synthetic
from searchlib.scoring.terms import Term


@dataclass(frozen=True)
class AddedScores:
    """What synthetic terms bring to documents: the number of the one that counts, tf~ and its value."""

    docs: Docs
    values: Floats
    weighted: Floats
    terms: Sequence[SyntheticTerm]
    chosen: Docs
    factors: Sequence[float]
    taken_off: Floats

    def explain(self, doc: int) -> Iterator[Explanation]:
        """Yield what a document gets, as a leaf of the explanation."""
        place = int(np.searchsorted(self.docs, doc))
        if place == len(self.docs) or self.docs[place] != doc:
            return
        number = int(self.chosen[place])
        yield explain_synthetic(
            self.terms[number],
            value=float(self.values[place]),
            factor=self.factors[number],
            tf=float(self.weighted[place]),
            taken_off=float(self.taken_off[place]),
        )


class SyntheticScores:
    """What the synthetic terms of one tree bring, by the postings of a table."""

    def __init__(
        self, synthetic: SyntheticTerms, table: Table, numbers: Mapping[Term, int], figures: CollectionFigures
    ) -> None:
        """*numbers* are those of the terms in the table."""
        self._synthetic = synthetic
        self._table = table
        self._numbers = numbers
        self._figures = figures

    def factor_of_words(self, phrase: Phrase) -> float:
        """Return the most that the user's words in a phrase can bring."""
        return sum_in_order(map(self._factor, self._synthetic.words_of(phrase)))

    def _factor(self, word: SyntheticTerm) -> float:
        held = self._figures.count_holding(word.terms)
        return SHARES["word"] * self._synthetic.words[word] * idf(held, self._figures.doc_count)

    def added(self, weighted: Sequence[Floats], factors: Mapping[Term, float]) -> list[AddedScores]:
        """
        Return what each user's word and each phrase with other forms brings.

        Args:
            weighted: tf~ of each posting, for each part of the table.
            factors: share × idf of the terms that are scored.
        """
        parts = list(zip(self._table.parts, weighted, strict=True))
        found = [
            _added([word], [self._factor(word)], parts, self._numbers, factors)
            for word in self._synthetic.words
        ]
        for group in self._synthetic.groups:
            sums = [sum_in_order(factors[term] for term in one.literal) for one in group]
            found.append(_added(group, sums, parts, self._numbers, factors))
        return [one for one in found if len(one.docs)]


def _added(
    terms: Sequence[SyntheticTerm],
    sums: Sequence[float],
    parts: Sequence[tuple[SegmentPostings, Floats]],
    numbers: Mapping[Term, int],
    factors: Mapping[Term, float],
) -> AddedScores:
    """Take for each document the one that brings most."""
    every: list[tuple[Docs, Floats, Floats, Docs, Floats]] = []
    for number, (one, factor) in enumerate(zip(terms, sums, strict=True)):
        for part, tfs in parts:
            docs, tf = _least(part, tfs, [numbers[term] for term in one.terms])
            if not len(docs):
                continue
            off = np.zeros(len(docs))
            for term in one.literal:
                first, last = part.bounds[numbers[term]], part.bounds[numbers[term] + 1]
                places, held = _places(part.docs[first:last], docs)
                off[held] += saturate(tfs[first:last][places[held]], factors[term])
            value = saturate(tf, (EQUIVALENT_SHARE if one.literal else 1) * factor) - off
            good = value > 0
            if not good.any():
                continue
            every.append(
                (docs[good] + part.first, value[good], tf[good], np.full(int(good.sum()), number), off[good])
            )
    if not every:
        return AddedScores(no_docs(), np.empty(0), np.empty(0), terms, no_docs(), sums, np.empty(0))
    docs, value, tf, chosen, off = (np.concatenate(column) for column in zip(*every, strict=True))
    order = np.lexsort((chosen, -value, docs))
    order = order[np.concatenate([[True], docs[order][1:] != docs[order][:-1]])]
    return AddedScores(docs[order], value[order], tf[order], terms, chosen[order], sums, off[order])


def _least(part: SegmentPostings, tfs: Floats, numbers: Sequence[int]) -> tuple[Docs, Floats]:
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


def _places(others: Docs, docs: Docs) -> tuple[Docs, Bools]:
    """Return for each of *docs* its place in *others*, and whether it is there."""
    if not len(others):
        return np.zeros(len(docs), np.int64), np.zeros(len(docs), np.bool_)
    places = np.minimum(np.searchsorted(others, docs), len(others) - 1)
    return places, others[places] == docs
