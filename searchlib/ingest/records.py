"""
Records to articles: which objects of a JSON value are articles, and which of their keys is which field.

`FieldMap` is what `map=` and `--map` say. Without one the keys of an article
and their aliases are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from searchlib.errors import ConfigError, CorpusError
from searchlib.ingest.record_keys import field_of, is_plain, is_weak, keys_by_field
from searchlib.ingest.record_values import (
    authors_in,
    authors_of,
    date_of,
    is_prose,
    page_of,
    paragraphs_of,
    scalar_of,
    text_of,
)
from searchlib.message import Message
from searchlib.model import Article

_BODY_KEYS = frozenset({"body", "content", "text"})
_HEADLINE_KEYS = frozenset({"headline", "title"})
_OTHERS = frozenset(Article.__dataclass_fields__) - {"spans", "extra"} | {"author"}
_NAMES = _BODY_KEYS | _HEADLINE_KEYS | _OTHERS
_EXTRA = "extra."
_LISTS = frozenset({"authors", "author", "sections"})
_TEXT_ITEMS = (
    "headline",
    "overline",
    "subtitle",
    "column",
    "byline",
    "dateline",
    "publication",
    "page",
    "kind",
    "source",
    "id",
)
"""Fields of one short text each."""
_WRITERS = frozenset(
    {"reporter", "reporters", "journalist", "journalists", "记者", "通讯员", "記者", "通訊員"}
)
"""Keys that name some of the authors: all of them count."""
_LISTS_OF_RECORDS = frozenset(
    (
        *(
            "articles",
            "items",
            "data",
            "records",
            "news",
            "docs",
            "documents",
            "list",
            "hits",
            "results",
            "rows",
        ),
        *(
            "posts",
            "entries",
            "comments",
            "replies",
            "children",
            "文章",
            "列表",
            "新闻",
            "数据",
            "评论",
            "记录",
        ),
    )
)
"""Keys whose objects are articles of their own, or no part of the text."""
_NAMED = frozenset(Article.__dataclass_fields__) | {"title", "content", "text", "author"}
"""Keys that an article knows itself: a value that does not fit is an error."""
_MISSING = object()


class FieldMap:
    """
    Where a record keeps the fields of an article: `{"headline": "标题", "body": "data.content"}`.

    A key that holds no such name is a path into the objects inside the record;
    through a list it leads to each of its items. A field may be named for one
    kind of file only, as `csv:headline`.

    Raises:
        ConfigError: A name is no field of an article.
    """

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        if fields is not None and not isinstance(fields, Mapping):
            raise TypeError(f"map is a {type(fields).__name__}, not a mapping such as {{'headline': '标题'}}")
        self.fields = dict(fields or {})
        for said, key in self.fields.items():
            if not isinstance(said, str):
                raise TypeError(f"a field that map names is a {type(said).__name__}, not a str")
            name = _kind_and_name(said)[1]
            if name not in _NAMES and not (name.startswith(_EXTRA) and name != _EXTRA):
                allowed = f"a field of an article ({', '.join(sorted(_NAMES))}) or extra.NAME"
                raise ConfigError("map", name, allowed)
            if not isinstance(key, str) or not key:
                raise ConfigError("map", {said: key}, "each field is given the name of a record's key")

    def of_kind(self, suffix: str) -> FieldMap:
        """
        Return the map for one kind of file: `csv:body` counts for .csv alone, and before `body`.

        >>> FieldMap({"body": "正文", "csv:body": "文"}).of_kind(".csv").fields
        {'body': '文'}
        """
        said = [(*_kind_and_name(name), key) for name, key in self.fields.items()]
        general = {name: key for kind, name, key in said if not kind}
        own = {name: key for kind, name, key in said if kind and f".{kind}" == suffix}
        return FieldMap(general | own)

    def apply(self, record: Mapping[str, Any]) -> Mapping[str, Any]:
        """
        Return a record under the names of an article.

        >>> FieldMap({"body": "data.正文"}).apply({"data": {"正文": "甲", "页": 3}})
        {'data': {'页': 3}, 'body': '甲'}
        """
        if not self.fields:
            return name_fields(record)
        rest: Any = record
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for name, key in self.fields.items():
            found = _find(record, key)
            if found is _MISSING or found is None:
                continue
            rest = _without(rest, key)
            if name.startswith(_EXTRA):
                extra[name.removeprefix(_EXTRA)] = found
            else:
                values[name] = _flat(name, found)
        extra |= {key: rest[key] for key in rest if key in values}
        kept = {key: value for key, value in rest.items() if key not in values}
        known = {**name_fields(kept, taken=frozenset(map(_resolve_field, values))), **name_fields(values)}
        return {**known, **({"extra": {**_mapping(kept.get("extra")), **extra}} if extra else {})}

    def has_body(self, record: Mapping[str, Any], *, weakly: bool = False) -> bool:
        """Return whether a record has what is an article's body; *weakly* its summary counts too."""
        return self._has(record, _BODY_KEYS, "body", weakly=weakly)

    def has_headline(self, record: Mapping[str, Any]) -> bool:
        """Return whether a record has what is an article's headline."""
        return self._has(record, _HEADLINE_KEYS, "headline")

    def makes_article(self, record: Mapping[str, Any]) -> bool:
        """Return whether an object that is known to be a record says a headline, a body or a summary."""
        return self.has_body(record, weakly=True) or self.has_headline(record)

    def _has(
        self, record: Mapping[str, Any], names: frozenset[str], field: str, *, weakly: bool = False
    ) -> bool:
        mapped = [self.fields[name] for name in names if name in self.fields]
        if mapped:
            return any(_find(record, key) is not _MISSING for key in mapped)
        if any(_resolve_field(name) in {"headline", "body"} for name in self.fields):
            return not names.isdisjoint(record)  # another name would hide that the map's key is not there
        keys = keys_by_field(record).get(field, ())
        return any(
            (weakly or not is_weak(key)) and (key in _NAMED or _fits(field, record[key])) for key in keys
        )

    def names_columns(self, header: list[str]) -> bool:
        """
        Return whether the first row of a table has a headline or a body.

        Names with a word before them do not make a table one of articles, but count where others do.
        """
        plain = header if self.fields else filter(is_plain, header)
        return self.makes_article(dict.fromkeys(plain, ""))

    def say_keys(self) -> str:
        """Say which keys make an article."""
        names = [self.fields[name] for name in (*_HEADLINE_KEYS, *_BODY_KEYS) if name in self.fields]
        return " nor ".join(map(repr, sorted(names))) if names else "'headline' nor 'body'"


