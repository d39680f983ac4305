"""
What `match="auto"` asks for: all content words of a query, or whatever comes closest.

Content words are all but stop words. Up to `MAX_REQUIRED` of them, articles that have
all are found and no others. A longer query, or one of which no article has all, is
answered as plain text: ranked by how much of it an article has, rare words first,
among the articles that have at least half of the content words, or as many as those
that rank first. A question, with a word such as 什么 or 多少, is answered in that way also
where one of the articles that rank first lacks a word: who asks does not know the words of
the answer. Phrases in quotes,
field filters and excluded words always hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from searchlib.analysis.stopwords import is_question_word, is_stop_word, stopword_weight
from searchlib.frozen import dataclass, replace
from searchlib.query.nodes import And, AtLeast, Or, Phrase, Query, Run, Should, Terms
from searchlib.query.parser import text_of_words
from searchlib.query.pieces import looser_pieces

if TYPE_CHECKING:
    from searchlib.analysis import Analyzer

MAX_REQUIRED = 4
"""
Maximum number of content words of which all are required: a longer query is a question or a text.

With 3, 党建引领小区治理 finds articles that lack a word beside the three that have all; headlines asked of
articles without headlines gain .0012 of nDCG@10 and .002 of hit@10 by it. With 6 they lose .002 and .004.
"""


@dataclass(frozen=True)
class AutoQuery:
    """
    A query as `auto` reads it.

    `strict` requires every content word; `relaxed` half of them and ranks by all of the text, None
    where no word may be left out. `is_strict` says whether the first is asked before the second,
    `is_question` whether a question word is in it. `hints` say how something was read that may have
    been meant otherwise, `repaired` what was mended.
    """

    strict: Query
    relaxed: Query | None = None
    is_strict: bool = True
    is_question: bool = False
    typed: str = ""
    """The query as it was typed, or as it was mended."""
    hints: tuple[str, ...] = ()
    repaired: tuple[str, ...] = ()


def auto_query(tree: Query, analyzer: Analyzer, expand: Callable[[Query], Query]) -> AutoQuery:
    """
    Read a tree of the query language as `auto` does.

    Args:
        tree: As `parse` made it.
        expand: Adds the other forms to a tree.
    """
    children = list(tree.subqueries) if isinstance(tree, And) else [tree]
    words = [child for child in children if is_relaxable(child)]
    content = dict.fromkeys(piece for word in words for piece in content_of(word))
    if not content:
        strict = expand(tree)
        return AutoQuery(strict)
    strict = expand(_group([_strict(child) if is_relaxable(child) else child for child in children]))
    ways = [loosen(piece, analyzer) for piece in content]
    if len(ways) == 1 and (len(ways[0]) == 1 or not any(isinstance(word, Run) for word in words)):
        return AutoQuery(strict)  # nothing can be left out
    fixed = [expand(child) for child in children if not is_relaxable(child)]
    ranked = [Should(expand(part)) for part in _text(words)]
    held = [expand(group_or(way)) for way in ways]
    half = (len(held) + 1) // 2
    relaxed = And([AtLeast(half, held), *ranked, *fixed])
    asks = any(map(is_question_word, analyzer.words(" ".join(_clean(word) for word in words))))
    return AutoQuery(strict, relaxed, is_strict=len(content) <= MAX_REQUIRED, is_question=asks)


def is_relaxable(child: Query) -> bool:
    """Return whether a word may be left out: it is in no quotes and asks for no field."""
    if isinstance(child, Run):
        return child.whole.field is None
    return isinstance(child, Phrase) and not child.quoted and child.field is None


def content_of(word: Query) -> Iterator[Phrase]:
    """Yield the content words of a word or an unspaced run."""
    if isinstance(word, Run):
        yield from (piece for piece in word.pieces if not is_stop_word(piece.clean))
    elif isinstance(word, Phrase) and (word.is_loose or not is_stop_word(word.clean)):
        yield word


def _strict(word: Query) -> Query:
    """Return a word without what is not required of it; one that is not required at all only ranks."""
    content = tuple(content_of(word))
    if isinstance(word, Run):
        whole = word.whole
        if content:
            return Run(whole, content, word.joined)
        return Should(replace(whole, boost=whole.boost * stopword_weight(word.pieces[0].clean)))
    if isinstance(word, Phrase) and not content:
        return Should(replace(word, boost=word.boost * stopword_weight(word.clean)))
    return word


def loosen(piece: Phrase, analyzer: Analyzer) -> list[Phrase]:
    """Return the ways in which a piece counts as held: a word or two neighbours of it will do."""
    parts = [] if piece.is_loose else looser_pieces(piece.clean, analyzer)
    shortest = min((len(part) for part, _ in parts), default=0)
    return [replace(piece, clean=part) for part, _ in parts if len(part) == shortest] or [piece]


def _text(words: Sequence[Query]) -> list[Query]:
    """Return what ranks: the words as one plain text, apart from it those with a weight or open ends."""
    wholes = [word.whole if isinstance(word, Run) else word for word in words]
    plain = [one for one in wholes if isinstance(one, Phrase) and not one.is_loose and one.boost == 1]
    special = [one for one in wholes if isinstance(one, Phrase) and (one.is_loose or one.boost != 1)]
    text = text_of_words([one.clean for one in plain])
    return [*([Terms(text, plain[0].exact)] if plain else []), *special]


def _clean(word: Query) -> str:
    whole = word.whole if isinstance(word, Run) else word
    return whole.clean if isinstance(whole, Phrase) else ""


def _group(children: Sequence[Query]) -> Query:
    return children[0] if len(children) == 1 else And(children)


def group_or(ways: Sequence[Phrase]) -> Query:
    """Return what asks for any of some phrases."""
    return ways[0] if len(ways) == 1 else Or(ways)
