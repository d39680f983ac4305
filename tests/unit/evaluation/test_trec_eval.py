"""Our figures against `trec_eval`'s own code, where pytrec_eval is installed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from searchlib.evaluation import evaluate_run, read_qrels, read_run

pytrec_eval = pytest.importorskip("pytrec_eval", reason="an extra: pip install 'searchlib[test]'")

NAMES = {
    "ndcg@5": "ndcg_cut_5",
    "ndcg@10": "ndcg_cut_10",
    "ndcg@100": "ndcg_cut_100",
    "mrr@1000": "recip_rank",
    "map@1000": "map",
    "map@10": "map_cut_10",
    "p@5": "P_5",
    "p@10": "P_10",
    "recall@10": "recall_10",
    "recall@100": "recall_100",
    "hit@1": "success_1",
    "hit@10": "success_10",
}
KINDS = {"ndcg_cut", "recip_rank", "map", "map_cut", "P", "recall", "success"}


@pytest.mark.parametrize("seed", range(20))
def test_every_measure_is_trec_evals(tmp_path: Path, seed: int) -> None:
    """Graded judgements, runs with equal scores, unjudged documents, short and empty answers: to 1e-6."""
    chance = random.Random(seed)
    documents = [f"d{number:03d}" for number in range(250)]
    qrels_file, run_file = tmp_path / "qrels.tsv", tmp_path / "mine.run"
    with qrels_file.open("w") as judged, run_file.open("w") as answered:
        for query in range(12):
            relevant = chance.sample(documents, chance.randint(2, 60))
            grades = [1, *(chance.choice([0, 0, 1, 1, 2, 3]) for _ in relevant[1:])]
            judged.writelines(f"q{query} 0 {d} {g}\n" for d, g in zip(relevant, grades, strict=True))
            found = chance.sample(documents, chance.choice([1, 5, 80, 200])) if query else []
            for rank, document in enumerate(found, 1):
                answered.write(f"q{query} Q0 {document} {rank} {chance.randint(0, 40) / 4} x\n")
    with qrels_file.open() as judged, run_file.open() as answered:
        theirs_of = pytrec_eval.parse_qrel(judged)
        kept = pytrec_eval.parse_run(answered)
    theirs = pytrec_eval.RelevanceEvaluator(theirs_of, KINDS).evaluate(kept)
    ours = evaluate_run(read_run(run_file), read_qrels(qrels_file), measures=list(NAMES))
    assert len(theirs) == 11
    for query, figures in theirs.items():
        wanted = {name: figures[their] for name, their in NAMES.items()}
        assert ours.per_query[query] == pytest.approx(wanted, abs=1e-6), query
    assert set(ours.per_query["q0"].values()) == {0.0}
