"""How much of a query some phrases cover together, as the ranking weighs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from searchlib.analysis import simplify
from searchlib.query.nodes import Phrase


class QueryParts:
    """
    Some short texts, numbered, to be found in many others.

    Of each length that they have, each piece of the other text is looked up: that takes as long as the text
    is, however many parts there are.
    """

    def __init__(self, parts: Iterable[str]) -> None:
        self._numbers = {part: number for number, part in enumerate(parts)}
        self._lengths = sorted({len(part) for part in self._numbers})

    def within(self, text: str) -> set[int]:
        """Return the numbers of those that are in a text."""
        return {
            self._numbers[piece]
            for length in self._lengths
            for start in range(len(text) - length + 1)
            if (piece := text[start : start + length]) in self._numbers
        }


class Coverage:
    """
    Weighs sets of phrases by the distinct terms, words and pairs of characters, that they hold together.

    A set of terms is a number, a bit for each. Another way to write a phrase holds what
    the phrase does. What holds no term that was weighed is one by itself, as
    heavy as the heaviest, or when none was weighed as heavy as it is long.
    """

    def __init__(self, phrases: Sequence[Phrase], weights: Mapping[str, float]) -> None:
        """*weights* are those of the query's terms, folded and simplified."""
        self._weights = list(weights.values())
        self.terms: list[int] = []
        """The set of terms of each phrase."""
        own: dict[str, int] = {}
        parts = QueryParts(weights)
        most = max(self._weights, default=0.0)
        for phrase in phrases:
            text = simplify(phrase.of or phrase.text)
            held = sum(1 << number for number in parts.within(text))
            if not held:
                if text not in own:
                    own[text] = 1 << len(self._weights)
                    self._weights.append(most or float(len(text)))
                held = own[text]
            self.terms.append(held)
        self._known: dict[int, float] = {}

    def of(self, terms: int) -> float:
        """Return what a set of terms weighs."""
        if terms not in self._known:
            weight, left = 0.0, terms
            while left:
                lowest = left & -left
                weight += self._weights[lowest.bit_length() - 1]
                left ^= lowest
            self._known[terms] = round(weight, 6)  # equal sums, however they were added
        return self._known[terms]
