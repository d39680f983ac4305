"""`search eval DIR`: how good the ranking is on a test collection."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchlib.cli.machine import json_object
from searchlib.cli.parameters import examples, json_option, limit_of
from searchlib.cli.progress import progress
from searchlib.cli.routing import Verb
from searchlib.cli.streams import say
from searchlib.cli.tables import table_lines

if TYPE_CHECKING:
    from searchlib.evaluation import Figures

_EPILOG = examples(
    ("search eval cmrc2018/", "all queries of the collection"),
    ("search eval news/ --blank-headlines -n 200 --json", "headlines as queries, the first 200"),
)


@click.command("eval", cls=Verb, epilog=_EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-n", "--limit", callback=limit_of, metavar="N|all", help="Only the first N queries.")
@click.option("--blank-headlines", is_flag=True, help="Index without headlines, where they are the queries.")
@json_option
def command(folder: Path, limit: Any, blank_headlines: bool, as_json: bool) -> int:
    """
    Measure ranking and speed on a test collection, in an index made for it and thrown away.

    DIR holds docs.jsonl (articles with an id), queries.jsonl (id, text) and qrels.tsv (query, document,
    grade). Queries are asked as plain text, as with --match any. The figures are means over all queries
    that have a relevant document, from 0 to 1.
    """
    figures = _measure(folder, limit=None if limit == "all" else limit, blank_headlines=blank_headlines)
    content = figures.to_dict()
    if as_json:
        say(json_object(content))
    else:
        for line in table_lines([(name, _rounded(value)) for name, value in content.items()]):
            say(line)
    return 0


def _measure(folder: Path, *, limit: int | None, blank_headlines: bool) -> Figures:
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

            def ranked(words: str, depth: int) -> list[str]:
                nonlocal asked
                asked += 1
                if show is not None:
                    show(asked, limit or len(topics), words)
                return [hit.id for hit in index.search(words, match="any", limit=depth, snippets=0)]

            return evaluation.evaluate(topics, qrels, ranked, limit=limit)


def _rounded(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.4f}"
