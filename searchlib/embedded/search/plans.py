"""
A tree as a plan for the compiled kernel: terms, what must stand, what gains.

What may match a tree the kernel finds itself where that is Han in one way of writing;
else the plan says that Python knows it. What is not scored by words and pairs of all
fields alone, open words, fields, the user's words, has no plan; then the arrays answer.
Everything that a plan says of a term is what `scoring` says of it, in the same order, so
that both give the same scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from searchlib.analysis import Analyzer, is_han, simplify
from searchlib.engine.request import FieldWeights
from searchlib.frozen import dataclass, replace
from searchlib.lazy import lazy_pattern
from searchlib.model import TEXT_FIELDS
from searchlib.native import engine
from searchlib.query.characters import WILDCARD
from searchlib.query.nodes import (
    And,
    AtLeast,
    Or,
    Phrase,
    Query,
    Run,
    Should,
    Terms,
    least_of,
)
from searchlib.scoring.headline_match import strip_title, text_check
from searchlib.scoring.plan import ScoringPlan, scoring_plan
from searchlib.scoring.query_terms import MOST_PLAIN_TERMS
from searchlib.scoring.rescoring import first_pair
from searchlib.scoring.terms import Term, scored_grams

if TYPE_CHECKING:
    from searchlib.native import _kernel

_HAN = lazy_pattern("[\u3400-\u9fff]+")
_MOST_RUNS = 60
"""Gains are bits of a number."""
_PAIRED = 2
_ALWAYS = -1


@dataclass(frozen=True)
class KernelPlan:
    """A tree for the kernel; *leaves* are what must stand, `least` of them."""

    made: _kernel.Plan
    leaves: Sequence[Query]
    least: int
    runs: Sequence[Phrase]
    title: str
    known: tuple[Query, ...]
    """What Python must find: the whole tree, or parts of a text that are in other forms."""


def plan_of(tree: Query, analyzer: Analyzer, weights: FieldWeights) -> KernelPlan | None:
    """Return the plan of a tree; None when the kernel does not cover it."""
    scored = scoring_plan(tree, analyzer)
    synthetic = scored.synthetic
    if scored.open_words or len(scored.runs) > _MOST_RUNS or any(term.field for term in scored.shares):
        return None
    if (synthetic and synthetic.words) or any(whole.equals or whole.user_words for whole, _ in scored.runs):
        return None
    try:
        return _plan(_read_asked(tree, scored), weights) if scored.tells_apart else None
    except UnicodeEncodeError:  # a lone surrogate is no text to the kernel
        return None


def plan_like(plan: KernelPlan, tree: Query) -> KernelPlan:
    """Return the plan of a relaxed tree that requires another number of words than the one of a plan."""
    return replace(plan, known=(tree,)) if plan.known else replace(plan, least=least_of(tree).least)


class _Asked(NamedTuple):
    leaves: Sequence[Query]
    least: int
    ways: Sequence[Sequence[Phrase]]
    scored: ScoringPlan
    known: tuple[Query, ...] = ()
    is_text: bool = False


def _read_asked(tree: Query, scored: ScoringPlan) -> _Asked:
    """Return what must stand; what the kernel does not find itself is for Python to find."""
    required = _find_required(tree)
    if required is not None:
        leaves, least = required
        ways = [_ways(leaf) for leaf in leaves]
        if not leaves:
            assert isinstance(tree, Terms)  # noqa: S101 (nothing else matches by any of its terms)
            return _Asked([], 0, [], scored, tuple(_otherwise_found(tree)), is_text=True)
        if all(ways):
            return _Asked(leaves, least, [one for one in ways if one], scored)
    return _Asked([], 0, [], scored, (tree,))


def _otherwise_found(leaf: Terms) -> Iterator[Phrase]:
    """Yield what a text is found by beside its terms: other forms of a part, and parts without pairs (5G)."""
    for part in leaf.parts:
        text = simplify(part.text)
        if len(text) < _PAIRED or _HAN.fullmatch(text) is None:
            yield part
        else:
            yield from part.equals


def _plan(asked: _Asked, weights: FieldWeights) -> KernelPlan | None:
    kernel = engine().kernel
    scored, numbers = asked.scored, _Numbers(asked.scored)
    runs = [
        (numbers.of_pairs(text), text, [numbers.of(term) for term in own])
        for text, own in ((simplify(whole.text), own) for whole, own in scored.runs)
    ]
    if kernel is None or not all(_HAN.fullmatch(text) for _, text, _ in runs):
        return None
    given = [[(*numbers.of_way(phrase), simplify(phrase.text)) for phrase in one] for one in asked.ways]
    bare = strip_title(scored.title) if scored.title and weights.of("headline") else ""
    forms = scored.synthetic.groups if scored.synthetic else ()
    groups = [
        [
            ([numbers.of(term) for term in one.terms], [numbers.of(term) for term in one.literal])
            for one in group
        ]
        for group in forms
    ]
    made = kernel.Plan(
        numbers.list_terms(),
        given,
        asked.is_text,
        bool(asked.known) and not asked.is_text,
        groups,
        runs,
        (text_check(bare), bare) if bare else None,
        [weights.of(name) for name in TEXT_FIELDS],
        scored.rescores,
        _other_spellings(scored.shares) if scored.rescores else [],
    )
    runs_asked = [whole for whole, _ in scored.runs]
    return KernelPlan(made, asked.leaves, asked.least, runs_asked, scored.title, asked.known)


class _Numbers:
    """Numbers the terms of a plan: those that score first, in the order in which they are added up."""

    def __init__(self, scored: ScoringPlan) -> None:
        terms = sorted(scored.shares, key=lambda term: term.unit == "pair")
        self._number_of = {term: number for number, term in enumerate(terms)}
        self._shares = scored.shares
        together = scored.synthetic.terms if scored.synthetic else {}
        self._read = frozenset(term for term in (*terms, *together) if term.unit == "pair")
        """The pairs that the arrays read too, so that both know alike what an article lacks."""

    def of(self, term: Term) -> int:
        """Return the number of a term, a new one when nothing is scored by it."""
        return self._number_of.setdefault(term, len(self._number_of))

    def of_pairs(self, text: str) -> list[int]:
        """Return the numbers of the pairs of a text of Han."""
        return [self.of(Term(pair, "pair")) for pair in dict.fromkeys(scored_grams(list(text)))]

    def of_way(self, phrase: Phrase) -> tuple[list[int], int]:
        """Return the pairs of a phrase, and the word that a document surely has it by."""
        text = simplify(phrase.text)
        sure = _ALWAYS if len(text) <= _PAIRED else self.of(Term(text, "word"))
        return self.of_pairs(text), sure

    def list_terms(self) -> list[tuple[str, bool, float, int, bool]]:
        """Return all terms as the kernel takes them."""
        return [
            (
                term.text,
                term.unit == "pair",
                self._shares.get(term, 0.0),
                self._first(term),
                " " not in term.text,
            )
            for term in self._number_of
        ]

    def _first(self, term: Term) -> int:
        pair = Term(first_pair(term.text), "pair")
        return self._number_of.get(pair, -1) if pair in self._read else -1


def _find_required(tree: Query) -> tuple[list[Query], int] | None:
    """Return what must stand and how many of it, nothing where any term will do; None: it is not covered."""
    if isinstance(tree, Terms):
        covered = not tree.exact and WILDCARD not in tree.clean and len(tree.clean) < MOST_PLAIN_TERMS // 2
        return ([], 0) if covered else None
    if isinstance(tree, (Phrase, Run)):
        return _pieces([tree])
    if not isinstance(tree, And):
        return None
    children = [child for child in tree.subqueries if not isinstance(child, Should)]
    texts = [one.query for one in tree.subqueries if isinstance(one, Should)]
    if any(isinstance(one, Terms) and _find_required(one) is None for one in texts):
        return None
    if len(children) == 1 and isinstance(children[0], AtLeast):
        return list(children[0].subqueries), children[0].least
    return _pieces(children) if children else None


def _pieces(children: Iterable[Query]) -> tuple[list[Query], int] | None:
    found: list[Query] = []
    for child in children:
        if isinstance(child, Run):
            found += child.pieces
        elif isinstance(child, Phrase):
            found.append(child)
        else:
            return None
    return found, len(found)


def _ways(leaf: Query) -> list[Phrase] | None:
    """Return the phrases one of which must stand; None when the kernel does not know one of them."""
    ways = leaf.subqueries if isinstance(leaf, Or) and not isinstance(leaf, Run) else (leaf,)
    found = [way for way in ways if isinstance(way, Phrase) and _is_covered(way)]
    return found if len(found) == len(ways) else None


def _is_covered(phrase: Phrase) -> bool:
    """Return whether a phrase is Han and nothing else, as it is typed, in any field."""
    if phrase.field is not None or phrase.exact or phrase.edits or phrase.equals or phrase.kept:
        return False
    if phrase.user_words or phrase.spaced is not None or phrase.whole_number or phrase.is_loose:
        return False
    return _HAN.fullmatch(phrase.text) is not None


def _other_spellings(terms: Iterable[Term]) -> list[tuple[int, int, list[int]]]:
    """Return for each character of some terms that is not Han what `written_outside_han` says."""
    chars = dict.fromkeys(char for term in terms for char in term.text if not is_han(char))
    if not chars:
        return []
    from searchlib.scoring.passage_characters import written_outside_han  # noqa: PLC0415 (few queries have any)

    return written_outside_han(chars)
