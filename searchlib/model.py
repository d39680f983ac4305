"""
The records that travel between the rooms: frozen, plain, made once and never changed.

Offsets are code points, half-open `[start, end)`, into the text as it was given.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date as calendar_date
from typing import Any, Literal

from searchlib.errors import CorpusError
from searchlib.frozen import dataclass, field, replace
from searchlib.lazy import lazy_pattern
from searchlib.message import Message

Span = tuple[int, int]
"""Code points `[start, end)` of a text."""

Kind = Literal["article", "brief", "photo_caption", "furniture"]
"""What an article of a page is; `furniture` is what belongs to the page and to none of its articles."""

FURNITURE: Kind = "furniture"
"""The kind under which the furniture of a page is kept, and found only when asked for."""

TEXT_FIELDS = (
    "headline",
    "overline",
    "subtitle",
    "column",
    "sections",
    "body",
    "byline",
    "dateline",
    "authors",
    "publication",
)
"""The parts of an article in which words are looked for, in the order in which they are shown."""

OWN = "extra."
"""What the name of a field of one's own begins with: `extra.tags` is the key `tags` of `Article.extra`."""

ALIASES = {"title": "headline", "content": "body", "text": "body", "author": "authors"}
"""Keys of records that are read as another field."""
_LISTS = ("sections", "authors")
_LONG_BODY = 1 << 16
_CUT = "\0body\0"


