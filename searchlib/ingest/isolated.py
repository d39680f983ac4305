"""
Files of foreign formats are read in another process, under limits of time, memory and output.

A parser may loop, swell or be ended by a native library; then the process is
ended, the file is an error, and the next file gets a new process. One process
reads many files, so that each costs little more than reading it here, and
begins with a file as soon as it is asked for it. It is
`python -I -c …`, started with `subprocess`: it never imports the caller's main
module. Where no process can be started, files are read in this one.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from searchlib.errors import CorpusError, MissingExtraError
from searchlib.forks import new_lock
from searchlib.ingest.archives import errors_of
from searchlib.ingest.notes import Notes
from searchlib.message import Message, unpack
from searchlib.model import Article

MAX_STEP_S = 60.0
"""Seconds of work for one article, or for all that is parsed before the first; a large file has more."""
BYTES_PER_S = 200_000
"""The slowest that a file is read, in bytes: a PDF of 100 MB has some eight minutes."""
MAX_MEMORY_BYTES = 1 << 30
"""Address space of the process beside eight times the file's size."""
MAX_OUTPUT_BYTES = 64 << 20
MAX_OUTPUT_RATIO = 200
"""Text that may come out of a file: so much, or so many times its size."""
MAX_IDLE = 2
"""Processes that are kept for the next files."""

_CHECK_S = 0.25
_START = "import sys; sys.path[:] = sys.argv[1:]; from searchlib.ingest.isolated_child import main; main()"


def read_isolated(
    path: Path, source: str, request: Mapping[str, Any], notes: Notes | None
) -> Iterator[Article] | None:
    """
    Have a file read by another process, at once; None where there can be none.

    Who asks for a file before it is its turn has it read meanwhile: the process
    goes on until nobody has taken a pipe full of what it says.

    Returns:
        The articles; `close` ends the process when they are not taken to the end.

    Raises:
        CorpusError: The file cannot be read, or reading it ended the process or
            passed a limit.
        MissingExtraError: It needs a package that is not installed.
    """
    child = _take_child()
    return None if child is None else _FileReading(child, path, source, request, notes)


class _FileReading(Iterator[Article]):
    """The articles of a file that a process has begun to read."""

    def __init__(
        self, child: _Child, path: Path, source: str, request: Mapping[str, Any], notes: Notes | None
    ) -> None:
        self._child: _Child | None = child
        self._source = source
        self._notes = notes
        try:
            with errors_of(source):
                size = path.stat().st_size
        except CorpusError:
            self._release(is_whole=True)
            raise
        self._memory = MAX_MEMORY_BYTES + 8 * size
        self._seconds = MAX_STEP_S + size / BYTES_PER_S
        self._left = max(MAX_OUTPUT_BYTES, MAX_OUTPUT_RATIO * size)
        limits = {"memory": self._memory, "seconds": self._seconds}
        child.ask({**request, "path": os.path.abspath(path), "source": source, "limits": limits})  # noqa: PTH100

    def __next__(self) -> Article:
        """Return the next article."""
        try:
            with errors_of(self._source):
                while self._child is not None:
                    answer = self._answer(self._child)
                    if "article" in answer:
                        return Article.from_mapping(answer["article"])
                    if "note" in answer:
                        _take_note(answer, self._notes)
                    else:
                        self._end(answer.get("error"))
        except BaseException:
            self.close()
            raise
        raise StopIteration

    def _answer(self, child: _Child) -> dict[str, Any]:
        line = child.answer(self._seconds)
        if not line:
            raise CorpusError(self._source, child.reason_of_end(self._seconds, self._memory))
        self._left -= len(line)
        if self._left < 0:
            reason = Message("more text comes out of it than {} times its size", MAX_OUTPUT_RATIO)
            raise CorpusError(self._source, reason)
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _end(self, error: Mapping[str, Any] | None) -> None:
        self._release(is_whole=True)
        if error:
            raise _error_of(error)

    def close(self) -> None:
        """End the process, unless it has read the whole file."""
        self._release(is_whole=False)

    __del__ = close

    def _release(self, *, is_whole: bool) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.release(is_whole=is_whole)


