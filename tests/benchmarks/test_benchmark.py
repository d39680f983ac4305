"""The benchmark runs on the corpus, and what it writes has the shape that readers of it rely on."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import searchlib
from benchmarks import benchmark, growing, increments, ranking, ranking_peers, same_words, tables
from benchmarks.engines import ENGINES, OWN, entry_of, missing
from benchmarks.records import Record, prepare, read
from benchmarks.substrings import Scan
from benchmarks.workload import KINDS, WARM_UP, draw

pytestmark = pytest.mark.bench

ROOT = Path(__file__).parents[2]

DATELESS = {"newest"}
"""Kinds of query that the corpus cannot ask: its pages have too few full dates."""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, corpus_folder: Path) -> dict[str, Any]:
    """The report of a small run, and the chart beside it."""
    folder = tmp_path_factory.mktemp("benchmark")
    out, chart = folder / "out.json", folder / "out.svg"
    options = ["--peers", "none", "--runs", "1", "--queries", "5", "--json", str(out), "--chart", str(chart)]
    assert benchmark.main([str(corpus_folder), *options]) == 0
    ET.parse(chart)  # noqa: S314 (our own file)
    loaded: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return loaded


SCRIPTS = sorted(
    {
        script
        for path in (ROOT / "README.md", *ROOT.glob("searchlib/guide/*/*.md"))
        for script in re.findall(r"python (tests/[\w/]+\.py)", path.read_text("utf-8"))
    }
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_of_the_documents_starts_as_it_says(script: str) -> None:
    """From the top of the repository, in a process that knows nothing else."""
    run = subprocess.run(
        [sys.executable, script, "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "usage:" in run.stdout


def test_the_report_says_what_was_measured(report: dict[str, Any]) -> None:
    """Machine, corpus and settings stand in the report."""
    assert report["format"] == 1
    assert report["settings"] == {"seed": 1, "runs": 1, "queries": 5}
    assert report["corpus"]["articles"] >= 20
    assert report["corpus"]["text_bytes"] > report["corpus"]["characters"]
    assert report["machine"]["cores"] >= 1
    assert report["machine"]["versions"]["searchlib"]
    assert report["missing"] == {}


def test_the_report_has_every_figure(report: dict[str, Any]) -> None:
    """Each figure is there and above zero, and every phrase was found."""
    assert list(report["engines"]) == [OWN]
    own = report["engines"][OWN]
    assert set(own) == {"label", "index", "query", "phrases_found", "cold_ms"}
    index = own["index"]
    figures = {"seconds", "mb_per_s", "size_bytes", "size_per_text", "peak_bytes", "runs_s"}
    assert set(index) == figures
    assert all(index[key] for key in figures - {"peak_bytes"})
    assert index["peak_bytes"] is None or index["peak_bytes"] > 10_000_000  # Windows does not tell
    assert set(KINDS) - DATELESS <= set(own["query"]) <= set(KINDS)
    for times in own["query"].values():
        assert 0 < times["p50_ms"] <= times["p95_ms"]
        assert times["hits"] > 0
    assert own["phrases_found"] == 1.0
    assert own["cold_ms"] > report["floor"]["python"] > 0


def test_tables_leave_out_what_was_not_measured(report: dict[str, Any]) -> None:
    """Two tables without peers, three with one; a peer that is not installed is named."""
    lonely = tables.render(report)
    assert lonely.count("| --- |") == 2
    peer = report["engines"][OWN] | {"label": "a peer", "phrases_found": None}
    both = report | {"engines": report["engines"] | {"whoosh": peer}, "missing": {"bm25s": ["bm25s"]}}
    text = tables.render(both)
    assert text.count("| --- |") == 3
    assert "Left out: bm25s, not installed: bm25s." in text
    assert "| cold process | 1.00 |" in text


def test_the_queries_come_from_the_articles(tmp_path: Path, corpus_folder: Path) -> None:
    """The same seed draws the same queries, another one others, and every phrase has a holder."""
    records = tmp_path / "records.jsonl"
    prepare(corpus_folder, records)
    drawn = draw(records, 5, seed=3)
    assert drawn == draw(records, 5, seed=3)
    assert drawn.queries != draw(records, 5, seed=4).queries
    assert {kind for kind, queries in drawn.queries.items() if len(queries) == 5 + WARM_UP} >= set(
        KINDS
    ) - DATELESS
    assert drawn.holders
    assert all(drawn.holders.values())


def test_articles_come_again_with_fresh_ids(tmp_path: Path) -> None:
    """More articles than there are in the file are the same ones, each under an id of its own."""
    source, records = tmp_path / "docs.jsonl", tmp_path / "records.jsonl"
    lines = [
        {"title": "一", "body": "甲", "date": "2024-08-09"},
        {"headline": "二", "text": "乙", "date": "2024"},
    ]
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert prepare(source, records).dated == 1
    once = [Record("0000000", "一", "甲", "2024-08-09"), Record("0000001", "二", "乙", "")]
    assert list(read(records)) == once
    again = list(read(records, 5))
    assert [each.title for each in again] == ["一", "二", "一", "二", "一"]
    assert len({each.id for each in again}) == 5


@pytest.mark.parametrize(("limit", "bodies"), [(1, "4"), (2, "24"), (3, "234"), (4, "1234"), (9, "1234")])
def test_a_limit_takes_from_all_over_the_file(tmp_path: Path, limit: int, bodies: str) -> None:
    """Not the first so many, and in their order."""
    source, records = tmp_path / "docs.jsonl", tmp_path / "records.jsonl"
    source.write_text("".join(json.dumps({"body": body}) + "\n" for body in "1234"), "utf-8")
    assert prepare(source, records, limit).articles == len(bodies)
    assert "".join(each.body for each in read(records)) == bodies


@pytest.mark.parametrize(
    ("phrase", "ids"),
    [
        ("党建", {"1", "2"}),
        ("建引", {"1"}),
        ("。", set()),
        ("建。引", {"2"}),
        ("火星", set()),
        ("919", {"3"}),
        ("91", set()),
    ],
)
def test_the_scan_finds_by_the_rules_of_matching(phrase: str, ids: set[str]) -> None:
    """A border is not crossed, and numbers are whole."""
    bodies = {"1": "“党建”引领", "2": "党建。引领", "3": "C919首飞"}
    scan = Scan(Record(key, "", body, "") for key, body in bodies.items())
    assert scan.holders(phrase) == ids


def test_substrings_of_the_corpus_are_found_exactly(
    corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--substrings` says so and exits with 0."""
    code = benchmark.main([str(corpus_folder), "--substrings", "50", "--articles", "20"])
    printed = capsys.readouterr().out
    assert code == 0, printed
    assert printed.startswith("50 of 50 substrings over 20 articles found exactly")


