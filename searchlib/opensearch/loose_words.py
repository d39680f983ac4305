"""Open words, gaps and other spellings: what is asked where other words may stand than those typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchlib.analysis import is_han, units
from searchlib.opensearch.clauses import MATCH_ALL, Clause, all_of, any_of, term
from searchlib.opensearch.intervals import Rule, in_a_row, in_order, phrase_rule, with_filter, without_borders
from searchlib.opensearch.stream import BORDERS, MOST_CHARS, unit_token
from searchlib.query.characters import GAP_CHARS, WILDCARD, may_go_on
from searchlib.query.nodes import Phrase

_ANY = ""
"""Stands for any one character in a spelling."""


def regexp(field: str, pattern: str) -> Clause:
    """Return what asks for a token that a pattern of Lucene's matches as a whole."""
    return {"regexp": {field: {"value": pattern, "flags": "NONE"}}}


def word_pattern(phrase: Phrase, text: str) -> str:
    """
    Return the pattern of the words that an open word, or one with other spellings, may be.

    >>> word_pattern(Phrase("col*r", open_end=True), "col*r")
    'col.*r.*'
    """
    if phrase.edits:
        one = "[0-9]" if text[0].isdigit() else "."
        spelt = ("".join(map(_escape, chars)).replace("\\0", one) for chars in spellings(text))
        return "|".join(dict.fromkeys(spelt))
    body = ".*".join(map(_escape, text.split(WILDCARD)))
    return ".*" * phrase.opens_start + body + ".*" * phrase.opens_end


def _escape(text: str) -> str:
    if text == _ANY:
        return "\\0"
    return "".join(char if char.isalnum() else f"\\{char}" for char in text)


def spellings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield a word and all that one edit makes of it, as characters, an empty one for any."""
    chars = tuple(text)
    yield chars
    for index in range(len(chars)):
        yield (*chars[:index], _ANY, *chars[index + 1 :])
        if len(chars) > 2:  # noqa: PLR2004 (of two characters one is too little to go by)
            yield (*chars[:index], *chars[index + 1 :])
        if index:
            yield (*chars[:index], _ANY, *chars[index:])
            yield (*chars[: index - 1], chars[index], chars[index - 1], *chars[index + 1 :])
    yield (_ANY, *chars)
    yield (*chars, _ANY)


def gap_rule(parts: Sequence[str]) -> Rule | None:
    """Return the rule of parts of Han between which a few characters stand; None for other parts."""
    if not all(parts) or any(may_go_on(part[0]) or may_go_on(part[-1]) for part in parts):
        return None
    if any("\n" in part for part in parts):
        return None
    rule = in_order([phrase_rule(part) for part in parts], max_gaps=GAP_CHARS * (len(parts) - 1))
    return without_borders(rule, *BORDERS)


def edit_rules(text: str) -> list[Rule]:
    """
    Return the rules of which one holds where a text of Han stands, or what one edit makes of it.

    They hold of no other text without spaces.
    """
    if len(text) == 2:  # noqa: PLR2004 (another character in the place of one of them, between two marks)
        first, second = (in_a_row([char]) for char in text)
        ends = [in_order([first, in_a_row([mark])], max_gaps=0) for mark in BORDERS]
        begins = [in_order([in_a_row([mark]), second], max_gaps=0) for mark in BORDERS]
        return [
            with_filter(first, "not_contained_by", *ends),
            with_filter(second, "not_contained_by", *begins),
            phrase_rule(text[::-1]),
        ]
    rules = [phrase_rule(text), phrase_rule(text[1:]), phrase_rule(text[:-1])]
    for place in range(1, len(text)):
        left, right = text[:place], text[place:]
        rules.append(_apart(left, right))
        if len(right) > 1:
            rules.append(_apart(left, right[1:]))
        rules.append(phrase_rule(text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :]))
    return rules


def _apart(left: str, right: str) -> Rule:
    """Return the rule of two texts with one character between, or none."""
    return without_borders(in_order([phrase_rule(left), phrase_rule(right)], max_gaps=1), *BORDERS)


def candidates(phrase: Phrase, text: str, field: str) -> Clause:
    """Return what all articles pass that may hold an open text of several units, and others too."""
    if phrase.edits:
        han = [unit for unit, *_ in units(text.replace("\n", " ")) if is_han(unit)]
        if len(han) < 2:  # noqa: PLR2004 (the one may be the one that differs)
            return MATCH_ALL
        return any_of(all_of(term(field, unit) for unit in han[:n] + han[n + 1 :]) for n in range(len(han)))
    parts = text.split(WILDCARD)
    last = len(parts) - 1
    return all_of(
        _part(part, field, open_start=n > 0 or phrase.open_start, open_end=n < last or phrase.open_end)
        for n, part in enumerate(parts)
    )


def _part(part: str, field: str, *, open_start: bool, open_end: bool) -> Clause:
    """Return what asks for a text at whose ends longer words may stand."""
    found = [unit for unit, *_ in units(part.replace("\n", " "))]
    if not found:
        return MATCH_ALL
    open_start = open_start and may_go_on(found[0][0])
    open_end = open_end and may_go_on(found[-1][-1])
    clauses: list[Clause] = []
    for number, unit in enumerate(found):
        opens = (open_start and number == 0, open_end and number == len(found) - 1)
        if len(unit) > MOST_CHARS:
            continue
        if any(opens):
            clauses.append(regexp(field, ".*" * opens[0] + _escape(unit) + ".*" * opens[1]))
        else:
            clauses.append(term(field, unit_token(unit)))
    return all_of(clauses)
