"""The entry to this room: most queries have nothing to expand, and pay for no more than seeing that."""

from __future__ import annotations

from collections.abc import Callable

from searchlib.analysis import Analyzer
from searchlib.expansion.equivalences import ALL, may_vary
from searchlib.expansion.lexicon import Lexicon
from searchlib.query.nodes import Query


def expander(
    typed: str, kinds: frozenset[str], analyzer: Analyzer, lexicon: Lexicon
) -> Callable[[Query], Query]:
    """
    Return what makes a tree that is found by other forms of its phrases as well.

    Args:
        typed: The query as typed, to see at once that there is nothing to do.
        kinds: Which of `EQUIVALENCES` hold; when `script` does not, the tree was parsed as exact.
    """
    if not lexicon and (not kinds or (kinds == ALL and not may_vary(typed))):
        return lambda tree: tree
    from searchlib.expansion.expander import Expander  # noqa: PLC0415 (most queries need no more than the above)

    return Expander(kinds, analyzer, lexicon).tree


def forms_in(clean: str, text: str, analyzer: Analyzer) -> list[tuple[str, tuple[str, ...], bool]]:
    """
    Return what of a clean plain text is written in other ways, by all equivalences but the user's synonyms.

    Args:
        text: The same text simplified.

    Returns:
        Each part once: how it is written in the text, its other forms, and whether these are numbers.
    """
    if not may_vary(clean, text):
        return []
    from searchlib.expansion.expander import MOST_FORMS, Expander  # noqa: PLC0415 (most queries need no more)

    parts = Expander(ALL, analyzer, Lexicon()).parts(clean, text)
    return [
        (part, tuple(form for form in dict.fromkeys(one.forms) if form != part)[:MOST_FORMS], one.number)
        for part, one in parts
    ]


def expand(tree: Query, typed: str, kinds: frozenset[str], analyzer: Analyzer, lexicon: Lexicon) -> Query:
    """Return a tree that is found by other forms of its phrases as well, as `expander` says."""
    return expander(typed, kinds, analyzer, lexicon)(tree)
