"""
Features of heads on a plain page: does one begin an article, or is it over a section of the one above?

Length and blank lines, which words the texts share, and whether a text says anew when it was. How much
each of these counts was learnt from articles of many papers and sites, each alone and several put together
to a page; the first lines of the table say by which script.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log1p
from statistics import median_high
from typing import NamedTuple

from searchlib.pages.decks import pairs_of
from searchlib.pages.kinds import SECTION
from searchlib.pages.stretches import Piece

FEATURES = (
    "characters of the head",
    "its length beside that of the first head",
    "lines of the head",
    "blank lines above it",
    "blank lines above heads, at the median",
    "blank lines above it, less those above paragraphs",
    "characters of its text, as log(1 + n) like those below",
    "of the text above it",
    "of the texts, on the average",
    "of the shortest text",
    "paragraphs of its text",
    "paragraphs of the text above it",
    "texts of one paragraph, as a share",
    "share of the head that its own text says",
    "that the text above says",
    "that all texts above say",
    "that all texts below say",
    "words it shares with the text above, as a share of the shorter",
    "with the first text",
    "share of its text that other texts say too",
    "share of its first paragraph that is new on the page",
    "whether the text begins with when it was",
    "texts that do, as a share",
    "whether the head is numbered, or called as sections are",
    "whether it begins as the head before it does",
)
_WHEN = re.compile(
    r"[^，。]{0,12}(?:\d{4}年|\d{1,2}日|近日|日前|[昨今](?:[（(]\d{1,2}[)）])?[日天晚早晨]|[上本]周|当地时间|当日|截至|据[^，。]{2,12}[社网报台])"
)
"""With what a text of news begins, a few words before it."""


def begins_with_time(text: str) -> bool:
    """Return whether a text begins with when it was, as news do: 9月3日，… 据江湾电视台报道，…."""
    return _WHEN.match(text) is not None


class Headed(NamedTuple):
    """Heads one after another, where they are among the pieces of a page, and the text below them."""

    places: list[int]
    heads: list[Piece]
    text: list[Piece]

    @property
    def title(self) -> str:
        """The heads as one text."""
        return "".join([head.text for head in self.heads])

    def without(self, mark: re.Pattern[str]) -> Headed:
        """Return the same without what the title begins with."""
        first, *others = self.heads
        return self._replace(heads=[first._replace(text=mark.sub("", first.text, count=1)), *others])


def features_of(headed: Sequence[Headed]) -> list[tuple[float, ...]]:
    """Return the features of each head but the first, in the order of `FEATURES`."""
    titles = [pairs_of(each.title) for each in headed]
    texts = [[piece.text for piece in each.text] for each in headed]
    said = [pairs_of("\n".join(paragraphs)) for paragraphs in texts]
    chars = [sum(map(len, paragraphs)) for paragraphs in texts]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    named: dict[str, int] = {}
    for n in reversed(range(len(headed))):
        first.update(dict.fromkeys(said[n], n))
        named.update(dict.fromkeys(titles[n], n))
    for n, pairs in enumerate(said):
        last.update(dict.fromkeys(pairs, n))
    dated = [bool(paragraphs) and begins_with_time(paragraphs[0]) for paragraphs in texts]
    gap = _median([each.heads[0].gap for each in headed[1:]])
    paragraph_gap = _median([piece.gap for each in headed for piece in each.text[1:]])
    of_page = (log1p(sum(chars) / len(headed)), log1p(min(chars)))
    single = sum(len(paragraphs) == 1 for paragraphs in texts) / len(texts)
    told = sum(dated) / len(dated)
    rows: list[tuple[float, ...]] = []
    for n in range(1, len(headed)):
        head, title, own = headed[n], titles[n], said[n]
        opening = pairs_of(texts[n][0]) if texts[n] else set()
        rows.append(
            (
                len(head.title),
                len(head.title) / max(1, len(headed[0].title)),
                len(head.heads),
                head.heads[0].gap,
                gap,
                head.heads[0].gap - paragraph_gap,
                log1p(chars[n]),
                log1p(chars[n - 1]),
                *of_page,
                len(texts[n]),
                len(texts[n - 1]),
                single,
                _share(title & own, title),
                _share(title & said[n - 1], title),
                _share({pair for pair in title if first.get(pair, n) < n}, title),
                _share({pair for pair in title if last.get(pair, n) > n}, title),
                _common(own, said[n - 1]),
                _common(own, said[0]),
                _share({pair for pair in own if first[pair] != last[pair]}, own),
                _share({pair for pair in opening if first[pair] == n <= named.get(pair, n)}, opening),
                dated[n],
                told,
                SECTION.match(head.title) is not None,
                head.title[:1] == headed[n - 1].title[:1],
            )
        )
    return rows


def _median(counts: Sequence[int]) -> int:
    return median_high(counts) if counts else 0


def _share(part: set[str], whole: set[str]) -> float:
    return len(part) / len(whole) if whole else 0.0


def _common(first: set[str], second: set[str]) -> float:
    return len(first & second) / max(1, min(len(first), len(second)))
