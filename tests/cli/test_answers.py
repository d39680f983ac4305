"""The objects that programs read: every answer of the command is held to the schema, key by key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from searchlib import Index, MissingExtraError, QuerySyntaxError, answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]

SCHEMA = answers.schema()


def check(name: str, content: Any) -> None:
    """Assert that an answer is what the schema says, and has no key besides."""
    Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{name}"}).validate(content)


def test_the_schema_is_one_and_lets_nothing_through() -> None:
    """Every object of ours lists its keys; a key too many or too few is an error."""
    Draft202012Validator.check_schema(SCHEMA)
    for name, one in SCHEMA["$defs"].items():
        if "properties" in one:
            assert one["additionalProperties"] is False, name
    wrong = [{"format": 1, "suggestions": [], "more": 1}, {"format": 1}, {"format": 2, "suggestions": []}]
    validator = Draft202012Validator({**SCHEMA, "$ref": "#/$defs/suggest"})
    assert [validator.is_valid(one) for one in wrong] == [False, False, False]


VERBS: list[tuple[str, list[str]]] = [
    ("search", ["党建引领", "--facet", "publication", "--facet", "extra.stars", "--group", "reprints"]),
    ("search", ["党建 火星人", "--since", "2024", "--sort", "newest"]),
    ("search", ["党健引领"]),
    ("search", ["党建", "--match", "any", "--snippets", "2"]),
    ("articles", ["show", "a1", "a3"]),
    ("kwic", ["kwic", "合作社"]),
    ("collocates", ["kwic", "合作社", "--collocates"]),
    ("telling_words", ["words", "--of", "合作社"]),
    ("word_list", ["words", "--list", "--of", "合作社"]),
    ("trend", ["trend", "党建"]),
    ("suggest", ["suggest", "党"]),
    ("explain", ["explain", "党建", "a2"]),
    ("why_not", ["why-not", "党建 火星", "a3"]),
    ("why_not", ["why-not", "党建", "a1"]),
    ("stats", ["stats"]),
    ("search", ["like", "a1"]),
]


@pytest.mark.parametrize(("name", "args"), VERBS, ids=[" ".join(args) for _, args in VERBS])
def test_what_the_command_prints_is_in_the_schema(
    search: Search, archive: Path, name: str, args: list[str]
) -> None:
    """Each verb with `--json`."""
    done = search(*args, "--json", cwd=archive)
    assert done.returncode in {0, 1}, done.stderr
    check(name, json.loads(done.stdout))


def test_lines_of_json_are_hits(search: Search, archive: Path) -> None:
    """`--jsonl` has the same object as a hit of `--json`."""
    lines = search("党建", "--jsonl", cwd=archive).stdout.splitlines()
    whole = json.loads(search("党建", "--json", cwd=archive).stdout)
    assert [json.loads(line) for line in lines] == whole["hits"]
    for line in lines:
        check("hit", json.loads(line))


def test_what_python_makes_is_in_the_schema(corpus_index: Index) -> None:
    """Answers that the command does not print, made from the corpus."""
    hit = corpus_index.search("党建引领", group="reprints", facets={"authors": 1})[0]
    check("hit", answers.of_hit(hit))
    made = {
        "articles": answers.of_marks(corpus_index.marks("党建引领", hit.id)),
        "trends": answers.of_trends(corpus_index.trends(["党建", "治理"], by="year")),
        "kwic": answers.of_kwic("党建", corpus_index.kwic("党建", limit=2)),
    }
    for name, content in made.items():
        check(name, json.loads(answers.json_object(content)))
    assert made["articles"]["marks"]["headline"]


def test_errors_have_their_type_and_column() -> None:
    """A column only where there is one."""
    error = QuerySyntaxError("(党建", 1, "a bracket is not closed")
    assert answers.of_error(error)["column"] == 1
    for one in (error, MissingExtraError("a", "b", "c"), KeyError()):
        check("error", json.loads(answers.json_object(answers.of_error(one))))
    assert answers.of_error(ValueError("no")) == {"error": "no", "type": "ValueError"}
