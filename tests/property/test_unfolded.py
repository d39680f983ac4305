"""Looking for Han in a text as given finds what looking in the folded text finds."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from checks import patience
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import chinese_text

from searchlib.analysis import COMPOSING, fold, fold_with_map
from searchlib.textmatch.pattern import pattern
from searchlib.textmatch.prefilter import make_prefilter
from searchlib.textmatch.raw import DROPPED, UnfoldedPattern, is_plain, raw_matcher

NEAR = st.text(
    st.sampled_from(
        "党黨建引领領 　\t\n·“”《》，。-a5\u200b\u0301\ufe00㈱㊀一⼀金金\x1f\x1c乾干•．①○′≪½²、3,"
    ),
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
    quick = raw_matcher(phrase, exact=exact)
    assert quick is not None
    assert quick.contains(text) == folded.contains(fold(text))
    mapped = fold_with_map(text)
    if is_plain(text):
        spans = [mapped.span(start, end) for start, end in folded.spans(mapped.text)]
        assert list(quick.spans(text)) == spans


@st.composite
def phrases(draw: st.DrawFn) -> tuple[str, int]:
    """Draw a folded phrase of Han, with marks inside and at its ends or gaps inside, or with an edit."""
    rows = st.lists(st.text(st.sampled_from("党黨建引一乾"), min_size=1, max_size=2), min_size=1, max_size=3)
    kind = draw(st.sampled_from(["marks", "gaps", "edit"]))
    if kind == "edit":
        return draw(st.text(st.sampled_from("党黨建引一乾"), min_size=2, max_size=4)), 1
    if kind == "gaps":
        return "*".join(map("\n".join, draw(st.lists(rows, min_size=2, max_size=3)))), 0
    ends = st.sampled_from(["", "\n"])
    return draw(ends) + "\n".join(draw(rows)) + draw(ends), 0


@given(
    phrases(),
    NEAR | st.text(st.sampled_from("党黨建引一乾，。、 \n“a5_.⒈⑴½ｶﾞ%-"), max_size=12) | chinese_text(),
    st.booleans(),
)
@example(("\n建", 0), "党⒈建", False)
@example(("党*建", 0), "党" + "引" * 20 + "建", False)
@example(("党*建", 0), "党" + "引" * 21 + "建", False)
@example(("党建\n", 0), "党建", False)
@example(("党\n建", 0), "党 ，“建", False)
def test_what_is_told_without_folding_is_so(drawn: tuple[str, int], text: str, exact: bool) -> None:
    """Marks, gaps and another spelling."""
    phrase, edits = drawn
    folded = pattern(phrase, exact=exact, edits=edits)
    half = make_prefilter(phrase, exact=exact, edits=edits)
    assert half is not None
    assert half.decide(text) in {None, folded.contains(fold(text))}


def test_no_letter_hides_a_mark() -> None:
    """Every letter and figure of Unicode folds to one character or more, and to no mark."""
    letters = re.compile(r"[^\W_]")
    for char in filter(letters.match, map(chr, range(sys.maxunicode + 1))):
        if is_plain(char) and not COMPOSING.match(char) and unicodedata.category(char) not in {"Cn", "Co"}:
            folded = fold(f"党{char}建")[1:-1]
            assert folded, hex(ord(char))
            assert not set("\n ") & set(folded), hex(ord(char))


def test_what_is_dropped_is_what_folding_drops() -> None:
    """Every character of Unicode, between two Han characters."""
    dropped = re.compile(f"[{DROPPED}]")
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if unicodedata.category(char) in {"Cn", "Co", "Lo", "Ll", "Lu"}:
            continue
        if is_plain(char):  # where it is not, every text is folded
            assert (fold(f"党{char}建") == "党建") == bool(dropped.fullmatch(char)), hex(code)


def test_only_han_can_be_looked_for_so() -> None:
    """Letters, digits, kana and borders need the folded text."""
    for phrase in ("5g", "党建5", "カナ", "党\n建"):
        assert raw_matcher(phrase, exact=False) is None


@pytest.mark.parametrize("char", ["\U0003c57f", "⼀", "𰻝"])
def test_a_character_that_is_no_letter_again_and_again(char: str) -> None:
    """Unicode has not assigned it, or it is a radical: what may be in a gap too, in every division."""
    phrase = UnfoldedPattern(fold(char) * 24 + "管理", exact=False)
    with patience(10):
        assert not phrase.contains(char * 200 + "理管" + char * 40)
        assert phrase.contains(char * 200 + "·管“理")
