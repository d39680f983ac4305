"""
Here are topics, judgements and a search callable: how good is the ranking?

`qrels` reads collections, `run` asks topics and reads and writes TREC runs,
`metrics` has the formulas, `measures` their names, `figures` the means over a
collection, `compare` says whether two systems differ by more than chance. Not
for searching: whatever takes words and gives ids can be measured, so that two
engines are compared by the same code.
"""

from __future__ import annotations

from searchlib.evaluation.figures import Figures, evaluate, evaluate_run
from searchlib.evaluation.measures import DEFAULT_MEASURES, Measure, measure_of
from searchlib.evaluation.metrics import (
    average_precision,
    ndcg_at,
    precision_at,
    recall_at,
    reciprocal_rank_at,
)
from searchlib.evaluation.qrels import (
    DOCUMENTS,
    QRELS,
    TOPICS,
    Qrels,
    Topics,
    read_documents,
    read_qrels,
    read_topics,
)
from searchlib.evaluation.run import Ranking, Run, Search, ask, read_run, run_lines

__all__ = [
    "DEFAULT_MEASURES",
    "DOCUMENTS",
    "QRELS",
    "TOPICS",
    "Figures",
    "Measure",
    "Qrels",
    "Ranking",
    "Run",
    "Search",
    "Topics",
    "ask",
    "average_precision",
    "evaluate",
    "evaluate_run",
    "measure_of",
    "ndcg_at",
    "precision_at",
    "read_documents",
    "read_qrels",
    "read_run",
    "read_topics",
    "recall_at",
    "reciprocal_rank_at",
    "run_lines",
]
