"""
The nodes of a query tree, and what can be read off a tree.

A leaf says what must be in an article; how it is looked up is the backend's
affair. `And`, `Or`, `Not` and `Every` mean what Whoosh's of these names do, and
are not Whoosh's: importing them takes 35 ms, a third of a whole search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from searchlib.analysis import border_text
from searchlib.frozen import dataclass, replace
from searchlib.query.characters import WILDCARD, is_one_word, may_go_on


class Query:
    """A node; two of one kind with the same below them are equal."""


class _Branch(Query):
    """A node over several."""

    def __init__(self, subqueries: Iterable[Query]) -> None:
        self.subqueries = tuple(subqueries)

    def __eq__(self, other: object) -> bool:
        return (
            type(self) is type(other) and isinstance(other, _Branch) and self.subqueries == other.subqueries
        )

    def __hash__(self) -> int:
        return hash((type(self), self.subqueries))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({list(self.subqueries)!r})"


class And(_Branch):
    """All of these match."""


class Or(_Branch):
    """One of these matches, or several do."""


@dataclass(frozen=True, repr=False)
class Not(Query):
    """This does not match."""

    query: Query

    def __repr__(self) -> str:
        return f"Not({self.query!r})"


@dataclass(frozen=True, repr=False)
class Should(Query):
    """Every article matches; one in which *query* matches ranks higher. Only plain text is marked."""

    query: Query

    def __repr__(self) -> str:
        return f"Should({self.query!r})"


class AtLeast(_Branch):
    """At least `least` of these match. It decides what is found and scores nothing."""

    def __init__(self, least: int, subqueries: Iterable[Query]) -> None:
        super().__init__(subqueries)
        self.least = least

    def __eq__(self, other: object) -> bool:
        return super().__eq__(other) and isinstance(other, AtLeast) and self.least == other.least

    def __hash__(self) -> int:
        return hash((super().__hash__(), self.least))

    def __repr__(self) -> str:
        return f"AtLeast({self.least}, {list(self.subqueries)!r})"


def least_of(tree: Query) -> AtLeast:
    """Return the node of a relaxed tree that says how many of the words an article must have."""
    return next(one for one in children(tree) if isinstance(one, AtLeast))


def with_least(tree: Query, least: int) -> Query:
    """Return a relaxed tree with another number of words that an article must have."""
    words = least_of(tree)
    if words.least == least:
        return tree
    return And([AtLeast(least, words.subqueries) if one is words else one for one in children(tree)])


@dataclass(frozen=True)
class Every(Query):
    """Every article matches."""


@dataclass(frozen=True)
class Nothing(Query):
    """No article matches: what was typed holds marks only."""


NOTHING = Nothing()


def any_of_words_but(words: Sequence[str], article_id: str) -> Query:
    """Return the tree of all articles that have one of some words, but for one article."""
    if not words:
        return NOTHING
    return And([Or([Phrase(word) for word in words]), Not(Stored("id", article_id))])


SENTENCE, PARAGRAPH = "s", "p"


@dataclass(frozen=True, eq=True)
class Phrase(Query):
    """
    A text that must be in one field, or in any when *field* is None.

    `clean` is the text after the first layer of folding, from which words are
    made; `text` is what must be there, borders and all.

    `edits` is 1 for `word~`; `open_start` and `open_end` stand for the `*` of
    `*word` and `word*`, a `*` in `clean` for that of `wo*rd`: folding leaves no
    other star. `quoted` phrases are never left out. `boost` is what the phrase's
    part of the score is multiplied by.

    What `expansion` adds: `equals` are other ways to write the phrase, each a
    phrase by which an article is found as well; such a one says in `of` what was
    asked, and with `whole_number` does not match inside a longer number of Han.
    `kept` are words in which a character keeps its script, `user_words` those of
    the user's dictionary. `spaced` says whether spaces between letters and digits
    count; None means as `exact`.
    """

    clean: str
    field: str | None = None
    exact: bool = False
    open_start: bool = False
    open_end: bool = False
    edits: int = 0
    quoted: bool = False
    equals: tuple[Phrase, ...] = ()
    of: str = ""
    whole_number: bool = False
    kept: tuple[str, ...] = ()
    user_words: tuple[str, ...] = ()
    spaced: bool | None = None
    boost: float = 1.0

    @cached_property
    def text(self) -> str:
        """The phrase with its borders, as it is looked for in a folded text."""
        folded = border_text(self.clean)
        # A mark at the end of a word is the sentence's, not the word's.
        return folded if self.quoted else folded.strip("\n ")

    @property
    def opens_start(self) -> bool:
        """Whether a longer word or number may begin before it; Han is matched wherever it stands anyway."""
        return self.open_start and may_go_on(self.text[0])

    @property
    def opens_end(self) -> bool:
        """Whether a longer word may end after it."""
        return self.open_end and may_go_on(self.text[-1])

    @property
    def is_loose(self) -> bool:
        """Whether other words than its own may be there: an open end, a gap, or another spelling."""
        return bool(self.opens_start or self.opens_end or self.edits or WILDCARD in self.clean)

    @property
    def is_of_one_word(self) -> bool:
        """Whether a loose phrase means whole words, or numbers, of the index."""
        return self.is_loose and is_one_word(self.text)

    def __str__(self) -> str:
        shown = self.clean.replace("\n", " ").strip()  # a mark is a line feed here, and this goes on one line
        text = f'"{shown}"' if self.quoted else shown.strip(" ,.&/_-") or shown
        marked = f"{'*' * self.open_start}{text}{'*' * self.open_end}{'~' * self.edits}"
        marked += f" (={self.of})" if self.of else ""
        return f"{self.field}:{marked}" if self.field else marked

    def __repr__(self) -> str:
        return f"Phrase({_show(self)!r})"


def _show(phrase: Phrase) -> str:
    return f"{phrase}^{phrase.boost:g}" if phrase.boost != 1 else str(phrase)


@dataclass(frozen=True, repr=False)
class Near(Query):
    """
    Phrases that are near each other in one text, in any order and not in each other.

    Each of `sides` is one phrase, or several of which one will do. `within` is how many
    characters may lie between them in all, as folded; or `SENTENCE` or `PARAGRAPH`.
    """

    sides: tuple[tuple[Phrase, ...], ...]
    within: int | str

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All phrases of all sides."""
        return tuple(phrase for side in self.sides for phrase in side)

    @property
    def field(self) -> str | None:
        """The field in which all of it must stand; None for any."""
        return self.sides[0][0].field

    def __repr__(self) -> str:
        return f"Near({[' OR '.join(map(_show, side)) for side in self.sides]}, {self.within!r})"