def name_fields(record: Mapping[str, Any], taken: frozenset[str] = frozenset()) -> dict[str, Any]:
    r"""
    Return a record under the names of an article, what it says of several authors or in paragraphs taken in.

    Args:
        taken: Fields that have a value already.

    >>> name_fields({"文章标题": "冬捕", "正文": ["甲", "乙"], "记者": "刘慧、王平", "字数": 2})
    {'字数': 2, 'headline': '冬捕', 'body': '甲\n乙', 'authors': ['刘慧', '王平']}
    """
    values: dict[str, Any] = {}
    used: set[str] = set()
    for field, keys in keys_by_field(record).items():
        if field in taken:
            continue
        for key in keys:
            value = record[key]
            if value in (None, "") or not (key in _NAMED or _fits(field, value)):
                continue
            if field == "authors":
                writers = [one for one in keys if one in _WRITERS] if key in _WRITERS else [key]
                _add_authors(values, record, writers, used)
            else:
                values[field] = _convert(field, value)
                used |= set() if is_weak(key) else {key}
            break
    if "authors" not in {*values, *taken} and (names := authors_in(values.get("byline"))):
        values["authors"] = names
    if "body" not in values and "body" not in taken and "headline" in {*values, *taken}:
        body, key = _find_body(record)
        if body:
            values["body"] = body
            used |= {key} if not isinstance(record[key], str) else set()
    rest = {
        key: value
        for key, value in record.items()
        if key not in used and not (key in values or (value in (None, "") and field_of(str(key)) is not None))
    }
    others = {key: record[key] for key in record if key in values and key not in used}
    if any(value not in (None, "") for value in others.values()):
        rest["extra"] = {**others, **_mapping(rest.get("extra"))}
    return {**rest, **values}


def _kind_and_name(said: str) -> tuple[str, str]:
    kind, colon, name = said.partition(":")
    return (kind.lower().lstrip("."), name) if colon and not kind.startswith(_EXTRA) else ("", said)


def _resolve_field(name: str) -> str:
    """Return the field of a map's name: `title` is the headline."""
    found = field_of(name) if name in _NAMED else None
    return found[0] if found else name


