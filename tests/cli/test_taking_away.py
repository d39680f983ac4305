"""What is taken from an answer: tables, ids, files, whole articles with their marks, citations, an editor."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from searchlib.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]


def test_a_table_for_a_spreadsheet(search: Search, archive: Path) -> None:
    """A head and a row for each hit, with what the article says of itself."""
    done = search("党建", "--csv", cwd=archive)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert done.returncode == 0
    assert [row["rank"] for row in rows] == ["1", "2"]
    assert {row["authors"] for row in rows} == {"刘慧; 李明", "王芳"}
    assert all("党建" in row["snippet"] for row in rows)
    assert search("火星", "--csv", cwd=archive).stdout.splitlines()[1:] == []


def test_ids_and_files_are_what_show_takes(search: Search, archive: Path, tmp_path: Path) -> None:
    """From the folder, and from another one; a file shows its articles in reading order."""
    ids = search("党建", "--ids", cwd=archive).stdout.split()
    assert sorted(ids) == ["articles.jsonl#a1", "articles.jsonl#a2"]
    assert search("show", *ids, cwd=archive).stdout.count("党建引领") >= 2
    (file,) = search("党建", "-l", cwd=archive).stdout.split()
    shown = json.loads(search("show", file, "--json", cwd=archive).stdout)["articles"]
    assert [article["record_id"] for article in shown] == ["a1", "a2", "a3"]
    elsewhere = ("-i", archive / ".search")
    (far,) = search("党建", "-l", *elsewhere, cwd=tmp_path).stdout.split()
    assert len(json.loads(search("show", far, "--json", *elsewhere, cwd=tmp_path).stdout)["articles"]) == 3
    assert search("党建", "--ids", "-0", cwd=archive).stdout.split("\0")[:2] == ids
    missing = search("show", "nowhere.txt", cwd=archive)
    assert (missing.returncode, missing.stderr) == (1, "search: no article has the id nowhere.txt\n")


def test_forms_that_do_not_go_together(search: Search, archive: Path) -> None:
    """Two forms, facets without a place, many queries without their names."""
    assert "Choose one of" in search("党建", "--csv", "--ids", cwd=archive).stderr
    assert "--csv shows no facets" in search("党建", "--csv", "--facet", "date", cwd=archive).stderr
    assert "--ids does not say which query" in search("-", "--ids", cwd=archive).stderr
    assert "--open takes one article" in search("show", "--open", "a1", "a2", cwd=archive).stderr
    assert (
        "--plot draws one query"
        in search("trend", "党建", "--by", "year", "--plot", "a.svg", cwd=archive).stderr
    )


def test_a_shown_hit_has_the_marks_of_the_last_query(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the headline and every paragraph; an article that was not among the hits has none."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("searchlib.cli.searching.is_terminal", lambda _: True)
    index = str(archive / ".search")
    assert main(["查干湖 头鱼", "-i", index, "--no-pager"]) == 0
    capsys.readouterr()
    assert main(["show", "@1", "-i", index, "--color", "always", "--no-pager"]) == 0
    shown = capsys.readouterr().out
    for marked in ("\x1b[1;31m查干湖\x1b[0m", "\x1b[1;31m头鱼\x1b[0m"):
        assert marked in shown
    assert main(["show", "a3", "-i", index, "--color", "always", "--no-pager"]) == 0
    assert "\x1b[1;31m" not in capsys.readouterr().out


def test_the_article_of_a_place_is_marked_as_a_hit_is(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whether its number is that of a hit or of a line of kwic."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr("searchlib.cli.verbs.kwic.is_terminal", lambda _: True)
    index = str(archive / ".search")
    assert main(["kwic", "合作社", "-i", index, "--until", "2023", "--no-pager"]) == 0
    capsys.readouterr()
    assert main(["show", "@1", "-i", index, "--color", "always", "--no-pager"]) == 0
    assert "渔民\x1b[1;31m合作社\x1b[0m增收" in capsys.readouterr().out


def test_places_as_a_table(search: Search, archive: Path) -> None:
    """Each with its article; what a spreadsheet would take for a formula is text."""
    done = search("kwic", "合作社", "--csv", cwd=archive)
    heads, *rows = csv.reader(io.StringIO(done.stdout))
    assert heads[:3] == ["before", "keyword", "after"]
    assert sorted(row[heads.index("headline")] for row in rows) == ["农业丰收", "查干湖冬捕节开幕"]
    assert {row[1] for row in rows} == {"合作社"}
    assert search("kwic", "火星", "--csv", cwd=archive).returncode == 1
    wrong = search("kwic", "合作社", "--csv", "--json", cwd=archive)
    assert (wrong.returncode, "--csv is a table of places" in wrong.stderr) == (2, True)


def test_citations(search: Search, archive: Path) -> None:
    """For a list of references, BibTeX, RIS."""
    plain = search("show", "--cite", "plain", "a1", cwd=archive).stdout
    assert plain == "刘慧, 李明. 查干湖冬捕节开幕[N]. 松原日报, 2023-12-29.\n"
    assert search("show", "a1", "--cite", "bibtex", cwd=archive).stdout.startswith("@article{2023-")
    assert "TY  - NEWS" in search("show", "a1", "--cite", "ris", cwd=archive).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the editor is a script of the shell")
@pytest.mark.parametrize(
    ("name", "arguments"), [("vim", "+3 page.txt"), ("code", "--goto page.txt:3"), ("ed", "page.txt")]
)
def test_a_file_is_opened_where_the_article_begins(
    search: Search, tmp_path: Path, name: str, arguments: str
) -> None:
    """With +N, with --goto, or only by its name, whichever the editor takes."""
    editor = tmp_path / name
    editor.write_text('#!/bin/sh\necho "$@"\n')
    editor.chmod(0o755)
    (tmp_path / "page.txt").write_text(
        "\n\n查干湖冬捕节开幕\n□记者 李明\n本报1月5日讯 查干湖昨日开网。\n", "utf-8"
    )
    search("index", "page.txt", cwd=tmp_path)
    done = search("show", "--open", "page.txt", cwd=tmp_path, EDITOR=str(editor), VISUAL="")
    assert (done.returncode, done.stdout.strip()) == (0, arguments), done.stderr
    os.remove(tmp_path / "page.txt")  # noqa: PTH107
    gone = search("show", "--open", "page.txt#1", cwd=tmp_path, EDITOR=str(editor), VISUAL="")
    assert gone.returncode == 2
    assert "is not there: page.txt" in gone.stderr


def test_several_words_over_time(search: Search, archive: Path) -> None:
    """A table with shares in thousandths, and the object of trends."""
    lines = search("trend", "党建", "--compare", "合作社", "--by", "year", cwd=archive).stdout.splitlines()
    assert [line.split() for line in lines] == [
        ["year", "党建", "‰", "合作社", "‰", "all", "articles"],
        ["2023", "1", "1000.0", "1", "1000.0", "1"],
        ["2024", "1", "1000.0", "0", "0.0", "1"],
    ]
    found = json.loads(search("trend", "党建", "--by", "month", "--json", cwd=archive).stdout)
    assert found["counts"]["党建"][0] == 1
    assert search("trend", "火星", "--by", "year", cwd=archive).returncode == 1
