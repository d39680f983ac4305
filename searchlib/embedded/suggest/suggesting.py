"""
A query that found nothing, or not what it says, as it was probably meant.

Each word of the query that is nowhere is looked at by itself, row by row, and
if no single slip makes all of it stand, piece by piece. What comes out is the query
as it was typed, with those characters changed; it is asked before it is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from searchlib.analysis import BORDER, Analyzer, clean_text, fold_with_map, is_han, simplify
from searchlib.analysis.stopwords import QUESTION_WORDS, stopword_weight
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.suggest.corrections import Budget, Correction
from searchlib.embedded.suggest.edits import Editor
from searchlib.embedded.suggest.romanized import letters_of, texts_read, words_read
from searchlib.findings import Suggestion
from searchlib.message import Message, join_messages
from searchlib.query.nodes import Phrase, Query, Run, positive_leaves

WORK = 8_000
"""What looking for a suggestion may take, in posting lists; what was found until then is what there is."""

_GAIN = 5
"""A word that syllables spell must be in so many times the articles that have these as words of letters."""

_PUT_OR_TAKEN = ("is too much", "is missing")
_LONG = 6
_LONGEST_LATIN = 48

_TYPED = re.compile(r'["“”„‟＂](?:\\.|[^"“”„‟＂\\])*["“”„‟＂]|[^\s"“”„‟＂()（）]+')
_BEFORE_WORD = re.compile(r"[-+－＋]?(?:\w+[:：])?")
_LATIN = re.compile(r"[a-z]+")
_LETTERS = r"[^\W\d_\u2e80-\U0003ffff]+"
_SPACED = re.compile(rf"(?<!\S){_LETTERS}(?:\s+{_LETTERS})+(?!\S)")
_MOST_WORDS = 24

Ask = Callable[[str], int]
"""Asks a query of all words with the same filters; returns how many articles match."""

Shows = Callable[[str, Sequence[str]], Sequence[str]]
"""Returns which of some words occur in the articles that a query shows first where none has all of it."""


def suggest(
    typed: str, tree: Query, matcher: Matcher, ask: Ask, *, found: bool, shows: Shows | None = None
) -> Suggestion | None:
    """
    Return what was probably meant.

    Args:
        found: Some articles have all words of the query, if not in one piece.
        shows: Where no article has all words the closest are shown, so that a suggestion may mend single
            words of a query of which no article has all. A word that none of the closest has is not meant.
    """
    leaves = [leaf for leaf in positive_leaves(tree) if isinstance(leaf, (Phrase, Run))]
    wholes = [leaf.whole if isinstance(leaf, Run) else leaf for leaf in leaves]
    if len(wholes) > _MOST_WORDS:
        return None
    editor = Editor(matcher, Budget(WORK))
    spaced = _join_pinyin(typed, editor)
    if spaced is not None:
        query, word, reason = spaced
        count = ask(query) or (ask(word) if shows else 0)
        if count > _GAIN * (ask(typed) if found else 0):
            return Suggestion(query, reason, count)
    wrong = [
        (leaf, whole)
        for leaf, whole in zip(leaves, wholes, strict=True)
        if not whole.is_loose and not editor.stands(whole)
    ]
    if wrong and not found:
        joined = _join_latin(typed, [whole for _, whole in wrong], editor)
        if joined and (count := ask(joined)):
            return Suggestion(joined, "written as one word", count)
    edits: list[_Edit] = []
    for leaf, whole in wrong:
        for mended in _edits(leaf, whole, editor, found=found):
            if _changed(typed, [*edits, (whole, mended)]) != _changed(typed, edits):
                edits.append((whole, mended))
                break
    query = _changed(typed, edits)
    count = ask(query) if edits else 0
    if edits and shows and not count:
        seen = set(shows(query, [one.word for _, mended in edits for one in mended]))
        edits = [(whole, [one for one in mended if one.word in seen]) for whole, mended in edits]
        query = _changed(typed, edits)
        texts = [one.text for _, mended in edits for one in mended]
        count = (ask(" ".join(texts)) or max(map(ask, texts))) if texts else 0
    reasons = [one.reason for _, mended in edits for one in mended]
    return Suggestion(query, join_messages(reasons), count) if count else None


def _changed(typed: str, edits: Iterable[_Edit]) -> str:
    """Return what was typed with some phrases corrected; a phrase that is not found stays as it is."""
    for whole, mended in edits:
        corrections = sorted((one.correction for one in mended), key=lambda c: -c.start)
        typed = _replace(typed, whole, corrections) or typed
    return typed


def _edits(leaf: Phrase | Run, whole: Phrase, editor: Editor, *, found: bool) -> Iterator[list[_Mended]]:
    text = simplify(whole.text)
    if _LATIN.fullmatch(text) or letters_of(text):
        for one in _latin(text, whole, editor):
            yield [one]
        return
    mended: list[_Mended] = []
    done = 0
    for row in text.split(BORDER):
        mending = _of_row(row, leaf, whole, editor, found=found)
        if mending is None:
            return
        mended += [one.move(done) for one in mending]
        done += len(row) + 1
    if mended:
        yield mended


class _Mended(NamedTuple):
    """A correction, the part of its row that occurs somewhere with it, the word that it makes, and why."""

    correction: Correction
    text: str
    word: str
    reason: str

    @classmethod
    def of(cls, correction: Correction, part: str, analyzer: Analyzer) -> _Mended:
        """Correct a part of a row; where only single characters come of it, the word is all of the part."""
        text = correction.of(part)
        start, end = correction.start, correction.start + len(correction.new)
        changed = (start, end) if correction.new else (start - 1, start + 1)
        words = [word for word, low, high in analyzer.places(text) if low < changed[1] and high > changed[0]]
        word = max((word for word in words if len(word) > 1), key=len, default=text)
        return cls(correction, text, word, _say(part, correction))

    def move(self, chars: int) -> _Mended:
        """Return the same with the correction moved by a number of characters."""
        return self._replace(correction=self.correction.move(chars))


_Edit = tuple[Phrase, list[_Mended]]
"""A phrase of the query, and what is corrected in it."""


def _of_row(
    row: str, leaf: Phrase | Run, whole: Phrase, editor: Editor, *, found: bool
) -> list[_Mended] | None:
    """Return what makes a row occur; nothing when it does already, None when no slip explains it."""
    if not row or editor.stands(Phrase(row, whole.field)):
        return []
    cuts = Cuts(row, editor.matcher)
    for best in editor.corrections(row, whole.field, believed=cuts.heals if found else cuts.may_stand):
        return [_Mended.of(best, row, editor.matcher.analyzer)]
    pieces = _places_of(row, leaf.pieces if isinstance(leaf, Run) else [whole], editor)
    unknown = [place for place in pieces if place.end - place.start > 1 and not editor.stands(place.piece)]
    if unknown:
        return _of_pieces(row, pieces, unknown, whole.field, editor)
    return _of_neighbours(row, pieces, whole.field, editor)


class _Place(NamedTuple):
    """Where a piece of a run is in a row."""

    start: int
    end: int
    piece: Phrase


def _places_of(row: str, pieces: Iterable[Phrase], editor: Editor) -> list[_Place]:
    """
    Return where the pieces of a run are in one row of it.

    One that occurs nowhere is taken apart: its longer words, and its single characters in a row, as
    names are cut; light words are left out.
    """
    places: list[_Place] = []
    done = 0
    for piece in pieces:
        text = simplify(piece.text)
        start = row.find(text, done)
        if start < 0:
            continue
        done = start + len(text)
        if all(map(is_han, text)) and not editor.stands(piece):
            parts = _parts(text, editor)
            places += [
                _Place(start + low, start + high, Phrase(text[low:high], piece.field, piece.exact))
                for low, high in parts
            ]
        else:
            places.append(_Place(start, done, piece))
    return places


def _parts(text: str, editor: Editor) -> Iterator[tuple[int, int]]:
    """Yield where the words of a text are that are not light; single characters in a row count as one."""
    first = last = 0
    for word, start, end in editor.matcher.analyzer.places(text):
        is_single = len(word) == 1 and stopword_weight(word) == 1
        if not is_single and first < last:
            yield first, last
        if len(word) > 1 and stopword_weight(word) == 1:
            yield start, end
        first, last = (first if is_single and first < last else start), (end if is_single else start)
    if first < last:
        yield first, last


class Cuts:
    """
    Judges corrections of a row by the words that it is cut into before and after.

    Args:
        is_cut_out: Whether the row is a part of another, which goes on before it and after it.
    """

    def __init__(self, row: str, matcher: Matcher, is_cut_out: tuple[bool, bool] = (False, False)) -> None:
        self._row = row
        self._inside = range(int(is_cut_out[0]), len(row) - int(is_cut_out[1]))
        self._words = matcher.analyzer.places
        places = self._words(row)
        self._singles, self._count = _count_single(places)
        self._at_break = {
            place
            for word, start, end in places
            if len(word) == 1 and is_han(word) and stopword_weight(word) == 1
            for place in (start, end)
        }

    def heals(self, correction: Correction) -> bool:
        """
        Return whether a row is cut into better words when it is corrected: fewer characters are single ones.

        That two words become one is enough where the characters are alike.
        """
        old, new = self._row[correction.start : correction.end], correction.new
        if old in QUESTION_WORDS or (correction.kind in _PUT_OR_TAKEN and stopword_weight(old or new) < 1):
            return False
        singles, count = _count_single(self._words(correction.of(self._row)))
        if singles < self._singles:
            return True
        return correction.is_alike and singles == self._singles and count < self._count

    def may_stand(self, correction: Correction) -> bool:
        """
        Return whether a correction is believed in a row of which no article has all words.

        A word that is right is not taken for one that is not alike, nor is anything put into or after it;
        and a particle is neither put in nor taken away to make a row occur somewhere.
        """
        old = self._row[correction.start : correction.end]
        if old in QUESTION_WORDS:
            return False
        if correction.is_alike:
            return True
        if correction.start < self._inside.start or correction.end > self._inside.stop:
            return False  # it goes with what is beside the row
        is_light = any(part and stopword_weight(part) < 1 for part in (old, correction.new))
        if len(self._row) >= _LONG and stopword_weight(correction.new) == 1 and correction.new:
            return True  # what is so long does not occur by chance
        is_at_break = not self._at_break.isdisjoint({correction.start, correction.end})
        return (is_at_break and not is_light) or self.heals(correction)


def _count_single(places: Sequence[tuple[str, int, int]]) -> tuple[int, int]:
    """Return how many words are single characters of Han, and how many there are."""
    return sum(1 for word, *_ in places if len(word) == 1 and is_han(word)), len(places)


def _of_neighbours(row: str, pieces: list[_Place], field: str | None, editor: Editor) -> list[_Mended] | None:
    """Return what makes better words of two neighbours, both of which occur, by a likely slip."""
    for first, last in pairwise(pieces):
        part = row[first.start : last.end]
        heals = Cuts(part, editor.matcher).heals
        for best in editor.corrections(part, field, believed=heals, likely_only=True):
            return [_Mended.of(best, part, editor.matcher.analyzer).move(first.start)]
    return None


def _of_pieces(
    row: str, pieces: list[_Place], unknown: list[_Place], field: str | None, editor: Editor
) -> list[_Mended] | None:
    """Return what makes the pieces of a row occur that occur nowhere, alone or with a neighbour."""
    found: list[_Mended] = []
    for number, place in enumerate(pieces):
        if place not in unknown:
            continue
        start, end, _ = place
        before, behind = pieces[max(0, number - 1)], pieces[min(number + 1, len(pieces) - 1)]
        first = before.start if before.end == start else start
        last = behind.end if behind.start == end else end
        for low, high in dict.fromkeys([(first, last), (first, end), (start, last), (start, end)]):
            part = row[low:high]
            believed = Cuts(part, editor.matcher, is_cut_out=(low > 0, high < len(row))).may_stand
            corrections = editor.corrections(part, field, believed=believed, likely_only=len(part) < _LONG)
            best = next(iter(corrections), None)
            if best is not None:
                found.append(_Mended.of(best, part, editor.matcher.analyzer).move(low))
                break
    return found or None


def _latin(text: str, whole: Phrase, editor: Editor) -> Iterator[_Mended]:
    """Yield what a word of letters may mean: another spelling, two words, or pinyin."""
    if len(text) > _LONGEST_LATIN:
        return
    matcher = editor.matcher
    letters = letters_of(text)
    words = words_read(letters, matcher)[:1]
    spelt = editor.corrections(text, whole.field)[:1]
    if words and spelt and editor.articles(words[0]) <= spelt[0].articles:
        words = []
    for word in words:
        yield _pinyin(text, word)
    for best in spelt:
        yield _Mended(best, best.of(text), best.of(text), _say(text, best))
    for word in texts_read(letters, matcher, editor.articles)[:1]:
        yield _pinyin(text, word)
    for place in range(2, len(text) - 1):
        apart = f"{text[:place]} {text[place:]}"
        if editor.stands(Phrase(apart, whole.field)):
            correction = Correction(place, place, " ", "is missing")
            yield _Mended(correction, apart, apart, Message("written as two words"))
            return


def _pinyin(text: str, word: str) -> _Mended:
    correction = Correction(0, len(text), word, "sounds the same")
    return _Mended(correction, word, word, Message("{} is pinyin for {}", text, word))


def _join_pinyin(typed: str, editor: Editor) -> tuple[str, str, str] | None:
    """Return the query with words of letters side by side as the word that they spell, the word, and why."""
    for match in _SPACED.finditer(typed):
        parts = match.group().split()
        if len("".join(parts)) > _LONGEST_LATIN or editor.stands(Phrase(" ".join(map(clean_text, parts)))):
            continue
        apart = letters_of(" ".join(parts))
        words = [
            word
            for word in words_read(apart, editor.matcher)
            or texts_read(apart, editor.matcher, editor.articles)
            if len(word) >= len(parts)
        ]
        if words:
            query = f"{typed[: match.start()]}{words[0]}{typed[match.end() :]}"
            return query, words[0], Message("{} is pinyin for {}", apart, words[0])
    return None


def _join_latin(typed: str, wrong: list[Phrase], editor: Editor) -> str:
    """Return the query with two neighbouring words of letters as one, where that stands; else nothing."""
    words = typed.split()
    unknown = {whole.text for whole in wrong}
    for place, (first, second) in enumerate(pairwise(words)):
        texts = [clean_text(first), clean_text(second)]
        are_words = all(map(_LATIN.fullmatch, texts)) and unknown & set(texts)
        if are_words and editor.stands(Phrase("".join(texts))):
            return " ".join([*words[:place], first + second, *words[place + 2 :]])
    return ""


def _replace(typed: str, whole: Phrase, corrections: Iterable[Correction]) -> str | None:
    """Return the query with corrections made where the phrase is in it; None where it is not found."""
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


_OF_ONE = {
    "is missing": "{} is missing",
    "is too much": "{} is too much",
    "is written twice": "{} is written twice",
    "is spelt so": "{} is spelt so",
    "is spelt nearly so": "{} is spelt nearly so",
}
_OF_TWO = {
    "is another": "{} stands where {} was typed",
    "sound the same": "{} sounds the same as {}",
    "sounds the same": "{} sounds the same as {}",
    "sounds alike": "{} sounds alike as {}",
}
"""What is said of a correction, by its kind: of one text put in or taken out, of one in another's place."""


def _say(text: str, correction: Correction) -> str:
    """Say in one line what was changed."""
    old, new = text[correction.start : correction.end], correction.new
    if correction.kind == "stand the other way round":
        turned = " and ".join(new if is_han(new[0]) else [new])
        return Message("{} stand the other way round", turned)
    if not new or not old:
        return Message(_OF_ONE.get(correction.kind, "{} is missing" if new else "{} is too much"), new or old)
    return Message(_OF_TWO.get(correction.kind, "{} for {}"), new, old)
