"""A walk through a query tree to all that does not hold for one article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from searchlib.analysis import Analyzer
from searchlib.diagnosis import nearest
from searchlib.diagnosis.filter_lacks import date_lacks, value_lacks
from searchlib.diagnosis.standing import Lack
from searchlib.diagnosis.texts import places_of, show_passage, texts_of
from searchlib.frozen import replace
from searchlib.message import Message, join_messages
from searchlib.model import Article
from searchlib.query.nodes import (
    And,
    DateRange,
    Not,
    Nothing,
    Or,
    Phrase,
    Query,
    Run,
    Stored,
    children,
    phrases_to_mark,
)
from searchlib.query.pieces import pieces
from searchlib.query.unparse import unparse

Rewrite = Callable[[Phrase], Phrase]


class Diagnosis:
    """What one article lacks."""

    def __init__(
        self,
        article: Article,
        analyzer: Analyzer,
        matches: Callable[[Query], bool],
        *,
        same: Rewrite,
        widest: Rewrite,
        own: Iterable[str] = (),
    ) -> None:
        """
        Take an article up.

        Args:
            matches: Returns whether the article matches a tree, as the engine sees it.
            same: Gives a phrase the other forms that count in this search.
            widest: Gives a phrase all other forms there are.
            own: The text fields of the index's own.
        """
        self._article = article
        self._analyzer = analyzer
        self._matches = matches
        self._same = same
        self._widest = widest
        self._texts = texts_of(article, own)

    def lacks(self, tree: Query) -> Iterator[Lack]:
        """Yield what of a tree does not hold; nothing when the article matches."""
        if self._matches(tree):
            return
        if isinstance(tree, And):
            for child in tree.subqueries:
                yield from self.lacks(child)
        elif isinstance(tree, Run):
            yield self._phrase(tree.whole, tree.pieces)
        elif isinstance(tree, Phrase):
            yield self._phrase(tree, self._pieces(tree))
        elif isinstance(tree, DateRange):
            yield from date_lacks(self._article, tree.since, tree.until)
        elif isinstance(tree, Stored):
            yield from value_lacks(self._article, tree.key, [tree.value])
        elif isinstance(tree, Not):
            yield self._explain_exclusion(tree)
        elif isinstance(tree, Nothing):
            yield Lack("", "absent", "the query holds nothing but marks")
        else:
            yield self._several(tree)

    def _several(self, tree: Query) -> Lack:
        """Say of alternatives that none holds; of any other node what below it does not."""
        parts = tuple(lack for child in children(tree) for lack in self.lacks(child))
        asked = unparse(tree)
        if isinstance(tree, Or):
            return Lack(
                asked, "alternatives", Message("none of the alternatives holds: {}", asked), parts=parts
            )
        if parts:
            return Lack(asked, "partly", Message("not all of {} stands there", asked), parts=parts)
        found = [place for phrase in phrases_to_mark(tree) for place in places_of(phrase, self._texts)]
        if not found:
            return Lack(asked, "absent", Message("none of the words of “{}” stands there", asked))
        return Lack(
            asked,
            "apart",
            Message("{} does not hold, though its words stand there", asked),
            show_passage(found[0]),
        )

    def _explain_exclusion(self, tree: Not) -> Lack:
        asked = unparse(tree)
        found = [place for phrase in phrases_to_mark(tree.query) for place in places_of(phrase, self._texts)]
        if not found:
            return Lack(asked, "excluded", Message("{} is excluded and holds", unparse(tree.query)))
        message = Message("“{}” is excluded and stands there, {}", found[0].found, found[0])
        return Lack(asked, "excluded", message, show_passage(found[0]))

    def _pieces(self, phrase: Phrase) -> tuple[Phrase, ...]:
        """Cut a phrase into what could be apart."""
        words = [part for word in phrase.clean.split() for part in pieces(word, self._analyzer)]
        if phrase.is_loose or len(words) < 2:  # noqa: PLR2004 (one piece is the whole)
            return ()
        bare = replace(phrase, quoted=False, equals=(), of="")
        return tuple(self._same(replace(bare, clean=word)) for word in dict.fromkeys(words))

    def _phrase(self, phrase: Phrase, parts: tuple[Phrase, ...]) -> Lack:
        """Name the least that would have to be otherwise for a phrase to be found."""
        ways = (
            nearest.in_another_field,
            partial(nearest.in_another_form, self._widest),
            nearest.inside_another_word,
            nearest.across_a_border,
            lambda phrase, texts: nearest.apart(phrase, parts, texts),
            partial(nearest.a_slip_away, self._analyzer),
        )
        for way in ways:
            lack = way(phrase, self._texts)
            if lack is not None:
                return lack
        return self._missing(phrase, parts)

    def _missing(self, phrase: Phrase, parts: tuple[Phrase, ...]) -> Lack:
        """Name what of a phrase is there, and what is missing."""
        asked = nearest.show_phrase(phrase)
        there = dict(nearest.present(parts, self._texts))
        if not there:
            return Lack(str(phrase), "absent", Message("“{}” stands nowhere", asked))
        missing = [part for part in parts if part not in there]
        has = join_messages([Message("“{}”, {}", place.found, place) for place in there.values()])
        lacking = ", ".join(map(nearest.show_phrase, missing))
        message = Message("of “{}” {} is missing; there is {}", asked, lacking, has)
        below = tuple(self._phrase(part, ()) for part in missing)
        return Lack(str(phrase), "partly", message, show_passage(next(iter(there.values()))), below)
