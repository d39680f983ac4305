"""Articles in the order of a key of their own: value by value, those without the key last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from searchlib.engine.key_order import Rank, rank_of
from searchlib.errors import BackendError
from searchlib.message import Message
from searchlib.opensearch.clauses import MATCH_ALL, Clause, FoundClauses, all_of, none_of, term
from searchlib.opensearch.client import NAME
from searchlib.opensearch.counting import MOST_VALUES, no_such_key, value_shown, values_of_key
from searchlib.opensearch.finding import BY_ID, Candidate, Finder, Judge
from searchlib.opensearch.mapping import KEYS, VALUES
from searchlib.opensearch.translation import any_of_terms
from searchlib.stored_values import VALUE_SEPARATOR, stored_values

_AT_ONCE = 500
"""Articles of several values that are ordered here together."""

Ranked = tuple[Rank, str, int]
"""A value's rank, its term, and how many articles have it."""


def in_key_order(
    finder: Finder, order: str, found: FoundClauses, within: Clause, judge: Judge
) -> Iterator[Candidate]:
    """
    Yield the articles that match, by a key: `extra.KEY`, ascending, or `-extra.KEY`.

    Of several values the first in that order counts; equal values go by id.

    Raises:
        ConfigError: No article has the key, though there are articles.
        BackendError: It has too many values.
    """
    key = order.removeprefix("-")
    terms = list(values_of_key(finder, key, all_of([found.possible, within])))
    if len(terms) > MOST_VALUES:
        cure = Message("sort by date, or narrow the search")
        raise BackendError(
            NAME, Message("{} has more than {} values among what is found: {}", key, f"{MOST_VALUES:,}", cure)
        )
    if not terms and next(values_of_key(finder, key, MATCH_ALL), None) is None and finder.count(MATCH_ALL):
        raise no_such_key(finder, order)
    ranks: list[Ranked] = [(rank_of(value_shown(finder, value)), value, count) for value, count in terms]
    ranks.sort(key=itemgetter(0), reverse=order.startswith("-"))
    ranks.sort(key=lambda one: one[0][0])  # numbers come first, whichever way
    place_of: dict[str, int] = {}
    groups: list[list[Ranked]] = []
    for place, (_, same) in enumerate(groupby(ranks, key=itemgetter(0))):
        groups.append(list(same))
        place_of.update((value, place) for _, value, _ in groups[-1])
    for first, last in _batches(groups):
        values = [value for group in groups[first:last] for _, value, _ in group]
        matching = finder.matching(found, all_of([within, any_of_terms(VALUES, values)]), judge, BY_ID)
        placed = ((_place(one, key, place_of), one) for one in matching)
        here: Iterable[tuple[int, Candidate]] = ((place, one) for place, one in placed if place >= first)
        if last - first > 1:
            here = sorted(here, key=itemgetter(0))  # they come by their ids
        yield from (one for _, one in here)
    yield from finder.matching(found, all_of([within, none_of([term(KEYS, key)])]), judge, BY_ID)


def _batches(groups: Sequence[Sequence[Ranked]]) -> Iterator[tuple[int, int]]:
    """Yield where rows of values begin and end that few articles have, or one that many have."""
    first, count = 0, 0
    for place, group in enumerate(groups):
        size = sum(held for _, _, held in group)
        if place > first and count + size > _AT_ONCE:
            yield first, place
            first, count = place, 0
        count += size
    if groups:
        yield first, len(groups)


def _place(candidate: Candidate, key: str, place_of: dict[str, int]) -> int:
    """Return the place of the first of an article's values."""
    values = (one for one in stored_values(candidate.article) if one.partition(VALUE_SEPARATOR)[0] == key)
    return min((place_of[value] for value in values if value in place_of), default=-1)
