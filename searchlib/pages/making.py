"""From a draft to the record of an article, and from what is left of a page to that of its furniture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from searchlib.frozen import replace
from searchlib.model import FURNITURE as FURNITURE_KIND
from searchlib.model import Article, Kind, Span
from searchlib.pages.blocks import Page, Said
from searchlib.pages.decks import read_deck
from searchlib.pages.drafts import Draft
from searchlib.pages.fields import MONTH_DAY_CHARS, PageFacts, article_date
from searchlib.pages.healing import heal
from searchlib.pages.stretches import Piece, place_of

MAX_BRIEF = 130
"""Characters of a text without sections that makes a brief (简讯)."""


def make_article(
    draft: Draft,
    facts: PageFacts,
    text: str,
    *,
    source: str,
    article_id: str,
    is_page: bool,
    is_broken: bool,
    place: Callable[[Span], Span] | None,
) -> tuple[Article, list[Piece]]:
    """
    Make the record of a draft; return with it the pieces in their final roles.

    Args:
        place: Says of a range of *text* which range of the file's own it is; None where they are the same.
    """
    body = heal(draft.body, broken=is_page and is_broken)
    sections = tuple([_on_one_line(piece) for piece in draft.body if piece.role == "section"])
    text_alone = body
    if sections:
        text_alone = "\n".join([line for line in body.split("\n") if line not in sections])
    deck = read_deck(draft.heads, text_alone)
    heads = [
        piece if piece.role == role else piece.taken_for(role)
        for piece, role in zip(draft.heads, deck.roles, strict=True)
    ]
    signs = [*draft.bylines, *draft.datelines]
    writers = [name for piece in draft.bylines if piece.role != "credit" for name in piece.authors]
    reporters = writers or [name for piece in draft.datelines for name in piece.authors]
    signed = reporters or [name for piece in draft.bylines for name in piece.authors]
    papers = [facts.publication, *[piece.publication for piece in signs]]
    printed_pages = [draft.page, *[piece.page for piece in draft.bylines], facts.page]
    dated = [piece.month_day for piece in (*draft.datelines, *draft.bylines, *heads) if piece.month_day]
    if not facts.day and (whole := next((day for day in dated if len(day) > MONTH_DAY_CHARS), "")):
        facts = replace(facts, day=whole)  # the dateline's year is that of the day beside the byline
    kind: Kind = "article"
    if draft.is_caption:
        kind = "photo_caption"
    elif is_page and len(body) <= MAX_BRIEF and not sections:
        kind = "brief"
    pieces = sorted([*heads, *signs, *draft.body, *draft.column], key=place_of)
    columns = [*map(_on_one_line, draft.column), deck.column]
    spans = _join_spans(pieces, text)
    article = Article(
        id=article_id,
        source=source,
        headline=deck.headline,
        body=body,
        overline=deck.overline,
        subtitle=deck.subtitle,
        column=" ".join(filter(None, columns)),
        sections=sections,
        authors=tuple(dict.fromkeys(signed)),
        byline=" ".join(map(_on_one_line, draft.bylines)),
        dateline=" ".join(map(_on_one_line, draft.datelines)),
        date=article_date(dated[0] if dated else "", facts),
        publication=next(filter(None, papers), ""),
        page=next(filter(None, printed_pages), ""),
        kind=kind,
        spans=spans if place is None else tuple(map(place, spans)),
        extra=_roles(signs),
    )
    return article, pieces


def _roles(pieces: Iterable[Piece]) -> dict[str, list[str]]:
    """Return who did what, as far as bylines say: {"记者": ["张凯"], "摄影": ["李想"]}."""
    roles: dict[str, list[str]] = {}
    for role, name in dict.fromkeys([pair for piece in pieces for pair in piece.roles]):
        roles.setdefault(role, []).append(name)
    return roles


def _on_one_line(piece: Piece) -> str:
    text = piece.text
    return " ".join(text.split()) if " " in text or not text.isprintable() else text


def spans_of(pieces: Iterable[Piece], text: str) -> tuple[Span, ...]:
    """Return the ranges that pieces take, those with only white space between as one."""
    return _join_spans(sorted(pieces, key=place_of), text)


def _join_spans(ordered: Iterable[Piece], text: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    begin = end = 0
    for piece in ordered:
        if not (end and not text[end : piece.start].strip()):
            if end:
                spans.append((begin, end))
            begin = piece.start
        end = piece.end
    return (*spans, (begin, end)) if end else ()


def parts_of(draft: Draft, pieces: Sequence[Piece]) -> dict[str, Sequence[Piece]]:
    """Return which pieces each text of an article was made of."""
    heads = [piece for piece in pieces if piece.role in {"overline", "headline", "subtitle", "column"}]
    return {
        "headline": heads,
        "overline": heads,
        "subtitle": heads,
        "column": heads,
        "body": draft.body,
        "byline": draft.bylines,
        "dateline": draft.datelines,
    }


def with_said(article: Article, said: Said, *, is_alone: bool) -> Article:
    """Add what the file says outside the text: of one article all, of several what holds for each."""
    article = replace(
        article,
        date=said.date or article.date,
        publication=said.publication or article.publication,
        page=said.page or article.page,
    )
    if not is_alone or article.kind == "photo_caption":
        return article
    return replace(
        article,
        headline=said.headline or article.headline,
        overline=said.overline or article.overline,
        subtitle=said.subtitle or article.subtitle,
        column=said.column or article.column,
        authors=said.authors or article.authors,
        extra={**said.extra, **article.extra},
    )


_SUMMARIES = ("summary", "description", "abstract", "excerpt", "摘要", "简介", "导语")


def article_without_text(page: Page, source: str) -> Article:
    """Make an article of what a file says of one without its text: its headline, and what sums it up."""
    said = page.said
    summary = next((str(said.extra[key]) for key in _SUMMARIES if said.extra.get(key)), "")
    article = Article(
        id=f"{source}#1" if source else "",
        body=summary,
        source=source,
        spans=(page.place((0, len(page.text))),),
    )
    return with_said(article, said, is_alone=True)


def remainder_of(
    furniture: Sequence[Piece], text: str, spans: tuple[Span, ...], facts: PageFacts, source: str
) -> Article | None:
    """Make one record of what belongs to no article, so that nothing of a page is lost to search."""
    ordered = sorted(furniture, key=place_of)
    body = "\n".join(" ".join(text[piece.start : piece.end].split()) for piece in ordered)
    if not body:
        return None
    return Article(
        id=f"{source}#{FURNITURE_KIND}" if source else "",
        body=body,
        date=facts.day or None,
        publication=facts.publication,
        page=facts.page,
        kind=FURNITURE_KIND,
        source=source,
        spans=spans,
    )
