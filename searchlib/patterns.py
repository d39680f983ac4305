"""
Regular expressions that are compiled when they are first used.

Those with classes of Han take up to ten milliseconds each, all together longer than
numpy takes to load, and a plain query needs few of them.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _LazyPattern:
    """Stands for a compiled pattern; keeps each method that was asked for: the next time costs nothing."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # a copy asks before there is anything
            raise AttributeError(name)
        value = getattr(re.compile(self._text, self._flags), name)
        self.__dict__[name] = value
        return value


def lazy_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """
    Return a pattern of *text* for a module to keep; an error in it is raised where it is first used.

    >>> lazy_pattern("[0-9]+").findall("2024年8月"), lazy_pattern("月").pattern
    (['2024', '8'], '月')
    """
    return cast("re.Pattern[str]", _LazyPattern(text, flags))
