"""Which documents pass the filters of a request: on stored values from postings alone, and by their dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from searchlib.dates import numbers_between
from searchlib.embedded.codec import schema
from searchlib.embedded.store.docsets import Docs, both, either
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.engine.filters import Range, Wanted, scalar_of, spellings
from searchlib.engine.request import Narrowed
from searchlib.stored_values import value_term


def passing(narrowed: Narrowed, snapshot: Snapshot) -> Docs | None:
    """Return the documents that pass all filters; None when there are no filters."""
    kept = passing_where(narrowed.where, snapshot)
    if not narrowed.is_ranged:
        return kept
    dated = in_range(narrowed.since, narrowed.until, snapshot)
    return dated if kept is None else both(dated, kept)


def in_range(since: str | None, until: str | None, snapshot: Snapshot) -> Docs:
    """Return the documents dated between two prefixes of ISO dates, both inclusive."""
    first, last = numbers_between(since, until)
    dates = snapshot.dates[snapshot.docs]
    return snapshot.docs[(dates >= first) & (dates <= last)]


def passing_where(where: Mapping[str, Wanted], snapshot: Snapshot) -> Docs | None:
    """Return the documents that pass the filters on stored values; None when there are no filters."""
    kept: Docs | None = None
    for key, wanted in where.items():
        docs = _docs_of(key, wanted, snapshot)
        kept = docs if kept is None else both(kept, docs)
    return kept


def _docs_of(key: str, wanted: Wanted, snapshot: Snapshot) -> Docs:
    """Return the documents that hold one of some values, or a value of a range."""
    if isinstance(wanted, Range):
        return snapshot.holders(key, _holds(wanted))
    terms = dict.fromkeys(value_term(key, text) for value in wanted for text in spellings(value))
    return either(snapshot.postings(schema.STORED_VALUES, term)[0] for term in terms)


def _holds(wanted: Range) -> Callable[[str], bool]:
    return lambda text: wanted.holds(scalar_of(text))
