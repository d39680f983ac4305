"""
A slow search engine in pure Python: article by article what the rules of matching and the formulas say.

It shares with the engine what is not in question here: the parser's trees, the
analyzer's words, the weights. Whether a phrase stands in a text is told by
`oracle`, for open ends and edits by the phrase's own pattern on the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise, product

from best_passage import held_shares
from oracle import contains, places, stretches

from searchlib import Article
from searchlib.analysis import Analyzer, clean_text, fold, grams_of, is_han, rows_of_units, simplify
from searchlib.analysis.stopwords import FUNCTION_FACTOR, FUNCTION_WORDS, QUESTION_FACTOR, is_question_word
from searchlib.engine.request import DEFAULT_BOOSTS
from searchlib.model import TEXT_FIELDS
from searchlib.query.nodes import (
    And,
    AtLeast,
    DateRange,
    Every,
    Near,
    Not,
    Or,
    Phrase,
    Query,
    Run,
    Should,
    Stored,
    Terms,
)
from searchlib.query.pieces import pieces
from searchlib.scoring.bm25f import K1, SHARES, B
from searchlib.scoring.relaxing import CLOSEST, CLOSEST_SHARE
from searchlib.scoring.rescoring import (
    LEAD_WEIGHT,
    LEAST_WORDS,
    LEAST_WORDS_OF_A_TEXT,
    MOST_TERMS,
    PAIR_PART,
    POWER,
    RESCORE_DEPTH,
)
from searchlib.scoring.terms import Term
from searchlib.textmatch.phrases import matcher_of

Occurrences = Mapping[str, Mapping[str, int]]
"""For each article its count in each field."""


@dataclass(frozen=True)
class Asked:
    """What `Index.search` is asked besides the query."""

    relaxed: Query | None = None
    is_strict: bool = True
    is_question: bool = False
    sort: str = "relevance"
    since: str | None = None
    until: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    boosts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Expected:
    """Every article that matches, with its score; the tree answered; how many lack a full date."""

    scores: dict[str, float]
    """The scores before passages are looked into."""
    gain: Callable[[str], float] | None
    """What the best passage brings to one of the first articles; None where passages do not count."""
    tree: Query
    """What was answered, the relaxed tree without the words that an article must have."""
    undated: int

    def final(self, seen: Mapping[str, float]) -> dict[str, float]:
        """
        Return the scores with what the best passages bring to the first articles.

        Which of equal articles are the last of the first, sums of floats decide that
        the engine adds in another order: there alone *seen*, its scores, are believed.
        """
        if self.gain is None:
            return self.scores
        border = sorted(self.scores.values(), reverse=True)[:RESCORE_DEPTH][-1:] or [0.0]
        first = [key for key, score in self.scores.items() if score > border[0] + EQUAL]
        equal = [key for key, score in self.scores.items() if abs(score - border[0]) <= EQUAL]
        first += sorted(equal, key=lambda key: (-seen[key], key))[: RESCORE_DEPTH - len(first)]
        return self.scores | {key: self.scores[key] + self.gain(key) for key in first}


EQUAL = 1e-9


class Reference:
    """Holds articles with all their terms counted."""

    def __init__(self, articles: Iterable[Article], analyzer: Analyzer) -> None:
        self.articles = {article.id: article for article in articles}
        self._analyzer = analyzer
        self._words = {key: self._counted(article, self._words_of) for key, article in self.articles.items()}
        self._grams = {key: self._counted(article, _grams_of) for key, article in self.articles.items()}
        self._holders: dict[Phrase, set[str]] = {}
        self._terms_of: dict[Phrase | Run | Terms, dict[Term, float]] = {}
        self._counts: dict[Term, dict[str, dict[str, int]]] = {}

    @staticmethod
    def _counted(article: Article, cut: Callable[[str], list[str]]) -> dict[str, Counter[str]]:
        return {name: Counter(chain.from_iterable(map(cut, article.texts(name)))) for name in TEXT_FIELDS}

    def _words_of(self, text: str) -> list[str]:
        return self._analyzer.words(clean_text(text))

    def answer(self, tree: Query, asked: Asked) -> Expected:
        """Return what a search of *tree* finds."""
        passing = {key for key, article in self.articles.items() if self._passes(article, asked)}
        found = {key for key in passing if self.matches(tree, key)}
        if asked.relaxed is not None and (asked.is_question or not (found and asked.is_strict)):
            tree, found = self._relaxed(tree, asked, passing, found if asked.is_strict else set())
        undated = 0
        if asked.since or asked.until or any(isinstance(node, DateRange) for node in _nodes(tree)):
            anytime = Asked(where=asked.where)
            undated = sum(
                self._passes(article, anytime) and self.matches(tree, key, dates=False)
                for key, article in self.articles.items()
                if not _is_full(article.date) and key not in found
            )
        scores = self.scores(tree, asked.boosts)
        gain = self._passage_gain(tree, asked.boosts) if asked.sort == "relevance" else None
        return Expected({key: scores[key] for key in found}, gain, tree, undated)

    def _relaxed(
        self, strict: Query, asked: Asked, passing: set[str], whole: set[str]
    ) -> tuple[Query, set[str]]:
        """
        Return the relaxed tree, with as many words as an article must have, and what it finds.

        That is half of the words, or as many as one has of the ten first that have any of them; those
        do not count whose score is less than a third of the best one's. Where all of these are among
        *whole*, that is the answer.
        """
        assert isinstance(asked.relaxed, And)
        words, *others = asked.relaxed.subqueries
        assert isinstance(words, AtLeast)
        held = {key: sum(self.matches(word, key) for word in words.subqueries) for key in passing}
        rest = And(others)
        found = {key for key in passing if held[key] and self.matches(rest, key)}
        scores = self.scores(rest, asked.boosts)
        scores = {key: scores[key] for key in found}
        scores = Expected(scores, self._passage_gain(rest, asked.boosts), strict, 0).final(scores)
        best = ordered(scores, self.articles, "relevance")[:CLOSEST]
        close = [key for key in best if scores[key] >= scores[best[0]] * CLOSEST_SHARE]
        if not close or (whole and whole.issuperset(close)):
            return strict, whole
        least = min((len(words.subqueries) + 1) // 2, *(held[key] for key in close))
        return rest, {key for key in found if held[key] >= least}

    def _passes(self, article: Article, asked: Asked) -> bool:
        return _in_range(article.date, asked.since, asked.until) and all(
            _has_value(article, key, value) for key, value in asked.where.items()
        )

    def matches(self, tree: Query, key: str, *, dates: bool = True) -> bool:
        """Return whether one article matches; without *dates* every date range lets it pass."""
        article = self.articles[key]
        if isinstance(tree, Phrase):
            return self._stands(tree, key)
        if isinstance(tree, Near):
            texts = [text for name in _fields(tree.field) for text in article.texts(name)]
            return any(stand_near(tree, text) for text in texts)
        if isinstance(tree, Terms):
            return self._has_any(tree, key)
        if isinstance(tree, Stored):
            return _has_value(article, tree.key, tree.value)
        if isinstance(tree, DateRange):
            return not dates or _in_range(article.date, tree.since, tree.until)
        if isinstance(tree, Not):
            return not self.matches(tree.query, key)
        if isinstance(tree, And):
            return all(self.matches(child, key, dates=dates) for child in tree.subqueries)
        if isinstance(tree, Or):  # a Run too
            return any(self.matches(child, key, dates=dates) for child in tree.subqueries)
        return isinstance(tree, (Every, Should))

    def _stands(self, phrase: Phrase, key: str) -> bool:
        if phrase not in self._holders:
            self._holders[phrase] = {
                key for key, article in self.articles.items() if _stands_in(phrase, article)
            }
        return key in self._holders[phrase]

    def _has_any(self, leaf: Terms, key: str) -> bool:
        if leaf.exact:
            parts = [part for word in leaf.clean.split() for part in pieces(word, self._analyzer)]
            return any(self._stands(Phrase(part, exact=True), key) for part in parts)
        return any(self._count(term)[key] for term in self._terms(leaf))

    def scores(self, tree: Query, boosts: Mapping[str, float]) -> dict[str, float]:
        """Return what each article would score before passages are looked into, matching or not."""
        total = dict.fromkeys(self.articles, 0.0)
        most = self._most(tree)
        for term, factor in most.items():
            self._add(total, self._count(term), factor, boosts)
        for leaf in _leaves(tree):
            if isinstance(leaf, Phrase) and leaf.is_of_one_word:
                counts = self._count_pattern(leaf)
                self._add(total, counts, SHARES["word"] * leaf.boost * self._idf(counts), boosts)
            if isinstance(leaf, Run):
                gain = sum(most[term] for term in self._terms(leaf))
                for key in self.articles:
                    total[key] += gain * self._stands(leaf.whole, key)
        if boosts.get("headline", DEFAULT_BOOSTS["headline"]):
            for key in self.articles:
                total[key] += sum(most.values()) * self._headline_is(tree, key)
        return total

    def _most(self, tree: Query) -> dict[Term, float]:
        """Return the terms of a tree, each once, with the most that it can bring, at its heaviest place."""
        kept: dict[Term, float] = {}
        for leaf in _leaves(tree):
            boost = getattr(leaf.whole if isinstance(leaf, Run) else leaf, "boost", 1.0)
            for term, part in self._terms(leaf).items():
                kept[term] = max(part * boost, kept.get(term, 0.0))
        return {term: SHARES[term.unit] * part * self._idf(self._count(term)) for term, part in kept.items()}

    def _headline_is(self, tree: Query, key: str) -> bool:
        """Return whether the headline is the query but for spaces and marks."""
        leaves = _asked_for(tree)
        wanted = "".join(_bare(leaf.clean) for leaf in leaves)
        return bool(leaves) and _bare(self.articles[key].headline) == wanted

    def _passage_gain(self, tree: Query, boosts: Mapping[str, float]) -> Callable[[str], float] | None:
        """Return what tells the gain of an article by its best passage; None for a short query."""
        most = self._most(tree)
        heavy = {
            term.text
            for leaf in _leaves(tree)
            for term, part in self._terms(leaf).items()
            if term.unit == "word" and term.field is None and part == 1
        }
        is_text = any(isinstance(leaf, Terms) for leaf in _leaves(tree))
        least = LEAST_WORDS_OF_A_TEXT if is_text else LEAST_WORDS
        if len(heavy) < least or isinstance(tree, Phrase):
            return None
        weights: dict[str, float] = {}
        for term, factor in most.items():
            if term.field is None and " " not in term.text:
                part = PAIR_PART if term.unit == "pair" else 1
                weights[term.text] = weights.get(term.text, 0.0) + part * factor
        assert len(weights) <= MOST_TERMS, "what is drawn should be shorter"
        pairs = {term.text for term in most if term.unit == "pair" and term.field is None}
        names = [name for name in TEXT_FIELDS if boosts.get(name, DEFAULT_BOOSTS[name])]
        before = [name for name in names if TEXT_FIELDS.index(name) < TEXT_FIELDS.index("body")]
        after = names[len(before) :]

        def gain(key: str) -> float:
            article = self.articles[key]
            texts = [[text for name in part for text in article.texts(name)] for part in (before, after)]
            passage, lead = held_shares(texts[0], texts[1], weights)
            possible = [text for text in weights if self._may_stand(text, pairs, key)]
            bound = sum(weights[text] for text in possible) / sum(weights.values())
            bounded = [min(round(share, 6), round(bound + 1e-6, 6), 1.0) for share in (passage, lead)]
            return sum(most.values()) * (bounded[0] ** POWER + LEAD_WEIGHT * bounded[1])

        return gain

    def _may_stand(self, text: str, pairs: set[str], key: str) -> bool:
        """Return whether an article has the pair with which a term begins, where the query has that pair."""
        pair = next(_scored(simplify(fold(text))), "")
        return pair not in pairs or any(self._grams[key][name][pair] for name in TEXT_FIELDS)

    def _add(
        self, total: dict[str, float], counts: Occurrences, factor: float, boosts: Mapping[str, float]
    ) -> None:
        """Add a term's part of BM25F to every article that holds it."""
        for key, held in counts.items():
            tf = 0.0
            for name, count in held.items():
                length = max(1, self._lengths[name][key])
                norm = 1 - B + B * length / self._mean_lengths[name]
                tf += boosts.get(name, DEFAULT_BOOSTS[name]) * count / norm
            total[key] += factor * tf / (K1 + tf)

    def _idf(self, counts: Occurrences) -> float:
        return self._idf_of(sum(map(bool, counts.values())))

    def _idf_of(self, doc_freq: int) -> float:
        return math.log(1 + (len(self.articles) - doc_freq + 0.5) / (doc_freq + 0.5))

    @cached_property
    def _lengths(self) -> dict[str, dict[str, int]]:
        counts = self._words.items()
        return {name: {key: sum(held[name].values()) for key, held in counts} for name in TEXT_FIELDS}

    @cached_property
    def _mean_lengths(self) -> dict[str, float]:
        held = {name: [n for n in found.values() if n] for name, found in self._lengths.items()}
        return {name: sum(found) / len(found) if found else 1.0 for name, found in held.items()}

    def _terms(self, leaf: Phrase | Run | Terms) -> dict[Term, float]:
        """Return the terms of a leaf, each with the part of its weight kept at its heaviest place."""
        if leaf not in self._terms_of:
            self._terms_of[leaf] = dict(sorted(self._placed_terms(leaf), key=lambda placed: placed[1]))
        return self._terms_of[leaf]

    def _placed_terms(self, leaf: Phrase | Run | Terms) -> Iterator[tuple[Term, float]]:
        """Yield the terms of a leaf as often as they stand in it; none for a word that means several."""
        phrase = leaf.whole if isinstance(leaf, Run) else leaf
        name = phrase.field if isinstance(phrase, Phrase) else None
        if isinstance(phrase, Phrase) and phrase.is_of_one_word:
            return
        clean = phrase.clean.replace("*", "\n")
        words = self._analyzer.words(clean)
        parts = [_part(word) for word in words]
        if all(part < 1 for part in parts):
            parts = [1.0] * len(words)
        for word, part in zip(words, parts, strict=True):
            yield Term(word, "word", name), part
        # Only words of Han are light, and every character of Han is a unit.
        of_han = [part for word, part in zip(words, parts, strict=True) if is_han(word) for _ in word]
        for row in rows_of_units(simplify(fold(clean))):
            of_units = [of_han.pop(0) if is_han(unit) else 1.0 for unit in row]
            if len(row) == 1 or (len(row) == 2 and isinstance(phrase, Phrase) and phrase.edits):
                yield from (
                    (Term(unit, "pair", name), part) for unit, part in zip(row, of_units, strict=True)
                )
            for pair, both in zip(grams_of(row)[len(row) :], pairwise(of_units), strict=True):
                yield Term(pair, "pair", name), min(both)
        assert not of_han

    def _count(self, term: Term) -> dict[str, dict[str, int]]:
        if term not in self._counts:
            terms = self._words if term.unit == "word" else self._grams
            self._counts[term] = {
                key: {
                    name: counts[name][term.text] for name in _fields(term.field) if counts[name][term.text]
                }
                for key, counts in terms.items()
            }
        return self._counts[term]

    def _count_pattern(self, phrase: Phrase) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for key, article in self.articles.items():
            counts = {
                name: sum(
                    len(list(matcher_of(phrase).pattern.spans(fold(text)))) for text in article.texts(name)
                )
                for name in _fields(phrase.field)
            }
            found[key] = {name: count for name, count in counts.items() if count}
        return found


