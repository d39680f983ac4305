"""The command among other processes: pipes, signals, locales, start-up."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

from searchlib.cli import border, main
from searchlib.native import engine

if TYPE_CHECKING:
    from collections.abc import Callable

    Search = Callable[..., subprocess.CompletedProcess[str]]


def test_a_reader_that_goes_away_is_no_error(environment: dict[str, str]) -> None:
    """`search help | head -0` says nothing."""
    command = [sys.executable, "-m", "searchlib", "help"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == border.PIPE_CLOSED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full disk to try")
def test_a_full_disk_is_one_line(environment: dict[str, str]) -> None:
    """An answer that could not be written whole is an error."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "searchlib", "help"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment,
            encoding="utf-8",
            check=False,
        )
    assert (done.returncode, done.stderr.count("\n")) == (border.FAILED, 1)
    assert done.stderr.startswith("search: ")


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
def test_closed_streams(environment: dict[str, str]) -> None:
    """Output that nobody wants is not written, and nothing crashes."""
    line = f'"{sys.executable}" -m searchlib help >&- 2>&- <&-'
    assert subprocess.run(["sh", "-c", line], env=environment, check=False).returncode == 0


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "gbk"}]
)
def test_output_is_utf8_whatever_the_locale(search: Search, tmp_path: Path, locale: dict[str, str]) -> None:
    """Both streams."""
    assert "党建" in search("help", cwd=tmp_path, **locale).stdout
    assert "党建" in search("help", "党建", cwd=tmp_path, **locale).stderr


def on_terminal(args: list[str], environment: dict[str, str], cwd: Path) -> str:
    """Run the command with both outputs on a terminal of 40 columns, and return what arrived there."""
    pty = pytest.importorskip("pty", reason="needs a POSIX terminal")
    reader, writer = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "searchlib", *args],
        cwd=cwd,
        env=environment | {"COLUMNS": "40", "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        stdout=writer,
        stderr=writer,
    )
    os.close(writer)
    shown = b""
    with contextlib.suppress(OSError):  # Linux says EIO when the last writer is gone
        while piece := os.read(reader, 65536):
            shown += piece
    os.close(reader)
    assert process.wait() == 0
    return shown.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_gets_colour_and_lines_that_fit(archive: Path, environment: dict[str, str]) -> None:
    """Marks are red, and no line is wider than the terminal."""
    shown = on_terminal(["党建", "--facet", "publication"], environment, archive)
    assert "\x1b[1;31m党建" in shown
    assert max(wcswidth(re.sub(r"\x1b\[[0-9;]*m", "", line)) for line in shown.split("\n")) <= 40


def test_progress_is_shown_and_wiped(articles: Path, environment: dict[str, str]) -> None:
    """While files are read, one line is written over; at the end only the report is left."""
    shown = on_terminal(["index", "corpus"], environment, articles.parent)
    progress, _, report = shown.rpartition("\r\x1b[K")
    assert "/1 " in progress
    assert report.startswith("3 articles added")


def test_ctrl_c_is_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, no traceback."""

    def interrupted(_args: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(border, "_run", interrupted)
    assert main([]) == border.INTERRUPTED
    assert capsys.readouterr().err == "search: interrupted\n"


def test_help_loads_nothing_heavy(tmp_path: Path, environment: dict[str, str]) -> None:
    """Neither the engine nor its packages are imported before they are needed."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "searchlib", "--help"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "searchlib.cli" in loaded
    heavy = {"numpy", "whoosh", "jieba", "rjieba", "wcwidth", "charset_normalizer", "searchlib.index"}
    assert not loaded & heavy


LOADED = """
import sys
from searchlib.cli import main
code = main(sys.argv[2:])
print(*sorted(set(sys.argv[1].split()) & set(sys.modules)), file=sys.stderr)
sys.exit(code)
"""
ENGINES = "click jieba logging numpy rjieba wcwidth whoosh"
STANDARD = "dataclasses hashlib inspect"


@pytest.mark.skipif(engine().kernel is None, reason="without the kernel numpy answers")
@pytest.mark.parametrize(
    ("words", "heavy"),
    [
        (["党建"], f"{ENGINES} {STANDARD}"),
        (["党建", "引领", "合作社"], f"{ENGINES} {STANDARD}"),
        (["查干湖哪里可以看党建引领合作社"], ENGINES),
        (["党建引顶基层治理"], ENGINES),
        (["没有", "查干湖", "的词"], ENGINES),
    ],
)
def test_a_plain_search_loads_only_what_it_needs(
    archive: Path, environment: dict[str, str], words: list[str], heavy: str
) -> None:
    """No tokenizer, numpy, Whoosh or click, and nothing for a terminal; nor where a suggestion is made."""
    command = [sys.executable, "-c", LOADED, heavy, *words]
    if "SEARCHLIB_CUT" in environment:
        pytest.skip("SEARCHLIB_CUT asks for an engine")
    done = subprocess.run(
        command, cwd=archive, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "")


@pytest.mark.parametrize(
    "words", [["党建"], ["党建", "引领"], ["党建", "-会议"], ["没有的词"], ['"党建'], ["。"]]
)
def test_the_short_way_answers_as_click_does(search: Search, archive: Path, words: list[str]) -> None:
    """The same lines, remarks and exit code; only the time differs."""
    plain, named = search(*words, cwd=archive), search(*words, "--offset", "0", cwd=archive)
    assert (plain.returncode, plain.stderr) == (named.returncode, named.stderr)
    shown, expected = (re.sub(r"[0-9.]+ ms", "", done.stdout) for done in (plain, named))
    assert shown == expected
    other = search("-i", archive / ".search", *words, cwd=archive.parent)
    assert (other.returncode, other.stderr) == (plain.returncode, plain.stderr)


def test_bars_wider_than_the_terminal_go_on_below(
    tmp_path: Path, search: Search, environment: dict[str, str]
) -> None:
    """Sixty months on forty columns: forty bars and twenty."""
    lines = (f'{{"body": "冬捕", "date": "{2019 + n // 12}-{n % 12 + 1:02}-01"}}' for n in range(60))
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    assert search("index", "a.jsonl", cwd=tmp_path).returncode == 0
    shown = on_terminal(["trend", "冬捕", "--no-pager"], environment, tmp_path).split("\n")
    assert shown[-3:] == ["█" * 40, "█" * 20, ""]
