"""What to mark of a plain text (`match="any"`), of which any word or pair of characters may be alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from searchlib.analysis import Analyzer, is_han
from searchlib.analysis.stopwords import stopword_weights
from searchlib.query.nodes import Phrase, Terms

_PAIR = 2

Word = tuple[str, int, int]
"""A word with its start and end in the text."""


class PlainPhrases(NamedTuple):
    """
    The phrases of a plain text, each kind in its order.

    `told` are runs of words that say something, and these words; `pairs` what may be
    left of them where they do not stand; `light` are question and function words.
    """

    told: list[Phrase]
    pairs: list[Phrase]
    light: list[Phrase]


def plain_phrases(leaf: Terms, analyzer: Analyzer) -> PlainPhrases:
    """
    Return what to mark of a plain text.

    >>> told, pairs, light = plain_phrases(Terms("于乐在哪里上小学"), Analyzer())
    >>> [str(one) for one in told], [str(one) for one in pairs], [str(one) for one in light]
    (['上小学', '小学'], ['于乐', '乐在', '上小'], ['于', '乐', '在', '哪里'])
    """
    text = leaf.clean
    places = _outermost(analyzer.places(text))
    kept = stopword_weights(text, places)
    told: dict[str, None] = {}
    pairs: dict[str, None] = {}
    light: dict[str, None] = {}
    for row in _rows(places):
        for says_much, group in groupby(row, key=lambda word: kept[word[1]] == 1):
            words = list(group)
            names = _names_around(text, row, words) if says_much else []
            pairs.update((name, None) for name in names)
            if says_much and not names:
                told[text[words[0][1] : words[-1][2]]] = None
                told.update((text[start:end], None) for _, start, end in words if end - start > 1)
                pairs.update((pair, None) for pair in _pairs(text, words))
            else:
                light.update((text[start:end], None) for _, start, end in words)
    others = [other for part in leaf.parts for other in part.equals]

    def phrases(texts: dict[str, None]) -> list[Phrase]:
        return [Phrase(text, None, leaf.exact) for text in texts]

    return PlainPhrases([*phrases(told), *others], phrases(pairs), phrases(light))


def _outermost(places: Sequence[Word]) -> list[Word]:
    """Leave out the parts of units such as `5G`."""
    found: list[Word] = []
    for place in places:
        if not found or place[1] >= found[-1][2]:
            found.append(place)
    return found


def _rows(places: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the words that are in a row."""
    row: list[Word] = []
    for place in places:
        if row and place[1] != row[-1][2]:
            yield row
            row = []
        row.append(place)
    if row:
        yield row


def _names_around(text: str, row: Sequence[Word], words: Sequence[Word]) -> list[str]:
    """Return what one character may be a part of with a light one beside it: 于乐 of 于|乐|在|哪里."""
    _, start, end = words[0]
    if len(words) > 1 or end - start > 1:
        return []
    beside = [word for word in row if word[2] - word[1] == 1 and (word[2] == start or word[1] == end)]
    return [text[min(start, first) : max(end, last)] for _, first, last in beside]


def _pairs(text: str, words: Sequence[Word]) -> Iterator[str]:
    """
    Yield pairs of characters of long words, and those of which one is a word by itself.

    Such a word is alone by chance too often, and jieba may have cut up a name. A
    pair of two words' ends says less than the words: 国人 of 中国人民 is in 外国人.
    """
    for _, start, end in words:
        if end - start > _PAIR:
            yield from filter(_is_of_han, (text[place : place + _PAIR] for place in range(start, end - 1)))
    for before, behind in pairwise(words):
        pair = text[before[2] - 1 : behind[1] + 1]
        if 1 in {before[2] - before[1], behind[2] - behind[1]} and _is_of_han(pair):
            yield pair


def _is_of_han(text: str) -> bool:
    return all(map(is_han, text))
