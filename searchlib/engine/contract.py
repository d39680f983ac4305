"""The contract of an engine: what `Index` asks of it, whatever holds the postings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from searchlib.analysis import Analyzer
from searchlib.embedded.search.ranking import Request
from searchlib.model import Article, Explanation, Repair, Report, Suggestion
from searchlib.query.nodes import Query

if TYPE_CHECKING:
    from searchlib.embedded.store.spool import Spool


class Ranked(NamedTuple):
    """An article on a page: *read* returns it, from the commit that was asked; its reprints, when grouped."""

    id: str
    score: float
    read: Callable[[], Article]
    reprints: tuple[Ranked, ...] = ()


@dataclass(frozen=True)
class Answer:
    """One page of articles, in order, and what is known of all that match; `total` counts when called."""

    hits: Sequence[Ranked]
    """May be made as it is walked: an export walks over all that an index holds."""
    total: Callable[[], int]
    tree: Query
    """The tree that was answered: the request's, or its relaxed one."""
    undated: int
    facets: Mapping[str, Mapping[str, int]]
    """For each key asked for its values and their counts, most frequent first, as many as were asked for."""
    suggest: Callable[[], Suggestion | None] = lambda: None
    """Looks for what was probably meant when the query does not stand as it was typed."""
    facet_sizes: Mapping[str, int] = field(default_factory=dict)
    """How many values each key has in all."""
    weights: Callable[[], Mapping[str, float]] = dict
    """Returns what each word and pair of characters of the query weighs, folded and simplified."""


class Stands(NamedTuple):
    """
    An article and where it stands: its rank from 1, None when it is not found.

    *matches* tells whether it matches another tree, whatever the filters say;
    *score* and that of the article *before* are taken apart.
    """

    article: Article
    rank: int | None
    total: int
    matches: Callable[[Query], bool]
    score: Explanation | None = None
    before: tuple[Article, Explanation] | None = None


class WordCounts(NamedTuple):
    """How often each of some words stands in the articles, in how many of them, and what all hold."""

    occurrences: Sequence[int]
    articles: Sequence[int]
    all_occurrences: int
    all_articles: int


class Backend(Protocol):
    """An engine that keeps articles and answers query trees. Safe for many reading threads."""

    @property
    def analyzer(self) -> Analyzer:
        """The analyzer that the articles were cut with; checked against the index when it is asked for."""

    @property
    def own_fields(self) -> Mapping[str, float]:
        """The text fields of the index's own, `extra.KEY`, with weights; of a new one those asked for."""

    @property
    def commit(self) -> str:
        """The name of the last commit seen: no other has the same."""

    def answer(self, request: Request) -> Answer:
        """Answer a request from the last commit seen."""

    def explain(self, request: Request, article_id: str) -> Explanation | None:
        """Take the score of one article apart; None when it does not match or is not there."""

    def standing(self, request: Request, article_id: str) -> Stands | None:
        """Return where one article stands among all that a request finds; None for an unknown id."""

    def get(self, article_id: str) -> Article | None:
        """Return an article, None for an unknown id."""

    def articles(self) -> Iterator[Article]:
        """Yield every article of the last commit seen, in the order in which they came."""

    def count(self) -> int:
        """Return the number of articles."""

    def completions(self, prefix: str, limit: int) -> list[str]:
        """Return what could be typed after a text, the likeliest first: words, names, headlines."""

    def telling_words(self, article: Article, count: int) -> list[str]:
        """Return the words that tell an article from the others, the most telling first."""

    def word_counts(self, words: Sequence[str]) -> WordCounts:
        """Return how often words, as the analyzer writes them, stand in the articles; they are distinct."""

    def check_writable(self) -> None:
        """Refuse, with a ConfigError, when the index was opened read-only."""

    def create(self) -> None:
        """Make an empty index when there is none."""

    def add(self, articles: Spool) -> Report:
        """Put articles in, one commit, all or nothing."""

    def delete(self, ids: Iterable[str]) -> int:
        """Take articles out, one commit; return how many there were."""

    def delete_where(self, request: Request) -> int:
        """Take out all articles that a request's filters let through, one commit; return how many."""

    def put_files(
        self,
        files: Mapping[str, Spool | None],
        *,
        noted: Callable[[int, int], None] | None = None,
        hurry: bool = False,
    ) -> Report:
        """Replace the articles of whole files, one commit; None takes a file's articles out."""

    def files(self) -> set[str]:
        """Return the files that articles of the last commit seen came from; `put_files` named them."""

    def check(self) -> list[str]:
        """Look at all that is stored and return what is damaged, a line each."""

    def backup(self, path: Path) -> None:
        """Make a whole copy of the last commit in another folder, whoever reads or writes meanwhile."""

    def repair(self) -> Repair:
        """Save what is whole."""

    def convert(self, fields: Mapping[str, float] | None) -> Repair:
        """Cut all articles anew, with other *fields* of the index's own unless None: all or nothing."""

    def stats(self) -> dict[str, Any]:
        """Return the figures of the engine, ready for JSON."""

    def refresh(self) -> None:
        """Look for others' commits."""

    def close(self) -> None:
        """Give all files back."""
