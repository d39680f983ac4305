"""
What was probably meant: looked for in the articles nearest to what was typed, asked of all of them.

A slip leaves most characters as they should be, so the articles that have most of them are those in
which the right spelling occurs; for pinyin it is those with words that are read so. The embedded
engine's code proposes a correction from these few, and the cluster counts what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from searchlib.analysis import is_han, simplify, units
from searchlib.embedded.suggest.romanized import letters_of
from searchlib.embedded.suggest.suggesting import suggest
from searchlib.engine.request import SearchRequest
from searchlib.findings import Suggestion
from searchlib.opensearch.beginnings import words_read
from searchlib.opensearch.clauses import Clause, any_of, term
from searchlib.opensearch.finding import BEST, Candidate
from searchlib.opensearch.mapping import ALL, RANKED, UNITS, WORDS
from searchlib.opensearch.stream import MOST_CHARS, unit_token
from searchlib.opensearch.translation import any_of_terms
from searchlib.opensearch.view import View
from searchlib.query.nodes import Phrase, Query, Run, positive_leaves

NEAREST = 150
"""Articles in which a right spelling is looked for."""

_OF_A_WORD = 3
"""Articles with a word as it was typed: one that occurs needs no mending."""

_MOST_WORDS = 24
_MOST_READ = 20
_PAIR = 2.0
"""What two characters side by side count, beside 1 for each."""


Count = Callable[[Query], int]


def suggestion(request: SearchRequest, view: View, *, found: bool, count: Count) -> Suggestion | None:
    """
    Return what was probably meant; None when the query is as it was typed.

    Args:
        found: Some article has all words of the query.
        count: Returns how many articles match a tree under the request's filters.
    """
    compiled = request.compile
    if not request.typed or compiled is None or (found and _stands_whole(request.tree, view)):
        return None
    wholes = [
        leaf.whole if isinstance(leaf, Run) else leaf
        for leaf in positive_leaves(request.tree)
        if isinstance(leaf, (Phrase, Run))
    ]
    if not wholes or len(wholes) > _MOST_WORDS:
        return None
    near = list(_near(view, request.typed, wholes))
    if not near:
        return None
    return suggest(
        request.typed,
        request.tree,
        view.part(near),
        lambda typed: count(compiled(typed)),
        found=found,
        shows=None if request.relaxed is None else lambda _, words: words,
    )


def _stands_whole(tree: Query, view: View) -> bool:
    """Return whether each unspaced run of a tree is in one piece in some article."""
    runs = [leaf.whole for leaf in positive_leaves(tree) if isinstance(leaf, Run)]
    return all(view.finder.count(view.translator.phrase(whole).sure) for whole in runs)


def _near(view: View, typed: str, wholes: Iterable[Phrase]) -> Iterator[Candidate]:
    """Yield articles near to what was typed, each once."""
    wholes = list(wholes)
    asked = [(view.translator.phrase(whole).possible, _OF_A_WORD) for whole in wholes]
    asked.append(({"bool": {"should": list(_characters(view, wholes))}}, NEAREST))
    letters = letters_of(typed)
    if letters:
        words = words_read(view, letters)[:_MOST_READ]
        asked.append((any_of(any_of_terms(WORDS + name, words) for name in RANKED), NEAREST))
    seen: set[str] = set()
    for clause, most in asked:
        if clause in ({"match_none": {}}, {"bool": {"should": []}}):
            continue
        for candidate in view.finder.page(clause, most, BEST):
            if candidate.id not in seen:
                seen.add(candidate.id)
                yield candidate


def _characters(view: View, wholes: Iterable[Phrase]) -> Iterator[Clause]:
    """Yield what ranks an article by the characters and pairs, or words of letters, that it shares."""
    known: dict[str, None] = {}
    for whole in wholes:
        row = [unit for unit, *_ in units(simplify(whole.text).replace("\n", " ")) if len(unit) < MOST_CHARS]
        known.update(dict.fromkeys(row))
        for first, second in pairwise(row):
            if is_han(first) and is_han(second):
                pair = {"filter": view.translator.pair(first + second, None), "boost": _PAIR}
                yield {"constant_score": pair}
    for unit in known:
        if is_han(unit):
            yield {"constant_score": {"filter": term(UNITS + ALL, unit), "boost": 1.0}}
        else:
            spelt = {"value": unit_token(unit), "fuzziness": "AUTO", "max_expansions": 50}
            yield {"fuzzy": {UNITS + ALL: spelt}}
