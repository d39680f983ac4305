"""
Analysis elsewhere: batches go out, parts come back, in the order of the batches.

Where the compiled kernel counts, threads of this process analyse: it needs the
interpreter for little. Where it does not, other processes do. A worker is
`python -I -c …`, started with `subprocess`: it imports searchlib
and never the caller's main module, so that a script without a `__main__` guard
is safe whatever start method it uses. Batches that nobody has taken are
analysed here, so nobody waits for a worker to start, and one that cannot start
costs nothing but its help.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from searchlib.analysis import Analyzer
from searchlib.embedded.codec.kernel_texts import counting_tables
from searchlib.embedded.codec.parts import AnalyzedBatch, Batch, analyze
from searchlib.embedded.store.worker import Broken, receive, send
from searchlib.errors import ConfigError, StoreError
from searchlib.message import Message

VARIABLE = "SEARCHLIB_PROCESSES"
"""The environment variable that says how many processes or threads a write may use, this one included."""

_MOST = 4
"""More by default would wait for this process, which puts the parts together."""

_FIRST_BATCH = 4
"""Workers are started when so many batches have come: before, they would not be ready in time."""

_AHEAD = 8
"""Batches for each worker that may be on their way: enough for the time that writing a segment takes."""

_MOST_AHEAD = 32
"""Batches that may be on their way in all: each takes up to 6 MB when it is back."""

_START = "import sys; sys.path[:] = sys.argv[1:]; from searchlib.embedded.store.worker import main; main()"


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


def _can_start() -> bool:
    # A frozen program is its own interpreter: started again, it would be the program.
    return os.name == "posix" and bool(sys.executable) and not getattr(sys, "frozen", False)


@dataclass(eq=False)
class _Job:
    """A batch on its way, and what is done with its part."""

    batch: Batch
    take: Callable[[AnalyzedBatch], None]
    part: AnalyzedBatch | None = None


class Analysts:
    """Analyses batches, here and in threads or other processes; use it in a `with` block, from one thread."""

    def __init__(self, path: Path, analyzer: Analyzer, cores: int) -> None:
        self._path = path
        self._analyzer = analyzer
        self._are_threads = counting_tables(analyzer) is not None
        self._cores = cores if self._are_threads or _can_start() else 1
        self._ahead = min(_MOST_AHEAD, _AHEAD * (self._cores - 1))
        self._workers: list[_Worker | _Thread] = []
        self._jobs: deque[_Job] = deque()
        self._submitted = 0
        self._board = _Board()

    def __enter__(self) -> Analysts:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, batch: Batch, take: Callable[[AnalyzedBatch], None]) -> None:
        """Have a batch analysed and hand its part to *take*, here in this thread, by the next `finish`."""
        if self._cores == 1:
            take(analyze(self._analyzer, batch))
            return
        self._submitted += 1
        job = _Job(batch, take)
        self._jobs.append(job)
        self._board.put(job)
        if self._are_threads and len(self._workers) < min(self._submitted, self._cores) - 1:
            self._workers.append(_Thread(self._board, self._analyzer))
        elif not self._are_threads and self._submitted == _FIRST_BATCH:
            self._workers = [_Worker(self._board, self._analyzer) for _ in range(self._cores - 1)]
        self._hand_over(self._ahead)

    @property
    def threads(self) -> int:
        """How many threads of this process may work, this one included."""
        return self._cores if self._are_threads else 1

    @property
    def is_busy(self) -> bool:
        """Whether the workers have enough to do while this process does something else."""
        return self._cores == 1 or len(self._jobs) * 2 >= self._ahead

    def finish(self) -> None:
        """Wait until every part has been handed over."""
        self._hand_over(0)

    def _hand_over(self, most: int) -> None:
        """Hand over what is there, and help until *most* jobs are left."""
        while self._jobs:
            job = self._jobs[0]
            if job.part is None:
                if len(self._jobs) <= most:
                    return
                mine = self._board.take_back()
                if mine is not None:
                    mine.part = analyze(self._analyzer, mine.batch)
                else:
                    self._wait(job)
                continue
            self._jobs.popleft()
            job.take(job.part)

    def _wait(self, job: _Job) -> None:
        reason = self._board.wait_for(job)
        if isinstance(reason, BaseException):
            raise reason
        if reason is not None:
            said = (
                "a process that helped to write it {}; nothing was committed. "
                "It may have run out of memory: try again with {}=1"
            )
            raise StoreError(self._path, Message(said, reason, VARIABLE))

    def close(self) -> None:
        """End the workers, whatever they do."""
        self._board.close()
        for job in self._jobs:
            if job.batch.counter is not None:
                job.batch.counter.stop()
        for worker in self._workers:
            worker.close()
        self._workers.clear()
        self._jobs.clear()


class _Board:
    """Jobs that nobody has taken yet, and word of those that are done; what the threads share."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open: deque[_Job] = deque()
        self._closed = False
        self._failure: str | BaseException | None = None

    def put(self, job: _Job) -> None:
        """Offer a job."""
        with self._changed:
            self._open.append(job)
            self._changed.notify_all()

    def take(self) -> _Job | None:
        """Wait for a job, the oldest; None when there will be none."""
        with self._changed:
            while not self._open and not self._closed:
                self._changed.wait()
            return None if self._closed else self._open.popleft()

    def take_back(self) -> _Job | None:
        """Return the newest job that nobody has taken, None when there is none."""
        with self._changed:
            return self._open.pop() if self._open else None

    def done(self, job: _Job, part: AnalyzedBatch) -> None:
        """Bring the part of a job."""
        with self._changed:
            job.part = part
            self._changed.notify_all()

    def failed(self, reason: str | BaseException) -> None:
        """Report that a worker will not bring the part of a job: what became of it, or an error."""
        with self._changed:
            self._failure = self._failure or reason
            self._changed.notify_all()

    def wait_for(self, job: _Job) -> str | BaseException | None:
        """Wait for the part of a job, or for a failure, which is returned."""
        with self._changed:
            while job.part is None and self._failure is None:
                self._changed.wait()
            return self._failure

    def close(self) -> None:
        """Give no more jobs out."""
        with self._changed:
            self._closed = True
            self._open.clear()
            self._changed.notify_all()


