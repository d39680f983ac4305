"""
Is one text a reprint of another? The same text in another paper, cut a little, or in the other script.

Texts are compared by their character shingles, exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from searchlib.analysis.folding import clean_and_simplify
from searchlib.arrays import U64, Bools, np

Shingles = U64

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

_FACTORS = np.array([pow(0x9E3779B97F4A7C15, n + 1, 1 << 64) for n in range(_WIDTH)], np.uint64)


Key = TypeVar("Key", bound=Hashable)


class BodyComparison(Generic[Key]):
    """Compares the bodies of articles, each read and cut into shingles once."""

    def __init__(self, body_of: Callable[[Key], str]) -> None:
        self._body_of = body_of
        self._shingles: dict[Key, Shingles] = {}

    def are_reprints(self, one: Key, other: Key) -> bool:
        """Return whether the shorter of two bodies is the longer one, cut, framed or misread in places."""
        few_of, many_of = sorted((one, other), key=lambda each: len(self._shingles_of(each)))
        few, many = map(self._shingles_of, (few_of, many_of))
        if len(few) < _LEAST_SHINGLES:
            return 0 < len(few) == len(many) and bool((few == many).all())
        if len(few) < _SHORTEST * len(many):
            return False
        shared = np.intersect1d(few, many, assume_unique=True)
        if len(shared) >= _SHARED * len(few):
            return True
        if len(shared) < _SHARED_IF_MISREAD * len(few):
            return False
        return _is_misread(np.isin(_hashes(self._body_of(few_of)), shared))

    def _shingles_of(self, key: Key) -> Shingles:
        if key not in self._shingles:
            self._shingles[key] = shingles(self._body_of(key))
        return self._shingles[key]


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


def _is_misread(is_shared: Bools) -> bool:
    """
    Return whether all but single characters of a text are in the other one too.

    Args:
        is_shared: For each of its runs, whether the other text has it.
    """
    covered = np.convolve(is_shared, np.ones(_WIDTH, np.int64)) > 0
    gaps = np.diff(np.flatnonzero(np.concatenate(([True], covered, [True])))) - 1
    gaps = gaps[gaps > 0]
    single = np.count_nonzero(gaps == 1)
    return len(gaps) >= _LEAST_GAPS and gaps.sum() <= _MEAN_GAP * len(gaps) and bool(single * 2 >= len(gaps))
