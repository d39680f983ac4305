"""`search index PATH...`: create or update the index."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from searchlib.cli import quantities
from searchlib.cli.location import FOLDER, Place, display_path, named_index
from searchlib.cli.messages import tell
from searchlib.cli.parameters import examples, folders_for, map_option, own_fields_of
from searchlib.cli.progress import progress
from searchlib.cli.routing import Verb
from searchlib.cli.streams import remark, say
from searchlib.cli.watching import Watch
from searchlib.message import message_of

if TYPE_CHECKING:
    from searchlib import Index, Report, Skipped

_MOST_KEYS = 5
"""Maximum number of keys of records that are named."""

_EPILOG = examples(
    ("search index corpus/", "everything readable below corpus/, into ./.search"),
    ("search index corpus/ more/a.txt -i news.idx", "into another place"),
    ("search index corpus/", "again: reads only what has changed, removes what is gone"),
    ("search index --repair", "save what is whole of a damaged index, then index its files again"),
    ("search index records.json --map headline=标题,body=正文", "records with keys of their own"),
    ("search index records.json --field tags=2,summary=1", "search in keys that articles do not have"),
    ("search index --convert --field tags=3", "the same articles with other fields, all or nothing"),
    ("search index corpus/ --anew", "every file again, also those that have not changed"),
    ("search index corpus/ --watch", "and again whenever something has changed, until Ctrl-C"),
    ("search -- index", "to search for the word itself"),
)


@click.command("index", cls=Verb, epilog=_EPILOG)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option(
    "-i",
    "--index",
    "index_dir",
    metavar="DIR",
    shell_complete=folders_for,
    help="The index to create or update; else $SEARCH_INDEX, else ./.search.",
)
@click.option("--repair", is_flag=True, help="First save what is whole of a damaged or outdated index.")
@click.option(
    "--convert", is_flag=True, help="First cut all articles anew, for this version or other --field."
)
@click.option(
    "--field",
    "own",
    callback=own_fields_of,
    multiple=True,
    metavar="KEY=WEIGHT,...",
    help="Search in this key of records too, with this weight; kept with a new index; repeatable.",
)
@map_option
@click.option("--anew", is_flag=True, help="Read every file again, also those that have not changed.")
@click.option("--watch", is_flag=True, help="Go on until Ctrl-C, and take in every change.")
def command(
    paths: tuple[Path, ...],
    index_dir: str | None,
    fields: dict[str, str] | None,
    *,
    own: dict[str, float] | None,
    repair: bool,
    convert: bool,
    anew: bool,
    watch: bool,
) -> int:
    """
    Create or update an index from files and folders.

    It is ./.search unless -i or $SEARCH_INDEX names another. Files that cannot be read are named on stderr
    with the reason, and the rest is indexed.
    """
    if not paths and not (repair or convert):
        raise click.UsageError("No PATH to index. To search for the word: search -- index")
    place = named_index(index_dir) or Path(FOLDER)
    if isinstance(place, Path) and place.is_file():
        raise click.UsageError(tell("{} is a file; an index is a folder.", place))
    import searchlib  # noqa: PLC0415 (the engine is loaded when there is something to read)

    if convert:
        _convert(place, own)
    with searchlib.open(place, fields=own) as index:
        if repair:
            _repair(index, place)
        if not paths:
            return 0
        report, took_s = _sync(index, paths, fields, anew=anew)
        _remark_all(report, set())
        if not _count_touched(report) and not watch:
            raise click.ClickException(tell("nothing to index in {}", " ".join(map(str, paths))))
        _say(report, index, place, took_s)
        if watch:
            _watch(index, paths, fields, place, known={*report.skipped, *report.remarks})
    return 0


def _convert(place: Place, own: dict[str, float] | None) -> None:
    """Cut all articles again, and say how many there were."""
    import searchlib  # noqa: PLC0415

    with searchlib.open(place) as index:
        converted = index.convert(own)
    form = "{} cut anew, {} as they were → {}"
    say(
        tell(
            form, quantities.count_of(converted.saved, "article"), f"{converted.kept:,}", display_path(place)
        )
    )


def _repair(index: Index, place: Place) -> None:
    """Save what is whole, and say what is not."""
    repaired = index.repair()
    for problem in repaired.problems:
        remark(problem)
    kept, saved, lost = quantities.count_of(repaired.kept, "article"), repaired.saved, repaired.lost
    say(tell("{} whole, {} saved, {} lost → {}", kept, f"{saved:,}", f"{lost:,}", display_path(place)))


def _sync(
    index: Index, paths: tuple[Path, ...], fields: dict[str, str] | None, *, anew: bool = False
) -> tuple[Report, float]:
    start_s = time.perf_counter()
    with progress() as show:
        report = index.sync(*paths, progress=show, map=fields, anew=anew)
    return report, time.perf_counter() - start_s


def _watch(
    index: Index,
    paths: tuple[Path, ...],
    fields: dict[str, str] | None,
    place: Place,
    *,
    known: set[Skipped],
) -> None:
    """
    Sync again and again, and say so when something has changed.

    Looking again costs a listing of the folder, which works on every file
    system and on network drives too, where no system tells of changes. The pause
    follows the last look that found nothing; what indexing took says nothing
    of that.
    """
    from searchlib import SearchlibError  # noqa: PLC0415

    trouble = ""
    looked_s = 0.0
    watch = Watch(paths, place)
    while True:
        try:
            watch.wait(looked_s)
        except KeyboardInterrupt:
            return  # the way to end it
        try:
            report, took_s = _sync(index, paths, fields)
        except (SearchlibError, OSError) as error:  # a drive that is gone for a while, another writer
            if str(error) != trouble:
                remark(message_of(error))
            trouble = str(error)
            continue
        trouble = ""
        looked_s = 0.0 if _changes(report) else took_s
        _remark_all(report, known)
        known = {*report.skipped, *report.remarks}
        if _changes(report):
            _say(report, index, place, took_s)


def _remark_all(report: Report, known: set[Skipped]) -> None:
    """Say what was not read, and what not as it should be; with *known* only what was not said before."""
    for path, reason in report.skipped:
        if (path, reason) not in known:
            remark(tell("skipped {}: {}", path, reason))
    for path, reason in report.remarks:
        if (path, reason) not in known:
            remark(tell("{}: {}", path, reason))
    if report.passed_over and not known:
        kinds = ", ".join(f"{kind} {count:,}" for kind, count in report.passed_over.items())
        count = sum(report.passed_over.values())
        remark(tell("{} of other kinds passed over: {}", quantities.count_of(count, "file"), kinds))
    if report.empty:
        remark(tell("{} with neither headline nor body", quantities.count_of(report.empty, "article")))
    if report.unsearched and not known:
        first = list(report.unsearched)[:_MOST_KEYS]
        keys = ", ".join(f"{key} {report.unsearched[key]:,}" for key in first)
        fields = ",".join(f"{key}=1" for key in first)
        remark(
            tell(
                "kept, not searched: {}; to search there too: search index --convert --field {}", keys, fields
            )
        )


def _say(report: Report, index: Index, place: Place, took_s: float) -> None:
    has_size = len(index) or _count_touched(report)
    size = tell("{}, ", quantities.size(index.stats()["size_bytes"])) if has_size else ""
    counts = (f"{count:,}" for count in (report.updated, report.removed, report.unchanged))
    added, moved, took = quantities.count_of(report.added, "article"), _say_moved(report), f"{took_s:.1f}"
    form = "{} added, {} updated, {} removed, {} unchanged{} → {} ({}{} s)"
    say(tell(form, added, *counts, moved, display_path(place), size, took))
    sys.stdout.flush()


def _changes(report: Report) -> int:
    """Count the articles that are not as they were."""
    return report.added + report.updated + report.removed


def _count_touched(report: Report) -> int:
    """Count the articles that the paths have or had."""
    return report.added + report.updated + report.removed + report.unchanged


def _say_moved(report: Report) -> str:
    """Say how many articles are only in another file than before, when there are any."""
    return tell(" ({} only moved)", f"{report.moved:,}") if report.moved else ""
