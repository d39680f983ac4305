"""`search serve` as a process: every option, how it begins and ends, what it refuses."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    Search = Callable[..., CompletedProcess[str]]

pytest.importorskip("uvicorn", reason="the extra web is not installed")
pytest.importorskip("starlette", reason="the extra web is not installed")
MOST_S = 20


def test_it_serves_until_it_is_interrupted(archive: Path, environment: dict[str, str]) -> None:
    """Ready soon, the address on standard error, every option read, exit code 0 after Ctrl-C."""
    line = (
        "serve --port 0 --host 127.0.0.1 --allow-host archive.example --url http://archive.example/a "
        "--pages . --cors https://other.example --max-seconds 3 --title 松原档案 "
        "--facet publication --facet kind"
    )
    start = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "searchlib", *line.split()],
        cwd=archive,
        env=environment,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", said)
        assert found, said
        with urlopen(f"{found[0]}api/search?q=%E5%85%9A%E5%BB%BA", timeout=MOST_S) as answer:  # noqa: S310
            assert json.load(answer)["total"] == 2
        ready_s = time.monotonic() - start
        asked = Request(found[0], headers={"Host": "archive.example", "Accept-Language": "zh"})  # noqa: S310
        with urlopen(asked, timeout=MOST_S) as answer:  # noqa: S310
            page = answer.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(MOST_S) == 0
    assert "松原档案" in page
    assert "青岛日报" in page
    assert ready_s < MOST_S


def test_mcp_ends_with_its_input(search: Search, archive: Path, tmp_path: Path) -> None:
    """With nothing on standard output but the protocol; its options are read."""
    pytest.importorskip("mcp", reason="the extra mcp is not installed")
    done = search("mcp", "-i", archive / ".search", "--max-seconds", "3", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert search("mcp", "--max-seconds", "0", cwd=archive).returncode == 2
    assert search("mcp", "--index", "nowhere", cwd=tmp_path).returncode == 2


def run_code(code: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own."""
    argv = [sys.executable, "-c", code]
    return subprocess.run(argv, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_no_connection_goes_out(archive: Path, environment: dict[str, str]) -> None:
    """One socket listens; an audit hook of Python's sees no other name and no other address."""
    code = (
        "import sys, threading, urllib.request\n"
        "seen = []\n"
        "events = {'socket.connect', 'socket.getaddrinfo', 'socket.bind'}\n"
        "sys.addaudithook(lambda event, args: event in events "
        "and seen.append((event, args[-1] if event != 'socket.getaddrinfo' else args[0])))\n"
        "import uvicorn\n"
        "def run(self, sockets):\n"
        "    port = sockets[0].getsockname()[1]\n"
        "    threading.Thread(target=ask, args=(self, port), daemon=True).start()\n"
        "    original(self, sockets)\n"
        "def ask(server, port):\n"
        "    while not server.started: pass\n"
        "    for path in ('', '?q=x', 'api/stats', 'help', 'trend?q=x'):\n"
        "        urllib.request.urlopen(f'http://127.0.0.1:{port}/{path}').read()\n"
        "    server.should_exit = True\n"
        "original, uvicorn.Server.run = uvicorn.Server.run, run\n"
        "from searchlib.cli import main\n"
        "code = main(['serve', '--port', '0'])\n"
        "hosts = {one[0] if isinstance(one, tuple) else one for _, one in seen}\n"
        "sys.exit(code or (None if hosts == {'127.0.0.1'} else f'{seen}'))"
    )
    done = run_code(code, archive, environment)
    assert done.returncode == 0, done.stderr


def test_small_answers_are_sent_at_once() -> None:
    """On a connection that is kept: a socket without its protocol's name costs 40 ms an answer."""
    from searchlib.cli.verbs.serve import _listening  # noqa: PLC0415

    with _listening("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_a_port_that_is_taken_is_said(search: Search, archive: Path) -> None:
    """One line, exit code 2."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = search("serve", "--port", port, cwd=archive)
    assert done.returncode == 2
    assert done.stderr.startswith(f"search: cannot listen at 127.0.0.1:{port}: ")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--host", "192.0.2.1"], "--allow-host NAME, or --url URL"),
        (["--pages", "nowhere"], "nowhere"),
        (["--port", "70000"], "70000"),
        (["--url", "archive.example"], "an address such as https://archive.example/"),
        (["-i", "nowhere.idx"], "no index at nowhere.idx"),
    ],
)
def test_what_cannot_be_served_is_refused(
    search: Search, archive: Path, args: list[str], message: str
) -> None:
    """Before anything listens."""
    done = search("serve", *args, cwd=archive)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_it_opens_the_browser_when_asked(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve --open` launches the address; without the extra the message says what to install."""
    from searchlib.cli import main  # noqa: PLC0415

    launched: list[str] = []
    monkeypatch.setattr("click.launch", launched.append)
    monkeypatch.setattr("uvicorn.Server.run", lambda *_, **__: None)
    assert main(["serve", "--open", "--port", "0", "-i", str(archive / ".search")]) == 0
    assert launched[0].startswith("http://127.0.0.1:")
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert main(["serve", "--index", str(archive / ".search")]) == 2


def test_without_its_extra_it_says_what_to_install(archive: Path, environment: dict[str, str]) -> None:
    """One line with the cure."""
    code = (
        "import sys\nsys.modules['jinja2'] = None\nfrom searchlib.cli import main\n"
        "sys.exit(main(['serve', '--port', '0']))"
    )
    done = run_code(code, archive, environment)
    assert done.returncode == 2
    assert "needs jinja2; install it with: pip install" in done.stderr
