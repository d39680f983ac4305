"""Searching as one types: what is shown and chosen, and the screen of a real terminal."""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import MakeIndex
from wcwidth import wcswidth

from searchlib import MissingExtraError
from searchlib.cli.interactive import Session, interact
from searchlib.cli.last import last_ids, marks_of
from searchlib.cli.searching import Question

BODY = "查干湖冬捕节开幕，头鱼拍出高价。" * 3


@pytest.fixture
def session(make_index: MakeIndex) -> Session:
    """A session on an index of 25 articles that have 冬捕."""
    index = make_index(*({"id": f"{n:02}", "headline": f"冬捕{n}", "body": BODY} for n in range(25)))
    return Session(index, Question("-", color="never"))


def numbers(lines: list[str]) -> list[str]:
    """Return the numbers of the hits that begin in *lines*, the chosen one with its sign."""
    return [match[0].replace(" ", "") for line in lines if (match := re.match(r"[> ] +\d+(?=  )", line))]


def test_a_page_is_shown_and_turned(session: Session) -> None:
    """Ten hits, the first chosen; the pages go to the last and no further."""
    session.show(session.ask("冬捕"))
    assert numbers(session.lines(80, 100)) == [">1", *map(str, range(2, 11))]
    assert session.other_page(-1) is None
    assert session.status(80).startswith("1–10 of 25 · ")
    for offset, last in ((10, "20"), (20, "25")):
        assert session.other_page(1) == offset
        session.show(session.ask("冬捕", offset))
        assert numbers(session.lines(80, 100))[-1] == last
    assert session.other_page(1) is None
    assert session.other_page(-1) == 10


@pytest.mark.parametrize(("columns", "rows"), [(80, 22), (30, 8), (20, 3), (120, 40)])
def test_the_chosen_hit_is_always_in_sight(session: Session, columns: int, rows: int) -> None:
    """Going down and up again, on any terminal, and no line is wider than it."""
    session.show(session.ask("冬捕"))
    for step, last in ((1, 10), (-1, 1)):
        for _ in range(12):
            lines = session.lines(columns, rows)
            assert len(lines) <= rows
            assert max(map(wcswidth, lines)) <= columns
            assert f">{session.chosen + 1}" in numbers(lines)
            session.move(step)
        assert session.chosen + 1 == last


def test_an_article_is_opened_and_scrolled_to_its_end(session: Session) -> None:
    """The chosen one; moving scrolls then, and stops at the last line."""
    session.show(session.ask("冬捕", 10))
    session.move(2)
    session.open()
    top = session.lines(20, 4)
    assert re.fullmatch(r"冬捕\d+", top[0])
    session.move(100)
    assert session.lines(20, 4)[-1].endswith("高价。")
    session.move(-100)
    assert session.lines(20, 4) == top


def test_an_open_article_is_marked_and_begins_at_its_first_mark(make_index: MakeIndex) -> None:
    """Also below the screen, and where brackets are still open; what was asked is kept for `search show`."""
    index = make_index({"id": "1", "headline": "开幕", "body": "湖面结冰。\n" * 30 + "头鱼拍出高价。"})
    session = Session(index, Question("-", color="always"))
    for query in ("头鱼", "(头鱼"):
        session.show(session.ask(query))
        session.open()
        lines = session.lines(40, 6)
        assert "\x1b[1;31m头鱼\x1b[0m拍出高价。" in lines
        session.move(-100)
        assert "开幕" in session.lines(40, 6)[0]
    session.keep()
    article = session.answer.results[0].article if session.answer.results else None
    assert article is not None
    assert marks_of(index, article) is not None


def test_whatever_is_typed_has_an_answer(session: Session) -> None:
    """Nothing, half a phrase, and what nothing has."""
    told = {
        "  ": "↑↓",
        "火星": "nothing found for 火星",
        '"火星': "nothing found",
        "(": "nothing found for (",
    }
    for query, status in told.items():
        session.show(session.ask(query))
        assert session.lines(80, 22) == []
        assert session.status(120).startswith(status)
        session.open()
        assert not session.is_open


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ('"冬捕', "a quotation mark is not closed"),
        ("(冬捕", "a bracket is not closed at column 1: closed at the end"),
        ("冬捕 OR", "OR lacks a word"),
        ("冬捕 date:20", "this is no date at column 9"),
    ],
)
def test_half_a_query_is_answered(session: Session, query: str, said: str) -> None:
    """While it is typed what it has so far is searched for, and the last row says what was mended."""
    session.show(session.ask(query))
    assert len(numbers(session.lines(80, 100))) == 10
    assert session.status(200).startswith("1–10 of 25 · ")
    assert said in session.status(200)


