"""
Signs that mean something elsewhere and nothing here: how to write what was probably meant.

Nothing is read otherwise than it is written: `or` stays a word, `|` punctuation. Each line of
advice says so and gives the query as the language wants it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchlib.analysis import is_han
from searchlib.lazy import lazy_pattern
from searchlib.message import Message
from searchlib.query.lexer import PASTED_CHARS, QueryToken

_MAY_ADVISE = lazy_pattern(
    r"[|｜&＆!！?*＊或且]|(?<![^\W_])(?:or|and|not|near)(?![^\W_])|[-－]\d", re.IGNORECASE
)
_WORDS = {
    "or": "OR",
    "and": "AND",
    "not": "NOT",
    "near": "NEAR/10",
    "或": "OR",
    "或者": "OR",
    "且": "AND",
    "并且": "AND",
}
SIGN_WORDS = frozenset("或且并")
"""The characters of Han with which a word for an operator begins."""

_SIGNS = {"|": "OR", "||": "OR", "&": "AND", "&&": "AND", "!": "NOT"}
_HALF = str.maketrans("｜＆！", "|&!")
_EITHER, _BOTH = lazy_pattern(r"\|+"), lazy_pattern("&&+")
_EXCLAIMED = lazy_pattern(r"!(?=\w)")
_AS_SIGN = {
    "OR": "{} is read as punctuation; for articles with either word write OR: {}",
    "AND": "{} is read as punctuation; for articles with both words write AND: {}",
    "NOT": "{} is read as punctuation; to leave a word out write NOT or -: {}",
}
_AS_WORD = {
    "OR": "{} is read as a word; for articles with either word write OR in capitals: {}",
    "AND": "{} is read as a word; for articles with both words write AND in capitals: {}",
    "NOT": "{} is read as a word; to leave a word out write NOT in capitals: {}",
    "NEAR/10": "{} is read as a word; for words near each other write NEAR and how near: {}",
}
_NOTHING = ("", "", "")
_ASKING = frozenset("谁何吗呢么几哪啥吧多否")
_MOST_BEFORE_MARK = 3
"""A question mark after so few characters that ask nothing was meant as a wildcard."""

_MOST_LATIN_WORDS = 4
"""A longer query of Latin words is a sentence, in which `or` is a word."""

_OPERANDS_BEFORE = frozenset({"word", "phrase", ")", "slop", "^"})
_OPERANDS_AFTER = frozenset({"word", "phrase", "(", "field", "NOT", "+"})


def advice(typed: str, tokens: Sequence[QueryToken]) -> tuple[str, ...]:
    """
    Return a line for each sign of a query that is no operator and looks like one.

    >>> from searchlib.query.lexer import lex
    >>> advice("疫情 or 外交", lex("疫情 or 外交").tokens)
    ('or is read as a word; for articles with either word write OR in capitals: 疫情 OR 外交',)
    """
    if len(typed) >= PASTED_CHARS or not _MAY_ADVISE.search(typed):
        return ()
    reading = _Reading(typed, tokens)
    return tuple(reading.lines())


class _Reading:
    """One walk over the tokens of a query, which writes the query again."""

    def __init__(self, typed: str, tokens: Sequence[QueryToken]) -> None:
        self._typed = typed
        self._tokens = tokens
        words = [token.text for token in tokens if token.kind in {"word", "phrase"}]
        self._is_sentence = len(words) > _MOST_LATIN_WORDS and not any(
            is_han(char) for text in words for char in text
        )

    def lines(self) -> list[str]:
        """Return the advice; lines about operators end with the whole query as it should be."""
        operators: dict[tuple[str, str], None] = {}
        others: dict[str, None] = {}
        written, done = "", 0
        for number, token in enumerate(self._tokens):
            if token.kind == "NOT" and token.text == "-":
                others.update(self._warn_of_exclusion(number))
            if token.kind != "word":
                continue
            template, sign, text = self._operator(number, token.text.translate(_HALF))
            if template:
                operators[template, sign] = None
                written += self._typed[done : token.start] + text
                done = token.start + len(token.text)
            else:
                others.update(dict.fromkeys(_wildcards(token.text)))
                others.update(self._minus(token.text))
        query = " ".join((written + self._typed[done:]).split())
        return [*(Message(template, sign, query) for template, sign in operators), *others]

    def _operator(self, number: int, text: str) -> tuple[str, str, str]:
        """Return what is said of which sign, and how to write it; nothing where it is only a word."""
        before = self._tokens[number - 1].kind if number else ""
        after = self._tokens[number + 1].kind if number + 1 < len(self._tokens) else ""
        is_before, is_after = before in _OPERANDS_BEFORE, after in _OPERANDS_AFTER
        operator = _WORDS.get(text.lower(), "") if not (text.isascii() and text.isupper()) else ""
        if operator and not self._is_sentence and is_after and (is_before or operator == "NOT"):
            return _AS_WORD[operator], text, operator
        operator = _SIGNS.get(text, "")
        if operator:
            fits = is_after and (is_before or operator == "NOT")
            return (_AS_SIGN[operator], text, operator) if fits else _NOTHING
        for sign, name in ((_EITHER, "OR"), (_BOTH, "AND")):
            found = sign.search(text)
            parts = [part for part in sign.split(text) if part]
            if not found or not parts:
                continue
            joined = f" {name} ".join(parts)
            if len(parts) > 1 and len(self._tokens) > 1:
                joined = f"({joined})"
            if text.startswith(found.group()) and is_before:
                joined = f"{name} {joined}"
            if text.endswith(found.group()) and is_after:
                joined = f"{joined} {name}"
            return (_AS_SIGN[name], found.group(), joined) if joined != parts[0] else _NOTHING
        if _EXCLAIMED.match(text):
            return _AS_SIGN["NOT"], "!", f"NOT {text[1:]}"
        return _NOTHING

    def _warn_of_exclusion(self, number: int) -> dict[str, None]:
        """Say of a number after the sign of exclusion how it is written as one below zero."""
        text = self._tokens[number + 1].text if number + 1 < len(self._tokens) else ""
        if not text.isdecimal():
            return {}
        said = '-{} leaves out articles with {}; for the number below zero write "-{}"'
        return {Message(said, text, text, text): None}

    def _minus(self, text: str) -> dict[str, None]:
        """Say of a number below zero how its word is left out."""
        if text[:1] != "-" or not text[1:2].isdecimal():
            return {}
        said = "{} is read as a number below zero; to leave a word out write: NOT {}"
        return {Message(said, text, text[1:]): None}


def _wildcards(text: str) -> list[str]:
    """Say of `?` and `*` what they do not do."""
    if not text:  # nothing but quotation marks that are no syntax
        return []
    if text.strip("*") == "":
        return [Message("* alone finds nothing; an empty query finds every article")]
    inside = text.strip("*?？！!。，,")
    found: list[str] = []
    if (text[0] == "*" and is_han(text[1:2])) or (text[-1] == "*" and is_han(text[-2:-1])):
        said = "* changes nothing at the end of Chinese, which is found inside longer words: {}"
        found.append(Message(said, inside))
    if "?" in inside:
        starred = re.sub(r"\?+", "*", inside)
        said = "? is read as punctuation; for other characters in between write *: {}"
        found.append(Message(said, starred))
    elif text.endswith("?") and _is_stem(inside):
        said = "? is read as punctuation; Chinese is found inside longer words without it: {}"
        found.append(Message(said, inside))
    return found


def _is_stem(text: str) -> bool:
    """Return whether a ? after a text may stand for any character: it is short and asks nothing."""
    return 0 < len(text) <= _MOST_BEFORE_MARK and is_han(text[-1]) and _ASKING.isdisjoint(text)
