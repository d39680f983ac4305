"""What is asked: queries drawn with a seed from the articles themselves, the same for every engine."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.cutting import HAN_RUN, words
from benchmarks.records import Record, read

KINDS = {
    "word": "one word",
    "two_words": "two words",
    "sentence": "a sentence",
    "phrase": "a phrase",
    "newest": "a word, by date",
    "snippets": "ten snippets",
}
"""Each kind of query and its name in tables."""

WARM_UP = 20
"""Queries of each kind that are asked before the clock starts; none of them is asked again."""

_SAMPLE = 500
_COMMON, _MIDDLE = 0.05, 0.005
"""Shares of the articles from which on a word is common, or neither common nor rare."""

_PHRASE_CHARS = 4
_SENTENCE_CHARS = range(10, 41)
_SENTENCE = re.compile(r"[^。！？；\n]+")
_TRUTH = 100


@dataclass
class Workload:
    """
    The queries of each kind, the first `WARM_UP` of them for warming up.

    *since* is the date from which the queries by date ask. *holders* are
    phrases and the ids of all articles in which they stand literally.
    """

    since: str
    queries: dict[str, list[str]]
    holders: dict[str, list[str]] = field(default_factory=dict)

    def save(self, path: Path) -> None:
        """Write the queries as JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), "utf-8")

    @classmethod
    def load(cls, path: Path) -> Workload:
        """Read what `save` wrote."""
        return cls(**json.loads(path.read_text("utf-8")))


def draw(path: Path, number: int, seed: int) -> Workload:
    """
    Draw *number* queries of each kind, and `WARM_UP` more, from a file of records.

    A single word comes from one of three bands in turn: in at least 5 % of
    the articles, in 0.5 %, rarer. Two words come from one article, in any
    order. A sentence is a headline or the first sentence of a body, a phrase
    is any four Han characters that stand together.
    """
    rng = random.Random(seed)
    records = list(read(path))
    sample = rng.sample(records, min(_SAMPLE, len(records)))
    lexicons = [sorted({word for word in words(record.text) if _is_han_word(word)}) for record in sample]
    wanted = number + WARM_UP
    bands = _bands(lexicons)
    single = [rng.choice(bands[i % len(bands)]) for i in range(wanted)]
    rich = [lexicon for lexicon in lexicons if len(lexicon) > 1]
    sentences = [sentence for record in records if (sentence := _sentence(record))]
    dates = sorted(record.date for record in records if record.date)
    queries = {
        "word": single,
        "two_words": [" ".join(rng.sample(rng.choice(rich), 2)) for _ in range(wanted)],
        "sentence": _choices(rng, sentences, wanted),
        "phrase": _phrases(rng, records, wanted),
        "newest": rng.sample(single, wanted) if dates else [],
        "snippets": rng.sample(single, wanted),
    }
    phrases = queries["phrase"][-_TRUTH:]
    holders = {phrase: [record.id for record in records if phrase in record.text] for phrase in phrases}
    return Workload(dates[len(dates) // 2] if dates else "", queries, holders)


def _is_han_word(word: str) -> bool:
    return len(word) > 1 and HAN_RUN.fullmatch(word) is not None


def _bands(lexicons: list[list[str]]) -> list[list[str]]:
    shares = Counter(word for lexicon in lexicons for word in lexicon)
    bands: list[list[str]] = [[], [], []]
    for word in sorted(shares):
        share = shares[word] / len(lexicons)
        bands[0 if share >= _COMMON else 1 if share >= _MIDDLE else 2].append(word)
    return [band for band in bands if band]


def _sentence(record: Record) -> str:
    first = _SENTENCE.search(record.body)
    texts = [record.title.strip(), first[0].strip() if first else ""]
    return next((text for text in texts if len(text) in _SENTENCE_CHARS), "")


def _choices(rng: random.Random, texts: list[str], wanted: int) -> list[str]:
    """Draw without repeating one, as long as there are enough."""
    return rng.sample(texts, wanted) if len(texts) >= wanted else rng.choices(texts, k=wanted)


def _phrases(rng: random.Random, records: list[Record], wanted: int) -> list[str]:
    found: list[str] = []
    while len(found) < wanted:
        runs = [run for run in HAN_RUN.findall(rng.choice(records).body) if len(run) >= _PHRASE_CHARS]
        if runs:
            run = rng.choice(runs)
            start = rng.randrange(len(run) - _PHRASE_CHARS + 1)
            found.append(run[start : start + _PHRASE_CHARS])
    return found
