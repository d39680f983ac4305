"""
The best articles of a cluster as a small index of the embedded engine, weighed by the figures of the whole.

So they are ranked, and their scores explained, by the embedded engine's own code.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from searchlib.analysis import Analyzer
from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.embedded.codec.building import SegmentBuilder
from searchlib.embedded.codec.segment import SegmentInfo
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.store.manifest import Manifest
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.opensearch.cluster_figures import ClusterFigures
from searchlib.opensearch.finding import Candidate
from searchlib.scoring.collection_figures import CollectionFigures


class _PartSnapshot(Snapshot):
    """The articles at hand, whose lengths are compared with the mean of all."""

    def __init__(self, folder: Path, contents: Manifest, figures: ClusterFigures) -> None:
        super().__init__(folder, contents)
        self._whole = figures

    def mean_length(self, field: str) -> float:
        return self._whole.mean_length(field)


class _PartMatcher(Matcher):
    """Looks into the articles at hand, and weighs by the figures of all."""

    def __init__(
        self, snapshot: Snapshot, analyzer: Analyzer, deadline: Deadline, figures: CollectionFigures
    ) -> None:
        super().__init__(snapshot, analyzer, deadline)
        self._figures = figures

    @property
    def figures(self) -> CollectionFigures:
        return self._figures


def part_of(
    candidates: Sequence[Candidate],
    analyzer: Analyzer,
    own: Mapping[str, float],
    figures: ClusterFigures,
    deadline: Deadline = NO_DEADLINE,
) -> Matcher:
    """Return what looks into some articles; its documents are theirs, in their order."""
    builder = SegmentBuilder(analyzer, own=tuple(own))
    for candidate in candidates:
        builder.add(candidate.id, candidate.record)
    builder.end_batch()
    segments = [SegmentInfo("part", len(candidates))] if candidates else []
    with tempfile.TemporaryDirectory(prefix="searchlib-") as name:
        folder = Path(name)
        for segment in segments:
            builder.write(segment.path_in(folder), is_kept=False)
        snapshot = _PartSnapshot(folder, Manifest(segments, 0, fields=own), figures)
    return _PartMatcher(snapshot, analyzer, deadline, figures)
