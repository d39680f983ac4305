"""
A query that found nothing, or not what it says, as it was probably meant.

Each word of the query that stands nowhere is looked at by itself, row by row, and
if no single slip makes all of it stand, piece by piece. What comes out is the query
as it was typed, with those characters changed; it is asked before it is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from searchlib.analysis import BORDER, clean_text, fold_with_map, is_han, simplify
from searchlib.model import Suggestion
from searchlib.query.nodes import Phrase, Query, Run, positive_leaves
from searchlib.ranking.matching import Matcher
from searchlib.spelling.edits import Clock, Correction, Editor, most_likely_cost
from searchlib.spelling.romanized import texts_read, words_read

BUDGET_S = 0.25
"""The time that looking for a suggestion may take; what was found until then is what there is."""

_TYPED = re.compile(r'["“”„‟＂](?:\\.|[^"“”„‟＂\\])*["“”„‟＂]|[^\s"“”„‟＂()（）]+')
_BEFORE_WORD = re.compile(r"[-+－＋]?(?:\w+[:：])?")
_LATIN = re.compile(r"[a-z]+")
_MOST_WORDS = 24

Ask = Callable[[str], int]
"""Asks a query of all words with the same filters; returns how many articles match."""


def suggest(typed: str, tree: Query, matcher: Matcher, ask: Ask, *, found: bool) -> Suggestion | None:
    """
    Return what was probably meant.

    Args:
        found: Some articles have all words of the query, if not in one piece.
    """
    leaves = [leaf for leaf in positive_leaves(tree) if isinstance(leaf, (Phrase, Run))]
    wholes = [leaf.whole if isinstance(leaf, Run) else leaf for leaf in leaves]
    if len(wholes) > _MOST_WORDS:
        return None
    editor = Editor(matcher, Clock(BUDGET_S))
    wrong = [
        (leaf, whole)
        for leaf, whole in zip(leaves, wholes, strict=True)
        if not whole.is_loose and not editor.stands(whole)
    ]
    if not wrong:
        return None
    if not found:
        joined = _joined_latin(typed, [whole for _, whole in wrong], editor)
        if joined and (count := ask(joined)):
            return Suggestion(joined, "written as one word", count)
    query, reasons = typed, []
    for leaf, whole in wrong:
        for edit in _edits(leaf, whole, editor, matcher, found=found):
            changed = _replaced(query, whole, edit.corrections)
            if changed and changed != query:
                query = changed
                reasons.append(edit.reason)
                break
    count = ask(query) if reasons else 0
    return Suggestion(query, "; ".join(reasons), count) if count else None


@dataclass(frozen=True)
class _Edit:
    """Corrections of a phrase's text, from its end to its start."""

    corrections: tuple[Correction, ...]
    reason: str


def _edits(
    leaf: Phrase | Run, whole: Phrase, editor: Editor, matcher: Matcher, *, found: bool
) -> Iterator[_Edit]:
    text = simplify(whole.text)
    if _LATIN.fullmatch(text):
        yield from _latin(text, whole, editor, matcher)
        return
    corrections: list[Correction] = []
    done = 0
    for row in text.split(BORDER):
        best = _of_row(row, leaf, whole, editor, found=found)
        if best is None:
            return
        corrections += [Correction(done + c.start, done + c.end, c.new, c.kind) for c in best]
        done += len(row) + 1
    if corrections:
        reasons = "; ".join(_worded(text, correction) for correction in corrections)
        yield _Edit(tuple(sorted(corrections, key=lambda c: -c.start)), reasons)


def _of_row(
    row: str, leaf: Phrase | Run, whole: Phrase, editor: Editor, *, found: bool
) -> list[Correction] | None:
    """Return what makes a row stand; nothing when it does already, None when no slip explains it."""
    if not row or editor.stands(Phrase(row, whole.field)):
        return []
    for best in editor.corrections(row, whole.field):
        if not found or best.cost <= most_likely_cost(row):
            return [best]
    if found or not isinstance(leaf, Run):
        return None
    return _of_pieces(row, [simplify(piece.text) for piece in leaf.pieces], whole.field, editor)


