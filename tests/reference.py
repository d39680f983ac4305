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
from itertools import chain

from oracle import contains

from searchlib import Article
from searchlib.analysis import Analyzer, clean_text, fold, grams_of, rows_of_units, simplify
from searchlib.model import TEXT_FIELDS
from searchlib.query.nodes import And, DateRange, Every, Not, Or, Phrase, Query, Run, Stored, Terms
from searchlib.query.pieces import pieces
from searchlib.ranking.bm25f import DEFAULT_BOOSTS, K1, LENGTH_SHARE, SHARES
from searchlib.ranking.table import Unit

Occurrences = Mapping[str, Mapping[str, int]]
"""For each article its count in each field."""


@dataclass(frozen=True)
class Asked:
    """What `Index.search` is asked besides the query."""

    may_relax: bool = False
    sort: str = "relevance"
    since: str | None = None
    until: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)
    boosts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Expected:
    """Every article that matches, with its score; the words left out; how many lack a full date."""

    scores: dict[str, float]
    dropped: tuple[str, ...]
    undated: int


class Reference:
    """Holds articles with all their terms counted."""

    def __init__(self, articles: Iterable[Article], analyzer: Analyzer) -> None:
        self.articles = {article.id: article for article in articles}
        self._analyzer = analyzer
        self._words = {key: self._counted(article, self._words_of) for key, article in self.articles.items()}
        self._grams = {key: self._counted(article, _grams_of) for key, article in self.articles.items()}
        self._holders: dict[Phrase, set[str]] = {}

    @staticmethod
    def _counted(article: Article, cut: Callable[[str], list[str]]) -> dict[str, Counter[str]]:
        return {name: Counter(chain.from_iterable(map(cut, article.texts(name)))) for name in TEXT_FIELDS}

    def _words_of(self, text: str) -> list[str]:
        return self._analyzer.words(clean_text(text))

    def answer(self, tree: Query, asked: Asked) -> Expected:
        """Return what a search of *tree* finds."""
        passing = {key for key, article in self.articles.items() if self._passes(article, asked)}
        found = {key for key in passing if self.matches(tree, key)}
        dropped: tuple[str, ...] = ()
        if not found and asked.may_relax:
            tree, dropped = self._relaxed(tree, passing)
            found = {key for key in passing if self.matches(tree, key)}
        undated = 0
        if asked.since or asked.until or any(isinstance(node, DateRange) for node in _nodes(tree)):
            anytime = Asked(where=asked.where)
            undated = sum(
                self._passes(article, anytime) and self.matches(tree, key, dates=False)
                for key, article in self.articles.items()
                if not _is_full(article.date) and key not in found
            )
        scores = self.scores(tree, asked.boosts)
        return Expected({key: scores[key] for key in found}, dropped, undated)

    def _passes(self, article: Article, asked: Asked) -> bool:
        return _in_range(article.date, asked.since, asked.until) and all(
            _has_value(article, key, value) for key, value in asked.where.items()
        )

    def matches(self, tree: Query, key: str, *, dates: bool = True) -> bool:
        """Tell whether one article matches; without *dates* every date range lets it pass."""
        article = self.articles[key]
        if isinstance(tree, Phrase):
            return self._stands(tree, key)
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
        return isinstance(tree, Every)

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
        return any(self._count(term, unit, None)[key] for term, unit in self._terms(leaf.clean))

    def scores(self, tree: Query, boosts: Mapping[str, float]) -> dict[str, float]:
        """Return what each article would score, matching or not."""
        total = dict.fromkeys(self.articles, 0.0)
        terms: dict[tuple[str, Unit, str | None], None] = {}
        for leaf in _leaves(tree):
            phrase = leaf.whole if isinstance(leaf, Run) else leaf
            name = None if isinstance(phrase, Terms) else phrase.field
            if isinstance(phrase, Phrase) and (phrase.open_start or phrase.open_end or phrase.edits):
                self._add(total, self._count_pattern(phrase), "word", boosts)
                continue
            own = dict.fromkeys((term, unit, name) for term, unit in self._terms(phrase.clean))
            terms |= own
            if isinstance(leaf, Run):
                gain = sum(SHARES[unit] * self._idf(self._count(term, unit, name)) for term, unit, _ in own)
                for key in self.articles:
                    total[key] += gain * self._stands(leaf.whole, key)
        for term, unit, name in terms:
            self._add(total, self._count(term, unit, name), unit, boosts)
        return total

    def _add(
        self, total: dict[str, float], counts: Occurrences, unit: Unit, boosts: Mapping[str, float]
    ) -> None:
        """Add a term's part of BM25F to every article that holds it."""
        for key, held in counts.items():
            tf = 0.0
            for name, count in held.items():
                length = max(1, self._lengths[name][key])
                norm = 1 - LENGTH_SHARE[name] + LENGTH_SHARE[name] * length / self._mean_lengths[name]
                tf += boosts.get(name, DEFAULT_BOOSTS[name]) * count / norm
            total[key] += SHARES[unit] * self._idf(counts) * tf / (K1 + tf)

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

    def _terms(self, clean: str) -> Iterator[tuple[str, Unit]]:
        for word in self._analyzer.words(clean):
            yield word, "word"
        for row in rows_of_units(simplify(fold(clean))):
            for gram in grams_of(row)[len(row) :] or row:
                yield gram, "pair"

    def _count(self, term: str, unit: Unit, name: str | None) -> dict[str, dict[str, int]]:
        terms = self._words if unit == "word" else self._grams
        return {
            key: {name: counts[name][term] for name in _fields(name) if counts[name][term]}
            for key, counts in terms.items()
        }

    def _count_pattern(self, phrase: Phrase) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for key, article in self.articles.items():
            counts = {
                name: sum(len(list(phrase.pattern.spans(fold(text)))) for text in article.texts(name))
                for name in _fields(phrase.field)
            }
            found[key] = {name: count for name, count in counts.items() if count}
        return found

    def _relaxed(self, tree: Query, passing: set[str]) -> tuple[Query, tuple[str, ...]]:
        """
        Return the tree with the heaviest words that one article has, and the words left out.

        A word weighs by how many articles hold all its pairs, which the engine knows without
        reading them. Of equally heavy words those stay that come first in the query.
        """
        words: dict[Phrase, None] = {}
        fixed: list[Query] = []
        for child in tree.subqueries if isinstance(tree, And) else [tree]:
            if isinstance(child, Run) and child.whole.field is None:
                words.update(dict.fromkeys(child.pieces))
            elif isinstance(child, Phrase) and not child.quoted and child.field is None:
                words[child] = None
            else:
                fixed.append(child)
        weights = [self._idf_of(self._with_all_pairs(word)) for word in words]
        best: tuple[float, list[bool]] = (0.0, [])
        for key in passing:
            if all(self.matches(child, key) for child in fixed):
                held = [self._stands(word, key) for word in words]
                best = max(best, (sum(w for w, has in zip(weights, held, strict=True) if has), held))
        if len(words) < 2 or not best[0]:
            return tree, ()
        kept = dict(zip(words, best[1], strict=True))
        left_out = tuple(str(word) for word, has in kept.items() if not has)
        return And([*(word for word, has in kept.items() if has), *fixed]), left_out

    def _with_all_pairs(self, phrase: Phrase) -> int:
        rows = rows_of_units(simplify(phrase.text))
        grams = [gram for row in rows for gram in grams_of(row)[len(row) :] or row]
        counts = self._grams.values()
        return sum(all(any(held[name][gram] for name in TEXT_FIELDS) for gram in grams) for held in counts)


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
    if phrase.open_start or phrase.open_end or phrase.edits:
        return any(phrase.pattern.stands_in(fold(text)) for text in texts)
    return any(contains(text, phrase.text, exact=phrase.exact, script=simplify) for text in texts)


def _grams_of(text: str) -> list[str]:
    return [gram for row in rows_of_units(simplify(fold(text))) for gram in grams_of(row)]


def _fields(name: str | None) -> tuple[str, ...]:
    return (name,) if name else TEXT_FIELDS


def _nodes(tree: Query) -> Iterator[Query]:
    yield tree
    for child in [tree.query] if isinstance(tree, Not) else getattr(tree, "subqueries", []):
        yield from _nodes(child)


def _leaves(tree: Query) -> Iterator[Phrase | Run | Terms]:
    if isinstance(tree, (Phrase, Run, Terms)):
        yield tree
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
