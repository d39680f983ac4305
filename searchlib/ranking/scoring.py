"""
The score of a tree: BM25F over its terms, and more for a run that stands as it is.

An article that holds a run of several words in one piece gains what all terms
of the run could bring at most, so it stands above every article that only has
the words apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from searchlib.analysis import border_text, rows_of_units, simplify
from searchlib.codec import schema
from searchlib.model import TEXT_FIELDS, Explanation
from searchlib.query.nodes import Phrase, Query, Run, Terms, positive_leaves
from searchlib.ranking.bm25f import K1, SHARES, Postings, Scored, Term, Weighting, idf, score
from searchlib.ranking.matching import Matcher, scored_grams
from searchlib.ranking.topk import best
from searchlib.store.docsets import Docs, either, is_in
from searchlib.store.snapshot import Floats


@dataclass(frozen=True)
class Whole:
    """A run that gains when it stands in one piece; *gain* is the sum of its terms' upper bounds."""

    phrase: Phrase
    gain: float


class Scorer:
    """Scores documents for one tree."""

    def __init__(self, tree: Query, matcher: Matcher, weighting: Weighting) -> None:
        self._matcher = matcher
        self._snapshot = matcher.snapshot
        self._weighting = weighting
        self._postings: dict[Term, Postings] = {}
        self._wholes: list[Whole] = []
        self._loose: list[Phrase] = []
        for leaf in positive_leaves(tree):
            self._take(leaf)

    def _take(self, leaf: Phrase | Run | Terms) -> None:
        phrase = leaf.whole if isinstance(leaf, Run) else leaf
        field = phrase.field if isinstance(phrase, Phrase) else None
        if isinstance(phrase, Phrase) and (phrase.open_start or phrase.open_end or phrase.edits):
            self._loose.append(phrase)
            return
        terms = list(dict.fromkeys(self._terms(phrase.clean, field)))
        for term in terms:
            if term not in self._postings:
                self._postings[term] = self._read(term)
        if isinstance(leaf, Run):
            count = max(1, len(self._snapshot.docs))
            gain = sum(SHARES[term.unit] * idf(self._postings[term].doc_freq, count) for term in terms)
            self._wholes.append(Whole(leaf.whole, gain))

    def _terms(self, clean: str, field: str | None) -> Iterator[Term]:
        for word in self._matcher.analyzer.words(clean):
            yield Term(word, "word", field)
        for row in rows_of_units(simplify(border_text(clean))):
            for gram in scored_grams(row):
                yield Term(gram, "pair", field)

    def _read(self, term: Term) -> Postings:
        suffix = schema.GRAMS if term.unit == "pair" else ""
        found = {name: self._snapshot.postings(name + suffix, term.text) for name in term.fields}
        by_field = {name: postings for name, postings in found.items() if len(postings[0])}
        return Postings(by_field, len(either(docs for docs, _ in by_field.values())))

    @property
    def tells_apart(self) -> bool:
        """Whether anything is scored at all: a tree of filters and exclusions alone scores nothing."""
        return bool(self._postings or self._loose)

    def scores(self, docs: Docs) -> Floats:
        """Return the score of each of *docs*, which ascend."""
        total = self._of_terms(docs)
        return np.array(
            [self._with_gains(value, doc) for value, doc in zip(total, docs.tolist(), strict=True)]
        )

    def best(self, docs: Docs, wanted: int) -> tuple[list[int], list[float]]:
        """Return the *wanted* best of *docs*, which ascend, in order, and their scores; ties go by id."""
        total = self._of_terms(docs)
        most = total.copy()
        for whole in self._wholes:
            most += whole.gain * is_in(docs, self._matcher.candidates(whole.phrase))
        places, scores = best(
            most,
            lambda place: self._with_gains(total[place], int(docs[place])),
            lambda place: self._snapshot.id_of(int(docs[place])),
            wanted,
        )
        return docs[places].tolist(), scores

    def _of_terms(self, docs: Docs) -> Floats:
        total = np.zeros(len(docs))
        for _, part in self._parts(docs):
            total += part.scores
        return total

    def _with_gains(self, value: float, doc: int) -> float:
        for whole in self._wholes:
            value += self._gain(whole, doc)
        return float(value)

    def _gain(self, whole: Whole, doc: int) -> float:
        return whole.gain if self._matcher.holds(whole.phrase, doc) else 0.0

    def explain(self, doc: int) -> Explanation:
        """Return the score of one document as a tree of what it is made of."""
        docs = np.array([doc], np.int64)
        parts = []
        for term, scored in self._parts(docs):
            if scored.scores[0]:
                parts.append(_explained(term, scored))
        for whole in self._wholes:
            gain = self._gain(whole, doc)
            if gain:
                what = f"“{whole.phrase.clean}” stands in one piece: the most that its terms can bring"
                parts.append(Explanation(gain, what))
        value = 0.0
        for part in parts:  # in the order in which `scores` adds
            value += part.value
        return Explanation(value, "sum of the terms' scores (BM25F)", tuple(parts))

    def _parts(self, docs: Docs) -> Iterator[tuple[Term, Scored]]:
        for term, postings in self._postings.items():
            yield term, score(term, postings, docs, self._snapshot, self._weighting)
        for phrase in self._loose:
            term = Term(str(phrase), "word", phrase.field)
            yield term, score(term, self._count(phrase), docs, self._snapshot, self._weighting)

    def _count(self, phrase: Phrase) -> Postings:
        """Count a phrase that is no term of the index, in the text of the articles that hold it."""
        counts: dict[str, dict[int, int]] = {name: {} for name in TEXT_FIELDS}
        docs = self._matcher.docs(phrase)
        for doc in docs.tolist():
            for name, text in self._matcher.texts(doc, phrase.field):
                found = sum(1 for _ in phrase.pattern.spans(text))
                if found:
                    counts[name][doc] = counts[name].get(doc, 0) + found
        by_field = {
            name: (np.fromiter(held, np.int64, len(held)), np.fromiter(held.values(), np.float64, len(held)))
            for name, held in counts.items()
            if held
        }
        return Postings(by_field, len(docs))


def _explained(term: Term, scored: Scored) -> Explanation:
    tf = float(scored.weighted_tf[0])
    parts = ", ".join(f"{name} {values[0]:.3f}" for name, values in scored.parts.items() if values[0])
    share = SHARES[term.unit]
    factor = "" if share == 1 else f"{share:g} × "
    return Explanation(
        float(scored.scores[0]),
        f"{term.unit} {term.text}: {factor}idf {scored.idf:.4f} (in {scored.doc_freq} articles)"
        f" × tf~ {tf:.4f} / (k1 {K1:g} + tf~); tf~ = {parts}",
    )
