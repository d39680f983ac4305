r"""
What the parts of the query language mean: a word, a phrase, a date and the signs around them.

`lexer` cuts a query into them, `grammar` says how they go together.
"""

from __future__ import annotations

import re
import unicodedata

from searchlib.analysis import Analyzer, clean_text
from searchlib.dates import date_prefix, neighbour
from searchlib.errors import ConfigError
from searchlib.frozen import replace
from searchlib.lazy import lazy_pattern
from searchlib.message import Message
from searchlib.query.characters import MAX_WORDS, WILDCARD
from searchlib.query.faults import Faults
from searchlib.query.field_names import STORED_FIELDS
from searchlib.query.leaves import leaf_of, phrases_looked_up, too_many
from searchlib.query.lexer import BOOST, QueryToken
from searchlib.query.nodes import (
    PARAGRAPH,
    SENTENCE,
    And,
    DateRange,
    Near,
    Or,
    Phrase,
    Query,
    Run,
    Stored,
    boost_tree,
    positive_leaves,
)
from searchlib.query.pieces import pieces

MOST_NEAR = 8
"""Words of one row of NEAR, or of one phrase with `~10`: their places are tried against each other."""

MOST_BETWEEN = 1000
"""Characters between words that are near each other."""

MOST_GAPS = 2
"""Stars inside one word: each may be as long as `GAP_CHARS`, and all lengths are tried."""

MOST_FUZZY_CHARS = 40
"""Characters of a word with `~`: its spellings, four for each character, are a pattern each as long as it."""

MOST_BOOST = 1000.0

_MOST_DIGITS = 6
"""A longer number is no distance: Python refuses to read one of some thousand digits."""

_WITHIN = {"s": SENTENCE, "p": PARAGRAPH, "句": SENTENCE, "段": PARAGRAPH}
_FULL_WIDTH_SIGNS = str.maketrans("＞＜＝．", "><=.")
_COMPARED = lazy_pattern(r"([<>]=?)(.*)", re.DOTALL)
_BOOSTED = lazy_pattern(rf"(.+)({BOOST})", re.DOTALL)
_WEIGHT = lazy_pattern(r"\d+(?:\.\d+)?(?:e-?\d+)?")
_STARS = lazy_pattern(r"\*+")


