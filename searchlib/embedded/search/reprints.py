"""
Reprints: the same text in another paper, under another headline, cut a little, in the other script.

Candidates come from the postings: a reprint holds nearly all the rare words of
its original. Each is then compared by its character shingles, exactly, because
there are few: a signature (SimHash, MinHash) would estimate the same measure
with an error, cost time for every article that is indexed and room in every
index, and most searches never ask.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from searchlib.analysis.folding import clean_text
from searchlib.arrays import I64, np
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.scoring.reprint_match import BodyComparison

_LOOKED_UP = 40
_PROBES = 12
_SHARED_PROBES = 0.4
"""Of the 12 rarest among the 40 longest words, that many are in a text that is compared."""
_PROBED_CHARS = 4000


class Reprints:
    """Groups the documents of one answer."""

    def __init__(
        self,
        snapshot: Snapshot,
        words: Callable[[str], Sequence[str]],
        docs: Sequence[int],
        deadline: Deadline = NO_DEADLINE,
    ) -> None:
        """
        Take an answer.

        Args:
            words: Cuts a clean text into the words of the index.
            docs: All that matches, in order; only these are grouped.
        """
        self._snapshot = snapshot
        self._words = words
        self._docs = docs
        self._deadline = deadline
        self._bodies = BodyComparison(self._body)

    @cached_property
    def _places(self) -> I64:
        places = np.full(self._snapshot.size, -1, np.int64)
        places[list(self._docs)] = np.arange(len(self._docs))
        return places

    def groups(self) -> Iterator[list[int]]:
        """
        Yield the groups by the place of their best document, each earliest first.

        A document is in one group: that of the best one that it is a reprint of.
        Those of equal or no date are in the order of the answer.
        """
        grouped = set()
        dates = self._snapshot.dates
        for doc in self._docs:
            if doc in grouped:
                continue
            group = [doc, *(other for other in self._reprints_of(doc) if other not in grouped)]
            grouped.update(group)
            yield sorted(group, key=lambda doc: (dates[doc] == 0, dates[doc], self._places[doc]))

    def _reprints_of(self, doc: int) -> list[int]:
        return [other for other in self._candidates(doc) if self._bodies.are_reprints(doc, other)]

    def _body(self, doc: int) -> str:
        self._deadline.check()
        return self._snapshot.article(doc).body

    def _candidates(self, doc: int) -> list[int]:
        """Return the other documents of the answer that share the rare words of a document."""
        self._deadline.check()
        body = self._snapshot.article(doc).body[:_PROBED_CHARS]
        words = dict.fromkeys(self._words(clean_text(body)))
        longest = sorted(words, key=len, reverse=True)[:_LOOKED_UP]
        holders = [self._snapshot.postings("body", word)[0] for word in longest]
        rarest = sorted((found for found in holders if len(found) > 1), key=len)[:_PROBES]
        counts: Counter[int] = Counter()
        for found in rarest:
            counts.update(found[self._places[found] >= 0].tolist())
        least = max(1.0, _SHARED_PROBES * len(rarest))
        chosen = [other for other, count in counts.items() if count >= least and other != doc]
        return sorted(chosen, key=self._places.__getitem__)
