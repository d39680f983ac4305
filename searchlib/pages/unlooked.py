"""
Which lines of a page need no look: the compiled kernel, where it is built, says it of all lines at once.

Without it, and where it is not sure, the rules look: what a page is split into is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from searchlib.native import engine
from searchlib.pages.bylines import MAX_BYLINE
from searchlib.pages.captions import MAX_CAPTION, MAX_CREDIT, NOTE_ENDS, NOTED
from searchlib.pages.lines import QUOTES
from searchlib.pages.roles import NOT_PROSE_BEGINS
from searchlib.pages.signing import OPENINGS

if TYPE_CHECKING:
    from searchlib.native._kernel import ProseReader


def are_prose(texts: Sequence[str]) -> Sequence[bool]:
    """Return which texts are surely prose: no dateline is before one, no note on a picture behind it."""
    if engine().kernel is None:
        return [False] * len(texts)
    try:
        return _prose_reader().are_plain(texts)
    except UnicodeEncodeError:  # a surrogate alone
        return [False] * len(texts)


def may_be_listed(texts: Sequence[str], most: int) -> bool:
    """Return whether lines of *most* characters may be titles that come again: False where none can."""
    kernel = engine().kernel
    try:
        return kernel is None or kernel.may_list(texts, most)
    except UnicodeEncodeError:
        return True


@cache
def _prose_reader() -> ProseReader:
    from searchlib.native._kernel import ProseReader  # noqa: PLC0415 (where it is built)

    others = "".join(NOT_PROSE_BEGINS)
    most = (MAX_BYLINE, MAX_CAPTION, MAX_CREDIT)
    return ProseReader("".join(QUOTES), others, OPENINGS, "".join(NOTE_ENDS), NOTED, most)
