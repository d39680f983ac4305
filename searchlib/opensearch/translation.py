"""
A query tree as what a cluster is asked: what may match, and what surely does.

Most trees are answered exactly. What the tokens cannot tell, only the text can: script and spaces
where an article has what folding takes away, some other spellings, gaps between several parts.
Then `possible` finds too much, and the articles between it and `sure` are read.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.analysis import Analyzer, border_text, grams_of, is_han, rows_of_units, simplify
from searchlib.dates import numbers_between
from searchlib.opensearch.clauses import (
    MATCH_ALL,
    MATCH_NONE,
    Clause,
    FoundClauses,
    all_found,
    all_of,
    any_found,
    any_of,
    as_known,
    at_least,
    none_of,
    not_found,
    term,
)
from searchlib.opensearch.intervals import (
    SIGNS,
    Rule,
    in_field,
    longer_rules,
    near_rules,
    number_rule,
    phrase_rule,
)
from searchlib.opensearch.loose_words import candidates, edit_rules, gap_rule, regexp, word_pattern
from searchlib.opensearch.mapping import (
    ALL,
    BODY_FIELD,
    DATE,
    PAIRS,
    RANKED,
    TRAITS,
    UNITS,
    VALUES,
    WORDS,
    Layout,
)
from searchlib.opensearch.stream import (
    HAS_SCRIPT,
    HAS_SPACES,
    line_tokens,
    token_of,
    unit_token,
    without_fillers,
)
from searchlib.query.characters import WILDCARD
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
from searchlib.stored_values import value_term
from searchlib.textmatch.phrases import is_hyphenated

_MOST_SIDES = 4
_MOST_TOKENS = 300
"""Of the forms of numbers in a tree that are asked for exactly; articles with one of the others are read."""

_OF_GUARDS = 12
_LONG_NUMBER = 12
"""Characters."""


class Translator:
    """Writes trees for one index."""

    def __init__(self, layout: Layout, analyzer: Analyzer) -> None:
        self._layout = layout
        self.analyzer = analyzer
        self._left = _MOST_TOKENS

    def find(self, tree: Query) -> FoundClauses:
        """Return what may match a tree and what surely does."""
        self._left = _MOST_TOKENS
        return self._find(tree)

    def _find(self, tree: Query) -> FoundClauses:
        if isinstance(tree, Phrase):
            return self.phrase(tree)
        if isinstance(tree, Run):
            return self._find_run(tree)
        if isinstance(tree, And):
            return all_found(map(self._find, tree.subqueries))
        if isinstance(tree, Or):
            return any_found(map(self._find, tree.subqueries))
        if isinstance(tree, AtLeast):
            found = list(map(self._find, tree.subqueries))
            possible = at_least(tree.least, [one.possible for one in found])
            return FoundClauses(possible, at_least(tree.least, [one.sure for one in found]))
        if isinstance(tree, Not):
            return not_found(self._find(tree.query))
        if isinstance(tree, Terms):
            return self._terms(tree)
        if isinstance(tree, Near):
            return self._near(tree)
        return as_known(self._filter(tree))

    def _filter(self, tree: Query) -> Clause:
        if isinstance(tree, Stored):
            return term(VALUES, value_term(tree.key, tree.value))
        if isinstance(tree, DateRange):
            return in_range(tree.since, tree.until)
        return MATCH_ALL if isinstance(tree, (Every, Should)) else MATCH_NONE

    def _find_run(self, run: Run) -> FoundClauses:
        """Where a run occurs whole, all its pieces do too; other forms of it may be cut otherwise."""
        ways = [all_found(map(self.phrase, run.pieces))]
        if run.whole.equals:
            ways += [all_found(map(self.phrase, run.joined))] if run.joined else []
            ways += map(self.phrase, run.whole.equals)
        return any_found(ways)

    def phrase(self, phrase: Phrase) -> FoundClauses:
        """Return what may hold a phrase or one of its forms, and what surely does."""
        forms = [self.phrase_alone(phrase)]
        for form in phrase.equals:
            self._left -= 3 * len(form.text) + _OF_GUARDS if form.whole_number else 0
            is_exact = self._left >= 0 or not form.whole_number
            forms.append(
                self.phrase_alone(form) if is_exact else FoundClauses(self.standing(form), MATCH_NONE)
            )
        return any_found(forms)

    def standing(self, phrase: Phrase) -> Clause:
        """
        Return what asks for a phrase in few tokens, and finds too much.

        What is between two marks may be anywhere, and a number a part of a longer one.
        """
        if phrase.is_loose:
            return self.phrase_alone(phrase).possible
        field, _ = self._units(phrase.field)
        lines = filter(None, simplify(phrase.text).split("\n"))
        return all_of(self._standing(line, field, is_body=False) for line in lines)

    def phrase_alone(self, phrase: Phrase) -> FoundClauses:
        """Return what may hold a phrase as it is, in none of its other forms."""
        text = simplify(phrase.text)
        field, is_body = self._units(phrase.field)
        if phrase.is_of_one_word:
            clause = regexp(field, word_pattern(phrase, text))
            return FoundClauses(clause, MATCH_NONE if is_body else self._sure_of(phrase, clause))
        if phrase.is_loose:
            return self._loose(phrase, text, field, is_body=is_body)
        if is_hyphenated(phrase):
            held = [self.word(phrase.clean, phrase.field)] if " " not in phrase.clean else []
            clause = self._standing(text, field, is_body=is_body)
            return FoundClauses(clause, all_of([clause, *held]) if held else MATCH_NONE)
        if phrase.whole_number:
            return self._number(phrase, text, field, is_body=is_body)
        clause = self._standing(text, field, is_body=is_body)
        return FoundClauses(clause, self._sure_of(phrase, clause))

    def _number(self, phrase: Phrase, text: str, field: str, *, is_body: bool) -> FoundClauses:
        """
        Return what may hold a number that must be whole.

        A percent sign behind a space is not of it. A text with many tokens is not asked for exactly, because
        a cluster counts all tokens of a query.
        """
        standing = self._standing(text, field, is_body=is_body)
        if len(text) > _LONG_NUMBER:
            longer = in_field(longer_rules(text), field, is_body=is_body)
            return FoundClauses(standing, self._sure_of(phrase, all_of([standing, none_of(longer)])))
        clause = any_of(in_field([number_rule(text)], field, is_body=is_body))
        sure = self._sure_of(phrase, clause)
        if not text[-1].isdigit():
            return FoundClauses(clause, sure)
        signed = any_of(self._standing(text + sign, field, is_body=is_body) for sign in SIGNS)
        return FoundClauses(any_of([clause, all_of([standing, signed, term(TRAITS, HAS_SPACES)])]), sure)

    def _units(self, field: str | None) -> tuple[str, bool]:
        """Return which field of the cluster holds a text field's units, and whether only the body counts."""
        if field in {None, BODY_FIELD}:
            return UNITS + ALL, field is not None
        return UNITS + self._layout.name(str(field)), False

    def _standing(self, text: str, field: str, *, is_body: bool) -> Clause:
        """Return what asks for a folded and simplified text."""
        if is_body or "\n" in text:
            return any_of(in_field([phrase_rule(text)], field, is_body=is_body))
        tokens = without_fillers(list(line_tokens(text)))
        if len(tokens) == 1:
            return term(field, tokens[0])
        return {"match_phrase": {field: " ".join(tokens)}}

    def _sure_of(self, phrase: Phrase, clause: Clause) -> Clause:
        """Return what surely holds a phrase of what *clause* finds, by which texts folding changes."""
        if phrase.kept:
            return MATCH_NONE
        unlike = []
        if phrase.exact:
            if simplify(phrase.text) != phrase.text:  # only where there is what simplifying changes
                return MATCH_NONE
            unlike.append(term(TRAITS, HAS_SCRIPT))
        if phrase.spaced or (phrase.exact and phrase.spaced is None):
            if " " in phrase.text:
                return MATCH_NONE
            unlike.append(term(TRAITS, HAS_SPACES))
        return all_of([clause, none_of(unlike)])

    def _loose(self, phrase: Phrase, text: str, field: str, *, is_body: bool) -> FoundClauses:
        """Return what may hold an open phrase of more than one word, or one with gaps or other spellings."""
        if phrase.edits and all(map(is_han, text)):
            rules: Sequence[Rule] = edit_rules(text)
            is_sure = True
        else:
            parts = text.split(WILDCARD)
            opens = phrase.opens_start or phrase.opens_end
            rule = None if phrase.edits or opens or len(parts) == 1 else gap_rule(parts)
            if rule is None:
                return FoundClauses(candidates(phrase, text, field), MATCH_NONE)
            rules = [rule]
            is_sure = len(parts) == 2  # noqa: PLR2004 (of several gaps only the sum is known)
        possible = any_of(in_field(rules, field, is_body=is_body))
        if not is_sure:
            return FoundClauses(possible, MATCH_NONE)
        sure = self._sure_of(phrase, possible)
        return FoundClauses(possible, all_of([sure, none_of([term(TRAITS, HAS_SPACES)])]))

    def _near(self, near: Near) -> FoundClauses:
        """Return what may have phrases near each other: no more than has all of them."""
        sides = [list(_forms(side)) for side in near.sides]
        forms = [form for side in sides for form in side]
        field, is_body = self._units(near.field)
        is_plain = not any(
            form.is_loose
            or is_hyphenated(form)
            or form.kept
            or form.exact
            or form.spaced
            or "\n" in form.text
            for form in forms
        )
        held = all_of(any_of(self.phrase(form).possible for form in side) for side in sides)
        texts = [{simplify(form.text) for form in side} for side in sides]
        is_plain = is_plain and len(set().union(*texts)) == sum(map(len, texts))  # a place counts once
        rules = None
        if is_plain and len(sides) <= _MOST_SIDES:
            written = [[_rule(form) for form in side] for side in sides]
            rules = near_rules(written, near.within)
        if rules is None:
            return FoundClauses(held, MATCH_NONE)
        clause = any_of(in_field(rules, field, is_body=is_body))
        if any(form.whole_number for form in forms):  # a sign apart from it is not of it
            return FoundClauses(any_of([clause, all_of([held, term(TRAITS, HAS_SPACES)])]), clause)
        if isinstance(near.within, int):  # a space counts, and takes no position
            return FoundClauses(clause, all_of([clause, none_of([term(TRAITS, HAS_SPACES)])]))
        return as_known(clause)

    def _terms(self, leaf: Terms) -> FoundClauses:
        """Return what holds any word or pair of a plain text."""
        parts = list(map(self.phrase, leaf.parts))
        if leaf.exact:
            words = dict.fromkeys(part for word in leaf.clean.split() for part in pieces(word, self.analyzer))
            return any_found([*(self.phrase(Phrase(part, exact=True)) for part in words), *parts])
        held = self._any_of_all(leaf)
        return any_found([as_known(held), *parts])

    def _any_of_all(self, leaf: Terms) -> Clause:
        words = list(dict.fromkeys(map(token_of, self.analyzer.words(leaf.clean))))
        pairs: dict[str, None] = {}
        single: dict[str, None] = {}
        for row in rows_of_units(simplify(border_text(leaf.clean))):
            if len(row) == 1:
                single[row[0]] = None
            pairs.update(dict.fromkeys(map(token_of, grams_of(row)[len(row) :])))
        clauses = [any_of_terms(WORDS + name, words) for name in RANKED]
        clauses += [any_of_terms(PAIRS + name, list(pairs)) for name in RANKED]
        return any_of([*clauses, any_of_terms(UNITS + ALL, list(map(unit_token, single)))])

    def word(self, text: str, field: str | None) -> Clause:
        """Return what asks for a word of the index, in one field or in any."""
        return self._rank(WORDS, token_of(text), field)

    def pair(self, text: str, field: str | None) -> Clause:
        """Return what asks for a pair of units, or for a unit that has no neighbour in the query."""
        row = next(rows_of_units(text), [])
        if len(row) == 1:
            units, is_body = self._units(field)
            if is_body:
                return any_of(in_field([phrase_rule(text)], units, is_body=True))
            return term(units, unit_token(text))
        return self._rank(PAIRS, token_of(text), field)

    def _rank(self, kind: str, token: str, field: str | None) -> Clause:
        if field is not None:
            return term(kind + self._layout.name(field), token)
        return any_of(term(kind + name, token) for name in RANKED)


def any_of_terms(field: str, terms: Sequence[str]) -> Clause:
    """Return what asks for one of many terms of a field, in one clause."""
    return {"terms": {field: list(terms)}} if terms else MATCH_NONE


def _rule(form: Phrase) -> Rule:
    text = simplify(form.text)
    return number_rule(text) if form.whole_number else phrase_rule(text)


def _forms(side: Sequence[Phrase]) -> list[Phrase]:
    return [form for phrase in side for form in (phrase, *phrase.equals)]


def in_range(since: str | None, until: str | None) -> Clause:
    """Return what asks for a full date between two prefixes of ISO dates, both inclusive."""
    first, last = numbers_between(since, until)
    return {"range": {DATE: {"gte": first, "lte": last}}}
