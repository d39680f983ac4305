"""Which verb is meant, and what is an option."""

from __future__ import annotations

import click
import pytest

from searchlib.cli import verb_names
from searchlib.cli.routing import load_verb, parts_of, split_verb, value_options
from searchlib.cli.verb_names import VERBS, plain_question

TAKES_VALUE = frozenset({"-n", "--limit", "-i", "--index"})


@pytest.mark.parametrize(
    ("args", "verb", "rest"),
    [
        (["index", "corpus"], "index", ["corpus"]),
        (["-i", "x", "stats"], "stats", ["-i", "x"]),
        (["-n5", "stats"], "stats", ["-n5"]),
        (["--limit=5", "stats"], "stats", ["--limit=5"]),
        (["-ln", "5", "stats"], "stats", ["-ln", "5"]),
        (["-i", "stats", "党建"], None, ["-i", "stats", "党建"]),
        (["--", "index"], None, ["--", "index"]),
        (["党建", "index"], None, ["党建", "index"]),
        (["-会议", "index"], None, ["-会议", "index"]),
        (["Index"], None, ["Index"]),
        (["indexes"], None, ["indexes"]),
        (["index index"], None, ["index index"]),
        (["query", "index"], "query", ["index"]),
        ([], None, []),
    ],
)
def test_only_the_first_word_can_be_a_verb(args: list[str], verb: str | None, rest: list[str]) -> None:
    """The first word is a verb when it equals one; values of options are not words."""
    assert split_verb(args, TAKES_VALUE) == (verb, rest)


@pytest.mark.parametrize("word", ["-会议", "--会议", "-5G", '-"党建"', "-(a", "-", "－会议", "-*湖"])
def test_a_dash_before_anything_but_a_letter_makes_no_option(word: str) -> None:
    """Only an ASCII letter can name an option."""
    assert list(parts_of([word], TAKES_VALUE)) == [("word", word)]


def test_after_two_dashes_everything_is_literal() -> None:
    """`--` ends the options, and a second one is a word."""
    parts = list(parts_of(["-n", "5", "--", "-n", "--"], TAKES_VALUE))
    assert parts == [("option", "-n"), ("value", "5"), ("literal", "-n"), ("literal", "--")]


def test_an_option_without_its_value_is_an_error() -> None:
    """The message names the option."""
    with pytest.raises(click.UsageError, match="Option '-n' requires an argument"):
        list(parts_of(["党建", "-n"], TAKES_VALUE))


def test_an_option_means_the_same_before_every_verb() -> None:
    """The first word is found with the options of search, so other verbs' must agree with them."""
    question = load_verb("query")
    own = {name for option in question.params for name in option.opts}
    known = value_options(question) | verb_names.TAKES_VALUE
    assert {name for verb in VERBS for name in value_options(load_verb(verb))} == known
    assert not own & verb_names.TAKES_VALUE
    for verb in VERBS:
        command = load_verb(verb)
        shared = own & {name for option in command.params for name in option.opts}
        assert value_options(command) & shared == value_options(question) & shared, verb


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    """The help of a verb shows how it is used."""
    command = load_verb(verb)
    with click.Context(command, info_name=verb) as context:
        text = command.get_help(context)
    assert "Examples:\n" in text
    assert "--help" in text


@pytest.mark.parametrize(
    ("args", "found"),
    [
        (["党建", "-会议"], (["党建", "-会议"], None)),
        (["-i", "stats", "党建"], (["党建"], "stats")),
        (["党建", "--index", "x"], (["党建"], "x")),
        (["党建", "index"], (["党建", "index"], None)),
        (["query", "index"], (["index"], None)),
        (["-i", "x", "query", "query"], (["query"], "x")),
        (["query"], None),
        (["index"], None),
        (["-i", "x", "stats"], None),
        (["serve"], None),
        (["党建", "-n5"], None),
        (["党建", "-ix"], None),
        (["--", "党建"], None),
        (["党建", "-i"], None),
        (["-i", "x"], None),
        ([], None),
    ],
)
def test_what_is_a_question_without_click(
    args: list[str], found: tuple[list[str], str | None] | None
) -> None:
    """Words, and the index's name; whatever else stands there is read by click."""
    assert plain_question(args) == found
