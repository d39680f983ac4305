"""
A number that a query did not write that way, looked for in a text as it was given.

Folding an article costs ten times as much as searching it, and a number such as
24 is in many. Between figures and Han may stand whatever folding drops; no
number may go on at the ends: 24 is not found in 24万, 124 or 24.5. Where a sign
is told by its neighbours (`500，24个`, `二O二四年`), the text is folded after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from searchlib.analysis.folding import fold, fold_with_map, is_han
from searchlib.lazy import lazy_pattern
from searchlib.model import Span
from searchlib.query.characters import HAN_NUMERALS, fold_script
from searchlib.textmatch.pattern import pattern
from searchlib.textmatch.raw import DROPPED, is_plain, not_behind, variants_of

_WRITTEN = lazy_pattern(r"[0-9.,%‰\u3007\u3400-\u4dbf\u4e00-\u9fff]+")
_NUMERAL = "0-9０-９" + "".join(variants_of(char, exact=False) for char in HAN_NUMERALS)
_ZERO, _ZEROS = "〇", "OＯoｏ0０"
_POINT = "点點"
_MARKS = frozenset(".,．，")
_NUMBER_BEFORE = (f"[{_NUMERAL}]", f"[{_NUMERAL}][{_POINT}]")
_NUMBER_GOES_BEHIND = f"(?![{_NUMERAL}%‰％]|[{_POINT}][{_NUMERAL}])"
_DROPPED = lazy_pattern(f"[{DROPPED}]")
_WIDE = {"%": "%％", ".": ".．", ",": ",，"}
_DATED = "年月"
"""Before one of these a point may be that of a list: 1.2024年."""


class WrittenNumber:
    """Finds a number, with what is next to it in a phrase, in texts as they were given."""

    reads_any_text = True

    def __init__(self, phrase: str, *, exact: bool, kept: tuple[str, ...] = ()) -> None:
        wanted = phrase if exact else fold_script(phrase, kept)
        body = ""
        for place, char in enumerate(wanted):
            if place and (is_han(char) or is_han(wanted[place - 1]) or char in "%‰"):
                body += f"[{DROPPED}]*"
            written = f"[{_forms(char, exact=exact)}]"
            body += written if place or not _is_numeral(char) else not_behind(_NUMBER_BEFORE, written)
        after = _NUMBER_GOES_BEHIND if _is_numeral(wanted[-1]) else ""
        self._has_zero = _ZERO in wanted
        self._regex = re.compile(body + after)
        self._folded = partial(pattern, phrase, exact=exact, whole_number=True, kept=kept)

    def contains(self, text: str) -> bool:
        """Return whether it is in a text."""
        if not is_plain(text):
            return self._folded().contains(fold(text))
        for match in self._regex.finditer(text):
            if self._is_unsure(text, match):
                return self._folded().contains(fold(text))
            return True
        return False

    def spans(self, text: str) -> Iterator[Span]:
        """Yield where in *text* it stands."""
        found = list(self._regex.finditer(text))
        if is_plain(text) and not any(self._is_unsure(text, match) for match in found):
            return (match.span() for match in found)
        mapped = fold_with_map(text)
        return (mapped.span(start, end) for start, end in self._folded().spans(mapped.text))

    def _is_unsure(self, text: str, match: re.Match[str]) -> bool:
        """Return whether a number may go on beside a match, or a sign in it may be another than it looks."""
        (start, end), found = match.span(), match.group()
        before, after = text[max(0, start - 2) : start], text[end : end + 2]
        around = before[-1:] + after[:1]
        if _DROPPED.search(around) or any(char in _ZEROS for char in around) or "，" in found:
            return True
        if self._has_zero and any(char in _ZEROS for char in found):
            return True
        if (before[-1:] in _MARKS and before[:1].isdecimal()) or (
            after[:1] in _MARKS and after[1:].isdecimal()
        ):
            return True
        return any(mark in found for mark in ".．") and any(char in found + after for char in _DATED)


def _is_numeral(char: str) -> bool:
    return char in HAN_NUMERALS or char.isdecimal()


def _forms(char: str, *, exact: bool) -> str:
    if char.isdecimal():
        return char + chr(ord(char) + 0xFEE0)
    return _WIDE.get(char) or variants_of(char, exact=exact) + (_ZEROS if char == _ZERO else "")


@lru_cache(maxsize=4096)
def number_matcher(phrase: str, *, exact: bool, kept: tuple[str, ...] = ()) -> WrittenNumber | None:
    """Return what looks for a phrase in texts as given; None when it has more than figures and Han."""
    return WrittenNumber(phrase, exact=exact, kept=kept) if _WRITTEN.fullmatch(phrase) else None
