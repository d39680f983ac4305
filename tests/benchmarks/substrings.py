"""
`--substrings`: random substrings of random articles, quoted, must find exactly what a scan finds.

Without `exact` they must find all of that too, and whatever else they find must say in `why` by which
other form: `黨建 (=党建)`.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from oracle import BORDER, units

import searchlib
from benchmarks.records import Record, read
from searchlib import Article

_MAX_CHARS = 8
_EXAMPLES = 10


class Scan:
    """
    Which articles hold a phrase, by the rules of the tests' oracle and a scan of every text.

    The oracle's units become characters of a private alphabet, so that a text
    is scanned by `in`: thousands of phrases over thousands of articles take
    seconds. The first unit of a phrase does not care for the space before it.
    """

    def __init__(self, articles: Iterable[Record]) -> None:
        self._letters: dict[tuple[str, bool], str] = {}
        self._texts = [(each.id, self._spell(text)) for each in articles for text in (each.title, each.body)]

    def holders(self, phrase: str) -> set[str]:
        """Return the ids of the articles that hold *phrase*, in exact matching."""
        wanted = units(phrase, str)
        if all(unit == BORDER for unit, _ in wanted):
            return set()
        rest = [self._letters.get(each) for each in wanted[1:]]
        heads = [self._letters.get((wanted[0][0], spaced)) for spaced in (False, True)]
        if None in rest:
            return set()
        tail = "".join(filter(None, rest))
        spelt = [head + tail for head in heads if head]
        return {key for key, text in self._texts if any(each in text for each in spelt)}

    def _spell(self, text: str) -> str:
        letters = self._letters
        return "".join(letters.setdefault(unit, chr(1 + len(letters))) for unit in units(f"\n{text}\n", str))


def check(records: Path, place: Path, *, articles: int, number: int, seed: int) -> dict[str, Any]:
    """
    Draw substrings of one to eight characters, search each, and compare with the scan.

    Returns:
        How many were asked, and were found exactly; times; the first that
        were not, with the ids missed and the ids found wrongly. Of the searches
        without `exact`: the hits that came in another form, and those that were lost
        or do not name one.
    """
    rng = random.Random(seed)
    everything = list(read(records))
    chosen = rng.sample(everything, min(articles, len(everything)))
    scan = Scan(chosen)
    phrases = [_substring(rng, chosen) for _ in range(number)]
    wrong = []
    times = []
    other_forms = 0
    unexplained: list[tuple[str, str, str]] = []
    with searchlib.open(place / "substrings.idx") as index:
        index.add(Article(id=each.id, headline=each.title, body=each.body) for each in chosen)
        for phrase in phrases:
            query = searchlib.quote(phrase)
            start = time.perf_counter()
            found = {hit.id for hit in index.search(query, match="all", exact=True, limit=None, snippets=0)}
            times.append((time.perf_counter() - start) * 1000)
            holders = scan.holders(phrase)
            if found != holders:
                wrong.append(
                    {"phrase": phrase, "missed": sorted(holders - found), "extra": sorted(found - holders)}
                )
            hits = {hit.id: hit for hit in index.search(query, match="all", limit=None, snippets=0)}
            unexplained += [(phrase, lost, "is lost") for lost in holders - hits.keys()]
            for extra in hits.keys() - holders:
                other_forms += 1
                if "(=" not in hits[extra].why:
                    unexplained.append((phrase, extra, hits[extra].why))
    return {
        "articles": len(chosen),
        "phrases": number,
        "seed": seed,
        "exact": number - len(wrong),
        "p50_ms": statistics.median(times),
        "max_ms": max(times),
        "wrong": wrong[:_EXAMPLES],
        "other_forms": other_forms,
        "unexplained": len(unexplained),
        "unexplained_first": unexplained[:_EXAMPLES],
    }


def render(checked: dict[str, Any]) -> str:
    """Return the outcome as lines, the first wrong ones named."""
    outcome = (
        f"{checked['exact']} of {checked['phrases']} substrings over {checked['articles']} articles "
        f"found exactly (all hits, {checked['p50_ms']:.1f} ms p50, {checked['max_ms']:.0f} ms at most)."
    )
    others = (
        f"Without exact, {checked['other_forms']} more hits in other forms; "
        f"{checked['unexplained']} hits lost or without their form in `why`."
    )
    wrong = (
        f"{each['phrase']!r}: missed {len(each['missed'])} {each['missed'][:3]}, "
        f"found wrongly {len(each['extra'])} {each['extra'][:3]}"
        for each in checked["wrong"]
    )
    return "\n".join([outcome, *wrong, others, *map(repr, checked["unexplained_first"])]) + "\n"


def _substring(rng: random.Random, articles: list[Record]) -> str:
    """Any characters, marks and spaces too, of one text; an article without text gives none."""
    while True:
        record = rng.choice(articles)
        text = rng.choice([each for each in (record.title, record.body) if each])
        length = rng.randint(1, _MAX_CHARS)
        start = rng.randrange(max(1, len(text) - length + 1))
        phrase = text[start : start + length]
        if phrase.strip():
            return phrase
