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

from searchlib.analysis import BORDER, clean_text, fold_with_map, is_han, simplify
from searchlib.analysis.stopwords import QUESTION_WORDS, stopword_weight
from searchlib.embedded.search.matching import Matcher
from searchlib.embedded.suggest.corrections import Budget, Correction
from searchlib.embedded.suggest.edits import Editor
from searchlib.embedded.suggest.romanized import letters_of, texts_read, words_read
from searchlib.findings import Suggestion
from searchlib.frozen import dataclass
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


def suggest(
    typed: str, tree: Query, matcher: Matcher, ask: Ask, *, found: bool, relaxes: bool = False
) -> Suggestion | None:
    """
    Return what was probably meant.

    Args:
        found: Some articles have all words of the query, if not in one piece.
        relaxes: Where no article has all words the closest are shown, so that a suggestion
            may mend single words of a query of which no article has all.
    """
    leaves = [leaf for leaf in positive_leaves(tree) if isinstance(leaf, (Phrase, Run))]
    wholes = [leaf.whole if isinstance(leaf, Run) else leaf for leaf in leaves]
    if len(wholes) > _MOST_WORDS:
        return None
    editor = Editor(matcher, Budget(WORK))
    spaced = _join_pinyin(typed, editor)
    if spaced is not None:
        query, word, reason = spaced
        count = ask(query) or (ask(word) if relaxes else 0)
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
    query = typed
    reasons: list[str] = []
    mended: list[str] = []
    for leaf, whole in wrong:
        for edit in _edits(leaf, whole, editor, found=found):
            changed = _replace(query, whole, edit.corrections)
            if changed and changed != query:
                query = changed
                reasons.append(edit.reason)
                mended += edit.texts
                break
    count = ask(query) if reasons else 0
    if reasons and relaxes and not count:
        count = ask(" ".join(mended)) or max(map(ask, mended))
    return Suggestion(query, join_messages(reasons), count) if count else None


@dataclass(frozen=True)
class _Edit:
    """Corrections of a phrase's text, from its end to its start, and what occurs with them."""

    corrections: tuple[Correction, ...]
    reason: str
    texts: tuple[str, ...]


def _edits(leaf: Phrase | Run, whole: Phrase, editor: Editor, *, found: bool) -> Iterator[_Edit]:
    text = simplify(whole.text)
    if _LATIN.fullmatch(text) or letters_of(text):
        yield from _latin(text, whole, editor)
        return
    mended: list[_Mended] = []
    done = 0
    for row in text.split(BORDER):
        mending = _of_row(row, leaf, whole, editor, found=found)
        if mending is None:
            return
        mended += [_Mended(one.correction.move(done), one.text) for one in mending]
        done += len(row) + 1
    if mended:
        reasons = join_messages([_say(text, one.correction) for one in mended])
        corrections = sorted((one.correction for one in mended), key=lambda c: -c.start)
        yield _Edit(tuple(corrections), reasons, tuple(one.text for one in mended))


class _Mended(NamedTuple):
    """A correction, and the part of its row that occurs in some article with it."""

    correction: Correction
    text: str


def _of_row(
    row: str, leaf: Phrase | Run, whole: Phrase, editor: Editor, *, found: bool
) -> list[_Mended] | None:
    """Return what makes a row occur; nothing when it does already, None when no slip explains it."""
    if not row or editor.stands(Phrase(row, whole.field)):
        return []
    cuts = Cuts(row, editor.matcher)
    for best in editor.corrections(row, whole.field, believed=cuts.heals if found else cuts.may_stand):
        return [_Mended(best, best.of(row))]
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
    """Judges corrections of a row by the words that it is cut into before and after."""

    def __init__(self, row: str, matcher: Matcher) -> None:
        self._row = row
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
        is_light = any(part and stopword_weight(part) < 1 for part in (old, correction.new))
        if len(self._row) >= _LONG and stopword_weight(correction.new) == 1 and correction.new:
            return True  # what is so long does not occur by chance
        is_at_break = not self._at_break.isdisjoint({correction.start, correction.end})
        return (is_at_break and not is_light) or self.heals(correction)


def _count_single(places: Sequence[tuple[str, int, int]]) -> tuple[int, int]:
    """Return how many words are single characters of Han, and how many there are."""
    return sum(1 for word, *_ in places if len(word) == 1 and is_han(word)), len(places)


def _of_neighbours(row: str, pieces: list[_Place], field: str | None, editor: Editor) -> list[_Mended] | None:
    """Return what makes better words of two neighbours, both of which occur, by a character that is alike."""
    for first, last in pairwise(pieces):
        part = row[first.start : last.end]
        heals = Cuts(part, editor.matcher).heals
        for best in editor.corrections(part, field, believed=heals, alike_only=True):
            return [_Mended(best.move(first.start), best.of(part))]
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
            believed = Cuts(part, editor.matcher).may_stand
            best = next(iter(editor.corrections(part, field, believed=believed)), None)
            if best is not None:
                found.append(_Mended(best.move(low), best.of(part)))
                break
    return found or None


def _latin(text: str, whole: Phrase, editor: Editor) -> Iterator[_Edit]:
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
        yield _Edit((best,), _say(text, best), (best.of(text),))
    for word in texts_read(letters, matcher, editor.articles)[:1]:
        yield _pinyin(text, word)
    for place in range(2, len(text) - 1):
        apart = f"{text[:place]} {text[place:]}"
        if editor.stands(Phrase(apart, whole.field)):
            yield _Edit(
                (Correction(place, place, " ", "is missing"),), Message("written as two words"), (apart,)
            )
            return


def _pinyin(text: str, word: str) -> _Edit:
    return _Edit(
        (Correction(0, len(text), word, "sounds the same"),),
        Message("{} is pinyin for {}", text, word),
        (word,),
    )


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


def _replace(typed: str, whole: Phrase, corrections: tuple[Correction, ...]) -> str | None:
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
