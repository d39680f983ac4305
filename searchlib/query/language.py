r"""
The query language, on Whoosh's parser with plugins of ours.

Taggers cut the text into syntax nodes, each with its place; one filter puts
them together. `NOT`, `-` and `+` bind closest, then `AND`, which white space
means too, then `OR`. Full-width forms of the operators mean the same. What does
not fit together is an error that points at the column: nothing is guessed.
"""

from __future__ import annotations

import re
from typing import Any

from whoosh.qparser import QueryParser, plugins, syntax, taggers

from searchlib.analysis import Analyzer, simplify
from searchlib.dates import date_prefix, neighbour
from searchlib.errors import ConfigError, QuerySyntaxError
from searchlib.query.fields import ALIASES, STORED_FIELDS
from searchlib.query.leaves import leaf_of
from searchlib.query.nodes import NOTHING, And, DateRange, Not, Or, Query, Run, Stored, children

MAX_DEPTH = 64
"""Brackets and NOTs inside each other; the tree is walked recursively."""

_FULL_WIDTH = str.maketrans("＂（）：－＋＊～＼", '"():-+*~\\')
_FULL_WIDTH_LETTERS = str.maketrans({0xFF21 + i: chr(65 + i) for i in range(26)})
_FULL_WIDTH_SIGNS = str.maketrans("＞＜＝", "><=")
_COMPARED = re.compile(r"([<>]=?)(.*)", re.DOTALL)
_STARTS_WORD = r"(?<![^\s(])"
_AFTER_FIELD_OR_SIGN = r"(?<![^\s(+-])"


class _Leaf(syntax.SyntaxNode):  # type: ignore[misc]
    """A word or a quoted phrase, with the field before it."""

    def __init__(self, text: str, *, quoted: bool) -> None:
        self.text = text
        self.quoted = quoted
        self.field: str | None = None

    def query(self, parser: QueryLanguage) -> Query | None:
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


def _phrase(match: re.Match[str]) -> _Leaf:
    return _Leaf(re.sub(r"\\(.)", r"\1", match.group()[1:-1], flags=re.DOTALL), quoted=True)


def _word(match: re.Match[str]) -> _Leaf:
    return _Leaf(match.group(), quoted=False)


def _mark(kind: str) -> Any:
    return lambda match: _Mark(kind, match.group())


def _field(match: re.Match[str]) -> _Mark | None:
    name = ALIASES.get(simplify(match.group(1).casefold()))
    return _Mark("field", name) if name else None


class _Grammar(plugins.Plugin):  # type: ignore[misc]
    """All of the language: its taggers, and the filter that builds the groups."""

    def taggers(self, parser: QueryLanguage) -> list[tuple[_Tagger, int]]:  # noqa: ARG002
        in_order = [
            _Tagger(r"\(", _mark("(")),
            _Tagger(r"\)", _mark(")")),
            _Tagger(r'"(?:\\.|[^"\\])*"', _phrase),
            _Tagger(r"“(?:\\.|[^”\\])*”", _phrase),
            _Tagger(r'["“”„‟](?:\\.|[^"“”„‟\\])*["“”„‟]', _phrase),
            _Tagger(r'["“”„‟]', _mark("quote")),
            _Tagger(_STARTS_WORD + r"(?:AND|OR|NOT)(?![^\s()\"“”„‟])", _operator),
            _Tagger(_STARTS_WORD + r"-(?=[^\s)])", _mark("NOT")),
            _Tagger(_STARTS_WORD + r"\+(?=[^\s)])", _mark("+")),
            _Tagger(_AFTER_FIELD_OR_SIGN + r"(\w+):(?=[^\s)])", _field),
            _Tagger(r'[^\s"“”„‟()]+', _word),
        ]
        return [(tagger, priority) for priority, tagger in enumerate(in_order)]

    def filters(self, parser: QueryLanguage) -> list[Any]:  # noqa: ARG002
        return [(self.build, 0)]

    def build(self, parser: QueryLanguage, group: syntax.GroupNode) -> syntax.GroupNode:
        """Group the flat row of nodes."""
        nodes = [node for node in group if not node.is_ws()]
        builder = _Builder(parser.typed, nodes)
        return _All([builder.whole()] if nodes else [])


