"""Looking for Han in a text as given finds what looking in the folded text finds."""

from __future__ import annotations

import re
import sys
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st
from strategies import chinese_text

from searchlib.analysis import fold, fold_with_map
from searchlib.query.patterns import pattern
from searchlib.query.unfolded import DROPPED, is_plain, unfolded

NEAR = st.text(
    st.sampled_from("党黨建引领領 　\t\n·“”《》，。-a5\u200b\u0301\ufe00㈱㊀一⼀金金\x1f\x1c乾干"),
    max_size=12,
)


@given(
    st.text(st.sampled_from("党黨建引领領一金乾干"), min_size=1, max_size=3),
    NEAR | chinese_text(),
    st.booleans(),
)
@example("一", "㊀", False)
@example("株式", "㍿", True)
@example("金", "\uf90a", True)
@example("党建", "黨\ufe00 建", False)
def test_both_ways_agree(phrase: str, text: str, exact: bool) -> None:
    """With script folded and without."""
    folded = pattern(phrase, exact=exact)
    quick = unfolded(phrase, exact=exact)
    assert quick is not None
    assert quick.stands_in(text) == folded.stands_in(fold(text))
    mapped = fold_with_map(text)
    if is_plain(text):
        spans = [mapped.span(start, end) for start, end in folded.spans(mapped.text)]
        assert list(quick.spans(text)) == spans


def test_what_is_dropped_is_what_folding_drops() -> None:
    """Every character of Unicode, between two Han characters."""
    dropped = re.compile(f"[{DROPPED}]")
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in {"Cn", "Co", "Lo", "Ll", "Lu"}:
            continue
        assert (fold(f"党{char}建") == "党建") == bool(dropped.fullmatch(char)), hex(code)


def test_only_han_can_be_looked_for_so() -> None:
    """Letters, digits, kana and borders need the folded text."""
    for phrase in ("5g", "党建5", "カナ", "党\n建"):
        assert unfolded(phrase, exact=False) is None
