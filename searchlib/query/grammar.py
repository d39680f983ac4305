r"""
The grammar of the query language: tokens to a tree.

`^2` and `NEAR/10` bind closest, then `NOT`, `-` and `+`, then `AND`, which white space means too, then
`OR`. What does not fit together is an error that points at the column: nothing is guessed, unless the
query is read leniently.
"""

from __future__ import annotations

from typing import Protocol

from searchlib.message import Message
from searchlib.query.faults import Faults
from searchlib.query.lexer import QueryToken
from searchlib.query.nodes import And, Not, Or, Query

MAX_DEPTH = 64
"""Brackets and NOTs inside each other; the tree is walked recursively."""

_AFTER_ALL = frozenset({"end", ")", "OR", "AND"})
"""What no word can begin with."""

_LEAVES = frozenset({"word", "phrase"})


class Meaning(Protocol):
    """What the parts of a query mean; None is punctuation only, of which nothing is asked."""

    def leaf(self, token: QueryToken, field: str | None, slop: QueryToken | None) -> Query | None:
        """Return the leaf of a word or phrase, with the `~10` after it."""

    def near(self, sides: list[Query], mark: QueryToken) -> Query | None:
        """Return what must be near each other."""

    def boost(self, tree: Query, mark: QueryToken) -> Query:
        """Return a tree with the weight of a mark such as `^2`."""

    def is_same_distance(self, mark: QueryToken, other: QueryToken) -> bool:
        """Return whether two marks of NEAR mean the same."""


class Builder:
    """Reads tokens from left to right (recursive descent)."""

    def __init__(self, tokens: list[QueryToken], meaning: Meaning, faults: Faults) -> None:
        self._tokens = tokens
        self._meaning = meaning
        self._faults = faults
        self._next = 0
        self._depth = 0

    def whole(self) -> Query | None:
        """
        Read all of it.

        Raises:
            QuerySyntaxError: Brackets or operators do not fit together.
        """
        trees = [self._either(None)] if self._tokens else []
        while self._kind() == ")":
            self._faults.add(self._token.start, "a bracket is closed that was not opened")
            self._next += 1
            if self._kind() not in {"end", ")"}:
                trees.append(self._either(None))
        return _join_all(And, trees)

    @property
    def _token(self) -> QueryToken:
        return self._tokens[self._next]

    def _kind(self) -> str:
        return "end" if self._next == len(self._tokens) else self._token.kind

    def _either(self, field: str | None) -> Query | None:
        sides = [self._all(field)]
        while self._kind() == "OR":
            self._next += 1
            sides.append(self._all(field))
        return _join_all(Or, sides)

    def _all(self, field: str | None) -> Query | None:
        first = self._next
        found: list[Query | None] = []
        while True:
            kind = self._kind()
            if kind == "AND":
                if not found:
                    self._lacking(first)
                self._next += 1
                found.append(self._one(field))
            elif kind in _AFTER_ALL:
                break
            else:
                found.append(self._one(field))
        if not found:
            self._lacking(first)
        return _join_all(And, found)

    def _one(self, field: str | None) -> Query | None:
        """Read one thing, and what is near it."""
        row = [self._weigh(field)]
        if self._kind() != "NEAR":
            return row[0]
        mark = self._token
        while self._kind() == "NEAR":
            other = self._token
            if not self._meaning.is_same_distance(mark, other):
                hint = Message("give each its own: (a {} b) AND (b {} c)", mark.text, other.text)
                problem = "a row of NEAR has one distance"
                self._faults.add(other.start, problem, hint, repair=Message("read as {}", mark.text))
            self._next += 1
            row.append(self._weigh(field))
        return self._meaning.near([one for one in row if one is not None], mark)

    def _weigh(self, field: str | None) -> Query | None:
        tree = self._primary(field)
        while self._kind() == "^":
            if tree is not None:
                tree = self._meaning.boost(tree, self._token)
            self._next += 1
        return tree

    def _primary(self, field: str | None) -> Query | None:
        first = self._next
        while True:
            kind = self._kind()
            if kind in _AFTER_ALL or kind == "NEAR":
                if self._next == first:
                    self._lacking(first)
                if kind != "NEAR":
                    return None
                self._next += 1
                continue
            token = self._token
            self._next += 1
            if kind in _LEAVES:
                slop = self._token if self._kind() == "slop" else None
                self._next += slop is not None
                return self._meaning.leaf(token, field, slop)
            if kind in {"slop", "^"}:
                problem = Message("{} stands behind nothing that it belongs to", token.text)
                self._faults.add(token.start, problem)
                continue
            if self._depth == MAX_DEPTH:
                problem = Message("more than {} brackets or NOTs inside each other", MAX_DEPTH)
                self._faults.add(token.start, problem)
                continue
            self._depth += 1
            tree = self._below(token, field)
            self._depth -= 1
            return tree

    def _below(self, token: QueryToken, field: str | None) -> Query | None:
        """Read what a bracket, a sign or a field name is about."""
        if token.kind == "(":
            tree = self._either(field)
            if self._kind() == ")":
                self._next += 1
            else:
                self._faults.add(token.start, "a bracket is not closed", repair="closed at the end")
            return tree
        if token.kind == "NOT":
            tree = self._one(field)
            return None if tree is None else Not(tree)
        return self._one(token.text if token.kind == "field" else field)

    def _lacking(self, index: int) -> None:
        """Say which operator or bracket lacks its words: the one before, else the one after the gap."""
        before = self._tokens[index - 1] if index else None
        after = self._tokens[min(index, len(self._tokens) - 1)]
        token = after if before is None or before.kind in _LEAVES else before
        if token.kind in {"(", ")"}:
            self._faults.add(token.start, "there is nothing between the brackets")
            return
        hint = Message('to find the word itself write "{}"', token.text)
        self._faults.add(token.start, Message("{} lacks a word beside it", token.text), hint)


def _join_all(group: type[And | Or], trees: list[Query | None]) -> Query | None:
    """Return what a group means, without what is punctuation only."""
    found = [tree for tree in trees if tree is not None]
    if len(found) < 2:  # noqa: PLR2004 (a group of one is this one)
        return found[0] if found else None
    return group(found)
