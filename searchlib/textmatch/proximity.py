"""
Phrases near each other in one text: which of their places belong together.

Distances are counted in the folded text, where a row of marks is one character and
what folding drops counts as nothing. Sentences and paragraphs are cut in the text as it was
given, because folding makes all marks alike. Places that belong together do not overlap.

Folding an article costs ten times as much as searching it, so phrases of Han are
looked for in the text as given first: what is near there with nothing between that
folds to more, is near; what is not there at all is not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

from searchlib.analysis import COMPOSING, PARAGRAPH_ENDS, SENTENCE_ENDS, Mapped, fold, fold_with_map
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.frozen import dataclass
from searchlib.lazy import lazy_pattern
from searchlib.model import Span
from searchlib.query.nodes import PARAGRAPH, SENTENCE, Near, Phrase
from searchlib.textmatch.phrases import is_hyphenated, matcher_of, spans
from searchlib.textmatch.raw import is_plain

_SENTENCE = lazy_pattern(f"[^{SENTENCE_ENDS}{PARAGRAPH_ENDS}]+")
_PARAGRAPH = lazy_pattern(f"[^{PARAGRAPH_ENDS}]+")
_NEVER_LONGER = "[\u4e00-\u9fff0-9A-Za-z，。、；：！？“”《》（） \n]"
"""A character that folds to one or none."""

_ALL_NEVER_LONGER = lazy_pattern(_NEVER_LONGER + "*")

_KEPT_AS = "_quick_tests"

Place = tuple[int, int, Phrase]
"""Start, end, and the phrase that is there."""


def is_near(near: Near, text: str, deadline: Deadline = NO_DEADLINE) -> bool:
    """Return whether all sides occur near each other in a text as it was given."""
    quick = _quick_tests_of(near) if is_plain(text) else None
    known = quick.decide(text, deadline) if quick else None
    if known is not None:
        return known
    return any(
        next(_groups(_places_in_folded(near, _Piece(piece)), _most(near), deadline), None) is not None
        for _, piece in _pieces(near, text)
    )


def near_places(near: Near, text: str, deadline: Deadline = NO_DEADLINE) -> Iterator[Place]:
    """Yield where in a text as it was given what is near each other stands, each place once."""
    if not is_near(near, text, deadline):
        return
    found: dict[Place, None] = {}
    for first, piece in _pieces(near, text):
        folded = _Piece(piece)
        for group in _groups(_places_in_folded(near, folded), _most(near), deadline):
            for start, end, phrase in group:
                low, high = folded.mapped.span(start, end)
                found[first + low, first + high, phrase] = None
    yield from found


@dataclass(frozen=True)
class QuickTests:
    """What tells of most texts, as they were given, whether something is near in them."""

    sides: tuple[tuple[re.Pattern[str], Phrase], ...]
    """Each must be found somewhere; with the first phrase of the side."""
    surely: re.Pattern[str]
    """The first two are near each other where this is found."""
    perhaps: re.Pattern[str]
    """They do not where this is not found."""
    most: int | None

    def decide(self, text: str, deadline: Deadline) -> bool | None:
        """Return whether all sides are near each other; None where only folding can tell."""
        if not all(side.search(text) for side, _ in self.sides):
            return False
        if COMPOSING.search(text):
            return None
        if len(self.sides) > 2:  # noqa: PLR2004
            if self.most is not None and self._are_near(text, deadline):
                return True
        elif self.surely.search(text):
            return True
        return None if self.perhaps.search(text) else False

    def _are_near(self, text: str, deadline: Deadline) -> bool:
        """Tell of more than two whether some are so near each other that folding takes nothing away."""
        sides = [[(*match.span(), phrase) for match in side.finditer(text)] for side, phrase in self.sides]
        return any(
            _ALL_NEVER_LONGER.fullmatch(text, min(map(_start, group)), max(map(_end, group)))
            for group in _groups(sides, self.most, deadline)
        )


def _quick_tests_of(near: Near) -> QuickTests | None:
    """Return the quick tests of a node; they are made once for each."""
    kept = vars(near)
    if _KEPT_AS not in kept:
        kept[_KEPT_AS] = quick_tests(near)
    found: QuickTests | None = kept[_KEPT_AS]
    return found


def quick_tests(near: Near) -> QuickTests | None:
    """Return the quick tests; None where a phrase has to be looked for in folded texts."""
    written = []
    for side in near.sides:
        bodies = [None if one.equals or one.is_loose else matcher_of(one).raw_body for one in side]
        if None in bodies:
            return None
        written.append("(?:" + "|".join(filter(None, bodies)) + ")")
    if isinstance(near.within, int):
        # Between two of several the others may stand.
        others = sum(max(len(phrase.text) for phrase in side) for side in near.sides[2:])
        surely = f"{_NEVER_LONGER}{{0,{near.within}}}?"
        perhaps = rf"[\W_]*(?:\w[\W_]*){{0,{near.within + others}}}?"
    else:
        ends = PARAGRAPH_ENDS if near.within == PARAGRAPH else SENTENCE_ENDS + PARAGRAPH_ENDS
        surely = perhaps = f"[^{ends}]*?"
    first, second = written[:2]
    sides = tuple((re.compile(body), side[0]) for body, side in zip(written, near.sides, strict=True))
    both = [re.compile(f"{first}{gap}{second}|{second}{gap}{first}") for gap in (surely, perhaps)]
    return QuickTests(sides, both[0], both[1], _most(near))


def _most(near: Near) -> int | None:
    return near.within if isinstance(near.within, int) else None


def _pieces(near: Near, text: str) -> Iterator[tuple[int, str]]:
    """Yield what may hold all sides: the sentences of a text, its paragraphs, or all of it."""
    if isinstance(near.within, int):
        yield 0, text
        return
    for match in (_SENTENCE if near.within == SENTENCE else _PARAGRAPH).finditer(text):
        yield match.start(), match.group()


class _Piece:
    """A text as it was given, and folded when it is asked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def mapped(self) -> Mapped:
        return fold_with_map(self.text)


