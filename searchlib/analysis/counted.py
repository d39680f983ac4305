"""One article as ranking sees it: how often each field holds each word, character and pair of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain

from searchlib.analysis.analyzer import Analyzer
from searchlib.analysis.folding import clean_text, fold, simplify
from searchlib.analysis.grams import grams_of, rows_of_units
from searchlib.model import TEXT_FIELDS, Article


class CountedArticle:
    """Counts what is asked for when it is first asked for, from the texts alone."""

    def __init__(self, article: Article, analyzer: Analyzer, own: Iterable[str] = ()) -> None:
        """*own* are the text fields of the index's own."""
        self.article = article
        self.texts = tuple(
            (name, text) for name in (*TEXT_FIELDS, *own) for text in article.texts(name) if text
        )
        """Each text of the article with its field, in the order of the fields."""
        self._analyzer = analyzer

    def texts_in(self, field: str | None) -> list[str]:
        """Return the texts of one field, or of all."""
        return [text for name, text in self.texts if field in {None, name}]

    @cached_property
    def words(self) -> Mapping[str, Counter[str]]:
        """How often each field holds each word."""
        return self._count_terms({name: self._words_of(name) for name, _ in self.texts})

    @cached_property
    def grams(self) -> Mapping[str, Counter[str]]:
        """How often each field holds each unit, and each pair of neighbours."""
        return self._count_terms({name: self._grams_of(name) for name, _ in self.texts})

    @staticmethod
    def _count_terms(found: Mapping[str, Iterable[str]]) -> dict[str, Counter[str]]:
        return {name: Counter(terms) for name, terms in found.items()}

    def _words_of(self, field: str) -> Iterable[str]:
        return chain.from_iterable(self._analyzer.words(clean_text(text)) for text in self.texts_in(field))

    def _grams_of(self, field: str) -> Iterable[str]:
        for text in self.texts_in(field):
            for row in rows_of_units(simplify(fold(text))):
                yield from grams_of(row)

    def length(self, field: str) -> int:
        """Return the number of words of a field."""
        return self.words[field].total() if field in self.words else 0

    def counts(self, text: str, unit: str, field: str | None) -> dict[str, int]:
        """
        Return how often each field holds a term; fields without it are left out.

        Args:
            text: Folded and simplified.
            unit: `"word"`, or `"pair"` for a pair or a unit.
            field: The one field to look into; None for all.
        """
        held = self.words if unit == "word" else self.grams
        return {
            name: counter[text]
            for name, counter in held.items()
            if field in {None, name} and counter[text] > 0
        }

    def has(self, text: str, unit: str) -> bool:
        """Return whether any field holds a term."""
        held = self.words if unit == "word" else self.grams
        return any(text in counter for counter in held.values())
