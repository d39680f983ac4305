"""Completion: what is offered for a line, what it costs, and the scripts in the shells themselves."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from searchlib.cli.completing import behind_break, candidates, words_of
from searchlib.cli.last import remember
from searchlib.cli.routing import load_verb
from searchlib.cli.verb_names import VERBS
from searchlib.cli.verbs.completion import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Callable

    Search = Callable[..., subprocess.CompletedProcess[str]]


def texts(*words: str) -> list[str]:
    """Return the texts of the candidates, a path as its kind."""
    return [one.text or one.kind for one in candidates(words)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([""], list(VERBS)),
        (["st"], ["stats"]),
        (["-i", "x", "st"], ["stats"]),
        (["党建", "st"], []),
        (["--", "st"], []),
        (["why"], [*(verb for verb in VERBS if verb.startswith("why"))]),
        (["党建", "--so"], ["--sort"]),
        (["党建", "--sort", ""], ["relevance", "newest", "oldest", "extra.", "-extra."]),
        (["--sort=n"], ["--sort=newest"]),
        (["stats", "--so"], []),
        (["kwic", "党建", "--measure", "log_d"], ["log_dice"]),
        (["eval", "--j"], ["--json"]),
        (["--where", "aut"], ["authors="]),
        (["--facet", "mon"], ["month"]),
        (["--map", "headline=标题,bo"], []),
        (["index", "--map", "headline=标题,bo"], ["headline=标题,body="]),
        (["--equivalences", "script,n"], ["script,numbers"]),
        (["headl"], ["headline:"]),
        (["trend", "标"], ["标题:"]),
        (["-i", ""], ["dir"]),
        (["index", "-i", ""], ["dir"]),
        (["index", "cor"], ["file"]),
        (["split", ""], ["file"]),
        (["eval", ""], ["dir"]),
        (["help", "sta"], ["stats"]),
        (["completion", ""], ["bash", "zsh", "fish"]),
        (["--frobnicate", ""], list(VERBS)),
        (["stats", "--frobnicate="], []),
        ([], list(VERBS)),
    ],
)
def test_what_is_offered(words: list[str], expected: list[str]) -> None:
    """Verbs, options, values, keys, fields and paths, each where it can stand."""
    assert texts(*words) == expected


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_a_verb_is_offered_with_its_help(verb: str) -> None:
    """Long ones for two dashes, all for one."""
    command = load_verb(verb)
    with click.Context(command) as context:
        options = [o for p in command.get_params(context) if isinstance(p, click.Option) for o in p.opts]
    assert texts(verb, "-") == options
    assert texts(verb, "--") == [name for name in options if name.startswith("--")]
    assert all(one.help for one in candidates([verb, "--"]) if one.text != "--sort")


def test_hits_of_the_last_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By number with the id as help, or by the id's beginning."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert texts("show", "") == []
    remember(tmp_path, ["corpus/a.txt#1", "corpus/b.txt#2"], 10)
    assert [(one.text, one.help) for one in candidates(["show", "@"])] == [
        ("@11", "corpus/a.txt#1"),
        ("@12", "corpus/b.txt#2"),
    ]
    assert texts("like", "corpus/b") == ["corpus/b.txt#2"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("search ", ["search", ""]),
        ("search '\"党建\"' --so", ["search", '"党建"', "--so"]),
        ("search '\"党", ["search", '"党']),
        ('search "a b', ["search", "a b"]),
    ],
)
def test_a_line_up_to_the_cursor(line: str, words: list[str]) -> None:
    """Quotes of the shell are taken away, open ones too."""
    assert words_of(line) == words


def test_bash_gets_what_is_behind_its_break() -> None:
    """Where bash does not break words at the mark, the whole word."""
    found = candidates(["--where=au"])
    assert [one.text for one in behind_break(found, "--where=au", ":=")] == ["authors="]
    assert [one.text for one in behind_break(found, "--where=au", ":")] == ["--where=authors="]


def test_a_press_of_the_tab_key_loads_nothing_heavy(tmp_path: Path, environment: dict[str, str]) -> None:
    """Neither numpy nor the engine, for verbs, options, keys, ids and fields."""
    code = (
        "import sys\nfrom searchlib.cli import main\n"
        "for line in ('', 's', '--', '--where a', '--sort ', 'headl', 'show @', 'index --m'):\n"
        "    main(['completion', 'bash', '--', 'search ' + line, ':='])\n"
        "heavy = {'numpy', 'jieba', 'rjieba', 'whoosh', 'wcwidth', 'searchlib.index', 'prompt_toolkit'}\n"
        "sys.exit(f'loaded: {heavy & set(sys.modules)}' if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


def test_completion_prints_the_script(search: Search, tmp_path: Path) -> None:
    """One for each shell; another shell is an error that names them."""
    for shell, script in SCRIPTS.items():
        assert search("completion", shell, cwd=tmp_path).stdout == script.strip() + "\n"
    done = search("completion", "tcsh", cwd=tmp_path)
    assert (done.returncode, "'bash', 'zsh', 'fish'" in done.stderr) == (2, True)


@pytest.fixture
def command_folder(tmp_path: Path) -> Path:
    """A folder with a command `search` that runs this code, and a folder to complete."""
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "search"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m searchlib "$@"\n')
    command.chmod(0o755)
    (tmp_path / "corpus").mkdir()
    for shell, script in SCRIPTS.items():
        (tmp_path / shell).write_text(script)
    return tmp_path


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("search st", ["stats"]),
        ("search 党建 --sort n", ["newest"]),
        ("search --where=pub", ["publication="]),
        ("search headl", ["headline:"]),
        ("search 标", ["标题:"]),
        ("search index cor", []),
    ],
)
def test_bash_fills_its_replies(
    command_folder: Path, environment: dict[str, str], line: str, expected: list[str]
) -> None:
    """The function of the script, called as readline calls it."""
    code = (
        "source ./bash; compopt() { :; }; COMP_LINE=$1; COMP_POINT=${#1}; _searchlib search; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", code, "bash", line],
        cwd=command_folder,
        env=environment | {"PATH": f"{command_folder / 'bin'}:{environment['PATH']}", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.split() == expected


@pytest.mark.skipif(shutil.which("fish") is None, reason="needs fish")
def test_fish_lists_candidates_with_their_help(command_folder: Path, environment: dict[str, str]) -> None:
    """Asked as the tab key asks."""

    def completed(line: str) -> list[str]:
        code = f"source ./fish; complete -C {line!r}"
        done = subprocess.run(
            ["fish", "--no-config", "-c", code],
            cwd=command_folder,
            env=environment
            | {"PATH": f"{command_folder / 'bin'}:{environment['PATH']}", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout.splitlines()

    assert completed("search sta") == ["stats\tShow what the index holds"]
    assert completed("search 党建 --sort n") == ["newest"]
    assert [line.partition("\t")[0] for line in completed("search index cor")] == ["corpus/"]


SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
}
SETUP = {"bash": "source ./bash", "zsh": "autoload -U compinit; compinit -u; source ./zsh"}


@pytest.mark.parametrize("shell", SHELLS)
def test_the_tab_key_completes_in_a_shell_at_work(
    command_folder: Path, environment: dict[str, str], shell: str
) -> None:
    """A verb, a value, a folder: typed half on a terminal, and run once the tab key has made them whole."""
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    pty = pytest.importorskip("pty", reason="needs a POSIX terminal")
    reader, writer = pty.openpty()
    more = {
        "PATH": f"{command_folder / 'bin'}:{environment['PATH']}",
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
        "PS1": "$ ",
        "HOME": str(command_folder),
        "INPUTRC": "/dev/null",
    }
    process = subprocess.Popen(
        SHELLS[shell],
        cwd=command_folder,
        env=environment | more,
        stdin=writer,
        stdout=writer,
        stderr=writer,
        start_new_session=True,
    )
    os.close(writer)
    try:
        _type(reader, f"{SETUP[shell]}\n")
        shown = _type(reader, "search completion fi\t") + _type(reader, "\n")
        assert "complete -c search" in shown, shown
        _type(reader, "search hel\t")
        assert "Examples:" in _type(reader, "index\n")
    finally:
        process.kill()
        process.wait()
        os.close(reader)


def _type(terminal: int, keys: str) -> str:
    """Type, and return what is shown until nothing more comes."""
    os.write(terminal, keys.encode())
    shown = b""
    end_s = time.monotonic() + 20
    with contextlib.suppress(OSError):
        while time.monotonic() < end_s and select.select([terminal], [], [], 2.0)[0]:
            shown += os.read(terminal, 65536)
    return shown.decode("utf-8", "replace")
