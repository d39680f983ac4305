"""
The first articles of a ranking, ordered again by their best passages, as few of them read as that takes.

What they gain by these `scoring.rescoring` says.

What a passage can hold at most the postings tell: pairs of characters that an
article does not have, and the words made of them, are in none of its
sentences. So each article counts with the most that it could reach until its
text is read, and reading ends when the page asked for is certain: after fifteen
of fifty articles where ten are wanted.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby
from operator import itemgetter

from searchlib.arrays import np
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.embedded.search.query_postings import TERM_SHIFT, Table
from searchlib.embedded.store.snapshot import Floats, Snapshot
from searchlib.model import TEXT_FIELDS
from searchlib.scoring.passages import Passages, Text
from searchlib.scoring.rescoring import DECIMALS, first_pair, gains, passage_weights
from searchlib.scoring.summing import sum_in_order

_BEFORE_BODY = frozenset(TEXT_FIELDS[: TEXT_FIELDS.index("body")])
_AT_ONCE = 16


class PassageRescorer:
    """Scores the first articles of one query by their best passages."""

    def __init__(
        self,
        factors: Sequence[float],
        table: Table,
        snapshot: Snapshot,
        fields: Collection[str],
        deadline: Deadline = NO_DEADLINE,
    ) -> None:
        """*factors* are what the table's terms bring at most; *fields* those whose texts count."""
        terms = table.terms
        self._deadline = deadline
        self._table = table
        self._snapshot = snapshot
        self._fields = fields
        self._most = sum_in_order(factors)
        heaviest = passage_weights(dict(zip(terms, factors, strict=True)))
        self._passages = Passages(heaviest)
        self._total = sum_in_order(heaviest.values())
        pairs = {
            term.text: number
            for number, term in enumerate(terms)
            if term.unit == "pair" and term.field is None  # one field does not tell of the others
        }
        self._pair_weights = np.zeros(len(terms))
        self._anywhere = 0.0
        for text, weight in heaviest.items():
            first = first_pair(text)  # without it the term does not stand there
            if first in pairs:
                self._pair_weights[pairs[first]] += weight
            else:
                self._anywhere += weight

    def in_order(
        self, docs: Sequence[int], scores: Sequence[float], wanted: int
    ) -> tuple[list[int], list[float]]:
        """
        Return the *wanted* best of the first documents and their scores; ties go by id.

        Args:
            docs: The first `RESCORE_DEPTH` documents by their scores, or all when there are fewer.
            scores: Their scores, to which the passages add.
            wanted: How many; with a lower number the answer is the beginning of a higher one's.
        """
        bounds = self._bounds(docs).tolist()
        most = [self._with_gains(score, (bound, bound)) for score, bound in zip(scores, bounds, strict=True)]
        waiting = sorted(range(len(docs)), key=lambda place: -most[place])
        found: list[tuple[float, int]] = []
        while waiting:
            if len(found) >= wanted and (wanted == 0 or -found[wanted - 1][0] > most[waiting[0]]):
                break
            count = max(_AT_ONCE, wanted - len(found))
            batch, waiting = waiting[:count], waiting[count:]
            shares = self._shares([docs[place] for place in batch])
            for place, share in zip(batch, shares, strict=True):
                found.append((-self._with_gains(scores[place], share), docs[place]))
            found = self._sort(found)
        return [doc for _, doc in found[:wanted]], [-loss for loss, _ in found[:wanted]]

    def _sort(self, found: list[tuple[float, int]]) -> list[tuple[float, int]]:
        """Put losses and documents in order; an id is read only for a tie."""
        ordered: list[tuple[float, int]] = []
        for _, alike in groupby(sorted(found), key=itemgetter(0)):
            ties = list(alike)
            ordered += sorted(ties, key=lambda tie: self._snapshot.id_of(tie[1])) if len(ties) > 1 else ties
        return ordered

    def _shares(self, docs: Sequence[int]) -> list[tuple[float, float]]:
        """Return for each document what share of the query its best passage holds, and its lead."""
        found = self._passages.shares([self._text(doc) for doc in docs])
        bounds = self._bounds(docs)
        passage, lead = (np.minimum(np.round(shares, DECIMALS), bounds).tolist() for shares in found)
        return list(zip(passage, lead, strict=True))

    def _text(self, doc: int) -> Text:
        """Return what counts of a document's text."""
        parts = []
        body_start = 0
        self._deadline.check()
        for name, text in self._snapshot.texts(doc):
            if name in self._fields:
                parts.append(text)
                if name in _BEFORE_BODY:
                    body_start += len(text) + 1
        return Text(parts, body_start)

    def _with_gains(self, score: float, shares: tuple[float, float]) -> float:
        """Return a score with what the passage and the lead add, in the order in which it is explained."""
        passage, lead = gains(self._most, shares)
        return score + passage + lead

    def _bounds(self, docs: Sequence[int]) -> Floats:
        """Return the share that any part of each document holds at most, by its postings."""
        wanted = np.zeros(self._snapshot.size, np.bool_)
        wanted[docs] = True
        held = np.full(len(docs), self._anywhere)
        place_of = np.zeros(self._snapshot.size, np.int64)
        place_of[docs] = np.arange(len(docs))
        for part in self._table.parts:
            own = np.flatnonzero(wanted[part.first : part.first + part.size][part.docs])
            weights = self._pair_weights[part.keys[own] >> TERM_SHIFT]
            held += np.bincount(place_of[part.docs[own] + part.first], weights, len(docs))
        # A little more, so that no rounding puts a bound below what it bounds.
        bounds: Floats = np.minimum(1.0, np.round(held / self._total + 10**-DECIMALS, DECIMALS))
        return bounds
