"""
A hyphenated word looked for in a text as it was given.

Folding makes a hyphen a border like any other mark, so in a folded text `Wi-Fi`
and `Wi, Fi` are the same. A word that was typed without a hyphen is only meant
where a hyphen stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from searchlib.analysis.accents import accented_forms
from searchlib.analysis.folding import HAN
from searchlib.analysis.signs import FRACTION_SIGNS
from searchlib.lazy import lazy_pattern
from searchlib.model import Span
from searchlib.textmatch.raw import not_behind

_WORD = lazy_pattern(r"[a-z0-9]+(?:[- ][a-z0-9]+)+|[0-9]+(?:/[0-9]+)+|[0-9]+(?:\.[0-9]+){2,}")
_SIGNS = {
    "-": "[-\u2010-\u2015\u2212\uff0d]",
    "/": "[/\uff0f\u2044\u2215]",
    ".": "[.．]",
    " ": "[ \u00a0\u2009\u202f\u3000]+",
}
_LETTER_BEFORE = rf"[^\W\d_{HAN}]"
_NO_LETTER_AFTER = rf"(?![^\W\d_{HAN}])"
_THREE = r"\d{3}(?!\d)"
_DIGIT_BEFORE = (r"\d", r"\d[.．]", rf"\d,(?={_THREE})", r"[０-９]，(?=[０-９]{3}(?!\d))")
_NO_DIGIT_AFTER = rf"(?!\d|[.．]\d|,{_THREE}|(?<=[０-９])，[０-９]{{3}}(?!\d))"


def is_hyphenated(clean: str) -> bool:
    """Return whether a text is words of basic letters and digits with hyphens or spaces between them."""
    return _WORD.fullmatch(clean) is not None


class HyphenatedPattern:
    """Finds one hyphenated word in texts as they were given, in any case and width."""

    reads_any_text = True

    def __init__(self, clean: str) -> None:
        first, *others = (_SIGNS.get(char) or _any_form(char) for char in clean)
        before = list(_DIGIT_BEFORE) if clean[0].isdigit() else [_LETTER_BEFORE]
        after = _NO_DIGIT_AFTER if clean[-1].isdigit() else _NO_LETTER_AFTER
        if "/" in clean:  # 1/3 is not in 2024/1/3
            before, after = [r"[/\uff0f]", *before], rf"(?![/\uff0f]){after}"
        body = not_behind(before, first) + "".join(others)
        signs = "".join(char for char in FRACTION_SIGNS if _fraction(char) == clean)
        self._regex = re.compile(body + after + (f"|[{signs}]" if signs else ""))

    def contains(self, text: str) -> bool:
        """Return whether the word is in a text."""
        return self._regex.search(text) is not None

    def spans(self, text: str) -> Iterator[Span]:
        """Yield where in *text* the word stands."""
        return (match.span() for match in self._regex.finditer(text))


def _fraction(sign: str) -> str:
    return unicodedata.normalize("NFKC", sign).replace("\u2044", "/")


def _any_form(char: str) -> str:
    wide = chr(ord(char) + 0xFEE0)
    return f"[{char}{char.upper()}{wide}{wide.upper()}{accented_forms(char)}]"


@lru_cache(maxsize=4096)
def hyphen_matcher(clean: str) -> HyphenatedPattern:
    """Return the prepared pattern, the same one for the same word."""
    return HyphenatedPattern(clean)
