"""An answer for a person: numbered hits, what was found in them, the footer and the facets."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from searchlib.cli.articles import SEPARATOR, facts_lines, headline_of
from searchlib.cli.cells import cut, width_of
from searchlib.cli.messages import tell
from searchlib.cli.quantities import count_of, milliseconds
from searchlib.cli.terminal import BOLD, DIM, TerminalView, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from searchlib import Article, Hit, Results, Snippet, Span

_HANGING = "  "
_MOST_VALUES = 30
"""How many values of a field a terminal shows: a thousand authors hide the hits above them."""


def result_lines(results: Results, view: TerminalView, *, offset: int) -> Iterator[str]:
    """
    Yield the page of *results*.

    Args:
        offset: How many hits stand before this page; the first is numbered one more.
    """
    last = offset + len(results)
    digits = len(str(last))
    for number, hit in enumerate(results, start=offset + 1):
        yield from hit_lines(hit, view, f"{number:>{digits}}")
        yield ""
    yield view.line(footer(results, offset, says_more=True), style=DIM)
    for name, counts in results.facets.items():
        yield from facet_lines(name, counts, view)


def facet_lines(name: str, counts: Mapping[str, int], view: TerminalView) -> Iterator[str]:
    """
    Yield the values of a field with their counts; no line breaks between the two.

    Years and months stand in the order of time, other values by their counts. A terminal shows
    the first values, and says how many more there are; a pipe gets all on one line.

    >>> list(facet_lines("authors", {"刘慧": 12, "李明": 3, "王芳": 1}, TerminalView(width=20)))
    ['authors: 刘慧 12 ·', '  李明 3 · 王芳 1']
    """
    if name in {"year", "month"}:
        counts = dict(sorted(counts.items()))
    if view.width is None:
        values = SEPARATOR.join(plain(f"{value} {count:,}") for value, count in counts.items())
        yield f"{name}: {values or tell('(none)')}"
        return
    room = view.width - len(_HANGING) - width_of(SEPARATOR)
    shown = islice(counts.items(), _MOST_VALUES)
    entries = [f"{cut(plain(value), room - width_of(f' {count:,}'))} {count:,}" for value, count in shown]
    if len(counts) > _MOST_VALUES:
        entries.append(tell("{} more: --json", f"{len(counts) - _MOST_VALUES:,}"))
    line = f"{name}:"
    for place, entry in enumerate(entries or [tell("(none)")], start=1):
        piece = f" {entry}" if place >= len(entries) else f" {entry}{SEPARATOR.rstrip()}"
        if width_of(line) + width_of(piece) > view.width:
            yield line
            line = _HANGING[1:]
        line += piece
    yield line


def hit_lines(hit: Hit, view: TerminalView, number: str) -> Iterator[str]:
    """Yield a hit: its number, headline, facts and passages, and where it was printed again."""
    indent = len(number) + 2
    marks = hit.headline_marks if hit.headline else ()
    first, *more = view.passage(headline_of(hit.article), marks, indent=indent, style=BOLD)
    yield f"{view.style(number, DIM)}  {first[indent:]}"
    yield from more
    yield from facts_lines(hit.article, view, indent=indent)
    if hit.missing:
        missing = tell("missing: {}", ", ".join(hit.missing))
        yield from view.passage(missing, indent=indent, style=DIM)
    for snippet in hit.snippets:
        yield from view.passage(*in_context(snippet, hit.article), indent=indent)
    if hit.reprints:
        others = (" ".join(filter(None, (_paper(other), other.article.date))) for other in hit.reprints)
        said = f"{count_of(len(hit.reprints), 'reprint')}: {SEPARATOR.join(others)}"
        yield from view.passage(said, indent=indent, style=DIM)


def _paper(hit: Hit) -> str:
    return hit.article.publication or hit.article.source or hit.id


def in_context(snippet: Snippet, article: Article) -> tuple[str, list[Span]]:
    """Return a snippet with `…` where it breaks a sentence, and the field's name unless it is the body."""
    label = "" if snippet.field == "body" else f"{snippet.field}: "
    before = after = ""
    field = getattr(article, snippet.field, "")
    if isinstance(field, str):
        end = snippet.start + len(snippet.text)
        before = _ellipsis_unless_ended(field[max(snippet.start - 3, 0) : snippet.start])
        after = _ellipsis_unless_ended(snippet.text[-3:]) if field[end:].strip() else ""
    shift = len(label) + len(before)
    marks = [(start + shift, end + shift) for start, end in snippet.marks]
    return label + before + snippet.text + after, marks


def _ellipsis_unless_ended(text: str) -> str:
    """Return `…` unless a sentence, or nothing at all, ends with *text*."""
    last = text.rstrip(" ”’」』）)")[-1:]
    return "…" if last and last not in "。！？!?…\n" else ""


def footer(results: Results, offset: int, *, says_more: bool = False) -> str:
    """Say which hits of how many these are, how long it took, and on request how to see more."""
    last = offset + len(results)
    shown = f"{offset + 1}–{last}" if len(results) else "0"
    where = tell("{} of {}", shown, f"{results.total:,}")
    more = tell("more: --offset {}", last) if says_more and offset < last < results.total else ""
    return SEPARATOR.join(part for part in (where, milliseconds(results.took_ms), more) if part)