def _fits(field: str, value: Any) -> bool:
    """Return whether a value under another name can be what a field holds."""
    if field == "body":
        return text_of(value) is not None
    if field in _TEXT_ITEMS:
        return scalar_of(value) is not None
    if field == "authors":
        return bool(authors_of(value)[0])
    return not isinstance(value, bool)


def _convert(field: str, value: Any) -> Any:
    if field == "body" and isinstance(value, (list, dict)):
        text = text_of(value)
        return value if text is None else text
    if field == "date":
        return date_of(value)
    if field == "page" and isinstance(value, str):
        return page_of(value)
    if field in _TEXT_ITEMS and isinstance(value, (list, dict)):
        found = scalar_of(value)
        return value if found is None else found
    return value


def _add_authors(
    values: dict[str, Any], record: Mapping[str, Any], keys: Sequence[str], used: set[str]
) -> None:
    names: list[str] = []
    for key in keys:
        value = record[key]
        if not isinstance(value, (str, list, tuple, dict)):
            names += [value] if value is not None else []
            continue
        found, said = authors_of(value)
        names += found
        if said and not any(record.get(name) for name in ("byline", "署名")):
            values["byline"] = " ".join(filter(None, (values.get("byline", ""), said)))
    used.update(keys)
    values["authors"] = list(dict.fromkeys(names))


def _find_body(record: Mapping[str, Any]) -> tuple[str, str]:
    """Return the text of a record that has a headline alone: its paragraphs, else its longest prose."""
    lists = {
        key: text
        for key, value in record.items()
        if key.casefold() not in _LISTS_OF_RECORDS and (text := paragraphs_of(value))
    }
    if len(lists) == 1:
        return next((text, key) for key, text in lists.items())
    proses = [(len(value), key) for key, value in record.items() if field_of(key) is None and is_prose(value)]
    longest = max(proses, default=None)
    return (record[longest[1]], longest[1]) if longest else ("", "")


def records_in(value: Any, fields: FieldMap) -> Iterator[Mapping[str, Any]]:
    """
    Yield the records of a JSON value at any depth, in their order.

    An object with a body is a record, and so is one with a headline that holds
    no records but its own paragraphs. In a list of records every object is one.
    """
    if isinstance(value, Mapping):
        if fields.has_body(value):
            yield value
            return
        has_headline = fields.has_headline(value)
        inside = [record for each in value.values() for record in records_in(each, fields)]
        if has_headline and (not inside or _find_body(value)[0]):
            inside = [value]
        yield from inside
    elif isinstance(value, list):
        are_records = any(isinstance(item, Mapping) and fields.has_body(item) for item in value)
        for number, item in enumerate(value, start=1):
            if are_records and not isinstance(item, Mapping):
                raise CorpusError("", Message("record {} is a {}, not an object", number, kind_of(item)))
            yield from [item] if are_records else records_in(item, fields)


def kind_of(value: Any) -> str:
    """Name a JSON value as JSON does."""
    kinds = {dict: "object", list: "list", str: "string", bool: "truth value", type(None): "null"}
    return kinds.get(type(value), "number")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _find(value: Any, key: str) -> Any:
    """Return what is at a key or a path of keys, the list of what is there in a list's items."""
    if isinstance(value, list):
        items = [found for item in value if (found := _find(item, key)) is not _MISSING]
        return items or _MISSING
    if not isinstance(value, Mapping):
        return _MISSING
    if key in value:
        return value[key]
    for place, letter in enumerate(key):
        if letter == "." and key[:place] in value:
            found = _find(value[key[:place]], key[place + 1 :])
            if found is not _MISSING:
                return found
    return _MISSING


def _without(value: Any, key: str) -> Any:
    """Return a value without what is at a key, and without objects that are then empty."""
    if isinstance(value, list):
        return [kept for item in value if (kept := _without(item, key)) not in ({}, [])]
    if not isinstance(value, Mapping):
        return value
    if key in value:
        return {name: item for name, item in value.items() if name != key}
    kept = dict(value)
    for place, letter in enumerate(key):
        head = key[:place]
        if letter == "." and head in value and _find(value[head], key[place + 1 :]) is not _MISSING:
            kept[head] = _without(value[head], key[place + 1 :])
            if kept[head] in ({}, []):
                del kept[head]
            break
    return kept


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
