"""The help of the command, of each verb and of each topic."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from searchlib.cli.guides import FOLDER, topics
from searchlib.cli.verb_names import VERBS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]


@pytest.mark.parametrize("verb", VERBS)
def test_help_of_every_verb(search: Search, tmp_path: Path, verb: str) -> None:
    """`VERB --help` and `VERB -h` are the same and need no index; `help VERB` adds the guide of that name."""
    page, short, asked = (
        search(*args, cwd=tmp_path).stdout for args in ([verb, "--help"], [verb, "-h"], ["help", verb])
    )
    assert page.startswith("Usage: search")
    assert short == page
    assert asked.startswith(page)
    assert (asked == page) is (verb not in topics())


def test_the_help_of_the_command(search: Search, tmp_path: Path) -> None:
    """It teaches: every verb, Chinese examples, exit codes, environment, how to search for a verb."""
    page = search("--help", cwd=tmp_path).stdout
    assert page == search("help", cwd=tmp_path).stdout
    for word in (*VERBS, *topics(), "党建", "Exit codes", "SEARCH_INDEX", "NO_COLOR", "search -- index"):
        assert word in page, word


@pytest.mark.parametrize("topic", topics())
def test_a_guide_is_shown(search: Search, tmp_path: Path, topic: str) -> None:
    """Its Markdown as it is in the package, in the user's language where it exists in it."""
    for language, locale in (("en", "C.UTF-8"), ("zh", "zh_CN.UTF-8")):
        path = FOLDER / language / f"{topic}.md"
        done = search("help", topic, cwd=tmp_path, LC_ALL=locale)
        expected = path if path.exists() else FOLDER / "en" / path.name
        assert done.returncode == 0
        assert done.stdout.endswith(expected.read_text("utf-8"))


def test_an_unknown_topic_is_met_with_similar_names(search: Search, tmp_path: Path) -> None:
    """By the name, or by a word of the title; else all names are given."""
    assert "similar: query-language" in search("help", "query-langage", cwd=tmp_path).stderr
    assert "similar: query-language" in search("help", "短语", cwd=tmp_path, LC_ALL="zh_CN").stderr.replace(
        "相近的有 ", "similar: "
    )
    done = search("help", "党建", cwd=tmp_path)
    assert done.returncode == 2
    assert "verbs: query, index" in done.stderr
    assert "guides: " in done.stderr
