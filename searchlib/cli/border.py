"""The border of the process: every way to end has its exit code, and every error is one line."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from searchlib import SearchlibError, StoreLockedError, StoreNotFoundError
from searchlib.cli.paging import PagerClosed, paged
from searchlib.cli.problems import Problem
from searchlib.cli.streams import prepare_streams, release_stdout, remark
from searchlib.cli.verb_names import plain_question
from searchlib.message import Message, message_of

if TYPE_CHECKING:
    from collections.abc import Sequence

FAILED = 2
INTERRUPTED = 130  # 128 + SIGINT
PIPE_CLOSED = 141  # 128 + SIGPIPE, as if the signal had ended us

_CURES = {
    StoreNotFoundError: "make one with: search index PATH...",
    StoreLockedError: "try again when it has finished",
}


def main(args: Sequence[str] | None = None) -> int:
    """
    Run the command.

    Args:
        args: The words after the command's name, `sys.argv[1:]` when None.

    Returns:
        The exit code: 0 found, 1 nothing found, 2 an error, 130 interrupted,
        141 when the reader of the output went away.
    """
    prepare_streams()
    try:
        code = _run(sys.argv[1:] if args is None else list(args))
        sys.stdout.flush()
    except PagerClosed:
        code = 0
    except BrokenPipeError:
        code = PIPE_CLOSED
    except KeyboardInterrupt:
        remark("interrupted")
        code = INTERRUPTED
    except (Problem, SearchlibError, OSError, UnicodeError) as error:
        remark(_word_error(error))
        code = FAILED
    release_stdout()
    return code


def _run(args: list[str]) -> int:
    """Run one verb, or search for words, and return the exit code."""
    # Nothing here multiplies matrices, and BLAS starts a thread for each core: 30 ms of one core's time.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    plain = plain_question(args)
    if plain is None:
        from searchlib.cli.routing import run  # noqa: PLC0415 (20 ms; plain words need no click)

        return run(args)
    collecting = gc.isenabled()
    gc.disable()  # what an import makes stays
    try:
        from searchlib.cli.searching import Question, search  # noqa: PLC0415 (what only a search needs)

        words, index_dir = plain
        with paged(args):
            return search(Question(" ".join(words), index_dir))
    finally:
        if collecting:
            gc.enable()


def _word_error(error: Exception) -> str:
    """Say an error with its cure."""
    if isinstance(error, Problem):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        places = [str(name) for name in (error.filename, error.filename2) if name is not None]
        return ": ".join([*places, error.strerror])
    cure = next((cure for kind, cure in _CURES.items() if isinstance(error, kind)), "")
    message = message_of(error) or type(error).__name__
    return message if cure in message else Message("{}; {}", message, Message(cure))
