"""What is in a text and is one character away from what was asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from searchlib.analysis import Analyzer, is_han, simplify, units
from searchlib.analysis.glyphs import look_alikes
from searchlib.analysis.phonetics import sound_alikes
from searchlib.diagnosis.texts import ArticleText, Place
from searchlib.frozen import replace
from searchlib.model import Span
from searchlib.query.nodes import Phrase

_LEAST_HAN = 3
_LEAST_LETTERS = 4
_MOST_SHORT = 6
_MOST_CHARS = 100
_CONTEXT = 12
_ANY = r"[^\W_]"
_TAKEN, _INSIDE, _LONGER, _OTHER, _AT_END, _CUT = range(6)
"""
How near a slip is: one character taken for another; one less or more inside; what the text is short
for; any other character; one less at an end; something that ends inside a word.
"""


def nearest_slip(phrase: Phrase, texts: Iterable[ArticleText], analyzer: Analyzer) -> Place | None:
    """
    Return a place of what is one character away from a phrase, or what it is short for; None when nothing is.

    Likelier slips come first, then what stands more often, then what stands earlier.
    Two characters are told by what sounds or looks like one of them only: anything
    else has half of them by chance.
    """
    asked = simplify(phrase.text).strip("\n ")
    if "\n" in asked or phrase.is_loose or not _may_slip(asked):
        return None
    places: dict[tuple[int, str], Place] = {}
    counts: Counter[tuple[int, str]] = Counter()
    within = [text for text in texts if phrase.field in {None, text.field}]
    for nearness, pattern in _slips(asked):
        for text in within:
            folded = simplify(text.folded.text)
            for match in re.finditer(pattern, folded):
                key = (nearness, match.group())
                if key not in places:
                    if nearness >= _OTHER and _cuts_a_word(folded, match.span(), analyzer):
                        key = (_CUT, match.group())
                    places.setdefault(key, Place(text, *text.folded.span(*match.span())))
                counts[key] += 1
    best = min(counts, key=lambda key: (key[0], -counts[key]), default=None)
    return None if best is None else places[best]


def _cuts_a_word(folded: str, span: Span, analyzer: Analyzer) -> bool:
    """Return whether one of two places of a text is inside a word."""
    first = max(0, span[0] - _CONTEXT)
    around = folded[first : span[1] + _CONTEXT]
    ends = {0}
    for _, start, end in analyzer.places(around):
        ends |= {first + start, first + end}
    return not set(span) <= ends


def _may_slip(asked: str) -> bool:
    """
    Return whether a text is long enough to be known by all but one of its characters; a number never is.

    Each character takes several looks at the article: whole paragraphs are left alone.
    """
    if len(asked) > _MOST_CHARS:
        return False
    if all(is_han(unit) for unit, *_ in units(asked)):
        return len(asked) > 1
    return len(asked) >= _LEAST_LETTERS and not asked.replace(".", "").isdecimal()


def _slips(asked: str) -> Iterator[tuple[int, str]]:
    """Yield regexes for the texts that are one slip away, with how near they are."""
    whole = "" if is_han(asked[0]) else "(?<![a-z0-9])", "" if is_han(asked[-1]) else "(?![a-z0-9])"

    def pattern(*parts: str) -> str:
        return "".join([whole[0], *parts, whole[1]])

    chars = [re.escape(char) for char in asked]
    for place, char in enumerate(asked):
        before, behind = chars[:place], chars[place + 1 :]
        alike = "".join([other for other, _ in sound_alikes(char)]) + look_alikes(char)
        if alike:
            yield _TAKEN, pattern(*before, f"[{re.escape(alike)}]", *behind)
        if behind and char != asked[place + 1]:
            yield _TAKEN, pattern(*before, behind[0], chars[place], *behind[1:])
        if len(asked) < _LEAST_HAN:
            continue
        yield _INSIDE if before and behind else _AT_END, pattern(*before, *behind)
        if before:
            yield _INSIDE, pattern(*before, _ANY, chars[place], *behind)
        yield _OTHER, pattern(*before, _ANY, *behind)
    if _LEAST_HAN <= len(asked) <= _MOST_SHORT and all(map(is_han, asked)):
        yield _LONGER, "[^\n ]{0,2}".join(chars)


def without_field(phrase: Phrase) -> Phrase:
    """Return a phrase, and its other forms, as they are looked for in any field."""
    return replace(phrase, field=None, equals=tuple(replace(one, field=None) for one in phrase.equals))
