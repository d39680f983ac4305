"""
The score of a tree: BM25F over its terms, and more for what stands as it was typed.

An article that holds a run of several words in one piece gains what all terms
of the run could bring at most, so it stands above every article that only has
the words apart; so does one whose headline is the query. The first articles of a
longer query gain by their best passage as well (`first`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.search.passage_rescorer import PassageRescorer
from searchlib.embedded.search.table import TERM_SHIFT, Counted, Part, Table
from searchlib.embedded.search.topk import best
from searchlib.embedded.store.docsets import NO_DOCS, Docs, is_in
from searchlib.embedded.store.snapshot import Floats
from searchlib.engine.request import FieldWeights
from searchlib.model import TEXT_FIELDS, Explanation
from searchlib.query.nodes import Phrase, Query, is_varied, positive_leaves
from searchlib.scoring.bm25f import EQUIVALENT_SHARE, K1, SHARES, B, idf, saturated
from searchlib.scoring.headline_match import headline_asked_for, headline_is
from searchlib.scoring.query_terms import scored_terms, weighed_terms
from searchlib.scoring.rescoring import LEAD_WEIGHT, POWER
from searchlib.scoring.terms import Term

if TYPE_CHECKING:
    from searchlib.embedded.search.joints import Added, Joints

_OTHERWISE_CUT = 1
"""So many words more or less a headline may have for being cut with other words around; one more a mark."""


@dataclass(frozen=True)
class Gain:
    """What an article gains when its text has something; `candidates` are all that may have it."""

    value: float
    what: str
    key: str
    """What it is about, whatever `what` says: see `Explanation.key`."""
    candidates: Docs
    holds: Callable[[int], bool]

    def is_of(self, doc: int) -> bool:
        """Tell whether a document gains: reads it only where it may have it."""
        place = int(np.searchsorted(self.candidates, doc))
        candidate = place < len(self.candidates) and self.candidates[place] == doc
        return bool(candidate) and self.holds(doc)


@dataclass(frozen=True)
class Gains:
    """Gains of which an article has the first that is its: the literal form before the others."""

    forms: Sequence[Gain]

    def of(self, doc: int) -> Gain | None:
        """Return what one document gains; None for nothing."""
        return next((form for form in self.forms if form.is_of(doc)), None)

    def most(self, docs: Docs) -> Floats | None:
        """Return what each document gains at most; None when none can gain."""
        most: Floats | None = None
        for form in self.forms:
            if len(form.candidates):
                values = np.where(is_in(docs, form.candidates), form.value, 0.0)
                most = values if most is None else np.maximum(most, values)
        return most


@dataclass(frozen=True)
class Loose:
    """An open word: the words of the index that it stands in, counted as one term; tf~ of each document."""

    phrase: Phrase
    table: Table
    times: Floats
    """How often it stands in each term of the table."""
    docs: Docs
    weighted: Floats
    doc_freq: int
    idf: float


class Scorer:
    """Scores documents for one tree."""

    def __init__(self, tree: Query, matcher: Matcher, weighting: FieldWeights) -> None:
        self._matcher = matcher
        self._snapshot = matcher.snapshot
        self._boosts = {name: weighting.of(name) for name in (*TEXT_FIELDS, *weighting.own)}
        scored = scored_terms(tree, matcher.analyzer)
        terms = scored.terms
        self._boost_of = scored.boosts
        self._loose_phrases = scored.loose
        self._joints = self._joints_of(tree, terms)
        self._uncounted: Mapping[Term, None] = self._joints.terms if self._joints else {}
        terms.update(dict.fromkeys(self._uncounted, 0.0))
        self._table = matcher.read(terms)
        self._figures = matcher.figures
        self._doc_freqs = [self._figures.doc_freq(term) for term in self._table.terms]
        self._idfs = [idf(found, self._figures.doc_count) for found in self._doc_freqs]
        self._shares = [SHARES[term.unit] * terms[term] for term in self._table.terms]
        factors = [share * weight for share, weight in zip(self._shares, self._idfs, strict=True)]
        self._factors = np.array(factors)
        self._factor_of = dict(zip(self._table.terms, factors, strict=True))
        self._gains = [
            Gains(list(self._forms(phrase, self._most(phrase, own)))) for phrase, own in scored.runs
        ]
        title = headline_asked_for(tree)
        if title and self._boosts["headline"]:
            candidates = self._with_headlines_like(title)
            what = "the headline is the query: the most that all terms can bring"
            is_it = lambda doc: headline_is(title, matcher.texts(doc, "headline"))  # noqa: E731
            self._gains.append(Gains([Gain(sum(factors), what, "headline", candidates, is_it)]))
        self._looks_into_passages = scored.looks_into_passages

    def _joints_of(self, tree: Query, terms: Iterable[Term]) -> Joints | None:
        """Return what is counted together; None for a tree without other forms and words of the user's."""
        if not any(is_varied(leaf) for leaf in positive_leaves(tree)):
            return None
        from searchlib.embedded.search.joints import Joints  # noqa: PLC0415 (few queries need it)

        terms_of = partial(weighed_terms, analyzer=self._matcher.analyzer)
        return Joints(tree, terms_of, terms, self._matcher.analyzer)

    def _most(self, phrase: Phrase, own: list[Term]) -> float:
        """Return the sum of what the terms of a run can bring."""
        most = sum(self._factor_of[term] for term in own)
        if self._joints and phrase.user_words:
            most += self._joints.factor_of_words(phrase, self._figures)
        return most

    def _forms(self, phrase: Phrase, most: float) -> Iterator[Gain]:
        """Yield what a run in one piece brings, as it was typed and in its other forms."""
        for form in (phrase, *phrase.equals):
            shown = phrase.clean if form is phrase else f"{form.clean} (={form.of})"
            share = 1.0 if form is phrase else EQUIVALENT_SHARE
            times = "" if form is phrase else f"{EQUIVALENT_SHARE:g} × "
            yield Gain(
                most * share,
                f"“{shown}” stands in one piece: {times}the most that its terms can bring",
                f"whole:{form}",
                self._matcher.candidates(form),
                partial(self._matcher.holds, form),
            )

    @cached_property
    def _number_of(self) -> dict[Term, int]:
        return {term: number for number, term in enumerate(self._table.terms)}

    def _with_headlines_like(self, title: str) -> Docs:
        """
        Return the documents whose headlines have the query's pairs and about as many words.

        A mark that the query does not have parts a pair between two words, seldom one word:
        so many pairs may be lacking, half of all at most.
        """
        is_pair = np.array(
            [term.unit == "pair" and term not in self._uncounted for term in self._table.terms]
        )
        wanted = int(np.count_nonzero(is_pair))
        words = len(self._matcher.analyzer.words(title))
        most_lacking = min(wanted // 2, words - len(title.split()))
        found = []
        for part in self._table.parts:
            held = [
                counted.docs[is_pair[part.keys[counted.places] >> TERM_SHIFT]]
                for counted in part.fields
                if counted.field == "headline"
            ]
            if not held:
                continue
            lacking: Docs | int = 0
            docs = np.concatenate(held)
            if wanted != 1 or most_lacking < 0:
                lacking = wanted - np.bincount(docs, minlength=part.size)
                docs = np.flatnonzero(lacking <= most_lacking)
                lacking = lacking[docs]
            docs = docs + part.first
            alike = np.abs(self._snapshot.lengths("headline")[docs] - words) <= _OTHERWISE_CUT + lacking
            found.append(docs[alike])
        candidates: Docs = np.concatenate([NO_DOCS, *found])
        return candidates

    def weights(self) -> dict[str, float]:
        """Return the most that each word and pair of characters of the query can bring, by its text."""
        found: dict[str, float] = {}
        for term, factor in self._factor_of.items():
            if factor:
                found[term.text] = found.get(term.text, 0.0) + factor
        return found

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
        for gains in self._gains:
            gained = gains.most(docs)
            if gained is not None:
                most = most + gained

        def exact(place: int) -> float | None:
            doc = int(docs[place])
            if matches is not None and not matches(doc):
                return None
            value = float(total[place])
            return self._with_gains(value, doc) if most[place] > value else value

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
            total[loose.docs] += saturated(loose.weighted, SHARES["word"] * loose.phrase.boost * loose.idf)
        for added in self._added:
            total[added.docs] += added.values
        return total

    @cached_property
    def _added(self) -> list[Added]:
        """What the user's words bring, and other forms of what was asked for."""
        if not self._joints:
            return []
        weighted = list(map(self._weighted, self._table.parts))
        return self._joints.added(
            self._table, weighted, self._number_of, self._factor_of, figures=self._figures
        )

    def _scores(self, part: Part) -> Floats:
        """Return the score of each posting of a segment."""
        scores: Floats = saturated(self._weighted(part), self._factors[part.keys >> TERM_SHIFT])
        return scores

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
        discounts = self._snapshot.discounts(name, B)[part.first : part.first + part.size]
        shares: Floats = discounts[counted.docs] * counted.counts * self._boosts[name]
        return shares

    def _with_gains(self, value: float, doc: int) -> float:
        for gains in self._gains:
            gain = gains.of(doc)
            if gain is not None:
                value += gain.value
        return value

    @cached_property
    def passages(self) -> PassageRescorer | None:
        """What puts the first documents in order anew; None for a short query."""
        if not self._looks_into_passages:
            return None
        fields = {name for name, boost in self._boosts.items() if boost}
        deadline = self._matcher.deadline
        return PassageRescorer(self._factors.tolist(), self._table, self._snapshot, fields, deadline)

    def explain(self, doc: int, *, is_first: bool) -> Explanation:
        """Return the score of one document as a tree of what it is made of; the first gain by passages."""
        parts = [*self._explained_terms(doc), *self._explained_loose(doc)]
        parts += [part for added in self._added for part in added.explain(doc)]
        gained = [gains.of(doc) for gains in self._gains]
        parts += [Explanation(gain.value, gain.what, key=gain.key) for gain in gained if gain is not None]
        if self.passages and is_first:
            shares = self.passages.shares([doc])[0]
            most = f"{self.passages.most:.4f}, the most that all terms can bring"
            whats = (
                f"the best passage: holds {shares[0]:.4f} of the query: {most}, × {shares[0]:.4f}^{POWER}",
                f"the lead: holds {shares[1]:.4f} of the query: {LEAD_WEIGHT:g} × {most}, × {shares[1]:.4f}",
            )
            gains_of_both = zip(self.passages.gains(shares), whats, strict=True)
            keys = ("passage", "lead")
            parts += [
                Explanation(gain, what, key=key)
                for key, (gain, what) in zip(keys, gains_of_both, strict=True)
            ]
        value = 0.0
        for one in parts:  # in the order in which they are added above
            value += one.value
        return Explanation(value, "sum of the terms' scores (BM25F) and of what the text gains", tuple(parts))

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
            if term in self._uncounted:
                continue
            yield _explained(
                f"{term.unit} {term.text}",
                key=f"{term.unit}:{term.field or ''}:{term.text}",
                boost=self._boost_of[term],
                share=self._shares[number],
                idf=self._idfs[number],
                doc_freq=self._doc_freqs[number],
                tf=float(weighted[posting]),
                shares={name: float(values[posting]) for name, values in shares.items()},
            )

    def _explained_loose(self, doc: int) -> Iterator[Explanation]:
        for loose in self._loose:
            place = int(np.searchsorted(loose.docs, doc))
            if place < len(loose.docs) and loose.docs[place] == doc:
                yield _explained(
                    f"word {loose.phrase}",
                    key=f"loose:{loose.phrase}",
                    boost=loose.phrase.boost,
                    share=SHARES["word"] * loose.phrase.boost,
                    idf=loose.idf,
                    doc_freq=loose.doc_freq,
                    tf=float(loose.weighted[place]),
                    shares=self._shares_of(loose, doc),
                )

    @cached_property
    def _loose(self) -> list[Loose]:
        return [self._counted(phrase) for phrase in self._loose_phrases]

    def _counted(self, phrase: Phrase) -> Loose:
        """Add up what the words bring that a phrase may mean."""
        words = self._matcher.words(phrase)
        table = self._matcher.read([Term(word, "pair", phrase.field) for word in words])
        times = np.array([words[term.text] for term in table.terms], np.float64)
        weighted = [
            np.bincount(part.docs, self._weighted(part) * times[part.keys >> TERM_SHIFT], part.size)
            for part in table.parts
        ]
        docs = self._matcher.docs(phrase)
        counted = np.concatenate([np.empty(0), *weighted])[docs]
        doc_freq = self._figures.count_matching(phrase, docs)
        return Loose(phrase, table, times, docs, counted, doc_freq, idf(doc_freq, self._figures.doc_count))

    def _shares_of(self, loose: Loose, doc: int) -> dict[str, float]:
        """Return what each field adds to tf~ of an open word in one document."""
        segment, place = self._snapshot.place_of(doc)
        part = loose.table.parts[segment]
        found: dict[str, float] = {}
        for counted in part.fields:
            shares = self._share(part, counted) * loose.times[part.keys[counted.places] >> TERM_SHIFT]
            found[counted.field] = found.get(counted.field, 0.0) + float(shares[counted.docs == place].sum())
        return found


def _explained(
    what: str,
    *,
    key: str,
    boost: float,
    share: float,
    idf: float,
    doc_freq: int,
    tf: float,
    shares: dict[str, float],
) -> Explanation:
    parts = ", ".join(f"{name} {value:.3f}" for name, value in shares.items() if value)
    factor = "" if share == boost else f"{share / boost:g} × "
    factor = factor if boost == 1 else f"boost {boost:g} × {factor}"
    return Explanation(
        float(saturated(np.array([tf]), share * idf)[0]),
        f"{what}: {factor}idf {idf:.4f} (in {doc_freq} articles)"
        f" × tf~ {tf:.4f} / (k1 {K1:g} + tf~); tf~ = {parts}",
        key=key,
    )
