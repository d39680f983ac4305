"""Measures by the names that reports use: `ndcg@10`, `mrr@10`, `map@100`, `p@10`, `recall@100`, `hit@1`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from searchlib.errors import ConfigError
from searchlib.evaluation.metrics import (
    average_precision,
    ndcg_at,
    precision_at,
    recall_at,
    reciprocal_rank_at,
)

DEFAULT_MEASURES = ("ndcg@10", "mrr@10", "map@100", "p@10", "recall@100", "hit@1")

_Function = Callable[[Sequence[str], Mapping[str, float], int], float]


def _average_precision_at(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    return average_precision(ranked[:k], grades)


def _hit_at(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    return float(reciprocal_rank_at(ranked, grades, k) > 0)


_FUNCTIONS: Mapping[str, _Function] = {
    "ndcg": ndcg_at,
    "mrr": reciprocal_rank_at,
    "map": _average_precision_at,
    "p": precision_at,
    "recall": recall_at,
    "hit": _hit_at,
}
_NAME = re.compile(r"([a-z]+)@([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a ranking, over its first *depth* ranks."""

    name: str
    depth: int
    _function: _Function

    def of(self, ranked: Sequence[str], grades: Mapping[str, float]) -> float:
        """
        Return the value of one ranking, 0 to 1.

        Raises:
            ValueError: No grade is above 0, or an id is ranked twice.
        """
        return self._function(ranked, grades, self.depth)


def measure_of(name: str) -> Measure:
    """
    Return the measure of a name.

    Raises:
        ConfigError: There is no such measure.

    >>> measure_of("p@2").of(["a", "x"], {"a": 1})
    0.5
    """
    matched = _NAME.fullmatch(name.lower())
    function = _FUNCTIONS.get(matched.group(1)) if matched else None
    if matched is None or function is None:
        allowed = f"one of {', '.join(_FUNCTIONS)}, then @ and how many ranks count, as ndcg@10"
        raise ConfigError("measure", name, allowed)
    return Measure(matched.group(), int(matched.group(2)), function)
