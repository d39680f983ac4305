"""
Records to articles: which objects of a JSON value are articles, and which of their keys is which field.

`FieldMap` is what `map=` and `--map` say. Without one the keys of an article
and their aliases are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from searchlib.errors import ConfigError, CorpusError
from searchlib.model import Article

_BODY_KEYS = frozenset({"body", "content", "text"})
_HEADLINE_KEYS = frozenset({"headline", "title"})
_OTHERS = frozenset(Article.__dataclass_fields__) - {"spans", "extra"} | {"author"}
_NAMES = _BODY_KEYS | _HEADLINE_KEYS | _OTHERS
_EXTRA = "extra."
_LISTS = frozenset({"authors", "author", "sections"})
_MISSING = object()


class FieldMap:
    """
    Where a record keeps the fields of an article: `{"headline": "标题", "body": "data.content"}`.

    A key that holds no such name is a path into the objects inside the record;
    through a list it leads to each of its items.

    Raises:
        ConfigError: A name is no field of an article.
    """

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        if fields is not None and not isinstance(fields, Mapping):
            raise TypeError(f"map is a {type(fields).__name__}, not a mapping such as {{'headline': '标题'}}")
        self.fields = dict(fields or {})
        for name, key in self.fields.items():
            if not isinstance(name, str):
                raise TypeError(f"a field that map names is a {type(name).__name__}, not a str")
            if name not in _NAMES and not (name.startswith(_EXTRA) and name != _EXTRA):
                allowed = f"a field of an article ({', '.join(sorted(_NAMES))}) or extra.NAME"
                raise ConfigError("map", name, allowed)
            if not isinstance(key, str) or not key:
                raise ConfigError("map", {name: key}, "each field is given the name of a record's key")

    def applied(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """
        Return a record under the names of an article.

        >>> FieldMap({"body": "data.正文"}).applied({"data": {"正文": "甲", "页": 3}})
        {'data': {'页': 3}, 'body': '甲'}
        """
        if not self.fields:
            texts = {name: "\n".join(record[name]) for name in _BODY_KEYS if _are_texts(record.get(name))}
            return {**record, **texts} if texts else record
        rest: Any = record
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for name, key in self.fields.items():
            found = _found(record, key)
            if found is _MISSING or found is None:
                continue
            rest = _without(rest, key)
            if name.startswith(_EXTRA):
                extra[name.removeprefix(_EXTRA)] = found
            else:
                values[name] = _flat(name, found)
        extra |= {key: rest[key] for key in rest if key in values}
        kept = {key: value for key, value in rest.items() if key not in values}
        return {**kept, **values, **({"extra": {**_mapping(kept.get("extra")), **extra}} if extra else {})}

    def has_body(self, record: Mapping[str, Any]) -> bool:
        """Tell whether a record has what is an article's body."""
        return self._has(record, _BODY_KEYS)

    def has_headline(self, record: Mapping[str, Any]) -> bool:
        """Tell whether a record has what is an article's headline."""
        return self._has(record, _HEADLINE_KEYS)

    def _has(self, record: Mapping[str, Any], names: frozenset[str]) -> bool:
        mapped = [self.fields[name] for name in names if name in self.fields]
        if mapped:
            return any(_found(record, key) is not _MISSING for key in mapped)
        return not names.isdisjoint(record)

    def names_columns(self, header: list[str]) -> bool:
        """Tell whether the first row of a table has a headline or a body."""
        row = dict.fromkeys(header, "")
        return self.has_body(row) or self.has_headline(row)

    def wanted(self) -> str:
        """Say which keys make an article."""
        names = [self.fields[name] for name in (*_HEADLINE_KEYS, *_BODY_KEYS) if name in self.fields]
        return " nor ".join(map(repr, sorted(names))) if names else "'headline' nor 'body'"


def records_in(value: Any, fields: FieldMap) -> Iterator[Mapping[str, Any]]:
    """
    Yield the records of a JSON value at any depth, in their order.

    An object with a body is a record, and so is one with a headline that holds
    no records. In a list of records every object is one.
    """
    if isinstance(value, Mapping):
        if fields.has_body(value):
            yield value
            return
        inside = [record for each in value.values() for record in records_in(each, fields)]
        if not inside and fields.has_headline(value):
            inside = [value]
        yield from inside
    elif isinstance(value, list):
        are_records = any(isinstance(item, Mapping) and fields.has_body(item) for item in value)
        for number, item in enumerate(value, start=1):
            if are_records and not isinstance(item, Mapping):
                raise CorpusError("", f"record {number} is a {kind_of(item)}, not an object")
            yield from [item] if are_records else records_in(item, fields)


def kind_of(value: Any) -> str:
    """Name a JSON value as JSON does."""
    kinds = {dict: "object", list: "list", str: "string", bool: "truth value", type(None): "null"}
    return kinds.get(type(value), "number")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _found(value: Any, key: str) -> Any:
    """Return what stands at a key or a path of keys, the list of what stands there in a list's items."""
    if isinstance(value, list):
        items = [found for item in value if (found := _found(item, key)) is not _MISSING]
        return items or _MISSING
    if not isinstance(value, Mapping):
        return _MISSING
    if key in value:
        return value[key]
    for place, letter in enumerate(key):
        if letter == "." and key[:place] in value:
            found = _found(value[key[:place]], key[place + 1 :])
            if found is not _MISSING:
                return found
    return _MISSING


def _without(value: Any, key: str) -> Any:
    """Return a value without what stands at a key, and without objects that are then empty."""
    if isinstance(value, list):
        return [kept for item in value if (kept := _without(item, key)) not in ({}, [])]
    if not isinstance(value, Mapping):
        return value
    if key in value:
        return {name: item for name, item in value.items() if name != key}
    kept = dict(value)
    for place, letter in enumerate(key):
        head = key[:place]
        if letter == "." and head in value and _found(value[head], key[place + 1 :]) is not _MISSING:
            kept[head] = _without(value[head], key[place + 1 :])
            if kept[head] in ({}, []):
                del kept[head]
            break
    return kept


def _are_texts(value: Any) -> bool:
    """Tell whether a value is a list of texts: the paragraphs of a body."""
    return isinstance(value, list) and value != [] and all(isinstance(item, str) for item in value)


def _flat(name: str, value: Any) -> Any:
    """Make one text of a list of texts, a paragraph each, unless the field is a list itself."""
    if not isinstance(value, list):
        return value
    items = [
        deep for item in value for deep in (item if isinstance(item, list) else [item]) if deep is not None
    ]
    if name in _LISTS or not all(isinstance(item, (str, int, float)) for item in items):
        return items
    return "\n".join(map(str, items))
