"""The words of a query that a hit may lack: how else they are written, and what asks for one of them."""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.analysis import Analyzer, simplify
from searchlib.expansion.equivalences import ALL
from searchlib.expansion.expander import Expander
from searchlib.expansion.lexicon import Lexicon
from searchlib.query.auto import group_or, loosen
from searchlib.query.nodes import Phrase, Query


class WordForms:
    """The words of one query, as the kernel has cut them."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._expander = Expander(ALL, analyzer, Lexicon())
        self._words: Sequence[str] = ()
        self._trees: dict[int, Query] = {}

    def forms_of(self, words: Sequence[str], texts: Sequence[str]) -> list[tuple[list[str], bool]]:
        """Return how else some texts are written, and whether as numbers; *words* are what is asked about."""
        self._words = words
        expanded = [self._expander.phrase(Phrase(text)).equals for text in texts]
        return [
            ([simplify(form.text) for form in forms], any(form.whole_number for form in forms))
            for forms in expanded
        ]

    def tree(self, number: int) -> Query:
        """Return what asks for one of the words."""
        if number not in self._trees:
            ways = loosen(Phrase(self._words[number]), self._analyzer)
            self._trees[number] = self._expander.tree(group_or(ways))
        return self._trees[number]
