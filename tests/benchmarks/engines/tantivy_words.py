"""tantivy with words only: what it takes to be fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import tantivy

from benchmarks.cutting import joined, words
from benchmarks.engines.base import TOP
from benchmarks.records import Record

HEAP_BYTES = 500_000_000
"""Enough for a large corpus in one piece: no time goes into merging."""

EVERYTHING = 10_000_000


class TantivyWords:
    """
    Words with positions in headline and body; of the articles only the ids are stored.

    One writer thread, so that a search has one piece to look at. Hits are not
    counted, which lets tantivy skip what cannot be among the best.
    """

    lacks = frozenset({"snippets"})
    fields = ("title", "body")

    def build(self, records: Iterable[Record], folder: Path) -> None:
        """Join the words of rjieba by a separator that tantivy's tokenizer drops."""
        folder.mkdir()
        writer = tantivy.Index(self._make_schema(), path=str(folder)).writer(HEAP_BYTES, 1)
        for record in records:
            writer.add_document(self._document(record))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Open the index; its reader is kept."""
        index = tantivy.Index.open(str(folder))
        self._schema = index.schema
        self._searcher = index.searcher()

    def word(self, text: str) -> Sequence[str]:
        """Every word in headline or body."""
        return self._ids(self._all_words(text))

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """Any word in headline or body."""
        clauses = [(tantivy.Occur.Should, self._either(word)) for word in words(text)]
        return self._ids(tantivy.Query.boolean_query(clauses), limit)

    def phrase(self, text: str) -> Sequence[str]:
        """The words of the phrase in a row."""
        return self._ids(self._in_a_row(text))

    def newest(self, text: str, since: str) -> Sequence[str]:
        """A range of a fast field, and an order by it."""
        start = number_of(since)
        dates = tantivy.Query.range_query(self._schema, "date", tantivy.FieldType.Unsigned, start, None)
        both = [(tantivy.Occur.Must, self._all_words(text)), (tantivy.Occur.Must, dates)]
        query = tantivy.Query.boolean_query(both)
        found = self._searcher.search(query, TOP, count=False, order_by_field="date")
        return [self._stored(address, "id") for _, address in found.hits]

    def snippets(self, text: str) -> Sequence[str]:
        """Without a stored text there are none."""
        raise NotImplementedError(text)

    def holders(self, phrase: str) -> set[str]:
        """All hits of a phrase."""
        return set(self._ids(self._in_a_row(phrase), EVERYTHING))

    def _make_schema(self) -> Any:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("date", indexed=True, fast=True)
        for name in self.fields:
            builder.add_text_field(name)
        return builder.build()

    def _document(self, record: Record) -> Any:
        document = tantivy.Document()
        document.add_text("id", record.id)
        document.add_unsigned("date", number_of(record.date))
        document.add_text("title", joined(record.title))
        document.add_text("body", joined(record.body))
        return document

    def _all_words(self, text: str) -> Any:
        clauses = [(tantivy.Occur.Must, self._either(word)) for word in words(text)]
        return tantivy.Query.boolean_query(clauses)

    def _either(self, word: str) -> Any:
        terms = [tantivy.Query.term_query(self._schema, name, word) for name in self.fields]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])

    def _in_a_row(self, text: str) -> Any:
        return self._row(self.fields, words(text))

    def _row(self, names: Iterable[str], terms: list[str]) -> Any:
        make: Any = tantivy.Query
        rows = [
            make.phrase_query(self._schema, name, terms)
            if len(terms) > 1
            else make.term_query(self._schema, name, terms[0])
            for name in names
        ]
        return make.boolean_query([(tantivy.Occur.Should, row) for row in rows])

    def _ids(self, query: Any, limit: int = TOP) -> list[str]:
        found = self._searcher.search(query, limit, count=False)
        return [self._stored(address, "id") for _, address in found.hits]

    def _stored(self, address: Any, name: str) -> str:
        return str(self._searcher.doc(address)[name][0])


def number_of(date: str) -> int:
    """Return `2024-08-09` as 20240809, no date as 0."""
    return int(date.replace("-", "") or 0)
