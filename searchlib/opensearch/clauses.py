"""Queries in the cluster's language, as plain data: the few forms that trees are written with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

Clause = dict[str, Any]

MATCH_ALL: Clause = {"match_all": {}}
MATCH_NONE: Clause = {"match_none": {}}


class FoundClauses(NamedTuple):
    """What may match a tree, and what of it surely does; the texts of those between must be read."""

    possible: Clause
    sure: Clause

    @property
    def is_known(self) -> bool:
        """Whether nothing has to be read."""
        return self.possible == self.sure


def as_known(clause: Clause) -> FoundClauses:
    """Return what the cluster answers exactly."""
    return FoundClauses(clause, clause)


def term(field: str, value: str) -> Clause:
    """Return what asks for one term of a field."""
    return {"term": {field: value}}


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Return what asks for all of some."""
    wanted = [clause for clause in clauses if clause != MATCH_ALL]
    if MATCH_NONE in wanted:
        return MATCH_NONE
    if len(wanted) <= 1:
        return wanted[0] if wanted else MATCH_ALL
    return {"bool": {"filter": wanted}}


def any_of(clauses: Iterable[Clause]) -> Clause:
    """Return what asks for one of some."""
    wanted = [clause for clause in clauses if clause != MATCH_NONE]
    if MATCH_ALL in wanted:
        return MATCH_ALL
    if len(wanted) <= 1:
        return wanted[0] if wanted else MATCH_NONE
    return {"bool": {"should": wanted, "minimum_should_match": 1}}


def none_of(clauses: Sequence[Clause]) -> Clause:
    """Return what asks for none of some."""
    wanted = [clause for clause in clauses if clause != MATCH_NONE]
    if MATCH_ALL in wanted:
        return MATCH_NONE
    return {"bool": {"must_not": wanted}} if wanted else MATCH_ALL


def at_least(least: int, clauses: Sequence[Clause]) -> Clause:
    """Return what asks for so many of some."""
    if least <= 0:
        return MATCH_ALL
    certain = sum(1 for clause in clauses if clause == MATCH_ALL)
    wanted = [clause for clause in clauses if clause not in (MATCH_ALL, MATCH_NONE)]
    if least <= certain:
        return MATCH_ALL
    if len(wanted) + certain < least:
        return MATCH_NONE
    return {"bool": {"should": wanted, "minimum_should_match": least - certain}}


def all_found(found: Iterable[FoundClauses]) -> FoundClauses:
    """Return what all of some trees find."""
    every = list(found)
    return FoundClauses(all_of(one.possible for one in every), all_of(one.sure for one in every))


def any_found(found: Iterable[FoundClauses]) -> FoundClauses:
    """Return what any of some trees finds."""
    every = list(found)
    return FoundClauses(any_of(one.possible for one in every), any_of(one.sure for one in every))


def not_found(found: FoundClauses) -> FoundClauses:
    """Return what a tree does not find."""
    return FoundClauses(none_of([found.sure]), none_of([found.possible]))
