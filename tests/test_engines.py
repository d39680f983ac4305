"""jieba and rjieba make the same index: what one wrote the other opens and answers alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from searchlib import native

CODE = """
import json, sys, searchlib
path, corpus = sys.argv[1:]
with searchlib.open(path) as index:
    report = index.sync(corpus)
    queries = ["党建引领", "农业 会议", '"基层治理"', "查干湖", "8月9日", "工作会议召开"]
    answers = {q: [(h.id, h.score, h.why) for h in index.search(q, limit=None)] for q in queries}
    stats = index.stats()
print(json.dumps([stats["cutter"], report.added, stats["fingerprint"], answers]))
"""


def run(engine: str, index: Path, corpus: Path) -> Any:
    """Sync and search in a process whose words that engine cuts."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CODE, str(index), str(corpus)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env=os.environ | {"SEARCHLIB_CUT": engine, "PYTHONIOENCODING": "utf-8"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


@pytest.mark.parametrize(("writer", "reader"), [("jieba", "rjieba"), ("rjieba", "jieba")])
def test_an_index_of_one_engine_opens_with_the_other(
    writer: str, reader: str, tmp_path: Path, corpus_folder: Path
) -> None:
    """The fingerprint is the same, nothing is read anew, every answer and score is the same."""
    written = run(writer, tmp_path / "index", corpus_folder)
    again = run(reader, tmp_path / "index", corpus_folder)
    assert (written[0], again[0]) == (writer, reader)
    assert (written[1] > 0, again[1]) == (True, 0)
    assert written[2:] == again[2:]
    assert any(written[3].values())


@pytest.mark.skipif(os.environ.get("SEARCHLIB_ENGINE") == "numpy", reason="the arrays were asked for")
def test_a_kernel_that_is_there_is_used() -> None:
    """One of another version would be passed over, and every test of it skipped."""
    built = [path.name for path in Path(native.__file__).parent.glob("_kernel.*") if path.suffix != ".pyi"]
    assert (native.engine().kernel is not None) == bool(built), native.engine().reason