def ordered(found: Mapping[str, float], articles: Mapping[str, Article], sort: str) -> list[str]:
    """Return ids in the order asked for, of equal places in that of the ids; scores are compared as given."""
    if sort == "relevance":
        return sorted(found, key=lambda key: (-found[key], key))
    dates = {key: articles[key].date if _is_full(articles[key].date) else None for key in found}
    dated = sorted(key for key in found if dates[key])
    by_date = sorted(dated, key=lambda key: dates[key] or "")
    if sort == "newest":
        by_date = sorted(dated, key=lambda key: [-int(part) for part in (dates[key] or "").split("-")])
    return by_date + sorted(key for key in found if not dates[key])


def _stands_in(phrase: Phrase, article: Article) -> bool:
    texts = [text for name in _fields(phrase.field) for text in article.texts(name)]
    if phrase.is_loose:
        return any(matcher_of(phrase).pattern.contains(fold(text)) for text in texts)
    return any(contains(text, phrase.text, exact=phrase.exact, script=simplify) for text in texts)


def stand_near(near: Near, text: str) -> bool:
    """Return whether all sides of a `Near` stand near each other in a text: all choices are tried."""
    for piece in stretches(text, near.within):
        every = [[place for one in side for place in _places(one, piece)] for side in near.sides]
        for chosen in product(*every):
            row = sorted(chosen)
            gaps = [second[0] - first[1] for first, second in pairwise(row)]
            if min(gaps) >= 0 and (isinstance(near.within, str) or sum(gaps) <= near.within):
                return True
    return False


