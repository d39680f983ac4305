"""
The best passage of an article: how much of the query one or two sentences hold together.

BM25F does not know where in an article the words stand. A sentence that holds
nearly all of the query answers it; the same words pages apart do less.

    passage(d) = a third of (the best sentence's share + the best two neighbouring sentences' share
                 + the whole article's share)
    lead(d)    = the best two neighbouring sentences' share, from the lead on

where a share is the part of the query's weight, words and pairs of characters,
that is there, and the lead is everything before the body with the body's
first three sentences: there an article says what it is about.

Texts are searched as they were given, all of them in one array of characters;
nothing is folded or cut into words. A table for the query tells of every
character which of the query's it is, in either script, case and width, or that
it ends a sentence, or that it is transparent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from searchlib.analysis import is_han
from searchlib.arrays import F64, I64, U16, np
from searchlib.scoring.passage_characters import (
    DIGIT,
    END,
    LETTER,
    NEXT,
    OTHER,
    TABLE_SIZE,
    TRANSPARENT,
    character_classes,
    ways_to_write,
)

MOST_CHARS = 20_000
"""Maximum number of characters of an article that are looked at: a book must not cost a second."""

LEAD_SENTENCES = 3
"""Number of sentences of the body that are its lead; 2 and 5 rank the same within 0.001."""

Floats = F64
Codes = U16
Places = I64


class Text(NamedTuple):
    """The texts of an article, and at which character of them, a line each, its body begins."""

    parts: Sequence[str]
    body_start: int = 0


class Shares(NamedTuple):
    """What share of the query, 0 to 1, each article's best passage holds, and its lead."""

    passage: Floats
    lead: Floats


class Passages:
    """Finds the best passages of articles for the weighted terms of one query."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """*weights* are those of the query's words and pairs, folded and simplified, by their texts."""
        self._weights = np.array(list(weights.values()))
        self._total = float(self._weights.sum())
        chars = dict.fromkeys(char for text in weights for char in text)
        codes = {char: code for code, char in enumerate(chars, NEXT)}
        self._count = NEXT + len(codes)
        self._table = np.frombuffer(character_classes(), np.uint8).astype(np.uint16)
        self._beyond: list[tuple[int, int]] = []
        for char, code in codes.items():
            ways = ways_to_write(char)
            self._table[[way for way in ways if way < TABLE_SIZE - 1]] = code
            self._beyond += [(way, code) for way in ways if way >= TABLE_SIZE - 1]
        self._kinds = np.zeros(self._count, np.uint16)
        self._kinds[[DIGIT, LETTER]] = DIGIT, LETTER
        for char, code in codes.items():
            if not is_han(char) and char.isalnum():  # the `-` of `wi-fi` is neither
                self._kinds[code] = DIGIT if char.isdigit() else LETTER
        self._terms = [[codes[char] for char in text] for text in weights]
        self._pairs = np.full(self._count * self._count, -1, np.int16)
        beginnings = dict.fromkeys((term[0], term[1]) for term in self._terms if len(term) > 1)
        self._beginnings = {pair: number for number, pair in enumerate(beginnings)}
        for (first, second), number in self._beginnings.items():
            self._pairs[first * self._count + second] = number

    def shares(self, articles: Sequence[Text]) -> Shares:
        """Return what the best passages and the leads of some articles hold."""
        texts = ["\n".join(article.parts)[:MOST_CHARS] for article in articles]
        written = "\n".join(["", *texts, ""]).encode("utf-32-le", "surrogatepass")
        lengths = np.array([len(text) + 1 for text in texts], np.int64)
        firsts = np.cumsum(lengths) - lengths
        chars = np.frombuffer(written, "<u4")
        given: Codes = self._table[np.minimum(chars, TABLE_SIZE - 1)]
        for char, code in self._beyond:
            given[chars == char] = code
        kept = np.flatnonzero(given != TRANSPARENT)
        codes = given[kept]
        is_border = codes == END
        is_border[1:] &= ~is_border[:-1]  # marks in a row end one sentence
        article_borders = np.searchsorted(kept, firsts)
        is_border[article_borders] = True
        borders = np.flatnonzero(is_border)
        sentence_of_article = np.searchsorted(borders, article_borders)

        held = np.zeros((len(borders), len(self._terms)), np.bool_)
        for number, places in enumerate(self._places(codes, given, kept)):
            held[np.searchsorted(borders, places, "right") - 1, number] = True
        single = held @ self._weights
        double = single.copy()
        double[:-1] = (held[:-1] | held[1:]) @ self._weights
        last = np.append(sentence_of_article[1:], len(borders)) - 1
        double[last] = single[last]
        whole = np.logical_or.reduceat(held, sentence_of_article) @ self._weights
        best = [np.maximum.reduceat(sums, sentence_of_article) for sums in (single, double)]

        starts = np.array([article.body_start for article in articles], np.int64)
        bodies = np.searchsorted(kept, firsts + 1 + starts)
        lead_ends = np.searchsorted(borders, bodies, "right") - 1 + LEAD_SENTENCES
        is_lead = np.arange(len(borders)) < np.repeat(lead_ends, last + 1 - sentence_of_article)
        lead = np.maximum.reduceat(np.where(is_lead, double, 0.0), sentence_of_article)
        return Shares((best[0] + best[1] + whole) / (3 * self._total), lead / self._total)

    def _places(self, codes: Codes, given: Codes, kept: Places) -> list[Places]:
        """Return for each term where it is in *codes*, which are *given* without what is transparent."""
        pair = self._pairs[codes[:-1].astype(np.int64) * self._count + codes[1:]]
        places = np.flatnonzero(pair >= 0)
        pair = pair[places]
        order = np.argsort(pair, kind="stable")
        places, cuts = places[order], np.searchsorted(pair[order], np.arange(len(self._beginnings) + 1))
        found = []
        for term in self._terms:
            if len(term) == 1:
                stands = np.flatnonzero(codes == term[0])
            else:
                number = self._beginnings[term[0], term[1]]
                stands = places[cuts[number] : cuts[number + 1]]
                for distance, code in enumerate(term[2:], 2):
                    stands = stands[stands < len(codes) - distance]
                    stands = stands[codes[stands + distance] == code]
            found.append(self._whole(term, stands, given, kept))
        return found

    def _whole(self, term: list[int], places: Places, given: Codes, kept: Places) -> Places:
        """Keep where letters and digits of a term do not go on, at either end."""
        for code, ends, step in ((term[0], 0, -1), (term[-1], len(term) - 1, 1)):
            kind = self._kinds[code]
            if kind != OTHER and len(places):
                # The text begins and ends with a border, so there is always a neighbour.
                places = places[self._kinds[given[kept[places + ends] + step]] != kind]
        return places