def test_all_engines_cut_the_corpus_alike(corpus_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--words` says so and exits with 0."""
    code = benchmark.main([str(corpus_folder), "--words"])
    printed = capsys.readouterr().out
    assert code == 0, printed
    assert printed.endswith("jieba, rjieba and the dictionary's file differ in 0 places.\n")


def test_a_word_cut_otherwise_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place is marked, with what stands around it."""
    records = tmp_path / "docs.jsonl"
    records.write_text('{"title": "党建引领", "body": "党建引领基层治理"}\n', "utf-8")
    target = tmp_path / "records.jsonl"
    prepare(records, target)
    monkeypatch.setattr(same_words, "_by_runs", lambda _, han: [han[:3], *han[3:]])
    checked = same_words.check(target)
    assert checked["differing"] > 0
    assert checked["examples"][0] == "file, run by run: '党建|引领\\n党建引领基'"


def test_answers_do_not_depend_on_how_the_articles_came(
    corpus_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--increments` says so and exits with 0."""
    code = benchmark.main([str(corpus_folder), "--increments", "60"])
    printed = capsys.readouterr().out
    assert code == 0, printed
    assert printed.startswith("120 of 120 answers to 60 queries over ")


def test_an_answer_that_differs_is_named(
    corpus_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One article lost on the way is seen, and the command exits with 1."""
    in_calls = increments._in_calls
    monkeypatch.setattr(
        increments, "_in_calls", lambda index, records, rng: in_calls(index, records[1:], rng)
    )
    code = benchmark.main([str(corpus_folder), "--increments", "60"])
    printed = capsys.readouterr().out
    assert code == 1
    assert "in 50 calls, " in printed


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ((2, [("a", 2.0), ("b", 1.0 + 1e-12)]), ""),
        ((3, [("a", 2.0), ("b", 1.0)]), "3 hits, not 2"),
        ((2, [("b", 2.0), ("a", 1.0)]), "rank 1 is b (2.0), not a (2.0)"),
        ((2, [("a", 2.0), ("b", 1.001)]), "b at rank 2 scores 1.001, not 1.0"),
    ],
)
def test_two_answers_are_compared_hit_by_hit(found: tuple[int, list[tuple[str, float]]], said: str) -> None:
    """Totals, ids, order, scores."""
    assert increments._difference((2, [("a", 2.0), ("b", 1.0)]), found) == said


