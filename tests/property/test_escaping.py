"""What stands in a text steers neither a page nor a terminal."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from checks import check_html, steering
from hypothesis import given
from hypothesis import strategies as st
from strategies import chinese_text

import searchlib
from searchlib import Article, Snippet
from searchlib.cli import main

_NASTY = (
    "<",
    ">",
    "&",
    '"',
    "'",
    "</mark>",
    "<script>",
    "&lt;",
    "&#60;",
    "\x1b[31m",
    "\x1b]0;x\x07",
    "\x9b2J",
    "\r",
    "\b",
)
_OURS = re.compile(r"\x1b\[(?:0|1|2|1;31)m")
_TEXTS = st.lists(st.one_of(chinese_text(8), st.sampled_from(_NASTY)), max_size=12).map("".join)


@st.composite
def snippets(draw: st.DrawFn) -> Snippet:
    """Draw a text and marks in it."""
    text = draw(_TEXTS)
    ends = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    return Snippet(text, marks=tuple(zip(ends[::2], ends[1::2], strict=False)))


@given(snippets())
def test_html_holds_the_text_and_the_marks_alone(snippet: Snippet) -> None:
    """Read back by a parser of HTML."""
    check_html(snippet)


@given(snippets())
def test_a_terminal_gets_our_own_control_sequences_alone(snippet: Snippet) -> None:
    """Nothing is left that could move the cursor, hide a text or turn its direction."""
    assert steering(_OURS.sub("", snippet.to_ansi())) == set()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of an article that tries it in every field."""
    nasty = "".join(_NASTY) + "\u202e\u2066"
    fields = (
        "headline",
        "body",
        "overline",
        "subtitle",
        "column",
        "byline",
        "dateline",
        "publication",
        "page",
        "source",
    )
    record = {name: f"湖{nasty}水 {name}" for name in fields}
    path = tmp_path_factory.mktemp("hostile") / "x.idx"
    with searchlib.open(path) as index:
        index.add(
            [
                Article.from_mapping(
                    {
                        **record,
                        "id": f"a{nasty}",
                        "authors": [f"刘{nasty}慧"],
                        "sections": [f"节{nasty}"],
                        "kind": f"k{nasty}",
                        f"key{nasty}": f"value{nasty}",
                    }
                )
            ]
        )
    return path


@pytest.mark.parametrize(
    "arguments",
    [
        ["湖"],
        ["湖", "--color", "always"],
        ["湖", "--json"],
        ["湖", "--jsonl"],
        ["湖", "--facet", "publication", "--facet", "kind"],
        ["show", "ID"],
        ["show", "ID", "--json"],
        ["explain", "湖", "ID"],
        ["stats"],
        ["suggest", "湖"],
        ["export"],
        ["analyze", "湖\x1b[31m\x9b"],
        ["explain", "湖\x1b[31m", "\x9b2J"],
        ['"\x1b[31m\x9b2J'],
    ],
    ids=lambda arguments: " ".join(arguments).encode("ascii", "replace").decode().replace("\x1b", "ESC"),
)
def test_no_verb_prints_what_steers_a_terminal(
    arguments: list[str], hostile: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Answers, figures, errors; JSON too, which is the same value without."""
    with searchlib.open(hostile) as index:
        (article,) = index
    filled = [article.id if argument == "ID" else argument for argument in arguments]
    main([*filled, "-i", str(hostile)] if arguments[0] != "analyze" else filled)
    out, err = capfd.readouterr()
    assert out or err
    assert steering(_OURS.sub("", out + err)) == set()
    if "--json" in arguments and arguments[0] == "show":
        (shown,) = json.loads(out)["articles"] if "articles" in out else [json.loads(out)]
        assert shown["headline"] == article.headline
