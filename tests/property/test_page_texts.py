"""Texts of pages are folded, healed and given their own characters again by the kernel as without it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from engine_choice import answered_by
from hypothesis import given
from hypothesis import strategies as st

from searchlib.native import engine
from searchlib.pages.columns import column_of
from searchlib.pages.continuations import belonging
from searchlib.pages.decks import coverage
from searchlib.pages.folded import fold_page, unfold
from searchlib.pages.healing import heal
from searchlib.pages.lines import read_lines
from searchlib.pages.stretches import Piece, Role

pytestmark = pytest.mark.skipif(engine().kernel is None, reason="the kernel is not built here")

WORDS = (
    "報導",
    "报导",
    "臺灣",
    "９",
    "茶農上山採茶，",
    "“春茶 ",
    "”",
    "「",
    "』",
    "Wi",
    "Fi",
    "12",
    "３",
    '"',
)
RARE = ("\u200b", "\u2028", "\t", "\x1f", "\U00020bb7", "㐀", "ﬁ", "〇", "\ud800")
PARTS = (*WORDS, *RARE, " ", "  ", "\u3000", "\x0b")
TEXTS = st.lists(st.sampled_from(PARTS) | st.text(max_size=2), max_size=24).map("".join)
LINES = st.integers(10, 14).flatmap(
    lambda size: st.lists(st.text("茶農上山採，。“”《》aB1 \x0b", min_size=size, max_size=size), max_size=6)
)
SPACES = st.sampled_from([" ", "\x0b", "\u3000", " \x0b"])
COLUMNS = st.tuples(LINES, SPACES).map(lambda made: made[1].join(made[0]))


def _both(ask: Callable[[], str]) -> tuple[str, str]:
    with answered_by("native"):
        found = ask()
    with answered_by("numpy"):
        return found, ask()


@given(TEXTS)
def test_a_page_is_folded_alike(text: str) -> None:
    """Every character becomes the same one; where none changes, it is the same text."""
    found, expected = _both(lambda: fold_page(text))
    assert found == expected
    assert (found is text) == (expected is text)


PARAGRAPHS = TEXTS | COLUMNS | st.sampled_from(["茶農上山採茶" * 4, "茶農上山採茶" * 4 + "。”", "記者採茶。"])
ROLES = st.sampled_from(["body", "body", "body", "section", "caption"])


@given(st.lists(st.tuples(PARAGRAPHS, ROLES, st.booleans(), st.sampled_from([0.0, 2.0, 7.5])), max_size=5))
def test_a_body_is_healed_alike(texts: list[tuple[str, Role, bool, float]]) -> None:
    """The same spaces are line ends, the same paragraphs go on, what is there twice is there once."""
    pieces = [
        Piece(0, 0, text, role, "", is_tail=is_tail, lead_width=lead)
        for text, role, is_tail, lead in texts
        if text.strip()
    ]
    found, expected = _both(lambda: heal(pieces))
    assert found == expected


BROKEN = st.integers(11, 16).flatmap(
    lambda size: st.lists(
        st.tuples(
            st.sampled_from(["", "", "", "\u3000\u3000", "\n", "# ", "1.", "**"]),
            st.text("茶农上山采，a1B—", min_size=size - 3, max_size=size + 1) | TEXTS,
            st.sampled_from(["", "", "", "。", "。”", "（采茶", "）", "，", "**", "茶园里人来人往采茶"]),
        ).map("".join),
        min_size=6,
        max_size=24,
    ).map("\n".join)
)


@given(BROKEN)
def test_a_column_is_found_alike(text: str) -> None:
    """The same lines are as long as a column, end sentences and are items of a list."""
    lines = read_lines(text)
    with answered_by("native"):
        found = column_of(lines)
    with answered_by("numpy"):
        expected = column_of(lines)
    assert (found is None) == (expected is None)
    if found and expected:
        assert found.marks_of(lines) == expected.marks_of(lines)
        assert (found.size, found.slack, found.measure) == (expected.size, expected.slack, expected.measure)
        assert list(found.lengths) == list(expected.lengths)


@given(TEXTS, st.data())
def test_what_was_folded_is_given_alike(page: str, data: st.DataObject) -> None:
    """Whatever was made of a page gets the same characters of it."""
    folded = fold_page(page)
    begin = data.draw(st.integers(0, len(page)))
    end = data.draw(st.integers(begin, len(page)))
    gap, other = data.draw(st.sampled_from(["", " ", "\n"])), data.draw(TEXTS)
    for value in (gap.join(folded[begin:end].split()), folded[begin:end] + other, other + folded[begin:end]):
        found, expected = _both(lambda value=value: unfold(value, page, folded))  # type: ignore[misc]
        assert found == expected


@given(TEXTS, st.lists(TEXTS, max_size=2), st.lists(TEXTS, min_size=2, max_size=5))
def test_what_goes_on_with_a_text_is_found_alike(own: str, heads: list[str], parts: list[str]) -> None:
    """What is from each place on says as much of one text, and of the other."""
    places = [place for place in range(1, len(parts)) if place != len(heads)]
    parts = [part + own[place : place + 9] for place, part in enumerate(parts)]
    found, expected = _both(lambda: str(belonging(own, heads, parts, places)))
    assert found == expected


@given(TEXTS, TEXTS)
def test_heads_are_said_again_alike(head: str, text: str) -> None:
    """A text has the same share of a head's pairs."""
    found, expected = _both(lambda: str(coverage(head, text + head[-4:])))
    assert found == expected
