"""
A text as a row of tokens, so that a cluster's whitespace analyzer finds in it what we find in the text.

A token is a unit of the folded and simplified text: a Han character, letters in a row, a number, a
sign. A unit of n characters is followed by n - 1 fillers, so that positions count characters and a
distance is what `NEAR` says. A row of marks is one border, by its strongest mark; a hidden border
is before and after each text, where a mark at the beginning of a phrase may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from searchlib.analysis import (
    BORDER,
    PARAGRAPH_ENDS,
    SENTENCE_ENDS,
    border_text,
    fold,
    fold_with_map,
    simplify,
    units,
)

FILLER, DIGIT_FILLER = "·", "··"
"""
Behind letters and behind figures. Folding drops this mark, so no unit is one.

No token but a unit has a letter or a figure in it: what looks for words by their ends finds no other.
"""

PLAIN, SENTENCE_END, PARAGRAPH_END = "¶", "¶¶", "¶¶¶"
BORDERS = (PLAIN, SENTENCE_END, PARAGRAPH_END)
BODY = "¶¶¶¶"
"""Stands once in each article, before its body: what is after it is in the body."""

MOST_CHARS = 200
"""A longer unit is several tokens: the cluster would cut it anyway, at 255 characters."""

NO_BREAK = "\u00a0"
"""A space inside a token: the analyzer does not cut there, and folding leaves none."""

HAS_SCRIPT, HAS_SPACES = "script", "spaces"

_GOES_ON = "\x7f"
"""Ends a token of a unit that goes on; folding leaves none."""
HAN_ROW = re.compile("([\u4e00-\u9fff]+)")
"""Characters each of which is a unit by itself, whatever is next to it: nearly all of most texts."""

_ENDS = re.compile(f"([{PARAGRAPH_ENDS}{SENTENCE_ENDS}]+)")
_PARAGRAPH = re.compile(f"[{PARAGRAPH_ENDS}]")
_SENTENCE = re.compile(f"[{SENTENCE_ENDS}]")


def token_of(term: str) -> str:
    """Return the token of a word or a pair of units."""
    return term.replace(" ", NO_BREAK)


def tokens_of(terms: Iterable[str]) -> str:
    r"""
    Return words or pairs of units as a row of tokens, of which the analyzer makes the terms again.

    >>> tokens_of(["wi fi", "党建"]).split(" ")
    ['wi\xa0fi', '党建']
    """
    return BORDER.join(terms).replace(" ", NO_BREAK).replace(BORDER, " ")


def line_tokens(line: str) -> Iterator[str]:
    """
    Yield the tokens of a folded and simplified text in which there is no border.

    A number of several figures begins with a filler, and of three and more ends with one: so what is
    beside a place tells that a number is, whatever number.

    >>> list(line_tokens("用wi fi上12g345"))
    ['用', 'wi', '·', 'fi', '·', '上', '··', '12', 'g', '··', '345', '··']
    """
    for place, piece in enumerate(HAN_ROW.split(line)):
        if place % 2:
            yield from piece
            continue
        for unit, *_ in units(piece):
            found = list(_unit_tokens(unit, DIGIT_FILLER if unit[0].isdigit() else FILLER))
            if unit[0].isdigit() and len(found) > 1:
                found.insert(0, found.pop())
            yield from found


def _unit_tokens(unit: str, filler: str) -> Iterator[str]:
    for start in range(0, len(unit), MOST_CHARS):
        part = unit[start : start + MOST_CHARS]
        yield part + (_GOES_ON if start + MOST_CHARS < len(unit) else "")
        for _ in range(len(part) - 1):
            yield filler


def unit_token(unit: str) -> str:
    """Return the token that tells a unit, or the beginning of one that is very long."""
    return next(_unit_tokens(unit, FILLER))


def without_fillers(tokens: list[str]) -> list[str]:
    """Return tokens without the fillers at their ends: a unit is told by its own token."""
    places = [place for place, token in enumerate(tokens) if not token.startswith(FILLER)]
    return tokens[places[0] : places[-1] + 1]


def text_tokens(text: str, clean: str | None = None) -> tuple[list[str], frozenset[str]]:
    """
    Return the tokens of a text as it was given, between two borders, and what there is in it.

    *clean* is what `clean_text` makes of it, where that is known.

    That is `HAS_SCRIPT` where simplifying changes a character, and `HAS_SPACES` where a space is left.

    >>> text_tokens("黨建，引領。5G")[0]
    ['¶¶¶', '党', '建', '¶', '引', '领', '¶¶', '5', 'g', '¶¶¶']
    """
    folded, marks = _with_marks(text, fold(text) if clean is None else border_text(clean))
    simple = simplify(folded)
    found = [PARAGRAPH_END]
    for line, mark in zip(simple.split(BORDER), [*marks, ""], strict=True):
        found += line_tokens(line)
        if mark:
            found.append(mark)
    found.append(PARAGRAPH_END)
    has = {name for name, is_so in ((HAS_SCRIPT, simple != folded), (HAS_SPACES, " " in folded)) if is_so}
    return found, frozenset(has)


def _with_marks(text: str, whole: str) -> tuple[str, list[str]]:
    """Return a folded text, and for each of its borders the strongest mark that it stands for."""
    folded: list[str] = []
    marks: list[str] = []
    waiting = ""
    for number, piece in enumerate(_ENDS.split(text)):
        if number % 2:
            strength = PARAGRAPH_END if _PARAGRAPH.search(piece) else SENTENCE_END
            waiting = max(waiting, strength, key=_strength)
            continue
        part = fold(piece)
        inner = part.strip(BORDER)
        if part.startswith(BORDER):
            waiting = waiting or PLAIN
        if not inner:
            continue
        if waiting:
            folded.append(BORDER)
            marks.append(waiting)
        folded.append(inner)
        marks += [PLAIN] * inner.count(BORDER)
        waiting = PLAIN if part.endswith(BORDER) else ""
    if waiting:
        folded.append(BORDER)
        marks.append(waiting)
    return (whole, marks) if "".join(folded) == whole else (whole, _marks_by_map(text))


def _marks_by_map(text: str) -> list[str]:
    """Return the marks of the borders of a text that is not folded like its sentences one by one."""
    mapped = fold_with_map(text)
    marks = []
    for place, char in enumerate(mapped.text):
        if char == BORDER:
            start = mapped.ends[place - 1] if place else 0
            end = mapped.starts[place + 1] if place + 1 < len(mapped.text) else len(text)
            between = text[start:end]
            is_sentence = SENTENCE_END if _SENTENCE.search(between) else PLAIN
            marks.append(PARAGRAPH_END if _PARAGRAPH.search(between) else is_sentence)
    return marks


def _strength(mark: str) -> int:
    return BORDERS.index(mark) if mark else -1


def texts_tokens(texts: Iterable[str], cleaned: Iterable[str]) -> tuple[list[str], frozenset[str]]:
    """Return the tokens of several texts in a row, and what there is in any of them; *cleaned* are clean."""
    tokens: list[str] = []
    has: set[str] = set()
    for text, clean in zip(texts, cleaned, strict=True):
        more, found = text_tokens(text, clean)
        tokens += more
        has |= found
    return tokens, frozenset(has)
