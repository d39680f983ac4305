"""Collections with judgements in folders, as `search eval` reads them, and the options that name them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from searchlib import Article, evaluation


class Judged(NamedTuple):
    """Articles, queries and judgements."""

    articles: Sequence[Article]
    topics: evaluation.Topics
    qrels: evaluation.Qrels


def read_judged(folder: Path, limit: int | None, every: int) -> Judged:
    """Read a folder with `docs.jsonl`, `queries.jsonl` and `qrels.tsv`; of the queries the first, or some."""
    topics = dict(list(evaluation.read_topics(folder / evaluation.TOPICS).items())[:limit][::every])
    judged = evaluation.read_qrels(folder / evaluation.QRELS)
    qrels = {query: grades for query, grades in judged.items() if query in topics}
    return Judged(list(evaluation.read_documents(folder / evaluation.DOCUMENTS)), topics, qrels)


def parser_of_folders(description: str | None) -> argparse.ArgumentParser:
    """Return what reads the folders, and which of their queries are asked."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    parser.add_argument("--limit-queries", type=int, metavar="N", help="the first N queries only")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth query only")
    return parser