class _Thread:
    """A thread of this process that analyses."""

    def __init__(self, board: _Board, analyzer: Analyzer) -> None:
        self._board = board
        self._analyzer = analyzer
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while (job := self._board.take()) is not None:
            try:
                part = analyze(self._analyzer, job.batch)
            except BaseException as error:  # noqa: BLE001 (raised where the part is waited for)
                self._board.failed(error)
                return
            self._board.done(job, part)

    def close(self) -> None:
        """Wait until it has ended."""
        self._thread.join()


class _Worker:
    """One worker process, with a thread that sends it batches and one that receives parts."""

    def __init__(self, board: _Board, analyzer: Analyzer) -> None:
        self._board = board
        self._analyzer = analyzer
        self._given: deque[_Job] = deque()
        self._room = threading.Semaphore(2)  # one to work at, one to go on with
        self._process: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []
        self._ours, theirs = socket.socketpair()
        paths = [*(os.path.abspath(path) for path in sys.path), str(Path(__file__).parents[2])]  # noqa: PTH100
        try:
            # Ctrl-C in a terminal is for this process, which ends the worker.
            self._process = subprocess.Popen(  # noqa: S603 (our own interpreter)
                [sys.executable, "-I", "-c", _START, *paths],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            return  # no help to be had
        finally:
            theirs.close()
        self._threads = [threading.Thread(target=run, daemon=True) for run in (self._send, self._receive)]
        self._threads[0].start()

    def _send(self) -> None:
        try:
            send(self._ours, pickle.dumps(self._analyzer.engine))
            if receive(self._ours) != self._analyzer.probe.encode():
                return
        except Exception:  # noqa: BLE001
            return  # it never began; what it would have done is done elsewhere
        self._threads[1].start()
        while True:
            self._room.acquire()
            job = self._board.take()
            if job is None:
                return
            self._given.append(job)
            try:
                send(self._ours, pickle.dumps(job.batch, protocol=5))
            except Exception as error:  # noqa: BLE001 (somebody waits for the part)
                self._board.failed(f"cannot be reached ({error})")
                return

    def _receive(self) -> None:
        while True:
            try:
                answer = pickle.loads(receive(self._ours))  # noqa: S301 (from our own process)
            except Exception as error:  # noqa: BLE001 (somebody waits for the part)
                gone = isinstance(error, (OSError, Broken))
                self._board.failed("has died" if gone else f"has failed ({error!r})")
                return
            if isinstance(answer, str):
                self._board.failed(f"has failed ({answer})")
                return
            self._board.done(self._given.popleft(), answer)
            self._room.release()

    def close(self) -> None:
        """End the process and the threads."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        with contextlib.suppress(OSError):
            self._ours.shutdown(socket.SHUT_RDWR)
        self._room.release()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()
        self._ours.close()
