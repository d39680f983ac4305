"""
The records that travel between the rooms: frozen, plain, made once and never changed.

Offsets are code points, half-open `[start, end)`, into the text as it was given.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date as calendar_date
from importlib import import_module
from typing import Any, Literal, NamedTuple, overload

from searchlib.errors import CorpusError, MissingExtraError

Span = tuple[int, int]
"""Code points `[start, end)` of a text."""

Kind = Literal["article", "brief", "photo_caption"]

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

    `body` keeps its paragraphs apart with a line feed. `overline` stands above
    the headline (引题), `subtitle` below it (副题), `column` is the slug of a
    regular feature (栏目), `sections` are heads inside the body. `byline` and
    `dateline` are as printed. `date` is `2024-08-09`, shorter when less is
    known, or `--08-09` when the year is not stated. `spans` are the disjoint
    ranges of the source that the article takes. `extra` holds what a record
    said besides.
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
        values: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for key, value in record.items():
            name = ALIASES.get(key, key)
            if name not in _FIELD_NAMES or (name != key and name in record):
                extra[str(key)] = value
            elif name == "extra":
                if not isinstance(value, Mapping):
                    raise CorpusError(source, f"'extra' is a {type(value).__name__}, not a mapping")
                extra.update(value)
            elif value is not None:
                values[name] = _coerced(name, value, source)
        return cls(**values, extra=extra)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain lists, strings and dicts, ready for JSON."""
        record = {f.name: getattr(self, f.name) for f in fields(self)}
        record["sections"] = list(self.sections)
        record["authors"] = list(self.authors)
        record["spans"] = [list(span) for span in self.spans]
        record["extra"] = dict(self.extra)
        return record

    def with_id(self) -> Article:
        """Return the article itself when it has an id, else with one made of its content."""
        if self.id:
            return self
        found = hashlib.blake2b(digest_size=8)
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
        return f"<article><h4>{head}</h4><small>{escape(_facts(self))}</small>{body}</article>"

    def __str__(self) -> str:
        """Return the article as one reads it: headline, facts, body."""
        return "\n".join(part for part in (self.headline, _facts(self), self.body) if part)

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


def _facts(article: Article) -> str:
    """Return where and when an article appeared, who wrote it, and its id."""
    date = (article.date or "").lstrip("-")  # --08-09: the year is not known
    parts = (article.publication, date, " ".join(article.authors), article.id)
    return " · ".join(part for part in parts if part)


_FIELD_NAMES = frozenset(f.name for f in fields(Article))


def _coerced(name: str, value: Any, source: str) -> Any:
    """Bring a record's value to the type of its field, or say why it cannot be."""
    if name in _LISTS:
        items = [value] if isinstance(value, (str, int, float)) else value
        if isinstance(items, Iterable) and not isinstance(items, (Mapping, bytes)):
            return tuple(_text(name, item, source) for item in items if item is not None)
        raise CorpusError(source, f"{name!r} is a {type(value).__name__}, not a text or a list of texts")
    if name == "spans":
        try:
            return tuple((int(start), int(end)) for start, end in value)
        except (TypeError, ValueError) as error:
            raise CorpusError(source, "'spans' is not a list of [start, end) pairs") from error
    return _text(name, value, source)


def _text(name: str, value: Any, source: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, calendar_date):  # datetimes too
        return value.isoformat()[:10]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    raise CorpusError(source, f"{name!r} is a {type(value).__name__}, not a text")


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


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of one stored field, with the places that matched."""

    text: str
    start: int = 0
    marks: tuple[Span, ...] = ()
    field: str = "body"

    def __str__(self) -> str:
        return self.text

    def to_html(self, tag: str = "mark") -> str:
        """Return the passage as HTML: everything escaped, the matches in `<mark>`."""
        from html import escape  # noqa: PLC0415 (not for a terminal)

        return self._rendered(escape, f"<{tag}>", f"</{tag}>")

    def to_ansi(self) -> str:
        """Return the passage for a terminal: the matches bold red, control characters taken out."""
        return self._rendered(printable, "\x1b[1;31m", "\x1b[0m")

    def _rendered(self, escape: Any, before: str, after: str) -> str:
        pieces = []
        done = 0
        for start, end in self.marks:
            pieces += [escape(self.text[done:start]), before, escape(self.text[start:end]), after]
            done = end
        pieces.append(escape(self.text[done:]))
        return "".join(pieces)


def printable(text: str) -> str:
    """Take the characters out of *text* that could steer a terminal; line feeds and tabs become spaces."""
    spaced = text.translate({9: " ", 10: " ", 13: " "})
    return "".join(c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Hit:
    """
    One article of an answer.

    `why` says in one line which words were found where. `headline_marks` are
    ranges of `headline`. `snippet` is the first of `snippets`, None when none
    was asked for. `reprints` are the others of its group, by date, when
    reprints were grouped.
    """

    id: str
    score: float
    article: Article
    why: str
    snippets: tuple[Snippet, ...] = ()
    headline_marks: tuple[Span, ...] = ()
    reprints: tuple[Hit, ...] = ()

    @property
    def headline(self) -> str:
        """The article's headline; empty for a caption without one."""
        return self.article.headline

    @property
    def snippet(self) -> Snippet | None:
        """The best passage, or None when no snippet was asked for or the article has no text."""
        return self.snippets[0] if self.snippets else None