class Language:
    """Gives the parts of one query their meaning; see `grammar.Meaning`."""

    def __init__(
        self, typed: str, analyzer: Analyzer, faults: Faults, *, exact: bool, max_words: int = MAX_WORDS
    ) -> None:
        self._typed = typed
        self._analyzer = analyzer
        self._faults = faults
        self._exact = exact
        self._max_words = max_words
        self._words: set[Phrase] = set()

    def leaf(self, token: QueryToken, field: str | None, slop: QueryToken | None) -> Query | None:
        """
        Compile a word or phrase; None when it is punctuation only.

        Raises:
            QuerySyntaxError: It is not a valid date, or has too many stars.
            QueryError: There are too many words.
        """
        quoted = token.kind == "phrase"
        if field == "date":
            return self._dates(token)
        if field in STORED_FIELDS:
            stored = Stored(str(field), token.text)
            return Or((stored, Stored("record_id", token.text))) if field == "id" else stored
        if slop is not None:
            return self._words_within(token, field, slop)
        weight = None if quoted else _BOOSTED.fullmatch(token.text)
        text = weight[1] if weight else token.text
        if not quoted:
            text = self._bound_word(token, text)
        leaf = leaf_of(text, self._analyzer, field=field, exact=self._exact, quoted=quoted)
        self._words.update(phrases_looked_up(leaf))
        if len(self._words) > self._max_words:
            raise too_many(self._typed, token.start + 1, self._max_words)
        if weight is None or leaf is None:
            return leaf
        return self.boost(leaf, QueryToken("^", weight[2], token.start + weight.start(2)))

    def _bound_word(self, token: QueryToken, text: str) -> str:
        """Return a word with at most `MOST_GAPS` stars inside, and with `~` only where it may be."""
        if text.endswith("~") and len(clean_text(text.rstrip("~"))) > MOST_FUZZY_CHARS:
            problem = Message("a word with ~ has more than {} characters", MOST_FUZZY_CHARS)
            self._faults.add(token.start, problem, "leave the ~ out", repair="the ~ left out")
            text = text.rstrip("~")
        gaps = len(_STARS.findall(text.rstrip("~").strip(WILDCARD)))
        if gaps and text.endswith("~"):
            self._faults.add(
                token.start,
                "a word has * inside and ~ behind it",
                "leave one of them out",
                repair="the ~ left out",
            )
            text = text.rstrip("~")
        if gaps > MOST_GAPS:
            problem = Message("a word has more than {} * inside", MOST_GAPS)
            hint = Message("write the parts apart, with NEAR between them")
            self._faults.add(token.start, problem, hint, repair="the others left out")
            first, *parts = _STARS.split(text.strip(WILDCARD))
            text = first + "".join(
                f"{WILDCARD if place < MOST_GAPS else ''}{part}" for place, part in enumerate(parts)
            )
        return text

    def _words_within(self, token: QueryToken, field: str | None, slop: QueryToken) -> Query | None:
        """Return the words of a phrase near each other; of one without spaces, its pieces."""
        words = token.text.split()
        if len(words) == 1:
            words = pieces(clean_text(token.text), self._analyzer)
        leaves = [
            leaf_of(word, self._analyzer, field=field, exact=self._exact, quoted=True) for word in words
        ]
        return self.near(
            [leaf for leaf in leaves if leaf is not None], QueryToken("slop", slop.text, token.start)
        )

    def near(self, sides: list[Query], mark: QueryToken) -> Query | None:
        """
        Return what must be near each other.

        Raises:
            QuerySyntaxError: A side is no word or phrase, or there are too many.
        """
        within = _distance_of(mark.text)
        found = []
        problem = hint = ""
        for side in sides:
            phrases = [one.whole if isinstance(one, Run) else one for one in _alternatives(side)]
            if not all(isinstance(one, Phrase) for one in phrases):
                problem = Message("{} cannot join this", mark.text)
                hint = Message("beside it stand words, phrases, or such with OR in brackets")
                break
            found.append(tuple(one for one in phrases if isinstance(one, Phrase)))
        if len(sides) < 2 and not problem:  # noqa: PLR2004 (marks are nowhere)
            return sides[0] if sides else None
        fields = {phrase.field for side in found for phrase in side}
        if not problem and len(found) > MOST_NEAR:
            problem = Message("{} joins more than {} words", mark.text, MOST_NEAR)
            hint = Message("ask for some of them with AND")
        elif not problem and len(fields - {None}) > 1:
            problem = Message("{} joins words of different fields, which stand in different texts", mark.text)
        if problem:
            self._faults.add(mark.start, problem, hint, repair=Message("read as {}", "AND"))
            return And(sides) if len(sides) > 1 else sides[0]
        if isinstance(within, int) and within > MOST_BETWEEN:
            problem = Message("a distance is at most {} characters", MOST_BETWEEN)
            repair = Message("read as {}", MOST_BETWEEN)
            self._faults.add(mark.start, problem, "for a whole paragraph write NEAR/p", repair=repair)
            within = MOST_BETWEEN
        field = next(iter(fields - {None}), None)
        return Near(tuple(tuple(replace(one, field=field) for one in side) for side in found), within)

    def is_same_distance(self, mark: QueryToken, other: QueryToken) -> bool:
        """Return whether `NEAR/10` and `NEAR/１０` say the same distance."""
        return _distance_of(mark.text) == _distance_of(other.text)

    def boost(self, tree: Query, mark: QueryToken) -> Query:
        """
        Return a tree with the weight of a mark such as `^2`.

        Raises:
            QuerySyntaxError: It is not a valid weight.
        """
        weight = float(mark.text[1:]) if _WEIGHT.fullmatch(mark.text[1:]) else 0.0
        found = boost_tree(tree, weight)
        weights = [weight, *map(_boost, positive_leaves(found))]
        if not all(0 < one <= MOST_BOOST for one in weights):
            problem = Message("{} is not a valid weight", mark.text)
            hint = Message("write a number above 0 and up to {}, as in word^2 or word^0.5", f"{MOST_BOOST:g}")
            self._faults.add(mark.start, problem, hint)
            return tree
        return found

    def _dates(self, token: QueryToken) -> Query | None:
        text = token.text.translate(_FULL_WIDTH_SIGNS)
        compared = _COMPARED.fullmatch(text)
        since, dots, until = text.partition("..")
        try:
            if compared:
                first, last = _beyond(compared[1], compared[2])
            else:
                first, last = date_prefix("date", since), date_prefix("date", until if dots else since)
        except ConfigError:
            hint = Message("write date:2024, date:>2024-08 or date:2024-08-01..2024-08-31")
            self._faults.add(token.start, "this is no date", hint)
            return None
        if first and last and first[: len(last)] > last:
            hint = Message("write date:{}..{}", last, first)
            self._faults.add(token.start, "this range ends before it begins", hint)
            return None
        return DateRange(first, last)


def _beyond(sign: str, value: str) -> tuple[str | None, str | None]:
    """Return the range before or after a prefix of a date; with `=` the prefix belongs to it."""
    if not value:
        raise ConfigError("date", sign + value, "a date after the sign")
    prefix = date_prefix("date", value)
    if "=" not in sign and prefix is not None:
        prefix = neighbour(prefix, 1 if sign == ">" else -1)
    return (prefix, None) if sign[0] == ">" else (None, prefix)


def _distance_of(mark: str) -> int | str:
    """Return the distance that `NEAR/10` or `~10` says; of a number too long to read, one that is too far."""
    said = unicodedata.normalize("NFKC", mark).lstrip("NEAR/~").lower()
    if said in _WITHIN:
        return _WITHIN[said]
    digits = said.lstrip("0")
    return int(said[-_MOST_DIGITS:]) if len(digits) <= _MOST_DIGITS else MOST_BETWEEN + 1


def _alternatives(tree: Query) -> list[Query]:
    """Return what a bracket with OR in it holds, else the tree."""
    if isinstance(tree, Or) and not isinstance(tree, Run):
        return [below for child in tree.subqueries for below in _alternatives(child)]
    return [tree]


def _boost(leaf: Query) -> float:
    """Return the weight of a leaf."""
    whole = leaf.whole if isinstance(leaf, Run) else leaf
    return whole.boost if isinstance(whole, Phrase) else 1.0
