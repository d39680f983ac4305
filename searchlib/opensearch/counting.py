"""The values that articles have for a key: facets, ranges, and orders by a key of one's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice, takewhile

from searchlib.engine.filters import Range, Wanted, scalar_of, spellings
from searchlib.errors import BackendError, ConfigError
from searchlib.message import Message
from searchlib.model import OWN
from searchlib.opensearch.clauses import MATCH_ALL, Clause, FoundClauses, all_of, term
from searchlib.opensearch.client import NAME
from searchlib.opensearch.finding import BY_ID, Finder, Judge
from searchlib.opensearch.mapping import KEYS, VALUES
from searchlib.opensearch.translation import any_of_terms
from searchlib.stored_values import VALUE_SEPARATOR, stored_values, value_of, value_term

_PAGE = 5000
MOST_VALUES = 65_000
"""Maximum number of values of a key that a range may hold: the cluster takes no more at once."""


def values_of_key(finder: Finder, key: str, clause: Clause, after: str = "") -> Iterator[tuple[str, int]]:
    """Yield the terms of a key that articles have which pass, in order, each with how many have it."""
    prefix = key + VALUE_SEPARATOR
    held = values_held(finder, VALUES, clause, prefix + after)
    return takewhile(lambda one: one[0].startswith(prefix), held)


def values_beginning(finder: Finder, key: str, beginning: str, most: int) -> Iterator[tuple[str, int]]:
    """Yield values of a key that begin with a text, each with how many articles have it."""
    prefix = key + VALUE_SEPARATOR
    for value, count in islice(values_of_key(finder, key, MATCH_ALL, after=beginning), most):
        if not value.startswith(prefix + beginning):
            return
        yield value.removeprefix(prefix), count


def facet(
    finder: Finder, key: str, found: FoundClauses, within: Clause, judge: Judge, *, most: int | None
) -> tuple[dict[str, int], int]:
    """
    Count the values of a key over all that match, the most frequent first, then by value.

    Returns:
        *most* of the values with their counts, and how many values there are in all.
    """
    counts = dict(values_of_key(finder, key, all_of([found.sure, within])))
    for candidate in finder.unsure(found, within, judge):
        for value in set(stored_values(candidate.article)):
            if value.partition(VALUE_SEPARATOR)[0] == key:
                counts[value] = counts.get(value, 0) + 1
    size = len(counts)
    if most is not None and most < size:
        least = sorted(counts.values(), reverse=True)[most - 1] if most else 0
        counts = {value: count for value, count in counts.items() if most and count >= least}
    shown = ((value_shown(finder, value), count) for value, count in counts.items())
    return dict(sorted(shown, key=lambda item: (-item[1], item[0]))[:most]), size


def value_shown(finder: Finder, term_of_value: str) -> str:
    """Return the value that a term stands for; a long one is read from an article that has it."""
    return value_of(term_of_value, lambda: finder.page(term(VALUES, term_of_value), 1, BY_ID)[0].article)


def passing(finder: Finder, where: Mapping[str, Wanted]) -> Clause:
    """
    Return what asks for all filters on stored values.

    Raises:
        BackendError: A range has too many values.
    """
    return all_of(_passing(finder, key, wanted) for key, wanted in where.items())


def _passing(finder: Finder, key: str, wanted: Wanted) -> Clause:
    if not isinstance(wanted, Range):
        return any_of_terms(
            VALUES,
            list(dict.fromkeys(value_term(key, text) for value in wanted for text in spellings(value))),
        )
    inside: list[str] = []
    for value, _ in values_of_key(finder, key, MATCH_ALL):
        if wanted.holds(scalar_of(value.partition(VALUE_SEPARATOR)[2])):
            inside.append(value)
            if len(inside) > MOST_VALUES:
                cure = Message("ask for a narrower one, or by since and until")
                raise BackendError(
                    NAME,
                    Message("more than {} values of {} are in the range: {}", f"{MOST_VALUES:,}", key, cure),
                )
    return any_of_terms(VALUES, inside)


def values_held(
    finder: Finder, field: str, clause: Clause = MATCH_ALL, after: str = ""
) -> Iterator[tuple[str, int]]:
    """Yield the terms of a field of whole values after one, in order, each with how many articles have it."""
    while True:
        sources = [{"value": {"terms": {"field": field}}}]
        composite = {"size": _PAGE, "sources": sources, **({"after": {"value": after}} if after else {})}
        aggregations = {"held": {"composite": composite}}
        answer = finder.ask({"size": 0, "track_total_hits": False, "query": clause, "aggs": aggregations})
        buckets = answer["aggregations"]["held"]["buckets"]
        for bucket in buckets:
            yield str(bucket["key"]["value"]), int(bucket["doc_count"])
        if len(buckets) < _PAGE:
            return
        after = str(buckets[-1]["key"]["value"])


def own_keys(finder: Finder) -> list[str]:
    """Return the keys of their own that articles have, `extra.KEY`."""
    held = (key for key, _ in values_held(finder, KEYS, after=OWN))
    return list(takewhile(lambda key: key.startswith(OWN), held))


def no_such_key(finder: Finder, order: str) -> ConfigError:
    """Return the error of an order by a key that no article has."""
    known = ", ".join(own_keys(finder)) or "none: no article has keys of its own"
    return ConfigError("sort", order, Message("a key that some article has ({})", known))
