"""
What a search returns: results and hits; a hit computes its parts when they are asked for.

Ranking a hundred articles reads none of them. `Results` and `Hit` are plain records
all the same: they compare by value, can be pickled, copied and replaced, all of
which computes whatever was not yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, overload

from searchlib.errors import MissingExtraError, SearchlibError
from searchlib.frozen import dataclass, field
from searchlib.lazy_records import Computing, LazyRecord
from searchlib.model import OWN, Article, Span, facts_of
from searchlib.snippet import Snippet

if TYPE_CHECKING:
    from searchlib.findings import Suggestion

_SHOWN_CHARS = 40

_NOTHING_LEFT = Computing()


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[:_SHOWN_CHARS]}…"


@dataclass(frozen=True, repr=False)
class Hit(LazyRecord):
    """
    One article of an answer.

    `score` orders the hits of one query; scores of two queries cannot be compared.
    `why` says in one line which words were found where. `headline_marks` are
    ranges of `headline`. `missing` are the content words of the query that the
    article lacks. `snippet` is the first of `snippets`, None when none
    was asked for. `reprints` are the others of its group, by date, when
    reprints were grouped.

    `id`, `score` and `reprints` are there at once. In an answer of `Index.search`
    `article` and `headline` are read when they are first asked for, `why`, `snippets`,
    `headline_marks` and `missing` are computed then; `load` does all of it.
    """

    _LAZY = frozenset({"article", "why", "snippets", "headline_marks", "missing"})

    id: str
    score: float
    article: Article
    why: str
    snippets: tuple[Snippet, ...] = field(default_factory=tuple)
    headline_marks: tuple[Span, ...] = field(default_factory=tuple)
    reprints: tuple[Hit, ...] = ()
    missing: tuple[str, ...] = field(default_factory=tuple)

    @classmethod
    def of(cls, article_id: str, score: float, source: HitSource, **known: object) -> Hit:
        """Return a hit whose other parts are computed when they are asked for."""
        hit: Hit = cls._with_source(source, id=article_id, score=score, **known)
        return hit

    @classmethod
    def list_hits(
        cls, hits: Iterable[tuple[int, float, str]], source: Callable[[int], HitSource]
    ) -> tuple[Hit, ...]:
        """Return hits of number, score and id; *source* makes of a number what computes the rest."""
        found = []
        make = object.__new__
        for number, score, article_id in hits:
            hit = make(cls)
            own = hit.__dict__
            own["id"], own["score"], own["_source"] = article_id, score, (source, number)
            found.append(hit)
        return tuple(found)

    @property
    def headline(self) -> str:
        """The article's headline; empty for a caption without one."""
        return self.article.headline

    @property
    def snippet(self) -> Snippet | None:
        """The best passage, or None when no snippet was asked for or the article has no text."""
        return self.snippets[0] if self.snippets else None

    def headline_html(self, tag: str = "mark") -> str:
        """Return the headline as HTML: everything escaped, the matches in `<mark>`, as `Snippet.to_html`."""
        return Snippet(self.headline, marks=self.headline_marks).to_html(tag)

    def load(self) -> Hit:
        """Read and compute everything now, and return the hit itself."""
        for one in self.reprints:
            one.load()
        self._compute_all()
        return self

    def __repr__(self) -> str:
        try:
            headline = self.headline
        except (SearchlibError, OSError):  # a log line must not fail because the index is gone
            return f"Hit(id={self.id!r}, score={self.score:.4g})"
        return f"Hit(id={self.id!r}, score={self.score:.4g}, headline={_shorten(headline)!r})"


class HitSource(Protocol):
    """What computes the lazy parts of one hit."""

    @property
    def article(self) -> Article:
        """The article, as it was in the commit that was asked."""

    @property
    def why(self) -> str:
        """Which words were found where, in one line."""

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """The best passages, the first one first."""

    @property
    def headline_marks(self) -> tuple[Span, ...]:
        """The ranges of the headline that matched."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The content words of the query that the article lacks."""


class _ResultsSource:
    """Computes the lazy parts of an answer."""

    def __init__(
        self,
        hits: tuple[Hit, ...],
        computing: Computing,
        total: Callable[[], int],
        suggest: Callable[[], Suggestion | None],
        undated: Callable[[], int],
    ) -> None:
        self._hits = hits
        self.computing = computing
        self._count = total
        self._suggest = suggest
        self._count_undated = undated

    @property
    def took_ms(self) -> float:
        return self.computing.took_ms

    @cached_property
    def total(self) -> int:
        return self.computing.run(self._count)

    @cached_property
    def undated(self) -> int:
        return self.computing.run(self._count_undated)

    @property
    def relaxed(self) -> bool:
        return any(hit.missing for hit in self._hits)

    @property
    def dropped(self) -> tuple[str, ...]:
        lacked = [hit.missing for hit in self._hits]
        return tuple(word for word in lacked[0] if all(word in one for one in lacked)) if lacked else ()

    @cached_property
    def _suggested(self) -> Suggestion | None:
        return self.computing.run(self._suggest)

    @property
    def suggestion(self) -> str | None:
        return self._suggested.query if self._suggested else None

    @property
    def suggestion_reason(self) -> str | None:
        return self._suggested.reason if self._suggested else None

    @property
    def suggestion_total(self) -> int:
        return self._suggested.articles if self._suggested else 0


