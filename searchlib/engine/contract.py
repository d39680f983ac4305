"""
The contract of an engine: what `Index` asks of whatever holds the articles.

An engine gets query trees and gives articles; it parses no query and cuts no snippet. What
it takes and returns is plain data. `searchlib.memory` keeps the contract in a few
hundred lines, by brute force, and is the example to begin with; `tests/contract` is the
suite that every engine passes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Any,
    NamedTuple,
    NotRequired,
    Protocol,
    TypedDict,
    runtime_checkable,
)

from searchlib.frozen import dataclass, field

if TYPE_CHECKING:
    from searchlib.analysis import Analyzer  # a type only: whoever opens an engine hands one over
    from searchlib.engine.request import Narrowed, SearchRequest
    from searchlib.findings import Explanation, Suggestion
    from searchlib.message import Packed
    from searchlib.model import Article, Span
    from searchlib.query.nodes import Query
    from searchlib.reports import Repair, Report
    from searchlib.snippet import Snippet

Noted = Callable[[int, int], None]
"""Called now and then with the articles and the bytes of their records that are done."""


class RankedArticle(NamedTuple):
    """An article on a page: *read* returns it, from the commit that was asked; its reprints, when grouped."""

    id: str
    score: float
    """Comparable within one answer only; without unit, 0 or more."""
    read: Callable[[], Article]
    reprints: tuple[RankedArticle, ...] = ()


@dataclass(frozen=True)
class SearchResponse:
    """One page of articles, in order, and what is known of all that match."""

    hits: Sequence[RankedArticle]
    """May be made as it is walked: an export walks over all that an index holds."""
    total: Callable[[], int]
    """Counts, exactly, all that match when it is called: before any grouping of reprints."""
    tree: Query
    """
    The tree that was answered: the request's very `tree`, or one made of its `relaxed`.

    Callers compare it with the request's by identity to see whether words may be missing.
    """
    undated: Callable[[], int]
    """Counts the articles that a date range kept out only because they have no full date."""
    facets: Mapping[str, Mapping[str, int]]
    """For each key asked for as many values as were asked for, the most frequent first, then by value."""
    suggest: Callable[[], Suggestion | None] = lambda: None
    """Looks for what was probably meant when the query does not occur as it was typed."""
    facet_sizes: Mapping[str, int] = field(default_factory=dict)
    """How many values each key has in all."""
    weights: Callable[[], Mapping[str, float]] = dict
    """
    Returns what each word and pair of characters of the query weighs, folded and simplified.

    Snippets are chosen by it. An engine that does not know returns an empty mapping.
    """


class Placement(NamedTuple):
    """An article and its place among all that a request finds."""

    article: Article
    rank: int | None
    """From 1; None when the request does not find it."""
    total: int
    matches: Callable[[Query], bool]
    """Returns whether the article matches another tree, whatever the filters say."""
    score: Explanation | None = None
    before: tuple[Article, Explanation] | None = None
    """The article just before it, with its score: parts of two scores are compared by their `key`."""


class WordCounts(NamedTuple):
    """How often each of some words occurs in the articles, in how many of them, and what all hold."""

    occurrences: Sequence[int]
    articles: Sequence[int]
    all_occurrences: int
    all_articles: int


class ArticleSource(Protocol):
    """Articles on their way into an engine: the last of each id, checked, all of them read already."""

    def __len__(self) -> int:
        """Return the number of articles."""

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        """Yield the id of each article and its record: JSON in UTF-8, see `searchlib.article_json`."""


class FileEntry(TypedDict):
    """What `sync` knows of one file, ready for JSON."""

    state: Any
    """Size, time and hash when it was last read; None when it must be read again."""
    articles: int
    """Articles that came from it."""
    skipped: NotRequired[str]
    """Why it could not be read last time."""
    partly: NotRequired[str]
    """Why not all its records were taken."""
    said: NotRequired[Packed]
    """The one of these two with its id and parameters, for translation."""
    map: NotRequired[dict[str, str]]
    """The field map that its records were read with, when there was one."""


class FileRegistry(Protocol):
    """
    The list of files that `sync` knows, kept with the index.

    It may know more files than the last commit has articles of, never fewer, so that an
    interrupted `sync` goes on where it stopped.
    """

    def read(self) -> dict[str, FileEntry]:
        """
        Return what is known of each file, by its key; nothing when there is no index.

        A file that the last commit has articles of and that the list does not know has no state.
        """

    def update(self, changes: Mapping[str, FileEntry | None]) -> None:
        """Bring the list up to date; None takes a file off it. Does nothing when there is no index."""


class LexiconSource(Protocol):
    """Where an index keeps the user's words and synonyms: two texts, `words.txt` and `synonyms.txt`."""

    def state(self) -> Hashable:
        """Return something that changes whenever one of the texts does; asked for often, so it is cheap."""

    def read(self, name: str) -> bytes | None:
        """
        Return one of the texts in UTF-8, None when there is none.

        Raises:
            CorpusError: It is there and cannot be read.
        """

    def label(self, name: str) -> str:
        """Return what an error message calls the text, such as its path."""


