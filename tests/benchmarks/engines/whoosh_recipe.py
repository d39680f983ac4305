"""The usual recipe: Whoosh with jieba's ChineseAnalyzer, as jieba's own example has it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import jieba
from jieba.analyse import ChineseAnalyzer
from whoosh import fields, index
from whoosh import query as queries
from whoosh.qparser import MultifieldParser, OrGroup

from benchmarks.cutting import HAN_RUN
from benchmarks.engines.base import TOP
from benchmarks.records import Record

jieba.setLogLevel(logging.WARNING)


class WhooshRecipe:
    """Everything at its default; the date is a sortable number. The parsers are made once."""

    lacks = frozenset[str]()

    def build(self, records: Iterable[Record], folder: Path) -> None:
        """One writer, one commit."""
        folder.mkdir()
        analyzer = ChineseAnalyzer()
        schema = fields.Schema(
            id=fields.ID(stored=True),
            title=fields.TEXT(analyzer=analyzer, stored=True),
            body=fields.TEXT(analyzer=analyzer, stored=True),
            date=fields.NUMERIC(int, sortable=True),
        )
        writer = index.create_in(str(folder), schema).writer()
        for record in records:
            writer.add_document(
                id=record.id, title=record.title, body=record.body, date=_number_of(record.date)
            )
        writer.commit()

    def open(self, folder: Path) -> None:
        """Open the index; its searcher is kept."""
        found = index.open_dir(str(folder))
        self._searcher = found.searcher()
        self._all = MultifieldParser(["title", "body"], found.schema)
        self._any = MultifieldParser(["title", "body"], found.schema, group=OrGroup)

    def word(self, text: str) -> Sequence[str]:
        """Every word in headline or body."""
        return _ids(self._searcher.search(self._all.parse(text), limit=TOP))

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """Any word; marks would be operators, so they are left out."""
        query = self._any.parse(" ".join(HAN_RUN.findall(text)))
        return _ids(self._searcher.search(query, limit=limit))

    def phrase(self, text: str) -> Sequence[str]:
        """A quoted phrase."""
        return _ids(self._searcher.search(self._all.parse(f'"{text}"'), limit=TOP))

    def newest(self, text: str, since: str) -> Sequence[str]:
        """A range of numbers, and an order by them."""
        dated = queries.NumericRange("date", _number_of(since), None)
        both = queries.And([self._all.parse(text), dated])
        return _ids(self._searcher.search(both, limit=TOP, sortedby="date", reverse=True))

    def snippets(self, text: str) -> Sequence[str]:
        """Whoosh's own highlights, of the body."""
        hits = self._searcher.search(self._all.parse(text), limit=TOP)
        return [str(hit.highlights("body")) for hit in hits]

    def holders(self, phrase: str) -> set[str]:
        """All hits of a quoted phrase."""
        return set(_ids(self._searcher.search(self._all.parse(f'"{phrase}"'), limit=None)))


def _ids(hits: Iterable[Any]) -> list[str]:
    return [str(hit["id"]) for hit in hits]


def _number_of(date: str) -> int:
    return int(date.replace("-", "") or 0)
