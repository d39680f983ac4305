"""What each operating system does in its own way, as far as this one can tell."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from searchlib import system
from searchlib.cli import last


@pytest.mark.parametrize(
    ("platform", "variables", "cache", "state"),
    [
        ("linux", {}, "home/.cache", "home/.local/state"),
        ("linux", {"XDG_CACHE_HOME": "c", "XDG_STATE_HOME": "s"}, "c", "s"),
        ("darwin", {}, "home/Library/Caches", "home/Library/Application Support"),
        ("darwin", {"XDG_CACHE_HOME": "c", "XDG_STATE_HOME": "s"}, "c", "s"),
        ("win32", {"LOCALAPPDATA": "local"}, "local", "local"),
        ("win32", {}, None, "home/AppData/Local"),
    ],
)
def test_the_folders_of_the_user_are_those_of_the_system(
    platform: str,
    variables: dict[str, str],
    cache: str | None,
    state: str,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Variables go before."""
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name, value in variables.items():
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setattr(sys, "platform", platform)
    assert system.user_cache_folder() == (cache and tmp_path / cache)
    assert last._file() == tmp_path / state / "searchlib" / "last.json"


@pytest.mark.skipif(sys.platform == "win32", reason="fcntl is not there")
@pytest.mark.parametrize("known", [True, False])
def test_macos_empties_the_cache_of_the_drive(monkeypatch: pytest.MonkeyPatch, *, known: bool) -> None:
    """By F_FULLFSYNC, and where the file system does not know it, by fsync."""
    done: list[object] = []

    def control(_: int, command: int) -> None:
        done.append(command)
        if not known:
            raise OSError(45, "Operation not supported")

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setitem(sys.modules, "fcntl", SimpleNamespace(fcntl=control, F_FULLFSYNC=51))
    monkeypatch.setattr(os, "fsync", lambda _: done.append("fsync"))
    system.force_to_disk(0)
    assert done == ([51] if known else [51, "fsync"])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with names")
def test_only_a_plain_file_is_opened(tmp_path: Path) -> None:
    """Not a link to one, nor a pipe, a folder or a device; one put there after the look neither."""
    (tmp_path / "a").write_text("dear", "utf-8")
    (tmp_path / "link").symlink_to("a")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    with os.fdopen(system.open_plain(tmp_path / "a")) as file:
        assert file.read() == "dear"
    for path in (*(tmp_path / name for name in ("link", "pipe", "folder")), Path(os.devnull)):
        with pytest.raises(system.NotPlainError):
            system.open_plain(path)
    with pytest.raises(FileNotFoundError):
        system.open_plain(tmp_path / "none")
    about = (tmp_path / "a").stat()
    for name in ("link", "pipe"):
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(Path, "lstat", lambda _: about)
            with pytest.raises(system.NotPlainError):
                system.open_plain(tmp_path / name)
