"""The verb that measures a collection."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Two documents and two queries, each answered by one."""
    files = {
        "docs.jsonl": [
            '{"id": "1", "title": "冬捕", "body": "查干湖"}',
            '{"id": "2", "title": "农业", "body": "丰收"}',
        ],
        "queries.jsonl": ['{"id": "q1", "text": "查干湖"}', '{"id": "q2", "text": "农业"}'],
        "qrels.tsv": ["q1\t1\t1", "q2\t2\t1"],
    }
    for name, lines in files.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_eval_measures_a_collection(search: Search, collection: Path) -> None:
    """Perfect answers reach 1; without headlines the second query finds nothing."""
    figures = json.loads(search("eval", ".", "--json", cwd=collection).stdout)
    assert (figures["format"], figures["queries"], figures["ndcg@10"], figures["hit@1"]) == (1, 2, 1.0, 1.0)
    done = search("eval", ".", "--blank-headlines", cwd=collection)
    assert "recall@100  0.5000\n" in done.stdout
    figures = json.loads(search("eval", ".", "-n", "1", "--match", "any", "--json", cwd=collection).stdout)
    assert figures["queries"] == 1


def test_eval_keeps_a_run_and_compares_it(search: Search, collection: Path) -> None:
    """A run that is written measures as when it was found; another one is compared query by query."""
    done = search("eval", ".", "--write-run", "mine.run", "--measure", "mrr@5", "--json", cwd=collection)
    assert json.loads(done.stdout)["mrr@5"] == 1.0
    assert (collection / "mine.run").read_text("utf-8").splitlines()[0] == "q1\tQ0\t1\t1\t1\tsearchlib"
    (collection / "other.run").write_text("q1 Q0 2 1 9 x\nq1 Q0 1 2 8 x\n", "utf-8")
    both = ("eval", ".", "--run", "mine.run", "--compare", "other.run", "--measure", "mrr@5")
    content = json.loads(search(*both, "--per-query", "--json", cwd=collection).stdout)
    assert content == {
        "format": 1,
        "queries": 2,
        "mrr@5": 1.0,
        "unjudged": 0,
        "per_query": {"q1": {"mrr@5": 1.0}, "q2": {"mrr@5": 1.0}},
        "compared": {
            "mrr@5": {
                "first": 1.0,
                "second": 0.25,
                "difference": -0.75,
                "first_better": 2,
                "second_better": 0,
                "p": 0.5,
            }
        },
    }
    assert search(*both, "--per-query", cwd=collection).stdout.splitlines() == [
        "queries   2",
        "mrr@5     1.0000",
        "unjudged  0",
        "",
        "query  mrr@5",
        "q1     1.0000",
        "q2     1.0000",
        "",
        "measure  this    other   other - this  this better  other better  p",
        "mrr@5    1.0000  0.2500  -0.7500       2            0             0.5000",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--run", "bad.run"], "bad.run, line 2: has 3 columns"),
        (["--measure", "f1@10"], "ndcg, mrr, map, p, recall, hit"),
        (["--run", "good.run", "-n", "1"], "--run is measured as it is"),
        (["--run", "good.run", "--write-run", "nowhere/mine.run"], "nowhere/mine.run"),
    ],
)
def test_eval_names_what_is_wrong(search: Search, collection: Path, options: list[str], said: str) -> None:
    """File and line, measure, option."""
    (collection / "good.run").write_text("q1 Q0 1 1 9 x\n", "utf-8")
    (collection / "bad.run").write_text("q1 Q0 1 1 9 x\nq1 Q0 2\n", "utf-8")
    done = search("eval", ".", *options, cwd=collection)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


def test_eval_of_a_folder_without_a_collection(search: Search, tmp_path: Path) -> None:
    """The missing file is named."""
    done = search("eval", ".", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "queries.jsonl" in done.stderr
