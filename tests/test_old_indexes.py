"""
An index that an older release wrote answers, or says exactly what to do.

Each folder in `tests/data/indexes` is one, made when its format was the newest;
they are never changed. A new format gets a new one:

    python tests/test_old_indexes.py
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import searchlib
from searchlib import Article, StoreFormatError
from searchlib.analysis.analyzer import SETTINGS
from searchlib.embedded.codec.sections import VERSION, SectionFile
from searchlib.embedded.store.folder import FORMAT
from searchlib.embedded.store.manifest import VERSION as TABLE

FOLDER = Path(__file__).parent / "data" / "indexes"
INDEXES = sorted(path for path in FOLDER.iterdir() if path.is_dir())
FOLDING = "-".join(SETTINGS.split(",")[1:-2])
NEWEST = f"format-{FORMAT}-table-{TABLE}-segments-{VERSION}-{FOLDING}"

BODIES = (
    "12月28日，查干湖冬捕节开幕。",
    "党建引领基层治理，C919首飞。",
    "黨建引領，乡村振兴谱新篇。",
    "江水" * 90,
)
ARTICLES = [
    Article(
        id=f"{n}", headline=f"新闻{n}", body=BODIES[n % 4], date=f"2024-08-{n % 28 + 1:02d}", extra={"n": n}
    )
    for n in range(150)
]
GONE = ("3", "140")
KEPT = {article.id: article for article in ARTICLES if article.id not in GONE}
MATCHING: dict[str, Callable[[Article], bool]] = {
    "党建": lambda article: "党建" in article.body or "黨建" in article.body,
    '"查干湖冬捕"': lambda article: "查干湖冬捕" in article.body,
    "C919": lambda article: "C919" in article.body,
    "新闻7": lambda article: article.headline == "新闻7",
    "date:2024-08-01": lambda article: article.date == "2024-08-01",
    "江": lambda article: "江" in article.body,
    "": lambda _: True,
}


def make(path: Path) -> None:
    """Make an index of two segments with deletions."""
    with searchlib.open(path) as index:
        index.add(ARTICLES[:130])
        index.add(ARTICLES[130:])
        index.delete(GONE)
    for lock in path.glob("*LOCK"):
        lock.unlink()


def answers_rightly(index: searchlib.Index) -> bool:
    """Return whether everything is there."""
    found = {query: index.search(query).total for query in MATCHING}
    wanted = {query: sum(map(matches, KEPT.values())) for query, matches in MATCHING.items()}
    assert all(wanted.values())
    return {article.id: article for article in index} == KEPT and found == wanted


@pytest.mark.parametrize("path", INDEXES, ids=lambda path: path.name)
def test_an_old_index_answers_or_says_what_to_do(path: Path, tmp_path: Path) -> None:
    """What can be mended is mended by the command that the error names."""
    here = tmp_path / "x.idx"
    shutil.copytree(path, here)
    with searchlib.open(here) as index:
        try:
            answers = answers_rightly(index)
        except StoreFormatError as error:
            said = str(error)
            if "search index --repair" in said:
                index.repair()
                answers = answers_rightly(index)
            else:
                answers = f"{here}/" in said and "delete the folder, then run: search index PATH" in said
        assert answers


def test_the_newest_format_is_there() -> None:
    """Else no release to come would be tried on it: python tests/test_old_indexes.py."""
    assert NEWEST in {path.name for path in INDEXES}, __doc__


def sections(index: Path) -> list[list[tuple[str, str]]]:
    """Return the names and types of the sections of each segment, the largest first."""
    segments = sorted(index.glob("*.slseg"), key=lambda path: -path.stat().st_size)
    files = [SectionFile(path) for path in segments]
    return [[(name, file.array(name).dtype.str) for name in file.names] for file in files]


def test_what_is_written_today_is_of_the_newest_format(tmp_path: Path) -> None:
    """Another layout under the same number would be read wrongly by the release before."""
    make(tmp_path / "x.idx")
    assert sections(tmp_path / "x.idx") == sections(FOLDER / NEWEST), "a new layout needs a new VERSION"


def test_the_newest_index_needs_no_mending(tmp_path: Path) -> None:
    """It opens as it is, and can be written to."""
    here = tmp_path / "x.idx"
    shutil.copytree(FOLDER / NEWEST, here)
    with searchlib.open(here) as index:
        assert answers_rightly(index)
        assert index.check() == ()
        assert index.add([Article(id="new", body="湖")]).added == 1


if __name__ == "__main__":
    target = FOLDER / NEWEST
    if target.exists():
        sys.exit(f"{target} is there, and is never changed")
    make(target)