@runtime_checkable
class KeepsFurniture(Protocol):
    """
    An engine that keeps the furniture of pages apart from the articles.

    Nothing that an engine is asked finds it, counts it or weighs by it, but a request with the
    filter `kind` for `furniture` alone.
    """

    def put_furniture(self, files: Mapping[str, ArticleSource | None]) -> None:
        """Replace the furniture of whole files, one commit; None takes that of a file away."""


@runtime_checkable
class FilledAside(Protocol):
    """An engine that can be filled a second time, beside what it holds, which answers meanwhile."""

    def anew(self, stays: Callable[[str], bool]) -> AbstractContextManager[Backend]:
        """
        Return what is filled, and takes the place of this one in one step when the block ends.

        After an error all is as it was. What a killed process left is cleared away by the next.

        Args:
            stays: Says of a file whether its articles are in the new one from the beginning. Those of no
                file are.

        Raises:
            BackendError: This one was written to meanwhile, or is filled by somebody else.
        """


class PlainPage(Protocol):
    """A page of an engine's answer to a plain query, and the commit that it came from."""

    @property
    def hits(self) -> Sequence[tuple[int, float, str]]:
        """For each hit what the engine calls it, its score and its id."""

    def article(self, number: int) -> Article:
        """Return the article of what the engine calls a hit."""

    def snippets(self, number: int, count: int) -> tuple[Snippet, ...] | None:
        """Return the best passages of a hit; None where they must be looked for in full."""

    def headline_marks(self, number: int) -> tuple[Span, ...] | None:
        """Return where the query is in a hit's headline; None where it must be looked for in full."""

    def total(self, check: Callable[[int], object] | None) -> int | None:
        """Count all that match; None where Python must. *check* is called with each text that is read."""

    @property
    def hints(self) -> tuple[str, ...]:
        """How something in the query was read that may have been meant otherwise."""

    @property
    def is_relaxed(self) -> bool:
        """Whether a hit may lack words of the query."""

    @property
    def has_all_words(self) -> bool:
        """Whether every hit of the query has each of its words, so that nothing else is suggested."""

    def full(self) -> SearchResponse:
        """Answer the query in full, from the same commit."""


@runtime_checkable
class AnswersPlain(Protocol):
    """An engine that answers many plain queries by itself, as they were typed: a page is there sooner."""

    def search_plain(
        self,
        query: str,
        how: str,
        page: tuple[int, int],
        read: Callable[[], SearchRequest],
        narrowed: Narrowed | None = None,
    ) -> PlainPage | None:
        """
        Return the page that `search` would, None where the query must be read first.

        Args:
            how: `all`, `auto` or `any`.
            page: How many hits come before it, and how many it has at most.
            read: Returns the query as it is read, under what narrows it.
            narrowed: Filters, order and deadline; None for all, the best first.
        """


