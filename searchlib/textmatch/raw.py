"""
A run of Han looked for in a text as it was given, without folding it first.

Folding an article costs ten times as much as searching it. For a phrase of Han
alone the work can be turned round: each character becomes all that fold to it,
and between two of them may stand whatever folding drops. Where a text holds a
character that folds to several, the text is folded after all; a test holds both
ways against each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache, partial

from searchlib.analysis.folding import fold
from searchlib.analysis.script_table import RADICALS, SIMPLIFIED, TRADITIONAL
from searchlib.analysis.signs import TELLING
from searchlib.lazy import lazy_pattern
from searchlib.model import Span
from searchlib.query.characters import fold_script
from searchlib.textmatch.pattern import pattern

DROPPED = (
    "\t\x1f \"'\xa0\xab\xad\xb7\xbb\u034f\u0387\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u1680"
    "\u17b4-\u17b5\u180b-\u180f\u2000-\u200f\u2018-\u201f\u2027\u202a-\u202f\u2039-\u203a\u205f-\u2064\u2066-\u206f"
    "\u2329\u232a\u275b-\u2760\u27e8-\u27eb\u2800\u2e42\u3000\u3008-\u300f\u301d-\u301f\u30fb\ufe00-\ufe0f\ufe3d-\ufe44\ufeff"
    "\uff02\uff07\uff62\uff63\uff65\ufff0-\ufffc\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U0001f676-\U0001f678\U000e0000-\U000e0fff"
)
"""Regex class body of what folding drops between two Han characters: spaces, marks, invisible characters."""

_LETTER = lazy_pattern(r"\w")
_DROPPED = lazy_pattern(f"[{DROPPED}]")
SEVERAL = f"{TELLING}\u115f\u1160\u3164\uffa0\u3190-\u319f\u3200-\u33ff\ufdfa\ufdfb\U0001f100-\U0001f2ff"
_SEVERAL = lazy_pattern(f"[{SEVERAL}]")
"""What folds to several, marks among them, or as its neighbours tell; and letters that are dropped."""

_IDEOGRAPHS = lazy_pattern("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]+")
_COMPATIBLE = (range(0x2F00, 0x2FE0), range(0x3038, 0x303B), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))


@lru_cache(maxsize=1)
def _compatible() -> tuple[str, str]:
    """Return the compatibility characters and radicals, and what NFKC makes of each."""
    chars = "".join(chr(code) for block in _COMPATIBLE for code in block)
    return "".join([chars, *RADICALS]), "".join([unicodedata.normalize("NFKC", chars), *RADICALS.values()])


@lru_cache(maxsize=1 << 14)
def variants_of(char: str, *, exact: bool) -> str:
    """Return the characters that fold to *char*, itself among them."""
    same = char if exact else char + _those(TRADITIONAL, SIMPLIFIED, char)
    return same + "".join(_those(*_compatible(), variant) for variant in same)


def _those(chars: str, folded: str, wanted: str) -> str:
    """Return those of *chars* that fold to *wanted*; *folded* has a character for each."""
    found = ""
    place = folded.find(wanted)
    while place >= 0:
        if chars[place] != wanted:
            found += chars[place]
        place = folded.find(wanted, place + 1)
    return found


class UnfoldedPattern:
    """
    Finds one phrase of Han in texts as they were given.

    Between two characters the regex lets anything stand that is no letter, nor of the phrase, and what it
    finds is looked at: a class of all that folding drops takes as long to compile as
    ten articles to search. It is compiled for the first text that has all the characters.
    """

    reads_any_text = False

    def __init__(self, phrase: str, *, exact: bool, kept: tuple[str, ...] = ()) -> None:
        self._folded = partial(pattern, phrase, exact=exact, kept=kept)
        self._classes = [
            variants_of(char, exact=exact) for char in (phrase if exact else fold_script(phrase, kept))
        ]

    @cached_property
    def _needed(self) -> tuple[str, ...]:
        """Of which a text must have a character each; what is repeated is looked for once."""
        return tuple(dict.fromkeys(self._classes))

    @property
    def body(self) -> str:
        """A regex that finds the phrase and nothing else, to be a part of a longer one."""
        return f"[{DROPPED}]*".join(self._spellings())

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        # What the phrase has itself is in no gap, also where it is no letter: ⼀ and what Unicode has not
        # assigned would be tried in every division.
        own = "".join(char for chars in self._needed for char in chars if not _LETTER.match(char))
        gap = f"[^\\w{re.escape(own)}]*?" if own else r"\W*?"
        return re.compile(gap.join(self._spellings()))

    def _spellings(self) -> Iterator[str]:
        return (chars if len(chars) == 1 else f"[{chars}]" for chars in self._classes)

    def contains(self, text: str) -> bool:
        """Return whether the phrase is in a text."""
        if next(self.spans(text), None) is not None:
            return True
        return not is_plain(text) and self._folded().contains(fold(text))

    def spans(self, text: str) -> Iterator[Span]:
        """Yield where in *text* the phrase stands; not for a text of which `is_plain` is false."""
        if len(text) < len(self._classes):
            return
        for chars in self._needed:
            if chars not in text and (len(chars) == 1 or not any(map(text.__contains__, chars))):
                return
        match = self._regex.search(text)
        while match is not None:
            start, end = match.span()
            is_it = end - start == len(self._classes) or self._has_only_dropped(match.group())
            if is_it:
                yield start, end
            match = self._regex.search(text, end if is_it else start + 1)

    def _has_only_dropped(self, found: str) -> bool:
        """Return whether all that is between the characters of a phrase is dropped by folding."""
        return len(_DROPPED.sub("", found)) == len(self._classes)


def not_behind(others: Iterable[str], first: str) -> str:
    r"""
    Return a regex of a character class that is after none of some others.

    What is before it is looked at once it was found: a regex that begins with looking behind itself does
    so at every character of a text, and takes ten times as long.

    >>> re.search(not_behind([r"[0-9]", r"[0-9]\."], "[27]"), "12 3.2 7")
    <re.Match object; span=(7, 8), match='7'>
    """
    return first + "".join(f"(?<!{other}{first})" for other in others)


def class_ranges(body: str) -> list[tuple[int, int]]:
    """Return the ranges of the body of a character class, without escapes: single characters and ranges."""
    found = []
    place = 0
    while place < len(body):
        ends = place + 2 if body[place + 1 : place + 2] == "-" else place
        found.append((ord(body[place]), ord(body[ends])))
        place = ends + 1
    return found


def folded_pairs() -> tuple[str, str]:
    """Return the characters that fold to one other of Han, and what each folds to; see `variants_of`."""
    simple = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True))
    pairs = simple | {char: simple.get(to, to) for char, to in zip(*_compatible(), strict=True)}
    return "".join(pairs), "".join(pairs.values())


def is_plain(text: str) -> bool:
    """Return whether no character of *text* folds to several."""
    return _SEVERAL.search(text) is None


@lru_cache(maxsize=4096)
def raw_matcher(phrase: str, *, exact: bool, kept: tuple[str, ...] = ()) -> UnfoldedPattern | None:
    """Return what looks for a phrase in texts as given; None when only folded texts can be searched."""
    if not _IDEOGRAPHS.fullmatch(phrase):
        return None
    return UnfoldedPattern(phrase, exact=exact, kept=kept)
