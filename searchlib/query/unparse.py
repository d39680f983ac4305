"""A query tree as a query that means it: parsing what is printed gives the same tree."""

from __future__ import annotations

from searchlib.frozen import replace
from searchlib.query.nodes import (
    And,
    DateRange,
    Every,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Run,
    Stored,
    Terms,
)
from searchlib.query.quoting import quote

_NOTHING = "。"
_BORDER = "。"


def unparse(tree: Query) -> str:
    """
    Return a query for a tree that `parse` made, in the half-width forms.

    >>> from searchlib.analysis import Analyzer
    >>> from searchlib.query.parser import parse
    >>> unparse(parse("（党建　OR 标题：农业） －“会议”", Analyzer(), match="all", exact=False))
    '(党建 OR headline:农业) NOT "会议"'
    """
    return _print_clause(tree, inside=False)


def _print_clause(tree: Query, *, inside: bool) -> str:
    if isinstance(tree, Run):
        return _leaf(tree.whole)
    if isinstance(tree, Phrase):
        return _leaf(tree)
    if isinstance(tree, Near):
        return _near(tree)
    if isinstance(tree, Terms):
        return tree.clean
    if isinstance(tree, Stored):
        return f"{tree.key}:{quote(tree.value)}"
    if isinstance(tree, DateRange):
        return f"date:{tree.since or ''}..{tree.until or ''}"
    if isinstance(tree, Not):
        return f"NOT {_print_clause(tree.query, inside=True)}"
    if isinstance(tree, (And, Or)):
        between = " " if isinstance(tree, And) else " OR "
        text = between.join(_print_clause(child, inside=True) for child in tree.subqueries)
        return f"({text})" if inside else text
    return "" if isinstance(tree, Every) else _NOTHING


def _leaf(phrase: Phrase) -> str:
    field = f"{phrase.field}:" if phrase.field else ""
    boost = f"^{phrase.boost!r}".removesuffix(".0") if phrase.boost != 1 else ""
    if phrase.quoted:
        return field + quote(phrase.clean) + boost
    text = phrase.clean.replace("\n", _BORDER)
    if text[0] == "-":
        text = "—" + text[1:]  # a dash that is no sign, and folds to the same
    if text[0] == "+" and not phrase.field and not phrase.open_start:
        text = "+" + text  # the first one is a sign, and says what holds anyway
    return f"{field}{'*' * phrase.open_start}{text}{'*' * phrase.open_end}{'~' * phrase.edits}{boost}"


def _near(near: Near) -> str:
    """Write what is near each other; the field, which all of it has, is before it once."""
    sides = []
    for side in near.sides:
        alternatives = " OR ".join(_leaf(replace(phrase, field=None)) for phrase in side)
        sides.append(f"({alternatives})" if len(side) > 1 else alternatives)
    text = f" NEAR/{near.within} ".join(sides)
    return f"{near.field}:({text})" if near.field else text
