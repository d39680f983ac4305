"""
What stands in the index and is one slip away from a text that does not.

Where the articles that hold all before and all behind a place are few, they are
read, and whatever stands between is a candidate. Where they are many, only what
is taken for the character there is asked for: its sound-alikes and look-alikes.
"""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from searchlib.analysis import is_han, simplify, units
from searchlib.analysis.grams import joined
from searchlib.codec import schema
from searchlib.codec.terms import Packed
from searchlib.query.nodes import Phrase
from searchlib.ranking.matching import Matcher
from searchlib.spelling.shapes import look_alikes
from searchlib.spelling.sounds import sound_alikes
from searchlib.store.docsets import NO_DOCS, Docs, both

COSTS = {
    "sounds the same": 1.0,
    "is written twice": 1.0,
    "stand the other way round": 1.1,
    "looks alike": 1.2,
    "sounds alike": 1.3,
    "is missing": 1.5,
    "is too much": 1.8,
    "is another": 2.2,
    "at an end is too much": 3.0,
    "is spelt so": 1.0,
}
"""How unlikely each slip is; a point weighs as much as e^(1 / _FREQUENCY) times the articles."""

Codes = npt.NDArray[np.int64]

LIKELY = {2: 0.0, 3: 1.1, 4: 1.5}
"""
The greatest cost of a slip that is believed where the words stand, but not in one piece.

By the characters of the text: the longer it is, the less it stands there by chance.
"""

_LIKELY_IN_LONG = 2.2

_FREQUENCY = 0.15
_FEW = 128
_VERIFIED = 12
_COUNTED = 200
_OPEN = 150
_MIN_LATIN = 4
_MOST_CHARS = 200
"""The longest row to look at whole: both sides of every place are looked up, the square of its length."""


@dataclass(frozen=True)
class Correction:
    """Another text for `[start, end)` of a row, and why; *articles* is 0 where counting takes too long."""

    start: int
    end: int
    new: str
    kind: str
    articles: int = 0

    def of(self, row: str) -> str:
        """Return the row as it should read."""
        return row[: self.start] + self.new + row[self.end :]

    @property
    def cost(self) -> float:
        """How unlikely the slip is."""
        return COSTS[self.kind]


def most_likely_cost(row: str) -> float:
    """Return the greatest cost of a slip that is believed in a row whose words stand apart."""
    return LIKELY.get(len(row), _LIKELY_IN_LONG if len(row) > max(LIKELY) else 0.0)


@dataclass
class Clock:
    """The time that may be spent."""

    seconds: float
    begun: float = field(default_factory=time.perf_counter)

    @property
    def is_over(self) -> bool:
        """Whether it is spent."""
        return time.perf_counter() - self.begun > self.seconds


