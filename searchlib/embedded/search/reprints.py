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

import numpy as np
import numpy.typing as npt

from searchlib.analysis.folding import clean_and_simplify, clean_text
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.embedded.store.snapshot import Snapshot

Shingles = npt.NDArray[np.uint64]

_WIDTH = 5
"""Characters of a shingle: chance shares shorter ones, and a changed character spoils more of longer ones."""
_LEAST_SHINGLES = 30
"""A shorter text is a reprint only of its equal: captions of one event share half their characters."""
_SHARED = 0.9
"""
Share of the shorter text's shingles that a reprint has; one changed character spoils five.

In 5 000 items of one news programme, which has no reprints, formulas (a
ceremony for one guest and for the next) share up to 0.85.
"""
_SHARED_IF_MISREAD = 0.6
"""
The same where OCR misread single characters: 3 of 100 in both texts leave three quarters of the shingles.

Then what the shared ones leave uncovered are single characters here and there;
another name or sum leaves longer gaps.
"""
_MEAN_GAP = 2.3
"""
Characters of such a gap on the average, at most.

In 20 000 news articles the 1 780 pairs that share 0.4 to 0.9 have 2.4 and more, but for 3 reprints.
"""
_LEAST_GAPS = 4
_SHORTEST = 0.4
"""Of the longer text's length: a notice inside a round-up is no reprint of it."""

_LOOKED_UP = 40
_PROBES = 12
_SHARED_PROBES = 0.4
"""Of the 12 rarest among the 40 longest words, that many are in a text that is compared."""
_PROBED_CHARS = 4000

_FACTORS = np.array([pow(0x9E3779B97F4A7C15, n + 1, 1 << 64) for n in range(_WIDTH)], np.uint64)


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
        self._shingles: dict[int, Shingles] = {}

    @cached_property
    def _places(self) -> npt.NDArray[np.int64]:
        places = np.full(self._snapshot.size, -1, np.int64)
        places[list(self._docs)] = np.arange(len(self._docs))
        return places

    def groups(self) -> Iterator[list[int]]:
        """
        Yield the groups by the place of their best document, each earliest first.

        A document is in one group: that of the best one that it is a reprint of.
        Those of equal or no date stand in the order of the answer.
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
        return [other for other in self._candidates(doc) if self._are_reprints(doc, other)]

    def _are_reprints(self, doc: int, other: int) -> bool:
        """Tell whether the shorter of two texts is the longer one, cut, framed or misread here and there."""
        texts = sorted((doc, other), key=lambda each: len(self._shingles_of(each)))
        few, many = map(self._shingles_of, texts)
        if len(few) < _LEAST_SHINGLES:
            return 0 < len(few) == len(many) and bool((few == many).all())
        if len(few) < _SHORTEST * len(many):
            return False
        shared = np.intersect1d(few, many, assume_unique=True)
        if len(shared) >= _SHARED * len(few):
            return True
        if len(shared) < _SHARED_IF_MISREAD * len(few):
            return False
        return _is_misread(np.isin(_hashes(self._snapshot.article(texts[0]).body), shared))

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

    def _shingles_of(self, doc: int) -> Shingles:
        if doc not in self._shingles:
            self._deadline.check()
            self._shingles[doc] = shingles(self._snapshot.article(doc).body)
        return self._shingles[doc]


def shingles(text: str) -> Shingles:
    """
    Return the hashes of all runs of five letters, figures and Han characters, each once, in order of value.

    Width, case, script, spaces and marks are folded away before.

    >>> len(shingles("查干湖，冬捕")), len(shingles("查干湖冬捕开")), len(shingles(""))
    (1, 2, 0)
    """
    return np.unique(_hashes(text))


def _hashes(text: str) -> Shingles:
    """Return the hashes of the runs of a text where they stand; a short text has one."""
    kept = "".join(filter(str.isalnum, clean_and_simplify(text)))
    codes = np.frombuffer(kept.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if len(codes) < _WIDTH:
        return codes.sum(keepdims=True) if len(codes) else codes
    windows = np.lib.stride_tricks.sliding_window_view(codes, _WIDTH)
    mixed = (windows * _FACTORS).sum(axis=1, dtype=np.uint64)
    hashes: Shingles = (mixed ^ (mixed >> np.uint64(29))) * _FACTORS[0]
    return hashes


def _is_misread(is_shared: npt.NDArray[np.bool_]) -> bool:
    """
    Tell whether all but single characters of a text are in the other one too.

    Args:
        is_shared: For each of its runs, whether the other text has it.
    """
    covered = np.convolve(is_shared, np.ones(_WIDTH, np.int64)) > 0
    gaps = np.diff(np.flatnonzero(np.concatenate(([True], covered, [True])))) - 1
    gaps = gaps[gaps > 0]
    single = np.count_nonzero(gaps == 1)
    return len(gaps) >= _LEAST_GAPS and gaps.sum() <= _MEAN_GAP * len(gaps) and bool(single * 2 >= len(gaps))
