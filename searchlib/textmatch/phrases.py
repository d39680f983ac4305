"""
Where a phrase occurs in a text: the one protocol of all matchers, and which of them a phrase needs.

Folding an article costs ten times as much as searching it. So most phrases are looked for in the
text as it was given (`raw`, `hyphen`, `written_number`), some are decided by it for most texts
(`prefilter`), and only what is left is looked for in the folded text (`pattern`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from searchlib.analysis import Mapped, fold
from searchlib.model import Span
from searchlib.query.nodes import Phrase
from searchlib.textmatch.pattern import Pattern, pattern
from searchlib.textmatch.raw import is_plain, raw_matcher

if TYPE_CHECKING:
    from searchlib.textmatch.prefilter import HalfFolded

_KEPT_AS = "_matcher"
"""The name under which a phrase keeps its matcher: looking one up by the phrase would hash all its fields."""

_OF_A_HYPHENATED_WORD = frozenset("-/.")


class TextMatcher(Protocol):
    """Finds one phrase in texts as they were given."""

    @property
    def reads_any_text(self) -> bool:
        """Whether `spans` may be asked of any text; else only of one of which `is_plain` is true."""

    def contains(self, text: str) -> bool:
        """Return whether the phrase occurs in a text."""

    def spans(self, text: str) -> Iterator[Span]:
        """Yield where it occurs."""


class PhraseMatcher:
    """Finds one phrase, not other ways to write it."""

    def __init__(self, phrase: Phrase) -> None:
        self._phrase = phrase

    def contains(self, text: str) -> bool:
        """Return whether the phrase occurs in a text as it was given."""
        quick = self.quick
        if quick is not None:
            return quick.contains(text)
        known = self._prefilter.decide(text) if self._prefilter else None
        return self.pattern.contains(fold(text)) if known is None else known

    def spans(self, text: str, folded: Callable[[], Mapped]) -> Iterator[Span]:
        """
        Yield where in a text as it was given the phrase occurs.

        Args:
            folded: Returns the text folded, with its map; called only where that is needed.
        """
        quick = self.quick
        if quick is not None and (quick.reads_any_text or is_plain(text)):
            yield from quick.spans(text)
            return
        mapped = folded()
        for start, end in self.pattern.spans(mapped.text):
            yield mapped.span(start, end)

    @property
    def pattern(self) -> Pattern:
        """What looks for the phrase in a folded text."""
        phrase = self._phrase
        return pattern(
            phrase.text,
            exact=phrase.exact,
            open_start=phrase.open_start,
            open_end=phrase.open_end,
            edits=phrase.edits,
            spaced=phrase.spaced,
            whole_number=phrase.whole_number,
            kept=phrase.kept,
        )

    @cached_property
    def quick(self) -> TextMatcher | None:
        """What looks for the phrase in a text as it was given; None where the text must be folded."""
        phrase = self._phrase
        if is_hyphenated(phrase):
            from searchlib.textmatch.hyphen import hyphen_matcher  # noqa: PLC0415 (few queries need it)

            return hyphen_matcher(phrase.clean)
        if phrase.edits:
            return None
        if phrase.whole_number:
            from searchlib.textmatch.written_number import number_matcher  # noqa: PLC0415 (few queries need it)

            return number_matcher(phrase.text, exact=phrase.exact, kept=phrase.kept)
        return raw_matcher(phrase.text, exact=phrase.exact, kept=phrase.kept)

    @cached_property
    def _prefilter(self) -> HalfFolded | None:
        from searchlib.textmatch.prefilter import make_prefilter  # noqa: PLC0415 (few queries need it)

        phrase = self._phrase
        if phrase.opens_start or phrase.opens_end or phrase.whole_number:
            return None
        return make_prefilter(phrase.text, exact=phrase.exact, edits=phrase.edits, kept=phrase.kept)

    @property
    def raw_body(self) -> str | None:
        """A regex that finds the phrase in texts as given with `is_plain` true; None where there is none."""
        found = raw_matcher(self._phrase.text, exact=self._phrase.exact, kept=self._phrase.kept)
        return None if found is None else found.body


def matcher_of(phrase: Phrase) -> PhraseMatcher:
    """Return what finds a phrase; it is made once for each phrase."""
    kept = vars(phrase)
    found: PhraseMatcher | None = kept.get(_KEPT_AS)
    if found is None:
        found = kept[_KEPT_AS] = PhraseMatcher(phrase)
    return found


def contains(phrase: Phrase, text: str) -> bool:
    """Return whether a phrase itself, not another way to write it, occurs in a text as it was given."""
    return matcher_of(phrase).contains(text)


def spans(phrase: Phrase, text: str, folded: Callable[[], Mapped]) -> Iterator[Span]:
    """Yield where a phrase occurs in a text as it was given; *folded* returns it folded, with its map."""
    return matcher_of(phrase).spans(text, folded)


def is_hyphenated(phrase: Phrase) -> bool:
    """Return whether this is another way to write a word of letters, or a date, in which a hyphen must be."""
    if not phrase.of or _OF_A_HYPHENATED_WORD.isdisjoint(phrase.clean):
        return False
    from searchlib.textmatch.hyphen import is_hyphenated as is_one  # noqa: PLC0415 (few queries need it)

    return is_one(phrase.clean)
