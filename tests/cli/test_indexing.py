"""`search index` while it runs: progress, and --watch."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from searchlib.cli.progress import Pace

if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]


def test_nothing_is_said_of_the_pace_before_it_is_known() -> None:
    """Not in the first second, and not while nothing is done."""
    pace = Pace(0.0)
    pace.note(5, 0.5)
    assert pace.say_rate(10) == []
    pace = Pace(0.0)
    pace.note(0, 5.0)
    assert pace.say_rate(10) == []


def test_the_pace_is_that_of_the_last_seconds() -> None:
    """Ten thousand unchanged files at the start do not make the rest look fast."""
    pace = Pace(0.0)
    pace.note(10_000, 1.0)
    for second in range(2, 100):
        pace.note(10_000 + 2 * (second - 1), float(second))
    rate, left = pace.say_rate(10_796)
    assert (rate, left) == ("2.0 files/s", "5 min left")


def test_records_with_a_map(search: Search, tmp_path: Path) -> None:
    """`--map` names the keys, for indexing and for a look before."""
    (tmp_path / "a.json").write_text('{"数据": [{"标题": "冬捕开网", "文": {"正": "查干湖"}}]}', "utf-8")
    told = ["--map", "headline=标题,body=文.正"]
    assert "冬捕开网" in search("split", "a.json", *told, cwd=tmp_path).stdout
    assert search("index", "a.json", *told, cwd=tmp_path).stdout.startswith("1 article added")
    assert "冬捕开网" in search("查干湖", cwd=tmp_path).stdout
    done = search("index", "a.json", "--map", "标题", cwd=tmp_path)
    assert (done.returncode, "is not FIELD=KEY" in done.stderr) == (2, True)
    done = search("index", "a.json", "--map", "head=标题", cwd=tmp_path)
    assert (done.returncode, "map='head' is not allowed" in done.stderr) == (2, True)


def test_every_file_can_be_read_anew(search: Search, tmp_path: Path) -> None:
    """Also one that looks unchanged."""
    (tmp_path / "a.txt").write_text("党建引领\n\n党建引领基层治理。\n", "utf-8")
    search("index", "a.txt", cwd=tmp_path)
    assert "1 unchanged" in search("index", "a.txt", cwd=tmp_path).stdout
    anew = search("index", "--anew", "a.txt", cwd=tmp_path)
    assert (anew.returncode, anew.stderr) == (0, "")
    assert search("引领", "-c", cwd=tmp_path).stdout == "1\n"


def test_records_without_a_text_are_said(search: Search, tmp_path: Path) -> None:
    """They are added, since a subtitle or a name may be all there is; nobody learns of it later."""
    (tmp_path / "a.jsonl").write_text(
        '{"id": "1", "body": "党建"}\n{"id": "2", "headline": "", "subtitle": "引领"}\n', "utf-8"
    )
    done = search("index", "a.jsonl", cwd=tmp_path)
    assert "1 article with neither headline nor body" in done.stderr


def test_keys_that_are_kept_and_not_searched_are_named(search: Search, tmp_path: Path) -> None:
    """With the command that has them searched; who asks for such a key as a field is told of the filter."""
    record = {"headline": "甲", "body": "乙", "section": "体育", "url": "a.example"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), "utf-8")
    done = search("index", "a.jsonl", cwd=tmp_path)
    cure = "search index --convert --field section=1"
    assert f"kept, not searched: section 1; to search there too: {cure}\n" in done.stderr
    asked = search("section:体育", cwd=tmp_path)
    told = "1 article with this as a key of the record: --where extra.section=体育"
    assert (asked.returncode, told in asked.stderr) == (1, True)
    assert search("--where", "extra.section=体育", "-c", cwd=tmp_path).stdout == "1\n"
    assert search("section:文化", cwd=tmp_path).stderr == "search: nothing found for section:文化\n"
    assert search(*cure.split()[1:], cwd=tmp_path).returncode == 0
    assert search("体育", "-c", cwd=tmp_path).stdout == "1\n"


@pytest.mark.parametrize("verb", [[], ["stats"], ["serve"], ["kwic"]])
def test_a_file_is_no_index(search: Search, tmp_path: Path, verb: list[str]) -> None:
    """Whoever names the records instead of the index is told so, and they stay as they are."""
    (tmp_path / "a.jsonl").write_text("{}")
    words = ["湖"] if verb in ([], ["kwic"]) else []
    done = search(*verb, *words, "-i", "a.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (2, "search: a.jsonl is a file; an index is a folder.\n")
    assert (tmp_path / "a.jsonl").read_text() == "{}"


def test_doctor_shows_what_was_skipped(search: Search, tmp_path: Path) -> None:
    """With the reason, and without calling the index ill."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("冬捕", "utf-8")
    (tmp_path / "in" / "b.json").write_text("{", "utf-8")
    search("index", "in", cwd=tmp_path)
    done = search("doctor", cwd=tmp_path)
    [line] = [line for line in done.stdout.splitlines() if "skipped" in line]
    assert line.split(maxsplit=3)[:3] == ["note", "skipped", "in/b.json:"]
    assert "is no JSON" in line
    assert done.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT for one process")
