"""The words of a query that the kernel answers: how else they are written, and what asks for one of them."""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.analysis import Analyzer, clean_text, simplify
from searchlib.expansion.equivalences import ALL
from searchlib.expansion.expander import Expander
from searchlib.expansion.lexicon import Lexicon
from searchlib.query.auto import group_or, loosen
from searchlib.query.leaves import leaf_of
from searchlib.query.nodes import Phrase, Query

Forms = tuple[list[str], bool]
"""How else a text is written, in simplified characters, and whether as a number."""


class WordForms:
    """The words of one query."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._expander = Expander(ALL, analyzer, Lexicon())
        self._words: Sequence[str] = ()
        self._trees: dict[int, Query] = {}
        self._phrases: dict[str, Phrase] = {}

    def phrase(self, text: str) -> Phrase:
        """Return a text of the query with its other forms."""
        if text not in self._phrases:
            self._phrases[text] = self._expander.phrase(Phrase(text))
        return self._phrases[text]

    def phrases(self, query: str) -> list[Phrase]:
        """Return the words of a plain query as phrases with their forms; none where one is a run."""
        words = [clean_text(word) for word in query.replace('"', "").split()]
        are_phrases = all(isinstance(leaf_of(word, self._analyzer, exact=False), Phrase) for word in words)
        return [self.phrase(word) for word in words] if are_phrases or '"' in query else []

    def forms(self, text: str) -> Forms:
        """Return how else a text is written."""
        forms, is_number = self._expander.forms(text)
        return list(map(simplify, forms)), is_number

    def forms_of(self, words: Sequence[str], texts: Sequence[str]) -> list[Forms]:
        """Return how else some texts are written; *words* are what the kernel has cut and may ask about."""
        self._words = words
        return [self.forms(text) for text in texts]

    def tree(self, number: int) -> Query:
        """Return what asks for one of the words, or for what it counts as held by."""
        if number not in self._trees:
            ways = loosen(Phrase(self._words[number]), self._analyzer)
            self._trees[number] = self._expander.tree(group_or(ways))
        return self._trees[number]