class Backend(Protocol):
    """
    An engine that keeps articles and answers query trees. Safe for many reading threads.

    Reading raises StoreNotFoundError while there is no index; `count` is 0 then. What an engine
    does not do is a `BackendError` that says so, never a wrong answer.
    """

    @property
    def name(self) -> str:
        """What `searchlib.open` was given for it: a path or a URL."""

    @property
    def folder(self) -> Path | None:
        """The folder on this machine in which the index lies; None when it lies elsewhere."""

    @property
    def analyzer(self) -> Analyzer:
        """The analyzer that the articles were cut with; checked against the index when it is asked for."""

    @property
    def own_fields(self) -> Mapping[str, float]:
        """The text fields of the index's own, `extra.KEY`, with weights; of a new one those asked for."""

    @property
    def commit(self) -> str:
        """The name of the last commit seen: no other has the same."""

    @property
    def files(self) -> FileRegistry:
        """The list of files that `sync` knows."""

    @property
    def lexicon(self) -> LexiconSource:
        """The user's words and synonyms."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """Answer a request from the last commit seen."""

    def explain(self, request: SearchRequest, article_id: str) -> Explanation | None:
        """Break down the score of one article; None when it does not match or is not there."""

    def placement(self, request: SearchRequest, article_id: str) -> Placement | None:
        """Return the place of one article among all that a request finds; None for an unknown id."""

    def get(self, article_id: str) -> Article | None:
        """Return an article, None for an unknown id."""

    def articles(self) -> Iterator[Article]:
        """Yield every article of the last commit seen, in the order in which they came."""

    def count(self) -> int:
        """Return the number of articles."""

    def autocomplete(self, prefix: str, limit: int) -> list[str]:
        """Return what could be typed after a text, the likeliest first: words, names, headlines."""

    def typical_words(self, article: Article, count: int) -> list[str]:
        """Return the words that set an article apart from the others, by BM25F, the heaviest first."""

    def word_counts(self, words: Sequence[str]) -> WordCounts:
        """Return how often words, as the analyzer writes them, occur in the articles; they are distinct."""

    def check_writable(self) -> None:
        """Refuse, with a ConfigError, when the index was opened read-only."""

    def create(self) -> None:
        """Make an empty index when there is none."""

    def add(self, articles: ArticleSource) -> Report:
        """Put articles in, one commit, all or nothing; an id that is there already is replaced."""

    def delete(self, ids: Iterable[str]) -> int:
        """Take articles out, one commit; return how many there were. Unknown ids are ignored."""

    def delete_where(self, request: SearchRequest) -> int:
        """Take out all articles that a request's filters let through, one commit; return how many."""

    def put_files(
        self,
        files: Mapping[str, ArticleSource | None],
        *,
        noted: Noted | None = None,
        hurry: bool = False,
    ) -> Report:
        """
        Replace the articles of whole files, one commit; None takes a file's articles out.

        Args:
            noted: Called now and then with what has been put in.
            hurry: The user waits for an interrupted `sync` to end: leave for later what can wait.
        """

    def check(self) -> list[str]:
        """Look at all that is stored and return what is damaged, a line each."""

    def backup(self, path: Path) -> None:
        """Make a whole copy of the last commit in another folder, whoever reads or writes meanwhile."""

    def repair(self) -> Repair:
        """Save what is whole."""

    def convert(self, fields: Mapping[str, float] | None) -> Repair:
        """Cut all articles again, with other *fields* of the index's own unless None: all or nothing."""

    def stats(self) -> dict[str, Any]:
        """Return the figures of the engine, ready for JSON."""

    def refresh(self) -> None:
        """Look for others' commits."""

    def close(self) -> None:
        """Give all files and connections back; a later call opens them again."""
