"""
What each choice of the ranking gives: one row a choice, one column a test collection.

    python tests/benchmarks/ranking.py DIR [DIR...] [--limit-queries N] [--every N]

A collection is a folder with `docs.jsonl` (id, headline or title, body),
`queries.jsonl` (id, text) and `qrels.tsv` (query, document, grade). It is indexed
twice, with headlines as given and blank, and each query is asked with
`match="any"`. The figures are nDCG@10. A choice fits when no column falls for it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # benchmarks, as in the tests

from engine_choice import answered_by

import searchlib
from benchmarks import tables
from benchmarks.judged_folder import parser_of_folders, read_judged
from searchlib import Index, evaluation

_SCORING = "searchlib.embedded.search.scoring"
_RESCORING = "searchlib.scoring.rescoring"
_LIGHT = "searchlib.analysis.stopwords"
_NEVER = 10**9


class Choice(NamedTuple):
    """One way to rank: the names that are something else than as shipped, and the headline's weight."""

    name: str
    changed: dict[str, Any]
    headline: float | None = None


_VARIED: Sequence[tuple[str, str, Sequence[float]]] = (
    ("k1 {:g}", "searchlib.scoring.bm25f.K1", (0.9, 1.5)),
    ("b {:g}", f"{_SCORING}.B", (0.5, 0.6, 0.9)),
    ("question words × {:g}", f"{_LIGHT}.QUESTION_FACTOR", (0.0, 0.5, 1.0)),
    ("function words × {:g}", f"{_LIGHT}.FUNCTION_FACTOR", (0.0, 0.3, 1.0)),
    ("passages from {:g} words on", "searchlib.scoring.query_terms.LEAST_WORDS_OF_A_TEXT", (3, _NEVER)),
    ("passages of the first {:g}", "searchlib.embedded.search.ranking.RESCORE_DEPTH", (20, 100)),
    ("passages by share^{:g}", f"{_RESCORING}.POWER", (2, 3, 5, 6)),
    ("pairs × {:g} in passages", f"{_RESCORING}.PAIR_PART", (0.0, 1.0)),
    ("lead × {:g}", f"{_RESCORING}.LEAD_WEIGHT", (0.0, 0.02, 0.1)),
    ("lead of {:g} sentences", "searchlib.scoring.passages.LEAD_SENTENCES", (1, 5)),
)
"""What is called so, the name of its number, and the numbers that it is given."""


def choices() -> Iterator[Choice]:
    """Yield the ranking as it is, then with one part of it changed at a time."""
    yield Choice("as it is", {})
    for word, pair in ((1.0, 1.0), (4 / 3, 2 / 3), (2.0, 0.0), (0.0, 2.0)):
        yield Choice(
            f"shares: word {word:.2f}, pair {pair:.2f}",
            {"searchlib.scoring.plan.SHARES": {"word": word, "pair": pair}},
        )
    for weight in (1.0, 2.0, 5.0):
        yield Choice(f"headline × {weight:g}", {}, weight)
    for called, name, values in _VARIED:
        for value in values:
            yield Choice(called.format(value), {name: value})


@dataclass(frozen=True)
class Collection:
    """A test collection, indexed."""

    name: str
    index: Index
    topics: evaluation.Topics
    qrels: evaluation.Qrels

    def ndcg(self, choice: Choice) -> float:
        """Return nDCG@10 over all queries when the ranking is changed."""
        boosts = {} if choice.headline is None else {"headline": choice.headline}

        def ranked(words: str, depth: int) -> list[str]:
            found = self.index.search(words, match="any", limit=min(depth, 10), snippets=0, boosts=boosts)
            return [hit.id for hit in found]

        with ExitStack() as stack:
            stack.enter_context(answered_by("numpy"))  # the kernel has numbers of its own
            for name, value in choice.changed.items():
                stack.enter_context(patch(name, value))
            return evaluation.evaluate(self.topics, self.qrels, ranked).means["ndcg@10"]


def collections(folder: Path, place: Path, limit: int | None, every: int) -> Iterator[Collection]:
    """Index a collection with its headlines, when it has any, and without."""
    articles, topics, qrels = read_judged(folder, limit, every)
    for name in ("given", "blank"):
        if name == "blank" or any(article.headline for article in articles):
            index = searchlib.open(place / f"{folder.name}-{name}.idx")
            index.add(articles if name == "given" else (replace(one, headline="") for one in articles))
            yield Collection(f"{folder.name}, {name}", index, topics, qrels)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = parser_of_folders(__doc__)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ranking-") as place:
        measured = [
            collection
            for folder in options.folders
            for collection in collections(folder, Path(place), options.limit_queries, options.every)
        ]
        rows = [
            [choice.name, *(f"{collection.ndcg(choice):.4f}" for collection in measured)]
            for choice in choices()
        ]
        sys.stdout.write(tables.table(["nDCG@10", *(one.name for one in measured)], rows))
        for collection in measured:
            collection.index.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
