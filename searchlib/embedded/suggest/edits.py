"""
What occurs in the index and is one slip away from a text that does not; of short texts, two homophones.

First come the characters that sound or look like those typed, and two that changed places: a
look at the pairs of the dictionary. Only where something else could still be likelier are the
articles looked at that hold all before and all behind a place, those places first where it can be
the likeliest: they are read where they are few, and asked for the characters between by pairs where
they are many. All of it is counted, and ends when a fixed amount of work is done.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from itertools import accumulate, chain, pairwise

from searchlib.analysis import is_han, simplify, units
from searchlib.analysis.grams import MAX_TERM_CHARS, join_pair
from searchlib.analysis.phonetics import sound_alikes
from searchlib.arrays import I64, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.term_dict import Flags, code_points
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.store.docsets import Docs, both, no_docs
from searchlib.embedded.suggest.corrections import (
    COSTS,
    Budget,
    Correction,
    alike_characters,
    is_likely_slip,
    is_one_slip,
)
from searchlib.query.nodes import Phrase

Codes = I64

_FREQUENCY = 0.15
_FEW = 128
_VERIFIED, _TRIED = 12, 36
_COUNTED = 200
_SAMPLED, _LOOKED_AT = 24, 64
_OPEN = 150
_MIN_LATIN = 4
_LEAST_TWICE, _MOST_TWICE = 3, 6
_CHAINS = 400
_CODES = 1 << 18
_LOOKED_UP, _READ, _EXISTING = 4, 8, 16
"""What looking up a phrase and reading a text takes, in posting lists; so many terms take one list."""
_MOST_CHARS = 200
"""The longest row to look at whole; longer ones are mended in pieces."""


Believed = Callable[[Correction], bool]
"""Whether a correction may be offered, as far as its text alone tells."""

Found = dict[str, tuple[Correction, int]]


def _anything(_: Correction) -> bool:
    return True


class Editor:
    """Looks for corrections in one commit; texts that were read stay at hand."""

    def __init__(self, matcher: Matcher, budget: Budget) -> None:
        self.matcher = matcher
        self._budget = budget
        self._texts: dict[int, str] = {}
        self._exists: dict[str, bool] = {}
        self._counts: dict[tuple[str, str | None], int] = {}
        fields = [segment.field(schema.TEXT_GRAMS) for segment in matcher.snapshot.segments]
        self._fields = [one for one in fields if one is not None]

    def corrections(
        self, row: str, field: str | None = None, *, believed: Believed = _anything, alike_only: bool = False
    ) -> list[Correction]:
        """
        Return what stands in some article and is a slip away from a row of units, the best first.

        Args:
            believed: Leaves out what is not to be offered.
            alike_only: Look only for characters that sound or look alike, not for one that is missing,
                too much or another.
        """
        if len(row) > _MOST_CHARS or self._budget.is_spent:
            return []
        if len(row) > 1 and all(map(is_han, row)) and self.matcher.analyzer.words(row) == [row]:
            return []  # a word of the dictionary is no slip, only not in these articles
        sides = _Sides(row, self._holding_around(row, field))
        found: Found = {}

        def take(candidates: Iterable[tuple[Correction, int]]) -> list[Correction]:
            before = len(found)
            for correction, most in candidates:
                if most >= self._least(correction, row) and believed(correction):
                    text = correction.of(row)
                    if text not in found or correction.cost < found[text][0].cost:
                        found[text] = correction, most
            return self._verify(row, found, field) if len(found) > before else []

        likely = self._alike(sides, field)
        kept = take(likely if alike_only else chain(likely, self._without_or_swapped(sides, field)))
        kept = kept or take(self._alike_twice(row, field))
        openings = [] if alike_only else sorted(self._openings(sides), key=lambda one: one[0])
        for bound, others in openings:
            if self._budget.is_spent or (kept and _rank(kept[0], kept[0].articles) <= bound):
                break
            kept = take(others()) or kept
        return kept

    def _verify(self, row: str, found: Found, field: str | None) -> list[Correction]:
        """Return those of what was found that occur somewhere, the best first; only the likely are tried."""
        ordered = sorted(found.items(), key=lambda one: (_rank(*one[1]), one[0]))
        kept = []
        for text, (correction, _) in ordered[:_TRIED]:
            articles = self.articles(text, field)
            if articles and articles >= self._least(correction, row):
                kept.append(replace(correction, articles=articles))
            if len(kept) >= _VERIFIED:
                break
        return sorted(kept, key=lambda one: (_rank(one, one.articles), one.of(row)))

    def _least(self, correction: Correction, row: str) -> int:
        """Return in how many articles a short text must occur that is not much like what was typed."""
        if len(row) <= 2 and not correction.is_alike:  # noqa: PLR2004
            return 20
        if len(row) > 3 or correction.cost <= COSTS["is missing"]:  # noqa: PLR2004
            return 1
        if correction.kind == "sound the same":  # in a few thousand articles hardly by chance
            return min(3, 1 + self.matcher.snapshot.size // 5000)
        return 3

    def stands(self, phrase: Phrase) -> bool:
        """
        Return whether a phrase occurs in an article; of very many that may hold it a few are read.

        When nothing of the budget is left, everything does: no word is taken for a slip unseen.
        """
        if self._budget.is_spent:
            return True
        found = self.matcher.bounds(phrase)
        self._budget.spend(_LOOKED_UP)
        if len(found.sure) or not len(found.possible):
            return bool(len(found.sure))
        return any(self._reads(phrase, doc) for doc in found.possible[:_COUNTED].tolist())

    def articles(self, text: str, field: str | None = None) -> int:
        """Return in how many articles a text occurs; where many may hold it, by the share of a sample."""
        key = (text, field)
        if key not in self._counts:
            phrase = Phrase(text, field)
            found = self.matcher.bounds(phrase)
            self._budget.spend(_LOOKED_UP)
            possible = found.possible
            if found.is_known:
                self._counts[key] = len(possible)
            else:
                step = max(1, len(possible) // _SAMPLED)
                sample = possible[::step].tolist()
                held = sum(self._reads(phrase, doc) for doc in sample)
                count = max(len(found.sure), held * len(possible) // max(1, len(sample)))
                self._counts[key] = count or any(
                    self._reads(phrase, doc) for doc in possible[:_LOOKED_AT].tolist()
                )
        return self._counts[key]

    def _reads(self, phrase: Phrase, doc: int) -> bool:
        self._budget.spend(_READ)
        return self.matcher.matches(phrase, doc)

    def _holding_around(
        self, row: str, field: str | None
    ) -> tuple[_Places, list[Docs | None], list[Docs | None]]:
        """Return the units of a row, and which articles hold all pairs before and behind each place."""
        places = [(unit, start, end) for unit, start, end, *_ in units(row)]
        pairs = [self._pair(first, second, field) for (first, *_), (second, *_) in pairwise(places)]
        single = [self._holding(unit, field) for unit, *_ in (places[0], places[-1])]
        self._budget.spend(2 * len(places))
        before: list[Docs | None] = [None, single[0], *accumulate(pairs, both)]
        behind: list[Docs | None] = [None, single[1], *accumulate(reversed(pairs), both)]
        return places, before, behind[::-1]

    def _pair(self, first: str, second: str, field: str | None) -> Docs:
        self._budget.spend(1)
        return self._holding(join_pair(first[:MAX_TERM_CHARS], second[:MAX_TERM_CHARS]), field)

    def _alike(self, sides: _Sides, field: str | None) -> Iterator[tuple[Correction, int]]:
        """Yield what sounds or looks like one character, or is spelt like a word, and in how many."""
        for place, (unit, start, end) in enumerate(sides.places):
            if self._budget.is_spent:
                return
            if not is_han(unit):
                for other in self._spelt_like(unit):
                    kind = "is spelt so" if is_likely_slip(unit, other) else "is spelt nearly so"
                    yield Correction(start, end, other, kind), 1
                continue
            if len(sides.places) == 1:
                continue
            left, right = sides.unit_before(place), sides.unit_after(place)
            kinds = alike_characters(unit)
            self._budget.spend(len(kinds) // _EXISTING)
            for other, kind in kinds.items():
                if self._are_pairs(left, other, right):
                    docs = self._with(other, (left, right), sides.around(place), field)
                    if len(docs):
                        yield Correction(start, end, other, kind), len(docs)

    def _without_or_swapped(self, sides: _Sides, field: str | None) -> Iterator[tuple[Correction, int]]:
        """Yield what stands there with a character less, or two the other way round."""
        row, places = sides.row, sides.places
        for place, (unit, start, end) in enumerate(places):
            if self._budget.is_spent:
                return
            if not is_han(unit):
                continue
            inside = 0 < place < len(places) - 1
            is_double = unit in {row[start - 1 : start], row[end : end + 1]}
            if is_double or (inside and len(places) > 3):  # noqa: PLR2004 (of three, two say too little)
                kind = "is written twice" if is_double else "is too much"
                yield from self._one(Correction(start, end, "", kind), row, field)
            if place + 1 < len(places) and is_han(places[place + 1][0]):
                next_end = places[place + 1][2]
                turned = Correction(start, next_end, row[end:next_end] + unit, "stand the other way round")
                yield from self._one(turned, row, field)
                pair = row[start:next_end]
                if row[next_end : next_end + len(pair)] == pair:
                    yield from self._one(Correction(start, next_end, "", "is written twice"), row, field)

    def _one(self, correction: Correction, row: str, field: str | None) -> Iterator[tuple[Correction, int]]:
        text = correction.of(row)
        if text != row and text.strip():
            docs = self._holding(text, field)
            self._budget.spend(len(text))
            if len(docs):
                yield correction, len(docs)

    def _openings(
        self, sides: _Sides
    ) -> Iterator[tuple[float, Callable[[], Iterator[tuple[Correction, int]]]]]:
        """Yield where another character may be, or one more: how good that can be, and what looks for it."""
        for place, (unit, *_) in enumerate(sides.places):
            if not is_han(unit):
                continue
            if len(sides.places) > 1:
                around = sides.around(place)
                bound = _best_rank("is another", around)
                yield bound, partial(self._others, sides, place)
            if place:
                between = _both(sides.before[place], sides.behind[place])
                yield _best_rank("is missing", between), partial(self._missing, sides, place)

    def _others(self, sides: _Sides, place: int) -> Iterator[tuple[Correction, int]]:
        """Yield the characters that occur in the place of one."""
        wrong, start, end = sides.places[place]
        kinds = alike_characters(wrong)
        around = sides.around(place)
        for other, docs in self._filling(sides.row[:start], sides.row[end:], around):
            if other != wrong:
                yield Correction(start, end, other, kinds.get(other, "is another")), docs

    def _missing(self, sides: _Sides, place: int) -> Iterator[tuple[Correction, int]]:
        """Yield the characters that are missing at a place."""
        start = sides.places[place][1]
        around = _both(sides.before[place], sides.behind[place])
        for other, docs in self._filling(sides.row[:start].rstrip(" "), sides.row[start:], around):
            yield Correction(start, start, other, "is missing"), docs

    def _filling(self, left: str, right: str, around: Docs | None) -> Iterator[tuple[str, int]]:
        """Yield the Han characters that occur between two texts, and how many articles may hold each."""
        if around is not None and len(around) <= _FEW:
            yield from ((other, len(around)) for other in self._between(left, right, around))
            return
        for other in self._neighbours(left[-1:], right[:1]):
            docs = self._with(other, (left[-1:], right[:1]), around, None)
            if len(docs):
                yield other, len(docs)
            if self._budget.is_spent:
                return

    def _with(self, other: str, sides: tuple[str, str], around: Docs | None, field: str | None) -> Docs:
        """Return the articles *around* that also hold a character with its neighbours."""
        left, right = sides
        docs = around
        for pair in ([(left, other)] if left else []) + ([(other, right)] if right else []):
            docs = _both(docs, self._pair(*pair, field))
        return no_docs() if docs is None else docs

    def _alike_twice(self, row: str, field: str | None) -> Iterator[tuple[Correction, int]]:
        """Yield what is read as a short row of Han is, but with two characters of the same sound."""
        if not _LEAST_TWICE <= len(row) <= _MOST_TWICE or not all(map(is_han, row)):
            return
        chars = [
            row_char + "".join(other for other, same in sound_alikes(row_char) if same) for row_char in row
        ]
        flags = [_flags_of(options) for options in chars]
        chains = [(int(row[0] != char), char) for char in chars[0]]
        for place, pair_flags in enumerate(pairwise(flags)):
            pairs: dict[str, list[str]] = {}
            for terms, _ in self._fields:
                for number in terms.spelt(pair_flags, whole=True).tolist():
                    pair = terms.term_of(number)
                    pairs.setdefault(pair[0], []).append(pair[1])
            self._budget.spend(_READ)
            chains = [
                (slips + (second != row[place + 1]), text + second)
                for slips, text in chains
                for second in dict.fromkeys(pairs.get(text[-1], ()))
                if slips + (second != row[place + 1]) <= 2  # noqa: PLR2004
            ][:_CHAINS]
        for slips, text in chains:
            if slips == 2:  # noqa: PLR2004
                changed = [place for place in range(len(row)) if row[place] != text[place]]
                start, end = changed[0], changed[-1] + 1
                twice = Correction(start, end, text[start:end], "sound the same")
                yield from self._one(twice, row, field)

    def _neighbours(self, left: str, right: str) -> list[str]:
        """Return the Han characters between *left* and *right* in pairs; of one side the most frequent."""
        if not all(is_han(side) for side in left + right):
            return []
        found: set[str] = set()
        for (_, postings), (firsts, seconds) in zip(self._fields, self._chars, strict=True):
            behind = np.flatnonzero(firsts == ord(left)) if left else None
            before = np.flatnonzero(seconds == ord(right)) if right else None
            if behind is not None and before is not None:
                codes = np.intersect1d(seconds[behind], firsts[before])
            else:
                numbers = behind if behind is not None else before
                assert numbers is not None  # noqa: S101 (a row of one character has no neighbours)
                often = numbers[np.argsort(-postings.doc_freqs(numbers), kind="stable")[:_OPEN]]
                codes = (seconds if left else firsts)[often]
            found.update(filter(is_han, map(chr, filter(None, codes.tolist()))))
        self._budget.spend(_READ)
        return sorted(found)

    @cached_property
    def _chars(self) -> list[tuple[Codes, Codes]]:
        """The first and the second character of each pair, by segment."""
        every = [terms.packed for terms, _ in self._fields]
        return [(code_points(packed, 0), code_points(packed, 1)) for packed in every]

    def _are_pairs(self, left: str, other: str, right: str) -> bool:
        return (not left or self._is_pair(join_pair(left, other))) and (
            not right or self._is_pair(join_pair(other, right))
        )

    def _between(self, left: str, right: str, docs: Docs) -> list[str]:
        """Return the Han characters that occur between two texts in some articles."""
        between = re.compile(f"{re.escape(left)}(.){re.escape(right)}")
        found: set[str] = set()
        for doc in docs.tolist():
            self._budget.spend(_READ)
            if self._budget.is_spent:
                break
            if doc not in self._texts:
                self._texts[doc] = simplify("\n".join(text for _, text in self.matcher.texts(doc, None)))
            found.update(filter(is_han, between.findall(self._texts[doc])))
        return sorted(found)

    def _spelt_like(self, wrong: str) -> list[str]:
        """Return the words of letters in the index that are a slip away from one that is not there."""
        if not _MIN_LATIN <= len(wrong) <= MAX_TERM_CHARS or not wrong.isalpha() or self._is_pair(wrong):
            return []
        beginnings = sorted({wrong[0], wrong[1::-1], wrong[1:3]})
        begun = {word for start in beginnings for word in self.matcher.snapshot.units_without_han(start)}
        self._budget.spend(len(begun) // _EXISTING)
        return sorted(word for word in begun if is_one_slip(wrong, word))

    def _is_pair(self, gram: str) -> bool:
        known = self._exists.get(gram)
        if known is None:
            known = self._exists[gram] = any(terms.number_of(gram) >= 0 for terms, _ in self._fields)
        return known

    def _holding(self, text: str, field: str | None) -> Docs:
        """Return the articles that hold all pairs of a text."""
        return self.matcher.candidates(Phrase(text, field))


_Places = list[tuple[str, int, int]]


class _Sides:
    """A row of units: which articles hold all pairs before and behind each place of it."""

    def __init__(self, row: str, held: tuple[_Places, list[Docs | None], list[Docs | None]]) -> None:
        self.row = row
        self.places, self.before, self.behind = held

    def unit_before(self, place: int) -> str:
        """Return the unit before a place; nothing at the start."""
        return self.places[place - 1][0] if place else ""

    def unit_after(self, place: int) -> str:
        """Return the unit behind a place; nothing at the end."""
        return self.places[place + 1][0] if place + 1 < len(self.places) else ""

    def around(self, place: int) -> Docs | None:
        """Return the articles that hold what is before and what is behind one place."""
        return _both(self.before[place], self.behind[place + 1])


def _best_rank(kind: str, around: Docs | None) -> float:
    """Return the best rank that a slip of a kind can have where so many articles are around it."""
    return -math.inf if around is None else COSTS[kind] - _FREQUENCY * math.log(max(1, len(around)))


def _flags_of(chars: str) -> Flags:
    flags = np.zeros(_CODES, np.bool_)
    flags[list(map(ord, chars))] = True
    return flags


def _both(first: Docs | None, second: Docs | None) -> Docs | None:
    if first is None or second is None:
        return second if first is None else first
    return both(first, second)


def _rank(correction: Correction, articles: int) -> float:
    return correction.cost - _FREQUENCY * math.log(max(1, articles))
