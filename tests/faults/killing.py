"""
Real processes, ended with `kill -9` at random moments while they add, delete and sync.

What a process was to do next follows from a number alone, so that the parent
knows what the index holds after so many steps: it must be the last step that
the dead process reported, or the one after.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import searchlib
from faults.state import strays
from searchlib import Article

Model = dict[str, str]
"""The articles that there must be: their ids and bodies."""

_IDS = 120
_WORDS = ("查干湖", "冬捕", "党建", "引领", "基层", "治理", "农业", "丰收", "新闻", "会议")


class Work:
    """Step after step on an index and a folder of files beside it."""

    def __init__(self, home: Path, seed: int) -> None:
        self.path = home / "x.idx"
        self.texts = home / "texts"
        self.seed = seed

    def do(self, step: int) -> None:
        """Do a step."""
        kind, given = self._step(step)
        with searchlib.open(self.path) as index:
            if kind == "add":
                index.add(Article(id=article_id, body=body) for article_id, body in given.items())
            elif kind == "delete":
                index.delete(list(given))
            else:
                self.texts.mkdir(exist_ok=True)
                for name, body in given.items():
                    file = self.texts / f"{name}.jsonl"
                    if body:
                        file.write_text(json.dumps({"id": name, "body": body}), "utf-8")
                    else:
                        file.unlink(missing_ok=True)
                index.sync(self.texts)

    def model(self, before: Model, step: int) -> Model:
        """Return what there must be after a step."""
        kind, given = self._step(step)
        after = before | given
        return {
            name: body for name, body in after.items() if body and not (kind == "delete" and name in given)
        }

    def _step(self, step: int) -> tuple[str, Model]:
        chance = random.Random(f"{self.seed}-{step}")
        kind = chance.choice(["add", "add", "delete", "sync"])
        size = chance.choice([1, 3, 30, 200])
        names = [str(chance.randrange(_IDS)) for _ in range(size)]
        if kind == "sync":
            names = [f"f{chance.randrange(20)}" for _ in range(min(size, 10))]
        bodies = ["".join(chance.choices(_WORDS, k=chance.choice([3, 60]))) for _ in names]
        gone = [kind == "sync" and chance.random() < 0.2 for _ in names]
        return kind, {name: "" if out else body for name, body, out in zip(names, bodies, gone, strict=True)}


def kills(home: Path, count: int, seed: int = 1, longest_s: float = 0.25) -> Iterator[str]:
    """Kill *count* processes, one after another, and yield what is wrong after each, if anything."""
    work = Work(home, seed)
    chance = random.Random(seed)
    model: Model = {}
    step = 0
    for _ in range(count):
        reported = _killed(work, step, chance.random() * longest_s)
        for number in range(step, reported):
            model = work.model(model, number)
        step = reported
        ahead = work.model(model, step)
        held = _held(work.path)
        if held not in (model, ahead):
            yield f"after {reported} steps the index holds those of neither"
            return
        try:
            work.do(step)  # again, or for the first time: the lock is free and the leftovers go
        except searchlib.SearchlibError as error:
            yield f"the next write fails: {error}"
            return
        model = ahead
        step += 1
        trouble = "" if _held(work.path) == model else "the next write is lost"
        # A step that changes nothing writes nothing.
        with searchlib.open(work.path) as index:
            index.add([Article(id="last", body=f"{step}")])
            model["last"] = f"{step}"
            trouble = trouble or "; ".join(index.check())
        yield trouble or ", ".join(sorted(strays(work.path)))


def _held(path: Path) -> Model:
    with searchlib.open(path, read_only=True) as index:
        articles = list(index) if len(index) else []
        held = {article.record_id or article.id: article.body for article in articles}
        found = index.search("", limit=None).total if held else 0
    return held if found == len(held) else {"answers": "disagree"}


def _killed(work: Work, step: int, after_s: float) -> int:
    """Let a process work from *step* on, kill it, and return the first step that it did not finish."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        with contextlib.suppress(BaseException):
            for number in range(step, step + 10_000):
                work.do(number)
                os.write(writer, b".")
        os._exit(1)
    os.close(writer)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with os.fdopen(reader, "rb") as reports:
        done = len(reports.read())
    if code != -signal.SIGKILL:
        raise RuntimeError(f"the process ended by itself with {code}")
    return step + done
