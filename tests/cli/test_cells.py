"""Width, cutting and wrapping by terminal cells."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from searchlib.cli.cells import cells_of, cut, pad, width_of, wrap
from searchlib.cli.verbs.kwic import last_cells

MIXED = st.text(alphabet="查干湖冬捕，。“”（）  abc5G%·…e\u0301🐟", max_size=60)


@pytest.mark.parametrize(
    "block", [range(0x20, 0x7F), range(0x3000, 0x302A), range(0x4E00, 0xA000), range(0xFF01, 0xFF61)]
)
def test_the_fast_answers_are_those_of_wcwidth(block: range) -> None:
    """What is answered without wcwidth is what wcwidth would answer."""
    assert {c: cells_of(chr(c)) for c in block if unicodedata.category(chr(c)) != "Cn"} == {
        c: wcwidth(chr(c)) for c in block if unicodedata.category(chr(c)) != "Cn"
    }
    assert [cells_of(c) for c in "·–—‘’“”…"] == [wcwidth(c) for c in "·–—‘’“”…"]


@given(MIXED, st.integers(1, 20))
def test_a_cut_text_fits_and_is_a_beginning(text: str, width: int) -> None:
    """Cutting never exceeds the width, and takes away only at the end."""
    shown = cut(text, width)
    assert width_of(shown) <= width
    assert shown == text or text.startswith(shown.removesuffix("…"))


def test_a_wide_character_is_not_halved() -> None:
    """Where one cell is left, a wide character does not go in."""
    assert cut("湖湖湖", 4) == "湖…"
    assert pad("湖", 4) == "湖  "


@given(MIXED, st.integers(2, 20))
def test_lines_fit_and_lose_only_white_space(text: str, width: int) -> None:
    """Every line fits, and the lines in order hold everything but the spaces at the breaks."""
    lines = [text[start:end] for start, end in wrap(text, width)]
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("查干湖冬捕，开幕。", 10, ["查干湖冬", "捕，开幕。"]),
        ("他说“好”吗", 6, ["他说", "“好”吗"]),
        ("价格search engine", 10, ["价格search", "engine"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("", 10, []),
        ("   ", 10, []),
    ],
)
def test_lines_break_where_a_printer_would(text: str, width: int, lines: list[str]) -> None:
    """No closing mark begins a line, no opening one ends it, words stay whole where they can."""
    assert [text[start:end] for start, end in wrap(text, width)] == lines


def test_the_end_of_a_text_begins_with_no_loose_mark() -> None:
    """A combining accent is not left behind when its letter is cut off."""
    assert last_cells("caféxy", 4) == "…éxy"
    assert last_cells("cafe\u0301xy", 3) == "…xy"
    assert last_cells("e\u0301x", 2) == "e\u0301x"
