"""The measurement of syncing runs, small, and finds what must be so whatever the machine."""

from __future__ import annotations

from pathlib import Path

from benchmarks import syncing


def test_a_second_sync_reads_only_what_changed(tmp_path: Path, corpus_folder: Path) -> None:
    """Of 200 files, 2 changed, 2 gone, 2 moved: 4 are opened, and the index answers as one built new."""
    found = syncing.measure(corpus_folder, tmp_path, files=200, seed=1, queries=10)
    assert (found.touched, found.opened, found.differences) == (4, 4, ())
    assert (found.report.moved, found.report.unchanged) == (2, 194)
    assert found.report.removed == 4
