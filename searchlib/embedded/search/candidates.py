"""
Which documents may hold a phrase, from postings alone: all that do are among them.

They hold all its pairs of characters. Where a word is open, or another spelling is
allowed, the dictionary tells which words there are, and the pairs which characters can
are between two others; what still is not certain is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce

from searchlib.analysis import is_han, rows_of_units, simplify
from searchlib.analysis.grams import MAX_TERM_CHARS
from searchlib.embedded.codec import schema
from searchlib.embedded.store.docsets import Docs, any_of, both, either, no_docs
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.query.characters import WILDCARD, may_go_on
from searchlib.query.nodes import Phrase
from searchlib.scoring.terms import Unit, scored_grams
from searchlib.textmatch.phrases import matcher_of

_FEW = 256
"""Up to this many documents, reading them is faster than looking up what is between two characters."""

_OFTEN = 500
"""Maximum number of pairs that are looked up: they account for nearly all documents; the others are read."""

Holding = Callable[[Sequence[str], Unit, "str | None"], Docs]
"""Returns the documents that hold all of some words or pairs, one at least, in any field or in one."""


class Candidates:
    """Looks up the documents of one commit."""

    def __init__(self, snapshot: Snapshot, holding: Holding) -> None:
        self._snapshot = snapshot
        self._holding = holding
        self._words: dict[Phrase, dict[str, int]] = {}

    def of(self, phrase: Phrase) -> Docs:
        """Return the documents that may hold a phrase, not counting its other forms."""
        if phrase.is_of_one_word:
            return self.holding_any(self.words(phrase), phrase.field)
        text = simplify(phrase.text)
        if phrase.edits:
            if all(map(is_han, text)):
                return self._one_edit_from(text, phrase.field)
            rows = list(rows_of_units(text))
            return either(self.holding_all(grams, phrase.field) for grams in _without_one(rows))
        parts = text.split(WILDCARD)
        last = len(parts) - 1
        found = [
            self._of_part(
                part,
                phrase.field,
                open_start=place > 0 or phrase.open_start,
                open_end=place < last or phrase.open_end,
            )
            for place, part in enumerate(parts)
        ]
        return reduce(both, found)

    def words(self, phrase: Phrase) -> dict[str, int]:
        """
        Return the words of the index in which an open word stands, each with how often.

        Words that the index has only the beginning of are among them with 0: they must be read.
        """
        if phrase not in self._words:
            begins = not (phrase.opens_start or phrase.edits)
            prefix = simplify(phrase.text).partition(WILDCARD)[0] if begins else ""
            words = self._snapshot.units_without_han(prefix)
            self._words[phrase] = dict(matcher_of(phrase).pattern.counts_by_line(words)) | {
                word: 0 for word in words if is_cut(word)
            }
        return self._words[phrase]

    def _of_part(self, part: str, field: str | None, *, open_start: bool, open_end: bool) -> Docs:
        """Return the documents that may hold a text at whose ends longer words may stand."""
        rows = list(rows_of_units(part))
        first, last = rows[0][0], rows[-1][-1]
        open_start = open_start and may_go_on(first[0])
        open_end = open_end and may_go_on(last[-1])
        if not (open_start or open_end):
            return self.holding_all(_grams(rows), field)
        units = [unit for row in rows for unit in row]
        if len(units) == 1:
            opens = [Phrase(first, open_start=open_start, open_end=open_end)]
        else:
            opens = [Phrase(first, open_start=True)] if open_start else []
            opens += [Phrase(last, open_end=True)] if open_end else []
        found = [self.holding_any(self.words(one), field) for one in opens]
        certain = units[open_start : len(units) - open_end]
        return reduce(both, [*found, self.holding_all(certain, field)])

    def holding_any(self, units: Iterable[str], field: str | None) -> Docs:
        """Return the documents that hold one of several units or pairs."""
        return any_of((self._holding([unit], "pair", field) for unit in units), self._snapshot.size)

    def holding_all(self, grams: Iterable[str], field: str | None) -> Docs:
        """Return the documents that hold all of some units and pairs."""
        every = list(grams)
        return self._holding(every, "pair", field) if every else self._snapshot.docs

    def sure_of_one_edit(self, text: str, field: str | None) -> Docs:
        """Return the documents that hold a unit or a pair that is one edit from a text of Han."""
        if len(text) == 2:  # noqa: PLR2004 (any pair with one of them, in its place, will do)
            behind = self._snapshot.beside(text[0])[1]
            before = self._snapshot.beside(text[1])[0]
            pairs = {text[0] + other for other in behind} | {other + text[1] for other in before}
            often = self._snapshot.most_frequent(schema.TEXT_GRAMS, pairs, _OFTEN)
            return self.holding_any([*often, text[::-1]], field)
        if len(text) > 3:  # noqa: PLR2004
            return no_docs()
        return self.holding_any([text[:2], text[1:], text[0] + text[2]], field)

    def _one_edit_from(self, text: str, field: str | None) -> Docs:
        """Return the documents that may hold what one edit of a character makes of a text of Han."""
        if len(text) == 2:  # noqa: PLR2004 (each by itself, with another beside it)
            return self.holding_any(text, field)
        found = [self._holding_text(text, field)]
        for place in range(len(text)):
            left, right = text[:place], text[place + 1 :]
            found.append(self._holding_text(left + right, field))
            found.append(self._around(left, right, field))
            if place:
                found.append(self._around(left, text[place:], field))
                found.append(
                    self._holding_text(text[: place - 1] + text[place] + text[place - 1] + right, field)
                )
        return either(found)

    def _around(self, left: str, right: str, field: str | None) -> Docs:
        """Return the documents that may hold two texts with one character between them."""
        docs = reduce(both, [self._holding_text(text, field) for text in (left, right) if text])
        if not (left and right) or len(docs) <= _FEW:
            return docs
        behind, before = self._snapshot.beside(left[-1])[1], self._snapshot.beside(right[0])[0]
        pairs = ([left[-1] + other, other + right[0]] for other in behind & before)
        return both(docs, any_of((self._holding(one, "pair", field) for one in pairs), self._snapshot.size))

    def _holding_text(self, text: str, field: str | None) -> Docs:
        return self.holding_all(_grams(list(rows_of_units(text))), field)


def is_cut(word: str) -> bool:
    """Return whether a word of the index may have been longer in the text."""
    return len(word) == MAX_TERM_CHARS


def _grams(rows: list[list[str]]) -> list[str]:
    return list(dict.fromkeys(gram for row in rows for gram in scored_grams(row)))


def _without_one(rows: list[list[str]]) -> Iterator[list[str]]:
    """Yield the units that must stand when any one of them, or any one's place, may differ."""
    # An edit inside a word of letters makes another term: the Han beside it is all that is certain.
    units = [unit for row in rows for unit in row if is_han(unit)]
    if not units:
        yield []
    for index in range(len(units)):
        yield units[:index] + units[index + 1 :]
