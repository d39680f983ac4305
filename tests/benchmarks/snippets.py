"""
What the first snippet of a hit shows of the query, beside the best that any passage of its width could.

    python tests/benchmarks/snippets.py DIR [--limit-queries N] [--index INDEX] [--show N]

DIR is a collection with `docs.jsonl`, `queries.jsonl` (id, text, for questions `answer`) and
`qrels.tsv`. Each query is asked with `match="any"`, and of its hits that which is judged relevant is
looked at: which share of the query's weight its snippet holds, where a word weighs its idf and a pair of
characters half of it; what the best passage of the width holds, wherever it begins; whether the gold
answer is in it; and how long the answer takes.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # benchmarks, as in the tests

import searchlib
from searchlib import Hit, Index, evaluation
from searchlib.analysis import fold_with_map, is_han, simplify
from searchlib.highlight.fragments import cells
from searchlib.highlight.selection import MAX_CELLS

_ROUNDS = 3


class Weights:
    """The idf of the words and pairs of queries, asked of the index one by one."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._count = len(index)
        self._idf = lru_cache(maxsize=None)(self._of)

    def of(self, query: str) -> dict[str, float]:
        """Return the weight of each word, and half of it for each pair of characters."""
        weights: dict[str, float] = {}
        tokens = self._index.analyze(query)
        for token in tokens:
            weights[token.text] = self._idf(token.text)
        for before, behind in pairwise(tokens):
            pair = before.text[-1] + behind.text[0]
            if before.end == behind.start and is_han(pair[0]) and is_han(pair[1]):
                weights[pair] = weights.get(pair, 0.0) + self._idf(pair) / 2
        return weights

    def _of(self, text: str) -> float:
        found = self._index.search(searchlib.quote(text), match="all", snippets=0, limit=1).total
        return math.log(1 + (self._count - found + 0.5) / (found + 0.5))


def held(text: str, weights: Mapping[str, float]) -> float:
    """Return the weight of all terms that stand in a text."""
    folded = simplify(fold_with_map(text).text)
    return sum(weight for term, weight in weights.items() if term in folded)


def best(text: str, weights: Mapping[str, float]) -> float:
    """Return the most that a passage of the width holds: one begins wherever a term does."""
    mapped = fold_with_map(text)
    folded = simplify(mapped.text)
    places = sorted(
        (*mapped.span(start, start + len(term)), term) for term in weights for start in _starts(folded, term)
    )
    most = 0.0
    for number, (start, _, _) in enumerate(places):
        stop = _fitting(text, start)
        terms = {term for _, end, term in islice(places, number, number + 200) if end <= stop}
        most = max(most, sum(weights[term] for term in terms))
    return most


def _starts(text: str, term: str) -> Iterator[int]:
    place = text.find(term)
    while place >= 0:
        yield place
        place = text.find(term, place + 1)


def _fitting(text: str, start: int) -> int:
    width = 0
    for place in range(start, len(text)):
        width += cells(text[place])
        if width > MAX_CELLS:
            return place
    return len(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").strip())
    parser.add_argument("collection", type=Path)
    parser.add_argument("--limit-queries", type=int, default=500)
    parser.add_argument("--index", type=Path, help="an index of the collection, so that none is made")
    parser.add_argument("--show", type=int, default=0, help="print so many of the snippets")
    options = parser.parse_args(arguments)
    lines = (options.collection / "queries.jsonl").read_text("utf-8").splitlines()
    queries = [json.loads(line) for line in lines[:: max(1, len(lines) // options.limit_queries)]]
    qrels = evaluation.read_qrels(options.collection / "qrels.tsv")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="snippets-"))
        index = stack.enter_context(searchlib.open(options.index or Path(folder) / "index"))
        if not options.index:
            with (options.collection / "docs.jsonl").open(encoding="utf-8") as records:
                index.add(map(json.loads, records))
        print(measure(index, queries, qrels, options.show))  # noqa: T201 (the figures)
    return 0


def measure(index: Index, queries: Sequence[Mapping[str, str]], qrels: evaluation.Qrels, show: int) -> str:
    """Return the figures as lines."""
    weights = Weights(index)
    shares: list[float] = []
    times: list[float] = []
    in_first = in_any = asked = 0
    for query in queries:
        took = []
        for _ in range(_ROUNDS):
            start = time.perf_counter()
            hits = index.search(query["text"], match="any", limit=10, snippets=3)
            for hit in hits:
                assert hit.snippets is not None
            took.append((time.perf_counter() - start) * 1000)
        times.append(min(took))
        relevant = next((hit for hit in hits if qrels.get(query["id"], {}).get(hit.id)), None)
        if relevant is None or not relevant.snippets or relevant.snippets[0].field != "body":
            continue
        if len(shares) < show:
            print(_shown(query, relevant))  # noqa: T201
        wanted = weights.of(query["text"])
        most = best(relevant.article.body, wanted)
        if most:
            shares.append(held(str(relevant.snippet), wanted) / most)
        if query.get("answer"):
            asked += 1
            in_first += query["answer"] in str(relevant.snippet)
            in_any += any(query["answer"] in str(snippet) for snippet in relevant.snippets)
    mean, median = statistics.mean(shares), statistics.median(shares)
    rows = [
        f"{len(shares)} first snippets hold {mean:.3f} of what the best passage holds (median {median:.3f})",
        f"ten hits with three snippets each: {statistics.median(times):.2f} ms",
    ]
    if asked:
        found = f"in the first for {in_first / asked:.3f}, in one of three for {in_any / asked:.3f}"
        rows.append(f"the answer to {asked} questions is {found}")
    return "\n".join(rows)


def _shown(query: Mapping[str, str], hit: Hit) -> str:
    rows = [f"## {query['text']}  ({query.get('answer', '')})"]
    for snippet in hit.snippets:
        text, done = "", 0
        for start, end in snippet.marks:
            text += snippet.text[done:start] + "[" + snippet.text[start:end] + "]"
            done = end
        rows.append(f"  {snippet.start:>5} {text}{snippet.text[done:]}")
    return "\n".join(rows)


if __name__ == "__main__":
    sys.exit(main())
