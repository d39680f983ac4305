r"""
The grammar of the query language: text to a tree of syntax nodes, with plugins for Whoosh's parser.

Taggers cut the text into nodes, each with its place; `Builder` puts them together. `^2` and
`NEAR/10` bind closest, then `NOT`, `-` and `+`, then `AND`, which white space means too, then
`OR`. What does not fit together is an error that points at the column: nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from whoosh.qparser import plugins, syntax, taggers

from searchlib.analysis import simplify
from searchlib.errors import QuerySyntaxError
from searchlib.query.fields import ALIASES
from searchlib.query.nodes import PARAGRAPH, SENTENCE, And, Not, Or, Query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from searchlib.query.language import QueryLanguage

MAX_DEPTH = 64
"""Brackets and NOTs inside each other; the tree is walked recursively."""

BOOST = r"\^[-+.,\d][-+.,\de]*"
"""A weight behind a word, or what was meant as one."""

_WITHIN = {"s": SENTENCE, "p": PARAGRAPH, "句": SENTENCE, "段": PARAGRAPH}
_STARTS_WORD = r"(?<![^\s(])"
_AFTER_FIELD_OR_SIGN = r"(?<![^\s(+-])"


class Leaf(syntax.SyntaxNode):  # type: ignore[misc]
    """A word or a quoted phrase, with the field before it."""

    def __init__(self, text: str, *, quoted: bool) -> None:
        self.text = text
        self.quoted = quoted
        self.field: str | None = None
        self.within: int | None = None

    def query(self, parser: QueryLanguage) -> Query | None:  # noqa: D102 (Whoosh's)
        return parser.leaf(self)


class _Group(syntax.GroupNode):  # type: ignore[misc]
    """Nodes that become a node of our tree; those that hold marks only drop out."""

    def _below(self, parser: QueryLanguage) -> list[Query]:
        return [below for node in self.nodes if (below := node.query(parser)) is not None]


class _All(_Group):
    def query(self, parser: QueryLanguage) -> Query | None:
        below = self._below(parser)
        return And(below) if below else None


class _Any(_Group):
    def query(self, parser: QueryLanguage) -> Query | None:
        below = self._below(parser)
        return Or(below) if below else None


class _None(_Group):
    def query(self, parser: QueryLanguage) -> Query | None:
        below = self._below(parser)
        return Not(below[0]) if below else None


class _Boosted(syntax.SyntaxNode):  # type: ignore[misc]
    """A node and its weight."""

    def __init__(self, node: Any, mark: _Mark) -> None:
        self._node = node
        self._mark = mark

    def query(self, parser: QueryLanguage) -> Query | None:
        below = self._node.query(parser)
        return None if below is None else parser.boosted(below, self._mark.text, self._mark.startchar)


class _Near(syntax.SyntaxNode):  # type: ignore[misc]
    """A row of nodes that must stand near each other."""

    def __init__(self, nodes: list[Any], mark: _Mark) -> None:
        self._nodes = nodes
        self._mark = mark

    def query(self, parser: QueryLanguage) -> Query | None:
        below = [side for node in self._nodes if (side := node.query(parser)) is not None]
        return parser.near(below, self._mark.text, self._mark.startchar)


class _Mark(syntax.SyntaxNode):  # type: ignore[misc]
    """An operator, a bracket or a field name, before the filter has used it."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        self.text = text


class _Tagger(taggers.RegexTagger):  # type: ignore[misc]
    """Turns what a regex matches into a node."""

    def __init__(self, expression: str, make: Any) -> None:
        super().__init__(expression)
        self._make = make

    def create(self, parser: QueryLanguage, match: re.Match[str]) -> syntax.SyntaxNode | None:  # noqa: ARG002
        node: syntax.SyntaxNode | None = self._make(match)
        return node


def _phrase(match: re.Match[str]) -> Leaf:
    return Leaf(re.sub(r"\\(.)", r"\1", match.group()[1:-1], flags=re.DOTALL), quoted=True)


def _word(match: re.Match[str]) -> Leaf:
    return Leaf(match.group(), quoted=False)


def _mark(kind: str) -> Any:
    return lambda match: _Mark(kind, match.group())


def _field(own: Mapping[str, str]) -> Any:
    """Return what makes a mark of the name of a field: the index's own go before others of that name."""

    def mark(match: re.Match[str]) -> _Mark | None:
        typed = match.group(1).casefold()
        name = own.get(typed) or ALIASES.get(simplify(typed))
        return _Mark("field", name) if name else None

    return mark


