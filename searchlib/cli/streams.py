"""The three streams of the process: UTF-8 whatever the locale, answers on stdout, remarks on stderr."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path


def prepare_streams() -> None:
    """
    Make every stream UTF-8, and give a closed one a place to write to.

    A lone surrogate, as a badly decoded file name holds it, is written as its
    escape, which JSON reads back.
    """
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by the caller: `search 党建 >&-`
            nowhere = Path(os.devnull).open("r+", encoding="utf-8")  # noqa: SIM115 (as long as the process)
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper):
            errors = "replace" if name == "stdin" else "backslashreplace"
            stream.reconfigure(encoding="utf-8", errors=errors)


def release_stdout() -> None:
    """Write out what is buffered, or send it to nowhere, so that the interpreter's last flush is silent."""
    try:
        sys.stdout.flush()
    except OSError:  # the reader is gone, or the disk is full
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


_REPEATED_CHARS = 100


def shorten(query: str) -> str:
    """
    Return what a remark repeats of a query: of a pasted page only the beginning, of none that it is empty.

    >>> shorten("党建引领" * 1000)[-5:], shorten("")
    ('党建引领…', "''")
    """
    if not query.strip():
        return repr(query)
    return query if len(query) <= _REPEATED_CHARS else f"{query[:_REPEATED_CHARS]}…"


def say(line: str = "") -> None:
    """Write a line of the answer."""
    sys.stdout.write(f"{line}\n")


def remark(message: str) -> None:
    """Write one line that is no answer: an error, or what was done to the question; wrapped on a terminal."""
    from searchlib.cli.messages import retell  # noqa: PLC0415 (a search without remarks does not need it)
    from searchlib.cli.terminal import TerminalView, plain  # noqa: PLC0415

    line = f"search: {' '.join(plain(retell(message)).split())}"
    for row in TerminalView.of(sys.stderr, "never").passage(line):
        sys.stderr.write(f"{row}\n")
