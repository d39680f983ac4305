"""
Plain queries answered by the kernel from the string on: words of Han in one spelling, or a text of them.

Reading such a query in Python takes ten times as long as answering it. The kernel reads
nothing that could mean something else: with any other character, a stop word or an
unspaced run of several words it returns None, and Python reads the query.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from searchlib.analysis import fold
from searchlib.analysis.folding import SIMPLIFY
from searchlib.analysis.stopwords import FUNCTION_WORDS, QUESTION_WORDS
from searchlib.analysis.words import asked_engine, load_dictionary
from searchlib.embedded.search.kernel import kernel_snapshot
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.engine.request import DEFAULT_BOOSTS
from searchlib.expansion.equivalences import MAY_VARY
from searchlib.model import TEXT_FIELDS
from searchlib.native import engine
from searchlib.query.advice import SIGN_WORDS
from searchlib.query.nodes import Query
from searchlib.results import Snippet
from searchlib.scoring.headline_match import headline_asked_for, headline_is

if TYPE_CHECKING:
    from searchlib.native import _kernel

_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FD5
_MARKS = "，。、：；！？（）【】〔〕《》〈〉“”‘’「」『』·"
_TITLE = -1

PlainHits = list[tuple[int, float, str]]
"""Document, score and id of each hit."""


def plain_hits(
    snapshot: Snapshot,
    query: str,
    how: str,
    page: tuple[int, int],
    matcher: Callable[[], tuple[Matcher, Query]],
) -> PlainHits | None:
    """
    Return a page of the answer to a plain query; None when Python must read it.

    Args:
        how: `all`, `auto` or `any`.
        page: How many documents come before it, and how many it has at most.
        matcher: Returns what answers where a text must be folded, and the query's tree.
    """
    opened = kernel_snapshot(snapshot)
    reader = None if opened is None else plain_reader()
    if opened is None or reader is None:
        return None

    def ask(doc: int, about: int) -> bool:
        matching, tree = matcher()
        if about == _TITLE:
            return headline_is(headline_asked_for(tree), matching.texts(doc, "headline"))
        return matching.matches(tree, doc)

    kernel = engine().kernel
    assert kernel is not None  # noqa: S101 (it opened the commit)
    try:
        found: PlainHits | None = kernel.search_plain(reader, opened, query, how, *page, ask)
    except ValueError:  # find out whether the files are to blame
        with snapshot.blamed():
            found = kernel.search_plain(reader, opened, query, how, *page, ask)
    except UnicodeEncodeError:  # a lone surrogate is not plain
        return None
    return found


class PlainSnippets:
    """Cuts the passages of the articles that answer one plain query, as the kernel does."""

    def __init__(self, snapshot: Snapshot, query: str, how: str) -> None:
        self._snapshot = snapshot
        self._query, self._how = query, how

    @cached_property
    def _marker(self) -> _kernel.PlainMarker | None:
        kernel, opened, reader = engine().kernel, kernel_snapshot(self._snapshot), plain_reader()
        if kernel is None or opened is None or reader is None:
            return None
        found: _kernel.PlainMarker | None = kernel.PlainMarker.of(reader, opened, self._query, self._how)
        return found

    def of(self, doc: int, count: int) -> tuple[Snippet, ...] | None:
        """Return up to *count* passages of a document, the best first; None where Python must look."""
        with self._snapshot.blamed():
            opened = kernel_snapshot(self._snapshot)
            if self._marker is None or opened is None:
                return None
            found = self._marker.snippets(opened, doc, count)
        if found is None:
            return None
        return tuple(Snippet(text, start, tuple(marks), field) for text, start, marks, field in found)


@lru_cache(maxsize=1)
def plain_reader() -> _kernel.PlainReader | None:
    """Return what reads plain queries; None without a kernel, or without the dictionary's file."""
    kernel = engine().kernel
    if kernel is None or asked_engine() or sys.byteorder != "little":
        return None
    dictionary = load_dictionary()
    if dictionary is None:
        return None
    special = {*map(chr, SIMPLIFY), *MAY_VARY, *SIGN_WORDS}
    plain = [char for char in map(chr, range(_FIRST_HAN, _LAST_HAN + 1)) if char not in special]
    made: _kernel.PlainReader = kernel.PlainReader(
        dictionary.data,
        dictionary.nodes,
        dictionary.log_total,
        "".join(plain),
        "".join(mark for mark in _MARKS if fold(f"中{mark}国") == "中\n国"),
        "".join(mark for mark in _MARKS if fold(f"中{mark}国") == "中国"),
        sorted(QUESTION_WORDS),
        sorted(FUNCTION_WORDS),
        [DEFAULT_BOOSTS[name] for name in TEXT_FIELDS],
    )
    return made
