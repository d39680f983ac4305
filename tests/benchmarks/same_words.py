"""
`--words`: do jieba, rjieba and the dictionary's file cut the same words?

Each text is cut as the index cuts it, in batches that go to the engine as one
string, and as a query is cut, run by run; every word and its place must be the
same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.records import Record, read
from searchlib.analysis import Analyzer, clean_and_simplify, clean_text
from searchlib.analysis.words import JIEBA_HAN, load_dictionary

_BATCH = 500
_EXAMPLES = 10
_CONTEXT = 8
_NO_HAN = re.compile(f"[^{JIEBA_HAN}]+")


def check(records: Path) -> dict[str, Any]:
    """Cut all articles with all engines; return how much it was, and the first places that differ."""
    jieba, rjieba = Analyzer("jieba").cut, Analyzer("rjieba").cut
    engine = Analyzer("rjieba")
    dictionary = load_dictionary()
    if dictionary is None:
        raise OSError("the cache folder cannot be written to, so queries are cut by the engine")
    size_bytes = words = articles = differing = 0
    examples: list[str] = []
    for batch in _batches(read(records)):
        articles += len(batch)
        size_bytes += sum(len(record.text.encode()) for record in batch)
        han = _NO_HAN.sub("\n", "\n".join(clean_and_simplify(record.text) for record in batch))
        expected = jieba(han)
        words += sum(word != "\n" for word in expected)
        found = {"rjieba, a batch": rjieba(han), "file, run by run": _by_runs(dictionary.cut, han)}
        for name, cut in found.items():
            places = list(_differences(expected, cut))
            differing += len(places)
            examples += [f"{name}: {place}" for place in places]
        queries = Analyzer()
        for record in batch:
            queries = Analyzer() if "cut" in vars(queries) else queries
            clean = clean_text(record.text)
            if queries.words(clean) != engine.words(clean):
                differing += 1
                examples.append(f"article {record.id}: as a query and as an article")
    return {
        "articles": articles,
        "text_bytes": size_bytes,
        "words": words,
        "differing": differing,
        "examples": examples[:_EXAMPLES],
    }


def render(checked: dict[str, Any]) -> str:
    """Return the outcome as lines, the first places named."""
    outcome = (
        f"{checked['words']:,} words of {checked['articles']:,} articles "
        f"({checked['text_bytes'] / 1e6:.1f} MB): jieba, rjieba and "
        f"the dictionary's file differ in {checked['differing']} places."
    )
    return "\n".join([outcome, *checked["examples"]]) + "\n"


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    rest = iter(records)
    while batch := list(islice(rest, _BATCH)):
        yield batch


def _by_runs(cut: Any, han: str) -> list[str]:
    words: list[str] = []
    for number, run in enumerate(han.split("\n")):
        words += ["\n"] if number else []
        words += cut(run)
    return words


def _differences(expected: list[str], found: list[str]) -> Iterator[str]:
    """Yield the places where one cuts and the other does not, with some words around."""
    if expected == found:
        return
    ends = set(_ends(expected)) ^ set(_ends(found))
    text = "".join(expected)
    for end in sorted(ends):
        yield repr(text[max(0, end - _CONTEXT) : end] + "|" + text[end : end + _CONTEXT])


def _ends(words: list[str]) -> Iterator[int]:
    place = 0
    for word in words:
        place += len(word)
        yield place
