"""
Train the model that tells headlines of unsigned news from heads of sections.

    python tests/benchmarks/train_news_heads.py DOCS.jsonl FOLDER... [--write DATE]

DOCS.jsonl has records with a headline and a body, FOLDERs are real sources as for pages_sources.py, of
which files with one article are taken. Each article is set as a plain text, alone and together with
others of its source, alike and unlike ones, with or without blank lines between articles, sections and
paragraphs. Where nothing signs such a text, each of its heads but the first is an example.

Without `--write` the sources are left out in turns, eight times, and the table says how a model of the
others does: which share of the single articles it divides, and the mean F1 of the headlines of pages.
Needs scikit-learn, which is in the extra `train`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from statistics import fmean
from typing import Any
from unittest.mock import patch

import numpy as np

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1] / room) for room in ("", "support")]

import searchlib
from benchmarks.pages_sources import GOLD, find_sources
from searchlib import Article, SearchlibError, split_page
from searchlib.pages import splitter
from searchlib.pages.decks import pairs_of
from searchlib.pages.news_features import features_of
from searchlib.pages.stretches import Piece
from searchlib.pages.unsigned import MODEL, MOST, SURE, read_headed

TABLE = Path(searchlib.__file__).parent / "data" / MODEL
MIN_CHARS, MAX_CHARS = 200, 9000
MIN_ARTICLES = 5
"""Articles of a source at least."""
PAGES_OF_RECORDS, PAGES_OF_SOURCE = 1500, 90
TOGETHER = (2, 3, 3, 4, 5, 6, 8)
MIN_BRIEF = 40
"""Characters of the text of a brief at least, if its first paragraph has as many."""
MAX_SECTION = 26
"""Characters of a line at most that is the head of a section, where nothing else says which are."""
ROUNDS = 8
_PROSE = "。！？”；：，、…）"

Lines = Sequence[tuple[bool, str]]
"""Lines of an article, each with whether it is the head of a section."""


@dataclass(frozen=True, slots=True)
class Page:
    """A text that was put together: how many articles it has, and the examples it gives."""

    source: str
    articles: int
    features: list[tuple[float, ...]]
    begins: list[bool]
    """Whether the head of each example begins an article."""


def read_articles(records: Path, folders: Sequence[Path]) -> dict[str, list[tuple[str, Lines]]]:
    """Return for each source its articles: headline and lines."""
    found: dict[str, list[tuple[str, Lines]]] = defaultdict(list)
    with records.open(encoding="utf-8") as lines:
        for line in lines:
            _take(found[records.parent.name], Article.from_mapping(json.loads(line)))
    for folder in find_sources(folders):
        with (folder / GOLD).open(encoding="utf-8") as rows:
            names = [row["file"] for row in map(json.loads, rows) if len(row["articles"]) == 1]
        for name in names:
            try:
                articles = list(searchlib.read(folder / name))
            except SearchlibError:
                continue
            if len(articles) == 1:
                _take(found[folder.name], articles[0])
    return {name: articles for name, articles in sorted(found.items()) if len(articles) >= MIN_ARTICLES}


def _take(articles: list[tuple[str, Lines]], article: Article) -> None:
    han = sum("\u3400" <= char <= "\u9fff" for char in article.body)
    fits = MIN_CHARS <= len(article.body) <= MAX_CHARS and han * 2 > len(article.body)
    if not (fits and 4 <= len(article.headline) <= 40):
        return
    lines = [line.strip() for line in article.body.split("\n") if line.strip()]
    named = set(article.sections)
    articles.append((article.headline, [(line in named or _is_short(line), line) for line in lines]))


def _is_short(line: str) -> bool:
    return len(line) <= MAX_SECTION and line[-1] not in _PROSE


def compose(articles: Sequence[tuple[str, Lines]], draw: random.Random) -> tuple[str, list[int]]:
    """Return articles as one plain text, and where each begins in it."""
    paragraph = draw.choice((0, 0, 0, 1))
    first = draw.choice((0, 0, paragraph, 1))
    indent = draw.choice(("", "\u3000\u3000", "\u3000\u3000"))
    between = draw.choice((0, 1, 1, 1, 2, 2, 3))
    if len(articles) == 1:
        section = draw.choice((0, 1, 1, 2, paragraph, paragraph + 1))
    else:
        section = draw.choice((0, paragraph, paragraph, max(0, between - 1), between))
    text = ""
    starts = []
    for headline, lines in articles:
        text += "\n" * (1 + between) if text else ""
        starts.append(len(text))
        text += headline
        gap = first
        for is_head, line in lines:
            text += "\n" * (1 + (section if is_head else gap)) + ("" if is_head else indent) + line
            gap = first if is_head else paragraph
    return text, starts


def shortened(lines: Lines) -> Lines:
    """Return of each stretch of text the first sentences alone, as briefs and notes have them."""
    short: list[tuple[bool, str]] = []
    for is_head, line in lines:
        if is_head or not short or short[-1][0]:
            end = 0
            while not is_head and 0 <= end < MIN_BRIEF:
                end = line.find("。", end) + 1 or len(line)
                end = -1 if end == len(line) else end
            short.append((is_head, line if is_head or end < 0 else line[:end]))
    return short


def make_pages(articles: dict[str, list[tuple[str, Lines]]]) -> list[Page]:
    """Return pages of one and of several articles, as many of each, of every source."""
    draw = random.Random(7)
    pages = []
    for name, own in articles.items():
        words = [pairs_of("".join(line for _, line in lines)) for _, lines in own]
        for _ in range(PAGES_OF_RECORDS if len(own) > PAGES_OF_RECORDS else PAGES_OF_SOURCE):
            pages.append(_page(name, [draw.choice(own)], draw))
            count = draw.choice(TOGETHER)
            if count > len(own):
                continue
            places = draw.sample(range(len(own)), count)
            if draw.random() < 0.35:
                first, *others = draw.sample(range(len(own)), min(len(own), 60))
                places = [first, *_alike(first, others, words)[: count - 1]]
            pages.append(_page(name, [own[n] for n in places], draw))
    return pages


def _alike(first: int, others: Sequence[int], words: Sequence[set[str]]) -> list[int]:
    """Return the places of other articles, those first that share most words with one."""
    return sorted(others, key=lambda n: -len(words[n] & words[first]) / (len(words[n]) + 200))


def _page(source: str, articles: Sequence[tuple[str, Lines]], draw: random.Random) -> Page:
    if draw.random() < 0.3:
        articles = [(headline, shortened(lines)) for headline, lines in articles]
    text, starts = compose(articles, draw)
    asked: list[Sequence[Piece]] = []

    def look(pieces: Sequence[Piece]) -> list[Piece]:
        asked.append(pieces)
        return []

    with patch.object(splitter, "head_unsigned", look):
        split_page(text, source="a.txt")
    runs = read_headed(asked[0]) if asked else []
    if not 1 < len(runs) <= MOST:
        return Page(source, len(articles), [], [])
    begins = [any(head.start in starts for head in run.heads) for run in runs[1:]]
    return Page(source, len(articles), features_of(runs), begins)


def train(pages: Sequence[Page]) -> Any:
    """
    Return boosted trees.

    Every source weighs as the root of its number of pages, a page as the root of its examples; a single
    article weighs twice, because who reads it torn loses more than who reads two as one.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415 (only here)

    count = Counter(page.source for page in pages)
    rows = [(f, b, page) for page in pages for f, b in zip(page.features, page.begins, strict=True)]
    weights = [
        (1 + (page.articles == 1)) / sqrt(count[page.source] * len(page.features)) for *_, page in rows
    ]
    model = HistGradientBoostingClassifier(
        max_iter=100, learning_rate=0.12, max_leaf_nodes=12, min_samples_leaf=30, l2_regularization=1
    )
    features = np.array([f for f, _, _ in rows], float)
    return model.fit(features, [b for _, b, _ in rows], sample_weight=weights)


