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
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, pairwise

from searchlib.analysis import is_han
from searchlib.analysis.phonetics import sound_alikes
from searchlib.embedded.store.docsets import Docs
from searchlib.embedded.suggest.corrections import (
    COSTS,
    Correction,
    alike_characters,
    is_likely_slip,
)
from searchlib.embedded.suggest.row_lookup import TERMS_A_LIST, RowLookup, Sides, both_known
from searchlib.frozen import replace

_FREQUENCY = 0.15
_FEW = 128
_VERIFIED, _TRIED = 12, 36
_LEAST_TWICE, _MOST_TWICE = 3, 6
_CHAINS = 400
_MOST_CHARS = 200
"""The longest row to look at whole; longer ones are mended in pieces."""


Believed = Callable[[Correction], bool]
"""Whether a correction may be offered, as far as its text alone tells."""

Found = dict[str, tuple[Correction, int]]


def _anything(_: Correction) -> bool:
    return True


class Editor(RowLookup):
    """Looks for corrections in one commit."""

    def corrections(
        self, row: str, field: str | None = None, *, believed: Believed = _anything, likely_only: bool = False
    ) -> list[Correction]:
        """
        Return what is in some article and is a slip away from a row of units, the best first.

        Args:
            believed: Leaves out what is not to be offered.
            likely_only: Look only for characters that sound or look alike, are written twice or the other
                way round, not for one that is missing, too much or another.
        """
        if len(row) > _MOST_CHARS or self._budget.is_spent:
            return []
        if len(row) > 1 and all(map(is_han, row)) and self.matcher.analyzer.words(row) == [row]:
            return []  # a word of the dictionary is no slip, only not in these articles
        sides = Sides(row, self._holding_around(row, field))
        found: Found = {}

        def take(candidates: Iterable[tuple[Correction, int]]) -> list[Correction]:
            before = len(found)
            for correction, most in candidates:
                if most >= self._least(correction, row) and believed(correction):
                    text = correction.of(row)
                    if text not in found or correction.cost < found[text][0].cost:
                        found[text] = correction, most
            return self._verify(row, found, field) if len(found) > before else []

        turned = self._without_or_swapped(sides, field)
        if likely_only:
            turned = (one for one in turned if one[0].is_alike)
        kept = take(chain(self._alike(sides, field), turned))
        kept = kept or ([] if likely_only else take(self._alike_twice(row, field)))
        openings = [] if likely_only else sorted(self._openings(sides), key=lambda one: one[0])
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

    def _alike(self, sides: Sides, field: str | None) -> Iterator[tuple[Correction, int]]:
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
            self._budget.spend(len(kinds) // TERMS_A_LIST)
            for other, kind in kinds.items():
                if self._are_pairs(left, other, right):
                    docs = self._with(other, (left, right), sides.around(place), field)
                    if len(docs):
                        yield Correction(start, end, other, kind), len(docs)

    def _without_or_swapped(self, sides: Sides, field: str | None) -> Iterator[tuple[Correction, int]]:
        """Yield what is there with a character less, or two the other way round."""
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
        self, sides: Sides
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
                between = both_known(sides.before[place], sides.behind[place])
                yield _best_rank("is missing", between), partial(self._missing, sides, place)

    def _others(self, sides: Sides, place: int) -> Iterator[tuple[Correction, int]]:
        """Yield the characters that occur in the place of one."""
        wrong, start, end = sides.places[place]
        kinds = alike_characters(wrong)
        around = sides.around(place)
        for other, docs in self._filling(sides.row[:start], sides.row[end:], around):
            if other != wrong:
                yield Correction(start, end, other, kinds.get(other, "is another")), docs

    def _missing(self, sides: Sides, place: int) -> Iterator[tuple[Correction, int]]:
        """Yield the characters that are missing at a place."""
        start = sides.places[place][1]
        around = both_known(sides.before[place], sides.behind[place])
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

    def _alike_twice(self, row: str, field: str | None) -> Iterator[tuple[Correction, int]]:
        """Yield what is read as a short row of Han is, but with two characters of the same sound."""
        if not _LEAST_TWICE <= len(row) <= _MOST_TWICE or not all(map(is_han, row)):
            return
        chars = [
            row_char + "".join(other for other, same in sound_alikes(row_char) if same) for row_char in row
        ]
        chains = [(int(row[0] != char), char) for char in chars[0]]
        for place, (firsts, seconds) in enumerate(pairwise(chars)):
            pairs: dict[str, list[str]] = {}
            for pair in self._pairs_of(firsts, seconds):
                pairs.setdefault(pair[0], []).append(pair[1])
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


def _best_rank(kind: str, around: Docs | None) -> float:
    """Return the best rank that a slip of a kind can have where so many articles are around it."""
    return -math.inf if around is None else COSTS[kind] - _FREQUENCY * math.log(max(1, len(around)))


def _rank(correction: Correction, articles: int) -> float:
    return correction.cost - _FREQUENCY * math.log(max(1, articles))
