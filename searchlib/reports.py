"""What a write or a repair did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from searchlib.frozen import dataclass, field


class Skipped(NamedTuple):
    """A file or record that was not taken, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Repair:
    """
    What `Index.repair` did: articles that were whole, saved out of damaged files, and lost.

    `problems` are lines that say what was wrong.
    """

    kept: int = 0
    saved: int = 0
    lost: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """
    What a write did, in articles; `skipped` are files, and records of files, that could not be read,
    and records without text.

    `moved` are those articles of the added and updated whose file has only
    changed its name or place. `remarks` are on files that were read, but not
    as they should be. `passed_over` counts by suffix the files of folders that
    are of a kind that is not read. `empty` counts articles that were taken though they have
    neither headline nor body, nor text in a field of the index's own. `unsearched` counts the articles by
    the keys of their records in which Chinese text is kept, but not searched: they are no field of the index.
    """

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()
    moved: int = 0
    remarks: tuple[Skipped, ...] = ()
    passed_over: Mapping[str, int] = field(default_factory=dict, hash=False)
    empty: int = field(default=0, compare=False)
    unsearched: Mapping[str, int] = field(default_factory=dict, hash=False, compare=False)