def test_growth_is_shown_from_step_to_step() -> None:
    """Figures of a step, then how many times those of the step before."""
    few = {
        "articles": 10,
        "text_bytes": 1e6,
        "seconds": 2.0,
        "size_bytes": 1.5e6,
        "peak_bytes": None,
        "private_bytes": 2_000_000,
        "p50_ms": {"word": 1.0},
        "peer_p50_ms": {"word": 0.5},
    }
    many = few | {
        "articles": 40,
        "text_bytes": 4e6,
        "seconds": 6.0,
        "size_bytes": 6e6,
        "p50_ms": {"word": 2.0},
        "peer_p50_ms": {"word": 4.0},
    }
    assert growing.render([few, many]).splitlines()[2:] == [
        "| 10 | 1.00 | 2.00 | 0.500 | 1.50 | – | 2.00 | 1.00 |",
        "| 40 | 4.00 | 6.00 | 0.667 | 1.50 | – | 2.00 | 2.00 |",
        "| 4 × the articles | × 4.00 | × 3.00 | – | × 4.00 | – | × 1.00 | × 2.00 |",
        "| the same, tantivy, words only, no text | – | – | – | – | – | – | × 8.00 |",
        "| 10 ÷ tantivy, words only, no text | – | – | – | – | – | – | × 2.00 |",
        "| 40 ÷ tantivy, words only, no text | – | – | – | – | – | – | × 0.500 |",
    ]


def test_growth_without_the_peer_is_that_of_searchlib_alone() -> None:
    """No rows of the peer."""
    step: dict[str, Any] = {"articles": 10, "text_bytes": 1e6, "seconds": 2.0, "size_bytes": 1.5e6}
    step |= {"peak_bytes": None, "private_bytes": None, "p50_ms": {"word": 1.0}, "peer_p50_ms": {}}
    assert growing.render([step]).splitlines()[2:] == ["| 10 | 1.00 | 2.00 | 0.500 | 1.50 | – | – | 1.00 |"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["corpus", "--peers", "lucene"], "unknown: lucene; there are tantivy-words"),
        (["corpus", "--limit", "0"], "0 is not 1 or more"),
        (["nowhere.jsonl"], "nowhere.jsonl is not there"),
        (["corpus", "--grow", "--chart", "out.svg"], "--chart is of the comparison"),
    ],
)
def test_a_wrong_option_is_named(options: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be measured is refused before anything runs."""
    with pytest.raises(SystemExit):
        benchmark.main(options)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_says_what_it_needs(name: str) -> None:
    """What is missing is known before anything runs; searchlib itself needs nothing more."""
    assert set(missing(name)) <= set(ENGINES[name].needs)
    assert (name == OWN) == (not ENGINES[name].needs)


def test_peers_rank_the_same_articles(tmp_path: Path) -> None:
    """One table with headlines and one without, by hand: the second query stands in a headline."""
    folder = tmp_path / "two"
    folder.mkdir()
    documents = [
        {"id": "a", "title": "农业 银行", "body": "头鱼拍出高价。"},
        {"id": "b", "title": "天气", "body": "头鱼没有拍出高价，天气很好，别的也说。"},
    ]
    queries = [{"id": "1", "text": "头鱼拍出高价"}, {"id": "2", "text": "农业"}]
    for name, records in (("docs", documents), ("queries", queries)):
        lines = [json.dumps(record, ensure_ascii=False) for record in records]
        (folder / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "qrels.tsv").write_text("1\ta\t1\n2\ta\t1\n", "utf-8")
    # A process of its own: jieba.analyse leaves a file open.
    command = [sys.executable, ranking_peers.__file__, str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    measured = [OWN, *(name for name in ranking_peers.PEERS if not missing(name))]
    for headlines, value in (("given", "1.0000"), ("blank", "0.5000")):
        assert f"two, headlines {headlines}: 2 articles, 2 queries" in said
        for name in measured:
            assert f"| {entry_of(name).label} | {value} | {value} | {value} |" in said, said
    assert said.count("Left out") == len(ranking_peers.PEERS) + 1 - len(measured)


def test_every_choice_of_the_ranking_is_there() -> None:
    """What a row changes is a number of the library, wherever it has moved to."""
    names = {name for choice in ranking.choices() for name in choice.changed}
    assert len(names) > 9
    for name in names:
        module, _, number = name.rpartition(".")
        assert hasattr(import_module(module), number), name


def test_a_choice_changes_the_ranking(tmp_path: Path) -> None:
    """The arrays answer, whose numbers these are: a short article is first because of its length alone."""
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add([{"id": "short", "body": "冬捕"}, {"id": "long", "body": f"冬捕。{'鱼很多。' * 20}"}])
        collection = ranking.Collection("two", index, {"q": "冬捕"}, {"q": {"short": 1}})
        turned = ranking.Choice("turned", {"searchlib.embedded.search.scoring.B": -0.5})
        assert collection.ndcg(ranking.Choice("as it is", {})) == 1.0
        assert collection.ndcg(turned) < 1.0
