"""Figures over composed pages: what a reader of the page would call the articles is what comes out."""

from __future__ import annotations

from page_layouts import LAYOUTS
from pages_composer import Page
from pages_scoring import f1, score_pages, shingles

LEAST = 0.95
LEAST_BODY = 0.9
LEAST_DRAWN = 0.94
LEAST_BODY_DRAWN = 0.85
"""Lower than for real articles: these share sentences, so what belongs to which is harder to tell."""


def test_articles_are_what_was_put_on_the_page(composed_pages: list[Page]) -> None:
    """Headlines (precision and recall), bodies (shingles) and authors, in every layout."""
    scores = score_pages(composed_pages)
    figures = {"headlines": scores.headlines, "bodies": scores.bodies, "authors": scores.authors}
    assert min(scores.headlines, scores.authors) >= LEAST, (figures, scores.misses[:5])
    assert scores.bodies >= LEAST_BODY, (figures, scores.misses[:5])


def test_captions_and_furniture_are_in_no_article(composed_pages: list[Page]) -> None:
    """A caption is a photo caption wherever it stands; hotlines, weather and editors are nothing."""
    assert any(page.captions for page in composed_pages)
    assert any(page.furniture for page in composed_pages)
    scores = score_pages(composed_pages)
    assert min(scores.captions, scores.furniture) >= LEAST, scores.misses[:5]


def test_the_layouts_are_not_all_alike() -> None:
    """The composer makes what the figures are about."""
    layouts = LAYOUTS.values()
    assert len({layout.heads for layout in layouts}) >= 8
    traits = (
        "opening",
        "closing",
        "middle",
        "width",
        "cuts",
        "ocr",
        "stray",
        "doubled",
        "split",
        "two_lines",
    )
    assert all(any(getattr(layout, trait) for layout in layouts) for trait in traits)


def test_the_score_can_fail() -> None:
    """Two texts that share half of their shingles are half alike."""
    assert f1(shingles("查干湖冬捕开网"), shingles("图书馆延长开放")) == 0.0
    assert 0.0 < f1(shingles("查干湖冬捕昨日开网"), shingles("查干湖冬捕今天结束")) < 0.5


def test_layouts_drawn_at_random_are_read_as_well(drawn_pages: list[Page]) -> None:
    """What papers do meets in ways that no layout of the list has."""
    scores = [score_pages([page]) for page in drawn_pages]
    headlines, bodies, authors = (
        sum(getattr(score, figure) for score in scores) / len(scores)
        for figure in ("headlines", "bodies", "authors")
    )
    assert min(headlines, authors) >= LEAST_DRAWN, (headlines, authors)
    assert bodies >= LEAST_BODY_DRAWN, bodies
