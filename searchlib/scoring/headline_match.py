"""
Is an article's headline the query itself?

Filters and excluded words are no part of it, nor are marks and spaces. Only
headlines with the query's checksum are read. Of files of the third format, which
have no checksums, those with the query's pairs, but for those between its words, and
about as many words are looked at.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from searchlib.analysis import BORDER, border_text, clean_and_simplify, simplify
from searchlib.lazy import lazy_module

if TYPE_CHECKING:
    from searchlib.query import nodes
else:  # the kernel reads plain words itself
    nodes = lazy_module("searchlib.query.nodes")


def headline_asked_for(tree: nodes.Query) -> str:
    """Return all text of a query, clean; empty for one that asks for alternatives, a field or open words."""
    texts: list[str] = []
    for child in tree.subqueries if isinstance(tree, nodes.And) else [tree]:
        leaf = child.query if isinstance(child, nodes.Should) else child
        leaf = leaf.whole if isinstance(leaf, nodes.Run) else leaf
        if isinstance(leaf, (nodes.And, nodes.Or, nodes.Near)):
            return ""
        if isinstance(leaf, nodes.Phrase):
            if leaf.field is not None or leaf.is_loose:
                return ""
            texts.append(leaf.clean)
        elif isinstance(leaf, nodes.Terms):
            texts.append(leaf.clean)
    return " ".join(texts)


def strip_text(text: str) -> str:
    r"""
    Return a text folded, in simplified characters, without spaces and marks: two headlines are compared so.

    >>> strip_text("《黨建》引領\n基層治理，Wi-Fi")
    '党建引领基层治理wifi'
    """
    return _strip(border_text(clean_and_simplify(text)))


def text_check(bare: str) -> int:
    """Return the checksum of a bare text that a segment keeps of each headline."""
    return zlib.crc32(bare.encode("utf-8", "surrogatepass"))


def strip_title(title: str) -> str:
    """Return a query's text as headlines are compared with it: without spaces and marks."""
    return _strip(border_text(title))


def check_of(title: str) -> int:
    """Return the checksum that a headline which is the query has."""
    return text_check(strip_title(title))


def headline_is(title: str, headlines: Iterable[tuple[str, str]]) -> bool:
    r"""
    Return whether a headline, folded, with its field, is *title*; spaces and marks do not count.

    >>> headline_is("党建引领 基层治理", [("headline", "黨建引領\n基層治理")])
    True
    """
    return any(_strip(folded) == strip_title(title) for _, folded in headlines)


def _strip(folded: str) -> str:
    return simplify(folded).replace(BORDER, "").replace(" ", "")
