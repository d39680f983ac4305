"""Analysis in other processes: the same bytes, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from engine_choice import answered_by

import searchlib
from searchlib import Article, ConfigError, StoreError
from searchlib.analysis import Analyzer
from searchlib.article_json import record_of
from searchlib.embedded.codec import building
from searchlib.embedded.codec.analyzed_batch import AnalyzedBatch, Batch
from searchlib.embedded.codec.parts import analyze
from searchlib.embedded.store.analysts import Analysts
from searchlib.workers import crew, helpers
from searchlib.workers.crew import usable_cores

CORPUS = Path(__file__).parents[4] / "corpus"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="one process there")


@pytest.fixture(autouse=True)
def _arrays() -> Iterator[None]:
    """Have the arrays count: where the kernel does, there are threads and no processes."""
    with answered_by("numpy"):
        yield


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Have small batches and segments, and collect the processes that are started."""
    monkeypatch.setattr(building, "BATCH_BYTES", 4_000)
    monkeypatch.setattr(building, "_SEGMENT_BYTES", 60_000)
    found: list[subprocess.Popen[bytes]] = []

    class Kept(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            found.append(self)

    monkeypatch.setattr(subprocess, "Popen", Kept)
    return found


@pytest.fixture
def only_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave all analysis to the workers."""
    monkeypatch.setattr(helpers.Board, "take_back", lambda _: None)


def many_articles() -> Iterator[Article]:
    """Yield the corpus a few times."""
    for turn in range(5):
        for number, article in enumerate(searchlib.read(CORPUS)):
            yield replace(article, id=f"{turn}-{number}", date="2024-08-09")


def files_of(folder: Path, number: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Return what an index holds that so many processes have written."""
    numbers = count()
    monkeypatch.setattr(os, "urandom", lambda size: next(numbers).to_bytes(size, "big"))
    monkeypatch.setenv(crew.VARIABLE, number)
    with searchlib.open(folder) as index:
        report = index.add(many_articles())
    assert report.added > 100
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.mark.usefixtures("only_workers")
def test_any_number_of_processes_writes_the_same_bytes(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Several segments of several batches each."""
    one = files_of(tmp_path / "1", "1", monkeypatch)
    assert started == []
    assert sum(name.endswith(".slseg") for name in one) > 2
    for number in (2, 3):
        started.clear()
        assert files_of(tmp_path / str(number), str(number), monkeypatch) == one
        assert len(started) == number - 1
        assert None not in [process.poll() for process in started]


def test_a_small_write_starts_no_process(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own start would take longer."""
    monkeypatch.setenv(crew.VARIABLE, "2")
    with searchlib.open(tmp_path / "index") as index:
        index.add([Article(body="长白山")])
    assert started == []


def test_an_interrupted_write_leaves_no_process_and_commits_nothing(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C in the middle."""
    monkeypatch.setenv(crew.VARIABLE, "3")
    add = building.SegmentBuilder.add
    numbers = count()

    def interrupted(*arguments: Any) -> None:
        if next(numbers) == 80:
            raise KeyboardInterrupt
        add(*arguments)

    monkeypatch.setattr(building.SegmentBuilder, "add", interrupted)
    with searchlib.open(tmp_path / "index") as index:
        with pytest.raises(KeyboardInterrupt):
            index.add(many_articles())
        assert len(started) == 2
        assert None not in [process.poll() for process in started]
        assert len(index) == 0
    assert not list((tmp_path / "index").glob("*.slseg"))


@pytest.mark.usefixtures("only_workers")
def test_a_worker_that_dies_is_an_error_and_commits_nothing(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the system kills it for want of memory."""
    monkeypatch.setenv(crew.VARIABLE, "2")
    done = helpers.Board.finish

    def kill_after(board: Any, job: Any, part: AnalyzedBatch) -> None:
        started[0].kill()
        done(board, job, part)

    monkeypatch.setattr(helpers.Board, "finish", kill_after)
    with searchlib.open(tmp_path / "index") as index:
        with pytest.raises(StoreError, match=r"a process that helped .* nothing was committed.*PROCESSES=1"):
            index.add(many_articles())
        assert len(index) == 0
        monkeypatch.setenv(crew.VARIABLE, "1")
        assert index.add(many_articles()).added > 100


@pytest.mark.parametrize("name", ["send", "receive"])
def test_a_worker_that_is_gone_has_died_whoever_notices(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch that goes out may come upon it before the part that comes back does."""
    act, calls = getattr(helpers, name), count()

    def break_off(*given: Any) -> Any:
        if next(calls) > 0:  # the first is the greeting
            raise BrokenPipeError(32, "Broken pipe")
        return act(*given)

    monkeypatch.setattr(helpers, name, break_off)
    board: helpers.Board[Any, Any] = helpers.Board()
    job: helpers.Job[Any, Any] = helpers.Job(
        Batch(0, [record_of(Article(body="党建")).decode()]), lambda _: None
    )
    board.put(job)
    helper = helpers.HelperProcess(board, analyze, Analyzer())
    try:
        assert board.wait_for(job) == "has died"
    finally:
        board.close()
        helper.close()


@pytest.mark.usefixtures("only_workers")
def test_an_error_in_a_worker_is_told(tmp_path: Path, started: list[subprocess.Popen[bytes]]) -> None:
    """With its own words."""
    with Analysts(tmp_path, Analyzer(), 2) as analysts:
        for _ in range(crew.FIRST_BATCH):
            analysts.submit(Batch(0, ["[]"]), lambda _: None)
        with pytest.raises(StoreError, match="a process that helped to write it has failed"):
            analysts.finish()
    assert started[0].poll() is not None


def test_a_worker_that_cannot_start_is_done_without(
    tmp_path: Path, started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that ends at once, and one that the system refuses."""
    batch = Batch(0, [record_of(Article(id="1", body="长白山")).decode()])
    expected = analyze(Analyzer(), batch)
    for patch in ((helpers, "_START", "raise SystemExit"), (sys, "executable", "/nowhere/python")):
        monkeypatch.setattr(*patch)
        found: list[AnalyzedBatch] = []
        with Analysts(tmp_path, Analyzer(), 2) as analysts:
            for _ in range(crew.FIRST_BATCH + 1):
                analysts.submit(batch, found.append)
            analysts.finish()
        assert [part.words["body"].texts for part in found] == [expected.words["body"].texts] * 5
    assert len(started) == 1


def test_a_script_without_a_guard_is_safe(tmp_path: Path) -> None:
    """It runs once, whatever writes for it."""
    script = tmp_path / "script.py"
    script.write_text(
        "import searchlib\n"
        "from searchlib.embedded.codec import building\n"
        "building.BATCH_BYTES = 1000\n"
        "print('run')\n"
        "with searchlib.open('index') as index:\n"
        "    index.add({'id': str(n), 'body': '党建引领基层治理' * 20} for n in range(200))\n"
        "    print(len(index))\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, script.name],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(searchlib.__file__).parents[1]), crew.VARIABLE: "3"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.stdout.split(), done.stderr) == (["run", "200"], "")


def test_the_number_of_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable, else the usable cores up to four; a program that is its own interpreter stays alone."""
    monkeypatch.delenv(crew.VARIABLE, raising=False)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert usable_cores() == 4
    monkeypatch.setenv(crew.VARIABLE, "7")
    assert usable_cores() == 7
    assert crew.can_start()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert not crew.can_start()
    for wrong in ("0", "-1", "two", "²"):
        monkeypatch.setenv(crew.VARIABLE, wrong)
        with pytest.raises(ConfigError, match="SEARCHLIB_PROCESSES"):
            usable_cores()