class Editor:
    """Looks for corrections in one commit; texts that were read stay at hand."""

    def __init__(self, matcher: Matcher, clock: Clock) -> None:
        self._matcher = matcher
        self._clock = clock
        self._texts: dict[int, str] = {}
        self._exists: dict[str, bool] = {}
        fields = [segment.field(schema.TEXT_GRAMS) for segment in matcher.snapshot.segments]
        self._fields = [one for one in fields if one is not None]

    def corrections(self, row: str, field: str | None = None) -> list[Correction]:
        """Return what stands in some article and is a slip away from a row of units, the best first."""
        found: dict[str, tuple[Correction, int]] = {}
        if len(row) > _MOST_CHARS:
            return []
        if len(row) > 1 and self._matcher.analyzer.words(row) == [row] and all(map(is_han, row)):
            return []  # a word of the dictionary is no slip, only not in these articles
        for correction, most in self._candidates(row, field):
            if most < _least_articles(correction, row):
                continue
            text = correction.of(row)
            if text not in found or correction.cost < found[text][0].cost:
                found[text] = correction, most
        ordered = sorted(found.items(), key=lambda one: (_rank(*one[1]), one[0]))
        kept = []
        for text, (correction, _) in ordered[:_VERIFIED]:
            articles = self._articles(text, field)
            if articles is not None and (articles or _COUNTED) >= _least_articles(correction, row):
                kept.append((correction, articles))
            if self._clock.is_over and kept:
                break
        kept.sort(key=lambda one: _rank(one[0], one[1] or _COUNTED))
        return [Correction(c.start, c.end, c.new, c.kind, articles) for c, articles in kept]

    def stands(self, phrase: Phrase) -> bool:
        """Tell whether a phrase stands in an article; of very many that may hold it a few are read."""
        found = self._matcher.bounds(phrase)
        if len(found.sure) or not len(found.possible):
            return bool(len(found.sure))
        return any(self._matcher.matches(phrase, doc) for doc in found.possible[:_COUNTED].tolist())

    def _articles(self, text: str, field: str | None) -> int | None:
        """Count the articles in which a text stands: None for none, 0 for too many to read."""
        phrase = Phrase(text, field)
        found = self._matcher.bounds(phrase)
        if found.is_known or len(found.possible) <= _COUNTED:
            return len(self._matcher.docs(phrase)) or None
        return 0 if self.stands(phrase) else None

    def _candidates(self, row: str, field: str | None) -> Iterator[tuple[Correction, int]]:
        """Yield corrections, and how many articles may hold each at most."""
        places = [(unit, start, end) for unit, start, end, *_ in units(row)]
        count = len(places)
        ends = [0, *(end for _, _, end in places)]
        starts = [*(start for _, start, _ in places), len(row)]
        before = [self._holding(row[: ends[place]], field) for place in range(count + 1)]
        behind = [self._holding(row[starts[place] :], field) for place in range(count + 1)]
        for place, (unit, start, end) in enumerate(places):
            if self._clock.is_over:
                return
            around = _both(before[place], behind[place + 1])
            if not is_han(unit):
                for other in self._spelt_like(unit):
                    yield Correction(start, end, other, "is spelt so"), 1
                continue
            left, right = row[: ends[place]], row[starts[place + 1] :]
            if count > 1:
                yield from self._others(row, (start, end), (left, right), around)
                is_double = unit in {row[start - 1 : start], row[end : end + 1]}
                kind = "is too much" if left and right else "at an end is too much"
                kind = "is written twice" if is_double else kind
                if left + right and (is_double or count > 3):  # noqa: PLR2004 (of three, two say too little)
                    yield from self._one(Correction(start, end, "", kind), row, field)
            if place + 1 < count and is_han(places[place + 1][0]):
                next_end = ends[place + 2]
                turned = Correction(start, next_end, row[end:next_end] + unit, "stand the other way round")
                yield from self._one(turned, row, field)
                pair = row[start:next_end]
                if row[next_end : next_end + len(pair)] == pair:
                    yield from self._one(Correction(start, next_end, "", "is written twice"), row, field)
            if place:
                yield from self._missing(row, start, _both(before[place], behind[place]))

    def _one(self, correction: Correction, row: str, field: str | None) -> Iterator[tuple[Correction, int]]:
        text = correction.of(row)
        if text != row:
            docs = self._holding(text, field)
            if docs is not None and len(docs):
                yield correction, len(docs)

    def _others(
        self, row: str, place: tuple[int, int], sides: tuple[str, str], around: Docs | None
    ) -> Iterator[tuple[Correction, int]]:
        """Yield the characters that stand in the place of one."""
        start, end = place
        wrong = row[start:end]
        kinds = dict.fromkeys(look_alikes(wrong), "looks alike")
        for other, exactly in sound_alikes(wrong):
            kinds[other] = "sounds the same" if exactly else kinds.get(other, "sounds alike")
        if around is not None and len(around) <= _FEW:
            for other in self._between(*sides, around):
                if other != wrong:
                    yield Correction(start, end, other, kinds.get(other, "is another")), len(around)
            return
        for other in self._neighbours(sides[0][-1:], sides[1][:1], kinds):
            if other != wrong:
                docs = self._with(other, sides, around)
                if len(docs):
                    yield Correction(start, end, other, kinds.get(other, "is another")), len(docs)
            if self._clock.is_over:
                return

    def _missing(self, row: str, place: int, around: Docs | None) -> Iterator[tuple[Correction, int]]:
        """Yield the characters that are missing at a place."""
        if around is not None and len(around) <= _FEW:
            for other in self._between(row[:place].rstrip(" "), row[place:], around):
                yield Correction(place, place, other, "is missing"), len(around)
            return
        sides = row[:place], row[place:]
        for other in self._neighbours(sides[0][-1], sides[1][0], ()):
            docs = self._with(other, sides, around)
            if len(docs):
                yield Correction(place, place, other, "is missing"), len(docs)
            if self._clock.is_over:
                return

    def _with(self, other: str, sides: tuple[str, str], around: Docs | None) -> Docs:
        """Return the articles *around* that also hold a character with its neighbours."""
        left, right = sides[0][-1:], sides[1][:1]
        docs = around
        for pair in ([joined(left, other)] if left else []) + ([joined(other, right)] if right else []):
            docs = _both(docs, self._matcher.candidates(Phrase(pair)))
        return NO_DOCS if docs is None else docs

    def _neighbours(self, left: str, right: str, likely: Iterable[str]) -> list[str]:
        """
        Return the Han characters that stand behind *left* and before *right* in the index.

        Where one side is open, the most frequent ones and those that are *likely*.
        """
        if not all(is_han(side) for side in left + right):
            return [other for other in likely if self._are_pairs(left, other, right)]
        found: set[str] = set()
        for (_, postings), (firsts, seconds) in zip(self._fields, self._chars, strict=True):
            behind = np.flatnonzero(firsts == ord(left)) if left else None
            before = np.flatnonzero(seconds == ord(right)) if right else None
            if behind is not None and before is not None:
                codes = np.intersect1d(seconds[behind], firsts[before])
            else:
                numbers = behind if behind is not None else before
                assert numbers is not None  # noqa: S101 (a row of one character has no neighbours)
                often = sorted(numbers.tolist(), key=postings.doc_freq, reverse=True)[:_OPEN]
                codes = (seconds if left else firsts)[often]
            found.update(filter(is_han, map(chr, filter(None, codes.tolist()))))
        found.update(other for other in likely if other not in found and self._are_pairs(left, other, right))
        return sorted(found)

    @cached_property
    def _chars(self) -> list[tuple[Codes, Codes]]:
        """The first and the second character of each pair, by segment."""
        every = [terms.packed for terms, _ in self._fields]
        return [(_code(packed, 2), _code(packed, 1)) for packed in every]

    def _are_pairs(self, left: str, other: str, right: str) -> bool:
        return (not left or self._is_pair(joined(left, other))) and (
            not right or self._is_pair(joined(other, right))
        )

    def _between(self, left: str, right: str, docs: Docs) -> set[str]:
        """Return the Han characters that stand between two texts in some articles."""
        between = re.compile(f"{re.escape(left)}(.){re.escape(right)}")
        found: set[str] = set()
        for doc in docs.tolist():
            if doc not in self._texts:
                if self._clock.is_over:
                    break
                self._texts[doc] = simplify("\n".join(text for _, text in self._matcher.texts(doc, None)))
            found.update(filter(is_han, between.findall(self._texts[doc])))
        return found

    def _spelt_like(self, wrong: str) -> list[str]:
        """Return the words of letters in the index that are a slip away from one that is not there."""
        if len(wrong) < _MIN_LATIN or not wrong.isalpha() or self._is_pair(wrong):
            return []
        beginnings = {wrong[:2], wrong[1::-1], wrong[0] + wrong[2], wrong[1:3]}
        begun = {word for start in beginnings for word in self._matcher.snapshot.units_without_han(start)}
        return sorted(word for word in begun if is_one_slip(wrong, word))

    def _is_pair(self, gram: str) -> bool:
        known = self._exists.get(gram)
        if known is None:
            known = self._exists[gram] = any(terms.number_of(gram) >= 0 for terms, _ in self._fields)
        return known

    def _holding(self, text: str, field: str | None) -> Docs | None:
        """Return the articles that hold all pairs of a text; None where there is no text."""
        return self._matcher.candidates(Phrase(text, field)) if text.strip() else None


