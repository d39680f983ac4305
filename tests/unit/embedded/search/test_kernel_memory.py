"""What the kernel holds while it answers, and after."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine_choice import answered_by

import searchlib
from searchlib import Article
from searchlib.native import engine

STATUS, PEAK = Path("/proc/self/status"), Path("/proc/self/clear_refs")

pytestmark = pytest.mark.skipif(
    engine().kernel is None or not PEAK.exists(),
    reason="no kernel, or no peak is told",
)


def held_bytes(name: str) -> int:
    """Return what the system says of this process's memory."""
    lines = STATUS.read_text("ascii", "replace").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:"))


def test_texts_that_do_not_match_are_not_kept(tmp_path: Path) -> None:
    """A phrase whose pairs very many articles have is looked for in each, one after another."""
    with answered_by("native"), searchlib.open(tmp_path / "x.idx") as index:
        index.add(Article(id=f"{n}", body="查干湖查" + "字" * 2000) for n in range(6000))
        assert not index.search('"湖查干湖"', snippets=0)  # opens what every query needs
        before = held_bytes("VmRSS")
        PEAK.write_text("5", "ascii")
        assert not index.search('"干湖查干"', snippets=0)
        texts = 6000 * 2000 * 4
        assert held_bytes("VmHWM") - before < texts // 4
