"""A text cut at the ends of its sentences, and widths as a reader's eye counts them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from searchlib.model import Span

_SENTENCE = re.compile(r"[^。！？!?；;…\n]*(?:[。！？!?；;…]+[”’」』）)\"]*|\n|\Z)")
_ONE_CELL = frozenset("·–—‘’“”…")
_CLAUSE = re.compile(r"[^，,、：:\s]*(?:[，,、：:\s]+|\Z)")


def sentences(text: str) -> Iterator[Span]:
    r"""
    Yield the sentences of *text* without the white space around them.

    >>> [text[a:b] for text in ["他说：“好！”走了。\n完"] for a, b in sentences(text)]
    ['他说：“好！”', '走了。', '完']
    """
    yield from _stripped(text, _SENTENCE, 0, len(text))


def clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the parts of one sentence that commas and colons divide."""
    yield from _stripped(text, _CLAUSE, start, end)


def _stripped(text: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[Span]:
    for match in pattern.finditer(text, start, end):
        piece = match.group()
        inner = piece.strip()
        if inner:
            first = match.start() + len(piece) - len(piece.lstrip())
            yield first, first + len(inner)


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