class KwicLine(NamedTuple):
    """One place of a query in an article's field, with what stands before and behind it."""

    id: str
    field: str
    start: int
    before: str
    keyword: str
    after: str
    date: str | None


@dataclass(frozen=True, slots=True)
class Collocate:
    """
    A word that stands near the places of a query more often than by chance.

    `count` is how often, `left` and `right` are its parts before and behind the
    place, `frequency` is how often the word stands in all articles; `score` is the
    measure that was asked for.
    """

    text: str
    count: int
    left: int
    right: int
    frequency: int
    score: float


@dataclass(frozen=True, slots=True)
class TellingWord:
    """A word, how many of some articles have it, how many of all do, and the log-likelihood of that."""

    text: str
    articles: int
    of_all: int
    score: float


class Suggestion(NamedTuple):
    """Another query, why it is offered, and how many articles it finds."""

    query: str
    reason: str
    articles: int


@dataclass(frozen=True, slots=True)
class Results(Sequence[Hit]):
    """
    One page of an answer: `len()`, iteration and indexing are over this page.

    `total` counts all articles that match. `relaxed` is true when no article
    had every word; then `dropped` are the words left out. `suggestion` is
    another spelling that would find something, or None; `suggestion_reason`
    says what it changes, `suggestion_total` how many articles it finds.
    `facets` maps each
    field asked for to its values and their counts, most frequent first.
    `undated` counts articles that match but lie outside a date range only
    because their full date is not known.
    """

    hits: tuple[Hit, ...]
    total: int
    relaxed: bool = False
    dropped: tuple[str, ...] = ()
    suggestion: str | None = None
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    undated: int = 0
    took_ms: float = 0.0
    query: str = ""
    suggestion_reason: str | None = None
    suggestion_total: int = 0

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return the hits as plain dicts, for JSON or a table; `snippet` is the best passage as text."""
        return [
            {
                "id": hit.id,
                "score": hit.score,
                "headline": hit.headline,
                "date": hit.article.date,
                "publication": hit.article.publication,
                "authors": list(hit.article.authors),
                "kind": hit.article.kind,
                "source": hit.article.source,
                "snippet": str(hit.snippet) if hit.snippet else "",
                "why": hit.why,
            }
            for hit in self
        ]

    def to_pandas(self) -> Any:
        """
        Return the hits as a `pandas.DataFrame`, the rank as its index, from 1.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise MissingExtraError("to_pandas", "pandas", "pandas") from error
        rows = self.to_dicts()
        return pandas.DataFrame(rows, index=pandas.RangeIndex(1, len(rows) + 1, name="rank"))

    def _repr_html_(self) -> str:
        """Return the page as HTML for a notebook: everything escaped, the matches in `<mark>`."""
        from html import escape  # noqa: PLC0415 (not for a terminal)

        rows = [
            "<li><strong>"
            + Snippet(hit.headline or hit.id, marks=hit.headline_marks if hit.headline else ()).to_html()
            + f"</strong> <small>{escape(_facts(hit.article))}</small><br>"
            + (hit.snippet.to_html() if hit.snippet else "")
            + "</li>"
            for hit in self
        ]
        notes = [f"{len(self)} of {self.total:,}"]
        if self.relaxed:
            notes.append(f"without: {', '.join(self.dropped)}")
        if self.suggestion:
            notes.append(f"did you mean: {self.suggestion} ({self.suggestion_total:,})")
        note = escape(" · ".join(notes))
        return f"<div><p>{escape(self.query)} <small>{note}</small></p><ol>{''.join(rows)}</ol></div>"

    def __len__(self) -> int:
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    @overload
    def __getitem__(self, index: int) -> Hit: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hit, ...]: ...
    def __getitem__(self, index: int | slice) -> Hit | tuple[Hit, ...]:
        return self.hits[index]


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    A score and what it is made of: the `value` of a node is the sum of its parts' values.

    A node without `parts` is a leaf; its `description` carries the numbers of
    its formula.
    """

    value: float
    description: str
    parts: tuple[Explanation, ...] = ()

    def __str__(self) -> str:
        return "\n".join(self._lines(0))

    def _lines(self, depth: int) -> Iterator[str]:
        yield f"{'  ' * depth}{self.value:.4f}  {self.description}"
        for part in self.parts:
            yield from part._lines(depth + 1)  # noqa: SLF001 (its own class)

    def to_dict(self) -> dict[str, Any]:
        """Return the tree as nested dicts, ready for JSON."""
        return {
            "value": self.value,
            "description": self.description,
            "parts": [part.to_dict() for part in self.parts],
        }


class Skipped(NamedTuple):
    """A file or record that was not taken, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Repair:
    """
    What `Index.repair` did: articles that were whole, saved out of damaged files, and lost.

    `problems` are lines that say what was wrong.
    """

    kept: int = 0
    saved: int = 0
    lost: int = 0
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewWord:
    """A word that the dictionary does not have, how often it stands in the texts, and how sure that is."""

    text: str
    count: int
    score: float


@dataclass(frozen=True, slots=True)
class Report:
    """
    What a write did, in articles; `skipped` are files that could not be read, and records without text.

    `moved` are those articles of the added and updated whose file has only
    changed its name or place. `empty` counts articles that were taken though they have
    neither headline nor body, nor text in a field of the index's own.
    """

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()
    moved: int = 0
    empty: int = field(default=0, compare=False)
