"""Every scenario with every fault at every operation: the answers are those of before or after."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import searchlib
from faults.disk import DEATHS, FAULTS, KILLED, Disk
from faults.scenarios import SCENARIOS, Scenario, article
from faults.state import EMPTY, State, state_at, state_of, strays
from searchlib import SearchlibError, StoreError


@dataclass(frozen=True)
class Trial:
    """One fault at one operation, and what is wrong afterwards: nothing, when *trouble* is empty."""

    scenario: str
    fault: str
    at: int
    operation: str
    trouble: str

    def __str__(self) -> str:
        return f"{self.scenario}, {self.fault} at operation {self.at} ({self.operation}): {self.trouble}"


def trials(
    home: Path, scenarios: Sequence[Scenario] = SCENARIOS, faults: Sequence[str] = FAULTS, step: int = 1
) -> Iterator[Trial]:
    """
    Run the trials.

    Args:
        home: An empty folder.
        step: Every so many operations one is tried.
    """
    for scenario in scenarios:
        start = home / scenario.name
        start.mkdir()
        scenario.prepare(start)
        before = state_at(scenario.index_in(start))
        clean = _copy(start, home / "clean")
        with searchlib.open(scenario.index_in(clean)) as index, Disk(scenario.index_in(clean)) as disk:
            scenario.act(index, clean)
        after = state_at(scenario.index_in(clean))
        assert before != after, f"{scenario.name} does nothing"
        shutil.rmtree(clean)
        for fault in faults:
            if fault in DEATHS and not hasattr(os, "fork"):
                continue
            for at in range(1, len(disk.done) + 1, step):
                here = _copy(start, home / "trial")
                try:
                    trouble = _one(scenario, here, (fault, at), before, after)
                except SearchlibError as error:
                    trouble = f"{type(error).__name__}: {error}"
                yield Trial(scenario.name, fault, at, disk.done[at - 1], trouble)
                shutil.rmtree(here)


def _copy(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target


def _one(scenario: Scenario, home: Path, what: tuple[str, int], before: State, after: State) -> str:
    fault, at = what
    path = scenario.index_in(home)
    with searchlib.open(path) as index:
        if fault in DEATHS:
            code = _in_a_child(scenario, index, home, fault, at)
            if code != KILLED:
                return f"the process ended with {code}"
        else:
            try:
                with Disk(path, at, fault):
                    scenario.act(index, home)
            except StoreError as error:
                if not error.__cause__:
                    return f"an error without a cause: {error}"
            except Exception as error:  # noqa: BLE001 (that it is another is what is looked for)
                return f"{type(error).__name__}: {error}"
            index.refresh()
            if state_of(index) not in (before, after):
                return "the same Index answers neither as before nor as after"
        if state_at(path) not in (before, after):
            return "it answers neither as before nor as after"
        return _next_write(scenario, index, home, after)


def _in_a_child(scenario: Scenario, index: searchlib.Index, home: Path, fault: str, at: int) -> int:
    child = os.fork()
    if not child:
        try:
            with Disk(scenario.index_in(home), at, fault):
                scenario.act(index, home)
            os._exit(0)
        except BaseException:  # noqa: BLE001 (nothing may run twice)
            os._exit(3)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _next_write(scenario: Scenario, index: searchlib.Index, home: Path, after: State) -> str:
    """Do the same again: it must come out as if nothing had been, and leave nothing lying about."""
    path = scenario.index_in(home)
    index.refresh()
    scenario.act(index, home)
    if state_of(index) != after:
        return "done again, it answers otherwise"
    index.add([article(99)])
    if left := strays(path):
        return f"left over: {sorted(left)}"
    if state_at(path) == EMPTY or state_at(path) != state_of(index):
        return "another write is lost"
    return ""