def is_one_slip(first: str, second: str) -> bool:
    """
    Tell whether one letter more, less, changed or swapped makes one word the other.

    >>> is_one_slip("huawie", "huawei"), is_one_slip("tesla", "telsa"), is_one_slip("abcd", "abdce")
    (True, True, False)
    """
    if abs(len(first) - len(second)) > 1 or first == second:
        return False
    start = 0
    while start < min(len(first), len(second)) and first[start] == second[start]:
        start += 1
    one, two = first[start:], second[start:]
    if one[1:] == two[1:] or one[1:] == two or one == two[1:]:
        return True
    return one[:2] == two[1::-1] and one[2:] == two[2:]


def _both(first: Docs | None, second: Docs | None) -> Docs | None:
    if first is None or second is None:
        return second if first is None else first
    return both(first, second)


def _least_articles(correction: Correction, row: str) -> int:
    """Return in how many articles a short text must stand that is not much like what was typed."""
    if len(row) <= 2 and correction.cost > COSTS["sounds alike"]:  # noqa: PLR2004
        return 20
    return 3 if len(row) == 3 and correction.cost > COSTS["is missing"] else 1  # noqa: PLR2004


def _code(packed: Packed, place: int) -> Codes:
    codes: Codes = (packed >> np.uint64(21 * place) & np.uint64((1 << 21) - 1)).astype(np.int64)
    return codes


def _rank(correction: Correction, articles: int) -> float:
    return correction.cost - _FREQUENCY * math.log(max(1, articles))