class Run(Or):
    """
    A run without spaces: it is as it is or, ranked below that, all its pieces are somewhere.

    `joined` are the pieces of another cut, in which what has equivalents is one piece; often none.
    """

    def __init__(self, whole: Phrase, pieces: tuple[Phrase, ...], joined: tuple[Phrase, ...] = ()) -> None:
        super().__init__((whole, And(pieces), *((And(joined),) if joined else ())))
        self.whole = whole
        self.pieces = pieces
        self.joined = joined

    def __repr__(self) -> str:
        return f"Run({_show(self.whole)!r}, {[str(piece) for piece in self.pieces]})"


@dataclass(frozen=True, eq=True)
class Stored(Query):
    """A stored field, or one key of `extra`, that must have a value: `page:A05`."""

    key: str
    value: str

    def __repr__(self) -> str:
        return f"Stored({self.key}={self.value!r})"


@dataclass(frozen=True, eq=True)
class DateRange(Query):
    """A full date between two prefixes of ISO dates, both inclusive; None leaves a side open."""

    since: str | None
    until: str | None

    def __repr__(self) -> str:
        return f"DateRange({self.since or ''}..{self.until or ''})"


@dataclass(frozen=True, eq=True)
class Terms(Query):
    """Plain text (`match="any"`): every word and every pair of characters counts, none must stand."""

    clean: str
    exact: bool = False
    parts: tuple[Phrase, ...] = ()
    """What of it can be written in other ways, each with its `equals`."""
    user_words: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Terms({self.clean!r})"


