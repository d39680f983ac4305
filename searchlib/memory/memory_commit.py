"""The articles of one commit in memory, and the figures that ranking rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from searchlib.analysis import Analyzer
from searchlib.analysis.counted import CountedArticle
from searchlib.frozen import dataclass
from searchlib.model import Article
from searchlib.query.nodes import Phrase
from searchlib.scoring.terms import Term
from searchlib.textmatch.article_match import article_matches


@dataclass(frozen=True)
class KeptArticle:
    """An article of the index, and the file that `sync` read it from; empty for none."""

    counted: CountedArticle
    file: str = ""

    @property
    def article(self) -> Article:
        """The article itself."""
        return self.counted.article


class MemoryCommit:
    """One commit: it stays as it is while others are made. Figures are counted when they are asked for."""

    def __init__(self, kept: Mapping[str, KeptArticle], analyzer: Analyzer, number: int = 0) -> None:
        self.kept = dict(kept)
        """The articles by id, in the order in which they came."""
        self.analyzer = analyzer
        self.number = number
        """Of the commit, from 0."""
        self._doc_freqs: dict[Term, int] = {}
        self._matching: dict[Phrase, int] = {}
        self._means: dict[str, float] = {}

    @cached_property
    def counted(self) -> list[CountedArticle]:
        """All articles."""
        return [one.counted for one in self.kept.values()]

    @property
    def doc_count(self) -> int:
        """The number of articles, 1 at least."""
        return max(1, len(self.kept))

    def doc_freq(self, term: Term) -> int:
        """Return how many articles hold a term in any of its fields."""
        if term not in self._doc_freqs:
            self._doc_freqs[term] = self.count_holding([term])
        return self._doc_freqs[term]

    def count_holding(self, terms: Sequence[Term]) -> int:
        """Return how many articles hold all of some terms."""
        return sum(
            all(one.counts(term.text, term.unit, term.field) for term in terms) for one in self.counted
        )

    def count_matching(self, phrase: Phrase) -> int:
        """Return how many articles an open word is in."""
        if phrase not in self._matching:
            self._matching[phrase] = sum(article_matches(phrase, one, self.analyzer) for one in self.counted)
        return self._matching[phrase]

    def mean_length(self, field: str) -> float:
        """Return the mean number of words of a field over the articles that have it; 1 where none has."""
        if field not in self._means:
            lengths = [length for one in self.counted if (length := one.length(field))]
            self._means[field] = sum(lengths) / len(lengths) if lengths else 1.0
        return self._means[field]

    def with_changes(self, put: Mapping[str, KeptArticle], removed: Iterable[str]) -> MemoryCommit:
        """Return the next commit: what is put comes last, whether its id was there or not."""
        gone = {*removed, *put}
        kept = {key: one for key, one in self.kept.items() if key not in gone}
        return MemoryCommit({**kept, **put}, self.analyzer, self.number + 1)
