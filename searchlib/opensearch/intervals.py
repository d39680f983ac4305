"""
Where tokens are in a row: the cluster's `intervals`, of which each asks for a place in one field.

A rule is one phrase of `match`, or several rules in order without a gap. Numbers are whole where no
other token of a number is next to them, which their fillers tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import permutations, product
from typing import Any

from searchlib.opensearch.clauses import Clause
from searchlib.opensearch.stream import BODY, BORDERS, DIGIT_FILLER, PARAGRAPH_END, SENTENCE_END, line_tokens
from searchlib.query.characters import HAN_NUMERALS
from searchlib.query.nodes import SENTENCE

Rule = dict[str, Any]

MOST_ORDERS = 256
"""More orders and forms of what is to be near are not written out: those articles are read."""

MOST_TOKENS = 400
"""The same of tokens in all rules."""

_EXPANSIONS = 1000
_FIGURES_BEFORE = f"[0-9][0-9]?|{DIGIT_FILLER}"
_FIGURES_AFTER = f"[0-9]|{DIGIT_FILLER}"
_HAN_NUMERAL = f"[{HAN_NUMERALS}]"
_FIGURES = frozenset("0123456789")
_NUMERALS = _FIGURES | frozenset(HAN_NUMERALS)
_POINT = "点"
SIGNS = "%‰"
_EDGE = 2


def in_a_row(tokens: Sequence[str]) -> Rule:
    """Return the rule of tokens that follow each other."""
    return {"match": {"query": " ".join(tokens), "max_gaps": 0, "mode": "ordered"}}


def phrase_rule(text: str) -> Rule:
    """Return the rule of a folded and simplified text; a border in it is any mark."""
    parts: list[Rule] = []
    for number, line in enumerate(text.split("\n")):
        if number:
            parts.append(_border())
        tokens = list(line_tokens(line))
        if tokens:
            parts.append(in_a_row(tokens))
    return parts[0] if len(parts) == 1 else in_order(parts, max_gaps=0)


def _border() -> Rule:
    return _one_of(*(in_a_row([mark]) for mark in BORDERS))


def in_order(rules: Sequence[Rule], *, max_gaps: int) -> Rule:
    """Return the rule of several in order, with so many positions between them in all; -1 for any number."""
    return {"all_of": {"intervals": list(rules), "mode": "ordered", "max_gaps": max_gaps}}


def number_rule(text: str) -> Rule:
    """
    Return the rule of a text at whose ends no number goes on, at once or behind a point, and no percent sign.

    Between two numbers of figures there is always a space, or they would be one.
    """
    rule = phrase_rule(text)
    return with_filter(rule, "not_contained_by", *_longer(text, rule, rule))


def longer_rules(text: str) -> list[Rule]:
    """Return rules of which one holds where a number goes on beside a text's first or last two characters."""
    tokens = list(line_tokens(text.replace("\n", " ")))
    return _longer(text, in_a_row(tokens[:_EDGE]), in_a_row(tokens[-_EDGE:]))


def _longer(text: str, first: Rule, last: Rule) -> list[Rule]:
    found: list[Rule] = []
    point = in_a_row([_POINT])
    if text[0] in _NUMERALS:
        before = _token(f"{_FIGURES_BEFORE}|{_HAN_NUMERAL}")
        beside = _token(_HAN_NUMERAL) if text[0] in _FIGURES else before
        behind_number = with_filter(point, "contained_by", in_order([before, point], max_gaps=0))
        found.append(in_order([_one_of(beside, behind_number), first], max_gaps=0))
    if text[-1] in _NUMERALS:
        after = _token(f"{_FIGURES_AFTER}|{_HAN_NUMERAL}")
        beside = _token(_HAN_NUMERAL) if text[-1] in _FIGURES else after
        before_number = with_filter(point, "contained_by", in_order([point, after], max_gaps=0))
        signs = [in_a_row([sign]) for sign in SIGNS]
        found.append(in_order([last, _one_of(beside, before_number, *signs)], max_gaps=0))
    return found


def _one_of(*rules: Rule) -> Rule:
    return {"any_of": {"intervals": list(rules)}}


def _token(pattern: str) -> Rule:
    return {"regexp": {"pattern": pattern, "max_expansions": _EXPANSIONS}}


def with_filter(rule: Rule, relation: str, *others: Rule) -> Rule:
    """Return a rule whose places have a relation to those of other rules; one with a filter is wrapped."""
    for other in others:
        ((kind, options),) = rule.items()
        if "filter" in options:
            rule = {"all_of": {"intervals": [rule], "mode": "ordered", "filter": {relation: other}}}
        else:
            rule = {kind: {**options, "filter": {relation: other}}}
    return rule


def without_borders(rule: Rule, *marks: str) -> Rule:
    """Return a rule in whose places none of some borders stands."""
    return with_filter(rule, "not_containing", *(in_a_row([mark]) for mark in marks))


def in_one_text(rule: Rule) -> Rule:
    """Return a rule none of whose places reaches from one text into the next."""
    ends = [in_a_row([PARAGRAPH_END, PARAGRAPH_END]), in_a_row([PARAGRAPH_END, BODY])]
    return with_filter(rule, "not_containing", {"any_of": {"intervals": ends}})


def near_rules(sides: Sequence[Sequence[Rule]], within: int | str) -> list[Rule] | None:
    """
    Return the rules of which one must hold for all sides to be near each other, in any order.

    Each is one order of one form of each side: an order says that they do not overlap.
    None where there are too many.
    """
    count = 1
    for number, side in enumerate(sides, 1):
        count *= number * len(side)
    if count > MOST_ORDERS:
        return None
    rules = []
    for forms in product(*sides):
        for order in permutations(forms):
            rule = in_order(order, max_gaps=within if isinstance(within, int) else -1)
            if isinstance(within, int):
                rule = in_one_text(rule)
            elif within == SENTENCE:
                rule = without_borders(rule, SENTENCE_END, PARAGRAPH_END)
            else:
                rule = without_borders(rule, PARAGRAPH_END)
            rules.append(rule)
    return rules if sum(map(token_count, rules)) <= MOST_TOKENS else None


def token_count(rule: Rule) -> int:
    """Return how many tokens a rule names: a cluster allows a thousand in one query."""
    ((kind, options),) = rule.items()
    count = 1 if kind != "match" else len(str(options["query"]).split())
    count += sum(map(token_count, options.get("intervals", ())))
    return count + sum(map(token_count, options.get("filter", {}).values()))


def in_field(rules: Iterable[Rule], field: str, *, is_body: bool) -> list[Clause]:
    """Return the clauses that ask for rules in a field, *is_body* for what is after the body's mark."""
    behind = in_a_row([BODY])
    return [{"intervals": {field: with_filter(rule, "after", behind) if is_body else rule}} for rule in rules]
