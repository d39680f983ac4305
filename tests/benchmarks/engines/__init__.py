"""Which engines are measured, and what each needs? One engine a file, loaded only when it is used."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple, cast

from benchmarks.engines.base import Engine


class Entry(NamedTuple):
    """An engine's name in tables, its module and class, and the packages that it imports."""

    label: str
    module: str
    kind: str
    needs: tuple[str, ...]


ENGINES = {
    "searchlib": Entry("searchlib", "own", "Searchlib", ()),
    "tantivy-words": Entry(
        "tantivy, words only, no text", "tantivy_words", "TantivyWords", ("tantivy", "rjieba")
    ),
    "tantivy-same": Entry(
        "tantivy, words + pairs + text", "tantivy_same", "TantivySame", ("tantivy", "rjieba")
    ),
    "whoosh": Entry("Whoosh + ChineseAnalyzer", "whoosh_recipe", "WhooshRecipe", ("whoosh", "jieba")),
    "fts5": Entry("SQLite FTS5, words", "fts5", "Fts5", ("sqlite3", "rjieba")),
    "bm25s": Entry("bm25s, words, no text", "bm25s_words", "Bm25sWords", ("bm25s", "rjieba")),
    "bm25-jieba": Entry("bm25-jieba, no text", "bm25_jieba_words", "Bm25JiebaWords", ("bm25_jieba",)),
}
"""All engines, in the order in which they are measured and shown."""

ONLY_RANKED = {
    "pairs": Entry("pairs, as Lucene's CJKAnalyzer", "bm25s_pairs", "Bm25sPairs", ("bm25s",)),
}
"""What is compared by its order alone, not by its speed."""

OWN = "searchlib"


def entry_of(name: str) -> Entry:
    """Return what is known of an engine."""
    return (ENGINES | ONLY_RANKED)[name]


def missing(name: str) -> list[str]:
    """Return the packages that an engine needs and that are not installed."""
    return [package for package in entry_of(name).needs if find_spec(package) is None]


def load(name: str) -> Engine:
    """Return an engine by its name."""
    entry = entry_of(name)
    return cast("Engine", getattr(import_module(f"benchmarks.engines.{entry.module}"), entry.kind)())
