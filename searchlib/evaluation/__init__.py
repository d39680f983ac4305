"""
Here are topics, judgements and a search callable: how good is the ranking?

Not for searching: whatever takes words and gives ids can be measured, so that
two engines are compared by the same code. Nor for saying whether a difference
between two rankings is more than chance; the values of each query are kept for
that.
"""

from __future__ import annotations

from searchlib.evaluation.figures import Figures, QueryFigures, evaluate
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
from searchlib.evaluation.run import Ranking, Search, ask

__all__ = [
    "DOCUMENTS",
    "QRELS",
    "TOPICS",
    "Figures",
    "Qrels",
    "QueryFigures",
    "Ranking",
    "Search",
    "Topics",
    "ask",
    "average_precision",
    "evaluate",
    "ndcg_at",
    "precision_at",
    "read_documents",
    "read_qrels",
    "read_topics",
    "recall_at",
    "reciprocal_rank_at",
]