@dataclass(frozen=True, slots=True)
class Article:
    """
    One article, brief or photo caption.

    `body` keeps its paragraphs apart with a line feed. `overline` is above
    the headline (引题), `subtitle` below it (副题), `column` is the slug of a
    regular feature (栏目), `sections` are heads inside the body. `byline` and
    `dateline` are as printed. `date` is `2024-08-09`, shorter when less is
    known, or `--08-09` when the year is not stated. `spans` are the disjoint
    ranges of the source that the article takes. `extra` holds what a record
    said besides. `record_id` is the id that a record had in its file, whose
    articles have ids that begin with the file.

    A number is taken as its text, and one author for a list of one; what no field can hold
    is a TypeError.
    """

    id: str = ""
    headline: str = ""
    body: str = ""
    overline: str = ""
    subtitle: str = ""
    column: str = ""
    sections: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    byline: str = ""
    dateline: str = ""
    date: str | None = None
    publication: str = ""
    page: str = ""
    kind: str = "article"
    source: str = ""
    spans: tuple[Span, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    record_id: str = ""

    def __post_init__(self) -> None:
        """See that each field holds what it is declared to hold: records by the million pass here."""
        if not (
            type(self.id) is type(self.headline) is type(self.body) is type(self.overline) is str
            and type(self.subtitle) is type(self.column) is type(self.byline) is type(self.dateline) is str
            and type(self.publication) is type(self.page) is type(self.kind) is type(self.source) is str
            and (self.date is None or type(self.date) is str)
        ):
            for name in _TEXTS:
                if name != "date" or self.date is not None:
                    self._coerce(name)
        if not (_are_texts(self.sections) and _are_texts(self.authors)):
            for name in _LISTS:
                self._coerce(name)
        if not _are_spans(self.spans):
            self._coerce("spans")
        if not isinstance(self.extra, Mapping):
            raise TypeError(f"Article: 'extra' is a {type(self.extra).__name__}, not a mapping")

    def _coerce(self, name: str) -> None:
        try:
            object.__setattr__(self, name, _convert(name, getattr(self, name), "Article"))
        except CorpusError as error:
            raise TypeError(str(error)) from None

    @classmethod
    def from_mapping(cls, record: Mapping[str, Any], *, source: str = "record") -> Article:
        """
        Take a record as it is.

        `title` is read as `headline`, `content` or `text` as `body`, `author` as
        `authors`; a number becomes text; keys that an article does not have go
        to `extra`.

        Args:
            source: What an error message calls the record.

        Raises:
            CorpusError: A value has a type that its field cannot hold.

        >>> Article.from_mapping({"title": "冬捕", "content": "查干湖", "stars": 3}).extra["stars"]
        3
        """
        if not isinstance(record, Mapping):
            raise TypeError(f"a record is a mapping, not a {type(record).__name__}")
        if not isinstance(source, str):
            raise TypeError(f"source is a {type(source).__name__}, not a text")
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for key, value in record.items():
            name = ALIASES.get(key, key)
            if name not in _FIELD_NAMES or (name != key and name in record):
                extra[_key_text(key, source)] = value
            elif type(value) is str and name in _TEXT_NAMES:
                values[name] = value
            elif name == "extra":
                if not isinstance(value, Mapping):
                    raise CorpusError(source, Message("'extra' is a {}, not a mapping", type(value).__name__))
                extra.update(value)
            elif value is not None:
                values[name] = _convert(name, value, source)
        return cls(**values, extra=extra)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain lists, strings and dicts, ready for JSON."""
        record = {name: getattr(self, name) for name in _FIELDS}
        record["sections"] = list(self.sections)
        record["authors"] = list(self.authors)
        record["spans"] = [list(span) for span in self.spans]
        record["extra"] = dict(self.extra)
        return record

    def with_id(self) -> Article:
        """Return the article itself when it has an id, else with one made of its content."""
        if self.id:
            return self
        from hashlib import blake2b  # noqa: PLC0415 (2 ms, which no query needs)

        found = blake2b(digest_size=8)
        for content in self._content():
            found.update(content.encode())
        return replace(self, id=found.hexdigest())

    def _content(self) -> Iterator[str]:
        """Yield the article as JSON, a long body a part at a time: in ASCII it takes six times the memory."""
        record = self.to_dict()
        if len(self.body) > _LONG_BODY:
            content = json.dumps({**record, "body": _CUT}, ensure_ascii=True, sort_keys=True, default=str)
            before, *after = content.split(json.dumps(_CUT)[1:-1])
            if len(after) == 1:
                yield before
                for start in range(0, len(self.body), _LONG_BODY):
                    yield json.dumps(self.body[start : start + _LONG_BODY])[1:-1]
                yield after[0]
                return
        yield json.dumps(record, ensure_ascii=True, sort_keys=True, default=str)

    def _repr_html_(self) -> str:
        """Return the article as HTML for a notebook: headline, facts, paragraphs."""
        from html import escape  # noqa: PLC0415 (not for a terminal)

        head = escape(self.headline or self.kind)
        body = "".join(f"<p>{escape(text)}</p>" for text in self.body.split("\n") if text.strip())
        return f"<article><h4>{head}</h4><small>{escape(facts_of(self))}</small>{body}</article>"

    def __str__(self) -> str:
        """Return the article as one reads it: headline, facts, body."""
        return "\n".join(part for part in (self.headline, facts_of(self), self.body) if part)

    def facts(self) -> tuple[str, ...]:
        """
        Return what is known of where and when the article appeared, and who wrote it.

        These are the newspaper, the date, the page and the authors, as a person reads them; of a date without
        its year month and day, not `--08-09`.

        >>> Article(publication="松原日报", date="--12-29", authors=["刘慧", "李明"]).facts()
        ('松原日报', '12-29', '刘慧 李明')
        """
        date = (self.date or "").lstrip("-")
        known = (self.publication, date, self.page, " ".join(self.authors))
        return tuple(fact for fact in known if fact)

    def texts(self, name: str) -> tuple[str, ...]:
        """
        Return the texts of one field of `TEXT_FIELDS`, or of a key of `extra`; none when it is empty.

        >>> Article(extra={"tags": ["民航", "机场"], "stars": 3}).texts("extra.tags")
        ('民航', '机场')
        """
        if name.startswith(OWN):
            return texts_of_value(self.extra.get(name.removeprefix(OWN)))
        value = getattr(self, name)
        if isinstance(value, tuple):
            return value
        return (value,) if value else ()


def texts_of_value(value: object) -> tuple[str, ...]:
    """
    Return the texts of a value of `extra`: of a list each item, numbers as they are written, nothing else.

    >>> texts_of_value(["民航", 5, None, {"a": "b"}]), texts_of_value("首都 机场"), texts_of_value(True)
    (('民航', '5'), ('首都 机场',), ())
    """
    items = value if isinstance(value, (list, tuple)) else (value,)
    texts = (item if isinstance(item, str) else _number(item) for item in items)
    return tuple(text for text in texts if text)


def _number(value: object) -> str:
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def facts_of(article: Article) -> str:
    """Return where and when an article appeared, who wrote it, and its id."""
    return " · ".join(part for part in (*article.facts(), article.id) if part)


def reading_order(article: Article) -> tuple[Any, ...]:
    """Return by what the articles of one page are put in reading order: their places, else their numbers."""
    places = tuple(article.spans[:1])
    parts = _NUMBERS.split(article.id)
    numbered = tuple(int(part) if place % 2 else part for place, part in enumerate(parts))
    return (not places, places, numbered)


_NUMBERS = lazy_pattern(r"([0-9]{1,18})")
_FIELDS: tuple[str, ...] = Article.__match_args__
_FIELD_NAMES = frozenset(_FIELDS)
_TEXTS = tuple(sorted(_FIELD_NAMES - {*_LISTS, "spans", "extra"}))
_TEXT_NAMES = frozenset(_TEXTS)


def _key_text(key: object, source: str) -> str:
    try:
        return str(key)
    except Exception as error:  # such as of a number with thousands of digits
        said = Message("a key is a {}, which cannot be written as text", type(key).__name__)
        raise CorpusError(source, said) from error


def _are_texts(value: Any) -> bool:
    return type(value) is tuple and (not value or {*map(type, value)} == {str})


def _are_spans(value: Any) -> bool:
    return type(value) is tuple and all(type(span) is tuple and _is_span(*span) for span in value)


def _is_span(start: Any = None, end: Any = None, *others: Any) -> bool:
    """Return whether there are two places and nothing else."""
    return (
        not others
        and type(start) is type(end) is int
        and 0 <= start <= sys.maxsize
        and 0 <= end <= sys.maxsize
    )


def _convert(name: str, value: Any, source: str) -> Any:
    """Bring a record's value to the type of its field, or say why it cannot be."""
    if name in _LISTS:
        items = [value] if isinstance(value, (str, int, float)) else value
        if isinstance(items, Iterable) and not isinstance(items, (Mapping, bytes)):
            return tuple(_text(name, item, source) for item in items if item is not None)
        raise CorpusError(
            source, Message("{} is a {}, not a text or a list of texts", repr(name), type(value).__name__)
        )
    if name == "spans":
        try:
            return tuple((_place(start), _place(end)) for start, end in value)
        except (TypeError, ValueError, OverflowError) as error:
            raise CorpusError(source, "'spans' is not a list of [start, end) pairs") from error
    return _text(name, value, source)


def _place(value: Any) -> int:
    """Return a code point's number; JSON may write it as 3.0."""
    if type(value) is int and 0 <= value <= sys.maxsize:
        return value
    place = int(value)
    if place != value or isinstance(value, (bool, str)) or not 0 <= place <= sys.maxsize:
        raise ValueError(value)
    return place


def _text(name: str, value: Any, source: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, calendar_date):  # datetimes too
        return value.isoformat()[:10]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return str(value)
        except ValueError as error:  # Python writes no int of more than 4,300 digits
            raise CorpusError(
                source, Message("{} is a number of too many digits, not a text", repr(name))
            ) from error
    raise CorpusError(source, Message("{} is a {}, not a text", repr(name), type(value).__name__))


@dataclass(frozen=True, slots=True)
class Token:
    """
    One word as the analyzer sees it.

    `text` is folded (width, case, script); `start` and `end` tell which code
    points of the analysed text it covers. `position` counts words, not
    characters; a unit such as `5G` comes whole with `position_length` 2, then
    in its parts.
    """

    text: str
    start: int
    end: int
    position: int
    position_length: int = 1
