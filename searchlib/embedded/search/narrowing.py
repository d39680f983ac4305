"""What filters let through, and an order by dates or a key, as the kernel takes them; kept with a commit."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from searchlib.arrays import I64, np
from searchlib.embedded.search.where import passing
from searchlib.engine.filters import Range, Wanted, spellings
from searchlib.engine.request import Narrowed
from searchlib.native import engine

if TYPE_CHECKING:
    from searchlib.embedded.store.snapshot import Snapshot
    from searchlib.native import _kernel

_MOST_KEPT = 16
"""Maximum number of filters, a byte a document, and orders, four bytes, that stay with a commit."""
_LAST = 0xFFFFFFFF

_Made = TypeVar("_Made")


class Within(NamedTuple):
    """What the kernel is asked beside a query; None where it is not."""

    passing: _kernel.Passing | None = None
    order: _kernel.Order | None = None
    check: Callable[[int], object] | None = None
    """Called before texts are read, with their number; raises when it is time to end."""


EVERYTHING = Within()


def within(snapshot: Snapshot, narrowed: Narrowed) -> Within:
    """
    Return what filters, order and deadline come to in a commit.

    Raises:
        ConfigError: It is sorted by a key that no article has.
    """
    kernel = engine().kernel
    if kernel is None:
        return EVERYTHING
    check = narrowed.deadline.check if narrowed.deadline.is_bounded else None
    return Within(_passing(kernel, snapshot, narrowed), _order(kernel, snapshot, narrowed.sort), check)


def _passing(kernel: ModuleType, snapshot: Snapshot, narrowed: Narrowed) -> _kernel.Passing | None:
    if not narrowed.filters:
        return None
    key = (narrowed.since, narrowed.until, frozenset(map(_key_of, narrowed.where.items())))

    def make() -> _kernel.Passing:
        each = np.zeros(snapshot.size, np.uint8)
        each[passing(narrowed, snapshot)] = 1
        made: _kernel.Passing = kernel.Passing(each)
        return made

    return _keep(snapshot, key, make)


def _key_of(item: tuple[str, Wanted]) -> Hashable:
    """Return what one filter asks, the same for the same: a `Range`, or how its values may be written."""
    key, wanted = item
    if isinstance(wanted, Range):
        return key, frozenset(wanted.ends.items())
    return key, frozenset(text for value in wanted for text in spellings(value)), None


def _order(kernel: ModuleType, snapshot: Snapshot, sort: str) -> _kernel.Order | None:
    if sort == "relevance":
        return None

    def make() -> _kernel.Order:
        keys = np.ascontiguousarray(_keys(snapshot, sort), np.uint32)
        if len(keys) != snapshot.size:
            raise IndexError("there are not as many dates as documents")  # of a forged file
        made: _kernel.Order = kernel.Order(keys)
        return made

    return _keep(snapshot, sort, make)


def _keys(snapshot: Snapshot, sort: str) -> I64:
    """Return a number for each document; the least come first."""
    if sort not in {"newest", "oldest"}:
        return snapshot.key_ranks(sort)
    dates = snapshot.dates
    return _LAST - dates if sort == "newest" else np.where(dates == 0, _LAST, dates)


def _keep(snapshot: Snapshot, key: Hashable, make: Callable[[], _Made]) -> _Made:
    """Return what was made before for a key, or make it; when there are too many, all are let go."""
    kept = snapshot.narrowings
    found = kept.get(key)
    if found is None:
        found = make()
        if len(kept) >= _MOST_KEPT:
            kept.clear()
        kept[key] = found
    made: _Made = found
    return made
