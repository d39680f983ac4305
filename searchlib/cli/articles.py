"""Articles for a person: the line of facts under a headline, and the whole text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from searchlib.cli.cells import width_of
from searchlib.cli.messages import tell
from searchlib.cli.terminal import BOLD, DIM, TerminalView, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from searchlib import Article, Marks, Span

SEPARATOR = " · "


_KINDS = {"article": "(article)", "brief": "(brief)", "photo_caption": "(photo caption)"}


def headline_of(article: Article) -> str:
    """Return the headline, or what kind of text it is that has none."""
    return article.headline or tell(_KINDS.get(article.kind, article.kind))


def facts_lines(article: Article, view: TerminalView, *more: str, indent: int = 0) -> Iterator[str]:
    """
    Yield where and when the article appeared, who wrote it, and last the id to show it by.

    The id is never cut: where it does not fit, it has a line of its own. The
    source is left out when the id begins with it.
    """
    kind = tell(article.kind.replace("_", " ")) if article.headline and article.kind != "article" else ""
    source = "" if article.id.startswith(article.source) else article.source
    date = (article.date or "").lstrip("-")  # --08-09: the year is not known
    known = (article.publication, date, article.page, kind, " ".join(article.authors), *more, source)
    facts = SEPARATOR.join(plain(fact) for fact in known if fact)
    whole = SEPARATOR.join(part for part in (facts, plain(article.id)) if part)
    if view.width is None or width_of(whole) <= view.width - indent:
        yield " " * indent + view.style(whole, DIM)
    else:
        if facts:
            yield view.line(facts, indent=indent, style=DIM)
        yield " " * indent + view.style(plain(article.id), DIM)


def article_lines(article: Article, view: TerminalView, marks: Marks | None = None) -> Iterator[str]:
    """Yield a whole article: what stands above the headline, headline, facts, paragraphs, further keys."""

    def spans(field: str, start: int = 0) -> list[Span]:
        found = () if marks is None else marks.of(field)
        return [(max(0, one.start - start), one.end - start) for one in found if one.end > start]

    for field in ("column", "overline"):
        yield from view.passage(getattr(article, field), spans(field))
    marked = spans("headline") if article.headline else ()
    yield from view.passage(headline_of(article), marked, style=BOLD)
    yield from view.passage(article.subtitle, spans("subtitle"))
    yield from facts_lines(article, view)
    opening = " ".join(text for text in (article.dateline, article.byline) if text)
    if opening.strip():
        yield ""
        yield from view.passage(opening)
    start = 0
    for paragraph in article.body.split("\n"):
        if paragraph.strip():
            yield ""
            yield from view.passage(paragraph, spans("body", start))
        start += len(paragraph) + 1
    if article.extra:
        yield ""
        for key, value in article.extra.items():
            said = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
            yield from view.passage(f"{key}: {said}", style=DIM)
