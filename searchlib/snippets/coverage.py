"""How much of a query some phrases cover together, as the ranking weighs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from searchlib.analysis import simplify
from searchlib.query.nodes import Phrase


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
        most = max(self._weights, default=0.0)
        for phrase in phrases:
            text = simplify(phrase.of or phrase.text)
            held = sum(1 << number for number, term in enumerate(weights) if term in text)
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
            weight = sum(weight for number, weight in enumerate(self._weights) if terms >> number & 1)
            self._known[terms] = round(weight, 6)  # equal sums, however they were added
        return self._known[terms]
