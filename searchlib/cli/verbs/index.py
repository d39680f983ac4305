"""`search index PATH...`: create or update the index."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchlib.cli import figures
from searchlib.cli.location import FOLDER, displayed, named_index
from searchlib.cli.parameters import examples
from searchlib.cli.progress import progress
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say

if TYPE_CHECKING:
    from searchlib import Report

_EPILOG = examples(
    ("search index corpus/", "everything readable below corpus/, into ./.search"),
    ("search index corpus/ more/a.txt -i news.idx", "into another place"),
    ("search index corpus/", "again: reads only what has changed, removes what is gone"),
    ("search -- index", "to search for the word itself"),
)


@click.command("index", cls=Verb, epilog=_EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option(
    "-i",
    "--index",
    "index_dir",
    metavar="DIR",
    help="The index to create or update; else $SEARCH_INDEX, else ./.search.",
)
def command(paths: tuple[Path, ...], index_dir: str | None) -> int:
    """
    Create or update an index from files and folders.

    It is ./.search unless -i or $SEARCH_INDEX names another. Files that cannot be read are named on stderr
    with the reason, and the rest is indexed.
    """
    if not paths:
        raise click.UsageError("No PATH to index. To search for the word: search -- index")
    place = named_index(index_dir) or Path(FOLDER)
    if place.is_file():
        raise click.UsageError(f"{place} is a file; an index is a folder.")
    import searchlib  # noqa: PLC0415 (the engine is loaded when there is something to read)

    start_s = time.perf_counter()
    with searchlib.open(place) as index:
        with progress() as show:
            report = index.sync(*paths, progress=show)
        took_s = time.perf_counter() - start_s
        for path, reason in report.skipped:
            remark(f"skipped {path}: {reason}")
        if not _touched(report):
            raise click.ClickException(f"nothing to index in {' '.join(map(str, paths))}")
        size = figures.size(index.stats()["size_bytes"])
    say(
        f"{figures.counted(report.added, 'article')} added, {report.updated:,} updated, "
        f"{report.removed:,} removed, {report.unchanged:,} unchanged{_moved(report)}"
        f" → {displayed(place)} ({size}, {took_s:.1f} s)"
    )
    return 0


def _touched(report: Report) -> int:
    """Count the articles that the paths have or had."""
    return report.added + report.updated + report.removed + report.unchanged


def _moved(report: Report) -> str:
    """Say how many articles are only in another file than before, when there are any."""
    return f" ({report.moved:,} only moved)" if report.moved else ""
