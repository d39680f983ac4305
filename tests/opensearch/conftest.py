"""Fixtures of the tests of an index on a cluster: nodes, and names that no other test has."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import cluster
import pytest
from cluster import client_of

import searchlib
from searchlib import Index

OpenHere = Callable[..., Index]


@pytest.fixture(scope="session")
def addresses() -> str:
    """The addresses of running nodes."""
    return cluster.addresses()


_NUMBERS = count()


@pytest.fixture
def open_here(addresses: str) -> Iterator[OpenHere]:
    """Return a function that opens a new index on the nodes, or again one that it opened."""
    opened: list[tuple[str, Index]] = []

    def open_index(name: str = "", **options: Any) -> Index:
        name = name or f"test-{os.getpid()}-{next(_NUMBERS)}"
        index = searchlib.open(f"opensearch://{addresses}/{name}", **options)
        opened.append((name, index))
        return index

    yield open_index
    for name, index in opened:
        client_of(index).ask("DELETE", f"/{name}-*,{name}.files*")
        index.close()
