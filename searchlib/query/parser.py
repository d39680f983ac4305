"""
Words typed to a query tree.

Plain words go straight to their leaves: loading Whoosh's parser takes 40 ms and
parsing two words 0.2. Whatever could be more than a plain word is left to
`language`; a test holds both ways against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from searchlib.analysis import BORDER, Analyzer, clean_text, is_han
from searchlib.query.leaves import MAX_WORDS, has_units, leaf_of, too_many, words_in
from searchlib.query.nodes import NOTHING, And, Every, Query, Terms

_SIGNS = re.compile(r"""["“”„‟＂()（）:：*＊~～^＾\\＼]|(?<!\S)(?:[-+－＋]|(?:NEAR|ＮＥＡＲ)[/／])""")
_OPERATORS = frozenset({"AND", "OR", "NOT", "ＡＮＤ", "ＯＲ", "ＮＯＴ"})


def parse(
    query: str,
    analyzer: Analyzer,
    *,
    match: str,
    exact: bool,
    max_words: int = MAX_WORDS,
    names: Mapping[str, str] | None = None,
) -> Query:
    """
    Return the tree of a query.

    Args:
        match: `"any"` takes the query as plain text, all else as the query language.
        exact: The phrases compare script as well.
        max_words: How many words the query language may have to look up.
        names: Those of the index's own fields, in small letters, each with its field.

    Raises:
        QuerySyntaxError: Quotes, brackets or operators do not fit together.
        QueryError: There are more than *max_words* words.
    """
    words = query.split()
    if not words:
        return Every()
    if match == "any":
        clean = clean_text(_between_words(query))
        return Terms(clean, exact) if has_units(clean) else NOTHING
    if is_plain(query, words):
        return tree_of_words(words, analyzer, exact=exact, query=query, max_words=max_words)
    from searchlib.query.language import QueryLanguage  # noqa: PLC0415 (40 ms)

    return QueryLanguage(analyzer, exact=exact, max_words=max_words, names=names).tree(query)


def is_plain(query: str, words: list[str]) -> bool:
    """Tell whether a query holds words only: no quote, bracket, colon, other sign or operator."""
    return _SIGNS.search(query) is None and _OPERATORS.isdisjoint(words)


def tree_of_words(
    words: list[str], analyzer: Analyzer, *, exact: bool, query: str = "", max_words: int = MAX_WORDS
) -> Query:
    """Return the tree that asks for all of some plain words of a query."""
    leaves = []
    left = max_words
    for number, word in enumerate(words):
        leaf = leaf_of(word, analyzer, exact=exact)
        left -= words_in(leaf)
        if left < 0:
            starts = [match.start() for match in re.finditer(r"\S+", query)]
            raise too_many(query, starts[number] + 1, max_words)
        if leaf is not None:
            leaves.append(leaf)
    if len(leaves) < 2:  # noqa: PLR2004 (of one word nothing is asked but itself)
        return leaves[0] if leaves else NOTHING
    return And(leaves)


def _between_words(text: str) -> str:
    r"""
    Make the space between two words a border, as it is one in the query language.

    Next to a single character it stays a space: OCR puts it between all of them.

    >>> _between_words("党建 查干湖"), _between_words("中 国 农业"), _between_words("Wi-Fi 6")
    ('党建\n查干湖', '中 国 农业', 'wi-fi 6')
    """
    words = [clean for word in text.split() if (clean := clean_text(word))]
    written = words[:1]
    for before, word in pairwise(words):
        apart = min(len(before), len(word)) > 1 and (is_han(before[-1]) or is_han(word[0]))
        written += [BORDER if apart else " ", word]
    return "".join(written)
