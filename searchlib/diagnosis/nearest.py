"""What comes nearest to a phrase that does not stand in an article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from searchlib.analysis import Analyzer, simplify, units
from searchlib.analysis.folding import HAN
from searchlib.diagnosis.slips import nearest_slip, without_field
from searchlib.diagnosis.standing import Lack
from searchlib.diagnosis.texts import ArticleText, Place, places_of, show_passage
from searchlib.frozen import replace
from searchlib.message import Message, join_messages
from searchlib.query.characters import HAN_NUMERALS
from searchlib.query.nodes import Phrase

_FIGURE = f"[0-9０-９{HAN_NUMERALS}]"
_WHOLE = re.compile(rf"{_FIGURE}+(?:[.,．，点點]{_FIGURE}+)*[%％‰]?|[^\W\d_{HAN}]+(?:[-'][^\W\d_{HAN}]+)*")


def in_another_field(phrase: Phrase, texts: Sequence[ArticleText]) -> Lack | None:
    """Say in which other field a phrase stands."""
    place = phrase.field and next(places_of(without_field(phrase), texts), None)
    if not place:
        return None
    message = Message(
        "“{}” is not in {} but elsewhere: “{}”, {}", show_phrase(phrase), phrase.field, place.found, place
    )
    return Lack(str(phrase), "field", message, show_passage(place))


def in_another_form(
    widen: Callable[[Phrase], Phrase], phrase: Phrase, texts: Sequence[ArticleText]
) -> Lack | None:
    """Say in which form a phrase stands that was not to count."""
    anyhow = replace(phrase, exact=False, spaced=None, kept=(), equals=())
    place = next(places_of(widen(anyhow), texts), None)
    if place is None:
        return None
    asked, there = show_phrase(phrase), place.found
    what = Message("“{}”, {}", there, place)
    message = Message("“{}” stands only in another form, which was not to count: {}", asked, what)
    return Lack(str(phrase), "form", message, show_passage(place))


def inside_another_word(phrase: Phrase, texts: Sequence[ArticleText]) -> Lack | None:
    """Say in which longer word or number a phrase stands."""
    for form in (phrase, *phrase.equals):
        loose = replace(form, open_start=True, open_end=True, whole_number=False, of="", equals=())
        place = next(places_of(loose, texts), None)
        if place is not None:
            around = _widen(place)
            message = Message("“{}” stands only inside “{}”, {}", show_phrase(phrase), around.found, around)
            return Lack(str(phrase), "inside", message, show_passage(around))
    return None


def _widen(place: Place) -> Place:
    """Return the whole word or number that a place is inside of, or several when it touches several."""
    text, start, end = place.text.text, place.start, place.end
    for match in _WHOLE.finditer(text):
        if match.start() < end and place.start < match.end():
            start, end = min(start, match.start()), max(end, match.end())
    return Place(place.text, start, end)


def across_a_border(phrase: Phrase, texts: Sequence[ArticleText]) -> Lack | None:
    """Say that only a mark is in the way: one that is there, or one that is missing."""
    row = [unit for unit, *_ in units(simplify(phrase.text))]
    if len(row) < 2 or phrase.edits:  # noqa: PLR2004 (between two)
        return None
    pattern = re.compile("[\n ]*".join(map(re.escape, row)))
    for text in texts:
        if phrase.field in {None, text.field}:
            match = pattern.search(simplify(text.folded.text))
            if match:
                place = Place(text, *text.folded.span(*match.span()))
                if match.group().count("\n") >= phrase.text.strip("\n").count("\n"):
                    message = Message(
                        "in “{}” a mark stands in between: “{}”, {}", show_phrase(phrase), place.found, place
                    )
                else:
                    message = Message(
                        "“{}” stands without the mark that is asked for, {}", place.found, place
                    )
                return Lack(str(phrase), "border", message, show_passage(place))
    return None


def apart(phrase: Phrase, pieces: Sequence[Phrase], texts: Sequence[ArticleText]) -> Lack | None:
    """Say where the words of a phrase stand that are apart; None when one of them is missing."""
    found = [list(places_of(piece, texts)) for piece in pieces]
    if len(pieces) < 2 or not all(found):  # noqa: PLR2004 (one piece is the whole)
        return None
    closest = _closest(found)
    there = join_messages([Message("“{}”, {}", place.found, place) for place in closest])
    one_text = [place for place in closest if place.text is closest[0].text]
    message = Message("the words of “{}” stand apart: {}", show_phrase(phrase), there)
    return Lack(str(phrase), "apart", message, show_passage(*one_text))


def _closest(found: Sequence[Sequence[Place]]) -> list[Place]:
    """Choose a place of each piece, close together in one text where that can be, else the first of each."""
    best: tuple[int, list[Place]] | None = None
    for first in found[0]:
        others = [
            min(
                (place for place in places if place.text is first.text),
                key=lambda place: abs(place.start - first.start),
                default=None,
            )
            for places in found[1:]
        ]
        chosen = [first, *(place for place in others if place is not None)]
        if len(chosen) == len(found):
            width = max(place.end for place in chosen) - min(place.start for place in chosen)
            if best is None or width < best[0]:
                best = (width, chosen)
    return best[1] if best else [places[0] for places in found]


def a_slip_away(analyzer: Analyzer, phrase: Phrase, texts: Sequence[ArticleText]) -> Lack | None:
    """Say what is there that differs in one character, or that the phrase may be short for."""
    place = nearest_slip(phrase, texts, analyzer)
    if place is None:
        return None
    message = Message("“{}” stands nowhere; nearest is “{}”, {}", show_phrase(phrase), place.found, place)
    return Lack(str(phrase), "similar", message, show_passage(place))


def show_phrase(phrase: Phrase) -> str:
    """Return a phrase as it reads in a message."""
    return str(replace(phrase, quoted=False, field=None))


def present(pieces: Sequence[Phrase], texts: Sequence[ArticleText]) -> Iterator[tuple[Phrase, Place]]:
    """Yield those pieces that are somewhere, with their first places."""
    for piece in pieces:
        place = next(places_of(piece, texts), None)
        if place is not None:
            yield piece, place
