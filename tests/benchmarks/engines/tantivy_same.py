"""tantivy holding the same as searchlib: words, pairs of characters, and the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy

from benchmarks.cutting import SEPARATOR, joined, pairs, restored, words
from benchmarks.engines.base import TOP
from benchmarks.engines.tantivy_words import TantivyWords, number_of
from benchmarks.records import Record

_PAIR_FIELDS = ("title_pairs", "body_pairs")


class TantivySame(TantivyWords):
    """
    Words rank and pairs find: a phrase is a row of pairs, as no cut can miss it.

    So pairs have positions, and words have frequencies only. Pairs raise a
    score too, as they do in searchlib.
    """

    lacks = frozenset[str]()

    def word(self, text: str) -> Sequence[str]:
        """Every word, ranked by the pairs too."""
        return self._ids(self._with_pairs(self._all_words(text), text, tantivy.Occur.Must))

    def sentence(self, text: str, limit: int = TOP) -> Sequence[str]:
        """Any word or pair."""
        any_word = [(tantivy.Occur.Should, self._either(word)) for word in words(text)]
        query = tantivy.Query.boolean_query(any_word)
        return self._ids(self._with_pairs(query, text, tantivy.Occur.Should), limit)

    def snippets(self, text: str) -> Sequence[str]:
        """tantivy's own snippets, of the body."""
        query = self._with_pairs(self._all_words(text), text, tantivy.Occur.Must)
        found = self._searcher.search(query, TOP, count=False)
        generator = tantivy.SnippetGenerator.create(
            self._searcher, self._all_words(text), self._schema, "body"
        )
        return [
            restored(generator.snippet_from_doc(self._searcher.doc(address)).to_html())
            for _, address in found.hits
        ]

    def _make_schema(self) -> Any:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("date", indexed=True, fast=True, stored=True)
        for name in self.fields:
            builder.add_text_field(name, stored=True, index_option="freq")
        for name in _PAIR_FIELDS:
            builder.add_text_field(name)
        return builder.build()

    def _document(self, record: Record) -> Any:
        document = tantivy.Document()
        document.add_text("id", record.id)
        document.add_unsigned("date", number_of(record.date))
        for name, text in (("title", record.title), ("body", record.body)):
            document.add_text(name, joined(text))
            document.add_text(f"{name}_pairs", SEPARATOR.join(pairs(text)))
        return document

    def _in_a_row(self, text: str) -> Any:
        return self._row(_PAIR_FIELDS, list(pairs(text)))

    def _with_pairs(self, query: Any, text: str, occur: Any) -> Any:
        terms = [
            tantivy.Query.term_query(self._schema, name, pair)
            for pair in pairs(text)
            for name in _PAIR_FIELDS
        ]
        return tantivy.Query.boolean_query(
            [(occur, query), *((tantivy.Occur.Should, term) for term in terms)]
        )
