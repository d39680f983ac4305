"""Texts with marks as HTML: escaped piece by piece, so that no text can become markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from searchlib import Mark, Snippet

_OPEN, _CLOSE = Markup("<mark>"), Markup("</mark>")


def mark(text: str, spans: Iterable[Sequence[int]]) -> Markup:
    """
    Return a text as HTML with `<mark>` around disjoint ranges, which ascend.

    >>> mark("<b>冬捕</b>", [(3, 5)])
    Markup('&lt;b&gt;<mark>冬捕</mark>&lt;/b&gt;')
    """
    pieces: list[Markup] = []
    done = 0
    for start, end in spans:
        pieces += [escape(text[done:start]), _OPEN, escape(text[start:end]), _CLOSE]
        done = end
    return Markup().join([*pieces, escape(text[done:])])


def of_snippet(snippet: Snippet) -> Markup:
    """Return a passage as HTML."""
    return mark(snippet.text, snippet.marks)


@dataclass
class Numbered:
    """Numbers the marks of a whole page, `m1`, `m2`, so that one can lead to the next."""

    count: int = field(default=0)

    def text(self, text: str, marks: Sequence[Mark], start: int = 0, end: int | None = None) -> Markup:
        """Return a part of a text as HTML, each of its marks with its number and its phrases."""
        end = len(text) if end is None else end
        pieces: list[Markup] = []
        done = start
        for mark in marks:
            first, last = max(mark.start, start), min(mark.end, end)
            if first >= last:
                continue
            self.count += 1
            opened = Markup('<mark id="m{}" title="{}">').format(self.count, " ".join(mark.phrases))
            pieces += [escape(text[done:first]), opened, escape(text[first:last]), _CLOSE]
            done = last
        return Markup().join([*pieces, escape(text[done:end])])

    def paragraphs(self, text: str, marks: Sequence[Mark]) -> list[Markup]:
        """Return the paragraphs of a text that are not empty."""
        found = []
        start = 0
        for line in text.split("\n"):
            if line.strip():
                found.append(self.text(text, marks, start, start + len(line)))
            start += len(line) + 1
        return found
