"""A query without answer may have been meant as a verb or a field: the one that is spelt like it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from searchlib import QUERY_FIELDS
from searchlib.cli.messages import tell
from searchlib.cli.quantities import count_of
from searchlib.cli.verb_names import VERBS
from searchlib.lazy import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from searchlib import Index

_FIELD = lazy_pattern(r"(?<!\S)[-+－＋（(]*([^\W\d]+)[:：]")
_FILTER = lazy_pattern(r"(?<!\S)([^\W\d]\w*)[:：]([^\s:：]\S*)")
_VERB_LIKENESS, _FIELD_LIKENESS, _HAN_LIKENESS = 0.75, 0.7, 0.5


def hints(query: str, missing: Collection[str] | None, own: Collection[str] = ()) -> Iterator[str]:
    """
    Yield what was probably meant.

    Args:
        query: As it was typed, the verb with it.
        missing: The words that the answer leaves out; None when nothing was found.
        own: The names of the index's own fields.

    >>> list(hints("kwik 小区", ["kwik"])), list(hints("作家:刘慧", None))
    (['kwik is no verb; did you mean: search kwic'], ['作家 is no field; did you mean: 作者:'])
    """
    first = query.split(maxsplit=1)[:1]
    if first and first[0].isascii() and (missing is None or first[0] in missing):
        for verb in get_close_matches(first[0].lower(), VERBS, 1, _VERB_LIKENESS):
            if first[0] != verb:
                yield tell("{} is no verb; did you mean: search {}", first[0], verb)
    fields = [*QUERY_FIELDS, *own]
    for name in dict.fromkeys(_FIELD.findall(query)):
        if name.lower() in {field.lower() for field in fields} or not (missing is None or name in missing):
            continue
        likeness = _FIELD_LIKENESS if name.isascii() else _HAN_LIKENESS
        for field in get_close_matches(name.lower(), fields, 1, likeness):
            yield tell("{} is no field; did you mean: {}:", name, field)


def filters_meant(query: str, index: Index) -> Iterator[str]:
    """Yield how to filter by a key of records, where `NAME:VALUE` of a query is one and its value."""
    own = {field.casefold() for field in index.fields}
    for name, value in _FILTER.findall(query):
        if name.casefold() in own:
            continue
        total = index.search("", where={f"extra.{name}": value}, limit=0).total
        if total:
            articles = count_of(total, "article")
            yield tell("{} with this as a key of the record: --where extra.{}={}", articles, name, value)