def test_watch_takes_in_every_change(tmp_path: Path) -> None:
    """A new file, a changed one and one that is gone each make a line; Ctrl-C ends it well."""
    (tmp_path / "in").mkdir()
    page = tmp_path / "in" / "a.txt"
    page.write_text("冬捕", "utf-8")
    command = [sys.executable, "-m", "searchlib", "index", "in", "--watch"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("1 article added")
            (tmp_path / "in" / "b.txt").write_text("农业", "utf-8")
            assert process.stdout.readline().startswith("1 article added, 0 updated, 0 removed, 1 unchanged")
            page.unlink()
            assert process.stdout.readline().startswith("0 articles added, 0 updated, 1 removed")
            time.sleep(0.3)  # into the pause
            process.send_signal(signal.SIGINT)
            assert process.wait(60) in {0, 130}  # 130 when it was looking just then
        finally:
            process.kill()  # else a failure waits for ever


def test_reprints_are_said_below_their_original(search: Search, tmp_path: Path) -> None:
    """The earliest is shown, how many others there are, where and when."""
    body = "查干湖冬捕今天开始，渔民在冰面上开网，鱼获颇丰，" * 3
    records = [
        {
            "id": str(n),
            "headline": f"冬捕{n}",
            "body": body,
            "date": f"2024-01-0{9 - n}",
            "publication": paper,
        }
        for n, paper in enumerate(["松原日报", "吉林日报", "城市晚报"])
    ]
    (tmp_path / "a.json").write_text(json.dumps(records), "utf-8")
    search("index", "a.json", cwd=tmp_path)
    done = search("冬捕", "--group", "reprints", cwd=tmp_path)
    assert done.stdout.startswith("1  冬捕2\n")
    assert "   2 reprints: 吉林日报 2024-01-08 · 松原日报 2024-01-09\n" in done.stdout
    [hit] = json.loads(search("冬捕", "--group", "reprints", "--json", cwd=tmp_path).stdout)["hits"]
    assert [other["id"] for other in hit["reprints"]] == ["a.json#1", "a.json#0"]


def test_own_fields_on_the_command_line(search: Search, tmp_path: Path) -> None:
    """Made with an index, searched by name, kept, converted; another set is refused with the cure."""
    lines = ['{"id": "a", "title": "扩建", "tags": ["民航"], "stars": 3}', '{"headlin": "x"}']
    lines.append('{"id": "b", "title": "民航", "tags": "旅游", "stars": 12}')
    (tmp_path / "r.jsonl").write_text("\n".join(lines), "utf-8")
    done = search("index", "--field", "tags=2", "r.jsonl", cwd=tmp_path)
    assert done.stdout.startswith("2 articles added")
    assert "skipped r.jsonl: line 2: has neither 'headline' nor 'body'" in done.stderr
    assert search("tags:民航", "-c", cwd=tmp_path).stdout == "1\n"
    for order, first in (("extra.stars", "扩建"), ("-extra.stars", "民航")):
        assert search("", "--sort", order, cwd=tmp_path).stdout.startswith(f"1  {first}\n")
    wrong = search("民航", "--sort", "extra.star", cwd=tmp_path)
    assert (wrong.returncode, "(extra.stars, extra.tags)" in wrong.stderr) == (2, True)
    other = search("index", "r.jsonl", "--field", "tags=3", cwd=tmp_path)
    assert other.returncode == 2
    assert "search index --convert --field tags=3 -i .search" in other.stderr
    converted = search("index", "--convert", "--field", "tags=3,stars", cwd=tmp_path)
    assert converted.stdout == "2 articles cut anew, 0 as they were → .search\n"
    assert search("stars:12", "-c", cwd=tmp_path).stdout == "1\n"
    assert search("index", "r.jsonl", cwd=tmp_path).stdout.startswith(
        "0 articles added, 0 updated, 0 removed, 2 un"
    )
    assert search("index", "r.jsonl", "--field", "tags=x", cwd=tmp_path).returncode == 2


def test_filters_by_a_key_that_looks_like_an_option(search: Search, tmp_path: Path) -> None:
    """`-extra.KEY` is the value of --sort wherever that stands."""
    (tmp_path / "r.jsonl").write_text(
        '{"id": "a", "title": "湖", "n": 1}\n{"id": "b", "title": "湖", "n": 2}', "utf-8"
    )
    search("index", "r.jsonl", cwd=tmp_path)
    for arguments in (["湖", "--sort", "-extra.n"], ["--sort=-extra.n", "湖"], ["--sort", "-extra.n", "湖"]):
        found = json.loads(search(*arguments, "--json", cwd=tmp_path).stdout)["hits"]
        assert [hit["id"].partition("#")[2] for hit in found] == ["b", "a"]
