"""
Output longer than the screen goes through a pager, as git's does; shorter output, and a pipe, never.

Nothing is started, and nothing imported for it, before the screen is full.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from searchlib.cli.cells import width_of
from searchlib.cli.terminal import is_terminal
from searchlib.lazy import lazy_module, lazy_pattern

if TYPE_CHECKING:
    import shutil
    from collections.abc import Iterator, Mapping, Sequence
    from subprocess import Popen
else:
    shutil = lazy_module("shutil")

NO_PAGER = "--no-pager"
_STYLE = lazy_pattern(r"\x1b\[[0-9;]*m")


class PagerClosed(Exception):  # noqa: N818 (nothing is wrong: the reader has seen enough)
    """The pager was left before all was written."""


def pager_of(environ: Mapping[str, str]) -> str | None:
    """
    Return the command line of the pager: `$PAGER`, else less where there is one; None for none.

    >>> pager_of({"PAGER": "more"}), pager_of({"PAGER": "cat"}), pager_of({"TERM": "dumb"})
    ('more', None, None)
    """
    if environ.get("TERM") == "dumb":
        return None
    pager = environ.get("PAGER", "less" if shutil.which("less") else "")
    return None if pager.strip() in {"", "cat"} else pager


@contextmanager
def paged(args: Sequence[str]) -> Iterator[None]:
    """Send what is written to standard output to a pager, once it is more than a screen."""
    pager = pager_of(os.environ) if is_terminal(sys.stdout) else None
    if pager is None or NO_PAGER in args:
        yield
        return
    out, err = sys.stdout, sys.stderr
    screen = Screen(out, pager)
    sys.stdout = screen
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err
        screen.finish()


def leave_unpaged() -> TextIO:
    """Return standard output itself, and leave it there: who draws on the whole screen needs no pager."""
    if isinstance(sys.stdout, Screen):
        sys.stdout = sys.stdout.terminal
    return sys.stdout


class Screen:
    """Stands for a terminal: keeps what fits on it, and hands everything to the pager when more comes."""

    encoding = "utf-8"
    closed = False

    def __init__(self, terminal: TextIO, pager: str) -> None:
        self.terminal = terminal
        self._pager = pager
        self._kept: list[str] = []
        self._columns, self._rows = shutil.get_terminal_size()
        self._process: Popen[str] | None = None

    def isatty(self) -> bool:
        """A person looks at it."""
        return True

    def fileno(self) -> int:
        """Return the terminal's."""
        return self.terminal.fileno()

    def flush(self) -> None:
        """Hand on what the pager has not yet; what fits on the screen is kept until the end."""
        if self._process is not None:
            self._hand_on("")

    def write(self, text: str) -> int:
        """Keep the text, or hand it on; bytes are refused, by which click knows a stream of text."""
        if not isinstance(text, str):
            raise TypeError("a screen takes text")
        if self._process is None:
            self._kept.append(text)
            for line in _STYLE.sub("", text).split("\n")[:-1]:
                self._rows -= max(1, -(-width_of(line) // self._columns))
            if self._rows > 0:
                return len(text)
            self._process = self._start()
            text = "".join(self._kept)
        self._hand_on(text)
        return len(text)

    def finish(self) -> None:
        """Write what was kept, or wait until the pager is left."""
        if self._process is None:
            self.terminal.write("".join(self._kept))
            self.terminal.flush()
            return
        self._process.communicate()

    def _start(self) -> Popen[str]:
        import signal  # noqa: PLC0415
        import subprocess  # noqa: PLC0415 (10 ms, for long output only)

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's, which stays
        if sys.stderr is not None and is_terminal(sys.stderr):
            sys.stderr = self
        settings = {"LESS": "FIRX", "LESSCHARSET": "utf-8"}
        return subprocess.Popen(  # noqa: S602 ($PAGER is a command line, as for git)
            self._pager,
            shell=True,
            stdin=subprocess.PIPE,
            env={**settings, **os.environ},
            encoding="utf-8",
            errors="backslashreplace",
        )

    def _hand_on(self, text: str) -> None:
        assert self._process is not None  # noqa: S101
        assert self._process.stdin is not None  # noqa: S101
        try:
            self._process.stdin.write(text)
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise PagerClosed from error
