r"""
A phrase as something that can be looked for in a folded text.

Han is matched wherever it stands. At its two ends a phrase matches words and
numbers whole: `9.09%` is not in `89.09%`, `pang` not in `coupang`; an end left
open by `*` lifts that. Without `exact` the script is folded on both sides and
a space between two units makes no difference (`5G` finds `5 G`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import pairwise

from searchlib.analysis.folding import HAN, SIMPLIFY, is_han, simplify, units
from searchlib.model import Span
from searchlib.query.characters import (
    DIGITS,
    GAP_CHARS,
    HAN_NUMERALS,
    KEPT_CHARACTERS,
    WILDCARD,
    fold_script,
    is_letter,
    is_one_word,
)

_LETTER = rf"[^\W\d_{HAN}]|[\u0300-\u036f]"
_NO_LETTER_BEFORE = rf"(?<!{_LETTER.replace('|', ')(?<!')})"
_NO_LETTER_AFTER = rf"(?!{_LETTER})"
_NO_NUMBER_BEFORE = r"(?<![0-9])(?<![0-9][.,])"
_NO_NUMBER_AFTER = r"(?![0-9]|[.,][0-9])"
_NUMERAL = f"0-9{HAN_NUMERALS}"
_NO_NUMERAL_BEFORE = f"(?<![{_NUMERAL}])(?<![{_NUMERAL}][点.,])"
_NO_NUMERAL_AFTER = f"(?![{_NUMERAL}%‰]|[点.,][{_NUMERAL}])"


class Pattern:
    """Finds one phrase, or any of its neighbours in spelling, in folded texts."""

    def __init__(
        self,
        phrase: str,
        *,
        exact: bool = False,
        open_start: bool = False,
        open_end: bool = False,
        edits: int = 0,
        spaced: bool | None = None,
        whole_number: bool = False,
        kept: tuple[str, ...] = (),
    ) -> None:
        """
        Prepare a phrase.

        Args:
            phrase: A folded text (`fold`), not empty.
            exact: Compare script and spaces as well.
            open_start: A word or number may begin before the phrase does.
            open_end: A word or number may go on after the phrase ends.
            edits: 0, or 1 to find what one change of a character makes of it too.
            spaced: Spaces between letters and digits count; None means as *exact*.
            whole_number: At its ends no number of Han may go on: 二十四 is not in 一百二十四.
            kept: Words in which a character keeps its script: 乾隆 does not match 干隆.
        """
        self._script: dict[int, int] = {} if exact else SIMPLIFY
        wanted = phrase if exact else simplify(phrase)
        others = ""
        if kept and not exact:
            others = "".join(char for char in KEPT_CHARACTERS if any(char in word for word in kept))
            wanted = fold_script(phrase, kept)
            self._script = {code: char for code, char in SIMPLIFY.items() if chr(code) not in others}
        row = [unit for unit, *_ in units(wanted)]
        before = "" if open_start else _start_guard(wanted, whole_number=whole_number)
        after = "" if open_end else _end_guard(wanted, whole_number=whole_number)
        spaces_matter = exact if spaced is None else spaced
        body = "|".join(_neighbours(wanted)) if edits else _with_gaps(wanted, spaces_matter=spaces_matter)
        plain = body == wanted and not before and not after
        for char in others:  # outside the word that keeps it, it is the other character as well
            body = body.replace(simplify(char), f"[{simplify(char)}{char}]")
        self._literal = wanted if plain and body == wanted and all(is_han(u[0]) for u in row) else None
        self._written = (before, body, after)
        self._regex = re.compile(f"{before}(?:{body}){after}")

    def contains(self, folded: str) -> bool:
        """Return whether the phrase is in *folded*, a text that `fold` made."""
        text = folded.translate(self._script) if self._script else folded
        if self._literal is not None:
            return self._literal in text
        return self._regex.search(text) is not None

    def spans(self, folded: str) -> Iterator[Span]:
        """Yield where in *folded* the phrase stands, without overlaps and without the borders at its ends."""
        for match in self._regex.finditer(folded.translate(self._script) if self._script else folded):
            yield from _inner(match.start(), match.group())

    def places(self, folded: str) -> Iterator[Span]:
        """Yield what `spans` does and what overlaps with it: a place for each character it can begin at."""
        for match in self._anywhere.finditer(folded.translate(self._script) if self._script else folded):
            yield from _inner(match.start(), match.group(1))

    def counts_by_line(self, lines: Iterable[str]) -> Iterator[tuple[str, int]]:
        """Yield those of some words, each a folded text, in which the phrase stands, and how often."""
        text = "".join(f"{line}\n" for line in lines)
        counts: dict[int, int] = {}
        for match in self._regex.finditer(text):
            start = text.rfind("\n", 0, match.start()) + 1
            counts[start] = counts.get(start, 0) + 1
        for start, count in counts.items():
            yield text[start : text.index("\n", start)], count

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        before, body, after = self._written
        return re.compile(f"{before}(?=({body}){after})")


def _inner(start: int, text: str) -> Iterator[Span]:
    """Yield the place of a text without the borders at its ends, where anything is left."""
    first = start + len(text) - len(text.lstrip("\n "))
    last = start + len(text.rstrip("\n "))
    if first < last:
        yield first, last


pattern = lru_cache(maxsize=4096)(Pattern)
"""Returns the prepared `Pattern`, the same one for the same arguments."""


def _start_guard(phrase: str, *, whole_number: bool = False) -> str:
    if whole_number and (phrase[0] in DIGITS or phrase[0] in HAN_NUMERALS):
        return _NO_NUMERAL_BEFORE
    if phrase[0] in DIGITS:
        return _NO_NUMBER_BEFORE
    return _NO_LETTER_BEFORE if is_letter(phrase[0]) else ""


def _end_guard(phrase: str, *, whole_number: bool = False) -> str:
    if whole_number and (phrase[-1] in DIGITS or phrase[-1] in HAN_NUMERALS):
        return _NO_NUMERAL_AFTER
    if phrase[-1] in DIGITS:
        return _NO_NUMBER_AFTER
    return _NO_LETTER_AFTER if is_letter(phrase[-1]) else ""


def _with_gaps(phrase: str, *, spaces_matter: bool) -> str:
    """Write a phrase with wildcards inside as a regex; of what a gap can hold the least is taken."""
    parts = phrase.split(WILDCARD)
    body = _regex_of(parts[0], spaces_matter=spaces_matter)
    for left, right in pairwise(parts):
        body += _gap(left[-1], right[0]) + _regex_of(right, spaces_matter=spaces_matter)
    return body


def _gap(left: str, right: str) -> str:
    """Write what may be between two characters."""
    if is_letter(left) and is_letter(right):
        return f"(?:{_LETTER})*?"
    if left in DIGITS and right in DIGITS:
        return "[0-9.,]*?"
    return f"[^\\n ]{{0,{GAP_CHARS}}}?"


def _regex_of(phrase: str, *, spaces_matter: bool) -> str:
    """Write a phrase as a regex; the beginning and the end of a text are borders as well."""
    lines = [re.escape(line) if spaces_matter else _loose(line) for line in phrase.split("\n") if line]
    first = r"(?:\n|\A)" if phrase.startswith("\n") else ""
    last = r"(?:\n|\Z)" if phrase.endswith("\n") else ""
    return first + r"\n".join(lines) + last


def _loose(line: str) -> str:
    """Write a phrase without borders as a regex in which a space between two units may stand or not."""
    row = [unit for unit, *_ in units(line)]
    pieces = [re.escape(row[0])]
    for left, right in pairwise(row):
        if is_han(left[0]) or is_han(right[0]):
            space = ""
        else:  # two words, or two numbers, are two because of their space: `wi fi` is not `wifi`
            letters = bool(is_letter(left) and is_letter(right))
            space = " " if letters or (left[-1] in DIGITS and right[0] in DIGITS) else " ?"
        pieces.append(space + re.escape(right))
    return "".join(pieces)


def _neighbours(phrase: str) -> list[str]:
    """List regexes for *phrase* and for all that one edit of a character makes of it."""
    chars = [re.escape(char) for char in phrase]
    anything = "[^\n ]"
    if is_one_word(phrase):  # another word of letters, another number
        anything = f"(?:{_LETTER})" if is_letter(phrase) else "[0-9]"
    found = ["".join(chars)]
    for index in range(len(chars)):
        found.append("".join([*chars[:index], anything, *chars[index + 1 :]]))
        if len(chars) > 2:  # noqa: PLR2004 (of two characters one is too little to go by)
            found.append("".join([*chars[:index], *chars[index + 1 :]]))
        if index:
            found.append("".join([*chars[:index], anything, *chars[index:]]))
            found.append("".join([*chars[: index - 1], chars[index], chars[index - 1], *chars[index + 1 :]]))
    # Letters and digits are matched whole, so a character more at an end is an edit; Han is not.
    found += ["".join([anything, *chars])] if _start_guard(phrase) else []
    found += ["".join([*chars, anything])] if _end_guard(phrase) else []
    return list(dict.fromkeys(found))
