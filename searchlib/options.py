"""The options of all ways to ask, said once: for types, and for `help`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, TypedDict, TypeVar

if TYPE_CHECKING:
    from searchlib.deadline import Cancel
    from searchlib.engine.request import Group, Sort

Match = Literal["auto", "all", "any"]

Facets = Sequence[str] | Mapping[str, int | None]
"""Stored fields whose values are counted; a mapping says how many values of each, None for all."""


class FilterOptions(TypedDict, total=False):
    """The options that every way to ask takes; `Index.search` explains them."""

    since: str | date | None
    until: str | date | None
    where: Mapping[str, object] | None
    exact: bool
    equivalences: Iterable[str] | None
    timeout: float | None
    cancel: Cancel | None


class QueryOptions(FilterOptions, total=False):
    """The options of `Index.search` that say what a query finds: those of `Index.query`."""

    match: Match
    boosts: Mapping[str, float] | None
    lenient: bool


class SearchOptions(QueryOptions, total=False):
    """The options of `Index.search`, which `Index.iter_hits` and `Index.marks` take too."""

    limit: int | None
    offset: int
    sort: Sort | str
    facets: Facets
    own_filters: bool
    snippets: int
    group: Group | None


_DEFAULTS: Mapping[str, object] = {"match": "auto", "exact": False, "lenient": False}
"""Of the options of a query; all others are None."""

_Method = TypeVar("_Method", bound=Callable[..., object])


_NOT_SHOWN: list[tuple[Callable[..., object], type]] = []
"""Methods whose signature is not made yet, each with its options."""


def spell_out(options: type) -> Callable[[_Method], _Method]:
    """Return what has `help` show each option of a method that takes them all as `**options`."""

    def show(method: _Method) -> _Method:
        _NOT_SHOWN.append((method, options))
        return method

    return show


def show_options() -> None:
    """Make the signatures; it loads `inspect`, which the command has no time for."""
    from inspect import Parameter, Signature, signature  # noqa: PLC0415

    while _NOT_SHOWN:
        method, options = _NOT_SHOWN.pop()
        added = [
            Parameter(
                name, Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(name), annotation=said.__forward_arg__
            )
            for name, said in options.__annotations__.items()
        ]
        found = signature(method)
        shown = [*list(found.parameters.values())[:-1], *added]
        method.__signature__ = Signature(  # type: ignore[attr-defined]
            shown, return_annotation=found.return_annotation, __validate_parameters__=False
        )
