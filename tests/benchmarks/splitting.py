"""
How well are composed newspaper pages split? `python tests/benchmarks/splitting.py DOCS.jsonl`.

The articles are records with a headline (or title) and a body (or content,
text), one a line; the layouts are those of tests/support/page_layouts.py, or drawn at random.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path
from statistics import median

if __name__ == "__main__":
    sys.path[:0] = [
        str(Path(__file__).parents[1] / room) for room in ("", "support")
    ]  # the composer, as in the tests

import rjieba
from drawn_layouts import draw_layout
from page_layouts import LAYOUTS
from pages_composer import Page, Story, compose_page, dress_story
from pages_scoring import score_pages

from searchlib import Article, split_page

LEAST, MOST = 150, 1500
"""Characters of an article on a page."""
MAX_HEADLINE = 40
"""Characters of a headline at most: longer ones are no newspaper's."""
LEAST_SCORE = 0.95
LEAST_DRAWN = 0.9
"""Mean of a page's three figures from which it counts as read."""
# Text that already has what the composer adds would have two right answers.
_SIGNED = re.compile(
    r"记者|通讯员|来源[：:]|责编|责任编辑|编辑[：:]|作者[：:]|摄[）)]|图为|文[/／]|[（(]文|讯[ 　（(]|日电"
)
_PROSE = re.compile(r"[。！？”…）；]$")


def read_texts(path: Path, *, clean: bool = True) -> list[tuple[str, list[str]]]:
    """
    Read headlines and paragraphs of records fit for a page.

    Args:
        clean: Leave out those that are signed already, or hold lines that are no sentences.
    """
    texts = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = Article.from_mapping(json.loads(line))
            paragraphs = [p.strip() for p in article.body.split("\n") if p.strip()]
            fits = LEAST <= len(article.body) <= MOST and len(article.headline) <= MAX_HEADLINE
            is_clean = not _SIGNED.search(article.body) and all(map(_PROSE.search, paragraphs))
            if fits and (is_clean or not clean):
                texts.append((article.headline, paragraphs))
    return texts


def compose_pages(texts: Sequence[tuple[str, list[str]]], layout: str, count: int, seed: int) -> list[Page]:
    """Draw articles with a seed and compose pages of three to six of them."""
    rng = random.Random(zlib.crc32(layout.encode()) + seed)
    return [
        compose_page(_stories(rng.sample(texts, rng.randrange(3, 7)), rng), LAYOUTS[layout], rng)
        for _ in range(count)
    ]


def _stories(texts: Sequence[tuple[str, list[str]]], rng: random.Random) -> list[Story]:
    return [dress_story(headline, paragraphs, rng) for headline, paragraphs in texts]


def tell_speed(layouts: Sequence[Sequence[Page]], rounds: int = 7) -> str:
    """Measure both in turn, and tell the medians of the rounds' ratios: plain pages, and Markdown."""
    lines = []
    for name, is_marked in (("plain", False), ("Markdown", True)):
        pages = [page.text for pages in layouts for page in pages if ("\n#" in page.text) is is_marked]
        ratios = []
        for _ in range(rounds if pages else 0):
            started = time.process_time()
            for page in pages:
                rjieba.cut(page)
            between = time.process_time()
            for page in pages:
                split_page(page)
            ratios.append((time.process_time() - between) / (between - started))
        if ratios:
            chars = sum(map(len, pages))
            lines.append(
                f"{name}: {len(pages)} pages, {chars} characters, splitting ÷ cutting {median(ratios):.2f}"
            )
    return "\n".join(lines)


def tell_drawn(texts: Sequence[tuple[str, list[str]]], count: int, seed: int) -> str:
    """Score pages each of which has a layout of its own, drawn at random."""
    rng = random.Random(seed)
    low = 0
    totals = [0.0, 0.0, 0.0]
    for _ in range(count):
        layout = draw_layout(rng)
        scores = score_pages(
            [compose_page(_stories(rng.sample(texts, rng.randrange(3, 6)), rng), layout, rng)]
        )
        figures = (scores.headlines, scores.bodies, scores.authors)
        totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
        low += sum(figures) / len(figures) < LEAST_DRAWN
    means = " · ".join(f"{total / count:.3f}" for total in totals)
    return f"{count} drawn layouts: headlines · bodies · authors {means}; {low} pages are below {LEAST_DRAWN}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> int:
    """Print a table of the layouts; exit 1 when a figure is too low."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path, metavar="DOCS.jsonl")
    parser.add_argument("--pages", type=int, default=20, help="pages in each layout")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", help="only layouts whose name holds this")
    parser.add_argument("--raw", action="store_true", help="articles with bylines and heads of their own too")
    parser.add_argument("-v", "--verbose", action="store_true", help="tell what was missed")
    parser.add_argument("--show", type=int, help="print this page and stop")
    parser.add_argument(
        "--drawn", type=int, metavar="N", help="N pages instead, each of a layout drawn at random"
    )
    parser.add_argument("--speed", action="store_true", help="CPU of splitting beside that of cutting words")
    options = parser.parse_args()
    texts = read_texts(options.docs, clean=not options.raw)
    if options.drawn:
        _say(tell_drawn(texts, options.drawn, options.seed))
        return 0
    if options.speed:
        layouts = [layout for layout in LAYOUTS if not options.layout or options.layout in layout]
        _say(tell_speed([compose_pages(texts, layout, 2, options.seed) for layout in layouts]))
        return 0
    low = False
    _say(f"{len(texts)} articles, {options.pages} pages a layout, seed {options.seed}")
    _say("| layout | headlines F1 | bodies F1 | authors | captions | furniture |\n|---|---|---|---|---|---|")
    for layout in LAYOUTS:
        if options.layout and options.layout not in layout:
            continue
        pages = compose_pages(texts, layout, options.pages, options.seed)
        if options.show is not None:
            _say(pages[options.show].text)
            return 0
        scores = score_pages(pages)
        figures = (scores.headlines, scores.bodies, scores.authors, scores.captions, scores.furniture)
        _say(f"| {layout} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
        low |= min(figures[:3]) < LEAST_SCORE
        if options.verbose:
            _say("\n".join(f"  {miss}" for miss in scores.misses))
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