def _take_note(answer: Mapping[str, Any], notes: Notes | None) -> None:
    if notes is None:
        return
    error = CorpusError(answer["source"], unpack(answer["reason"]), line=answer["line"])
    if answer["note"] == "skip":
        notes.skip(error)
    else:
        notes.remark(error)


def _error_of(error: Mapping[str, Any]) -> Exception:
    if error["kind"] == "extra":
        return MissingExtraError(error["source"], error["package"], error["extra"])
    return CorpusError(
        error["source"], unpack(error["reason"]), line=error.get("line"), excerpt=error.get("excerpt") or ""
    )


class _Child:
    """A process that reads one file after another; a thread ends it when a file takes too long."""

    def __init__(self) -> None:
        paths = [*(os.path.abspath(path) for path in sys.path), str(Path(__file__).parents[2])]  # noqa: PTH100
        # Ctrl-C in a terminal is for this process, which ends the other.
        self.process = subprocess.Popen(  # noqa: S603 (our own interpreter)
            [sys.executable, "-I", "-c", _START, *paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=os.name == "posix",
        )
        self.owner = os.getpid()
        self._deadline: float | None = None
        self._is_late = False
        self._is_closed = False
        threading.Thread(target=self._watch, daemon=True).start()

    def ask(self, request: Mapping[str, Any]) -> None:
        """Have a file read."""
        stdin = _open(self.process.stdin)
        with contextlib.suppress(OSError):  # it has ended: no answer says so
            stdin.write(json.dumps(request).encode() + b"\n")
            stdin.flush()

    def answer(self, seconds: float) -> bytes:
        """Return the next line of its answer, empty when it has ended."""
        self._deadline = time.monotonic() + seconds
        try:
            line = _open(self.process.stdout).readline()
        finally:
            self._deadline = None
        return line if line.endswith(b"\n") else b""

    def reason_of_end(self, seconds: float, memory: int) -> str:
        """Say why there is no answer."""
        if self._is_late:
            return Message("took more than {} seconds to read; left out", f"{seconds:.0f}")
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(5)
        return Message(
            "ended the process that reads it (status {}), perhaps by needing more than {} MiB; left out",
            self.process.returncode,
            memory >> 20,
        )

    def _watch(self) -> None:
        while not self._is_closed and self.process.poll() is None:
            deadline = self._deadline
            if deadline is not None and time.monotonic() > deadline:
                self._is_late = True
                self.process.kill()
                return
            time.sleep(_CHECK_S)

    def release(self, *, is_whole: bool) -> None:
        """Keep the process for the next file, or end it when it is in the middle of one."""
        with _LOCK:
            if is_whole and len(_IDLE) < MAX_IDLE and self.owner == os.getpid():
                _IDLE.append(self)
                return
        self.close()

    def close(self) -> None:
        """End the process."""
        self._is_closed = True
        if self.owner != os.getpid():
            return  # of the process that this one was forked from
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                _open(pipe).close()
        self.process.wait()


_IDLE: list[_Child] = []
_LOCK = new_lock()


def _open(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise AssertionError("both pipes were asked for")
    return pipe


def _take_child() -> _Child | None:
    """Return a process that waits, a new one, or None where none can be started."""
    with _LOCK:
        while _IDLE:
            child = _IDLE.pop()
            if child.owner == os.getpid() and child.process.poll() is None:
                return child
            child.close()
    # A frozen program is its own interpreter: started again, it would be the program.
    if not sys.executable or getattr(sys, "frozen", False):
        return None
    try:
        return _Child()
    except OSError:
        return None


def close_idle() -> None:
    """End the processes that wait for files."""
    with _LOCK:
        idle = [*_IDLE]
        _IDLE.clear()
    for child in idle:
        child.close()


def _forget() -> None:
    """Leave the processes of the parent alone after a fork."""
    _IDLE.clear()


atexit.register(close_idle)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
