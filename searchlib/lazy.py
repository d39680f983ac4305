"""
What is loaded when it is first used: modules that a plain query does without, and regular expressions.

A fresh process answers plain words in less time than numpy takes to load. A pattern
with classes of Han takes up to ten milliseconds to compile, and there are a hundred.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from importlib import import_module
from typing import Any, cast


class _LoadedLate:
    """Stands for something that *load* returns when the first of its names is asked for."""

    def __init__(self, load: Callable[[], object], *, keeps: bool) -> None:
        """With *keeps* a name is looked up once, and nobody can put another in its place later."""
        self._load, self._keeps = load, keeps

    @cached_property
    def _loaded(self) -> object:
        return self._load()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # a copy asks before there is anything
            raise AttributeError(name)
        value = getattr(self._loaded, name)
        if self._keeps:
            self.__dict__[name] = value
        return value


def lazy_module(name: str, *, keeps: bool = False) -> Any:
    """
    Return what stands for a module; the type checker is shown the import itself.

    Args:
        keeps: Whether each name is looked up once: for a module that is used thousands of times in a query.

    >>> lazy_module("math").isqrt(17)
    4
    """
    return _LoadedLate(lambda: import_module(name), keeps=keeps)


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """
    Return a pattern of *text* for a module to keep; an error in it is raised where it is first used.

    >>> lazy_pattern("[0-9]+").findall("2024年8月"), lazy_pattern("月").pattern
    (['2024', '8'], '月')
    """
    return cast("re.Pattern[str]", _LoadedLate(lambda: re.compile(text, flags), keeps=True))
