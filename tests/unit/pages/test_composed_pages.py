"""Figures over composed pages: what a reader of the page would call the articles is what comes out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from searchlib import Article, split_page

LEAST = 0.95


def squashed(text: str) -> str:
    """Without any white space."""
    return re.sub(r"\s+", "", text)


def shingles(text: str) -> Counter[str]:
    """Count the runs of five characters."""
    flat = squashed(text)
    return Counter(flat[i : i + 5] for i in range(max(0, len(flat) - 4)))


def f1(found: Counter[Any], wanted: Counter[Any]) -> float:
    """Harmonic mean of precision and recall."""
    common = (found & wanted).total()
    return 2 * common / (found.total() + wanted.total()) if common else 0.0


def split(page: Any) -> list[Article]:
    """Split the page as a file without a date in its name."""
    return split_page(page.text, source="page.txt")


def articles(page: Any) -> list[Article]:
    """Leave the captions out."""
    return [article for article in split(page) if article.kind != "photo_caption"]


def score(pages: Iterable[Any], found: Callable[[Article], Any], wanted: Callable[[Any], Any]) -> float:
    """F1 of (page, headline, value) over all pages: a part counts when it stands at its own headline."""
    got: Counter[Any] = Counter()
    due: Counter[Any] = Counter()
    for n, page in enumerate(pages):
        got.update((n, squashed(a.headline), found(a)) for a in articles(page))
        due.update((n, squashed(s.headline), wanted(s)) for s in page.stories)
    return f1(got, due)


def test_headlines_are_found_and_nothing_else_is_one(composed_pages: list[Any]) -> None:
    """Headlines: precision and recall together."""
    assert score(composed_pages, lambda _: None, lambda _: None) >= LEAST


def test_authors_are_those_who_signed(composed_pages: list[Any]) -> None:
    """Authors: the same names, without posts, padding and photographers."""
    assert score(composed_pages, lambda a: frozenset(a.authors), lambda s: frozenset(s.authors)) >= LEAST


def test_lines_about_the_headline_are_told_apart(composed_pages: list[Any]) -> None:
    """Overlines and subtitles."""
    assert (
        score(
            composed_pages,
            lambda a: (a.overline.rstrip("—"), a.subtitle),
            lambda s: (s.overline, s.subtitle),
        )
        >= LEAST
    )


def test_sections_are_heads_inside_the_article(composed_pages: list[Any]) -> None:
    """Sections never begin an article of their own."""
    assert score(composed_pages, lambda a: a.sections, lambda s: tuple(s.sections.values())) >= LEAST


def test_bodies_hold_the_whole_text_and_no_other(composed_pages: list[Any]) -> None:
    """Bodies: F1 over five-character shingles, cut paragraphs joined."""
    figures = []
    for page in composed_pages:
        found = {squashed(a.headline): a.body for a in articles(page)}
        figures += [f1(shingles(found.get(squashed(s.headline), "")), shingles(s.body)) for s in page.stories]
    assert sum(figures) / len(figures) >= LEAST


def test_cut_paragraphs_are_whole_again(composed_pages: list[Any]) -> None:
    """Every paragraph stands in the text as it was written."""
    figures = [
        squashed(paragraph) in {squashed(line) for a in articles(page) for line in a.body.split("\n")}
        for page in composed_pages
        for story in page.stories
        for paragraph in story.paragraphs
    ]
    assert sum(figures) / len(figures) >= LEAST


def test_captions_are_articles_of_their_own(composed_pages: list[Any]) -> None:
    """A caption inside or between articles is a photo caption and in no other text."""
    captions = [(page, caption) for page in composed_pages for caption in page.captions]
    assert captions
    for page, caption in captions:
        holders = {a.kind for a in split(page) if squashed(caption) in squashed(a.body)}
        assert holders == {"photo_caption"}, (caption, holders)


def test_furniture_is_in_no_article(composed_pages: list[Any]) -> None:
    """Hotlines, weather, editors and addresses are left out."""
    lines = [(page, line) for page in composed_pages for line in page.furniture]
    assert lines
    for page, line in lines:
        everything = squashed("".join(a.headline + a.body + a.overline for a in split(page)))
        assert squashed(line)[:10] not in everything, line


def test_the_layouts_are_not_all_alike(composed_pages: list[Any]) -> None:
    """The composer makes what the figures are about: cuts, sections, over- and subtitles."""
    stories = [story for page in composed_pages for story in page.stories]
    parts: list[Callable[[Any], Any]] = [
        lambda s: s.overline,
        lambda s: s.subtitle,
        lambda s: s.sections,
    ]
    for part in parts:
        assert any(map(part, stories))
