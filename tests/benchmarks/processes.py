"""Processes of their own: an engine's memory and start are its own, and nothing is left over from another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import searchlib
from benchmarks.engines import OWN

NOTHING = "python"
NUMPY = "python, numpy"
FLOOR = {NOTHING: "pass", NUMPY: "import numpy"}
"""What the interpreter takes before anything is asked."""

_PATHS = [Path(__file__).parent.parent, Path(searchlib.__file__).parent.parent]
_PYTHON = [sys.executable, "-W", "ignore"]
"""Warnings of the engines are not ours: jieba's own code warns when it is compiled."""


def run(task: str, **arguments: Any) -> dict[str, Any]:
    """
    Run a task of `benchmarks.worker` and return what it reports.

    Raises:
        RuntimeError: It failed; the message holds the end of its errors.
    """
    done = _finished([*_PYTHON, "-m", "benchmarks.worker", task, json.dumps(arguments)])
    if done.returncode:
        raise RuntimeError(f"{task} {arguments.get('engine', '')} failed:\n{done.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return report


def cold_seconds(engine: str, folder: Path, word: str) -> float:
    """
    Return how long it takes from nothing to an answer.

    searchlib is asked by its own command, a peer by `benchmarks.cold`; of
    `FLOOR` the interpreter alone is timed.

    Raises:
        RuntimeError: It failed; nothing found is no failure.
    """
    if engine in FLOOR:
        line = [*_PYTHON, "-c", FLOOR[engine]]
    elif engine == OWN:
        line = [*_PYTHON, "-m", "searchlib", "query", "-i", str(folder), word]
    else:
        line = [*_PYTHON, "-m", "benchmarks.cold", engine, str(folder), word]
    start = time.perf_counter()
    done = _finished(line)
    taken = time.perf_counter() - start
    if done.returncode not in {0, 1} or "Traceback" in done.stderr:
        raise RuntimeError(f"a cold {engine} failed:\n{done.stderr[-2000:]}")
    return taken


def _finished(line: list[str]) -> subprocess.CompletedProcess[str]:
    """Run with the searchlib that is running now, whatever folder this was started in."""
    paths = [*map(str, _PATHS), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONUTF8": "1"}
    return subprocess.run(
        line,
        env=environment,
        cwd=tempfile.gettempdir(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