def _operator(match: re.Match[str]) -> _Mark:
    return _Mark(match.group(), match.group())


class _Builder:
    """Reads a row of nodes from left to right (recursive descent)."""

    def __init__(self, typed: str, nodes: list[Any]) -> None:
        self._typed = typed
        self._nodes = nodes
        self._next = 0
        self._depth = 0

    def whole(self) -> Any:
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
            elif kind in {"end", ")", "OR", "AND"}:
                break
            else:
                found.append(self._one(field))
        if not found or self._kind() == "AND":
            raise self._missing(first)
        return _All(found) if len(found) > 1 else found[0]

    def _one(self, field: str | None) -> Any:
        kind = self._kind()
        if kind in {"end", ")", "OR", "AND"}:
            raise self._missing(self._next)
        node = self._nodes[self._next]
        self._next += 1
        if kind == "leaf":
            node.field = field
            return node
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


class QueryLanguage(QueryParser):  # type: ignore[misc]
    """Whoosh's query parser with our grammar in place of its plugins; one for one query."""

    def __init__(self, analyzer: Analyzer, *, exact: bool) -> None:
        super().__init__(None, None, plugins=[_Grammar()])
        self._analyzer = analyzer
        self._exact = exact
        self.typed = ""

    def tree(self, typed: str) -> Query:
        """
        Return the tree of a query.

        Raises:
            QuerySyntaxError: Quotes, brackets or operators do not fit together.
        """
        self.typed = typed
        form = typed.translate(_FULL_WIDTH)
        capitals = re.sub("[Ａ-Ｚ]+", lambda m: _operator_letters(m.group()), form)
        tree = self.process(capitals).query(self)
        return NOTHING if tree is None else _simplified(tree)

    def leaf(self, node: _Leaf) -> Query | None:
        """Compile a word or phrase; None when it is punctuation only."""
        if node.field == "date":
            return self._dates(node)
        if node.field in STORED_FIELDS:
            return Stored(node.field, node.text)
        return leaf_of(node.text, self._analyzer, field=node.field, exact=self._exact, quoted=node.quoted)

    def _dates(self, node: _Leaf) -> Query:
        compared = _COMPARED.fullmatch(node.text.translate(_FULL_WIDTH_SIGNS))
        since, dots, until = node.text.partition("..")
        try:
            if compared:
                first, last = _beyond(compared[1], compared[2])
            else:
                first, last = date_prefix("date", since), date_prefix("date", until if dots else since)
        except ConfigError as error:
            hint = "write date:2024, date:>2024-08 or date:2024-08-01..2024-08-31"
            raise QuerySyntaxError(self.typed, node.startchar + 1, "this is no date", hint) from error
        return DateRange(first, last)


def _beyond(sign: str, value: str) -> tuple[str | None, str | None]:
    """Return the range before or after a prefix of a date; with `=` the prefix belongs to it."""
    if not value:
        raise ConfigError("date", sign + value, "a date after the sign")
    prefix = date_prefix("date", value)
    if "=" not in sign and prefix is not None:
        prefix = neighbour(prefix, 1 if sign == ">" else -1)
    return (prefix, None) if sign[0] == ">" else (None, prefix)


def _operator_letters(letters: str) -> str:
    """Make a full-width AND, OR or NOT a half-width one; leave other words."""
    half = letters.translate(_FULL_WIDTH_LETTERS)
    return half if half in {"AND", "OR", "NOT"} else letters


def _simplified(tree: Query) -> Query:
    """Drop what is punctuation only, open groups of one, and let `Not` mean the run as it stands."""
    if isinstance(tree, Run):
        return tree
    if isinstance(tree, Not):
        below = _simplified(tree.query)
        return Not(below.whole if isinstance(below, Run) else below)
    if isinstance(tree, (And, Or)):
        below_all = [_simplified(child) for child in tree.subqueries]
        flat: list[Query] = []
        for child in below_all:
            same = type(child) is type(tree)
            flat += children(child) if same else [child]
        if not flat:
            return NOTHING
        return flat[0] if len(flat) == 1 else type(tree)(flat)
    return tree
