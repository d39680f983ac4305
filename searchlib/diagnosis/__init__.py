"""
Here are an article and a query that does not find it: what does the article lack?

`diagnosis` walks the tree to what does not hold, `nearest` looks in the texts for
what comes nearest to a phrase that does not stand there, `slips` for what is one
character away. Not for whether an article matches: the engine that was asked tells that.
"""

from __future__ import annotations

from searchlib.analysis import Analyzer
from searchlib.diagnosis.diagnosis import Diagnosis
from searchlib.diagnosis.filter_lacks import filter_lacks
from searchlib.diagnosis.standing import Before, WhyNot
from searchlib.engine.contract import Placement
from searchlib.engine.request import SearchRequest
from searchlib.expansion.equivalences import EQUIVALENCES
from searchlib.expansion.expander import Expander
from searchlib.expansion.lexicon import Lexicon
from searchlib.textmatch.missing import missing_words

__all__ = ["why_not"]


def why_not(
    placement: Placement, request: SearchRequest, analyzer: Analyzer, kinds: frozenset[str], lexicon: Lexicon
) -> WhyNot:
    """Put together what is known of an article that a request may not find; *kinds* of other forms count."""
    article = placement.article
    diagnosis = Diagnosis(
        article,
        analyzer,
        placement.matches,
        same=Expander(kinds, analyzer, lexicon).phrase,
        widest=Expander(frozenset(EQUIVALENCES), analyzer, lexicon).phrase,
        own=request.weights.own,
    )
    kept_out = filter_lacks(article, request.since, request.until, request.where)
    return WhyNot(
        article.id,
        request.typed,
        placement.rank,
        placement.total,
        None if placement.score is None else placement.score.value,
        Before.of(*placement.before, placement.score) if placement.before and placement.score else None,
        () if placement.rank is None else missing_words(request.tree, article, analyzer, request.weights.own),
        (*diagnosis.lacks(request.tree), *kept_out),
    )
