r"""
The query language cut into tokens: words, quoted phrases, operators, brackets, field names.

Full-width forms of the operators mean the same. A quotation mark that is not closed is no
syntax, nor are Chinese ones in the middle of a text, nor those of a long text that was pasted: they
are left in the words, where folding drops them. Straight marks are what one types for a phrase: they
are syntax next to a word also, except in a text of some length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from searchlib.analysis import simplify
from searchlib.lazy import lazy_pattern
from searchlib.query.field_names import ALIASES

BOOST = r"\^[-+.,\d][-+.,\de]*"
"""A weight after a word, or what was meant as one."""

PASTED_CHARS = 120
"""From this length on a query may be a text that was pasted, whose quotation marks are no syntax."""

HEADLINE_CHARS = 20
"""From this length on a query may be a headline, whose straight marks next to a word are no syntax either."""

MAX_NAME_CHARS = 100
"""Maximum length of the name of a field before a quotation mark."""

NOT_CLOSED = "a quotation mark is not closed; it is read as if it were not there"
PASTED = "the quotation marks of this long text are read as if they were not there"

INSIDE = (
    "the quotation marks inside a text are read as if they were not there; for a phrase put spaces around it"
)

_QUOTES = '"“”„‟'
_STARTS_WORD = r"(?<![^\s(])"
_AFTER_FIELD_OR_SIGN = r"(?<![^\s(+-])"
_TOKEN = lazy_pattern(
    r"(?P<space>\s+)|(?P<open>\()|(?P<close>\))"
    rf"|(?P<slop>(?<=[{_QUOTES}])~\d+(?=[\s()^]|\Z))"
    rf"|(?P<boost>(?<=[{_QUOTES})\d]){BOOST}(?=[\s()^]|\Z))"
    rf"|(?P<operator>{_STARTS_WORD}(?:AND|OR|NOT)(?![^\s(){_QUOTES}]))"
    rf"|(?P<near>{_STARTS_WORD}NEAR/(?:\d+|[sSpPｓｐＳＰ句段])(?=[\s(){_QUOTES}]|\Z))"
    rf"|(?P<minus>{_STARTS_WORD}-(?=\d)(?:\d+(?:[.,]\d+)?(?:[°℃℉%％‰度]|[摄攝华華]氏))?)"
    rf"|(?P<not>{_STARTS_WORD}-(?=[^\s)]))"
    rf"|(?P<plus>{_STARTS_WORD}\+(?=[^\s)]))"
    rf"|(?P<field>{_AFTER_FIELD_OR_SIGN}(?P<name>\w[\w.-]*):(?=[^\s)]))"
)
_WORD = lazy_pattern(
    rf"[^\s(){_QUOTES}]+"
    rf"(?:(?<=\d)[ \u3000]+(?:℃|℉|°[CcFf](?![^\W_])|[摄攝华華]氏度)[^\s(){_QUOTES}]*)?"  # 5 °C is one word
)
_KINDS = {"open": "(", "close": ")", "boost": "^", "near": "NEAR", "not": "NOT", "plus": "+"}
_FULL_WIDTH = str.maketrans("＂（）：－＋＊～＾＼", '"():-+*~^\\')
_FULL_WIDTH_LETTERS = str.maketrans({0xFF0F: "/", **{0xFF21 + i: chr(65 + i) for i in range(26)}})
_OPERATORS = lazy_pattern("(?:[Ａ-Ｚ]+|NEAR)[/／]?")
_ANY_QUOTE = lazy_pattern(f"[{_QUOTES}]")
_CLOSING = {
    '"': lazy_pattern(r'(?:\\.|[^"\\])*"', re.DOTALL),
    "“": lazy_pattern(r"(?:\\.|[^”\\])*”", re.DOTALL),
    "": lazy_pattern(rf"(?:\\.|[^{_QUOTES}\\])*[{_QUOTES}]", re.DOTALL),
}
_ESCAPED = lazy_pattern(r"\\(.)", re.DOTALL)
_DROPPED_MARK = "\u200b"
"""Stands where a quotation mark is no syntax: as long as it, and dropped by folding as it is."""

_LANGUAGE = lazy_pattern(rf"\A[~^]\d|{_STARTS_WORD}(?:(?:AND|OR|NOT)(?![^\s()])|NEAR/|[-+](?=[{_QUOTES}]))")
_NAME_BEFORE = lazy_pattern(rf"{_AFTER_FIELD_OR_SIGN}(\w[\w.-]*):\Z")
_SET_APART = lazy_pattern(r"[\s()^~:+-]")
_SIGN = lazy_pattern(rf"{_AFTER_FIELD_OR_SIGN}[+-]")

NO_NAMES: Mapping[str, str] = {}
"""Of an index without fields of its own."""


class QueryToken(NamedTuple):
    """
    One token: its kind, its text and its offset in the query.

    The kinds are `word`, `phrase`, `field` (its text is the field's name), `slop`,
    and `( ) ^ NEAR NOT + AND OR`.
    """

    kind: str
    text: str
    start: int


class Lexed(NamedTuple):
    """A query as tokens, and how its quotation marks were read where they are no syntax."""

    tokens: list[QueryToken]
    hints: tuple[str, ...]


def lex(typed: str, own: Mapping[str, str] = NO_NAMES) -> Lexed:
    """
    Cut a query into tokens.

    Args:
        own: The names of the index's own fields, in small letters, each with its field.

    >>> [token.text for token in lex('标题：党建 -"一 二"').tokens]
    ['headline', '党建', '-', '一 二']
    """
    form = half_width(typed)
    phrases, stray = _find_quotes(form, own)
    hints: tuple[str, ...] = ()
    if stray:
        hints = (NOT_CLOSED,)
    if phrases and len(form) >= PASTED_CHARS and _is_pasted(form, phrases, own):
        phrases, stray, hints = {}, [match.start() for match in _ANY_QUOTE.finditer(form)], (PASTED,)
    takes_straight = len(form) >= HEADLINE_CHARS and _is_prose(form, phrases, own)
    glued = [
        start
        for start, end in phrases.items()
        if (takes_straight or '"' not in {form[start], form[end - 1]}) and _is_glued(form, start, end, own)
    ]
    if glued:
        hints = (*hints, INSIDE)
        stray = [*stray, *glued, *(phrases.pop(start) - 1 for start in glued)]
    if stray:
        chars = list(form)
        for place in stray:
            chars[place] = _DROPPED_MARK
        form = "".join(chars)
    return Lexed(_without_empty_brackets(list(_tokens(form, phrases, own)), form), hints)


def _without_empty_brackets(tokens: list[QueryToken], form: str) -> list[QueryToken]:
    """Leave out brackets with nothing in them right after a word: pasted text has them (日落大道（）)."""
    kept: list[QueryToken] = []
    for token in tokens:
        if token.kind == ")" and _is_pasted_bracket(kept, form):
            kept.pop()
        else:
            kept.append(token)
    return kept


def _is_pasted_bracket(kept: list[QueryToken], form: str) -> bool:
    """Return whether the last of some tokens is a bracket that opens right after a word."""
    if len(kept) < 2 or kept[-1].kind != "(":  # noqa: PLR2004
        return False
    return kept[-2].kind == "word" and not form[kept[-1].start - 1].isspace()


def half_width(typed: str) -> str:
    """Return a query with its signs and operators in half width, each character in its place."""
    form = typed.translate(_FULL_WIDTH)
    return _OPERATORS.sub(lambda match: _operator_letters(match.group()), form)


def _operator_letters(letters: str) -> str:
    """Make a full-width AND, OR, NOT or NEAR/ a half-width one; leave other words."""
    half = letters.translate(_FULL_WIDTH_LETTERS)
    return half if half in {"AND", "OR", "NOT", "NEAR/"} else letters


def _tokens(form: str, phrases: dict[int, int], own: Mapping[str, str]) -> Iterator[QueryToken]:
    place = 0
    is_first = True
    while place < len(form):
        if place in phrases:
            end = phrases[place]
            yield QueryToken("phrase", _ESCAPED.sub(r"\1", form[place + 1 : end - 1]), place)
            place, is_first = end, False
            continue
        match = _TOKEN.match(form, place)
        kind = match.lastgroup if match else "word"
        text = match.group() if match else ""
        if match and match["field"] is not None:
            text = _field(match["name"], own)
            kind = "field" if text else "word"
        elif kind == "minus":  # -5℃ and what begins with -5 is a number below zero
            kind, text = ("word", "") if is_first or len(text) > 1 else ("not", "-")
        if kind == "word":
            match = _WORD.match(form, place)
            text = match.group() if match else ""
        elif kind == "operator":
            kind = text
        if kind != "space":
            is_first = False
            yield QueryToken(_KINDS.get(str(kind), str(kind)), text, place)
        place = match.end() if match else place + 1


def _find_quotes(form: str, own: Mapping[str, str]) -> tuple[dict[int, int], list[int]]:
    """
    Return the end of each quoted phrase by its start, and where quotation marks are not closed.

    A ” at the end of a word opens nothing: it closes what was cut off. Each kind of closing mark
    is looked for to the end of the query once, when it is not there.
    """
    phrases: dict[int, int] = {}
    stray: list[int] = []
    missing: set[str] = set()
    match = _ANY_QUOTE.search(form)
    while match is not None:
        start = match.start()
        end = 0
        for opening in dict.fromkeys((match.group(), "")):
            if end or opening in missing or opening not in _CLOSING:
                continue
            if not opening and match.group() == "”" and _ends_word(form, start, own):
                continue
            closing = _CLOSING[opening].match(form, start + 1)
            if closing is None:
                missing.add(opening)
            else:
                end = closing.end()
        if end:
            phrases[start] = end
        else:
            stray.append(start)
        match = _ANY_QUOTE.search(form, end or start + 1)
    return phrases, stray


def _is_glued(form: str, start: int, end: int, own: Mapping[str, str]) -> bool:
    """Return whether a quoted phrase is part of the text around it, as in 服务“精细化” and 会：“早诊断”."""
    return _ends_word(form, start, own) or (end < len(form) and not _SET_APART.match(form, end))


def _ends_word(form: str, place: int, own: Mapping[str, str]) -> bool:
    """Return whether a mark is next to the end of a word, and not at the beginning of one."""
    if place == 0:
        return False
    before = form[place - 1]
    if before == ":":
        return not _names_field(form, place, own)
    return not (_SIGN if before in "+-" else _SET_APART).match(form, place - 1)


def _names_field(form: str, place: int, own: Mapping[str, str]) -> bool:
    """Return whether the name of a field is before a quotation mark."""
    match = _NAME_BEFORE.search(form, max(0, place - MAX_NAME_CHARS), place)
    return match is not None and _field(match[1], own) != ""


def _field(name: str, own: Mapping[str, str]) -> str:
    """Return the field that is called so, or nothing: the index's own go before others of that name."""
    typed = name.casefold()
    return own.get(typed) or ALIASES.get(simplify(typed), "")


def _is_prose(form: str, phrases: dict[int, int], own: Mapping[str, str]) -> bool:
    """Return whether a query has neither operators nor a field before a quotation mark."""
    done = 0
    for start, end in (*phrases.items(), (len(form), 0)):
        if _LANGUAGE.search(form[done : start + 1]) or _names_field(form, start, own):
            return False
        done = end
    return True


def _is_pasted(form: str, phrases: dict[int, int], own: Mapping[str, str]) -> bool:
    """
    Return whether a long query with quotation marks is prose and not the query language.

    The marks of prose are in the middle of words, or most of it is outside of them. One phrase that is all of
    a query is meant as one when its marks are straight.
    """
    if not _is_prose(form, phrases, own):
        return False
    inside = sum(end - start for start, end in phrases.items())
    if len(phrases) == 1 and inside == len(form.strip()):
        return form.strip()[0] != '"'
    return 2 * inside < len(form) or any(_is_glued(form, start, end, own) for start, end in phrases.items())