def _places_in_folded(near: Near, piece: _Piece) -> list[list[Place]]:
    """Return for each side where it is in the folded text, in any of its forms."""
    return [
        sorted([(*span, phrase) for phrase in side for span in _in_any_form(phrase, piece)], key=_start)
        for side in near.sides
    ]


def _in_any_form(phrase: Phrase, piece: _Piece) -> Iterator[Span]:
    for form in (phrase, *phrase.equals):
        yield from _of(form, piece)


def _of(phrase: Phrase, piece: _Piece) -> Iterator[Span]:
    if not is_hyphenated(phrase):
        yield from matcher_of(phrase).pattern.places(piece.folded)
        return
    for start, end in spans(phrase, piece.text, lambda: piece.mapped):  # only the text as given has hyphens
        yield bisect_left(piece.mapped.starts, start), bisect_left(piece.mapped.starts, end)


def _start(place: Place) -> int:
    return place[0]


def _end(place: Place) -> int:
    return place[1]


class _NearSearch:
    """Looks for places behind a first one; remembers from where there is no way on."""

    def __init__(self, sides: Sequence[Sequence[Place]], deadline: Deadline) -> None:
        self._sides = sides
        self._deadline = deadline
        self.same = [sides.index(side) for side in sides]
        """The first side with the same places: which of them has a place does not matter, so one is tried."""
        self._starts = [[place[0] for place in side] for side in sides]
        self._by_length = [_by_length(side) for side in sides]
        self._in_vain: dict[tuple[int, tuple[int, ...]], int] = {}

    def are_behind(self, first: Place, others: frozenset[int], reach: int | None) -> bool:
        """Return whether each other side is after a place, within reach: most often one does not."""
        for side in others:
            starts = self._starts[side]
            at = bisect_left(starts, first[1])
            if at == len(starts) or (reach is not None and starts[at] > first[1] + reach):
                return False
        return True

    def rest(self, end: int, others: frozenset[int], left: int | None) -> list[Place] | None:
        """Return a place of each of *others* from *end* on, *left* characters between; None for no way."""
        if not others:
            return []
        most = -1 if left is None else left
        wanted = tuple(sorted([self.same[side] for side in others]))
        if self._in_vain.get((end, wanted), -2) >= most:
            return None
        self._deadline.check(texts=0)
        for start, side, at in sorted(self._next(end, others, left)):
            place = self._sides[side][at]
            spare = None if left is None else left - (start - end)
            found = self.rest(place[1], others - {side}, spare)
            if found is not None:
                return [place, *found]
        self._in_vain[end, wanted] = most
        return None

    def _next(self, end: int, others: frozenset[int], left: int | None) -> Iterator[tuple[int, int, int]]:
        """
        Yield the places that may come next: start, side, and number among its side's.

        Of a side's places of one length the first is enough: with a later one in its place, no fewer
        characters lie between all of them in the end, and less room is left after it. To try them all would
        take the square of their number for each place, and more for each further side.
        """
        for side in {self.same[side]: side for side in others}.values():
            for starts, numbers in self._by_length[side]:
                at = bisect_left(starts, end)
                if at < len(starts) and (left is None or starts[at] <= end + left):
                    yield starts[at], side, numbers[at]


def _by_length(side: Sequence[Place]) -> list[tuple[list[int], list[int]]]:
    """Return the starts of a side's places and their numbers, apart for each length."""
    found: dict[int, tuple[list[int], list[int]]] = {}
    for number, (start, end, _) in enumerate(side):
        starts, numbers = found.setdefault(end - start, ([], []))
        starts.append(start)
        numbers.append(number)
    return list(found.values())


def _groups(
    sides: Sequence[Sequence[Place]], most: int | None, deadline: Deadline = NO_DEADLINE
) -> Iterator[list[Place]]:
    """
    Yield places that belong together, one of each side: for each that can be the first one group.

    Args:
        sides: The places of each side, by their starts.
        most: How many characters may lie between them in all; None for any number.
    """
    if not all(sides):
        return
    search = _NearSearch(sides, deadline)
    reach = None if most is None else most + sum(max(one[1] - one[0] for one in side) for side in sides)
    for number in dict.fromkeys(search.same):
        side, others = sides[number], frozenset(range(len(sides))) - {number}
        for place in side:
            if search.are_behind(place, others, reach):
                rest = search.rest(place[1], others, most)
                if rest is not None:
                    yield [place, *rest]
