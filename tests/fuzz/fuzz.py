"""The command: `python tests/fuzz/fuzz.py --minutes 60 [--target NAME]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).parents[1] / room) for room in ("", "support")]

from checks import patience

from fuzz.arguments import Arguments
from fuzz.files import Files
from fuzz.pages import Pages
from fuzz.queries import Queries
from fuzz.segments import Segments
from fuzz.snippets import Snippets
from fuzz.studies import Studies
from fuzz.target import Target, chance_of

TARGETS: dict[str, Callable[[Path], Target]] = {
    "queries": Queries,
    "pages": Pages,
    "files": Files,
    "segments": Segments,
    "snippets": Snippets,
    "studies": Studies,
    "arguments": Arguments,
}
PATIENCE_S = 60
"""No input takes so long on a machine that is not busy."""
_SHOWN = 600
_FINDINGS = 20
"""After so many of one target the others are the same, mostly."""


class Finding(NamedTuple):
    """An input that did not come to a good end."""

    target: str
    seed: int
    number: int
    drawn: str
    trouble: str

    def __str__(self) -> str:
        again = f"--target {self.target} --seed {self.seed} --number {self.number}"
        return f"TROUBLE  {again}\n{self.drawn}\n{self.trouble}"


def tried(target: Target, name: str, seed: int, numbers: Iterator[int] | range) -> Iterator[Finding | None]:
    """Try the inputs of some numbers; a finding for each that did not come to a good end, else None."""
    for number in numbers:
        drawn = target.draw(chance_of(name, seed, number))
        try:
            with patience(PATIENCE_S):
                target.check(drawn)
        except Exception:  # noqa: BLE001 (whatever it is, it must not be)
            yield Finding(name, seed, number, repr(drawn)[:_SHOWN], traceback.format_exc(limit=-4))
        else:
            yield None


def main(arguments: Sequence[str] | None = None) -> int:
    """Try for some minutes, each target as long as the others; 1 when something was found."""
    options = _parser().parse_args(arguments)
    names = options.target or list(TARGETS)
    each_s = options.minutes * 60 / len(names)
    found = 0
    for name in names:
        with (
            tempfile.TemporaryDirectory(dir=options.folder) as home,
            closing(TARGETS[name](Path(home))) as target,
        ):
            found += _run(target, name, options, each_s)
    return 1 if found else 0


def _run(target: Target, name: str, options: argparse.Namespace, seconds: float) -> int:
    start = time.monotonic()
    numbers: range = (
        range(options.number, options.number + 1) if options.number is not None else range(sys.maxsize)
    )
    findings: list[Finding] = []
    count = 0
    for finding in tried(target, name, options.seed, numbers):
        count += 1
        if finding is not None:
            findings.append(finding)
            print(finding, flush=True)  # noqa: T201 (the answer)
        if time.monotonic() - start > seconds or len(findings) == _FINDINGS:
            break
    took = time.monotonic() - start
    print(f"{count:9,}  {name}, seed {options.seed}, {took:.0f} s, {len(findings)} found", flush=True)  # noqa: T201
    return len(findings)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Try what nobody would type, print or store.")
    parser.add_argument("--minutes", type=float, default=5, help="for all targets together")
    parser.add_argument(
        "--target", action="append", choices=list(TARGETS), help="repeatable; all when not given"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--number", type=int, help="try the input of this number again, and no other")
    parser.add_argument("--folder", help="where files are made; memory (/dev/shm) is faster than a disk")
    return parser


if __name__ == "__main__":
    sys.exit(main())
