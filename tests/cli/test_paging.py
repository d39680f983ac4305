"""Long output on a terminal goes through the pager; short output and a pipe never do."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from wcwidth import wcswidth

from searchlib.cli.paging import pager_of

termios = pytest.importorskip("termios", reason="needs a POSIX terminal")

Shown = Callable[..., tuple[int, str]]
NUMBERED = "sed s/^/P:/"


@pytest.fixture
def shown(archive: Path, environment: dict[str, str]) -> Shown:
    """Run the command on a terminal of some rows; return its exit code and what is shown."""
    import fcntl  # noqa: PLC0415
    import pty  # noqa: PLC0415

    def run(*args: str, rows: int, pager: str | None = NUMBERED) -> tuple[int, str]:
        reader, writer = pty.openpty()
        fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", rows, 60, 0, 0))
        more = {"TERM": "xterm", "LC_ALL": "C.UTF-8"} | ({"PAGER": pager} if pager is not None else {})
        process = subprocess.Popen(
            [sys.executable, "-m", "searchlib", *args],
            cwd=archive,
            env=environment | more,
            stdin=subprocess.DEVNULL,
            stdout=writer,
            stderr=writer,
        )
        os.close(writer)
        seen = b""
        with contextlib.suppress(OSError):
            while piece := os.read(reader, 65536):
                seen += piece
        os.close(reader)
        return process.wait(), seen.decode("utf-8", "replace").replace("\r\n", "\n")

    return run


@pytest.mark.parametrize(
    "args", [["党建"], ["show", "a1", "a2"], ["党建", "--offset", "0"], ["--help"], ["export"], ["stats"]]
)
def test_what_is_longer_than_the_screen_is_paged_whole(shown: Shown, args: list[str]) -> None:
    """Every line goes through the pager, in order, with the same exit code; else none does."""
    code, paged = shown(*args, rows=4)
    plain_code, plain = shown(*args, "--no-pager", rows=4)
    assert code == plain_code == 0
    assert "P:" not in plain
    lines = paged.removesuffix("\n").split("\n")
    assert all(line.startswith("P:") for line in lines)
    if args[0] == "show":
        assert [line.removeprefix("P:") for line in lines] == plain.removesuffix("\n").split("\n")


def test_what_fits_is_not_paged(shown: Shown) -> None:
    """The pager is not started, and the exit code is that of the answer."""
    code, seen = shown("党建", rows=50)
    assert (code, "P:" in seen) == (0, False)
    assert shown("火星", rows=2) == (1, "search: nothing found for 火星\n")


def test_a_long_remark_is_wrapped_at_words(shown: Shown) -> None:
    """The terminal would break it anywhere."""
    words = "党建 毛线团 火星人 spaceship rocketship steamship airship"
    code, seen = shown(words, "-c", rows=50)
    lines = [line.rstrip() for line in seen.split("\n")[:-2]]
    assert code == 0
    assert len(lines) > 1
    assert max(map(wcswidth, lines)) <= 60
    told = "search: no article has all of {}; shown without: {}"
    assert " ".join(lines) == told.format(words, words.removeprefix("党建 ").replace(" ", ", "))


def test_a_pager_that_is_left_ends_the_command(shown: Shown) -> None:
    """No error, no traceback, no broken pipe."""
    code, seen = shown("export", rows=2, pager="head -n 1 >/dev/null")
    assert (code, seen) == (0, "")


@pytest.mark.parametrize("pager", ["", "cat", "  "])
def test_no_pager_is_no_pager(shown: Shown, pager: str) -> None:
    """As with git."""
    code, seen = shown("export", rows=2, pager=pager)
    assert (code, seen.count("\n")) == (0, 3)


def test_less_is_taken_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless $PAGER names another or the terminal is dumb."""
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    assert pager_of({}) == "less"
    assert pager_of({"PAGER": "most -s"}) == "most -s"
    monkeypatch.setattr("shutil.which", lambda _name: None)
    assert pager_of({}) is None


def test_a_pipe_is_never_paged(archive: Path, environment: dict[str, str]) -> None:
    """Whatever $PAGER says."""
    done = subprocess.run(
        [sys.executable, "-m", "searchlib", "export"],
        cwd=archive,
        env=environment | {"PAGER": NUMBERED, "LINES": "1"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "P:" not in done.stdout
