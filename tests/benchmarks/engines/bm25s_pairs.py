"""Pairs of characters with BM25 as Lucene has them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from benchmarks.cutting import HAN_RUN, pairs
from benchmarks.engines.bm25s_words import Bm25sWords

_NO_HAN = re.compile(r"[^\W_]+")


class Bm25sPairs(Bm25sWords):
    """
    The terms of Lucene's CJKAnalyzer, headline and body as one text, with Lucene's BM25 and its defaults.

    Computed by bm25s, which has Lucene's formula: what is compared is the order, not the engine.
    """

    settings: Mapping[str, float] = {"k1": 1.2, "b": 0.75}

    @staticmethod
    def terms(text: str) -> list[str]:
        """Return the pairs of Han, and words of letters and digits in lower case."""
        return [*pairs(text), *_NO_HAN.findall(HAN_RUN.sub(" ", text.lower()))]
