"""
Which articles match a tree: found by characters, verified on the text where the index cannot know.

A phrase of one or two units is a term of the index and needs no more. A longer
one is looked for among the articles that hold all its pairs, then in their
text; so is every phrase whose script, spaces, borders or open ends matter.

Reading a text costs a thousand times as much as comparing two postings, so a tree is
first answered by two sets: what may match, and what surely does. Only what lies
between them is read, and only as far as somebody looks.

Why pairs of characters by document, and the text for the rest: on 20,000 news
articles the places of all pairs would add 0.45 of the text's size packed as
tightly as was found to decode fast (1.1 as plain numbers) to an index that is 1.1
in all. A throw-away codec with places answered a phrase of four characters in 0.1
ms at the median and 2 at most; this way it is 2 ms at the median here, 4 on 80,000
articles, and 0.3 s at worst, for a mark between two frequent characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, reduce
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from searchlib.analysis import Analyzer, border_text, fold, is_han, rows_of_units, simplify
from searchlib.analysis.grams import MAX_TERM_CHARS
from searchlib.arrays import np
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.embedded.codec import schema
from searchlib.embedded.search.candidates import Candidates, is_cut
from searchlib.embedded.search.kernel import holders, kernel_snapshot
from searchlib.embedded.search.query_postings import Table
from searchlib.embedded.search.where import in_range
from searchlib.embedded.store.docsets import Docs, both, docs_of, either, holds, no_docs, without
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.query.nodes import (
    And,
    AtLeast,
    DateRange,
    Every,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Run,
    Should,
    Stored,
    Terms,
    without_dates,
)
from searchlib.query.pieces import pieces
from searchlib.scoring.collection_figures import CollectionFigures
from searchlib.scoring.terms import Term, Unit, scored_grams
from searchlib.stored_values import value_term
from searchlib.textmatch.phrases import is_hyphenated, matcher_of

if TYPE_CHECKING:
    from searchlib.native import _kernel

_NO_DATE = 0


class Bounds(NamedTuple):
    """All that may match, and what of it surely does; both ascend."""

    possible: Docs
    sure: Docs

    @property
    def is_known(self) -> bool:
        """Return whether nothing has to be read."""
        return len(self.sure) == len(self.possible)

    def within(self, docs: Docs | None) -> Bounds:
        """Keep only what is in *docs*; None stands for all."""
        if docs is None:
            return self
        possible = both(self.possible, docs)
        return Bounds(possible, possible if self.is_known else both(self.sure, docs))


class Matcher:
    """Finds the documents of one commit that match trees; remembers what it found for one search."""

    def __init__(self, snapshot: Snapshot, analyzer: Analyzer, deadline: Deadline = NO_DEADLINE) -> None:
        """*deadline* is looked at whenever a document is read."""
        self.snapshot = snapshot
        self.analyzer = analyzer
        self.deadline = deadline
        self._read: dict[Term, tuple[Table, int]] = {}
        self._bounds: dict[Phrase, Bounds] = {}
        self._of_nodes: dict[int, tuple[Query, Bounds]] = {}
        self._candidates: dict[Phrase, Docs] = {}
        self._of_words: dict[Phrase, Docs] = {}
        self._last_read: tuple[int, list[tuple[str, str]]] = (-1, [])
        self._lookup = Candidates(snapshot, self._holding)

    def read(self, terms: Iterable[Term]) -> Table:
        """Read the postings of all terms of a tree at once; they are at hand from then on."""
        table = Table(self.snapshot, terms)
        self._read.update((term, (table, number)) for number, term in enumerate(table.terms))
        return table

    def docs(self, tree: Query, within: Docs | None = None) -> Docs:
        """Return the documents that match a tree, of all or of some: reads all texts that must be read."""
        found = self.bounds(tree).within(within)
        if found.is_known:
            return found.possible
        unsure = without(found.possible, found.sure)
        kept = [doc for doc in unsure.tolist() if self.matches(tree, doc)]
        return either([found.sure, docs_of(kept)])

    @property
    def figures(self) -> CollectionFigures:
        """The figures that weights rest on: those of this commit unless it is a part of something."""
        return self

    @property
    def doc_count(self) -> int:
        """The number of articles, 1 at least."""
        return max(1, self.snapshot.live_total)

    def doc_freq(self, term: Term) -> int:
        """Return how many articles hold a term in any of its fields."""
        table, number = self._read_postings(term)
        return table.doc_freq(number)

    def count_holding(self, terms: Sequence[Term]) -> int:
        """Return how many articles hold all of some terms."""
        held = [table.docs(number) for table, number in map(self._read_postings, terms)]
        return len(reduce(both, held)) if held else 0

    def docs_of_word(self, phrase: Phrase) -> Docs:
        """Return the documents that an open word is in; they are at hand from then on."""
        if phrase not in self._of_words:
            self._of_words[phrase] = self.docs(phrase)
        return self._of_words[phrase]

    def count_matching(self, phrase: Phrase) -> int:
        """Return how many articles an open word is in."""
        return len(self.docs_of_word(phrase))

    def mean_length(self, field: str) -> float:
        """Return the mean number of words of a field over the articles that have it; 1 where none has."""
        return self.snapshot.mean_length(field)

    def _read_postings(self, term: Term) -> tuple[Table, int]:
        if term not in self._read:
            self.read([term])
        return self._read[term]

    def bounds(self, tree: Query) -> Bounds:
        """Return what may match a tree and what surely does, from postings alone."""
        if isinstance(tree, Phrase):
            return self._phrase(tree)
        if id(tree) not in self._of_nodes:  # the node is kept, so that no other one gets its id
            self._of_nodes[id(tree)] = (tree, self._find(tree))
        return self._of_nodes[id(tree)][1]

    def _find(self, tree: Query) -> Bounds:
        if isinstance(tree, Run):  # where it occurs whole, all its pieces do too
            found = self._all(tree.pieces)
            return _any([found, *map(self.bounds, _other_ways(tree))]) if tree.whole.equals else found
        if isinstance(tree, And):
            return self._all(tree.subqueries)
        if isinstance(tree, Or):
            return _any(map(self.bounds, tree.subqueries))
        if isinstance(tree, AtLeast):
            return self._at_least(tree)
        if isinstance(tree, Should):
            return Bounds(self.snapshot.docs, self.snapshot.docs)
        if isinstance(tree, Not):
            return self._none(tree, self.snapshot.docs)
        if isinstance(tree, Terms):
            return self._terms(tree)
        if isinstance(tree, Near):
            sides = [_any(map(self.bounds, side)) for side in tree.sides]
            return Bounds(reduce(both, (side.possible for side in sides)), no_docs())
        docs = self._filter(tree)
        return Bounds(docs, docs)

    def _phrase(self, phrase: Phrase) -> Bounds:
        if phrase not in self._bounds:
            candidates = self.candidates(phrase)
            found = Bounds(candidates, self._sure(phrase, candidates))
            self._bounds[phrase] = (
                _any([found, *map(self._phrase, phrase.equals)]) if phrase.equals else found
            )
        return self._bounds[phrase]

    def _filter(self, tree: Query) -> Docs:
        if isinstance(tree, Stored):
            return self.snapshot.postings(schema.STORED_VALUES, value_term(tree.key, tree.value))[0]
        if isinstance(tree, DateRange):
            return in_range(tree.since, tree.until, self.snapshot)
        return self.snapshot.docs if isinstance(tree, Every) else no_docs()  # Whoosh's NullQuery

    def _all(self, children: Iterable[Query]) -> Bounds:
        unwanted = []
        found: Bounds | None = None
        for child in children:
            if isinstance(child, Should):
                continue
            if isinstance(child, Not):
                unwanted.append(child)
                continue
            one = self.bounds(child)
            if found is None:
                found = one
            else:
                possible = both(found.possible, one.possible)
                known = found.is_known and one.is_known
                found = Bounds(possible, possible if known else both(found.sure, one.sure))
            if not len(found.possible):
                return found
        if found is None:
            found = Bounds(self.snapshot.docs, self.snapshot.docs)
        for child in unwanted:
            left = self._none(child, found.possible)
            found = Bounds(left.possible, both(found.sure, left.sure))
        return found

    def _at_least(self, tree: AtLeast) -> Bounds:
        """Count for each document how many of some trees may match and how many surely do."""
        found = [self.bounds(child) for child in tree.subqueries]
        counts = np.zeros((2, self.snapshot.size), np.int32)
        for one in found:
            counts[0, one.possible] += 1
            counts[1, one.sure] += 1
        possible, sure = (np.flatnonzero(row >= tree.least) for row in counts)
        return Bounds(possible, sure)

    def _none(self, tree: Not, docs: Docs) -> Bounds:
        """Return what of *docs* may and surely does not match what the tree excludes."""
        excluded = self.bounds(tree.query)
        possible = without(docs, excluded.sure)
        return Bounds(possible, possible if excluded.is_known else without(docs, excluded.possible))

    def matches(self, tree: Query, doc: int) -> bool:
        """Return whether a document matches a tree: reads it only where postings do not tell."""
        if isinstance(tree, (Phrase, Near, Terms)):
            found = self.bounds(tree)
            if holds(found.sure, doc) or not holds(found.possible, doc):
                return holds(found.sure, doc)
            return self._is_read_in(tree, doc)
        if isinstance(tree, Run):
            if all(self.matches(piece, doc) for piece in tree.pieces):
                return True
            return bool(tree.whole.equals) and any(self.matches(way, doc) for way in _other_ways(tree))
        if isinstance(tree, And):
            return all(self.matches(child, doc) for child in tree.subqueries)
        if isinstance(tree, Or):
            return any(self.matches(child, doc) for child in tree.subqueries)
        if isinstance(tree, AtLeast):
            held = (child for child in tree.subqueries if self.matches(child, doc))
            return sum(1 for _ in islice(held, tree.least)) == tree.least
        if isinstance(tree, Not):
            return not self.matches(tree.query, doc)
        return holds(self.bounds(tree).possible, doc)

    def _is_read_in(self, leaf: Phrase | Near | Terms, doc: int) -> bool:
        """Tell from its texts whether a document has a leaf, of which the postings do not tell."""
        if isinstance(leaf, Near):
            from searchlib.textmatch.proximity import is_near  # noqa: PLC0415 (few queries need it)

            return any(is_near(leaf, text, self.deadline) for text in self._own(doc, leaf.field))
        if isinstance(leaf, Phrase):
            return any(self.holds(one, doc) for one in (leaf, *leaf.equals))
        unsure = [*(self._exact_pieces(leaf) if leaf.exact else ()), *leaf.parts]
        return any(self.matches(phrase, doc) for phrase in unsure)

    def find_undated(self, tree: Query, within: Docs | None) -> Docs:
        """Return the documents without a full date that would match if every date range let them in."""
        dateless = self.snapshot.docs[self.snapshot.dates[self.snapshot.docs] == _NO_DATE]
        return self.docs(without_dates(tree), dateless if within is None else both(dateless, within))

    def texts(self, doc: int, field: str | None) -> Iterator[tuple[str, str]]:
        """Yield each text of a document, or of one field of it, folded, with its field."""
        for name, text in self._texts(doc):
            if field in {None, name}:
                yield name, fold(text)

    def _terms(self, leaf: Terms) -> Bounds:
        if leaf.exact:
            return _any(map(self.bounds, [*self._exact_pieces(leaf), *leaf.parts]))
        words = dict.fromkeys(self.analyzer.words(leaf.clean))
        grams = dict.fromkeys(
            gram for row in rows_of_units(simplify(border_text(leaf.clean))) for gram in scored_grams(row)
        )
        held = np.zeros(self.snapshot.size, np.bool_)
        terms = [*(Term(word, "word") for word in words), *(Term(gram, "pair") for gram in grams)]
        self.read(term for term in terms if term not in self._read)  # at once: a long text has thousands
        for table, number in map(self._read_postings, terms):
            held[table.docs(number)] = True
        sure = np.flatnonzero(held)
        for part in leaf.parts:
            held[self._phrase(part).possible] = True
        possible = np.flatnonzero(held) if leaf.parts else sure
        if len(possible) == len(sure):
            return Bounds(sure, sure)
        return Bounds(possible, either([sure, *(self._phrase(part).sure for part in leaf.parts)]))

    def _exact_pieces(self, leaf: Terms) -> list[Phrase]:
        parts = dict.fromkeys(part for word in leaf.clean.split() for part in pieces(word, self.analyzer))
        return [Phrase(part, exact=True) for part in parts]

    def holds(self, phrase: Phrase, doc: int) -> bool:
        """Return whether a phrase is in one document, without looking for all that it is in."""
        return holds(self.candidates(phrase), doc) and self.stands(phrase, doc)

    def stands(self, phrase: Phrase, doc: int) -> bool:
        """Return whether a phrase is in one document, by its texts alone."""
        return any(map(matcher_of(phrase).contains, self._own(doc, phrase.field)))

    def _own(self, doc: int, field: str | None) -> Iterator[str]:
        """Yield the texts of a document, or of one field of it, as they were given."""
        return (text for name, text in self._texts(doc) if field in {None, name})

    def _texts(self, doc: int) -> list[tuple[str, str]]:
        """Return the texts of a document with their fields; the last one read is kept for the next phrase."""
        kept, texts = self._last_read
        if kept != doc:
            self.deadline.check()
            texts = [(name, text) for name, text in self.snapshot.texts(doc) if text]
            self._last_read = (doc, texts)
        return texts

    def _sure(self, phrase: Phrase, candidates: Docs) -> Docs:
        """Return the candidates that need not be read: the index knows pairs, and jieba's words."""
        if is_hyphenated(phrase):
            return both(candidates, self._holding([phrase.clean], "word", phrase.field))
        if phrase.spaced or phrase.kept or phrase.whole_number:
            return no_docs()
        text = simplify(phrase.text)
        if phrase.is_of_one_word:
            known = (word for word, count in self.words(phrase).items() if count and not is_cut(word))
            return both(candidates, self._lookup.holding_any(known, phrase.field))
        if phrase.edits and all(map(is_han, text)) and not phrase.exact:
            return both(candidates, self._lookup.sure_of_one_edit(text, phrase.field))
        if phrase.exact or phrase.is_loose or "\n" in phrase.text:
            return no_docs()
        row = next(rows_of_units(text))
        if len(row) <= 2 and max(map(len, row)) < MAX_TERM_CHARS:  # noqa: PLR2004 (a unit or a pair)
            return candidates
        if not all(map(is_han, text)):
            return no_docs()
        return both(candidates, self._holding([text], "word", phrase.field))

    def candidates(self, phrase: Phrase) -> Docs:
        """
        Return the documents that may hold a phrase: all that do are among them.

        They have all its pairs; at an open end any word that fits will do.
        """
        if phrase not in self._candidates:
            self._candidates[phrase] = self._lookup.of(phrase)
        return self._candidates[phrase]

    def words(self, phrase: Phrase) -> dict[str, int]:
        """Return the words of the index in which an open word stands, each with how often."""
        return self._lookup.words(phrase)

    @cached_property
    def _opened(self) -> _kernel.Snapshot | None:
        """The commit as the kernel reads it; None where it does not, or this is a part of something."""
        return kernel_snapshot(self.snapshot) if self.figures is self else None

    def _holding(self, texts: Sequence[str], unit: Unit, field: str | None) -> Docs:
        """Return the documents that hold all of some words or pairs, of which there is one at least."""
        if field is None and self._opened is not None:
            with suppress(UnicodeEncodeError):  # a lone surrogate is no text to the kernel
                return holders(self._opened, texts, pairs=unit == "pair")
        posted = [self._read_postings(Term(text, unit, field)) for text in texts]
        return reduce(both, sorted((table.docs(number) for table, number in posted), key=len))


def _other_ways(run: Run) -> list[Query]:
    """Return what a run is found by besides its pieces."""
    return [*([And(list(run.joined))] if run.joined else []), *run.whole.equals]


def _any(found: Iterable[Bounds]) -> Bounds:
    every = list(found)
    possible = either(one.possible for one in every)
    known = all(one.is_known for one in every)
    return Bounds(possible, possible if known else either(one.sure for one in every))
