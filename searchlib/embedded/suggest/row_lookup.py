"""
What the pairs of an index say of a row of units: where it occurs, what may be next to a unit.

All looks are counted; texts that were read stay at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from itertools import accumulate, pairwise

from searchlib.analysis import is_han, simplify, units
from searchlib.analysis.grams import MAX_TERM_CHARS, join_pair
from searchlib.arrays import I64, np
from searchlib.embedded.codec import schema
from searchlib.embedded.codec.postings import Postings
from searchlib.embedded.codec.term_dict import Flags, TermDict, code_points
from searchlib.embedded.search.kernel import has_pair, kernel_snapshot, neighbours, pairs_of
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.store.docsets import Docs, both, no_docs
from searchlib.embedded.suggest.corrections import (
    Budget,
    is_one_slip,
)
from searchlib.query.nodes import Phrase

Codes = I64

_COUNTED = 200
_SAMPLED, _LOOKED_AT = 24, 64
_OPEN = 150
_CODES = 1 << 18
_MIN_LATIN = 4
_LOOKED_UP, READING = 4, 8
"""What looking up a phrase and reading a text takes, in posting lists."""
TERMS_A_LIST = 16
"""As many terms take one posting list."""

Places = list[tuple[str, int, int]]


class Sides:
    """A row of units: which articles hold all pairs before and behind each place of it."""

    def __init__(self, row: str, held: tuple[Places, list[Docs | None], list[Docs | None]]) -> None:
        self.row = row
        self.places, self.before, self.behind = held

    def unit_before(self, place: int) -> str:
        """Return the unit before a place; nothing at the start."""
        return self.places[place - 1][0] if place else ""

    def unit_after(self, place: int) -> str:
        """Return the unit behind a place; nothing at the end."""
        return self.places[place + 1][0] if place + 1 < len(self.places) else ""

    def around(self, place: int) -> Docs | None:
        """Return the articles that hold what is before and what is after one place."""
        return both_known(self.before[place], self.behind[place + 1])


class RowLookup:
    """Looks rows of units up in one commit."""

    def __init__(self, matcher: Matcher, budget: Budget) -> None:
        self.matcher = matcher
        self._budget = budget
        self._texts: dict[int, str] = {}
        self._exists: dict[str, bool] = {}
        self._counts: dict[tuple[str, str | None], int] = {}
        self._opened = kernel_snapshot(matcher.snapshot)

    @cached_property
    def _fields(self) -> list[tuple[TermDict, Postings]]:
        fields = [segment.field(schema.TEXT_GRAMS) for segment in self.matcher.snapshot.segments]
        return [one for one in fields if one is not None]

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
        self._budget.spend(READING)
        return self.matcher.matches(phrase, doc)

    def _pair(self, first: str, second: str, field: str | None) -> Docs:
        self._budget.spend(1)
        return self._holding(join_pair(first[:MAX_TERM_CHARS], second[:MAX_TERM_CHARS]), field)

    def _holding_around(
        self, row: str, field: str | None
    ) -> tuple[Places, list[Docs | None], list[Docs | None]]:
        """Return the units of a row, and which articles hold all pairs before and behind each place."""
        places = [(unit, start, end) for unit, start, end, *_ in units(row)]
        pairs = [self._pair(first, second, field) for (first, *_), (second, *_) in pairwise(places)]
        single = [self._holding(unit, field) for unit, *_ in (places[0], places[-1])]
        self._budget.spend(2 * len(places))
        before: list[Docs | None] = [None, single[0], *accumulate(pairs, both)]
        behind: list[Docs | None] = [None, single[1], *accumulate(reversed(pairs), both)]
        return places, before, behind[::-1]

    def _with(self, other: str, sides: tuple[str, str], around: Docs | None, field: str | None) -> Docs:
        """Return the articles *around* that also hold a character with its neighbours."""
        left, right = sides
        docs = around
        for pair in ([(left, other)] if left else []) + ([(other, right)] if right else []):
            docs = both_known(docs, self._pair(*pair, field))
        return no_docs() if docs is None else docs

    def _neighbours(self, left: str, right: str) -> list[str]:
        """Return the Han characters between *left* and *right* in pairs; of one side the most frequent."""
        if not all(is_han(side) for side in left + right):
            return []
        found: set[str] = set()
        self._budget.spend(READING)
        if self._opened is not None:
            return sorted(filter(is_han, {*neighbours(self._opened, left, right, _OPEN)}))
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
        return sorted(found)

    def _pairs_of(self, firsts: str, seconds: str) -> list[str]:
        """Return the pairs that begin with one of some characters and end with one of others."""
        self._budget.spend(READING)
        if self._opened is not None:
            return pairs_of(self._opened, firsts, seconds)
        flags = [_flags_of(chars) for chars in (firsts, seconds)]
        return [
            terms.term_of(number)
            for terms, _ in self._fields
            for number in terms.spelt(flags, whole=True).tolist()
        ]

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
        found: set[str] = set()
        for doc in docs.tolist():
            self._budget.spend(READING)
            if self._budget.is_spent:
                break
            if doc not in self._texts:
                self._texts[doc] = simplify("\n".join(text for _, text in self.matcher.texts(doc, None)))
            found.update(filter(is_han, _chars_between(left, right, self._texts[doc])))
        return sorted(found)

    def _spelt_like(self, wrong: str) -> list[str]:
        """Return the words of letters in the index that are a slip away from one that is not there."""
        if not _MIN_LATIN <= len(wrong) <= MAX_TERM_CHARS or not wrong.isalpha() or self._is_pair(wrong):
            return []
        beginnings = sorted({wrong[0], wrong[1::-1], wrong[1:3]})
        begun = {word for start in beginnings for word in self.matcher.snapshot.units_without_han(start)}
        self._budget.spend(len(begun) // TERMS_A_LIST)
        return sorted(word for word in begun if is_one_slip(wrong, word))

    def _is_pair(self, gram: str) -> bool:
        known = self._exists.get(gram)
        if known is None:
            known = self._exists[gram] = self._looks_up(gram)
        return known

    def _looks_up(self, gram: str) -> bool:
        if self._opened is not None:
            with suppress(UnicodeEncodeError):  # a lone surrogate is no text to the kernel
                return has_pair(self._opened, gram)
        return any(terms.number_of(gram) >= 0 for terms, _ in self._fields)

    def _holding(self, text: str, field: str | None) -> Docs:
        """Return the articles that hold all pairs of a text."""
        return self.matcher.candidates(Phrase(text, field))


def _flags_of(chars: str) -> Flags:
    flags = np.zeros(_CODES, np.bool_)
    flags[list(map(ord, chars))] = True
    return flags


def both_known(first: Docs | None, second: Docs | None) -> Docs | None:
    """Return what is in both, or in the one that is known."""
    if first is None or second is None:
        return second if first is None else first
    return both(first, second)


def _chars_between(left: str, right: str, text: str) -> Iterator[str]:
    r"""
    Yield the characters that are between two texts, one at least not empty, without overlaps.

    To compile a pattern takes longer than to look through the few texts in which each is looked for.

    >>> list(_chars_between("查", "湖", "查干湖，查查湖\n查\n湖")), list(_chars_between("", "湖", "\n湖干湖"))
    (['干', '查'], ['干'])
    """
    place = text.find(left)
    while 0 <= place < len(text) - len(left):
        middle = place + len(left)
        if text[middle] != "\n" and text.startswith(right, middle + 1):
            yield text[middle]
            place = middle + len(right)
        place = text.find(left, place + 1) if left else text.find(right, place + 2) - 1
