"""
The `search` command without the start of an interpreter: a process with searchlib loaded forks for each call.

A call is a process of its own, with its own arguments, environment, folder and streams, as one from a
shell is; what it leaves in memory ends with it. It only imports less. Where there is no `fork`, or the
environment steers the interpreter itself, the caller starts a real process: see `Commands.run`.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 120
"""Time after which a call is killed."""

_STEERING = ("PYTHON", "LD_", "SEARCHLIB_", "OPENBLAS_")
"""Names of variables that are read when the interpreter or a library starts begin with these."""

_COMMON = (
    "click",
    "searchlib.analytics",
    "searchlib.answers",
    "searchlib.bound_query",
    "searchlib.embedded.backend",
    "searchlib.ingest",
    "searchlib.ingest.html",
    "searchlib.ingest.isolated",
    "searchlib.ingest.record_files",
    "searchlib.marks",
    "searchlib.pages.splitter",
    "searchlib.syncing",
)
"""What most calls import; nothing of `searchlib.cli`, which takes its texts in the caller's language."""

Done = subprocess.CompletedProcess[str]


class Commands:
    """Runs the command, at best by a fork of one server."""

    def __init__(self) -> None:
        self._server: subprocess.Popen[str] | None = None

    def run(self, args: Sequence[str], *, cwd: Path, env: Mapping[str, str], more: Mapping[str, str]) -> Done:
        """Run `search` with *args*; *more* is what the environment has besides *env*."""
        if not hasattr(os, "fork") or any(name.startswith(_STEERING) for name in more):
            return run_process(args, cwd=cwd, env={**env, **more})
        if self._server is None:
            self._server = subprocess.Popen(
                [sys.executable, __file__],
                env=dict(env),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        with TemporaryDirectory() as folder:
            out, err = (Path(folder) / name for name in ("out", "err"))
            call = {
                "args": list(args),
                "cwd": str(cwd),
                "env": {**env, **more},
                "out": str(out),
                "err": str(err),
            }
            self._server.stdin.write(f"{json.dumps(call)}\n")
            self._server.stdin.flush()
            code = int(self._server.stdout.readline())
            return subprocess.CompletedProcess(
                ["search", *args], code, out.read_bytes().decode(), err.read_bytes().decode()
            )

    def close(self) -> None:
        """End the server."""
        if self._server is not None:
            self._server.communicate()


def run_process(args: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> Done:
    """Run the command as a process from its start."""
    return subprocess.run(
        [sys.executable, "-m", "searchlib", *args],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )


def _serve() -> None:
    """Load what calls have in common, then fork for each line of the standard input."""
    from searchlib.analysis import Analyzer  # noqa: PLC0415 (who calls the server needs none of it)

    for name in _COMMON:
        import_module(name)
    Analyzer().words("党建引领")  # reads the dictionary
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _call(**json.loads(line))
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


def _call(args: list[str], cwd: str, env: dict[str, str], out: str, err: str) -> None:
    """Become a process as from a shell, and end."""
    signal.alarm(SECONDS)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    for number, name in enumerate((os.devnull, out, err)):
        opened = os.open(name, os.O_RDWR | os.O_CREAT, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 (the streams of the process)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.argv = ["search", *args]
    from searchlib.cli import main  # noqa: PLC0415 (its texts are in the language of the environment)

    sys.exit(main())


if __name__ == "__main__":
    _serve()
