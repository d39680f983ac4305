"""
The order of articles by a key of one's own: numbers by size, dates by day, other texts by code point.

All values are kept as they are written, `extra.stars=5`, so their text tells what they are.
"""

from __future__ import annotations

import math

from searchlib.lazy import lazy_pattern
from searchlib.stored_values import full_date

Rank = tuple[int, float, str]

_NUMBER = lazy_pattern(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def rank_of(value: str) -> Rank:
    """
    Return what orders a value among others of its key: numbers come before all other texts.

    >>> sorted(["10", "9.5", "2024/8/9", "2024-08-10T07:00", "乙", "-3"], key=rank_of)
    ['-3', '9.5', '10', '2024/8/9', '2024-08-10T07:00', '乙']
    """
    if _NUMBER.fullmatch(value):
        number = float(value)
        return (0, number, value if math.isinf(number) else "")
    day = full_date(value)
    return (1, 0.0, value if day is None else f"{day} {value}")