def positive_leaves(tree: Query) -> Iterator[Phrase | Run | Terms]:
    """Yield the leaves that an article is ranked by: all that are not below a `Not`."""
    for leaf in _positive(tree):
        if isinstance(leaf, Near):
            yield from leaf.phrases
        else:
            yield leaf


def nears(tree: Query) -> list[Near]:
    """Return what must be near each other and is not below a `Not`."""
    return [leaf for leaf in _positive(tree) if isinstance(leaf, Near)]


def _positive(tree: Query) -> Iterator[Phrase | Run | Terms | Near]:
    if isinstance(tree, (Phrase, Run, Terms, Near)):
        yield tree
    elif isinstance(tree, Should):
        yield from _positive(tree.query)
    elif isinstance(tree, (And, Or)):
        for child in tree.subqueries:
            yield from _positive(child)


def boost_tree(tree: Query, weight: float) -> Query:
    """Return a tree in which each phrase counts *weight* times what it did."""
    if isinstance(tree, Phrase):
        return _boost(tree, weight)
    if isinstance(tree, Near):
        return replace(tree, sides=tuple(tuple(_boost(one, weight) for one in side) for side in tree.sides))
    if isinstance(tree, Run):
        return Run(_boost(tree.whole, weight), tuple(_boost(piece, weight) for piece in tree.pieces))
    if isinstance(tree, (And, Or)):
        return type(tree)([boost_tree(child, weight) for child in tree.subqueries])
    return tree


def _boost(phrase: Phrase, weight: float) -> Phrase:
    return replace(phrase, boost=phrase.boost * weight)


def is_varied(leaf: Phrase | Run | Terms) -> bool:
    """Return whether a leaf has other forms, or words of the user's."""
    if isinstance(leaf, Run):
        return any(map(is_varied, (leaf.whole, *leaf.pieces, *leaf.joined)))
    return bool(leaf.user_words or (leaf.parts if isinstance(leaf, Terms) else leaf.equals))


def phrases_to_mark(tree: Query) -> list[Phrase]:
    """
    Return what to mark wherever it stands, in the order of the query: whole runs first, then their pieces.

    Other ways to write a phrase come after it. What counts only near something else is in `nears`.
    """
    found: dict[Phrase, None] = {}
    leaves = list(_positive(_without_wishes(tree)))
    for leaf in leaves:
        if isinstance(leaf, Run):
            found.update(dict.fromkeys((leaf.whole, *leaf.whole.equals)))
        elif isinstance(leaf, Phrase):
            found.update(dict.fromkeys((leaf, *leaf.equals)))
    for leaf in leaves:
        for piece in (*leaf.pieces, *leaf.joined) if isinstance(leaf, Run) else ():
            found.update(dict.fromkeys((piece, *piece.equals)))
    return list(found)


def _without_wishes(tree: Query) -> Query:
    """Return a tree without what it need not have, at its top."""
    if isinstance(tree, And):
        required = [child for child in tree.subqueries if not isinstance(child, Should)]
        return And(required) if required else tree
    return tree


def as_it_stands(tree: Query) -> Query:
    """Return the tree with each run as one phrase, so that its pieces do not count apart."""
    if isinstance(tree, Run):
        return tree.whole
    if isinstance(tree, (And, Or)):
        return type(tree)([as_it_stands(child) for child in tree.subqueries])
    return tree


def has_dates(tree: Query) -> bool:
    """Return whether the tree asks for dates anywhere."""
    if isinstance(tree, DateRange):
        return True
    return any(has_dates(child) for child in children(tree))


def without_dates(tree: Query) -> Query:
    """Return a tree in which every date range lets every article pass."""
    if isinstance(tree, DateRange):
        return Every()
    if isinstance(tree, (And, Or)) and not isinstance(tree, Run):
        return type(tree)([without_dates(child) for child in tree.subqueries])
    return tree  # AtLeast is of words only


def children(tree: Query) -> list[Query]:
    """Return what is below a node; a leaf has nothing below it."""
    if isinstance(tree, (Not, Should)):
        return [tree.query]
    if isinstance(tree, (And, Or, AtLeast)):
        return list(tree.subqueries)
    return []
