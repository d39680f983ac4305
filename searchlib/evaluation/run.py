"""Every topic asked once: the rankings that come back, and how long they took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from searchlib.evaluation.qrels import Topics

Search = Callable[[str, int], Sequence[str]]
"""Takes the words of a query and how many documents to return; gives their ids, best first."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """The answer to one topic: at most as many document ids as asked for, best first."""

    query: str
    ranked: tuple[str, ...]
    took_ms: float


def ask(
    topics: Topics, search: Search, limit: int, *, clock: Callable[[], float] = time.perf_counter
) -> Iterator[Ranking]:
    """
    Put each topic to *search*, in order, and time it.

    Args:
        limit: Documents to ask for; more than that are cut off.
        clock: Seconds that only go forward.

    >>> [answer.ranked for answer in ask({"1": "党建"}, lambda words, limit: ["b", "a"], 10)]
    [('b', 'a')]
    """
    for query, words in topics.items():
        start_s = clock()
        ranked = search(words, limit)
        took_ms = (clock() - start_s) * 1000
        yield Ranking(query, tuple(ranked[:limit]), took_ms)