def report(pages: Sequence[Page]) -> None:
    """Print how models do on sources that they have not seen."""
    names = sorted({page.source for page in pages})
    random.Random(2).shuffle(names)
    divided: list[bool] = []
    scores: list[float] = []
    for n in range(ROUNDS):
        left_out = set(names[n::ROUNDS])
        model = train([page for page in pages if page.source not in left_out])
        for page in pages:
            if page.source not in left_out:
                continue
            odds = model.decision_function(np.array(page.features, float)) if page.features else np.zeros(0)
            begins = (odds > 0) & (np.maximum(odds, 0).sum() >= SURE)
            if page.articles == 1:
                divided.append(bool(begins.any()))
            else:
                right = 1 + sum(np.array(page.begins, bool) & begins) if page.features else 1
                scores.append(2 * right / (1 + begins.sum() + page.articles))
    sys.stdout.write(f"single articles divided: {fmean(divided):.4f} of {len(divided)}\n")
    sys.stdout.write(f"pages of several: mean F1 of headlines {fmean(scores):.3f} of {len(scores)}\n")


def rows_of(model: Any) -> list[str]:
    """Return the trees of a model as `searchlib.pages.boosted` reads them."""
    base = float(np.ravel(model._baseline_prediction)[0])
    trees = [_row(predictor.nodes, 0) for (predictor,) in model._predictors]
    return [f"{base:.6g}", *trees]


def _row(nodes: Any, place: int) -> str:
    node = nodes[place]
    if node["is_leaf"]:
        return f"{node['value']:.4g}"
    below, above = _row(nodes, int(node["left"])), _row(nodes, int(node["right"]))
    return f"{node['feature_idx']}<{node['num_threshold']:.6g} {below} {above}"


def main() -> None:
    """Train, and write the table or report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("records", metavar="DOCS.jsonl", type=Path)
    parser.add_argument("folders", metavar="FOLDER", type=Path, nargs="+")
    parser.add_argument("--write", metavar="DATE", help="train on all and write the table")
    asked = parser.parse_args()
    articles = read_articles(asked.records, asked.folders)
    sys.stdout.write(f"{sum(map(len, articles.values()))} articles of {len(articles)} sources\n")
    pages = make_pages(articles)
    if not asked.write:
        report(pages)
        return
    head = [
        "# Which heads of a plain page begin an article: trees over the features of pages/news_features.py.",
        f"# Trained {asked.write} by tests/benchmarks/train_news_heads.py; do not edit.",
        f"# On articles of {len(articles)} sources: public collections and repositories.",
    ]
    TABLE.write_text("\n".join([*head, *rows_of(train(pages))]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
