"""No network, and no file outside the index and the user's cache folder but temporary ones without a name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = r"""
import json, os, sys

index, corpus, *others = sys.argv[1:]
homes = tuple(os.path.realpath(path) + os.sep for path in (index, *others))
found = []
CHANGES = {"mkdir", "rename", "remove", "rmdir", "link", "symlink", "truncate", "chmod"}

def is_elsewhere(path):
    named = isinstance(path, (str, bytes, os.PathLike)) and path != os.devnull
    return named and not (os.path.realpath(os.fsdecode(path)) + os.sep).startswith(homes)

def watch(event, args):
    room, _, name = event.partition(".")
    if room == "socket" and name != "gethostname":  # said in the lock, to name who holds it
        found.append([event, repr(args)])
    elif event == "open":
        flags = args[2] if isinstance(args[2], int) else 0
        if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and is_elsewhere(args[0]):
            found.append([event, str(args[0])])
    elif room == "os" and name in CHANGES and is_elsewhere(args[0]):
        found.append([event, repr(args)])

sys.dont_write_bytecode = True
sys.addaudithook(watch)
import searchlib
from searchlib.cli import main

with searchlib.open(index) as opened:
    opened.sync(corpus)
    opened.add([{"id": "x", "headline": "青岛", "body": "农业银行"}])
    results = opened.search("党建引领", facets=["authors"])
    first = results[0]
    asked = [results.total, first.snippet, opened.search("党建引玲").suggestion, opened.suggest("qd")]
    asked += [opened.explain("党建", first.id), opened.like(first.id), opened.why_not("火星", "x")]
    asked += [opened.kwic("党建"), opened.collocates("党建"), opened.telling_words("党建")]
    asked += [opened.new_words(), opened.delete("x"), opened.stats(), not opened.check(), opened.repair()]
    opened.trend("党建")
    empty = [place for place, answer in enumerate(asked) if not answer]
    assert not empty, f"nothing came back from the questions at {empty} of `asked`"
for line in (["党建", "-i", index], ["doctor", "-i", index], ["stats", "-i", index]):
    try:
        main(line)
    except SystemExit as end:
        assert not end.code, line
MORE
print(json.dumps(found))
"""


def seen(home: Path, corpus: Path, more: str = "") -> list[list[str]]:
    """Do everything in a process under an audit hook of Python's; return what it should not have done."""
    cache, temporary = home / "cache", home / "temporary"
    temporary.mkdir()
    run = subprocess.run(
        [sys.executable, "-c", WATCHED.replace("MORE", more), home / "x.idx", corpus, cache, temporary],
        env={
            **os.environ,
            "XDG_CACHE_HOME": str(cache),
            "TMPDIR": str(temporary),
            "SEARCHLIB_PROCESSES": "1",
        },
        cwd=home,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert list(temporary.iterdir()) == []
    found: list[list[str]] = json.loads(run.stdout.splitlines()[-1])
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere caches have other folders")
def test_nothing_is_sent_and_nothing_written_elsewhere(tmp_path: Path, corpus_folder: Path) -> None:
    """With everything that an index can be asked, from an empty cache folder on."""
    assert seen(tmp_path, corpus_folder) == []


@pytest.mark.skipif(sys.platform != "linux", reason="as above")
def test_the_hook_sees_what_it_should(tmp_path: Path, corpus_folder: Path) -> None:
    """A look-up of a name, and a file beside the index."""
    more = "import socket; socket.getaddrinfo('127.0.0.1', 80); open('beside.txt', 'w').close()"
    assert [event for event, _ in seen(tmp_path, corpus_folder, more)] == ["socket.getaddrinfo", "open"]
