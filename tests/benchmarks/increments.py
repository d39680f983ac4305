"""`--increments`: the same answers and scores, whether the articles came at once or bit by bit."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import searchlib
from benchmarks.records import Record, read
from benchmarks.rounds import say
from benchmarks.workload import WARM_UP, draw
from searchlib import Index

CALLS = 50
KINDS = ("word", "two_words", "sentence", "phrase", "dates", "prefix")
DEPTH = 300
"""Hits compared of each answer; the total is compared as well."""

TOLERANCE = 1e-9
_AGAIN = 0.05
"""The share of a batch that goes and comes back, and of what comes as another article first."""

_EXAMPLES = 10
_LATIN = re.compile(r"[A-Za-z]{2,}|[0-9]{3,}")

Question = tuple[str, str, dict[str, Any]]
"""Kind, query and options of a search."""


def check(records: Path, place: Path, *, number: int, seed: int) -> dict[str, Any]:
    """
    Build three indexes of the same articles, ask each the same, and compare.

    Returns:
        How many articles and queries there were, how many hits the queries of
        each kind had, and the answers that were not the same.
    """
    questions = questions_of(records, number, seed)
    ways: dict[str, Callable[[Index, list[Record], random.Random], None]] = {
        "in one call": _at_once,
        f"in {CALLS} calls": _in_calls,
        f"in {CALLS} calls, with articles that go and come back": _there_and_back,
    }
    everything = list(read(records))
    answers: dict[str, list[tuple[int, list[tuple[str, float]]]]] = {}
    segments = {}
    for way, build in ways.items():
        say(way)
        path = place / f"increments-{len(answers)}.idx"
        with searchlib.open(path) as index:
            build(index, everything, random.Random(seed))
            segments[way] = len(list(path.glob("*.slseg")))
            answers[way] = [_answer(index, query, options) for _, query, options in questions]
    first, *others = answers
    wrong = []
    for way in others:
        for (kind, query, options), wanted, found in zip(
            questions, answers[first], answers[way], strict=True
        ):
            difference = _difference(wanted, found)
            if difference:
                wrong.append(
                    {"way": way, "kind": kind, "query": query, "options": options, "difference": difference}
                )
    totals = dict.fromkeys(KINDS, 0)
    for (kind, *_), (total, _) in zip(questions, answers[first], strict=True):
        totals[kind] += total
    return {
        "articles": len(everything),
        "queries": len(questions),
        "seed": seed,
        "segments": segments,
        "hits": totals,
        "compared": len(questions) * len(others),
        "same": len(questions) * len(others) - len(wrong),
        "wrong": wrong[:_EXAMPLES],
    }


def questions_of(records: Path, number: int, seed: int) -> list[Question]:
    """Draw queries of each kind in turn, *number* in all."""
    rng = random.Random(seed)
    share = -(-number // len(KINDS))
    drawn = {kind: asked[WARM_UP:] for kind, asked in draw(records, share, seed).queries.items()}
    dates = sorted(record.date for record in read(records) if record.date) or ["2000-01-01"]
    prefixes = sorted({word for record in read(records) for word in _LATIN.findall(record.text)}) or ["a"]
    found: list[Question] = []
    for place in range(share):
        since, until = sorted(rng.choices(dates, k=2))
        prefix = rng.choice(prefixes)
        plain = {"match": "all"}
        found += [
            ("word", drawn["word"][place], plain),
            ("two_words", drawn["two_words"][place], {"match": "auto"}),
            ("sentence", drawn["sentence"][place], {"match": "any"}),
            ("phrase", searchlib.quote(drawn["phrase"][place]), plain),
            ("dates", rng.choice(drawn["word"]), {**plain, "since": since[:7], "until": until}),
            ("prefix", prefix[: rng.randint(1, len(prefix))] + "*", plain),
        ]
    return found[:number]


def render(checked: dict[str, Any]) -> str:
    """Return the outcome as lines, the first differences named."""
    hits = ", ".join(f"{kind} {count}" for kind, count in checked["hits"].items())
    outcome = (
        f"{checked['same']} of {checked['compared']} answers to {checked['queries']} queries over "
        f"{checked['articles']} articles are the same as of an index built in one call "
        f"(ids and order of {DEPTH}, totals, scores to {TOLERANCE:g})."
    )
    lines = [
        outcome,
        *(f"{way}: {count} segments" for way, count in checked["segments"].items()),
        f"hits: {hits}",
        *(
            f"{one['way']}, {one['query']!r} {one['options']}: {one['difference']}"
            for one in checked["wrong"]
        ),
    ]
    return "\n".join(lines) + "\n"


def _at_once(index: Index, records: list[Record], _rng: random.Random) -> None:
    index.add(map(_article, records))


def _in_calls(index: Index, records: list[Record], _rng: random.Random) -> None:
    for batch in _batches(records):
        index.add(map(_article, batch))


def _there_and_back(index: Index, records: list[Record], rng: random.Random) -> None:
    """Some come as another article first, some go and come back, in another order than they were given."""
    everything = rng.sample(records, len(records))
    for batch in _batches(everything):
        index.add({"id": each.id, "body": batch[0].body} for each in _some(batch, rng))
        index.add(map(_article, batch))
        again = _some(batch, rng)
        index.delete(each.id for each in again)
        index.add(map(_article, again))
    gone = _some(everything, rng)
    index.delete(each.id for each in gone)
    index.add(map(_article, gone))


def _batches(records: list[Record]) -> Iterator[list[Record]]:
    size = -(-len(records) // CALLS)
    for start in range(0, len(records), size):
        yield records[start : start + size]


def _some(records: list[Record], rng: random.Random) -> list[Record]:
    return rng.sample(records, max(1, int(len(records) * _AGAIN)))


def _article(record: Record) -> dict[str, str]:
    return {"id": record.id, "headline": record.title, "body": record.body, "date": record.date}


def _answer(index: Index, query: str, options: dict[str, Any]) -> tuple[int, list[tuple[str, float]]]:
    results = index.search(query, limit=DEPTH, snippets=0, **options)
    return results.total, [(hit.id, hit.score) for hit in results]


def _difference(
    wanted: tuple[int, list[tuple[str, float]]], found: tuple[int, list[tuple[str, float]]]
) -> str:
    """Say where two answers part; empty when they are the same."""
    if wanted[0] != found[0]:
        return f"{found[0]} hits, not {wanted[0]}"
    for rank, ((key, score), (other, value)) in enumerate(zip(wanted[1], found[1], strict=True), 1):
        if key != other:
            return f"rank {rank} is {other} ({value!r}), not {key} ({score!r})"
        if abs(score - value) > TOLERANCE:
            return f"{key} at rank {rank} scores {value!r}, not {score!r}"
    return ""
