"""
Which articles match a tree: found by characters, verified on the text where the index cannot know.

A phrase of one or two units is a term of the index and needs no more. A longer
one is looked for among the articles that hold all its pairs, then in their
text; so is every phrase whose script, spaces, borders or open ends matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce

import numpy as np

from searchlib.analysis import Analyzer, border_text, fold, grams_of, is_han, rows_of_units, simplify
from searchlib.analysis.grams import MAX_TERM_CHARS
from searchlib.codec import schema
from searchlib.codec.documents import value_term
from searchlib.model import TEXT_FIELDS, Article
from searchlib.query.nodes import (
    And,
    DateRange,
    Every,
    Not,
    Or,
    Phrase,
    Query,
    Run,
    Stored,
    Terms,
)
from searchlib.query.pieces import pieces
from searchlib.store.docsets import NO_DOCS, Docs, both, either, without
from searchlib.store.snapshot import Snapshot

_NO_DATE = 0
_LAST_DAY = 99999999


class Matcher:
    """Finds the documents of one commit that match trees; remembers what it found for one search."""

    def __init__(self, snapshot: Snapshot, analyzer: Analyzer) -> None:
        self.snapshot = snapshot
        self.analyzer = analyzer
        self._found: dict[Query, Docs] = {}
        self._candidates: dict[Phrase, Docs] = {}
        self._articles: dict[int, Article] = {}

    def docs(self, tree: Query) -> Docs:
        """Return the documents that match a tree, ascending."""
        if isinstance(tree, (Phrase, Terms)):
            if tree not in self._found:
                self._found[tree] = self._phrase(tree) if isinstance(tree, Phrase) else self._terms(tree)
            return self._found[tree]
        if isinstance(tree, Stored):
            return self.snapshot.postings(schema.STORED_VALUES, value_term(tree.key, tree.value))[0]
        if isinstance(tree, DateRange):
            return self.in_range(tree.since, tree.until)
        if isinstance(tree, Every):
            return self.snapshot.docs
        if isinstance(tree, Run):  # where it stands as it is, all its pieces stand too
            return self._all(And(list(tree.pieces)))
        if isinstance(tree, Or):
            return either(map(self.docs, tree.subqueries))
        if isinstance(tree, Not):
            return without(self.snapshot.docs, self.docs(tree.query))
        if isinstance(tree, And):
            return self._all(tree)
        return NO_DOCS  # Whoosh's NullQuery

    def _all(self, tree: And) -> Docs:
        wanted = [child for child in tree.subqueries if not isinstance(child, Not)]
        unwanted = [child.query for child in tree.subqueries if isinstance(child, Not)]
        found = self.snapshot.docs
        for number, child in enumerate(wanted):
            docs = self.docs(child)
            found = both(found, docs) if number else docs
            if not len(found):
                return NO_DOCS
        for child in unwanted:
            found = without(found, self.docs(child))
        return found

    def undated(self, tree: Query) -> Docs:
        """Return the documents without a full date that would match if every date range let them in."""
        dateless = self.snapshot.docs[self.snapshot.dates[self.snapshot.docs] == _NO_DATE]
        return both(self.docs(_without_dates(tree)), dateless)

    def in_range(self, since: str | None, until: str | None) -> Docs:
        """Return the documents dated between two prefixes of ISO dates, both inclusive."""
        first = int((since or "0").replace("-", "").ljust(8, "0"))
        last = int(until.replace("-", "").ljust(8, "9")) if until else _LAST_DAY
        dates = self.snapshot.dates[self.snapshot.docs]
        return self.snapshot.docs[(dates >= max(first, _NO_DATE + 1)) & (dates <= last)]

    def article(self, doc: int) -> Article:
        """Return an article, read once in a search."""
        if doc not in self._articles:
            self._articles[doc] = self.snapshot.article(doc)
        return self._articles[doc]

    def texts(self, doc: int, field: str | None) -> Iterator[tuple[str, str]]:
        """Yield each text of a document, or of one field of it, folded, with its field."""
        article = self.article(doc)
        for name in [field] if field else TEXT_FIELDS:
            for text in article.texts(name):
                yield name, fold(text)

    def _terms(self, leaf: Terms) -> Docs:
        if leaf.exact:
            parts = dict.fromkeys(part for word in leaf.clean.split() for part in pieces(word, self.analyzer))
            return either(self.docs(Phrase(part, exact=True)) for part in parts)
        words = set(self.analyzer.words(leaf.clean))
        grams = {
            gram for row in rows_of_units(simplify(border_text(leaf.clean))) for gram in scored_grams(row)
        }
        return either(
            [self._holding(word, "", None) for word in words]
            + [self._holding(gram, schema.GRAMS, None) for gram in grams]
        )

    def _phrase(self, phrase: Phrase) -> Docs:
        candidates = self.candidates(phrase)
        sure = self._sure(phrase, candidates)
        unsure = without(candidates, sure) if len(sure) else candidates
        kept = [doc for doc in unsure.tolist() if self._stands(phrase, doc)]
        return either([sure, np.array(kept, np.int64)])

    def holds(self, phrase: Phrase, doc: int) -> bool:
        """Tell whether a phrase stands in one document, without looking for all that it stands in."""
        candidates = self.candidates(phrase)
        place = int(np.searchsorted(candidates, doc))
        return place < len(candidates) and candidates[place] == doc and self._stands(phrase, doc)

    def _stands(self, phrase: Phrase, doc: int) -> bool:
        return any(map(phrase.stands_in, self.snapshot.texts(doc, phrase.field)))

    def _sure(self, phrase: Phrase, candidates: Docs) -> Docs:
        """Return the candidates that need not be read: the index knows pairs, and jieba's words."""
        if phrase.exact or phrase.edits or phrase.open_start or phrase.open_end or "\n" in phrase.text:
            return NO_DOCS
        text = simplify(phrase.text)
        row = next(rows_of_units(text))
        if len(row) <= 2 and max(map(len, row)) < MAX_TERM_CHARS:  # noqa: PLR2004 (a unit or a pair)
            return candidates
        return self._holding(text, "", phrase.field) if all(map(is_han, text)) else NO_DOCS

    def candidates(self, phrase: Phrase) -> Docs:
        """
        Return the documents that may hold a phrase: all that do are among them.

        They have all its pairs; at an open end any word that fits will do.
        """
        if phrase not in self._candidates:
            self._candidates[phrase] = self._find_candidates(phrase)
        return self._candidates[phrase]

    def _find_candidates(self, phrase: Phrase) -> Docs:
        rows = list(rows_of_units(simplify(phrase.text)))
        if phrase.edits:
            return either(self._holding_all(grams, phrase.field) for grams in _without_one(rows))
        first, last = rows[0][0], rows[-1][-1]
        open_start = phrase.open_start and not is_han(first[0])
        open_end = phrase.open_end and not is_han(last[-1])
        if not (open_start or open_end):
            return self._holding_all(_grams(rows), phrase.field)
        units = [unit for row in rows for unit in row]
        if len(units) == 1:
            likes = [self._words_like(first, open_start=open_start, open_end=open_end)]
        else:
            likes = [self._words_like(first, open_start=True, open_end=False)] if open_start else []
            likes += [self._words_like(last, open_start=False, open_end=True)] if open_end else []
        found = [either(self._holding(unit, schema.GRAMS, phrase.field) for unit in like) for like in likes]
        certain = units[open_start : len(units) - open_end]
        return reduce(both, [*found, self._holding_all(certain, phrase.field)])

    def _words_like(self, unit: str, *, open_start: bool, open_end: bool) -> set[str]:
        """Return the letters or numbers of the index that begin or end with, or hold, a unit."""
        fits = re.compile(
            f"{'.*' if open_start else ''}{re.escape(unit)}{'.*' if open_end else ''}", re.DOTALL
        )
        prefix = "" if open_start else unit
        units = self.snapshot.units_without_han(prefix)
        # How a very long word ends the index does not know: it is read.
        return {term for term in units if len(term) == MAX_TERM_CHARS or fits.fullmatch(term)}

    def _holding_all(self, grams: Iterable[str], field: str | None) -> Docs:
        found: Docs | None = None
        for gram in grams:
            docs = self._holding(gram, schema.GRAMS, field)
            found = docs if found is None else both(found, docs)
            if not len(found):
                return NO_DOCS
        return self.snapshot.docs if found is None else found

    def _holding(self, term: str, suffix: str, field: str | None) -> Docs:
        names = [field] if field else TEXT_FIELDS
        return either(self.snapshot.postings(name + suffix, term)[0] for name in names)


def scored_grams(row: list[str]) -> list[str]:
    """Return the pairs of a row, or the unit itself when it stands alone: what ranking counts."""
    return grams_of(row)[len(row) :] or row


def _grams(rows: list[list[str]]) -> list[str]:
    return list(dict.fromkeys(gram for row in rows for gram in scored_grams(row)))


def _without_one(rows: list[list[str]]) -> Iterator[list[str]]:
    """Yield the units that must stand when any one of them, or any one's place, may differ."""
    units = [unit for row in rows for unit in row]
    if all(is_han(unit) for unit in units):
        for index in range(len(units)):
            yield units[:index] + units[index + 1 :]
    else:
        # An edit inside a word of letters makes another term: its neighbours are all that is certain.
        yield [unit for unit in units if is_han(unit)]


def _without_dates(tree: Query) -> Query:
    if isinstance(tree, DateRange):
        return Every()
    if isinstance(tree, (And, Or)) and not isinstance(tree, Run):
        return type(tree)([_without_dates(child) for child in tree.subqueries])
    return tree