class Grammar(plugins.Plugin):  # type: ignore[misc]
    """All of the language: its taggers, and the filter that builds the groups."""

    def __init__(self, own: Mapping[str, str]) -> None:
        """*own* are the names of the index's own fields, in small letters, each with its field."""
        self._own = own

    def taggers(self, parser: QueryLanguage) -> list[tuple[_Tagger, int]]:  # noqa: ARG002, D102
        in_order = [
            _Tagger(r"\(", _mark("(")),
            _Tagger(r"\)", _mark(")")),
            _Tagger(r'"(?:\\.|[^"\\])*"', _phrase),
            _Tagger(r"“(?:\\.|[^”\\])*”", _phrase),
            _Tagger(r'["“”„‟](?:\\.|[^"“”„‟\\])*["“”„‟]', _phrase),
            _Tagger(r'(?<=["“”„‟])~\d+(?=[\s()^]|\Z)', _mark("slop")),
            _Tagger(rf'(?<=["“”„‟)\d]){BOOST}(?=[\s()^]|\Z)', _mark("^")),
            _Tagger(r'["“”„‟]', _mark("quote")),
            _Tagger(_STARTS_WORD + r"(?:AND|OR|NOT)(?![^\s()\"“”„‟])", _operator),
            _Tagger(_STARTS_WORD + r"NEAR/(?:\d+|[sSpPｓｐＳＰ句段])(?=[\s()\"“”„‟]|\Z)", _near),
            _Tagger(_STARTS_WORD + r"-(?=[^\s)])", _mark("NOT")),
            _Tagger(_STARTS_WORD + r"\+(?=[^\s)])", _mark("+")),
            _Tagger(_AFTER_FIELD_OR_SIGN + r"(\w[\w.-]*):(?=[^\s)])", _field(self._own)),
            _Tagger(r'[^\s"“”„‟()]+', _word),
        ]
        return [(tagger, priority) for priority, tagger in enumerate(in_order)]

    def filters(self, parser: QueryLanguage) -> list[Any]:  # noqa: ARG002, D102
        return [(self.build, 0)]

    def build(self, parser: QueryLanguage, group: syntax.GroupNode) -> syntax.GroupNode:
        """Group the flat row of nodes."""
        nodes = [node for node in group if not node.is_ws()]
        builder = Builder(parser.typed, nodes)
        return _All([builder.whole()] if nodes else [])


def _near(match: re.Match[str]) -> _Mark:
    return _Mark("NEAR", match.group())


def _operator(match: re.Match[str]) -> _Mark:
    return _Mark(match.group(), match.group())


_AFTER_ALL = frozenset({"end", ")", "OR", "AND"})
"""What no word can begin with."""


class Builder:
    """Reads a row of nodes from left to right (recursive descent)."""

    def __init__(self, typed: str, nodes: list[Any]) -> None:
        self._typed = typed
        self._nodes = nodes
        self._next = 0
        self._depth = 0

    def whole(self) -> Any:
        """Read all of it."""
        tree = self._either(None)
        if self._kind() == ")":
            raise self._error(self._nodes[self._next], "a bracket is closed that was not opened")
        return tree

    def _kind(self) -> str:
        if self._next == len(self._nodes):
            return "end"
        node = self._nodes[self._next]
        return node.kind if isinstance(node, _Mark) else "leaf"

    def _either(self, field: str | None) -> Any:
        sides = [self._all(field)]
        while self._kind() == "OR":
            self._next += 1
            sides.append(self._all(field))
        return _Any(sides) if len(sides) > 1 else sides[0]

    def _all(self, field: str | None) -> Any:
        first = self._next
        found: list[Any] = []
        while True:
            kind = self._kind()
            if kind == "AND" and found:
                self._next += 1
                found.append(self._one(field))
            elif kind in _AFTER_ALL:
                break
            else:
                found.append(self._one(field))
        if not found or self._kind() == "AND":
            raise self._missing(first)
        return _All(found) if len(found) > 1 else found[0]

    def _one(self, field: str | None) -> Any:
        """Read one thing, and what is near it."""
        row = [self._weighed(field)]
        if self._kind() != "NEAR":
            return row[0]
        mark = self._nodes[self._next]
        while self._kind() == "NEAR":
            node = self._nodes[self._next]
            if distance_of(node.text) != distance_of(mark.text):
                hint = f"give each its own: (a {mark.text} b) AND (b {node.text} c)"
                raise self._error(node, "a row of NEAR has one distance", hint)
            self._next += 1
            row.append(self._weighed(field))
        return _Near(row, mark)

    def _weighed(self, field: str | None) -> Any:
        tree = self._primary(field)
        while self._kind() == "^":
            tree = _Boosted(tree, self._nodes[self._next])
            self._next += 1
        return tree

    def _primary(self, field: str | None) -> Any:
        kind = self._kind()
        if kind in _AFTER_ALL or kind == "NEAR":
            raise self._missing(self._next)
        node = self._nodes[self._next]
        self._next += 1
        if kind == "leaf":
            node.field = field
            if self._kind() == "slop":
                node.within = int(self._nodes[self._next].text[1:])
                self._next += 1
            return node
        if kind in {"slop", "^"}:
            raise self._error(node, f"{node.text} stands behind nothing that it belongs to")
        if kind == "quote":
            raise self._error(node, "a quotation mark is not closed", "close it or leave it out")
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(node, f"more than {MAX_DEPTH} brackets or NOTs inside each other")
        tree: Any
        if kind == "(":
            tree = self._either(field)
            if self._kind() != ")":
                raise self._error(node, "a bracket is not closed")
            self._next += 1
        elif kind == "NOT":
            tree = _None([self._one(field)])
        else:
            tree = self._one(node.text if kind == "field" else field)
        self._depth -= 1
        return tree

    def _missing(self, index: int) -> QuerySyntaxError:
        """Say which operator or bracket lacks its words: the one before, else the one after the gap."""
        before = self._nodes[index - 1] if index else None
        node = before if isinstance(before, _Mark) else self._nodes[min(index, len(self._nodes) - 1)]
        if node.kind in {"(", ")"}:
            return self._error(node, "there is nothing between the brackets")
        hint = f'to find the word itself write "{node.text}"'
        return self._error(node, f"{node.text} lacks a word beside it", hint)

    def _error(self, node: Any, problem: str, hint: str = "") -> QuerySyntaxError:
        return QuerySyntaxError(self._typed, node.startchar + 1, problem, hint)


def distance_of(mark: str) -> int | str:
    """Return the distance that `NEAR/10` or `~10` says."""
    said = unicodedata.normalize("NFKC", mark).lstrip("NEAR/~").lower()
    return _WITHIN.get(said) or int(said)
