"""A query to a tree: what was typed, how it was read, and what was mended in it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from searchlib.analysis import BORDER, Analyzer, clean_text, is_han
from searchlib.query.advice import advice
from searchlib.query.characters import MAX_WORDS
from searchlib.query.faults import Faults
from searchlib.query.grammar import Builder
from searchlib.query.language import Language
from searchlib.query.leaves import has_units
from searchlib.query.lexer import NO_NAMES, lex
from searchlib.query.nodes import NOTHING, And, Every, Not, Or, Query, Run, Terms, children


class Parsed(NamedTuple):
    """
    The tree of a query.

    `hints` say how something was read that may have been meant otherwise, and how to write that;
    `repaired` what was mended of a query that was read leniently.
    """

    tree: Query
    hints: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()


def parse(
    query: str,
    analyzer: Analyzer,
    *,
    match: str,
    exact: bool,
    max_words: int = MAX_WORDS,
    names: Mapping[str, str] | None = None,
) -> Query:
    """Return the tree of a query, as `read_query` does."""
    return read_query(query, analyzer, match=match, exact=exact, max_words=max_words, names=names).tree


def read_query(
    query: str,
    analyzer: Analyzer,
    *,
    match: str,
    exact: bool,
    lenient: bool = False,
    max_words: int = MAX_WORDS,
    names: Mapping[str, str] | None = None,
) -> Parsed:
    """
    Return a query as it is understood.

    Args:
        match: `"any"` takes the query as plain text, all else as the query language.
        exact: The phrases compare script as well.
        lenient: What does not fit together is mended, for interfaces that search while one types.
        max_words: How many different words the query language may have to look up.
        names: Those of the index's own fields, in small letters, each with its field.

    Raises:
        QuerySyntaxError: Brackets or operators do not fit together; never when *lenient*.
        QueryError: There are more than *max_words* words.
    """
    if not query.split():
        return Parsed(Every())
    if match == "any":
        clean = clean_plain_text(query)
        return Parsed(Terms(clean, exact) if has_units(clean) else NOTHING)
    tokens, hints = lex(query, names or NO_NAMES)
    faults = Faults(query, lenient=lenient)
    language = Language(query, analyzer, faults, exact=exact, max_words=max_words)
    tree = Builder(tokens, language, faults).whole()
    hints += advice(query, tokens)
    return Parsed(NOTHING if tree is None else _simplify(tree), hints, faults.repaired)


def _simplify(tree: Query) -> Query:
    """Drop what is punctuation only, open groups of one, and let `Not` mean the run as it stands."""
    if isinstance(tree, Run):
        return tree
    if isinstance(tree, Not):
        below = _simplify(tree.query)
        return Not(below.whole if isinstance(below, Run) else below)
    if isinstance(tree, (And, Or)):
        below_all = [_simplify(child) for child in tree.subqueries]
        flat: list[Query] = []
        for child in below_all:
            same = type(child) is type(tree)
            flat += children(child) if same else [child]
        if not flat:
            return NOTHING
        return flat[0] if len(flat) == 1 else type(tree)(flat)
    return tree


def clean_plain_text(query: str) -> str:
    """Return a query that is plain text after the first layer of folding, with borders between its words."""
    return clean_text(_between_words(query))


def _between_words(text: str) -> str:
    r"""
    Make the space between two words a border, as it is one in the query language.

    Next to a single character it stays a space: OCR puts it between all of them.

    >>> _between_words("党建 查干湖"), _between_words("中 国 农业"), _between_words("Wi-Fi 6")
    ('党建\n查干湖', '中 国 农业', 'wi-fi 6')
    """
    return text_of_words([clean for word in text.split() if (clean := clean_text(word))])


def text_of_words(words: list[str]) -> str:
    """Return one clean text of clean words that are apart from each other."""
    written = words[:1]
    for before, word in pairwise(words):
        apart = min(len(before), len(word)) > 1 and (is_han(before[-1]) or is_han(word[0]))
        written += [BORDER if apart else " ", word]
    return "".join(written)
