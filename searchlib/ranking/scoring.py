"""
The score of a tree: BM25F over its terms, and more for a run that stands as it is.

An article that holds a run of several words in one piece gains what all terms
of the run could bring at most, so it stands above every article that only has
the words apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from searchlib.analysis import Analyzer, border_text, rows_of_units, simplify
from searchlib.model import TEXT_FIELDS, Explanation
from searchlib.query.nodes import Phrase, Query, Run, Terms, is_varied, positive_leaves
from searchlib.ranking.bm25f import EQUIVALENT_SHARE, K1, LENGTH_SHARE, SHARES, Weighting, idf, saturated
from searchlib.ranking.matching import Matcher, scored_grams
from searchlib.ranking.table import TERM_SHIFT, Counted, Part, Term
from searchlib.ranking.topk import best
from searchlib.store.docsets import Docs, either, is_in
from searchlib.store.snapshot import Floats

if TYPE_CHECKING:
    from searchlib.ranking.joints import Added, Joints


@dataclass(frozen=True)
class Whole:
    """A run that gains when it stands in one piece; *gain* is the sum of its terms' upper bounds."""

    phrase: Phrase
    gain: float


@dataclass(frozen=True)
class Loose:
    """A phrase that is no term of the index, counted in the text: tf~ of each document, and by field."""

    phrase: Phrase
    docs: Docs
    weighted: Floats
    by_field: dict[str, dict[int, float]]
    idf: float


