"""The answers of an index, to compare: every article, and ranked answers to fixed questions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import searchlib
from searchlib import StoreNotFoundError
from searchlib.embedded.store import folder
from searchlib.embedded.store.manifest import read_contents, table_file

QUERIES = (
    "湖水",
    "党建引领",
    '"查干湖冬捕"',
    "农业 丰收",
    "headline:新闻",
    "建*",
    "date:2024..",
    "U谷 -党建",
    "",
)

State = tuple[Any, ...]

EMPTY: State = ((), ())
"""Of an index that is not there, or has no article."""


def state_of(index: searchlib.Index) -> State:
    """Return what an index answers."""
    try:
        articles = tuple(sorted(index, key=lambda article: article.id))
        if not articles:
            return EMPTY
        answers = tuple(
            (query, results.total, tuple((hit.id, round(hit.score, 6)) for hit in results))
            for query in QUERIES
            for results in [index.search(query, limit=50)]
        )
    except StoreNotFoundError:
        return EMPTY
    one_by_one = all(index.get(article.id) == article for article in articles)
    return articles, answers, one_by_one


def state_at(path: Path) -> State:
    """Return what the index in a folder answers to somebody who opens it now."""
    with searchlib.open(path, read_only=True) as index:
        return state_of(index)


def strays(path: Path) -> set[str]:
    """Return the files of a folder that its last commit does not need."""
    contents = read_contents(path)
    needed = {segment.path_in(path).name for segment in contents.segments}
    needed |= {table_file(path, contents.generation).name, folder.META, folder.FILES, folder.FILES_LOG}
    return {
        file.name
        for file in path.iterdir()
        if file.name not in needed | {"MAIN_WRITELOCK", "searchlib.files.lock"}
    }