def test_the_last_page_is_kept_for_show(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`search show @12` after the second page."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    answer = session.ask("冬捕", 10)
    session.show(answer)
    session.keep()
    assert answer.results is not None
    assert last_ids()["@12"] == answer.results[1].id


def test_without_prompt_toolkit_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install."""
    monkeypatch.setitem(sys.modules, "prompt_toolkit", None)
    with pytest.raises(MissingExtraError, match=r"pip install prompt_toolkit .* '\.\[interactive\]'"):
        interact(Question("-"))


class Terminal:
    """The command on a terminal whose screen can be read."""

    def __init__(self, cwd: Path, environment: dict[str, str], columns: int, rows: int) -> None:
        import pty  # noqa: PLC0415

        import pyte  # noqa: PLC0415

        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._terminal, writer = pty.openpty()
        self.resize(columns, rows)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "searchlib", "-"],
            cwd=cwd,
            env=environment | {"TERM": "xterm", "LC_ALL": "C.UTF-8"},
            stdin=writer,
            stdout=writer,
            stderr=writer,
            start_new_session=True,
        )
        os.close(writer)

    def resize(self, columns: int, rows: int) -> None:
        """Make the terminal larger or smaller."""
        import fcntl  # noqa: PLC0415
        import signal  # noqa: PLC0415
        import termios  # noqa: PLC0415

        self.screen.resize(rows, columns)
        self.screen.reset()
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        if hasattr(self, "process"):
            self.process.send_signal(signal.SIGWINCH)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._terminal, keys.encode())

    def wait_for(self, text: str) -> list[str]:
        """Return the rows of the screen once *text* stands on it."""
        end_s = time.monotonic() + 30
        while time.monotonic() < end_s:
            rows = [_row(self.screen.buffer[y], self.screen.columns) for y in range(self.screen.lines)]
            if any(text in row for row in rows):
                return rows
            with contextlib.suppress(OSError):
                if select.select([self._terminal], [], [], 0.1)[0]:
                    self._stream.feed(os.read(self._terminal, 65536))
        raise AssertionError(f"{text!r} is not on the screen:\n" + "\n".join(rows))

    def end(self) -> None:
        """End the command, whatever it does."""
        self.process.kill()
        self.process.wait()
        os.close(self._terminal)


def _row(cells: Any, columns: int) -> str:
    return "".join(cells[x].data for x in range(columns)).rstrip()


def test_a_real_terminal(archive: Path, environment: dict[str, str], tmp_path: Path) -> None:
    """Typed, chosen, opened, back, made narrower, quit: each seen on the screen of 80 by 24."""
    pytest.importorskip("pty", reason="needs a POSIX terminal")
    pytest.importorskip("prompt_toolkit")
    pytest.importorskip("pyte")
    terminal = Terminal(archive, environment | {"XDG_STATE_HOME": str(tmp_path)}, 80, 24)
    try:
        terminal.wait_for("search>")
        terminal.type("党建引领")
        rows = terminal.wait_for("1–2 of 2")
        assert rows[0] == "search> 党建引领"
        assert rows[1] == "> 1  党建引领基层治理"
        terminal.type("\x1b[B")
        rows = terminal.wait_for("> 2  查干湖冬捕节开幕")
        assert rows[1] == "  1  党建引领基层治理"
        terminal.type("\r")
        rows = terminal.wait_for("stars: 3")
        assert rows[1] == "查干湖冬捕节开幕"
        terminal.type("\x1b")
        terminal.wait_for("> 2  查干湖冬捕节开幕")
        terminal.resize(30, 10)
        terminal.wait_for("> 2  查干湖冬捕节开幕")
        terminal.type("\x03")
        assert terminal.process.wait(timeout=30) == 0
    finally:
        terminal.end()
    assert json.loads((tmp_path / "searchlib" / "last.json").read_text())["ids"] == [
        "articles.jsonl#a2",
        "articles.jsonl#a1",
    ]
