"""
What could be typed after a beginning: words, names and headlines of the index, by characters or by pinyin.

Words and names come by how many articles hold them, headlines that begin with the text
before those that have it inside, short ones first. Nothing is worked out before it is
asked for: a beginning is a range of the dictionary, and its pinyin a mask over it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from searchlib.analysis import clean_text, fold, is_han, simplify
from searchlib.arrays import I64, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.postings import Postings
from searchlib.embedded.codec.segment import OpenSegment
from searchlib.embedded.codec.term_dict import PACKED_CHARS, Flags, TermDict
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.store.docsets import either
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.query.nodes import Phrase
from searchlib.stored_values import VALUE_SEPARATOR
from searchlib.textmatch.phrases import contains

_MOST_HEADLINES = 64
"""Maximum number of headlines that are looked at: the shortest."""

_NAMES = 2
"""Number of names among the words, where there are any: few articles are by one author."""

_LIKELY = 5
"""Maximum number of words that letters or figures may begin and that are looked for in headlines."""

_GOES_ON = "0123456789abcdefghijklmnopqrstuvwxyz.,"

Numbers = I64

_ANY: Flags = np.ones(1, np.bool_)
"""Whatever character: one beyond the end is as the last."""


class Completer:
    """Completes beginnings from one commit; remembers what pinyin needs."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._segments = [segment for segment in snapshot.segments if segment.field(schema.TEXT) is not None]
        fields = (segment.field(schema.TEXT) for segment in self._segments)
        self._words = [field for field in fields if field is not None]

    def completions(self, typed: str, matcher: Matcher, limit: int) -> list[str]:
        """Return up to *limit* completions, half of them words where there are enough headlines."""
        wanted = simplify(fold(typed)).strip("\n ")
        if not wanted or not limit:
            return []
        names = self._by_count(self._names_from(wanted))
        ordered = self._sort([[terms.beginning(wanted)] for terms, _ in self._words], wanted, limit)
        read = self._read_as(typed, wanted, matcher, limit)
        if read is not None:
            names = self._by_count([*names, *read.names])
            ordered = list(dict.fromkeys(read.words))
        stem = wanted.rstrip(_GOES_ON)
        begun = [word for word in ordered if word.startswith(wanted)][:_LIKELY]
        headlines = self._headlines(typed, [stem] if stem else begun, matcher, limit)
        if not headlines and read is not None and ordered and is_han(ordered[0]):  # pinyin is in none
            headlines = self._headlines(ordered[0], ordered[:1], matcher, limit, begun_only=read.is_syllable)
        room = max(1, limit // 2, limit - len(headlines))
        known = min(len(names), _NAMES)
        chosen = dict.fromkeys([*ordered[: max(1, room - known)], *names[:known], *ordered])
        return list(dict.fromkeys([*list(chosen)[:room], *headlines]))[:limit]

    def _sort(self, words: Iterable[Iterable[Numbers]], wanted: str, limit: int) -> list[str]:
        """
        Return the words that the most articles hold; a single character completes nothing.

        Args:
            words: Words of each segment, of which the most frequent are looked at; what other
                segments hold is looked up only for those that may come first.
        """
        held: dict[str, dict[int, int]] = {}
        for place, ((terms, postings), several) in enumerate(zip(self._words, words, strict=True)):
            for numbers in several:
                for number in _most_frequent(numbers, postings, 2 * limit + 1):
                    word = terms.term_of(number)
                    if word != wanted or len(word) > 1:
                        held.setdefault(word, {})[place] = postings.doc_freq(number)
        likely = sorted(held, key=lambda word: (-sum(held[word].values()), word))[: 2 * limit]
        counts = {word: self._count(word, held[word]) for word in likely}
        return sorted((word for word in counts if counts[word]), key=lambda word: (-counts[word], word))

    def _count(self, word: str, known: Mapping[int, int]) -> int:
        """Count the articles that hold a word; *known* has the count of segments, by their place."""
        return sum(
            known[place]
            if place in known and not segment.has_deleted
            else _doc_freq(segment, schema.TEXT, word)
            for place, segment in enumerate(self._segments)
        )

    @cached_property
    def _names(self) -> tuple[list[str], dict[str, int]]:
        """The names of authors in their order, and how many articles each has."""
        prefix = f"authors{VALUE_SEPARATOR}"
        counts: dict[str, int] = {}
        for segment in self.snapshot.segments:
            field = segment.field(schema.STORED_VALUES)
            if field is None:
                continue
            for term, number in field[0].from_prefix(prefix):
                name = term.removeprefix(prefix)
                held = _doc_freq(segment, schema.STORED_VALUES, term, number)
                counts[name] = counts.get(name, 0) + held
        return sorted(name for name, held in counts.items() if held), counts

    def _names_from(self, wanted: str) -> Iterator[str]:
        names, _ = self._names
        place = bisect_left(names, wanted)
        while place < len(names) and names[place].startswith(wanted):
            yield names[place]
            place += 1

    def _by_count(self, names: Iterable[str]) -> list[str]:
        counts = self._names[1]
        return sorted(dict.fromkeys(names), key=lambda name: (-counts[name], name))

    def _read_as(self, typed: str, wanted: str, matcher: Matcher, limit: int) -> _Read | None:
        """
        Return what a beginning completes to that is or may be pinyin; None where it cannot be.

        Words that begin with the letters, and those read in whole syllables, come before those of
        which the last syllable is there in part, or each as its first letter.
        """
        from searchlib.embedded.suggest.romanized import (  # noqa: PLC0415 (its tables take 10 ms)
            beginnings_read,
            letters_of,
            texts_begun,
        )

        letters = "" if any(map(is_han, wanted)) else letters_of(typed)
        if not letters:
            return None
        whole, part = beginnings_read(letters)
        tiers: list[list[list[Numbers]]] = [
            [[terms.beginning(wanted)] for terms, _ in self._words],
            [[] for _ in self._words],
        ]
        for tier, rows in zip(tiers, (whole, part), strict=True):
            for (terms, _), numbers in zip(self._words, tier, strict=True):
                numbers += [found for row in rows for found in _spelt(terms, row)]
        words = [word for tier in tiers for word in self._sort(tier, wanted, limit)]
        if not words:
            words = texts_begun([*whole, *part], matcher)
        is_syllable = any(len(row) == 1 for row in whole)
        return _Read(words, list(self._names_read([*whole, *part])), is_syllable)

    def _names_read(self, read: Iterable[list[Flags]]) -> Iterator[str]:
        """Yield the names whose first characters may be so."""
        for row in read:
            fits = np.ones(len(self._names[0]), np.bool_)
            for flags, codes in zip(
                [*row, _ANY] if len(row) == 1 else row, self._chars_of_names, strict=False
            ):
                fits &= flags[np.minimum(codes, len(flags) - 1)] & (codes > 0)
            for number in np.flatnonzero(fits).tolist():
                name, more = self._names[0][number], row[PACKED_CHARS:]
                rest = name[PACKED_CHARS : len(row)]
                if len(rest) == len(more) and all(
                    flags[min(ord(char), len(flags) - 1)] for flags, char in zip(more, rest, strict=True)
                ):
                    yield name

    @cached_property
    def _chars_of_names(self) -> list[Numbers]:
        """The first characters of the names of authors, by their place."""
        filled = [name[:PACKED_CHARS].ljust(PACKED_CHARS, "\0") for name in self._names[0]]
        return [np.array([ord(name[place]) for name in filled], np.int64) for place in range(PACKED_CHARS)]

    def _headlines(
        self, typed: str, held: Iterable[str], matcher: Matcher, limit: int, *, begun_only: bool = False
    ) -> list[str]:
        """
        Return headlines with a text in them, those that begin with it first, then the shortest.

        Args:
            held: Texts of which one at least is in each headline that is looked at.
            begun_only: Leave out those that have it inside.
        """
        phrase = Phrase(clean_text(typed), "headline", open_end=True)
        docs = either(matcher.candidates(Phrase(text, "headline")) for text in held)
        lengths = self.snapshot.lengths("headline")[docs]
        if len(docs) > _MOST_HEADLINES:
            shortest = np.argpartition(lengths, _MOST_HEADLINES)[:_MOST_HEADLINES]
            docs, lengths = docs[shortest], lengths[shortest]
        found: dict[str, bool] = {}
        wanted = simplify(phrase.text)
        for doc in docs[np.lexsort((docs, lengths))].tolist():
            headline = self.snapshot.headline(doc)
            if headline not in found and contains(phrase, headline):
                found[headline] = simplify(fold(headline)).startswith(wanted)
            if sum(found.values()) >= limit:
                break
        kept = [headline for headline in found if found[headline] or not begun_only]
        return sorted(kept, key=lambda headline: not found[headline])[:limit]


class _Read(NamedTuple):
    """What pinyin completes to, words and names, and whether it is a single syllable: many words begin so."""

    words: list[str]
    names: list[str]
    is_syllable: bool


def _spelt(terms: TermDict, row: list[Flags]) -> Iterator[Numbers]:
    """Yield the words, of two characters and more, that have one of some characters at each place."""
    if len(row) <= PACKED_CHARS:
        yield terms.spelt(row if len(row) > 1 else [*row, _ANY], whole=False)
    yield terms.spelt_long(row, whole=False)


def _most_frequent(numbers: Numbers, postings: Postings, most: int) -> list[int]:
    """Return those of some terms that the most documents hold."""
    if len(numbers) > most:
        numbers = numbers[np.argpartition(-postings.doc_freqs(numbers), most)[:most]]
    return list(map(int, numbers))


def _doc_freq(segment: OpenSegment, name: str, term: str, number: int | None = None) -> int:
    """Count the live documents of a segment that hold a term; *number* is the term's, where it is known."""
    field = segment.field(name)
    if field is None:
        return 0
    if number is None:
        number = field[0].number_of(term)
    if number < 0:
        return 0
    if not segment.has_deleted:
        return field[1].doc_freq(number)
    return int(segment.live[field[1].of(number)[0]].sum())
