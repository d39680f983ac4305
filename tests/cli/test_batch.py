"""Many questions from standard input, as a process."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from searchlib.evaluation import read_run

if TYPE_CHECKING:
    from collections.abc import Callable

    Search = Callable[..., subprocess.CompletedProcess[str]]
    Batch = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def batch(archive: Path, environment: dict[str, str]) -> Batch:
    """Run the command on the archive with standard input given."""

    def run(typed: str | bytes, *args: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "searchlib", *args],
            cwd=archive,
            env=environment,
            input=typed.encode() if isinstance(typed, str) else typed,
            capture_output=True,
            timeout=60,
            check=False,
        )

    return run


@pytest.mark.parametrize("words", [["-"], ["query", "-"]])
def test_a_batch_answers_as_single_queries_do(
    batch: Batch, search: Search, archive: Path, words: list[str]
) -> None:
    """Each line of JSON is what the query alone gives, with its id before; only the time differs."""
    queries = ["党建 引领", "冬捕 -农业", '"合作社"', "headline:农业"]
    done = batch("".join(f"q{n}\t{query}\n" for n, query in enumerate(queries)), *words, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer.pop("query_id") for answer in answers] == ["q0", "q1", "q2", "q3"]
    for query, answer in zip(queries, answers, strict=True):
        alone = json.loads(search(query, "--json", cwd=archive).stdout)
        assert {**alone, "took_ms": 0} == {**answer, "took_ms": 0}


def test_lines_have_the_query_and_the_rank(batch: Batch) -> None:
    """A hit a line, named by its query; a query without an id goes by the number of its line."""
    done = batch("党建\r\n\r\n  冬捕\r\n", "-", "--jsonl", "-n", "1", "--offset", "0")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["query_id"], line["query"], line["rank"]) for line in lines] == [
        ("1", "党建", 1),
        ("3", "冬捕", 1),
    ]
    assert lines[1]["id"] == "articles.jsonl#a1"
    (second,) = batch("党建", "-", "--jsonl", "-n", "1", "--offset", "1").stdout.splitlines()
    assert json.loads(second)["rank"] == 2
    assert batch("a\t党建\nb\t火星", "-", "--count").stdout.decode() == "a\t2\nb\t0\n"


def test_a_run_is_read_back(batch: Batch, search: Search, archive: Path, tmp_path: Path) -> None:
    """What --trec writes, `search eval --run` reads: ids of the queries and of what they found, in order."""
    done = batch("q1\t党建\nq2\t农业 丰收\n", "-", "--trec")
    (tmp_path / "mine.run").write_bytes(done.stdout)
    run = read_run(tmp_path / "mine.run")
    for query, words in (("q1", "党建"), ("q2", "农业 丰收")):
        hits = json.loads(search(words, "--json", cwd=archive).stdout)["hits"]
        assert run[query] == [hit["id"] for hit in hits]
    assert search("农业 丰收", "--trec", cwd=archive).stdout == "1\tQ0\tarticles.jsonl#a3\t1\t1\tsearchlib\n"


def test_a_line_that_cannot_be_asked_is_named_and_the_rest_goes_on(batch: Batch) -> None:
    """The number of the line and the reason; exit 2, whatever was found."""
    typed = "a\t冬捕\nb\t(党建\na\t农业\n\t没有\nc\t\n".encode() + b"\xff\xfe\n" + "农业\n".encode()
    done = batch(typed, "-", "--trec")
    assert done.returncode == 2
    assert [line.split("\t")[:3:2] for line in done.stdout.decode().splitlines()] == [
        ["a", "articles.jsonl#a1"],
        ["7", "articles.jsonl#a3"],
    ]
    bracket, again, no_id, no_query, encoding = done.stderr.decode().splitlines()
    assert bracket.startswith("search: line 2: a bracket is not closed at column 1")
    assert again == "search: line 3: the id a has come before"
    assert no_id == "search: line 4: has no id before the tab"
    assert no_query == "search: line 5: has no query after the id"
    assert encoding == "search: line 6: is not UTF-8"


def test_what_the_answer_does_not_take_literally_is_said_with_its_line(batch: Batch) -> None:
    """Words left out and empty answers; exit 1 when no query found anything."""
    done = batch("农业\n党建引领 火星\n", "-", "-c")
    assert (
        done.stderr.decode() == "search: line 2: no article has all of 党建引领 火星; shown without: 火星\n"
    )
    done = batch("kwik 党建引领\n", "-", "-c")
    assert done.stderr.decode().count("\n") == 1, "a line is a query: no verb is meant"
    done = batch("\ufeff火星\n", "-", "--jsonl")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == "search: line 1: nothing found for 火星\n"
    done = batch("\n", "-", "--jsonl")
    assert (done.returncode, done.stderr) == (1, b"search: no query on standard input\n")


def test_a_wrong_option_ends_the_batch_at_once(batch: Batch) -> None:
    """It is wrong for every line."""
    done = batch("农业\n党建\n", "-", "--since", "昨天")
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    done = batch("农业\n", "-", "-l")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"take --jsonl or --trec" in done.stderr


def test_answers_below_each_other(batch: Batch) -> None:
    """Without a form each answer stands below its query."""
    lines = batch("q1\t农业丰收\nq2\t火星\n冬捕", "-").stdout.decode().splitlines()
    assert lines[:2] == ["q1: 农业丰收", "1  农业丰收"]
    assert lines[lines.index("3: 冬捕") + 1] == "1  查干湖冬捕节开幕"


def test_an_answer_comes_before_the_next_question(archive: Path, environment: dict[str, str]) -> None:
    """Another program can ask line by line and read line by line."""
    command = [sys.executable, "-m", "searchlib", "-", "--jsonl"]
    with subprocess.Popen(
        command, cwd=archive, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for query, found in (("农业丰收", "articles.jsonl#a3"), ("冬捕", "articles.jsonl#a1")):
            process.stdin.write(f"{query}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == found
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0


def test_a_dash_can_still_be_searched_for(search: Search, archive: Path) -> None:
    """After `--` it is a word, and beside others it always was."""
    done = search("--", "-", cwd=archive)
    assert (done.returncode, done.stderr) == (1, "search: nothing found for -\n")
    assert search("-", "农业", "-c", cwd=archive).stdout == "1\n"


def test_a_query_typed_on_a_terminal_is_answered_at_once(archive: Path, environment: dict[str, str]) -> None:
    """No pager holds back an answer that somebody waits for."""
    pty = pytest.importorskip("pty", reason="needs a POSIX terminal")
    reader, writer = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "searchlib", "-", "--count"],
        cwd=archive,
        env=environment | {"TERM": "xterm"},
        stdin=writer,
        stdout=writer,
        stderr=writer,
    )
    os.close(writer)
    try:
        os.write(reader, "党建\n".encode())
        shown = b""
        end_s = time.monotonic() + 30
        while b"1\t2" not in shown and time.monotonic() < end_s:
            if select.select([reader], [], [], 0.1)[0]:
                shown += os.read(reader, 1024)
        assert b"1\t2" in shown
        os.write(reader, b"\x04")
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
        os.close(reader)
