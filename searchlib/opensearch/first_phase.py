"""
What a cluster ranks by, to choose the articles that are ranked again: near to our own score.

A query of its `combined_fields` for each term is BM25F over headline, body and the rest; what stands
in one piece, or is the headline, adds as much as with us.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searchlib.analysis import simplify
from searchlib.engine.request import FieldWeights
from searchlib.opensearch.clauses import Clause
from searchlib.opensearch.cluster_figures import ClusterFigures
from searchlib.opensearch.loose_words import word_pattern
from searchlib.opensearch.mapping import (
    BARE,
    BODY_FIELD,
    HEADLINE,
    PAIRS,
    REST,
    WORDS,
    Layout,
    bare_hash,
)
from searchlib.opensearch.stream import token_of
from searchlib.opensearch.translation import Translator
from searchlib.query.nodes import Phrase, Query, Run, positive_leaves
from searchlib.scoring.bm25f import EQUIVALENT_SHARE, SHARES, idf
from searchlib.scoring.plan import ScoringPlan
from searchlib.scoring.query_terms import weigh_terms
from searchlib.scoring.terms import Term

MOST_TERMS = 128
"""Maximum number of terms that the cluster ranks by, the heaviest: of a long text the others tell little."""

_LEAST = 1e-6
_BLENDED = "top_terms_blended_freqs_200"
_OF_A_FORM = 0.5
"""What an article with another form of a phrase has of its terms' weight, about."""


class FirstPhase:
    """Writes what the cluster ranks one tree by."""

    def __init__(
        self, translator: Translator, layout: Layout, figures: ClusterFigures, weights: FieldWeights
    ) -> None:
        self._translator = translator
        self._layout = layout
        self._figures = figures
        self._fields = _boosts(layout, weights)
        self._has_headlines = bool(weights.of(HEADLINE))

    def clauses(self, tree: Query, plan: ScoringPlan) -> list[Clause]:
        """Return what adds to the score of an article that matches a tree."""
        self._figures.load([*plan.shares, *(plan.synthetic.terms if plan.synthetic else ())])
        count = self._figures.doc_count
        factors = {
            term: share * idf(self._figures.doc_freq(term), count) for term, share in plan.shares.items()
        }
        heaviest = sorted(factors, key=lambda term: -factors[term])[:MOST_TERMS]
        found = [clause for term in heaviest for clause in self._term(term, plan.shares[term])]
        for phrase, own in plan.runs:
            found.append(self._whole(phrase, sum(factors[term] for term in own)))
        found += self._forms(tree, factors)
        for phrase in plan.open_words:
            weight = SHARES["word"] * phrase.boost * idf(self._figures.count_matching(phrase), count)
            found += self._loose(phrase, weight)
        if plan.title and self._has_headlines:
            found.append(_constant({"term": {BARE: bare_hash(plan.title)}}, sum(factors.values())))
        return found

    def _term(self, term: Term, boost: float) -> Iterator[Clause]:
        """Yield what scores one term by its frequencies."""
        kind = WORDS if term.unit == "word" else PAIRS
        token = token_of(term.text)
        if boost <= 0:
            return
        clause = self._translator.pair(term.text, term.field) if term.unit == "pair" else None
        if clause is not None and "term" in clause and term.field is None:  # a unit without a neighbour
            ((field, value),) = clause["term"].items()
            yield {"term": {field: {"value": value, "boost": boost}}}
        elif term.field is not None:
            yield {"term": {kind + self._layout.name(term.field): {"value": token, "boost": boost}}}
        elif self._fields:
            fields = [f"{kind}{name}^{weight:g}" for name, weight in self._fields.items()]
            yield {"combined_fields": {"query": token, "fields": fields, "boost": boost}}

    def _loose(self, phrase: Phrase, weight: float) -> Iterator[Clause]:
        """Yield what scores an open word by its frequencies, those of the words that are most frequent."""
        pattern = word_pattern(phrase, simplify(phrase.text))
        fields = self._fields if phrase.field is None else {self._layout.name(phrase.field): 1.0}
        for name, boost in fields.items():
            options: Clause = {"value": pattern, "flags": "NONE", "rewrite": _BLENDED}
            options["boost"] = max(weight * boost, _LEAST)
            yield {"regexp": {WORDS + name: options}}

    def _whole(self, phrase: Phrase, most: float) -> Clause:
        """Return what adds as much as all terms of a run can bring where it is in one piece."""
        forms = [_constant(self._translator.standing(phrase), most)]
        share = most * EQUIVALENT_SHARE
        forms += [_constant(self._translator.standing(form), share) for form in phrase.equals]
        return {"dis_max": {"queries": forms}}

    def _forms(self, tree: Query, factors: dict[Term, float]) -> Iterator[Clause]:
        """Yield what adds where a phrase is in another form, which has not its terms."""
        for phrase in dict.fromkeys(_find_varied(positive_leaves(tree))):
            own = weigh_terms(phrase, self._translator.analyzer)
            most = sum(factors.get(term, 0.0) for term in own) * EQUIVALENT_SHARE * _OF_A_FORM
            if most > 0:
                forms = [_constant(self._translator.standing(form), most) for form in phrase.equals]
                yield {"dis_max": {"queries": forms}}


def _find_varied(leaves: Iterable[Query]) -> Iterator[Phrase]:
    for leaf in leaves:
        if isinstance(leaf, Run):
            yield from (piece for piece in (*leaf.joined, *leaf.pieces) if piece.equals)
        elif isinstance(leaf, Phrase):
            if leaf.equals:
                yield leaf
        else:
            yield from (part for part in getattr(leaf, "parts", ()) if part.equals)


def _constant(clause: Clause, boost: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": max(boost, _LEAST)}}


def _boosts(layout: Layout, weights: FieldWeights) -> dict[str, float]:
    """Return the weights of what the words of all fields are in: the cluster wants 1 or more of each."""
    others = [
        weights.of(name) for name in layout.texts if name not in {HEADLINE, BODY_FIELD} and weights.of(name)
    ]
    found = {
        HEADLINE: weights.of(HEADLINE),
        BODY_FIELD: weights.of(BODY_FIELD),
        REST: sum(others) / len(others) if others else 0.0,
    }
    least = min((weight for weight in found.values() if weight), default=1.0)
    return {name: weight / least for name, weight in found.items() if weight}
