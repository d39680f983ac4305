"""
Words of letters and figures in their other forms: `Wi-Fi`, `WiFi`, `wifi` and `Wi Fi` are one word.

Case and width are folded by the analyzer. Here come the hyphens and spaces: those
that stand may be left out, and where none stands one may, between letters and
figures (`COVID19`) or inside a short word (`wifi`). Figures are never joined
with figures: 2024-2028 is not 20242028.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from searchlib.expansion.numerals import Varied
from searchlib.lazy import lazy_pattern

_MOST_LETTERS = 8
"""A longer word is not tried with a hyphen inside: each place is another form to look for."""

_WORD = lazy_pattern(
    r"(?<![a-z0-9])(?<![0-9][.,])(?<![a-z0-9][-/_&.])(?:[a-z]+|[0-9]+)(?:[-. ]?(?:[a-z]+|[0-9]+))*"
    r"(?![a-z0-9]|[.,][0-9]|[-/_&.][a-z0-9])"
)
_PART = lazy_pattern("[a-z]+|[0-9]+")
_INITIALS = lazy_pattern(r"[a-z](?:\.[a-z])+")


def latin_words(text: str) -> Iterator[Varied]:
    """
    Yield the words of letters and figures of a clean text that have other forms.

    >>> [varied.forms for varied in latin_words("covid-19")]
    [('covid19',)]
    >>> [varied.forms for varied in latin_words("5g基站")]
    [('5-g',)]
    >>> list(latin_words("2024-2028")), list(latin_words("machine learning for all"))
    ([], [])
    """
    for match in _WORD.finditer(text):
        forms = tuple(form for form in dict.fromkeys(_forms(match.group())) if form != match.group())
        if forms:
            yield Varied(*match.span(), forms)


def _forms(word: str) -> list[str]:
    parts = _PART.findall(word)
    if len(parts) == 1:
        return _split(word) if word.isalpha() else []
    if "." in word:
        return ["".join(parts)] if _INITIALS.fullmatch(word) else []
    if " " in word and (len(parts) > 2 or word.count(" ") > 1):  # noqa: PLR2004 (a sentence)
        return []
    if any(a.isdigit() and b.isdigit() for a, b in pairwise(parts)):
        return []
    forms = ["-".join(parts)]
    is_mixed = any(a.isdigit() or b.isdigit() for a, b in pairwise(parts))
    if not is_mixed or "-" in word:  # between letters and figures a space makes no difference as it is
        forms.append("".join(parts))
    if len(parts) == 2 and not is_mixed:  # noqa: PLR2004
        forms.append(" ".join(parts))
    if len(parts) == 2 and parts[1].isdigit() and "-" not in word:  # noqa: PLR2004
        forms += [f"{split}{parts[1]}" for split in _split(parts[0]) if "-" in split]
    return forms


def _split(letters: str) -> list[str]:
    """Write a word with a hyphen at each place, or a space where two letters are on both sides."""
    if not 3 <= len(letters) <= _MOST_LETTERS:  # noqa: PLR2004
        return []
    hyphens = [f"{letters[:place]}-{letters[place:]}" for place in range(1, len(letters))]
    return hyphens + [f"{letters[:place]} {letters[place:]}" for place in range(2, len(letters) - 1)]
