"""What a tree is scored by, before anything is looked up: its terms with their shares, and what may gain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from searchlib.analysis import Analyzer
from searchlib.frozen import dataclass
from searchlib.message import Message
from searchlib.query.nodes import Phrase, Query, is_varied, positive_leaves
from searchlib.scoring.bm25f import EQUIVALENT_SHARE, SHARES
from searchlib.scoring.headline_match import headline_asked_for
from searchlib.scoring.query_terms import scored_terms, weigh_terms
from searchlib.scoring.terms import Term

if TYPE_CHECKING:
    from searchlib.scoring.synthetic_terms import SyntheticTerms

HEADLINE_GAIN = Message("the headline is the query: the most that all terms can bring")
"""The description of what an article gains whose headline is the query."""


@dataclass(frozen=True)
class ScoringPlan:
    """What a tree is scored by."""

    shares: Mapping[Term, float]
    """The terms of the tree, each with what its idf is multiplied by: at its heaviest place."""
    boosts: Mapping[Term, float]
    """What the query itself multiplies each term by, `word^2`: part of the shares."""
    open_words: tuple[Phrase, ...]
    """Phrases that mean whole words of the index, each counted as one term."""
    runs: tuple[tuple[Phrase, tuple[Term, ...]], ...]
    """Unspaced runs with their terms: an article with one in one piece gains what these bring at most."""
    synthetic: SyntheticTerms | None
    title: str
    """The text of a query that may be a headline; empty for none."""
    rescores: bool
    """Whether the best passages order the first articles again."""

    @property
    def tells_apart(self) -> bool:
        """Whether anything is scored at all: a tree of filters and exclusions alone scores nothing."""
        return bool(self.shares or self.open_words)


def scoring_plan(tree: Query, analyzer: Analyzer) -> ScoringPlan:
    """Return what a tree is scored by."""
    scored = scored_terms(tree, analyzer)
    varied = any(map(is_varied, positive_leaves(tree)))
    return ScoringPlan(
        {term: SHARES[term.unit] * part for term, part in scored.terms.items()},
        scored.boosts,
        tuple(scored.loose),
        tuple((phrase, tuple(own)) for phrase, own in scored.runs),
        _synthetic(tree, scored.terms, analyzer) if varied else None,
        headline_asked_for(tree),
        rescores=scored.looks_into_passages,
    )


def _synthetic(tree: Query, scored: Mapping[Term, float], analyzer: Analyzer) -> SyntheticTerms:
    from searchlib.scoring.synthetic_terms import synthetic_terms  # noqa: PLC0415 (few queries need it)

    return synthetic_terms(tree, partial(weigh_terms, analyzer=analyzer), scored, analyzer)


def run_gain(phrase: Phrase, form: Phrase, most: float) -> tuple[float, str, str]:
    """
    Return what an article gains that holds a run, or another form of it, in one piece.

    Args:
        phrase: The run as it was typed.
        form: What the article holds: the run itself or one of its other forms.
        most: What the run's terms can bring at most.

    Returns:
        The gain, its description, and the key of its explanation.
    """
    shown = phrase.clean if form is phrase else f"{form.clean} (={form.of})"
    share = 1.0 if form is phrase else EQUIVALENT_SHARE
    times = "" if form is phrase else f"{EQUIVALENT_SHARE:g} × "
    what = Message("“{}” stands in one piece: {}the most that its terms can bring", shown, times)
    return most * share, what, f"whole:{form}"
