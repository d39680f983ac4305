"""
The score of an article of which only the text is at hand, and the figures of the whole index.

The same sum as the embedded engine makes of postings, article by article: for an engine in
memory, or one whose articles come from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from searchlib.analysis import Analyzer, fold
from searchlib.analysis.counted import CountedArticle
from searchlib.engine.request import FieldWeights
from searchlib.findings import Explanation
from searchlib.message import Message
from searchlib.model import TEXT_FIELDS
from searchlib.query.nodes import Phrase, Query
from searchlib.scoring.bm25f import EQUIVALENT_SHARE, SHARES, B, idf, saturate
from searchlib.scoring.collection_figures import CollectionFigures
from searchlib.scoring.explanations import SUM, explain_passages, explain_term
from searchlib.scoring.headline_match import headline_is
from searchlib.scoring.passages import Passages, Text
from searchlib.scoring.plan import HEADLINE_GAIN, run_gain, scoring_plan
from searchlib.scoring.rescoring import DECIMALS, first_pair, gains, passage_weights
from searchlib.scoring.summing import sum_in_order
from searchlib.scoring.synthetic_terms import SyntheticTerm, explain_synthetic
from searchlib.scoring.terms import Term, order_of
from searchlib.textmatch.phrases import matcher_of

_UNITS = {"word": "word {}", "pair": "pair {}"}
"""How a term is shown in an explanation, by its unit."""

_BEFORE_BODY = frozenset(TEXT_FIELDS[: TEXT_FIELDS.index("body")])


class TextScorer:
    """Scores articles for one tree."""

    def __init__(
        self, tree: Query, analyzer: Analyzer, weights: FieldWeights, figures: CollectionFigures
    ) -> None:
        self._boosts = {name: weights.of(name) for name in (*TEXT_FIELDS, *weights.own)}
        self._figures = figures
        self._plan = scoring_plan(tree, analyzer)
        self._idfs = {
            term: self._idf(figures.doc_freq(term)) for term in sorted(self._plan.shares, key=order_of)
        }
        self._factors = {term: self._plan.shares[term] * weight for term, weight in self._idfs.items()}

    def _idf(self, doc_freq: int) -> float:
        return idf(doc_freq, self._figures.doc_count)

    @property
    def tells_apart(self) -> bool:
        """Whether anything is scored at all: a tree of filters and exclusions alone scores nothing."""
        return self._plan.tells_apart

    @property
    def rescores(self) -> bool:
        """Whether the best passages order the first articles again."""
        return self._plan.rescores

    @property
    def most(self) -> float:
        """What all terms can bring."""
        return sum_in_order(self._factors.values())

    def weights(self) -> dict[str, float]:
        """Return the most that each word and pair of characters of the query can bring, by its text."""
        found: dict[str, float] = {}
        for term, factor in self._factors.items():
            if factor:
                found[term.text] = found.get(term.text, 0.0) + factor
        return found

    def score(self, counted: CountedArticle) -> float:
        """Return the score of an article that matches, without what its best passage brings."""
        return sum_in_order(part.value for part in self._parts(counted))

    def explain(self, counted: CountedArticle, *, has_passages: bool) -> Explanation:
        """Return the score of an article as a tree; the first articles of a text gain by passages."""
        parts = list(self._parts(counted))
        if has_passages:
            parts += explain_passages(self.most, self.shares([counted])[0])
        return Explanation(sum_in_order(part.value for part in parts), SUM, tuple(parts))

    def with_gains(self, score: float, shares: tuple[float, float]) -> float:
        """Return a score with what the passage and the lead add."""
        passage, lead = gains(self.most, shares)
        return score + passage + lead

    def shares(self, articles: Sequence[CountedArticle]) -> list[tuple[float, float]]:
        """Return for each article what share of the query its best passage holds, and its lead."""
        found = self._passages.shares([self._text(one) for one in articles])
        rows = zip(articles, found.passage.tolist(), found.lead.tolist(), strict=True)
        return [
            (min(round(passage, DECIMALS), bound), min(round(lead, DECIMALS), bound))
            for article, passage, lead in rows
            for bound in [self._bound(article)]
        ]

    @cached_property
    def _passage_weights(self) -> dict[str, float]:
        return passage_weights(self._factors)

    @cached_property
    def _passages(self) -> Passages:
        return Passages(self._passage_weights)

    def _text(self, counted: CountedArticle) -> Text:
        """Return what of an article's text counts for passages: the fields that have a weight."""
        texts = [(name, text) for name, text in counted.texts if self._boosts[name]]
        return Text(
            [text for _, text in texts], sum(len(text) + 1 for name, text in texts if name in _BEFORE_BODY)
        )

    def _bound(self, counted: CountedArticle) -> float:
        """Return the share that any part of an article holds at most: by terms whose first pair it has."""
        known = (*self._plan.shares, *(self._plan.synthetic.terms if self._plan.synthetic else ()))
        pairs = {term.text for term in known if term.unit == "pair" and term.field is None}
        held = 0.0
        for text, weight in self._passage_weights.items():
            first = first_pair(text)
            if first not in pairs or counted.has(first, "pair"):
                held += weight
        total = sum_in_order(self._passage_weights.values())
        bound: float = min(1.0, round(held / total + 10**-DECIMALS, DECIMALS))
        return bound

    def _parts(self, counted: CountedArticle) -> Iterator[Explanation]:
        for term, weight in self._idfs.items():
            by_field = self._by_field(term, counted)
            if by_field:
                yield explain_term(
                    Message(_UNITS[term.unit], term.text),
                    key=f"{term.unit}:{term.field or ''}:{term.text}",
                    boost=self._plan.boosts[term],
                    share=self._plan.shares[term],
                    idf=weight,
                    doc_freq=self._figures.doc_freq(term),
                    tf=sum_in_order(by_field.values()),
                    shares=by_field,
                )
        for phrase in self._plan.open_words:
            yield from self._open_word(phrase, counted)
        yield from self._synthetic(counted)
        for phrase, own in self._plan.runs:
            yield from self._explain_run(phrase, own, counted)
        if self._plan.title and self._boosts["headline"]:
            headlines = [("headline", fold(text)) for text in counted.texts_in("headline")]
            if headline_is(self._plan.title, headlines):
                yield Explanation(self.most, HEADLINE_GAIN, key="headline")

    def _by_field(self, term: Term, counted: CountedArticle) -> dict[str, float]:
        """Return what each field adds to tf~ of a term; nothing when the article does not hold it."""
        return self._weigh(counted.counts(term.text, term.unit, term.field), counted)

    def _weigh(self, counts: Mapping[str, int], counted: CountedArticle) -> dict[str, float]:
        found = {}
        for name, count in counts.items():
            relative = max(counted.length(name), 1) / self._figures.mean_length(name)
            discount = 1 / (1 - B + B * relative)  # in the order in which the engines multiply
            found[name] = discount * count * self._boosts[name]
        return found

    def _open_word(self, phrase: Phrase, counted: CountedArticle) -> Iterator[Explanation]:
        """Yield what an open word brings: the words that it may mean are counted as one term."""
        counts: dict[str, int] = {}
        for name, text in counted.texts:
            if phrase.field in {None, name}:
                counts[name] = counts.get(name, 0) + sum(
                    1 for _ in matcher_of(phrase).pattern.spans(fold(text))
                )
        by_field = self._weigh({name: count for name, count in counts.items() if count}, counted)
        if by_field:
            doc_freq = self._figures.count_matching(phrase)
            yield explain_term(
                Message(_UNITS["word"], phrase),
                key=f"loose:{phrase}",
                boost=phrase.boost,
                share=SHARES["word"] * phrase.boost,
                idf=self._idf(doc_freq),
                doc_freq=doc_freq,
                tf=sum_in_order(by_field.values()),
                shares=by_field,
            )

    def _synthetic(self, counted: CountedArticle) -> Iterator[Explanation]:
        """Yield what the user's words bring, and of each phrase the other form that brings most."""
        synthetic = self._plan.synthetic
        if synthetic is None:
            return
        for word, boost in synthetic.words.items():
            yield from self._best_of([(word, self._word_factor(word, boost))], counted)
        for group in synthetic.groups:
            sums = [(one, sum_in_order(self._factors[term] for term in one.literal)) for one in group]
            yield from self._best_of(sums, counted)

    def _word_factor(self, word: SyntheticTerm, boost: float) -> float:
        return SHARES["word"] * boost * self._idf(self._figures.count_holding(word.terms))

    def _best_of(
        self, factors: Sequence[tuple[SyntheticTerm, float]], counted: CountedArticle
    ) -> Iterator[Explanation]:
        best: Explanation | None = None
        for one, factor in factors:
            tfs = [
                sum_in_order(self._by_field(term, counted).values())
                for term in one.terms
                if self._holds(term, counted)
            ]
            if len(tfs) < len(one.terms):
                continue
            own = ((term, sum_in_order(self._by_field(term, counted).values())) for term in one.literal)
            off = sum_in_order(float(saturate(tf, self._factors[term])) for term, tf in own)
            share = EQUIVALENT_SHARE if one.literal else 1
            value = float(saturate(min(tfs), share * factor)) - off
            if value > 0 and (best is None or value > best.value):
                best = explain_synthetic(one, value=value, factor=factor, tf=min(tfs), taken_off=off)
        if best is not None:
            yield best

    def _holds(self, term: Term, counted: CountedArticle) -> bool:
        return bool(counted.counts(term.text, term.unit, term.field))

    def _explain_run(
        self, phrase: Phrase, own: Sequence[Term], counted: CountedArticle
    ) -> Iterator[Explanation]:
        """Yield what an article gains that holds a run, or another form of it, in one piece."""
        most = sum_in_order(self._factors[term] for term in own)
        if self._plan.synthetic and phrase.user_words:
            words = self._plan.synthetic.words
            most += sum_in_order(
                self._word_factor(one, words[one]) for one in self._plan.synthetic.words_of(phrase)
            )
        for form in (phrase, *phrase.equals):
            if any(map(matcher_of(form).contains, counted.texts_in(form.field))):
                value, what, key = run_gain(phrase, form, most)
                yield Explanation(value, what, key=key)
                return
