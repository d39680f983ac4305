"""
The score of a tree: BM25F over its terms, and more for what is as it was typed.

An article that holds a run of several words in one piece gains what all terms
of the run could bring at most, so it is above every article that only has
the words apart; so does one whose headline is the query. The first articles of a
longer query gain by their best passage as well (`first`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from searchlib.arrays import np
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.search.passage_rescorer import PassageRescorer
from searchlib.embedded.search.query_postings import TERM_SHIFT, Counted, SegmentPostings
from searchlib.embedded.search.topk import best
from searchlib.embedded.store.docsets import Docs, is_in, no_docs
from searchlib.embedded.store.snapshot import Floats
from searchlib.engine.request import FieldWeights
from searchlib.frozen import dataclass
from searchlib.model import TEXT_FIELDS
from searchlib.query.nodes import Phrase, Query
from searchlib.scoring.bm25f import SHARES, B, idf, saturate
from searchlib.scoring.headline_match import check_of, headline_is
from searchlib.scoring.plan import run_gain, scoring_plan
from searchlib.scoring.summing import sum_in_order
from searchlib.scoring.terms import Term

if TYPE_CHECKING:
    from searchlib.embedded.search.synthetic_scores import AddedScores, SyntheticScores

_OTHERWISE_CUT = 1
"""Maximum difference in words between a headline and the query, for other cuts; one more a mark."""


@dataclass(frozen=True)
class Gain:
    """What an article gains when its text has something; `candidates` are all that may have it."""

    value: float
    candidates: Docs
    holds: Callable[[int], bool]

    def is_of(self, doc: int) -> bool:
        """Return whether a document gains: reads it only where it may have it."""
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
    """An open word: the words of the index that it is in, counted as one term; tf~ of each document."""

    docs: Docs
    weighted: Floats
    factor: float
    """Share × idf."""


class Scorer:
    """Scores documents for one tree."""

    def __init__(self, tree: Query, matcher: Matcher, weights: FieldWeights) -> None:
        self._matcher = matcher
        self._snapshot = matcher.snapshot
        self._boosts = {name: weights.of(name) for name in (*TEXT_FIELDS, *weights.own)}
        self._plan = plan = scoring_plan(tree, matcher.analyzer)
        self._uncounted: Mapping[Term, None] = plan.synthetic.terms if plan.synthetic else {}
        self._table = matcher.read((*plan.shares, *self._uncounted))
        self._figures = matcher.figures
        terms = self._table.terms
        count = self._figures.doc_count
        factors = [plan.shares.get(term, 0.0) * idf(self._figures.doc_freq(term), count) for term in terms]
        self._factors = np.array(factors)
        self._factor_of = dict(zip(terms, factors, strict=True))
        self._gains = [Gains(list(self._forms(phrase, self._most(phrase, own)))) for phrase, own in plan.runs]
        if plan.title and self._boosts["headline"]:
            candidates = self._find_headed(plan.title)
            is_it = lambda doc: headline_is(plan.title, matcher.texts(doc, "headline"))  # noqa: E731
            self._gains.append(Gains([Gain(sum_in_order(factors), candidates, is_it)]))

    @cached_property
    def _synthetic(self) -> SyntheticScores | None:
        """What is counted together; None for a tree without other forms and words of the user's."""
        if self._plan.synthetic is None:
            return None
        from searchlib.embedded.search.synthetic_scores import SyntheticScores  # noqa: PLC0415 (few queries need it)

        return SyntheticScores(self._plan.synthetic, self._table, self._number_of, self._figures)

    def _most(self, phrase: Phrase, own: Iterable[Term]) -> float:
        """Return the sum of what the terms of a run can bring."""
        most = sum_in_order(self._factor_of[term] for term in own)
        if self._synthetic and phrase.user_words:
            most += self._synthetic.factor_of_words(phrase)
        return most

    def _forms(self, phrase: Phrase, most: float) -> Iterator[Gain]:
        """Yield what a run in one piece brings, as it was typed and in its other forms."""
        for form in (phrase, *phrase.equals):
            value, *_ = run_gain(phrase, form, most)
            yield Gain(value, self._matcher.candidates(form), partial(self._matcher.holds, form))

    @cached_property
    def _number_of(self) -> dict[Term, int]:
        return {term: number for number, term in enumerate(self._table.terms)}

    def _find_headed(self, title: str) -> Docs:
        """Return the documents whose headlines may be the query, ascending."""
        check = check_of(title)
        found = []
        for segment, first in zip(self._snapshot.segments, self._snapshot.firsts, strict=False):
            if not segment.knows_headlines:
                return self._with_headlines_like(title)
            found.append(np.flatnonzero(segment.headlines() == check) + first)
        candidates: Docs = np.concatenate([no_docs(), *found])
        return candidates

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
        candidates: Docs = np.concatenate([no_docs(), *found])
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
        return self._plan.tells_apart

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
            matches: Returns whether a document matches; None when all do.
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
            total[loose.docs] += saturate(loose.weighted, loose.factor)
        for added in self._added:
            total[added.docs] += added.values
        return total

    @cached_property
    def _added(self) -> list[AddedScores]:
        """What the user's words bring, and other forms of what was asked for."""
        if self._synthetic is None:
            return []
        return self._synthetic.add_up(list(map(self._weigh, self._table.parts)), self._factor_of)

    def _scores(self, part: SegmentPostings) -> Floats:
        """Return the score of each posting of a segment."""
        scores: Floats = saturate(self._weigh(part), self._factors[part.keys >> TERM_SHIFT])
        return scores

    def _weigh(self, part: SegmentPostings) -> Floats:
        """Return tf~ of each posting of a segment: its frequencies weighted, and discounted by length."""
        total = np.zeros(len(part.keys))
        for counted in part.fields:
            if self._boosts[counted.field]:
                total[counted.places] += self._share(part, counted)
        return total

    def _share(self, part: SegmentPostings, counted: Counted) -> Floats:
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
        """What puts the first documents in order again; None for a short query."""
        if not self._plan.rescores:
            return None
        fields = {name for name, boost in self._boosts.items() if boost}
        deadline = self._matcher.deadline
        return PassageRescorer(self._factors.tolist(), self._table, self._snapshot, fields, deadline)

    @cached_property
    def _loose(self) -> list[Loose]:
        return [self._count_loose(phrase) for phrase in self._plan.open_words]

    def _count_loose(self, phrase: Phrase) -> Loose:
        """Add up what the words bring that a phrase may mean."""
        words = self._matcher.words(phrase)
        table = self._matcher.read([Term(word, "pair", phrase.field) for word in words])
        times = np.array([words[term.text] for term in table.terms], np.float64)
        weighted = [
            np.bincount(part.docs, self._weigh(part) * times[part.keys >> TERM_SHIFT], part.size)
            for part in table.parts
        ]
        docs = self._matcher.docs_of_word(phrase)
        counted = np.concatenate([np.empty(0), *weighted])[docs]
        weight = idf(self._figures.count_matching(phrase), self._figures.doc_count)
        return Loose(docs, counted, SHARES["word"] * phrase.boost * weight)
