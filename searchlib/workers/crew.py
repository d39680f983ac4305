"""
Batches go out, parts come back, in the order of the batches.

Batches that nobody has taken are worked at here, so nobody waits for a process
to start, and one that cannot start costs nothing but its help.
"""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable
from typing import Generic, cast

from searchlib.analysis import Analyzer
from searchlib.errors import ConfigError, SearchlibError
from searchlib.workers.helpers import B, Board, HelperProcess, HelperThread, Job, P, Work

VARIABLE = "SEARCHLIB_PROCESSES"
"""The environment variable that says how many processes or threads a write may use, this one included."""

_MOST = 4
"""More by default would wait for this process, which puts the parts together."""

FIRST_BATCH = 4
"""Processes are started when so many batches have come: before, they would not be ready in time."""

_AHEAD = 8
"""Batches for each helper that may be on their way: enough for the time that writing a segment takes."""

_MOST_AHEAD = 32
"""Batches that may be on their way in all: each takes up to 6 MB when it is back."""


def usable_cores() -> int:
    """
    Return how many processes or threads a write may use: `SEARCHLIB_PROCESSES`, else the cores, four at most.

    Raises:
        ConfigError: The variable is no number from 1.
    """
    wanted = os.environ.get(VARIABLE, "").strip()
    if wanted:
        if not wanted.isascii() or not wanted.isdigit() or int(wanted) < 1:
            raise ConfigError(VARIABLE, wanted, "a number from 1")
        return int(wanted)
    if hasattr(os, "sched_getaffinity"):
        return min(_MOST, len(os.sched_getaffinity(0)))
    return min(_MOST, os.cpu_count() or 1)


def can_start() -> bool:
    """Return whether worker processes can be started here."""
    # A frozen program is its own interpreter: started again, it would be the program.
    return os.name == "posix" and bool(sys.executable) and not getattr(sys, "frozen", False)


class Crew(Generic[B, P]):
    """Has batches worked at, here and by helpers; use it in a `with` block, from one thread."""

    def __init__(
        self,
        work: Work[B, P],
        analyzer: Analyzer,
        cores: int,
        lost: Callable[[str], SearchlibError],
        *,
        are_threads: bool = False,
    ) -> None:
        """
        Make one, which starts its helpers when there is enough to do.

        Args:
            work: What is made of a batch.
            cores: How many may work, this thread included.
            lost: Returns the error for what became of a helper, such as `has died`.
            are_threads: The helpers are threads of this process.
        """
        self._work = work
        self._analyzer = analyzer
        self._lost = lost
        self._are_threads = are_threads
        self._cores = cores if are_threads or can_start() else 1
        self._ahead = min(_MOST_AHEAD, _AHEAD * (self._cores - 1))
        self._helpers: list[HelperProcess[B, P] | HelperThread[B, P]] = []
        self._jobs: deque[Job[B, P]] = deque()
        self._submitted = 0
        self._board: Board[B, P] = Board()

    def __enter__(self) -> Crew[B, P]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, batch: B, take: Callable[[P], None]) -> None:
        """Have a batch worked at and hand its part to *take*, here in this thread, by the next `finish`."""
        if self._cores == 1:
            take(self._work(self._analyzer, batch))
            return
        self._submitted += 1
        job = Job(batch, take)
        self._jobs.append(job)
        self._board.put(job)
        helper = (self._board, self._work, self._analyzer)
        if self._are_threads and len(self._helpers) < min(self._submitted, self._cores) - 1:
            self._helpers.append(HelperThread(*helper))
        elif not self._are_threads and self._submitted == FIRST_BATCH:
            self._helpers = [HelperProcess(*helper) for _ in range(self._cores - 1)]
        self._hand_over(self._ahead)

    @property
    def threads(self) -> int:
        """How many threads of this process may work, this one included."""
        return self._cores if self._are_threads else 1

    @property
    def is_busy(self) -> bool:
        """Whether the helpers have enough to do while this process does something else."""
        return self._cores == 1 or len(self._jobs) * 2 >= self._ahead

    def finish(self) -> None:
        """Wait until every part has been handed over."""
        self._hand_over(0)

    def _hand_over(self, most: int) -> None:
        """Hand over what is there, and help until *most* jobs are left."""
        while self._jobs:
            job = self._jobs[0]
            if not job.is_done:
                if len(self._jobs) <= most:
                    return
                mine = self._board.take_back()
                if mine is not None:
                    self._board.finish(mine, self._work(self._analyzer, mine.batch))
                else:
                    self._wait(job)
                continue
            self._jobs.popleft()
            job.take(cast("P", job.part))

    def _wait(self, job: Job[B, P]) -> None:
        reason = self._board.wait_for(job)
        if isinstance(reason, BaseException):
            raise reason
        if reason is not None:
            raise self._lost(reason)

    def close(self) -> None:
        """End the helpers, whatever they do."""
        self._board.close()
        for job in self._jobs:
            self.stop(job.batch)
        for helper in self._helpers:
            helper.close()
        self._helpers.clear()
        self._jobs.clear()

    def stop(self, batch: B) -> None:
        """End the work at a batch where it can be ended from outside."""
