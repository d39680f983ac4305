"""Long texts cut into slices that are analysed one by one; the terms are those of the whole text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from searchlib.analysis import border_text, clean_and_simplify, rows_of_units
from searchlib.analysis.folding import BORDER
from searchlib.analysis.grams import MAX_TERM_CHARS

SLICE_CHARS = 1 << 19
"""Longer fields of a batch are analysed in slices: the arrays take up to 300 bytes a character."""

_LONG_RUN = re.compile(
    "[A-Za-z\uff21-\uff3a\uff41-\uff5a\u00c0-\u024f\u0370-\u052f\uac00-\ud7a3]{512,}|[0-9\uff10-\uff19]{512,}"
)
"""Letters or digits in a row of which only the first `MAX_TERM_CHARS` count."""

_LONG = 1024
_KEPT_OF_RUN = 2 * MAX_TERM_CHARS
_SPACE = re.compile(r"\s+(?=[\w\u4e00-\u9fff])")
_UNLIKE = re.compile(r"(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])|(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_SURE_BORDER = re.compile(r"[\n。，](?=[\u3000\u4e00-\u9fff])")
"""A border before what does not join the character in front of it."""


def units_at_cut(before: str, after: str) -> tuple[str, str] | None:
    """Return the units between which a text is cut, if they are in one row."""
    left, right = (border_text(clean_and_simplify(text)) for text in (before, after))
    if not left or not right or left[-1] == BORDER or right[0] == BORDER:
        return None
    return list(rows_of_units(left))[-1][-1], next(rows_of_units(right))[0]


def slice_texts(
    texts: Sequence[tuple[str, int]], bridge: Callable[[str, str, int], None]
) -> Iterator[list[tuple[str, int]]]:
    """
    Yield texts with their documents in slices of about `SLICE_CHARS`, long texts cut up.

    They are cut at borders where there are any, so that the terms are those of the whole text.

    Args:
        bridge: Is given what is before and after a cut that is at no border, and the document.
    """
    found: list[tuple[str, int]] = []
    size = 0
    for text, doc in texts:
        for piece in split_long(text, doc, bridge):
            if found and size + len(piece) > SLICE_CHARS:
                yield found
                found, size = [], 0
            found.append((piece, doc))
            size += len(piece)
    yield found


def split_long(text: str, doc: int, bridge: Callable[[str, str, int], None]) -> Iterator[str]:
    """Cut a text up if it is long; where it has no border for long, between two units."""
    if len(text) > SLICE_CHARS:
        text = _LONG_RUN.sub(lambda run: run[0][:_KEPT_OF_RUN] + run[0][-_KEPT_OF_RUN:], text)
    start = 0
    while len(text) - start > SLICE_CHARS:
        half = start + SLICE_CHARS // 2
        border = _SURE_BORDER.search(text, half, start + SLICE_CHARS)
        end = border.end() if border else _find_cut(text, half, start + SLICE_CHARS)
        if not border:
            bridge(text[max(start, end - _LONG) : end], text[end : end + _LONG], doc)
        yield text[start:end]
        start = end
    yield text[start:]


def _find_cut(text: str, start: int, end: int) -> int:
    """Return where a text without a sure border is best cut: at white space, else between units."""
    for pattern in (_SPACE, _UNLIKE):
        found = pattern.search(text, start, end)
        if found:
            return found.end()
    return end
