r"""
The query language: what a word, a phrase, a date and the signs around them mean.

`grammar` says how they stand together. Full-width forms of the operators mean the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from whoosh.qparser import QueryParser

from searchlib.analysis import Analyzer, clean_text
from searchlib.dates import date_prefix, neighbour
from searchlib.errors import ConfigError, QuerySyntaxError
from searchlib.query.fields import STORED_FIELDS
from searchlib.query.grammar import BOOST, Grammar, Leaf, distance_of
from searchlib.query.leaves import MAX_WORDS, leaf_of, too_many, words_in
from searchlib.query.nodes import (
    NOTHING,
    And,
    DateRange,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Run,
    Stored,
    boosted,
    children,
    positive_leaves,
)
from searchlib.query.patterns import WILDCARD
from searchlib.query.pieces import pieces

MOST_NEAR = 8
"""Words of one row of NEAR, or of one phrase with `~10`: their places are tried against each other."""

MOST_BETWEEN = 1000
"""Characters between words that are near each other."""

MOST_GAPS = 2
"""Stars inside one word: each may be as long as `GAP_CHARS`, and all lengths are tried."""

MOST_BOOST = 1000.0

_FULL_WIDTH = str.maketrans("＂（）：－＋＊～＾＼", '"():-+*~^\\')
_FULL_WIDTH_LETTERS = str.maketrans({0xFF0F: "/", **{0xFF21 + i: chr(65 + i) for i in range(26)}})
_FULL_WIDTH_SIGNS = str.maketrans("＞＜＝．", "><=.")
_OPERATORS = re.compile("(?:[Ａ-Ｚ]+|NEAR)[/／]?")
_COMPARED = re.compile(r"([<>]=?)(.*)", re.DOTALL)
_BOOSTED = re.compile(rf"(.+)({BOOST})", re.DOTALL)
_WEIGHT = re.compile(r"\d+(?:\.\d+)?(?:e-?\d+)?")


class QueryLanguage(QueryParser):  # type: ignore[misc]
    """Whoosh's query parser with our grammar in place of its plugins; one for one query."""

    def __init__(
        self,
        analyzer: Analyzer,
        *,
        exact: bool,
        max_words: int = MAX_WORDS,
        names: Mapping[str, str] | None = None,
    ) -> None:
        """*names* are those of the index's own fields, as in `parse`."""
        super().__init__(None, None, plugins=[Grammar(names or {})])
        self._max_words = max_words
        self._words_left = max_words
        self._analyzer = analyzer
        self._exact = exact
        self.typed = ""

    def tree(self, typed: str) -> Query:
        """
        Return the tree of a query.

        Raises:
            QuerySyntaxError: Quotes, brackets or operators do not fit together.
            QueryError: There are too many words.
        """
        self.typed = typed
        form = typed.translate(_FULL_WIDTH)
        capitals = _OPERATORS.sub(lambda match: _operator_letters(match.group()), form)
        tree = self.process(capitals).query(self)
        return NOTHING if tree is None else _simplified(tree)

    def leaf(self, node: Leaf) -> Query | None:
        """Compile a word or phrase; None when it is punctuation only."""
        if node.field == "date":
            return self._dates(node)
        if node.field in STORED_FIELDS:
            return Stored(node.field, node.text)
        if node.within is not None:
            return self._words_within(node, node.within)
        weight = None if node.quoted else _BOOSTED.fullmatch(node.text)
        text = weight[1] if weight else node.text
        if not node.quoted:
            self._check_stars(node, text)
        leaf = leaf_of(text, self._analyzer, field=node.field, exact=self._exact, quoted=node.quoted)
        self._words_left -= words_in(leaf)
        if self._words_left < 0:
            raise too_many(self.typed, node.startchar + 1, self._max_words)
        if weight is None or leaf is None:
            return leaf
        return self.boosted(leaf, weight[2], node.startchar + weight.start(2))

    def _check_stars(self, node: Leaf, text: str) -> None:
        gaps = len(re.findall(r"\*+", text.rstrip("~").strip(WILDCARD)))
        if gaps and text.endswith("~"):
            hint = "leave one of them out"
            raise QuerySyntaxError(
                self.typed, node.startchar + 1, "a word has * inside and ~ behind it", hint
            )
        if gaps > MOST_GAPS:
            problem = f"a word has more than {MOST_GAPS} * inside"
            hint = "write the parts apart, with NEAR between them"
            raise QuerySyntaxError(self.typed, node.startchar + 1, problem, hint)

    def _words_within(self, node: Leaf, most: int) -> Query | None:
        """Return the words of a phrase near each other; of one without spaces, its pieces."""
        words = node.text.split()
        if len(words) == 1:
            words = pieces(clean_text(node.text), self._analyzer)
        leaves = [
            leaf_of(word, self._analyzer, field=node.field, exact=self._exact, quoted=True) for word in words
        ]
        return self.near([leaf for leaf in leaves if leaf is not None], f"~{most}", node.startchar)

    def near(self, sides: list[Query], mark: str, place: int) -> Query | None:
        """
        Return what must stand near each other.

        Raises:
            QuerySyntaxError: A side is no word or phrase, or there are too many.
        """
        within = distance_of(mark)
        found = []
        for side in sides:
            phrases = [one.whole if isinstance(one, Run) else one for one in _alternatives(side)]
            if not all(isinstance(one, Phrase) for one in phrases):
                hint = "beside it stand words, phrases, or such with OR in brackets"
                raise QuerySyntaxError(self.typed, place + 1, f"{mark} cannot join this", hint)
            found.append(tuple(one for one in phrases if isinstance(one, Phrase)))
        if len(found) < 2:  # noqa: PLR2004 (marks stand nowhere)
            return sides[0] if sides else None
        if len(found) > MOST_NEAR:
            hint = "ask for some of them with AND"
            raise QuerySyntaxError(self.typed, place + 1, f"{mark} joins more than {MOST_NEAR} words", hint)
        if isinstance(within, int) and within > MOST_BETWEEN:
            problem = f"a distance is at most {MOST_BETWEEN} characters"
            raise QuerySyntaxError(self.typed, place + 1, problem, "for a whole paragraph write NEAR/p")
        fields = {phrase.field for side in found for phrase in side}
        if len(fields - {None}) > 1:
            problem = f"{mark} joins words of different fields, which stand in different texts"
            raise QuerySyntaxError(self.typed, place + 1, problem)
        field = next(iter(fields - {None}), None)
        return Near(tuple(tuple(replace(one, field=field) for one in side) for side in found), within)

    def boosted(self, tree: Query, mark: str, place: int) -> Query:
        """
        Return a tree with the weight of a mark such as `^2`.

        Raises:
            QuerySyntaxError: It is no weight.
        """
        weight = float(mark[1:]) if _WEIGHT.fullmatch(mark[1:]) else 0.0
        found = boosted(tree, weight)
        weights = [weight, *map(_boost, positive_leaves(found))]
        if not all(0 < one <= MOST_BOOST for one in weights):
            problem = f"{mark} is no weight"
            hint = f"write a number above 0 and up to {MOST_BOOST:g}, as in word^2 or word^0.5"
            raise QuerySyntaxError(self.typed, place + 1, problem, hint)
        return found

    def _dates(self, node: Leaf) -> Query:
        text = node.text.translate(_FULL_WIDTH_SIGNS)
        compared = _COMPARED.fullmatch(text)
        since, dots, until = text.partition("..")
        try:
            if compared:
                first, last = _beyond(compared[1], compared[2])
            else:
                first, last = date_prefix("date", since), date_prefix("date", until if dots else since)
        except ConfigError as error:
            hint = "write date:2024, date:>2024-08 or date:2024-08-01..2024-08-31"
            raise QuerySyntaxError(self.typed, node.startchar + 1, "this is no date", hint) from error
        if first and last and first[: len(last)] > last:
            hint = f"write date:{last}..{first}"
            raise QuerySyntaxError(self.typed, node.startchar + 1, "this range ends before it begins", hint)
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
    """Make a full-width AND, OR, NOT or NEAR/ a half-width one; leave other words."""
    half = letters.translate(_FULL_WIDTH_LETTERS)
    return half if half in {"AND", "OR", "NOT", "NEAR/"} else letters


def _alternatives(tree: Query) -> list[Query]:
    """Return what a bracket with OR in it holds, else the tree."""
    if isinstance(tree, Or) and not isinstance(tree, Run):
        return [below for child in tree.subqueries for below in _alternatives(child)]
    return [tree]


def _boost(leaf: Query) -> float:
    """Return the weight of a leaf."""
    whole = leaf.whole if isinstance(leaf, Run) else leaf
    return whole.boost if isinstance(whole, Phrase) else 1.0


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
