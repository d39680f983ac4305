"""SQLite's full-text search, with words cut beforehand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.cutting import joined, restored, words
from benchmarks.engines.base import TOP
from benchmarks.records import Record

_NAME = "articles.db"
_TABLES = """
CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT, date TEXT);
CREATE VIRTUAL TABLE texts USING fts5(title, body);
"""
_BEST = """
SELECT id FROM (SELECT rowid AS number, rank AS score FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?)
JOIN articles USING (number) ORDER BY score
"""
_NEWEST = """
SELECT id FROM texts JOIN articles ON number = texts.rowid
WHERE texts MATCH ? AND date >= ? ORDER BY date DESC LIMIT ?
"""
_SNIPPETS = "SELECT snippet(texts, 1, '', '', '…', 40) FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?"
_HOLDERS = "SELECT id FROM texts JOIN articles ON number = texts.rowid WHERE texts MATCH ?"


class Fts5:
    """One table of words, which holds the text as well, and one of ids and dates."""

    lacks = frozenset[str]()

    def build(self, records: Iterable[Record], folder: Path) -> None:
        """One transaction."""
        folder.mkdir()
        connection = sqlite3.connect(folder / _NAME)
        connection.executescript(_TABLES)
        for number, record in enumerate(records):
            connection.execute("INSERT INTO articles VALUES (?, ?, ?)", (number, record.id, record.date))
            connection.execute(
                "INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)",
                (number, joined(record.title), joined(record.body)),
            )
        connection.commit()
        connection.close()

    def open(self, folder: Path) -> None:
        """Open the database."""
        self._connection = sqlite3.connect(folder / _NAME)

    def word(self, text: str) -> Sequence[str]:
        """Every word."""
        return self._column(_BEST, " ".join(_quoted(text)), TOP)

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """Any word."""
        return self._column(_BEST, " OR ".join(_quoted(text)), limit)

    def phrase(self, text: str) -> Sequence[str]:
        """The words of the phrase in a row."""
        return self._column(_BEST, _row(text), TOP)

    def newest(self, text: str, since: str) -> Sequence[str]:
        """A condition, and an order by date."""
        return self._column(_NEWEST, " ".join(_quoted(text)), since, TOP)

    def snippets(self, text: str) -> Sequence[str]:
        """SQLite's own snippets, of the body."""
        return [restored(each) for each in self._column(_SNIPPETS, " ".join(_quoted(text)), TOP)]

    def holders(self, phrase: str) -> set[str]:
        """All rows of a phrase."""
        return set(self._column(_HOLDERS, _row(phrase)))

    def _column(self, statement: str, *values: str | int) -> list[str]:
        return [str(row[0]) for row in self._connection.execute(statement, values)]


def _quoted(text: str) -> list[str]:
    return [f'"{word}"' for word in words(text)]


def _row(text: str) -> str:
    return f'"{" ".join(words(text))}"'
