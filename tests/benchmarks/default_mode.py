"""
How well the default mode answers what people type, beside `match="any"`.

    python tests/benchmarks/default_mode.py DIR [DIR...] [--limit-queries N] [--every N] [--questions FILE]

A collection is a folder with `docs.jsonl` (id, headline or title, body), `queries.jsonl`
(id, text) and `qrels.tsv` (query, document, grade). Each is indexed twice, with headlines as
given and without, and each query is asked as it is typed in both modes. The figures are means
over all queries: hit@1 and hit@10 (the share of queries with a right article among the first 1
or 10), nDCG@10 and recall@100. Of the default mode the last columns say how many queries found
nothing, and the mean `total`.

`--questions FILE` asks the questions of another file (`{"id", "text", "articles"}` a line) about
the articles of the first collection, such as `tests/benchmarks/questions_news20k.jsonl`.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, get_args

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # benchmarks, as in the tests

import searchlib
from benchmarks import tables
from benchmarks.judged_folder import parser_of_folders, read_judged
from searchlib import Index, evaluation
from searchlib.options import Match

MODES: Sequence[Match] = ("auto", "any")
MEASURES = ("hit@1", "hit@10", "ndcg@10", "recall@100")
DEPTH = 100


class Collection(NamedTuple):
    """What is asked of which index."""

    name: str
    articles: Index
    topics: evaluation.Topics
    qrels: evaluation.Qrels


def collections(
    folder: Path, place: Path, limit: int | None, every: int, questions: Path | None
) -> Iterator[Collection]:
    """Index a collection with its headlines, where it has any, and without; yield what to ask it."""
    articles, topics, qrels = read_judged(folder, limit, every)
    for name in ("given", "blank"):
        if name == "given" and not any(article.headline for article in articles):
            continue
        index = searchlib.open(place / f"{folder.name}-{name}.idx")
        if not len(index):
            index.add(articles if name == "given" else (replace(one, headline="") for one in articles))
        yield Collection(f"{folder.name}, {name}", index, topics, qrels)
        if questions is not None and name == "given":
            yield Collection(questions.stem, index, *read_questions(questions))


def read_questions(file: Path) -> tuple[evaluation.Topics, evaluation.Qrels]:
    """Read questions, each with the ids of the articles that answer it."""
    records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    topics = {str(one["id"]): str(one["text"]) for one in records}
    return topics, {str(one["id"]): dict.fromkeys(one["articles"], 1.0) for one in records}


def rows(collection: Collection) -> Iterator[list[str]]:
    """Yield a row of the table for each mode."""
    for mode in MODES:
        totals: list[int] = []

        def ranked(words: str, depth: int, mode: Match = mode, totals: list[int] = totals) -> list[str]:
            found = collection.articles.search(words, match=mode, limit=min(depth, DEPTH), snippets=0)
            totals.append(found.total)
            return [hit.id for hit in found]

        means = evaluation.evaluate(collection.topics, collection.qrels, ranked, measures=MEASURES).means
        yield [
            collection.name,
            mode,
            *(f"{means[name]:.4f}" for name in MEASURES),
            str(totals.count(0)),
            f"{statistics.fmean(totals):,.0f}",
        ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    assert set(MODES) <= set(get_args(Match))
    parser = parser_of_folders(__doc__)
    parser.add_argument("--questions", type=Path, metavar="FILE", help="questions about the first collection")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the indexes there for another run")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="default-mode-") as temporary:
        place = options.keep or Path(temporary)
        measured: list[list[str]] = []
        for number, folder in enumerate(options.folders):
            questions = None if number else options.questions
            for one in collections(folder, place, options.limit_queries, options.every, questions):
                measured += rows(one)
                one.articles.close()
        header = ["collection", "mode", *MEASURES, "nothing", "mean total"]
        sys.stdout.write(tables.table(header, measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())
