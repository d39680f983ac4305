"""One state of knowledge of an index: what is asked of the cluster for one call goes through here."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from searchlib.analysis import Analyzer
from searchlib.analysis.counted import CountedArticle
from searchlib.deadline import Deadline
from searchlib.engine.request import FieldWeights
from searchlib.model import Article
from searchlib.opensearch.client import Client
from searchlib.opensearch.cluster_figures import ClusterFigures, Kept
from searchlib.opensearch.finding import Finder
from searchlib.opensearch.first_phase import FirstPhase
from searchlib.opensearch.home import About
from searchlib.opensearch.translation import Translator
from searchlib.query.nodes import Query
from searchlib.textmatch.article_match import article_matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from searchlib.embedded.search.matching import Matcher
    from searchlib.opensearch.finding import Candidate


class View:
    """Finds, judges and ranks the articles of one index for one call."""

    def __init__(
        self, client: Client, about: About, analyzer: Analyzer, kept: Kept, deadline: Deadline
    ) -> None:
        self.about = about
        self.layout = about.layout
        self.analyzer = analyzer
        self.deadline = deadline
        self.finder = Finder(client, about.index, deadline)
        self.translator = Translator(self.layout, analyzer)
        self._kept = kept

    @cached_property
    def figures(self) -> ClusterFigures:
        """The figures of all articles."""
        return ClusterFigures(self.finder, self.translator, self.layout, self.analyzer, self._kept)

    def judge(self, tree: Query) -> Callable[[Article], bool]:
        """Return a function that says whether an article matches a tree."""
        return lambda article: self.matches(article, tree)

    def matches(self, article: Article, tree: Query) -> bool:
        """Return whether an article matches a tree."""
        counted = CountedArticle(article, self.analyzer, self.layout.own)
        return article_matches(tree, counted, self.analyzer, self.deadline)

    def first_phase(self, weights: FieldWeights) -> FirstPhase:
        """Return what writes what the cluster ranks by."""
        return FirstPhase(self.translator, self.layout, self.figures, weights)

    def part(self, candidates: Sequence[Candidate]) -> Matcher:
        """Return some articles as an index of the embedded engine, weighed by the figures of all."""
        from searchlib.opensearch.part import part_of  # noqa: PLC0415 (with numpy, which counting needs not)

        return part_of(candidates, self.analyzer, self.layout.own, self.figures, self.deadline)
