"""Where a phrase stands in a text, and where it does not."""

from __future__ import annotations

from typing import Any

import pytest

from searchlib.analysis import fold
from searchlib.textmatch.pattern import pattern


@pytest.mark.parametrize(
    ("phrase", "text", "options", "stands"),
    [
        ("9.09%", "89.09%", {}, False),
        ("89.09%", "率89.09%。", {}, True),
        ("2月18日", "12月18日", {}, False),
        ("pang", "Coupang", {}, False),
        ("pang", "Coupang", {"open_start": True}, True),
        ("Cou", "Coupang", {"open_end": True}, True),
        ("919", "C919", {}, True),
        ("5", "1.5", {}, False),
        ("1", "1.5", {}, False),
        ("1", "1. 5", {}, True),
        ("1,234", "1,234,567", {}, False),
        ("建，引", "党建引领", {}, False),
        ("建，引", "党建。引领", {}, True),
        ("党建引领", "党建，引领", {}, False),
        ("党建", "黨建", {}, True),
        ("党建", "黨建", {"exact": True}, False),
        ("5G", "5 G", {}, True),
        ("5G", "5 G", {"exact": True}, False),
        ("wi fi", "wifi", {}, False),
        ("a wi fi", "a wifi", {}, False),
        ("1 2", "12", {}, False),
        ("wifi", "wi fi", {}, False),
        ("党。", "党", {}, True),
        ("党。", "党建", {}, False),
        ("。党", "党建", {}, True),
        ("乔治华盛顿", "乔治·华盛顿", {}, True),
        ("湖北", "湖被", {"edits": 1}, True),
        ("湖北省", "湖省", {"edits": 1}, True),
        ("湖北省", "湖省北", {"edits": 1}, True),
        ("湖北省", "河南省", {"edits": 1}, False),
        ("hello", "hellos", {"edits": 1}, True),
        ("hello", "ahello", {"edits": 1}, True),
        ("hello", "helos", {"edits": 1}, False),
        ("𐩀", "a𐩀", {}, False),
    ],
)
def test_stands_in(phrase: str, text: str, options: dict[str, Any], stands: bool) -> None:
    """Han anywhere; words and numbers whole; marks where they are wanted."""
    found = pattern(fold(phrase), **{"exact": False, **options})
    assert found.contains(fold(text)) is stands
    assert bool(list(found.spans(fold(text)))) is stands


def test_spans_leave_borders_out() -> None:
    """A mark in the phrase is asked for, not shown."""
    assert list(pattern("\n党\n", exact=False).spans("建\n党\n建")) == [(2, 3)]


def test_spans_do_not_overlap() -> None:
    """Places are found from the left."""
    assert list(pattern("湖湖", exact=False).spans("湖湖湖湖湖")) == [(0, 2), (2, 4)]
