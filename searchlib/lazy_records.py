"""How is a field of a frozen record computed when it is first asked for? Under a deadline, once, and kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from searchlib.deadline import NO_DEADLINE, Deadline

_T = TypeVar("_T")

_GROWING = "took_ms"
"""The one field that changes while others are computed, so it is not kept before all are."""


class Computing:
    """Runs what is computed for one answer, under the deadline of its search; adds up how long it took."""

    def __init__(self, deadline: Deadline = NO_DEADLINE, took_ms: float = 0.0) -> None:
        self.deadline = deadline
        self.took_ms = took_ms

    def run(self, compute: Callable[[], _T]) -> _T:
        """Return what *compute* returns; it must not run another."""
        start = time.perf_counter()
        self.deadline.restart()
        try:
            return compute()
        finally:
            self.took_ms += (time.perf_counter() - start) * 1000


class LazyRecord:
    """
    A frozen record of which some fields are computed when they are first asked for.

    These are named in `_LAZY`; each is an attribute of `_source`, which computes it. They must have no
    default, or one made by a factory: a plain default is an attribute of the class, and would be found first.
    """

    _LAZY: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def _with_source(cls, source: object, **known: object) -> Any:
        self = object.__new__(cls)
        self.__dict__.update(known, _source=source)
        return self

    def _open_source(self) -> Any:
        """Return what computes the fields, made now if nothing was asked for yet; None when all are there."""
        source = self.__dict__.get("_source")
        if type(source) is tuple:
            make, *of = source
            source = self.__dict__["_source"] = make(*of)
        return source

    if not TYPE_CHECKING:  # a misspelt attribute is for a type checker to find

        def __getattr__(self, name: str) -> Any:
            """Compute a field that was not asked for before."""
            own = self.__dict__
            if name in self._LAZY and (source := self._open_source()) is not None:
                value = getattr(source, name)
                if name != _GROWING:
                    own[name] = value
                return value
            if name in own:  # another thread has just put it there
                return own[name]
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def _compute_all(self) -> None:
        """Compute every field, and let go of the index."""
        lazy = sorted(self._LAZY, key=lambda name: name == _GROWING)
        self.__dict__.update([(name, getattr(self, name)) for name in lazy])
        self.__dict__.pop("_source", None)

    def __reduce__(self) -> tuple[type, tuple[object, ...]]:
        self.load()
        return type(self), tuple(getattr(self, name) for name in type(self).__dataclass_fields__)  # type: ignore[attr-defined]  # a dataclass

    def load(self) -> Any:
        """Compute every field, and return the record itself."""
        raise NotImplementedError
