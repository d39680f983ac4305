"""Which documents pass the filters on stored values, from postings alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from searchlib.embedded.codec import schema
from searchlib.embedded.store.docsets import Docs, both, either
from searchlib.embedded.store.snapshot import Snapshot
from searchlib.engine.filters import Range, Wanted, scalar_of, spellings
from searchlib.stored_values import value_term


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
