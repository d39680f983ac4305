"""
How fast is a completion?

    python tests/benchmarks/completing.py INDEX [--prefixes 200] [--seed 5]

The prefixes are one to four characters from the beginning of a word of a headline, as
many of each length. Each is asked for once in a process that has answered another one.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from pathlib import Path

import searchlib


def prefixes(index: searchlib.Index, count: int, seed: int) -> list[str]:
    """Return beginnings as they might be typed."""
    draw = random.Random(seed)
    headlines = [article.headline for article in index if article.headline]
    found: list[str] = []
    while len(found) < count:
        headline = draw.choice(headlines)
        word = draw.choice(index.analyze(headline) or [None])
        length = 1 + len(found) % 4
        text = "" if word is None else headline[word.start : word.start + length]
        if len(text) == length and text.isalnum():
            found.append(text)
    return found


def main() -> int:
    """Measure and print; fail when one in twenty takes longer than 5 ms."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("--prefixes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args()
    times = []
    with searchlib.open(options.index, read_only=True) as index:
        asked = prefixes(index, options.prefixes, options.seed)
        index.suggest("的")
        for text in asked:
            start = time.process_time()
            index.suggest(text)
            times.append((time.process_time() - start) * 1000)
        articles = len(index)
    times.sort()
    high = times[len(times) * 19 // 20]
    sys.stdout.write(
        f"{articles} articles, {len(times)} prefixes: median {statistics.median(times):.1f} ms,"
        f" 95 % within {high:.1f} ms, longest {times[-1]:.1f} ms\n"
    )
    return 0 if high < 5 else 1


if __name__ == "__main__":
    sys.exit(main())
