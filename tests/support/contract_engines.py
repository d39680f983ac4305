"""The engines that the contract suite runs: what opens a new index of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

import cluster

import searchlib
from searchlib import Index

Opener = Callable[..., Index]
"""Opens a new, empty index, given a folder for whatever it keeps and the options of `open`."""

BASELINE = "memory"
"""The engine that every other one must agree with: brute force, from the rules and the formulas."""


def _embedded(place: Path, **options: object) -> Index:
    return searchlib.open(place / "contract.idx", **options)  # type: ignore[arg-type]


def _memory(_place: Path, **options: object) -> Index:
    return searchlib.open("memory://", **options)  # type: ignore[arg-type]


def _opensearch(place: Path, **options: object) -> Index:
    """Open an index on nodes that are started for the tests; without them the test is skipped."""
    name = f"contract-{os.getpid()}-{next(_NUMBERS)}"
    url = f"opensearch://{cluster.addresses()}/{name}?lexicon={place}"
    return searchlib.open(url, **options)  # type: ignore[arg-type]


_NUMBERS = count()

ENGINES: Mapping[str, Opener] = {"embedded": _embedded, BASELINE: _memory, "opensearch": _opensearch}
"""Another engine joins by one line here; it may be left out where its service is not to be had."""
