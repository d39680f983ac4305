"""`search eval DIR`: how good the ranking is on a test collection."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchlib.answers import json_object
from searchlib.cli.aligned import table_lines
from searchlib.cli.parameters import examples, json_option, limit_of
from searchlib.cli.progress import progress
from searchlib.cli.routing import Verb
from searchlib.cli.streams import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from searchlib import Match
    from searchlib.evaluation import Figures
    from searchlib.evaluation.compare import Comparison

_EPILOG = examples(
    ("search eval cmrc2018/", "all queries of the collection"),
    ("search eval news/ --blank-headlines -n 200 --json", "headlines as queries, the first 200"),
    ("search eval news/ --write-run mine.run", "keep the rankings, as TREC writes them"),
    ("search eval news/ --run mine.run --compare other.run", "two kept rankings, and whether they differ"),
)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("eval", cls=Verb, epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-n", "--limit", callback=limit_of, metavar="N|all", help="Only the first N queries.")
@click.option("--blank-headlines", is_flag=True, help="Index without headlines, where they are the queries.")
@click.option(
    "--match",
    type=click.Choice(["auto", "all", "any"]),
    default="auto",
    show_default=True,
    help="Ask in this mode: auto, the default of a search, or as plain text.",
)
@click.option(
    "--measure",
    "measures",
    multiple=True,
    metavar="NAME@K",
    help="ndcg, mrr, map, p, recall or hit at K ranks, as ndcg@20; can be given several times.",
)
@click.option("--per-query", is_flag=True, help="Show each query's figures, the worst first.")
@click.option("--run", "run_file", type=_FILE, metavar="FILE", help="Measure a TREC run; nothing is indexed.")
@click.option(
    "--write-run",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write what was found as a TREC run.",
)
@click.option(
    "--compare",
    "other_file",
    type=_FILE,
    metavar="FILE",
    help="Compare with a TREC run: is the difference more than chance?",
)
@json_option
def command(
    folder: Path,
    *,
    limit: Any,
    blank_headlines: bool,
    match: Match,
    measures: tuple[str, ...],
    per_query: bool,
    run_file: Path | None,
    write_run: Path | None,
    other_file: Path | None,
    as_json: bool,
) -> int:
    """
    Measure ranking and speed on a test collection, in an index made for it and thrown away.

    DIR holds docs.jsonl (articles with an id), queries.jsonl (id, text) and qrels.tsv (query, document,
    grade); for --run qrels.tsv is enough. Queries are asked as they are typed, in the default mode unless
    --match says otherwise. The figures are means over all queries that have a relevant document, from 0 to
    1; a query that a run does not answer counts 0. --compare gives p of a paired randomisation test (100,000
    exchanges, seeded).
    """
    from searchlib import evaluation  # noqa: PLC0415 (only this verb needs it)

    if run_file and (blank_headlines or limit is not None):
        raise click.UsageError("--run is measured as it is: without --limit and --blank-headlines")
    wanted = [evaluation.measure_of(name).name for name in measures or evaluation.DEFAULT_MEASURES]
    wanted = list(dict.fromkeys(wanted))
    other = evaluation.read_run(other_file) if other_file else None
    if run_file:
        qrels = evaluation.read_qrels(folder / evaluation.QRELS)
        figures = evaluation.evaluate_run(evaluation.read_run(run_file), qrels, measures=wanted)
    else:
        figures = _measure(
            folder,
            limit=None if limit == "all" else limit,
            blank_headlines=blank_headlines,
            match=match,
            measures=wanted,
        )
    if write_run:
        lines = (f"{line}\n" for line in evaluation.run_lines(figures.run))
        write_run.write_text("".join(lines), encoding="utf-8")
    compared = None if other is None else _compare(figures, other, folder, wanted)
    content = figures.to_dict()
    if as_json:
        if per_query:
            content["per_query"] = figures.per_query
        if compared is not None:
            content["compared"] = {name: one.to_dict() for name, one in compared.items()}
        say(json_object(content))
    else:
        for line in _tables(content, figures if per_query else None, compared):
            say(line)
    return 0


def _measure(
    folder: Path, *, limit: int | None, blank_headlines: bool, match: Match, measures: Sequence[str]
) -> Figures:
    """Index the documents and ask the queries."""
    import searchlib  # noqa: PLC0415 (the engine is loaded when there is something to measure)
    from searchlib import evaluation  # noqa: PLC0415

    topics = evaluation.read_topics(folder / evaluation.TOPICS)
    qrels = evaluation.read_qrels(folder / evaluation.QRELS)
    documents = evaluation.read_documents(folder / evaluation.DOCUMENTS)
    if blank_headlines:
        documents = (replace(document, headline="") for document in documents)
    asked = 0
    with tempfile.TemporaryDirectory() as place, searchlib.open(Path(place) / "index") as index:
        index.add(documents)
        with progress() as show:

            def rank(words: str, depth: int) -> list[str]:
                nonlocal asked
                asked += 1
                if show is not None:
                    show(asked, limit or len(topics), words)
                return [hit.id for hit in index.search(words, match=match, limit=depth, snippets=0)]

            return evaluation.evaluate(topics, qrels, rank, limit=limit, measures=measures)


def _compare(
    figures: Figures, other: Mapping[str, Sequence[str]], folder: Path, measures: Sequence[str]
) -> Mapping[str, Comparison]:
    """Measure the other run on the same queries, and compare."""
    from searchlib import evaluation  # noqa: PLC0415
    from searchlib.evaluation.compare import compare  # noqa: PLC0415 (numpy)

    qrels = evaluation.read_qrels(folder / evaluation.QRELS)
    same = {query: grades for query, grades in qrels.items() if query in figures.per_query}
    return compare(figures, evaluation.evaluate_run(other, same, measures=measures))


def _tables(
    content: Mapping[str, Any], figures: Figures | None, compared: Mapping[str, Comparison] | None
) -> Iterator[str]:
    """Yield the means, then what was asked for besides, an empty line between two tables."""
    yield from table_lines([(name, _round(value)) for name, value in content.items()])
    if figures is not None:
        names = list(figures.means)
        rows = sorted(figures.per_query.items(), key=lambda row: row[1][names[0]])
        yield ""
        yield from table_lines(
            [("query", *names), *((query, *(_round(values[n]) for n in names)) for query, values in rows)]
        )
    if compared is not None:
        head = ("measure", "this", "other", "other - this", "this better", "other better", "p")
        yield ""
        yield from table_lines(
            [
                head,
                *(
                    (
                        name,
                        _round(one.first),
                        _round(one.second),
                        f"{one.difference:+.4f}",
                        str(one.first_better),
                        str(one.second_better),
                        _round(one.p) if one.p >= 0.0001 else f"{one.p:.1g}",  # noqa: PLR2004
                    )
                    for name, one in compared.items()
                ),
            ]
        )


def _round(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.4f}"
