"""Fixtures of all tests: the corpus, an index over it, small indexes; the profiles of Hypothesis."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import searchlib
from searchlib import Article, Index
from searchlib.analysis import Analyzer

os.environ["LC_ALL"] = "C.UTF-8"  # messages in English
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # What a script puts into the background starts so, and hands it on to the processes of the tests.
    signal.signal(signal.SIGINT, signal.default_int_handler)

ORDER_SEED = 20241218
"""The order of the tests, and what `random` gives in them: the same every time, whoever runs them."""

settings.register_profile("dev", max_examples=60, deadline=None, derandomize=True)
settings.register_profile(
    "ci", max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", parent=settings.get_profile("ci"), max_examples=10_000, derandomize=False)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give pytest-randomly, where it is used, a fixed seed; `--randomly-seed=N` gives another."""
    if config.getoption("randomly_seed", None) == "default":
        config.option.randomly_seed = ORDER_SEED


MakeIndex = Callable[..., Index]


@pytest.fixture(scope="session", autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the last answer apart from the user's: who searches meanwhile changes no test."""
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    """The folder of five newspaper pages."""
    return Path(__file__).parent.parent / "corpus"


@pytest.fixture(scope="session")
def corpus_index(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index over the pages, for tests that only read."""
    with searchlib.open(tmp_path_factory.mktemp("corpus") / "corpus.idx") as index:
        index.sync(corpus_folder)
        yield index


@pytest.fixture(scope="session")
def corpus_articles(corpus_index: Index) -> list[Article]:
    """The articles of the pages, at least twenty."""
    articles = list(corpus_index)
    assert len(articles) >= 20, "the corpus is not there: see corpus/"
    return articles


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """One analyzer for all tests; it holds the dictionary."""
    return Analyzer()


@pytest.fixture
def make_index(tmp_path: Path) -> Iterator[MakeIndex]:
    """Return a function that makes a new index of articles or records."""
    made: list[Index] = []

    def make(*articles: Article | Mapping[str, Any], **options: Any) -> Index:
        index = searchlib.open(tmp_path / f"{len(made)}.idx", **options)
        made.append(index)
        index.add(articles)
        return index

    yield make
    for index in made:
        index.close()
