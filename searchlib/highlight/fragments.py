"""A text cut at the ends of its sentences, and widths as a reader's eye counts them."""

from __future__ import annotations

from collections.abc import Iterator

from searchlib.highlight.graphemes import boundary_before, boundary_from
from searchlib.lazy import lazy_pattern
from searchlib.model import Span

_END = lazy_pattern(r"[。！？!?；;…]+[”’」』）)\"]*|\n")
_ONE_CELL = frozenset("·–—‘’“”…")
_CLAUSE = lazy_pattern(r"[^，,、：:\s]*(?:[，,、：:\s]+|\Z)")


def sentence_ends(text: str) -> list[int]:
    r"""
    Return where the sentences of *text* end, the last one at its end.

    >>> sentence_ends("他说：“好！”走了。\n完")
    [7, 10, 11, 12]
    """
    ends = [boundary_from(text, match.end()) for match in _END.finditer(text)]
    return ends if ends and ends[-1] == len(text) else [*ends, len(text)]


def strip_span(text: str, start: int, end: int) -> Span:
    """Return a part of a text without white space at its ends, unless a mark of the text sits on it."""
    piece = text[start:end]
    first, last = boundary_before(text, end - len(piece.lstrip())), start + len(piece.rstrip())
    return first, max(first, boundary_from(text, last))


def clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of one sentence that commas and colons divide."""
    for match in _CLAUSE.finditer(text, start, end):
        first, last = strip_span(text, *match.span())
        if first < last:
            yield first, last


def parts(text: str, start: int, end: int, width: int) -> Iterator[Span]:
    """Yield a sentence, or when it is wider than *width* its clauses, and half a width of a wider clause."""
    if fits(text, start, end, width):
        yield start, end
        return
    for first, last in clauses(text, start, end):
        while not fits(text, first, last, width):
            cut = fitting(text, first, last, width // 2)
            yield first, cut
            first = cut  # noqa: PLW2901 (what is left of the clause)
        yield first, last


def fits(text: str, start: int, end: int, width: int) -> bool:
    """Return whether a part of a text is no wider than *width* cells; no more than that is looked at."""
    return (end - start) * 2 <= width or _reach(text, start, end, width) == end


def fitting(text: str, start: int, end: int, width: int) -> int:
    """Return up to where a part of a text fits into *width*, one character at least, none of them halved."""
    place = _reach(text, start, end, width)
    if place == end:
        return end
    cut = boundary_before(text, place)
    return cut if cut > start else boundary_from(text, start + 1)


def _reach(text: str, start: int, end: int, width: int) -> int:
    """Return the first place of a part of a text that does not fit into *width*, or its end."""
    for place in range(start, end):
        width -= _WIDTHS[text[place]]
        if width < 0:
            return place
    return end


def cells(text: str) -> int:
    """Return the columns *text* takes on a terminal: 2 for a Han character, 0 for a combining mark."""
    return sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, int]):
    """
    The width of each character, looked up once and kept.

    What news is made of is answered here: importing wcwidth takes 20 ms.
    """

    def __missing__(self, char: str) -> int:
        if " " <= char <= "~" or char in _ONE_CELL:
            width = 1
        elif char == "\n":
            width = 0
        elif "\u4e00" <= char <= "\u9fff" or "\u3000" <= char <= "\u3029" or "\uff01" <= char <= "\uff60":
            width = 2
        else:
            from wcwidth import wcwidth  # noqa: PLC0415

            width = max(0, wcwidth(char))
        self[char] = width
        return width


_WIDTHS = _Widths()
