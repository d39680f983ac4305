"""`search WORDS...` as a process: what is found, in which form, with which exit code."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]


def ids(done: CompletedProcess[str]) -> list[str]:
    """The ids that the records of an answer in JSON have in their file."""
    found = [hit["id"] for hit in json.loads(done.stdout)["hits"]]
    assert all(one.startswith("articles.jsonl#") for one in found)
    return [one.partition("#")[2] for one in found]


def test_several_words_need_no_quotes(search: Search, archive: Path) -> None:
    """The words are one query; the answer is numbered, marked by nothing in a pipe, and has a footer."""
    done = search("党建", "引领", cwd=archive)
    assert (done.returncode, done.stderr) == (0, "")
    assert "\x1b" not in done.stdout
    lines = done.stdout.splitlines()
    assert lines[0] == "1  党建引领基层治理"
    assert lines[1] == "   青岛日报 · 2024-08-09 · 王芳 · articles.jsonl#a2"
    assert lines[-1].startswith("1–2 of 2 · ")


def test_json_has_the_fixed_keys(search: Search, archive: Path) -> None:
    """One object, the format first; `test_rendering` has the keys."""
    done = search("--json", "冬捕", "--facet", "publication", cwd=archive)
    answer = json.loads(done.stdout)
    assert next(iter(answer)) == "format"
    assert (answer["format"], answer["query"], answer["total"]) == (1, "冬捕", 1)
    assert answer["facets"] == {"publication": {"松原日报": 1}}
    hit = answer["hits"][0]
    assert (hit["id"], hit["date"], hit["authors"]) == ("articles.jsonl#a1", "2023-12-29", ["刘慧", "李明"])
    snippet = hit["snippets"][0]
    assert "冬捕" in {snippet["text"][start:end] for start, end in snippet["marks"]}


def test_jsonl_is_a_hit_a_line(search: Search, archive: Path) -> None:
    """Every line is an object of its own."""
    done = search("合作社", "--jsonl", cwd=archive)
    found = {json.loads(line)["id"] for line in done.stdout.splitlines()}
    assert found == {"articles.jsonl#a1", "articles.jsonl#a3"}


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["党建", "-会议"], ["a1"]),
        (["-会议", "党建"], ["a1"]),
        (["--match", "all", "党建", "冬捕"], ["a1"]),
        (['"党建引领基层"'], ["a2"]),
        (["--exact", "黨建"], []),
        (["黨建", "--sort", "newest"], ["a2", "a1"]),
        (["党建", "--sort", "oldest"], ["a1", "a2"]),
        (["党建", "--sort", "oldest", "-n", "1"], ["a1"]),
        (["党建", "--sort", "oldest", "-n", "1", "--offset", "1"], ["a2"]),
        (["党建", "--sort", "oldest", "-nall"], ["a1", "a2"]),
        (["党建", "--since", "2024"], ["a2"]),
        (["党建", "--until", "2023-12"], ["a1"]),
        (["党建", "--where", "authors=刘慧"], ["a1"]),
        (["--where", "publication=松原日报", "--where", "authors=李明"], ["a1"]),
        (["--where", "authors=刘慧", "--where", "authors=王芳", "--sort", "oldest"], ["a1", "a2"]),
        (["--match", "any", "土豆卖到哪里？"], ["a3"]),
    ],
)
def test_options_reach_the_search(
    search: Search, archive: Path, args: list[str], expected: list[str]
) -> None:
    """Options stand before or after the words; a word may begin with a dash."""
    done = search(*args, "--json", cwd=archive)
    assert ids(done) == expected, done.stderr
    assert done.returncode == (0 if expected else 1)


def test_only_sources_and_only_the_count(search: Search, archive: Path) -> None:
    """-l names every source once, --count counts all whatever the limit."""
    assert search("-l", "合作社", cwd=archive).stdout == "articles.jsonl\n"
    assert search("合作社", "--count", "-n", "1", cwd=archive).stdout == "2\n"


def test_snippets_can_be_many_or_none(search: Search, archive: Path) -> None:
    """As many passages as asked for, or only headlines."""
    none = json.loads(search("党建", "--snippets", "0", "--json", cwd=archive).stdout)
    assert [hit["snippets"] for hit in none["hits"]] == [[], []]
    some = json.loads(search("党建", "--snippets", "3", "--json", cwd=archive).stdout)
    assert all(hit["snippets"] for hit in some["hits"])


def test_colour_is_forced_and_forbidden(search: Search, archive: Path) -> None:
    """The option, NO_COLOR and FORCE_COLOR; a pipe has none by itself."""
    assert "\x1b[1;31m冬捕" in search("冬捕", "--color", "always", cwd=archive).stdout
    assert "\x1b" in search("冬捕", cwd=archive, FORCE_COLOR="1").stdout
    assert "\x1b" not in search("冬捕", cwd=archive, FORCE_COLOR="1", NO_COLOR="1").stdout


def test_nothing_found_is_one_line_and_exit_1(search: Search, archive: Path) -> None:
    """Stdout stays empty; the line names the query."""
    done = search("--match", "all", "毛线团", cwd=archive)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("search: nothing found for 毛线团")
    assert done.stderr.count("\n") == 1
    assert search("毛线团", "--count", cwd=archive).stdout == "0\n"


def test_a_page_behind_the_last_is_empty(search: Search, archive: Path) -> None:
    """Exit 1, and a line that says how many there are."""
    done = search("党建", "--offset", "5", cwd=archive)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "search: nothing from 6 on: 2 articles found\n"


def test_a_relaxed_query_is_announced(search: Search, archive: Path) -> None:
    """The words left out are named on stderr, and the answer is that of the others."""
    done = search("冬捕", "毛线团", "--json", cwd=archive)
    assert done.stderr == "search: no article has all of 冬捕 毛线团; shown without: 毛线团\n"
    assert json.loads(done.stdout)["relaxed"] is True
    assert ids(done) == ["a1"]


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        (["kwik", "冬捕"], "kwik is no verb; did you mean: search kwic"),
        (["dotcor"], "dotcor is no verb; did you mean: search doctor"),
        (["auther:刘慧"], "auther is no field; did you mean: author:"),
        (["冬捕", "作家：刘慧"], "作家 is no field; did you mean: 作者:"),
        (["火星", "(headlin:冬捕", "OR", "x)"], "headlin is no field; did you mean: headline:"),
    ],
)
def test_a_verb_or_field_misspelt_is_told(search: Search, archive: Path, args: list[str], hint: str) -> None:
    """What it was taken for, words, is not to be found; the remark says what is spelt like it."""
    assert search(*args, cwd=archive).stderr.splitlines()[-1] == f"search: {hint}"


@pytest.mark.parametrize(
    "args", [["冬捕"], ["作者:刘慧"], ["标题:火星"], ["会议:火星"], ["12:30"], ["apple"], ["5G"]]
)
def test_other_queries_have_no_hint(search: Search, archive: Path, args: list[str]) -> None:
    """Neither what is found, nor what is like no verb and no field."""
    assert "is no" not in search(*args, cwd=archive).stderr


def test_a_long_query_is_repeated_in_part(search: Search, archive: Path) -> None:
    """A pasted page does not fill the terminal again."""
    done = search("冬捕 " + "毛线团" * 1000, "-c", cwd=archive)
    assert done.stderr.endswith("shown without: 毛线团\n")
    assert len(done.stderr) < 300


def test_articles_without_a_full_date_are_announced(search: Search, archive: Path) -> None:
    """What a date range leaves out because its date is not known is counted."""
    done = search("合作社", "--since", "2023", "--json", cwd=archive)
    assert ids(done) == ["a1"]
    assert done.stderr == "search: 1 article left out of the range: no full date\n"


@pytest.mark.parametrize("args", [["--", "index"], ["query", "index"], ["trends"], ["--", "words"]])
def test_words_that_look_like_verbs_or_options(search: Search, archive: Path, args: list[str]) -> None:
    """They are searched for, and here not found."""
    assert search(*args, cwd=archive).returncode == 1


def test_what_starts_with_a_dash_and_a_letter_stands_after_two_dashes(search: Search, archive: Path) -> None:
    """There it is a word to leave out, not an option."""
    assert search("--count", "--", "-AI", cwd=archive).stdout == "3\n"
    assert search("--count", "--", "合作社", "-U谷", cwd=archive).stdout == "1\n"


def test_the_index_is_found_from_below_or_named(search: Search, archive: Path, tmp_path: Path) -> None:
    """The nearest one above, $SEARCH_INDEX, or -i."""
    below = archive / "a" / "b"
    below.mkdir(parents=True, exist_ok=True)
    index = archive / ".search"
    assert search("冬捕", "--count", cwd=below).stdout == "1\n"
    assert search("冬捕", "--count", cwd=tmp_path, SEARCH_INDEX=str(index)).stdout == "1\n"
    assert search("-i", index, "冬捕", "--count", cwd=tmp_path, SEARCH_INDEX="nowhere").stdout == "1\n"


def test_search_alone_greets(search: Search, archive: Path, tmp_path: Path) -> None:
    """With an index: what it holds and examples; without: how to make one, exit 2."""
    done = search(cwd=archive)
    assert done.returncode == 0
    assert done.stdout.startswith(".search: 3 articles, ")
    assert done.stdout.count("  search ") == 3
    done = search(cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "make one with: search index PATH..." in done.stderr


def test_a_filter_alone_asks_for_everything_it_passes(search: Search, archive: Path) -> None:
    """So does an empty query."""
    assert search("--where", "publication=松原日报", "--count", cwd=archive).stdout == "2\n"
    assert search("", "--count", cwd=archive).stdout == "3\n"


def test_list_names_files_that_open_from_here(search: Search, archive: Path) -> None:
    """From a folder below, `-l` prints paths that the next program in a pipe can open."""
    below = archive / "below"
    below.mkdir()
    done = search("党建", "-l", cwd=below)
    assert done.stdout
    assert all((below / line).is_file() for line in done.stdout.splitlines())


def test_no_hits_but_the_counts(search: Search, archive: Path) -> None:
    """-n 0 shows how many there are and the facets, and no hit; -V is --version."""
    done = search("冬捕", "-n", "0", "--facet", "publication", cwd=archive)
    first, *facets = done.stdout.splitlines()
    assert first.startswith("0 of 1")
    assert facets == ["publication: 松原日报 1"]
    assert search("-V", cwd=archive).stdout == search("--version", cwd=archive).stdout != ""


def test_facets_need_a_form_that_shows_them(search: Search, archive: Path) -> None:
    """Nothing that was asked for is passed over in silence."""
    done = search("党建", "--count", "--facet", "kind", cwd=archive)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--count shows no facets" in done.stderr


def test_another_spelling_is_announced(search: Search, archive: Path) -> None:
    """On stderr with its count and its reason; the answer itself stays empty."""
    done = search("查甘湖冬捕", cwd=archive)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "search: nothing found for 查甘湖冬捕; did you mean: 查干湖冬捕 (1; 干 sounds the same as 甘)\n"
    )


_ODD = ["a\nb.txt", "c\x1b]0;d.txt", "e\u2028f.txt", "g\x85h.txt", "i'j\\\tk.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_list_is_one_name_a_line(search: Search, tmp_path: Path) -> None:
    """One that would be several, or holds control characters, is quoted, and that is said; NUL ends any."""
    (tmp_path / "in").mkdir()
    for name in [*_ODD, "plain name.txt"]:
        (tmp_path / "in" / name).write_text("党建", "utf-8")
    search("index", "in", cwd=tmp_path)
    done = search("党建", "-l", cwd=tmp_path)
    lines = done.stdout.splitlines()
    assert (len(lines), "in/plain name.txt" in lines) == (6, True)
    assert sorted(line for line in lines if line.startswith("$'")) == [
        "$'in/a\\nb.txt'",
        "$'in/c\\u001b]0;d.txt'",
        "$'in/e\\u2028f.txt'",
        "$'in/g\\u0085h.txt'",
        "$'in/i\\'j\\\\\\tk.txt'",
    ]
    assert "5 names with control characters, shown as shells quote them; --null gives" in done.stderr
    for options in (["-0"], ["--null"], ["-l", "-0"], ["-0l"]):
        done = search("党建", *options, cwd=tmp_path)
        assert sorted(done.stdout.split("\0")) == sorted(
            ["", *(f"in/{n}" for n in [*_ODD, "plain name.txt"])]
        )
        assert done.stderr == ""
    done = search("党建", "-0", "-c", cwd=tmp_path)
    assert (done.returncode, "Choose one of --list and --count" in done.stderr) == (2, True)
