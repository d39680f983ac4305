"""The reference in the guide `command` is that of `--help`, and every verb and option is used by a test."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import click
import pytest
from command_reference import BEGIN, END, in_document, options_of, reference

from searchlib.cli.routing import load_verb
from searchlib.cli.verb_names import VERBS

ROOT = Path(__file__).parent.parent.parent
TESTS = sorted((ROOT / "tests" / "cli").glob("test_*.py"))
TALKATIVE = ("query", "suggest", "analyze", "explain", "words", "kwic", "trend", "index")
"""Verbs that are given words, so that their examples are in Chinese."""


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_has_the_reference_of_today(language: str) -> None:
    """Verbs, arguments, options, meanings."""
    guide = (ROOT / "searchlib" / "guide" / language / "command.md").read_text("utf-8")
    assert (guide.count(BEGIN), guide.count(END)) == (1, 1)
    expected = reference(chinese=language == "zh")
    assert in_document(guide) == expected, "write it anew: python tests/support/documents.py"


def functions() -> list[set[str]]:
    """Return the words that each test has in its code, its parameters included."""
    found = []
    for path in TESTS:
        if path == Path(__file__):
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                texts = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
                found.append({word for text in texts if isinstance(text, str) for word in text.split()})
    return found


USED = functions()


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_is_used_by_a_test(verb: str) -> None:
    """Under the verb's name, or for a search alone; a test of a process or of the parsing."""
    assert len(USED) > 100
    unused = []
    for option in options_of(verb):
        names = set(option.opts)
        tests = [words for words in USED if names & {word.partition("=")[0] for word in words}]
        if not any(verb in words or verb == "query" for words in tests):
            unused.append("/".join(option.opts))
    assert unused == [], f"no test uses these with search {verb}"


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_teaches(verb: str) -> None:
    """Two examples and more, each with its meaning, in Chinese where the verb is given words."""
    command = load_verb(verb)
    assert command.help
    lines = (
        inspect.cleandoc(command.epilog or "").partition("Examples:\n")[2].partition("\n\n")[0].split("\n")
    )
    typed = [line.strip() for line in lines if re.match(r"  \S", line)]
    meanings = [line.strip() for line in lines if re.match(r"      \S", line)]
    assert len(typed) == len(meanings) >= 2
    assert all(line.startswith("search") for line in typed)
    if verb in TALKATIVE:
        assert any("\u4e00" <= char <= "\u9fff" for char in "".join(typed))


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_says_what_it_does(verb: str) -> None:
    """No option without help."""
    assert [option.opts for option in options_of(verb) if not option.help] == []
    assert isinstance(load_verb(verb), click.Command)
