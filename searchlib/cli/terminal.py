"""What the output may look like: coloured or plain, wrapped to a width or one line a passage."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from searchlib import Snippet, Span
from searchlib.cli.cells import cut, wrap
from searchlib.frozen import dataclass
from searchlib.lazy import lazy_module

if TYPE_CHECKING:
    import shutil
    from collections.abc import Mapping, Sequence
else:
    shutil = lazy_module("shutil")

MAX_WIDTH = 100
"""Longer lines of running text are hard to read, however wide the terminal is."""

BOLD, DIM, MARK = "1", "2", "1;31"


def wants_color(option: str, environ: Mapping[str, str], *, is_terminal: bool) -> bool:
    """
    Decide about colour: the option first, then NO_COLOR, then FORCE_COLOR, then the terminal.

    Source:
        https://no-color.org and https://force-color.org: set and not empty.
    """
    if option != "auto":
        return option == "always"
    if environ.get("NO_COLOR"):
        return False
    if environ.get("FORCE_COLOR"):
        return True
    return is_terminal and environ.get("TERM") != "dumb"


def is_terminal(stream: TextIO) -> bool:
    """Return whether a person looks at *stream*."""
    return not stream.closed and stream.isatty()


@dataclass(frozen=True, slots=True)
class TerminalView:
    """How to render: with colour or without, *width* cells wide or, when None, never wrapped nor cut."""

    color: bool = False
    width: int | None = None

    @classmethod
    def of_stdout(cls, color: str) -> TerminalView:
        """Return the view that fits standard output."""
        return cls.of(sys.stdout, color)

    @classmethod
    def of(cls, stream: TextIO, color: str) -> TerminalView:
        """Return the view that fits a stream: a pipe gets plain lines of any length."""
        terminal = is_terminal(stream)
        width = min(shutil.get_terminal_size().columns, MAX_WIDTH) if terminal else None
        return cls(wants_color(color, os.environ, is_terminal=terminal), width)

    def style(self, text: str, style: str) -> str:
        """Give *text* a style, when there is colour."""
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and style and text else text

    def line(self, text: str, *, indent: int = 0, style: str = "") -> str:
        """Return *text* as one indented line, cut to the width."""
        shown = plain(text)
        if self.width is not None:
            shown = cut(shown, self.width - indent)
        return " " * indent + (self.style(shown, style))

    def passage(
        self, text: str, marks: Sequence[Span] = (), *, indent: int = 0, style: str = ""
    ) -> list[str]:
        """Return *text* with its marks as indented lines, wrapped to the width."""
        shown, moved = plain_with_marks(text, marks)
        if self.width is not None:
            lines = wrap(shown, max(self.width - indent, 2))
        else:
            lines = [(0, len(shown))] if shown else []
        return [" " * indent + self._mark(shown, moved, line, style) for line in lines]

    def _mark(self, text: str, marks: Sequence[Span], line: Span, style: str) -> str:
        pieces = []
        done, end = line
        for mark in marks:
            first, last = max(mark[0], done), min(mark[1], end)
            if first < last:
                pieces += [self.style(text[done:first], style), self.style(text[first:last], MARK)]
                done = last
        return "".join([*pieces, self.style(text[done:end], style)])


def plain(text: str) -> str:
    """Take out of *text* what could steer a terminal."""
    return Snippet(text).to_ansi()


def plain_with_marks(text: str, marks: Sequence[Span]) -> tuple[str, list[Span]]:
    r"""
    Take out of *text* what could steer a terminal, and move its marks along.

    >>> plain_with_marks("\x1b农业\n农", [(1, 3), (4, 5)])
    ('农业 农', [(0, 2), (3, 4)])
    """
    shown = ""
    moved = []
    done = 0
    for start, end in marks:
        shown += plain(text[done:start])
        first = len(shown)
        shown += plain(text[start:end])
        moved.append((first, len(shown)))
        done = end
    return shown + plain(text[done:]), moved