@dataclass(frozen=True, repr=False)
class Results(LazyRecord, Sequence[Hit]):
    """
    One page of an answer: `len()`, iteration and indexing are over this page.

    `total` counts all articles that match. `relaxed` is true when a hit of this
    page lacks a content word, which its `missing` names; `dropped` are the words
    that no hit of this page has. `suggestion` is
    another spelling that would find something, or None; `suggestion_reason`
    says what it changes, `suggestion_total` how many articles it finds.
    `facets` maps each field asked for to its values and their counts, most
    frequent first; `facet_sizes` says how many values each field has, of which `facets` may
    hold only the first. `undated` counts articles that match but are outside a date
    range only because their full date is not known. `hints` say how something
    in the query was read that may have been meant otherwise, and how to write
    that; `repaired` what was mended of a query that was read leniently. `took_ms` is how long the
    search took, and all that was computed for this answer since.

    In an answer of `Index.search`, `total`, `undated` and the three of `suggestion`
    are computed when they are first asked for, and may read many articles; so are
    most parts of a hit. `load` computes all that a page shows in one call: run
    `index.search(...).load()` in a worker thread, and nothing blocks afterwards.

    Comparing, copying and pickling an answer computes it too. `took_ms` does not
    count when two are compared.
    """

    _LAZY = frozenset(
        {
            "total",
            "relaxed",
            "dropped",
            "undated",
            "took_ms",
            "suggestion",
            "suggestion_reason",
            "suggestion_total",
        }
    )

    hits: tuple[Hit, ...]
    total: int
    relaxed: bool = field(default_factory=bool)
    dropped: tuple[str, ...] = field(default_factory=tuple)
    suggestion: str | None = field(default_factory=lambda: None)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict, hash=False)
    undated: int = field(default_factory=int)
    took_ms: float = field(default_factory=float, compare=False)
    query: str = ""
    suggestion_reason: str | None = field(default_factory=lambda: None)
    suggestion_total: int = field(default_factory=int)
    hints: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()
    facet_sizes: Mapping[str, int] = field(default_factory=dict, hash=False)

    @classmethod
    def of(
        cls,
        hits: tuple[Hit, ...],
        computing: Computing,
        total: Callable[[], int],
        suggest: Callable[[], Suggestion | None],
        undated: Callable[[], int] = lambda: 0,
        **known: object,
    ) -> Results:
        """Return an answer whose counts and suggestion are found when they are asked for."""
        results: Results = object.__new__(cls)
        own = results.__dict__
        own["hits"], own["facets"], own["facet_sizes"] = hits, {}, {}
        own["_source"] = _ResultsSource, hits, computing, total, suggest, undated
        own.update(known)
        return results

    def load(self) -> Results:
        """
        Compute now all that a page shows, and return the answer itself: afterwards nothing is read.

        Raises:
            SearchTimeoutError: It took longer than the `timeout` of the search, which begins again here.
            SearchCancelledError: The event of the search was set.
        """
        source: _ResultsSource | None = self._open_source()
        with (source.computing if source else _NOTHING_LEFT).deadline.for_all():
            for hit in self.hits:
                hit.load()
            self._compute_all()
        return self

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

        Its columns are those of `to_dicts`, then all other fields of the articles, such as `body` and
        `page`, each key of a record's own as `extra.KEY`, and `day`: full dates as pandas knows them.

        Raises:
            MissingExtraError: pandas is not installed.
        """
        from datetime import datetime  # noqa: PLC0415 (only for a table)

        from searchlib.dates import is_full_date  # noqa: PLC0415

        try:
            pandas = import_module("pandas")
        except ImportError as error:
            raise MissingExtraError("to_pandas", "pandas", "pandas") from error
        rows = []
        for hit, row in zip(self, self.to_dicts(), strict=True):
            record = hit.article.to_dict()
            extra = {f"{OWN}{key}": value for key, value in record.pop("extra").items()}
            day = {"day": datetime.fromisoformat(row["date"]) if is_full_date(row["date"]) else None}
            rows.append(row | {key: value for key, value in record.items() if key not in row} | extra | day)
        return pandas.DataFrame(rows, index=pandas.RangeIndex(1, len(rows) + 1, name="rank"))

    def _repr_html_(self) -> str:
        """Return the page as HTML for a notebook: everything escaped, the matches in `<mark>`."""
        from html import escape  # noqa: PLC0415 (not for a terminal)

        rows = [
            "<li><strong>"
            + (hit.headline_html() or escape(hit.id))
            + f"</strong> <small>{escape(facts_of(hit.article))}</small><br>"
            + (hit.snippet.to_html() if hit.snippet else "")
            + "</li>"
            for hit in self
        ]
        notes = [f"{len(self)} of {self.total:,}"]
        if self.relaxed:
            notes.append(f"without: {', '.join(self.dropped)}" if self.dropped else "some words are missing")
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

    def __repr__(self) -> str:
        total = f", total={self.total}" if "total" in self.__dict__ else ""  # counting may take long
        return f"Results(query={_shorten(self.query)!r}, hits={len(self.hits)}{total})"
