"""A passage with the places that matched, and how it is shown: as HTML, or in a terminal."""

from __future__ import annotations

import unicodedata
from typing import Any

from searchlib.errors import ConfigError
from searchlib.frozen import dataclass
from searchlib.lazy import lazy_pattern
from searchlib.model import Span

_TAG = lazy_pattern(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of one stored field, with the places that matched."""

    text: str
    start: int = 0
    marks: tuple[Span, ...] = ()
    field: str = "body"

    def __str__(self) -> str:
        return self.text

    def to_html(self, tag: str = "mark") -> str:
        """
        Return the passage as HTML: everything escaped, the matches in `<mark>`.

        Args:
            tag: The name of another element for the matches, without attributes.

        Raises:
            ConfigError: That is not the name of an element.
        """
        from html import escape  # noqa: PLC0415 (not for a terminal)

        if not isinstance(tag, str):
            raise TypeError(f"tag is a {type(tag).__name__}, not a str")
        if not _TAG.fullmatch(tag):
            raise ConfigError("tag", tag, "the name of an HTML element without attributes, such as mark or b")
        return self._render(escape, f"<{tag}>", f"</{tag}>")

    def to_ansi(self) -> str:
        """Return the passage for a terminal: the matches bold red, control characters taken out."""
        return self._render(printable, "\x1b[1;31m", "\x1b[0m")

    def _render(self, escape: Any, before: str, after: str) -> str:
        pieces = []
        done = 0
        for start, end in self.marks:
            pieces += [escape(self.text[done:start]), before, escape(self.text[start:end]), after]
            done = end
        pieces.append(escape(self.text[done:]))
        return "".join(pieces)


_SPACES = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
"""Tabs, and whatever some program takes for the end of a line."""


def printable(text: str) -> str:
    """Take the characters out of *text* that could steer a terminal; tabs and ends of lines become spaces."""
    spaced = text.translate(_SPACES)
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
