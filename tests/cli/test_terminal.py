"""Colour, width, and what article text may do to a terminal."""

from __future__ import annotations

import pytest

from searchlib.cli.terminal import BOLD, TerminalView, plain_with_marks, wants_color


@pytest.mark.parametrize(
    ("option", "environ", "is_terminal", "colored"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_who_decides_about_colour(
    option: str, environ: dict[str, str], is_terminal: bool, colored: bool
) -> None:
    """The option, then NO_COLOR, then FORCE_COLOR, then the terminal."""
    assert wants_color(option, environ, is_terminal=is_terminal) is colored


def test_marks_move_with_what_is_taken_out() -> None:
    """Control characters disappear, and the marks stay on their characters."""
    text, marks = plain_with_marks("\x1b[31m农\u200b业\n农业", [(5, 8), (9, 11)])
    assert (text, [text[start:end] for start, end in marks]) == ("[31m农业 农业", ["农业", "农业"])


def test_a_mark_across_a_line_end_is_marked_on_both_lines() -> None:
    """Wrapping cuts a mark in two, never loses or widens it."""
    view = TerminalView(color=True, width=8)
    assert view.passage("查干湖冬捕", [(2, 5)], indent=2) == [
        "  查干\x1b[1;31m湖\x1b[0m",
        "  \x1b[1;31m冬捕\x1b[0m",
    ]


def test_without_a_width_nothing_is_wrapped_or_cut() -> None:
    """A pipe gets one line for a passage, without a style."""
    view = TerminalView()
    assert view.passage("湖" * 500, [(0, 3)], style=BOLD) == ["湖" * 500]
    assert view.line("湖" * 500, indent=1) == " " + "湖" * 500


def test_without_colour_there_is_no_escape() -> None:
    """A narrow terminal without colour gets plain lines that fit."""
    assert TerminalView(width=8).line("查干湖冬捕", indent=2, style=BOLD) == "  查干…"
