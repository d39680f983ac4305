"""An article with all its marks, articles like it, and the page that it stood on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from markupsafe import Markup
from starlette.responses import Response

from searchlib import (
    Article,
    ArticleNotFoundError,
    ConfigError,
    CorpusError,
    Marks,
    MissingExtraError,
    citation_tags,
    cite,
    page_text,
)
from searchlib.web.asked import Asked
from searchlib.web.interface import id_of
from searchlib.web.labels import facts_of, name_of
from searchlib.web.marked import Numbered
from searchlib.web.site import PageRequest
from searchlib.web.wording import Wording

_NEIGHBOURS = 60
"""Of one page; a file of more articles is no page of a newspaper."""


def article(asking: PageRequest) -> Response:
    """Answer `/article`: a whole article, every hit of the query marked."""
    wanted = id_of(asking)
    marks = _marks(asking, wanted)
    found = marks.article
    t, asked = asking.t, asking.asked
    numbered = Numbered()
    shown = _article(found, marks, numbered, t)
    canonical = asking.whole("article", Asked().url(id=found.id))
    earlier, later = _beside(asking)
    neighbours = _neighbours(asking, found)
    address = Asked().url(id=found.id)
    return asking.page(
        "article.html",
        article=shown,
        marks=numbered.count,
        canonical=canonical,
        citation_tags=citation_tags(found, url=canonical),
        earlier=earlier,
        later=later,
        has_page=bool(found.spans) and (bool(asking.site.pages) or len(neighbours) > 1),
        lacks=t(", ").join(marks.missing) if asked.q else "",
        more=list(_details(found, t)),
        citations=[
            {"name": t("Plain text (GB/T 7714)"), "text": cite(found, url=canonical), "url": ""},
            {"name": "BibTeX", "text": cite(found, "bibtex", url=canonical), "url": f"cite.bib{address}"},
            {"name": "RIS", "text": cite(found, "ris", url=canonical), "url": f"cite.ris{address}"},
        ],
        neighbours=[
            {"name": name_of(one, t), "url": asked.url(id=one.id), "is_now": one.id == found.id}
            for one in neighbours
        ],
    )


def _marks(asking: PageRequest, wanted: str) -> Marks:
    """Return an article with the marks of the query; without a query, or with a broken one, none."""
    asked, index = asking.asked, asking.site.index
    if asked.q.strip():
        options = {**asked.options, "facets": (), "group": None, "sort": "relevance", "lenient": True}
        return index.marks(asked.q, wanted, **options, **asking.bounds)
    found = index.get(wanted)
    if found is None:
        raise ArticleNotFoundError(wanted)
    return Marks(found, {})


def _article(found: Article, marks: Marks, numbered: Numbered, t: Wording) -> dict[str, Any]:
    """Return what a page shows of an article; marks are numbered in the order in which they are shown."""

    def field(name: str) -> Markup:
        return numbered.text(str(getattr(found, name)), marks.of(name))

    column, overline = field("column"), field("overline")
    headline = field("headline") if found.headline else name_of(found, t)
    subtitle = field("subtitle")
    dateline, byline = field("dateline"), field("byline")
    return {
        "id": found.id,
        "name": name_of(found, t),
        "column": column,
        "overline": overline,
        "headline": headline,
        "subtitle": subtitle,
        "facts": facts_of(found),
        "opening": Markup(" ").join(part for part in (dateline, byline) if part),
        "paragraphs": numbered.paragraphs(found.body, marks.of("body")),
    }


def _details(found: Article, t: Wording) -> Iterator[tuple[str, str]]:
    """Yield what is known of an article besides its text."""
    for name in ("date", "publication", "page", "authors", "column", "sections", "kind", "source", "id"):
        value = getattr(found, name)
        shown = t(", ").join(value) if isinstance(value, tuple) else value
        if shown:
            yield t(name), t(shown) if name == "kind" else shown
    for key, value in islice(found.extra.items(), 50):
        yield key, t(", ").join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _beside(asking: PageRequest) -> tuple[dict[str, str] | None, dict[str, str] | None]:
    """Return the hits before and after this one, when it was opened from an answer."""
    asked = asking.asked
    place = asking.param("at")
    if not (place.isascii() and place.isdecimal() and len(place) < 7 and int(place) and asked.is_asked):  # noqa: PLR2004
        return None, None
    at = int(place)
    options = {
        **asked.options,
        "sort": asked.sort or ("relevance" if asked.q.strip() else "newest"),
        "offset": max(0, at - 2),
        "limit": 3 if at > 1 else 2,
        "snippets": 0,
        "facets": (),
        "lenient": True,
    }
    hits = asking.site.index.search(asked.q, **options, **asking.bounds)
    first = max(1, at - 1)
    named = {
        first + n: {"url": asked.url(id=hit.id, at=first + n), "name": hit.headline}
        for n, hit in enumerate(hits)
    }
    return named.get(at - 1), named.get(at + 1)


def _neighbours(asking: PageRequest, found: Article) -> Sequence[Article]:
    """Return the articles of the same page in reading order; none of a file of records."""
    if not found.spans or not found.source:
        return ()
    index = asking.site.index
    if index.search("", limit=0, where={"source": found.source}, snippets=0).total > _NEIGHBOURS:
        return ()
    return index.page(found.source)


def like(asking: PageRequest) -> Response:
    """Answer `/like`: articles about the same, alone to be put into a page, or as a page."""
    wanted = id_of(asking)
    found = asking.site.index.get(wanted)
    results = asking.site.index.like(wanted, limit=5, snippets=0, **asking.bounds)
    name = name_of(found, asking.t) if found else wanted
    hits = [
        {
            "url": Asked(lang=asking.asked.lang).url(id=hit.id),
            "headline": name_of(hit.article, asking.t),
            "facts": facts_of(hit.article),
        }
        for hit in results
    ]
    whole = bool(asking.param("whole"))
    return asking.page("like.html" if whole else "like_part.html", hits=hits, name=name)


def original(asking: PageRequest) -> Response:
    """Answer `/original`: an article beside the page it was printed on."""
    wanted = id_of(asking)
    marks = _marks(asking, wanted)
    found, t, asked = marks.article, asking.t, asking.asked
    neighbours = _neighbours(asking, found)
    if not neighbours:
        raise ConfigError("id", wanted, "an article that was split from a page")
    shown = _article(found, marks, Numbered(), t)
    text = _text_of_page(asking, found.source)
    numbered = Numbered()
    pieces = [] if text is None else list(_pieces(asking, text, found, neighbours, numbered))
    return asking.page(
        "original.html",
        article=shown,
        source=found.source.rpartition("/")[2],
        marks=numbered.count,
        pieces=pieces,
        neighbours=[
            {"name": name_of(one, t), "url": asked.url(id=one.id), "is_now": one.id == found.id}
            for one in neighbours
        ],
    )


def _text_of_page(asking: PageRequest, source: str) -> str | None:
    """
    Return the text of a page's file, which must lie below one of the folders that may be read.

    Whoever made the index chose the sources: one may be any file of this machine.
    """
    index = asking.site.index
    beside = () if "://" in index.location else (index.path.resolve().parent,)
    for folder in asking.site.pages:
        for base in (folder, folder.parent, *beside):
            try:
                place = (base / source).resolve()
                if place.is_relative_to(folder) and place != folder:
                    return page_text(place)
            except (CorpusError, MissingExtraError, OSError, ValueError):
                continue
    return None


def _pieces(
    asking: PageRequest, text: str, found: Article, neighbours: Sequence[Article], numbered: Numbered
) -> Iterator[dict[str, Any]]:
    """Yield the page's text in pieces: those of the article, those of others, and what belongs to none."""
    asked = asking.asked
    marks: Marks | None = None
    if asked.q.strip():
        options = {**asked.options, "facets": (), "group": None, "sort": "relevance", "lenient": True}
        marks = asking.site.index.marks(asked.q, Article(body=text), **options, **asking.bounds)
    places = () if marks is None else marks.of("body")
    spans = sorted((start, end, one) for one in neighbours for start, end in one.spans)
    done = 0
    for start, end, one in [*spans, (len(text), len(text), found)]:
        if start > done:
            yield {"text": numbered.text(text, places, done, start)}
        first = max(start, done)
        if end > first:
            shown = numbered.text(text, places, first, min(end, len(text)))
            url = "" if one.id == found.id else asked.url(id=one.id)
            yield {"text": shown, "is_own": one.id == found.id, "url": url}
        done = max(done, end)
