"""Whatever goes wrong is one clear line on stderr and exit 2, never a traceback."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]


def assert_refused(done: CompletedProcess[str], *parts: str) -> None:
    """Exit 2, nothing on stdout, one line that holds *parts*."""
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("search: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    for part in parts:
        assert part in done.stderr, done.stderr


@pytest.mark.parametrize(
    ("args", "part"),
    [
        (["index"], "search -- index"),
        (["index", "nowhere"], "nowhere"),
        (["党建", "-n", "-1"], "'-1' is neither a number from 1 nor 'all'"),
        (["kwic", "党建", "-n", "0"], "'0' is neither a number from 1 nor 'all'"),
        (["党建", "-n"], "requires an argument"),
        (["党建", "--offset", "-1"], "--offset"),
        (["党建", "--sort", "best"], "--sort"),
        (["党建", "--match", "none"], "--match"),
        (["党建", "--where", "authors"], "is not KEY=VALUE"),
        (["党建", "--since", "2024-08", "--until", "2024-07-31"], "--since 2024-08 --until 2024-07-31"),
        (["kwic", "党建", "--until", "2023", "--since", "2024"], "The range ends before it begins"),
        (["党建", "--json", "--count"], "Choose one of --count and --json"),
        (["党建", "-AI"], "search -- -AI"),
        (["kwic", "-AI"], "search kwic -- -AI"),
        (["stats", "--jsonl"], "(see: search stats --help)"),
        (["党建", "--frobnicate"], "--frobnicate"),
        (["show"], "ID"),
        (["split"], "FILE"),
        (["split", "nowhere"], "nowhere"),
        (["eval", "nowhere"], "nowhere"),
        (["explain", "党建"], "ID"),
        (["suggest"], "PREFIX"),
        (["stats", "党建"], "党建"),
        (["help", "党建"], "党建"),
    ],
)
def test_wrong_arguments(search: Search, tmp_path: Path, args: list[str], part: str) -> None:
    """The line names what is wrong."""
    assert_refused(search(*args, cwd=tmp_path), part)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("kwic", "nothing found for ''"),
        ("kwic --collocates", "no word stands near '' often enough"),
        ("suggest", "nothing starts with ''"),
        ("show", "no article has the id ''"),
        ("like", "no article has the id ''"),
    ],
)
def test_what_is_empty_is_named(search: Search, archive: Path, line: str, said: str) -> None:
    """A variable of the shell that is not set does not end the line in the middle."""
    done = search(*line.split(), "", cwd=archive)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"search: {said}\n")


@pytest.mark.parametrize("line", ["党建", "show a1", "stats", "export", "suggest 党", "explain 党建 a1"])
def test_no_index(search: Search, tmp_path: Path, line: str) -> None:
    """The cure is named, whether an index was named or looked for."""
    assert_refused(search(*line.split(), cwd=tmp_path), "no index here", "search index PATH...")
    assert_refused(
        search(*line.split(), "-i", "x.idx", cwd=tmp_path), "x.idx", "search index -i x.idx PATH..."
    )


@pytest.mark.parametrize("option", ["--since=gestern", "--facet=nowhere", "--where=nowhere=1"])
def test_values_that_the_engine_refuses(search: Search, archive: Path, option: str) -> None:
    """Its message names the value."""
    assert_refused(search("党建", option, cwd=archive), option.split("=")[1])


def test_an_unclosed_quote(search: Search, archive: Path) -> None:
    """It is read as if it were not there, and a line says so."""
    done = search('"党建', cwd=archive)
    assert (done.returncode, done.stderr.count("a quotation mark is not closed")) == (0, 1)
    assert search("--match", "any", '"党建', cwd=archive).returncode == 0


def test_a_query_of_punctuation(search: Search, archive: Path) -> None:
    """It finds nothing."""
    done = search("，。！", cwd=archive)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("content", [None, b"\x7fELF\x02\x01\x01\x00\x00\x00\xff\xfe\x00\x80" * 64])
def test_nothing_to_index(search: Search, tmp_path: Path, content: bytes | None) -> None:
    """An empty folder, or one with a binary file only."""
    (tmp_path / "corpus").mkdir()
    if content:
        (tmp_path / "corpus" / "page.txt").write_bytes(content)
    done = search("index", "corpus", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("search: nothing to index in corpus\n")
    assert "Traceback" not in done.stderr


def test_a_binary_file_cannot_be_split(search: Search, tmp_path: Path) -> None:
    """The line names the file."""
    (tmp_path / "page.txt").write_bytes(b"\x7fELF\x02\x01\x01\x00\x00\x00\xff\xfe\x00\x80" * 64)
    assert_refused(search("split", "page.txt", cwd=tmp_path), "page.txt")


def test_an_index_that_is_none(search: Search, articles: Path) -> None:
    """A folder with other files is neither read nor written to; nor is a file."""
    home = articles.parent
    before = sorted(home.rglob("*"))
    for place in ("corpus", "corpus/articles.jsonl"):
        assert_refused(search("党建", "-i", place, cwd=home), place)
    assert_refused(search("index", "corpus", "-i", "corpus/articles.jsonl", cwd=home), "articles.jsonl")
    assert sorted(home.rglob("*")) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_folder_that_cannot_be_written_to(search: Search, articles: Path) -> None:
    """The line names the place."""
    home = articles.parent
    home.chmod(0o500)
    try:
        assert_refused(search("index", "corpus", cwd=home), ".search")
    finally:
        home.chmod(0o700)


def test_a_name_that_is_not_utf8(search: Search, tmp_path: Path) -> None:
    """A badly decoded argument is shown escaped or left out, never a crash."""
    assert_refused(search("split", "\udcff.txt", cwd=tmp_path))
