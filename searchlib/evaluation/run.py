"""Rankings: every topic asked once, and timed; and TREC's files of them, read and written."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchlib.errors import CorpusError
from searchlib.evaluation.qrels import Topics, finite, read_lines
from searchlib.message import Message

Search = Callable[[str, int], Sequence[str]]
"""Takes the words of a query and how many documents to return; gives their ids, best first."""

Run = Mapping[str, Sequence[str]]
"""Query id to the ids of the documents found, best first."""

_COLUMNS = 6


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


def read_run(path: Path) -> dict[str, list[str]]:
    """
    Read a TREC run: query, `Q0`, document, rank, score and the run's name, a line a document.

    The order is that of `trec_eval`: by score, equal scores by document id
    from the greatest to the least; the rank is not looked at.

    Raises:
        CorpusError: The file is missing or empty, a line has other columns, a
            score is no finite number, or a document comes twice for a query.
    """
    scores: dict[str, dict[str, float]] = {}
    for number, line in read_lines(path):
        columns = line.split("\t") if line.count("\t") == _COLUMNS - 1 else line.split()
        if len(columns) != _COLUMNS:
            reason = Message("has {} columns; expected query, Q0, document, rank, score, name", len(columns))
            raise CorpusError(str(path), reason, line=number, excerpt=line)
        query, document, score = columns[0].strip(), columns[2].strip(), finite(columns[4])
        if score is None:
            raise CorpusError(
                str(path), Message("the score {} is no finite number", repr(columns[4])), line=number
            )
        if document in scores.setdefault(query, {}):
            raise CorpusError(
                str(path), Message("{} comes twice for query {}", repr(document), repr(query)), line=number
            )
        scores[query][document] = score
    if not scores:
        raise CorpusError(str(path), "holds no rankings")
    return {
        query: sorted(found, key=lambda document: (found[document], document), reverse=True)
        for query, found in scores.items()
    }


def run_lines(run: Run, name: str = "searchlib") -> Iterator[str]:
    r"""
    Yield the lines of a TREC run, without line ends.

    The score only says the rank: `trec_eval` goes by scores and would order
    equal ones its own way.

    Raises:
        CorpusError: An id is empty or holds a tab or a line's end, so that no column could hold it.

    >>> list(run_lines({"1": ["b", "a"]}, "words"))
    ['1\tQ0\tb\t1\t2\twords', '1\tQ0\ta\t2\t1\twords']
    """
    for query, ranked in run.items():
        for rank, document in enumerate(ranked, start=1):
            columns = [query, "Q0", document, str(rank), str(len(ranked) - rank + 1), name]
            broken = next((text for text in columns if not text or any(c in text for c in "\t\r\n")), None)
            if broken is not None:
                raise CorpusError(
                    Message("run"), Message("the id {} fits no column of a TREC run", repr(broken))
                )
            yield "\t".join(columns)