def _places(phrase: Phrase, text: str) -> list[tuple[int, int]]:
    if phrase.is_loose:
        return list(matcher_of(phrase).pattern.places(fold(text)))
    return places(fold(text), phrase.text, exact=phrase.exact, script=simplify)


def _grams_of(text: str) -> list[str]:
    return [gram for row in rows_of_units(simplify(fold(text))) for gram in grams_of(row)]


def _part(word: str) -> float:
    """Return what part of its weight a word keeps."""
    return QUESTION_FACTOR if is_question_word(word) else FUNCTION_FACTOR if word in FUNCTION_WORDS else 1.0


def _scored(folded: str) -> Iterator[str]:
    """Yield the pairs of a text, and what stands alone between borders."""
    for row in rows_of_units(folded):
        yield from grams_of(row)[len(row) :] or row


def _bare(text: str) -> str:
    return simplify(fold(text)).replace("\n", "").replace(" ", "")


def _asked_for(tree: Query) -> list[Phrase | Terms]:
    """Return the leaves of a query that all must stand, wherever; none if it asks for anything else."""
    if isinstance(tree, And):
        below = [_asked_for(child) for child in tree.subqueries if list(_leaves(child))]
        return list(chain.from_iterable(below)) if all(below) else []
    leaf = tree.query if isinstance(tree, Should) else tree
    leaf = leaf.whole if isinstance(leaf, Run) else leaf
    if isinstance(leaf, Terms) or (isinstance(leaf, Phrase) and not leaf.is_loose and leaf.field is None):
        return [leaf]
    return []


def _fields(name: str | None) -> tuple[str, ...]:
    return (name,) if name else TEXT_FIELDS


def _nodes(tree: Query) -> Iterator[Query]:
    yield tree
    for child in [tree.query] if isinstance(tree, (Not, Should)) else getattr(tree, "subqueries", []):
        yield from _nodes(child)


def _leaves(tree: Query) -> Iterator[Phrase | Run | Terms]:
    if isinstance(tree, (Phrase, Run, Terms)):
        yield tree
    elif isinstance(tree, Near):
        yield from chain.from_iterable(tree.sides)
    elif isinstance(tree, Should):
        yield from _leaves(tree.query)
    elif isinstance(tree, (And, Or)):
        for child in tree.subqueries:
            yield from _leaves(child)


def _is_full(date: str | None) -> bool:
    return date is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", date) is not None


def _in_range(date: str | None, since: str | None, until: str | None) -> bool:
    if since is None and until is None:
        return True
    if date is None or not _is_full(date):
        return False
    return date >= (since or "") and (until is None or date[: len(until)] <= until)


def _has_value(article: Article, key: str, value: str) -> bool:
    held = getattr(article, key)
    return bool(value) and (value in held if isinstance(held, tuple) else value == held)
