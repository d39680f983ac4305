"""
How good the ranking and the suggestions are, on a small made-up collection: floors, and that they notice.

The collection is written by `tests/support/judged_collection.py`, which says what each kind of question is
for. A floor that is missed means that articles come in a worse order: look at `search explain`
for the first question whose answer is not first, and renew a floor only for a reason.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from statistics import fmean
from unittest.mock import patch

import judged_collection
import pytest

import searchlib
from searchlib import Index, evaluation, native
from searchlib.embedded.suggest import corrections

DATA = Path(__file__).parent / "data" / "judged"
KINDS = ("long", "lead", "late", "form", "literal", "question")
FLOOR = 0.99
"""Of nDCG@10 and MRR of each kind: all are 1.0 today, one of twelve answers in second place is 0.97."""

RIGHT = 0.97
"""Share of the misspellings that are put right at least; 110 of 112 today."""

SPOILT = {
    "b": ({"searchlib.embedded.search.scoring.B": 0.0}, "long"),
    "the lead's weight": ({"searchlib.scoring.rescoring.LEAD_WEIGHT": 0.0}, "lead"),
    "the share of other forms": (
        {
            "searchlib.scoring.plan.EQUIVALENT_SHARE": 0.3,
            "searchlib.embedded.search.synthetic_scores.EQUIVALENT_SHARE": 0.3,
        },
        "form",
    ),
}
"""Constants of the ranking, each with another value and the kind of question that notices."""


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The collection, answered in Python: a compiled kernel would not see a changed constant."""
    with patch.dict(os.environ, {"SEARCHLIB_ENGINE": "numpy"}):
        native.engine.cache_clear()
        with searchlib.open(tmp_path_factory.mktemp("quality") / "judged.idx") as opened:
            opened.add(evaluation.read_documents(DATA / evaluation.DOCUMENTS))
            yield opened
    native.engine.cache_clear()


def measured(index: Index) -> dict[str, tuple[float, float]]:
    """Return nDCG@10 and the reciprocal rank of each kind of question, in the default mode."""
    topics = evaluation.read_topics(DATA / evaluation.TOPICS)
    qrels = evaluation.read_qrels(DATA / evaluation.QRELS)

    def ranked(words: str, depth: int) -> list[str]:
        return [hit.id for hit in index.search(words, limit=min(depth, 10), snippets=0)]

    values = evaluation.evaluate(topics, qrels, ranked).per_query
    found: dict[str, tuple[float, float]] = {}
    for kind in KINDS:
        of_kind = [one for query, one in values.items() if query.rstrip("0123456789") == kind]
        assert len(of_kind) >= 12
        found[kind] = fmean(one["ndcg@10"] for one in of_kind), fmean(one["mrr@10"] for one in of_kind)
    return found


def share_put_right(index: Index) -> float:
    """Return the share of the misspellings for which the right text is suggested."""
    rows = [line.split("\t") for line in (DATA / "misspelt.tsv").read_text("utf-8").splitlines()]
    assert len(rows) >= 100
    return fmean(index.search(wrong, snippets=0).suggestion == right for wrong, right in rows)


def test_the_collection_is_what_the_script_writes(tmp_path: Path) -> None:
    """Three hundred articles and sixty questions at least."""
    judged_collection.write(tmp_path)
    written = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_text("utf-8") for path in DATA.iterdir()}
    counts: Mapping[str, int] = {name: len(text.splitlines()) for name, text in written.items()}
    assert counts["docs.jsonl"] >= 300
    assert counts["queries.jsonl"] >= 60


def test_the_best_come_first(index: Index) -> None:
    """Each kind of question is answered as well as it was."""
    assert {kind: values for kind, values in measured(index).items() if min(values) < FLOOR} == {}


def test_misspellings_are_put_right(index: Index) -> None:
    """Sound, shape, order, a character twice."""
    assert share_put_right(index) >= RIGHT


@pytest.mark.parametrize("constant", SPOILT)
def test_a_spoilt_constant_of_the_ranking_is_noticed(index: Index, constant: str) -> None:
    """Its kind of question falls below the floor, and that one only or with others."""
    values, kind = SPOILT[constant]
    with ExitStack() as stack:
        for name, value in values.items():
            module, _, attribute = name.rpartition(".")
            assert getattr(import_module(module), attribute) != value
            stack.enter_context(patch(name, value))
        assert measured(index)[kind][0] < FLOOR


@pytest.mark.parametrize(
    ("slip", "cost"), [("looks alike", 0.5), ("sounds the same", 2.5), ("is written twice", 2.6)]
)
def test_a_spoilt_cost_of_a_slip_is_noticed(index: Index, slip: str, cost: float) -> None:
    """Too few misspellings are put right."""
    with patch.dict(corrections.COSTS, {slip: cost}):
        assert share_put_right(index) < RIGHT
