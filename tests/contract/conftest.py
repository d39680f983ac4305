"""One index of each engine, filled once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from contract_collection import collection
from contract_engines import BASELINE, ENGINES

from searchlib import Index


@pytest.fixture(scope="session")
def baseline() -> Iterator[Index]:
    """The collection in the engine that every other one must agree with."""
    with ENGINES[BASELINE](Path()) as index:
        index.add(collection())
        yield index


@pytest.fixture(scope="session", params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    """The name of each engine."""
    return str(request.param)


@pytest.fixture(scope="session")
def filled(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The collection in each engine."""
    with ENGINES[engine](tmp_path_factory.mktemp(engine)) as index:
        index.add(collection())
        yield index


@pytest.fixture
def make(engine: str, tmp_path: Path) -> Iterator[Callable[..., Index]]:
    """What opens a new index of an engine."""
    opened: list[Index] = []

    def made(**options: object) -> Index:
        opened.append(ENGINES[engine](tmp_path / str(len(opened)), **options))
        return opened[-1]

    yield made
    for index in opened:
        index.close()
