"""
Who works at batches beside the thread that hands them out: threads, or processes.

A process is `python -I -c …`, started with `subprocess`: it imports searchlib and never the caller's
main module, so that a script without a `__main__` guard is safe whatever start method it uses.
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
from typing import Generic, TypeVar

from searchlib.analysis import Analyzer
from searchlib.errors import SearchlibError
from searchlib.workers.worker import Broken, Failure, receive, send

_START = "import sys; sys.path[:] = sys.argv[1:]; from searchlib.workers.worker import main; main()"

B = TypeVar("B")
P = TypeVar("P")

Work = Callable[[Analyzer, B], P]
"""
What is made of a batch. For processes it is a function of a module, or an object that can be pickled; each
process has one of its own for all its batches.
"""


@dataclass(eq=False)
class Job(Generic[B, P]):
    """A batch on its way, and what is done with its part."""

    batch: B
    take: Callable[[P], None]
    part: P | None = None
    is_done: bool = False


class Board(Generic[B, P]):
    """Jobs that nobody has taken yet, and word of those that are done; what the threads share."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._open: deque[Job[B, P]] = deque()
        self._closed = False
        self._failure: str | BaseException | None = None

    def put(self, job: Job[B, P]) -> None:
        """Offer a job."""
        with self._changed:
            self._open.append(job)
            self._changed.notify_all()

    def take(self) -> Job[B, P] | None:
        """Wait for a job, the oldest; None when there will be none."""
        with self._changed:
            while not self._open and not self._closed:
                self._changed.wait()
            return None if self._closed else self._open.popleft()

    def take_back(self) -> Job[B, P] | None:
        """Return the newest job that nobody has taken, None when there is none."""
        with self._changed:
            return self._open.pop() if self._open else None

    def finish(self, job: Job[B, P], part: P) -> None:
        """Bring the part of a job."""
        with self._changed:
            job.part, job.is_done = part, True
            self._changed.notify_all()

    def fail(self, reason: str | BaseException) -> None:
        """Report that a helper will not bring the part of a job: what became of it, or an error."""
        with self._changed:
            self._failure = self._failure or reason
            self._changed.notify_all()

    def wait_for(self, job: Job[B, P]) -> str | BaseException | None:
        """Wait for the part of a job, or for a failure, which is returned."""
        with self._changed:
            while not job.is_done and self._failure is None:
                self._changed.wait()
            return self._failure

    def close(self) -> None:
        """Give no more jobs out."""
        with self._changed:
            self._closed = True
            self._open.clear()
            self._changed.notify_all()


class HelperThread(Generic[B, P]):
    """A thread of this process that works at jobs."""

    def __init__(self, board: Board[B, P], work: Work[B, P], analyzer: Analyzer) -> None:
        self._board = board
        self._work = work
        self._analyzer = analyzer
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while (job := self._board.take()) is not None:
            try:
                part = self._work(self._analyzer, job.batch)
            except BaseException as error:  # noqa: BLE001 (raised where the part is waited for)
                self._board.fail(error)
                return
            self._board.finish(job, part)

    def close(self) -> None:
        """Wait until it has ended."""
        self._thread.join()


class HelperProcess(Generic[B, P]):
    """One worker process, with a thread that sends it batches and one that receives parts."""

    def __init__(self, board: Board[B, P], work: Work[B, P], analyzer: Analyzer) -> None:
        self._board = board
        self._work = work
        self._analyzer = analyzer
        self._given: deque[Job[B, P]] = deque()
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
            send(self._ours, pickle.dumps((self._work, self._analyzer.engine)))
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
                self._board.fail(_what_became(error))
                return

    def _receive(self) -> None:
        while True:
            try:
                answer = pickle.loads(receive(self._ours))  # noqa: S301 (from our own process)
            except Exception as error:  # noqa: BLE001 (somebody waits for the part)
                self._board.fail(_what_became(error))
                return
            if isinstance(answer, (Failure, SearchlibError)):
                is_ours = isinstance(answer, SearchlibError)
                self._board.fail(answer if is_ours else f"has failed ({answer})")
                return
            self._board.finish(self._given.popleft(), answer)
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


def _what_became(error: Exception) -> str:
    """Return what became of a process that could not be written to or read from."""
    return "has died" if isinstance(error, (OSError, Broken)) else f"has failed ({error!r})"
