"""
A number that a query did not write that way, looked for in a text as it was given.

Folding an article costs ten times as much as searching it, and a number such as
24 stands in many. Between figures and Han may stand whatever folding drops; no
number may go on at the ends: 24 is not found in 24万, 124 or 24.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial

from searchlib.analysis.folding import fold, fold_with_map, is_han
from searchlib.model import Span
from searchlib.query.patterns import HAN_NUMERALS, kept_in, pattern
from searchlib.query.unfolded import DROPPED, variants_of

_WRITTEN = re.compile(r"[0-9.,%‰\u3007\u3400-\u4dbf\u4e00-\u9fff]+")
_NUMERAL = "0-9０-９" + "".join(variants_of(char, exact=False) for char in HAN_NUMERALS)
_FIGURE = "0-9０-９"
_POINT = "点點"
_MARK = ".,．，"
_NUMBER_GOES_BEFORE = f"(?<![{_NUMERAL}])(?<![{_NUMERAL}][{_POINT}])"
_NUMBER_GOES_BEHIND = f"(?![{_NUMERAL}%‰％]|[{_POINT}][{_NUMERAL}])"
# A mark belongs to a number between two figures only; beside Han it is a border.
_FIGURES_GO_BEFORE = f"(?<![{_FIGURE}][{_MARK}])"
_FIGURES_GO_BEHIND = f"(?![{_MARK}][{_FIGURE}])"
_DROPPED = re.compile(f"[{DROPPED}]")
_WIDE = {"%": "%％", ".": ".．", ",": ",，"}


class WrittenNumber:
    """Finds a number, with what stands beside it in a phrase, in texts as they were given."""

    reads_any_text = True

    def __init__(self, phrase: str, *, exact: bool, kept: tuple[str, ...] = ()) -> None:
        wanted = phrase if exact else kept_in(phrase, kept)
        body = ""
        for place, char in enumerate(wanted):
            if place and (is_han(char) or is_han(wanted[place - 1]) or char in "%‰"):
                body += f"[{DROPPED}]*"
            body += f"[{_forms(char, exact=exact)}]"
        before = _NUMBER_GOES_BEFORE if _is_numeral(wanted[0]) else ""
        after = _NUMBER_GOES_BEHIND if _is_numeral(wanted[-1]) else ""
        before += _FIGURES_GO_BEFORE if wanted[0].isdecimal() else ""
        after += _FIGURES_GO_BEHIND if wanted[-1].isdecimal() else ""
        self._regex = re.compile(f"{before}{body}{after}")
        self._folded = partial(pattern, phrase, exact=exact, whole_number=True, kept=kept)

    def stands_in(self, text: str) -> bool:
        """Tell whether it stands in a text."""
        for match in self._regex.finditer(text):
            if self._is_unsure(text, match):
                return self._folded().stands_in(fold(text))
            return True
        return False

    def spans(self, text: str) -> Iterator[Span]:
        """Yield where in *text* it stands."""
        found = list(self._regex.finditer(text))
        if not any(self._is_unsure(text, match) for match in found):
            return (match.span() for match in found)
        mapped = fold_with_map(text)
        return (mapped.span(start, end) for start, end in self._folded().spans(mapped.text))

    def _is_unsure(self, text: str, match: re.Match[str]) -> bool:
        """Tell whether something that folding may drop stands beside a match: a number may go on there."""
        around = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
        return _DROPPED.search(around) is not None


def _is_numeral(char: str) -> bool:
    return char in HAN_NUMERALS or char.isdecimal()


def _forms(char: str, *, exact: bool) -> str:
    if char.isdecimal():
        return char + chr(ord(char) + 0xFEE0)
    return _WIDE.get(char) or variants_of(char, exact=exact)


@lru_cache(maxsize=4096)
def written_number(phrase: str, *, exact: bool, kept: tuple[str, ...] = ()) -> WrittenNumber | None:
    """Return what looks for a phrase in texts as given; None when it has more than figures and Han."""
    return WrittenNumber(phrase, exact=exact, kept=kept) if _WRITTEN.fullmatch(phrase) else None
