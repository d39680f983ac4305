"""A query tree as a query that means it: parsing what is printed gives the same tree."""

from __future__ import annotations

from searchlib.query.nodes import (
    And,
    DateRange,
    Every,
    Not,
    Or,
    Phrase,
    Query,
    Run,
    Stored,
    Terms,
)
from searchlib.query.quoting import quote

_NOTHING = "，"
_BORDER = "，"
_SIGNS = frozenset('-+*~\\:()"')


def printed(tree: Query) -> str:
    """
    Return a query for a tree that `parse` made, in the half-width forms.

    >>> from searchlib.analysis import Analyzer
    >>> from searchlib.query.parser import parse
    >>> printed(parse("（党建　OR 标题：农业） －“会议”", Analyzer(), match="all", exact=False))
    '(党建 OR headline:农业) NOT "会议"'
    """
    return _printed(tree, inside=False)


def _printed(tree: Query, *, inside: bool) -> str:
    if isinstance(tree, Run):
        return _leaf(tree.whole)
    if isinstance(tree, Phrase):
        return _leaf(tree)
    if isinstance(tree, Terms):
        return tree.clean
    if isinstance(tree, Stored):
        return f"{tree.key}:{quote(tree.value)}"
    if isinstance(tree, DateRange):
        return f"date:{tree.since or ''}..{tree.until or ''}"
    if isinstance(tree, Not):
        return f"NOT {_printed(tree.query, inside=True)}"
    if isinstance(tree, (And, Or)):
        between = " " if isinstance(tree, And) else " OR "
        text = between.join(_printed(child, inside=True) for child in tree.subqueries)
        return f"({text})" if inside else text
    return "" if isinstance(tree, Every) else _NOTHING


def _leaf(phrase: Phrase) -> str:
    field = f"{phrase.field}:" if phrase.field else ""
    if phrase.quoted:
        return field + quote(phrase.clean)
    text = phrase.clean.replace("\n", _BORDER)
    if text[:1] in _SIGNS or text[-1:] in _SIGNS:
        text = _BORDER + text + _BORDER  # a mark at an end is the sentence's, and takes the sign its meaning
    return f"{field}{'*' * phrase.open_start}{text}{'*' * phrase.open_end}{'~' * phrase.edits}"
