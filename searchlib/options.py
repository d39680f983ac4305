"""The options of all ways to ask, said once: for types, and for `help`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar, cast

if TYPE_CHECKING:
    from inspect import Signature

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


class _SpeltOut:
    """
    Stands in a class for a method that takes options as `**options`, until somebody may look at it.

    Who asks for signatures has loaded `inspect`, which takes 5 ms; until then none is made.
    """

    def __init__(self, method: Callable[..., object], options: type) -> None:
        self.__doc__ = method.__doc__
        self._method, self._options = method, options

    def __get__(self, instance: object | None, owner: type) -> Any:
        if "inspect" in sys.modules:
            self._method.__signature__ = self.__signature__  # type: ignore[attr-defined]
            setattr(owner, self._method.__name__, self._method)
        return self._method.__get__(instance, owner)

    def __call__(self, *args: Any, **options: Any) -> object:
        return self._method(*args, **options)

    @property
    def __signature__(self) -> Signature:
        from inspect import Parameter, Signature, signature  # noqa: PLC0415 (it is there)

        names = self._options.__annotations__.items()
        added = [
            Parameter(
                name, Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(name), annotation=one.__forward_arg__
            )
            for name, one in names
        ]
        found = signature(self._method)
        shown = [*list(found.parameters.values())[:-1], *added]
        return Signature(shown, return_annotation=found.return_annotation, __validate_parameters__=False)


def spell_out(options: type) -> Callable[[_Method], _Method]:
    """Return what has `help` show each option of a method that takes them all as `**options`."""

    def show(method: _Method) -> _Method:
        return cast("_Method", _SpeltOut(method, options))

    return show
