"""What an engine is asked: a query tree, the weights of the fields, filters, an order and a page of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from searchlib.deadline import NO_DEADLINE, Deadline
from searchlib.errors import ConfigError
from searchlib.frozen import dataclass, field
from searchlib.message import Message
from searchlib.own_fields import check_weight

if TYPE_CHECKING:
    from searchlib.engine.filters import Wanted
    from searchlib.query.nodes import Query

Sort = Literal["relevance", "newest", "oldest"]
Group = Literal["reprints"]

DEFAULT_BOOSTS: Mapping[str, float] = {
    "headline": 3.0,
    "overline": 1.5,
    "subtitle": 2.0,
    "column": 1.0,
    "sections": 1.5,
    "body": 1.0,
    "byline": 1.0,
    "dateline": 0.5,
    "authors": 2.0,
    "publication": 0.5,
}
"""The weight of each field; `boosts=` of `open` and `search` replaces single ones."""


@dataclass(frozen=True)
class FieldWeights:
    """The weight of each field; what is not named keeps its default, or that of the index."""

    boosts: Mapping[str, float] = field(default_factory=dict)
    own: Mapping[str, float] = field(default_factory=dict)
    """The text fields of the index's own, `extra.KEY`, with their weights."""

    def __post_init__(self) -> None:
        for name, boost in self.boosts.items():
            if name not in DEFAULT_BOOSTS and name not in self.own:
                raise ConfigError(
                    "boosts", name, Message("the fields are {}", ", ".join((*DEFAULT_BOOSTS, *self.own)))
                )
            check_weight("boosts", name, boost)

    def of(self, name: str) -> float:
        """Return the weight of a field."""
        known = self.own[name] if name in self.own else DEFAULT_BOOSTS[name]
        return float(self.boosts.get(name, known))


class Narrowed(NamedTuple):
    """The filters, the order and the deadline of a request: what may be asked of a query that is not read."""

    sort: str = "relevance"
    since: str | None = None
    until: str | None = None
    where: Mapping[str, Wanted] = {}
    deadline: Deadline = NO_DEADLINE

    @property
    def is_ranged(self) -> bool:
        """Whether a range of dates is asked for."""
        return self.since is not None or self.until is not None

    @property
    def filters(self) -> bool:
        """Whether anything may be left out."""
        return self.is_ranged or bool(self.where)


@dataclass(frozen=True)
class SearchRequest:
    """What is asked of an engine: a tree, filters, an order and a page of it."""

    tree: Query
    weights: FieldWeights
    sort: str = "relevance"
    """A `Sort`, or `extra.KEY` or `-extra.KEY`."""
    limit: int | None = 10
    offset: int = 0
    since: str | None = None
    until: str | None = None
    where: Mapping[str, Wanted] = field(default_factory=dict)
    facets: Mapping[str, int | None] = field(default_factory=dict)
    """The keys whose values are counted, each with the maximum number of values; None for all."""
    own_filters: bool = True
    """Whether the values of a key are counted among what its own filter lets through; dates: the range."""
    relaxed: Query | None = None
    """
    The tree to answer when nothing matches the tree; None where there is none.

    Its `AtLeast` asks for fewer words where one of the closest articles has fewer: see `CLOSEST`.
    """
    is_strict: bool = True
    """Whether the tree itself is asked before the relaxed one."""
    is_question: bool = False
    """Whether the relaxed tree is answered also where one of the closest articles does not match the tree."""
    typed: str = ""
    """What was typed, for suggesting another spelling of it."""
    compile: Callable[[str], Query] | None = None
    """Makes the tree of another spelling, of which every word must match, as that of *typed* was made."""
    nearest: Callable[[str], Query | None] | None = None
    """Makes the tree that is answered where no article has all of another spelling; see `relaxed`."""
    group: Group | None = None
    deadline: Deadline = field(default=NO_DEADLINE, compare=False)
    """An engine looks at it before each article that it reads, while it answers and when it counts later."""

    @property
    def narrowed(self) -> Narrowed:
        """The request's filters, order and deadline."""
        return Narrowed(self.sort, self.since, self.until, self.where, self.deadline)
