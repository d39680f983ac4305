"""How well composed pages were split: headlines, bodies and authors beside those that were put on them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pages_composer import Page

from searchlib import Article, split_page


@dataclass(frozen=True)
class Scores:
    """Figures in [0, 1] over some pages; `misses` tells what was wrong where."""

    headlines: float
    bodies: float
    authors: float
    captions: float
    furniture: float
    misses: Sequence[str]


def squashed(text: str) -> str:
    """NFKC and without any white space: the form in which two readings of a text are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def shingles(text: str) -> Counter[str]:
    """Count the runs of five characters."""
    flat = squashed(text)
    return Counter(flat[i : i + 5] for i in range(max(0, len(flat) - 4)))


def f1(found: Counter[Any], wanted: Counter[Any]) -> float:
    """Harmonic mean of precision and recall."""
    common = (found & wanted).total()
    return 2 * common / (found.total() + wanted.total()) if common else 0.0


def score_pages(pages: Iterable[Page]) -> Scores:
    """Split pages and compare; an article's body and authors count only under its own headline."""
    got: Counter[Hashable] = Counter()
    due: Counter[Hashable] = Counter()
    bodies: list[float] = []
    authors: list[bool] = []
    captions: list[bool] = []
    furniture: list[bool] = []
    misses: list[str] = []
    for number, page in enumerate(pages):
        found = split_page(page.text, source="page.txt")
        articles = [article for article in found if article.kind != "photo_caption"]
        wanted = {squashed(story.headline) for story in page.stories}
        got.update((number, squashed(article.headline)) for article in articles)
        due.update((number, headline) for headline in wanted)
        misses += [
            f"page {number}: {a.headline!r} is no headline"
            for a in articles
            if squashed(a.headline) not in wanted
        ]
        for story in page.stories:
            match = _named(articles, story.headline)
            if match is None:
                misses.append(f"page {number}: {story.headline!r} was not found")
            bodies.append(f1(shingles(match.body), shingles(story.body)) if match else 0.0)
            authors.append(match is not None and set(match.authors) == set(story.authors))
            if match and bodies[-1] < 0.97:
                misses.append(f"page {number}: body {bodies[-1]:.3f} of {story.headline!r}")
            if match and not authors[-1]:
                misses.append(f"page {number}: {match.authors} for {story.authors} of {story.headline!r}")
        for caption in page.captions:
            kinds = {a.kind for a in found if squashed(caption) in squashed(a.body)}
            captions.append(kinds == {"photo_caption"})
            if not captions[-1]:
                misses.append(f"page {number}: {kinds} for the caption {caption!r}")
        everything = squashed("".join(a.headline + a.body + a.overline + a.column for a in found))
        for line in page.furniture:
            furniture.append(squashed(line)[:12] not in everything)
            if not furniture[-1]:
                misses.append(f"page {number}: {line!r} is in an article")
    return Scores(f1(got, due), _mean(bodies), _mean(authors), _mean(captions), _mean(furniture), misses)


def _named(articles: Sequence[Article], headline: str) -> Article | None:
    return next((a for a in articles if squashed(a.headline) == squashed(headline)), None)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0
