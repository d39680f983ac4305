"""
How well are pages of real sources split? `python tests/benchmarks/pages_sources.py FOLDER...`.

A folder holds one source, or folders that do. A source is `gold.jsonl` beside
the files that it names, one file a line, as its papers or its site made them:

    {"file": "files/2024-03-05/A05.txt",
     "articles": [{"headline": "…", "body": "…", "authors": ["…"], "date": "2024-03-05"}]}

`articles` are in any order and leave out what the source does not say; a field
that is left out is not scored. `headline_also` lists other readings of a
headline. Gold is derived from what a source says of itself: its meta tags and
headings, its records composed into pages. A headline may come back with its
overline and subtitle apart. Photo captions do not count.

The table has for each source: F1 of the headlines; the mean F1 of the runs of
five characters of bodies; the shares of articles whose authors and dates are
right. Body, authors and date count only below the right headline.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1] / room) for room in ("", "support")]

from pages_scoring import f1, shingles, squashed

import searchlib
from searchlib import Article, SearchlibError

GOLD = "gold.jsonl"
FIGURES = ("headlines F1", "bodies F1", "authors", "dates")
_CLEARLY = 0.9
"""F1 of a body below which `-v` names it."""


@dataclass
class SourceScore:
    """Figures of one source; `misses` tells what was wrong where."""

    name: str
    files: int = 0
    articles: int = 0
    got: int = 0
    right: int = 0
    bodies: list[float] = field(default_factory=list)
    authors: list[bool] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    def figures(self) -> tuple[float | None, ...]:
        """Return the figures in the order of `FIGURES`, None where the source says nothing of it."""
        wanted = self.articles + self.got
        values: Sequence[Sequence[float]] = (self.bodies, self.authors, self.dates)
        return (
            2 * self.right / wanted if wanted else None,
            *(sum(found) / len(found) if found else None for found in values),
        )


def find_sources(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield the folders of sources in and below the given ones."""
    for folder in folders:
        if (folder / GOLD).is_file():
            yield folder
        else:
            yield from sorted(path.parent for path in folder.rglob(GOLD))


def score_source(folder: Path) -> SourceScore:
    """Read every file of a source and compare."""
    score = SourceScore(folder.name)
    with (folder / GOLD).open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            _score_file(folder / row["file"], row["file"], row["articles"], score)
    return score


def _score_file(path: Path, name: str, gold: Sequence[Mapping[str, Any]], score: SourceScore) -> None:
    try:
        found = [a for a in searchlib.read(path) if a.kind != "photo_caption"]
    except SearchlibError as error:
        found = []
        score.misses.append(f"{name}: {error}")
    score.files += 1
    score.articles += len(gold)
    score.got += len(found)
    left = list(found)
    for wanted in gold:
        match = next((a for a in left if _readings(a) & _gold_readings(wanted)), None)
        if match is None:
            score.misses.append(f"{name}: no {wanted['headline']!r}")
        else:
            left.remove(match)
            score.right += 1
        _compare(match, wanted, name, score)
    score.misses += [f"{name}: {a.headline!r} is no headline ({len(a.body)} characters)" for a in left]


def _compare(match: Article | None, wanted: Mapping[str, Any], name: str, score: SourceScore) -> None:
    if "body" in wanted:
        body = f1(shingles(match.body), shingles(wanted["body"])) if match else 0.0
        score.bodies.append(body)
        if match and body < _CLEARLY:
            score.misses.append(f"{name}: body {body:.3f} of {match.headline!r}")
    if "authors" in wanted:
        is_right = match is not None and Counter(map(_bare, match.authors)) == Counter(
            map(_bare, wanted["authors"])
        )
        score.authors.append(is_right)
        if match and not is_right:
            score.misses.append(f"{name}: {match.authors} for {wanted['authors']} of {match.headline!r}")
    if "date" in wanted:
        score.dates.append(match is not None and match.date == wanted["date"])
        if match and not score.dates[-1]:
            score.misses.append(f"{name}: {match.date} for {wanted['date']} of {match.headline!r}")


def _readings(article: Article) -> set[str]:
    """Return the ways in which a headline of several lines may be told."""
    over, head, sub = (_bare(text) for text in (article.overline, article.headline, article.subtitle))
    return {head, over + head, head + sub, over + head + sub} - {""}


def _gold_readings(wanted: Mapping[str, Any]) -> set[str]:
    return {_bare(text) for text in (wanted["headline"], *wanted.get("headline_also", ()))} - {""}


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, squashed(text)))


def render_table(scores: Sequence[SourceScore]) -> str:
    """Return the figures as a table in Markdown, with their means."""
    rows = [
        "| source | files | articles | " + " | ".join(FIGURES) + " |",
        "|---|--:|--:|" + "--:|" * len(FIGURES),
    ]
    columns: list[list[float]] = [[] for _ in FIGURES]
    for score in scores:
        cells = []
        for figure, column in zip(score.figures(), columns, strict=True):
            cells.append("–" if figure is None else f"{figure:.3f}")
            column.extend([] if figure is None else [figure])
        rows.append(f"| {score.name} | {score.files} | {score.articles} | " + " | ".join(cells) + " |")
    means = [f"{sum(column) / len(column):.3f}" if column else "–" for column in columns]
    totals = sum(score.files for score in scores), sum(score.articles for score in scores)
    rows.append(f"| mean | {totals[0]} | {totals[1]} | " + " | ".join(means) + " |")
    return "\n".join(rows)


def main() -> int:
    """Print the table; exit 1 when the mean of a figure is below `--min`."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--source", help="only sources whose name holds this")
    parser.add_argument("--min", type=float, default=0.0, help="mean of each figure at least")
    parser.add_argument("-v", "--verbose", action="store_true", help="tell what was missed")
    options = parser.parse_args()
    folders = [f for f in find_sources(options.folders) if not options.source or options.source in f.name]
    if not folders:
        parser.error(f"no {GOLD} in these folders")
    scores = []
    for folder in folders:
        scores.append(score_source(folder))
        if options.verbose:
            sys.stdout.write("".join(f"{scores[-1].name}: {miss}\n" for miss in scores[-1].misses))
    sys.stdout.write(render_table(scores) + "\n")
    means = [
        [figure for figure in column if figure is not None]
        for column in zip(*(score.figures() for score in scores), strict=True)
    ]
    return int(any(column and sum(column) / len(column) < options.min for column in means))


if __name__ == "__main__":
    sys.exit(main())