def _of_pieces(row: str, pieces: list[str], field: str | None, editor: Editor) -> list[Correction] | None:
    """Return what makes the pieces of a row stand that stand nowhere, alone or with a neighbour."""
    found: list[Correction] = []
    places = []
    done = 0
    for piece in pieces:
        start = row.find(piece, done)
        if start >= 0:
            places.append((start, start + len(piece)))
            done = start + len(piece)
    for number, (start, end) in enumerate(places):
        if editor.stands(Phrase(row[start:end], field)):
            continue
        first = places[number - 1][0] if number else start
        last = places[number + 1][1] if number + 1 < len(places) else end
        for low, high in dict.fromkeys([(first, last), (first, end), (start, last), (start, end)]):
            inside = [
                Correction(low + c.start, low + c.end, c.new, c.kind)
                for c in editor.corrections(row[low:high], field)
            ]
            if inside:
                found.append(inside[0])
                break
        else:
            return None
    return found or None


def _latin(text: str, whole: Phrase, editor: Editor, matcher: Matcher) -> Iterator[_Edit]:
    """Yield what a word of letters may mean: another spelling, two words, or pinyin."""
    for word in words_read(text, matcher)[:1]:
        yield _pinyin(text, word)
    for best in editor.corrections(text, whole.field)[:1]:
        yield _Edit((best,), _worded(text, best))
    for word in texts_read(text, matcher)[:1]:
        yield _pinyin(text, word)
    for place in range(2, len(text) - 1):
        apart = f"{text[:place]} {text[place:]}"
        if editor.stands(Phrase(apart, whole.field)):
            yield _Edit((Correction(place, place, " ", "is missing"),), "written as two words")
            return


def _pinyin(text: str, word: str) -> _Edit:
    return _Edit((Correction(0, len(text), word, "sounds the same"),), f"{text} is pinyin for {word}")


def _joined_latin(typed: str, wrong: list[Phrase], editor: Editor) -> str:
    """Return the query with two neighbouring words of letters as one, where that stands; else nothing."""
    words = typed.split()
    unknown = {whole.text for whole in wrong}
    for place, (first, second) in enumerate(pairwise(words)):
        texts = [clean_text(first), clean_text(second)]
        are_words = all(map(_LATIN.fullmatch, texts)) and unknown & set(texts)
        if are_words and editor.stands(Phrase("".join(texts))):
            return " ".join([*words[:place], first + second, *words[place + 2 :]])
    return ""


def _replaced(typed: str, whole: Phrase, corrections: tuple[Correction, ...]) -> str | None:
    """Return the query with corrections made where the phrase stands in it; None where it is not found."""
    for match in _TYPED.finditer(typed):
        start, end = match.span()
        if typed[start] in '"“”„‟＂':
            start, end = start + 1, end - 1
        else:
            before = _BEFORE_WORD.match(typed, start)
            after = before.end() if before else start
            start = start if clean_text(typed[start:end]) == whole.clean else after
        content = typed[start:end]
        if clean_text(content) != whole.clean:
            continue
        mapped = fold_with_map(content)
        shift = simplify(mapped.text).find(simplify(whole.text))
        if shift < 0:
            continue
        for correction in corrections:
            first, last = shift + correction.start, shift + correction.end
            low = mapped.span(first, first + 1)[0] if first < len(mapped.text) else len(content)
            high = mapped.span(first, last)[1] if last > first else low
            content = content[:low] + correction.new + content[high:]
        return typed[:start] + content + typed[end:]
    return None


def _worded(text: str, correction: Correction) -> str:
    """Say in one line what was changed."""
    old, new = text[correction.start : correction.end], correction.new
    if not new:
        return f"{old} {correction.kind}"
    if not old:
        return f"{new} {correction.kind}"
    if correction.kind == "stand the other way round":
        return f"{' and '.join(new if is_han(new[0]) else [new])} {correction.kind}"
    if correction.kind == "is another":
        return f"{new} stands where {old} was typed"
    return f"{new} {correction.kind} as {old}" if "sounds" in correction.kind else f"{new} for {old}"
