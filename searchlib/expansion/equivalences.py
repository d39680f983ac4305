"""
Which other ways to write something count as the same, and what may have any.

Each phrase that has numbers, Latin words, variant characters or the user's
synonyms in it gets its other forms as phrases of their own, so that postings,
marks and explanations know them. Nothing is indexed for it. Most queries have
nothing of the kind, and pay for no more than seeing that.
"""

from __future__ import annotations

from collections.abc import Iterable

from searchlib.analysis import simplify
from searchlib.analysis.signs import FRACTION_SIGNS
from searchlib.errors import ConfigError
from searchlib.expansion.variant_table import TRIGGERS
from searchlib.message import Message
from searchlib.query.characters import HAN_NUMERALS, KEPT_CHARACTERS

EQUIVALENCES = ("script", "numbers", "latin", "synonyms")
"""All that `equivalences=` can name."""

ALL = frozenset(EQUIVALENCES)
_ASCII = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MAY_VARY = TRIGGERS | {*HAN_NUMERALS, *_ASCII, *(chr(ord(char) + 0xFEE0) for char in _ASCII)}
_MAY_KEEP = frozenset(KEPT_CHARACTERS)
_FRACTIONS = frozenset(FRACTION_SIGNS)
MAY_VARY = _MAY_VARY | _MAY_KEEP
"""Characters of which one could be part of something with other forms; see `may_vary`."""


def resolve_kinds(equivalences: Iterable[str] | None, *, exact: bool) -> frozenset[str]:
    """
    Return which equivalences hold.

    Raises:
        ConfigError: A name is not one of `EQUIVALENCES`.
    """
    if exact:
        return frozenset()
    if equivalences is None:
        return ALL
    names = [equivalences] if isinstance(equivalences, str) else list(equivalences)
    for name in names:
        if name not in EQUIVALENCES:
            raise ConfigError("equivalences", name, Message("some of {}", ", ".join(EQUIVALENCES)))
    return frozenset(names)


def may_vary(text: str, simplified: str | None = None) -> bool:
    """Return whether a text, *simplified* where that is known, could have something with other forms."""
    if not text.isascii() and not _FRACTIONS.isdisjoint(text):  # ⅔, of which folding makes figures
        return True
    simple = simplify(text) if simplified is None else simplified
    return not (_MAY_VARY.isdisjoint(simple) and _MAY_KEEP.isdisjoint(text))
