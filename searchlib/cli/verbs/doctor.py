"""`search doctor`: is everything there that is needed, and does the index open?"""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING, NamedTuple

import click

from searchlib import SearchlibError, kernel_status
from searchlib.cli import quantities
from searchlib.cli.cells import pad
from searchlib.cli.location import display_path, find_index, named_index, open_index
from searchlib.cli.messages import retell, tell
from searchlib.cli.parameters import examples, index_option
from searchlib.cli.problems import Problem
from searchlib.cli.routing import Verb
from searchlib.cli.streams import say
from searchlib.cli.terminal import plain
from searchlib.message import message_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_EPILOG = examples(
    ("search doctor", "versions, and the nearest index"),
    ("search doctor -i news.idx", "another index"),
    ("search doctor --check", "read every byte of it and verify all checksums"),
)

_SKIPPED = "skipped"
_MAINTAINED = "whoosh3"
_NEEDED = ("searchlib", "jieba", "numpy")


class Check(NamedTuple):
    """One thing looked at."""

    good: bool
    name: str
    finding: str


@click.command("doctor", cls=Verb, epilog=_EPILOG)
@index_option
@click.option("--check", "thorough", is_flag=True, help="Read the whole index and verify every checksum.")
def command(index_dir: str | None, *, thorough: bool) -> int:
    """Check the installation and the index, a line for each check; exit 2 when something is wrong."""
    wrong = False
    for check in (*_installation(), *_index(index_dir), *(_bytes(index_dir) if thorough else ())):
        wrong = wrong or not check.good
        verdict = "problem" if not check.good else "note" if check.name == _SKIPPED else "ok"
        said = retell(check.finding)
        say(f"{pad(tell(verdict), 7)}  {check.name:<11}  {plain(said)}")
    return 2 if wrong else 0


def _installation() -> Iterator[Check]:
    """Look at Python and the packages."""
    yield Check(
        good=True, name="python", finding=tell("{} on {}", platform.python_version(), platform.system())
    )
    for package in _NEEDED:
        version = _version(package)
        yield Check(version is not None, package, version or tell("not installed; pip install {}", package))
    yield _whoosh(_version("whoosh3"), _version("Whoosh"))
    yield _engine()
    finding = _version("rjieba") or "absent; indexing is slower without it: pip install rjieba"
    yield Check(good=True, name="rjieba", finding=finding)
    finding = _version("pypdfium2") or "absent; PDF files need it: pip install pypdfium2"
    yield Check(good=True, name="pypdfium2", finding=finding)


def _engine() -> Check:
    """Look at what answers queries; without the compiled kernel all works, and takes longer."""
    try:
        return Check(good=True, name="engine", finding=kernel_status())
    except SearchlibError as error:
        return Check(good=False, name="engine", finding=str(error))


def _whoosh(maintained: str | None, old: str | None) -> Check:
    """Look at the two lines of Whoosh: either will do, but they own the same import name."""
    if maintained and old:  # the one installed last has overwritten the other
        cure = "pip uninstall Whoosh && pip install --force-reinstall whoosh3"
        return Check(
            good=False, name="whoosh", finding=tell("Whoosh {} is mixed into whoosh3; {}", old, cure)
        )
    if old:
        return Check(good=True, name="whoosh", finding=tell("Whoosh {}; whoosh3 is the maintained line", old))
    if maintained:
        return Check(good=True, name="whoosh", finding=f"{_MAINTAINED} {maintained}")
    return Check(good=False, name="whoosh", finding=tell("not installed; pip install {}", _MAINTAINED))


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _index(option: str | None) -> Iterator[Check]:
    """Look at the index, when one is named or near."""
    place = find_index(option)
    if place is None:
        yield Check(good=True, name="index", finding="none here; make one with: search index PATH...")
        return
    form = "{} (named), {}" if named_index(option) else "{}, {}"
    try:
        with open_index(option) as index:
            stats = index.stats()
    except (SearchlibError, OSError, Problem) as error:
        yield Check(good=False, name="index", finding=_say_error(error))
        return
    yield Check(
        good=True, name="index", finding=tell(form, display_path(place), quantities.size(stats["size_bytes"]))
    )
    yield Check(good=True, name="articles", finding=f"{stats['articles']:,}")
    yield Check(good=True, name="format", finding=str(stats["format"]))
    finding = tell(
        "{} in words.txt, {} in synonyms.txt", f"{stats['user_words']:,}", f"{stats['synonyms']:,}"
    )
    yield Check(good=True, name="words", finding=finding)
    matches = stats["fingerprint_matches"]
    finding = (
        "that of this version" if matches else "of another version or settings; index anew into a new folder"
    )
    yield Check(good=matches, name="fingerprint", finding=finding)
    for file, reason in stats["skipped"].items():
        yield Check(good=True, name=_SKIPPED, finding=tell("{}: {}", file, reason))


def _say_error(error: Exception) -> str:
    """Return an error without the number that Python gives it."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return message_of(error)


def _bytes(option: str | None) -> Iterator[Check]:
    """Look at every byte of the index, when there is one."""
    if find_index(option) is None:
        return
    try:
        with open_index(option) as index:
            damaged = index.check()
    except (SearchlibError, OSError, click.ClickException) as error:
        yield Check(good=False, name="checksums", finding=_say_error(error))
        return
    for finding in damaged:
        yield Check(good=False, name="checksums", finding=finding)
    if not damaged:
        yield Check(good=True, name="checksums", finding="every byte is what was written")
