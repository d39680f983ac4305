"""The engines that the contract suite runs: what opens a new index of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

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


ENGINES: Mapping[str, Opener] = {"embedded": _embedded, BASELINE: _memory}
"""Another engine joins by one line here; it may be left out where its service is not to be had."""

SUGGESTS = frozenset({"embedded"})
"""The engines that look for another spelling."""
