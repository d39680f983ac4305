"""The border of the process: every way to end has its exit code, and every error is one line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from searchlib import SearchlibError, StoreLockedError, StoreNotFoundError
from searchlib.cli.routing import command_for
from searchlib.cli.streams import prepare_streams, release_stdout, remark

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
    except BrokenPipeError:
        code = PIPE_CLOSED
    except (KeyboardInterrupt, click.Abort):
        remark("interrupted")
        code = INTERRUPTED
    except (click.ClickException, SearchlibError, OSError, UnicodeError) as error:
        remark(_worded(error))
        code = FAILED
    release_stdout()
    return code


def _run(args: list[str]) -> int:
    """Run one verb and return its exit code."""
    command, path, rest = command_for(args)
    try:
        with command.make_context(path, rest) as context:
            code: int = command.invoke(context)
            return code
    except click.exceptions.Exit as end:  # --help and --version end like this
        return end.exit_code


def _worded(error: Exception) -> str:
    """Say an error with its cure."""
    if isinstance(error, click.NoSuchOption):
        message = error.format_message()
        return f"{message} To search for what starts with a dash: search -- {error.option_name}"
    if isinstance(error, click.UsageError):
        place = error.ctx.command_path if error.ctx else "search"
        message = error.format_message()
        return f"{message} (see: {place} --help)"
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError) and error.strerror:
        places = [str(name) for name in (error.filename, error.filename2) if name is not None]
        return ": ".join([*places, error.strerror])
    cure = next((cure for kind, cure in _CURES.items() if isinstance(error, kind)), "")
    message = str(error) or type(error).__name__
    return message if cure in message else f"{message}; {cure}"
