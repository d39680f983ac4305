"""
What could be typed after a beginning: words, names and headlines of the index, by characters or by pinyin.

Words and names come by how many articles hold them, headlines that begin with the text
before those that have it inside, short ones first. Nothing is worked out before it is
asked for: a beginning is a range of the dictionary, and its pinyin a mask over it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property

import numpy as np
import numpy.typing as npt

from searchlib.analysis import clean_text, fold, is_han, simplify
from searchlib.codec import schema
from searchlib.codec.postings import Postings
from searchlib.codec.segment import OpenSegment
from searchlib.codec.terms import PACKED_CHARS
from searchlib.query.nodes import Phrase
from searchlib.ranking.matching import Matcher
from searchlib.store.docsets import either
from searchlib.store.snapshot import Snapshot

_MOST = 64
"""So many words of a segment, and so many headlines, are looked at: the most frequent, the shortest."""

_NAMES = 2
"""So many of the words are names, where there are any: few articles are by one author."""

_LIKELY = 5
"""For a beginning of letters or figures, so many words that it may become are looked for in headlines."""

_GOES_ON = "0123456789abcdefghijklmnopqrstuvwxyz.,"
_LATIN = re.compile("[a-z]+")
_BITS = 21
_MASK = (1 << _BITS) - 1

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class Completer:
    """Completes beginnings from one commit; remembers what pinyin needs."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        found = [segment.field(schema.TEXT) for segment in snapshot.segments]
        self._words = [field for field in found if field is not None]

    def completions(self, typed: str, matcher: Matcher, limit: int) -> list[str]:
        """Return up to *limit* completions, half of them words where there are enough headlines."""
        wanted = simplify(fold(typed)).strip("\n ")
        if not wanted or not limit:
            return []
        words = self._beginning(wanted)
        names = self._by_count(self._names_from(wanted))
        if _LATIN.fullmatch(wanted):
            read, read_names = self._read_as(wanted)
            words += read
            names = self._by_count([*names, *read_names])
        ordered = self._ordered(words, wanted, limit)
        stem = wanted.rstrip(_GOES_ON)
        begun = [word for word in ordered if word.startswith(wanted)][:_LIKELY]
        headlines = self._headlines(typed, [stem] if stem else begun, matcher, limit)
        if not headlines and ordered and is_han(ordered[0]):  # pinyin stands in none, what it is read as may
            headlines = self._headlines(ordered[0], ordered[:1], matcher, limit)
        room = max(1, limit // 2, limit - len(headlines))
        known = min(len(names), _NAMES)
        chosen = dict.fromkeys([*ordered[: max(1, room - known)], *names[:known], *ordered])
        return list(dict.fromkeys([*list(chosen)[:room], *headlines]))[:limit]

    def _beginning(self, wanted: str) -> list[tuple[str, int]]:
        """Return the most frequent words that begin with a text, of each segment with how many articles."""
        found: list[tuple[str, int]] = []
        for terms, postings in self._words:
            most = _most_frequent(terms.beginning(wanted), postings)
            found += [(terms.term_of(number), postings.doc_freq(number)) for number in most]
        return found

    def _ordered(self, words: Iterable[tuple[str, int]], wanted: str, limit: int) -> list[str]:
        """
        Return the words that the most articles hold; a single character completes nothing.

        Only for the likeliest it is looked up what segments hold where they are not among the first.
        """
        least: dict[str, int] = {}
        for word, count in words:
            if word != wanted or len(word) > 1:
                least[word] = least.get(word, 0) + count
        likely = sorted(least, key=lambda word: (-least[word], word))[: 2 * limit]
        counts = {word: self._count(word) for word in likely}
        return sorted((word for word in counts if counts[word]), key=lambda word: (-counts[word], word))

    def _count(self, word: str) -> int:
        """Count the articles that hold a word."""
        return sum(_doc_freq(segment, schema.TEXT, word) for segment in self.snapshot.segments)

    @cached_property
    def _names(self) -> tuple[list[str], dict[str, int]]:
        """The names of authors in their order, and how many articles each has."""
        prefix = f"authors{schema.VALUE_SEPARATOR}"
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

    def _read_as(self, typed: str) -> tuple[list[tuple[str, int]], list[str]]:
        """Return the words and names whose first characters are read as *typed*, the last in part."""
        from searchlib.spelling.romanized import beginnings_read  # noqa: PLC0415 (its tables take 10 ms)

        words: list[tuple[str, int]] = []
        names: list[str] = []
        for row in beginnings_read(typed):
            for (terms, postings), chars in zip(self._words, self._chars_of_words, strict=True):
                most = _most_frequent(_fitting(row, chars), postings)
                words += [(terms.term_of(number), postings.doc_freq(number)) for number in most]
            names += [self._names[0][number] for number in _fitting(row, self._chars_of_names).tolist()]
        return words, names

    @cached_property
    def _chars_of_words(self) -> list[list[Numbers]]:
        """The characters of each segment's words of up to three, by their place."""
        return [
            [
                (terms.packed >> np.uint64(_BITS * place) & np.uint64(_MASK)).astype(np.int64)
                for place in (2, 1, 0)
            ]
            for terms, _ in self._words
        ]

    @cached_property
    def _chars_of_names(self) -> list[Numbers]:
        """The same of the names of authors."""
        filled = [name[:PACKED_CHARS].ljust(PACKED_CHARS, "\0") for name in self._names[0]]
        return [np.array([ord(name[place]) for name in filled], np.int64) for place in range(PACKED_CHARS)]

    def _headlines(self, typed: str, held: Iterable[str], matcher: Matcher, limit: int) -> list[str]:
        """
        Return headlines with a text in them, those that begin with it first, then the shortest.

        Args:
            held: Texts of which one at least is in each headline that is looked at.
        """
        phrase = Phrase(clean_text(typed), "headline", open_end=True)
        docs = either(matcher.candidates(Phrase(text, "headline")) for text in held)
        lengths = self.snapshot.lengths("headline")[docs]
        if len(docs) > _MOST:
            shortest = np.argpartition(lengths, _MOST)[:_MOST]
            docs, lengths = docs[shortest], lengths[shortest]
        found: dict[str, bool] = {}
        wanted = simplify(phrase.text)
        for doc in docs[np.lexsort((docs, lengths))].tolist():
            headline = next((text for name, text in self.snapshot.texts(doc) if name == "headline"), "")
            if headline not in found and phrase.stands_in(headline):
                found[headline] = simplify(fold(headline)).startswith(wanted)
            if len(found) >= limit and all(found.values()):
                break
        return sorted(found, key=lambda headline: not found[headline])[:limit]


def _most_frequent(numbers: Numbers, postings: Postings) -> list[int]:
    """Return those of some terms that the most documents hold."""
    counts = postings.doc_freqs(numbers)
    if len(numbers) > _MOST:
        numbers = numbers[np.argpartition(-counts, _MOST)[:_MOST]]
    most: list[int] = numbers.tolist()
    return most


def _fitting(row: list[Flags], chars: list[Numbers]) -> Numbers:
    """Return where characters fit a reading: one at least more than a single one."""
    fits = chars[1] > 0
    for flags, codes in zip(row, chars, strict=False):
        fits &= flags[np.minimum(codes, len(flags) - 1)]
    return np.flatnonzero(fits)


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