class Scorer:
    """Scores documents for one tree."""

    def __init__(self, tree: Query, matcher: Matcher, weighting: Weighting) -> None:
        self._matcher = matcher
        self._snapshot = matcher.snapshot
        self._boosts = {name: weighting.of(name) for name in TEXT_FIELDS}
        runs: list[tuple[Phrase, list[Term]]] = []
        terms: dict[Term, None] = {}
        self._loose_phrases: list[Phrase] = []
        for leaf in positive_leaves(tree):
            phrase = leaf.whole if isinstance(leaf, Run) else leaf
            if isinstance(phrase, Phrase) and phrase.is_loose:
                self._loose_phrases.append(phrase)
                continue
            own = dict.fromkeys(self._terms(phrase))
            terms.update(own)
            if isinstance(leaf, Run):
                runs.append((leaf.whole, list(own)))
        self._joints = self._joints_of(tree, terms)
        extra = self._joints.terms if self._joints else {}
        terms.update(extra)
        self._table = matcher.read(terms)
        count = max(1, len(self._snapshot.docs))
        self._idfs = [idf(self._table.doc_freq(number), count) for number in range(len(terms))]
        factors = [
            0.0 if term in extra else SHARES[term.unit] * weight
            for term, weight in zip(self._table.terms, self._idfs, strict=True)
        ]
        self._factors = np.array(factors)
        self._factor_of = dict(zip(self._table.terms, factors, strict=True))
        self._wholes = [Whole(phrase, self._most(phrase, own)) for phrase, own in runs]

    def _terms(self, leaf: Phrase | Terms) -> Iterator[Term]:
        field = leaf.field if isinstance(leaf, Phrase) else None
        analyzer = self._matcher.analyzer
        for word in _words_with(leaf, analyzer) if leaf.user_words else analyzer.words(leaf.clean):
            yield Term(word, "word", field)
        for row in rows_of_units(simplify(border_text(leaf.clean))):
            for gram in scored_grams(row):
                yield Term(gram, "pair", field)

    def _joints_of(self, tree: Query, terms: Iterable[Term]) -> Joints | None:
        """Return what is counted together; None for a tree without other forms and words of the user's."""
        if not any(is_varied(leaf) for leaf in positive_leaves(tree)):
            return None
        from searchlib.ranking.joints import Joints  # noqa: PLC0415 (few queries need it)

        return Joints(tree, self._terms, terms, self._matcher.analyzer)

    def _most(self, phrase: Phrase, own: list[Term]) -> float:
        """Return the sum of what the terms of a run can bring."""
        most = sum(self._factor_of[term] for term in own)
        if self._joints and phrase.user_words:
            count = max(1, len(self._snapshot.docs))
            most += self._joints.factor_of_words(phrase, self._table, self._number_of, count)
        return most

    @cached_property
    def _number_of(self) -> dict[Term, int]:
        return {term: number for number, term in enumerate(self._table.terms)}

    @property
    def tells_apart(self) -> bool:
        """Whether anything is scored at all: a tree of filters and exclusions alone scores nothing."""
        return bool(len(self._factors) or self._loose_phrases)

    def score(self, doc: int) -> float:
        """Return the score of one document that matches."""
        return self._with_gains(float(self._of_terms[doc]), doc)

    def best(
        self, docs: Docs, wanted: int, matches: Callable[[int], bool] | None
    ) -> tuple[list[int], list[float]]:
        """
        Return the *wanted* best of *docs*, which ascend, in order, and their scores; ties go by id.

        Args:
            docs: All documents that may match.
            wanted: How many; fewer come back when fewer match.
            matches: Tells whether a document does; None when all do.
        """
        total = self._of_terms[docs]
        most = total
        for whole in self._wholes:
            candidates = self._matcher.candidates(whole.phrase)
            if len(candidates):
                most = most + whole.gain * is_in(docs, candidates)
            if whole.phrase.equals:
                others = either(self._matcher.candidates(other) for other in whole.phrase.equals)
                most = np.maximum(most, total + whole.gain * EQUIVALENT_SHARE * is_in(docs, others))

        def exact(place: int) -> float | None:
            doc = int(docs[place])
            if matches is not None and not matches(doc):
                return None
            return self._with_gains(float(total[place]), doc)

        places, scores = best(most, exact, lambda place: self._snapshot.id_of(int(docs[place])), wanted)
        return docs[places].tolist(), scores

    @cached_property
    def _of_terms(self) -> Floats:
        """What the terms bring to each document of the commit."""
        sums = [
            np.bincount(part.docs, self._scores(part), part.size).astype(np.float64, copy=False)
            for part in self._table.parts
        ]
        total = sums[0] if len(sums) == 1 else np.concatenate([np.empty(0), *sums])
        for loose in self._loose:
            total[loose.docs] += saturated(loose.weighted, SHARES["word"] * loose.idf)
        for added in self._added:
            total[added.docs] += added.values
        return total

    @cached_property
    def _added(self) -> list[Added]:
        """What the user's words bring, and other forms of what was asked for."""
        if not self._joints:
            return []
        weighted = list(map(self._weighted, self._table.parts))
        count = max(1, len(self._snapshot.docs))
        return self._joints.added(self._table, weighted, self._number_of, self._factor_of, count)

    def _scores(self, part: Part) -> Floats:
        """Return the score of each posting of a segment."""
        return saturated(self._weighted(part), self._factors[part.keys >> TERM_SHIFT])

    def _weighted(self, part: Part) -> Floats:
        """Return tf~ of each posting of a segment: its frequencies weighted, and discounted by length."""
        total = np.zeros(len(part.keys))
        for counted in part.fields:
            if self._boosts[counted.field]:
                total[counted.places] += self._share(part, counted)
        return total

    def _share(self, part: Part, counted: Counted) -> Floats:
        """Return what one field adds to tf~ of its postings."""
        name = counted.field
        discounts = self._snapshot.discounts(name, LENGTH_SHARE[name])[part.first : part.first + part.size]
        shares: Floats = discounts[counted.docs] * counted.counts * self._boosts[name]
        return shares

    def _with_gains(self, value: float, doc: int) -> float:
        for whole in self._wholes:
            value += self._gained(whole, doc)[0]
        return value

    def _gained(self, whole: Whole, doc: int) -> tuple[float, Phrase]:
        """Return what a document gains from a run in one piece, and in which form it has it."""
        if self._matcher.holds(whole.phrase, doc):
            return whole.gain, whole.phrase
        for other in whole.phrase.equals:
            if self._matcher.holds(other, doc):
                return whole.gain * EQUIVALENT_SHARE, other
        return 0.0, whole.phrase

    def explain(self, doc: int) -> Explanation:
        """Return the score of one document as a tree of what it is made of."""
        parts = [*self._explained_terms(doc), *self._explained_loose(doc)]
        parts += [part for added in self._added for part in added.explain(doc)]
        for whole in self._wholes:
            gain, phrase = self._gained(whole, doc)
            if gain:
                shown = phrase.clean if phrase is whole.phrase else f"{phrase.clean} (={phrase.of})"
                share = "" if phrase is whole.phrase else f"{EQUIVALENT_SHARE:g} × "
                what = f"“{shown}” stands in one piece: {share}the most that its terms can bring"
                parts.append(Explanation(gain, what))
        value = 0.0
        for one in parts:  # in the order in which they are added above
            value += one.value
        return Explanation(value, "sum of the terms' scores (BM25F)", tuple(parts))

    def _explained_terms(self, doc: int) -> Iterator[Explanation]:
        segment, place = self._snapshot.place_of(doc)
        part = self._table.parts[segment]
        weighted = self._weighted(part)
        shares = {counted.field: np.zeros(len(part.keys)) for counted in part.fields}
        for counted in part.fields:
            shares[counted.field][counted.places] = self._share(part, counted)
        for posting in np.flatnonzero(part.docs == place).tolist():
            number = int(part.keys[posting] >> TERM_SHIFT)
            term = self._table.terms[number]
            if self._joints and term in self._joints.terms:
                continue
            yield _explained(
                f"{term.unit} {term.text}",
                share=SHARES[term.unit],
                idf=self._idfs[number],
                doc_freq=self._table.doc_freq(number),
                tf=float(weighted[posting]),
                shares={name: float(values[posting]) for name, values in shares.items()},
            )

    def _explained_loose(self, doc: int) -> Iterator[Explanation]:
        for loose in self._loose:
            place = int(np.searchsorted(loose.docs, doc))
            if place < len(loose.docs) and loose.docs[place] == doc:
                yield _explained(
                    f"word {loose.phrase}",
                    share=SHARES["word"],
                    idf=loose.idf,
                    doc_freq=len(loose.docs),
                    tf=float(loose.weighted[place]),
                    shares={name: shares.get(doc, 0.0) for name, shares in loose.by_field.items()},
                )

    @cached_property
    def _loose(self) -> list[Loose]:
        return [self._counted(phrase) for phrase in self._loose_phrases]

    def _counted(self, phrase: Phrase) -> Loose:
        """Count a phrase that is no term of the index, in the text of the articles that hold it."""
        docs = self._matcher.docs(phrase)
        by_field: dict[str, dict[int, float]] = {}
        weighted = np.zeros(len(docs))
        for place, doc in enumerate(docs.tolist()):
            for name, text in self._matcher.texts(doc, phrase.field):
                count = sum(1 for _ in phrase.pattern.spans(text))
                if count:
                    discount = float(self._snapshot.discounts(name, LENGTH_SHARE[name])[doc])
                    share = discount * count * self._boosts[name]
                    shares = by_field.setdefault(name, {})
                    shares[doc] = shares.get(doc, 0.0) + share
                    weighted[place] += share
        return Loose(phrase, docs, weighted, by_field, idf(len(docs), max(1, len(self._snapshot.docs))))


def _words_with(leaf: Phrase | Terms, analyzer: Analyzer) -> Iterator[str]:
    from searchlib.ranking.joints import words_with  # noqa: PLC0415 (few queries need it)

    return words_with(leaf.clean, leaf.user_words, analyzer)


def _explained(
    what: str, *, share: float, idf: float, doc_freq: int, tf: float, shares: dict[str, float]
) -> Explanation:
    parts = ", ".join(f"{name} {value:.3f}" for name, value in shares.items() if value)
    factor = "" if share == 1 else f"{share:g} × "
    return Explanation(
        float(saturated(np.array([tf]), share * idf)[0]),
        f"{what}: {factor}idf {idf:.4f} (in {doc_freq} articles)"
        f" × tf~ {tf:.4f} / (k1 {K1:g} + tf~); tf~ = {parts}",
    )
