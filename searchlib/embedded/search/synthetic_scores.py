"""What synthetic terms bring to documents, by postings: see `scoring.synthetic_terms`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from searchlib.arrays import Bools, np
from searchlib.embedded.search.query_postings import SegmentPostings, Table
from searchlib.embedded.store.docsets import Docs, no_docs
from searchlib.embedded.store.snapshot import Floats
from searchlib.frozen import dataclass
from searchlib.query.nodes import Phrase
from searchlib.scoring.bm25f import EQUIVALENT_SHARE, SHARES, idf, saturate
from searchlib.scoring.collection_figures import CollectionFigures
from searchlib.scoring.summing import sum_in_order
from searchlib.scoring.synthetic_terms import SyntheticTerm, SyntheticTerms
from searchlib.scoring.terms import Term


@dataclass(frozen=True)
class AddedScores:
    """What synthetic terms bring to documents: to each what the one brings that brings most."""

    docs: Docs
    values: Floats


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

    def add_up(self, weighted: Sequence[Floats], factors: Mapping[Term, float]) -> list[AddedScores]:
        """
        Return what each user's word and each phrase with other forms brings.

        Args:
            weighted: tf~ of each posting, for each part of the table.
            factors: share × idf of the terms that are scored.
        """
        parts = list(zip(self._table.parts, weighted, strict=True))
        found = [
            _take_best([word], [self._factor(word)], parts, self._numbers, factors)
            for word in self._synthetic.words
        ]
        for group in self._synthetic.groups:
            sums = [sum_in_order(factors[term] for term in one.literal) for one in group]
            found.append(_take_best(group, sums, parts, self._numbers, factors))
        return [one for one in found if len(one.docs)]


def _take_best(
    terms: Sequence[SyntheticTerm],
    sums: Sequence[float],
    parts: Sequence[tuple[SegmentPostings, Floats]],
    numbers: Mapping[Term, int],
    factors: Mapping[Term, float],
) -> AddedScores:
    """Take for each document the one that brings most."""
    every: list[tuple[Docs, Floats]] = []
    for one, factor in zip(terms, sums, strict=True):
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
            every.append((docs[good] + part.first, value[good]))
    if not every:
        return AddedScores(no_docs(), np.empty(0))
    docs, value = (np.concatenate(column) for column in zip(*every, strict=True))
    order = np.lexsort((-value, docs))
    order = order[np.concatenate([[True], docs[order][1:] != docs[order][:-1]])]
    return AddedScores(docs[order], value[order])


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
