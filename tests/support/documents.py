"""
README.md and the guides: their examples are read, run, compared with what is shown, and written anew.

`python tests/support/documents.py` writes what they print now into the documents, or into those named.

A document's examples run in its order, in one folder with a copy of `corpus/`,
as a reader would run them. A guide finds `corpus/` indexed in `./.search`,
unless one of its examples does that. What runs:

- `python` blocks, whole;
- `console` blocks, each line after `$ `, with what it prints below it;
- of `sh` blocks the commands `search …`.

What a `python` or `sh` block prints may be shown in a `text` block right after it.
A line that is only `…` stands for any lines. A block whose first line is
"```sh no-run" (or another language) is only shown. A document in Chinese runs
with a Chinese locale.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from pathlib import Path

from command_reference import renewed
from python_reference import reference as python_reference

import searchlib

ROOT = Path(__file__).parent.parent.parent
README = ROOT / "README.md"
GUIDES = sorted((ROOT / "searchlib" / "guide").glob("*/*.md"))
MADE = {"python"}
"""Topics whose English guide is made from docstrings; the Chinese one is written, and shorter."""

PYTHON = ROOT / "searchlib" / "guide" / "en" / "python.md"
SEARCH = (sys.executable, "-m", "searchlib")
LEFT_OUT = "…"
"""A line of a shown output that stands for any number of lines."""

FENCE = re.compile(r"^ *```(\w+)( no-run)?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
QUERY_ROW = re.compile(r"^\| ((?:`[^`]+` ?)+)\| .* \| (\d+) \|$", re.MULTILINE)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
COMMENT = re.compile(r"\s*#[^\"'\n]*$", re.MULTILINE)
JSON = re.compile(r'\{\s*"')
SHELL_COMMENT = re.compile(r"(?:^|\s)#\s.*")
LIST = re.compile(r"\[[^\[\]{}]*(?:\[[^\[\]{}]*\][^\[\]{}]*)*\]")
VARYING = [
    (re.compile(r"\b[\d.,]+ (ms|s|B|kB|MB|GB|秒)(?=\W|$)"), r"N \1"),
    (re.compile(r'("took_ms": )[\d.]+'), r"\1N"),
    (re.compile(r"\b\d+\.\d+\.\d+\w*"), "VERSION"),
    (re.compile(r"(\d\.\d{3})\d{3,}"), r"\1"),
]
STEERING = {
    "SEARCH_INDEX",
    "SEARCHLIB_CUT",
    "SEARCHLIB_PROCESSES",
    "NO_COLOR",
    "FORCE_COLOR",
    "PYTHONWARNINGS",
    "LC_MESSAGES",
}


@dataclass(frozen=True)
class Example:
    """Something to run; *shown* is what the document says it prints, `start` to `end` of its text."""

    typed: str
    runs: tuple[tuple[str, ...], ...]
    shown: str | None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Document:
    """README.md or a guide."""

    path: Path

    @cached_property
    def text(self) -> str:
        """What is in the file."""
        return self.path.read_text("utf-8")

    @property
    def name(self) -> str:
        """The path below the root, for messages."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def locale(self) -> str:
        """The locale that its examples run in."""
        return "zh_CN.UTF-8" if self.path.parent.name == "zh" else "C.UTF-8"

    @cached_property
    def examples(self) -> list[Example]:
        """All that it runs, in its order."""
        return read_examples(self.text)

    @cached_property
    def prose(self) -> str:
        """Its text without blocks of code."""
        return FENCE.sub("", self.text)

    @cached_property
    def queries(self) -> list[tuple[str, int]]:
        """The queries of its tables, each with the number of articles of `corpus/` that it finds."""
        rows = QUERY_ROW.finditer(self.text)
        return [(query, int(row[2])) for row in rows for query in CODE.findall(row[1])]

    def prepare(self, folder: Path) -> None:
        """Put into *folder* what its examples start from."""
        shutil.copytree(ROOT / "corpus", folder / "corpus")
        indexes = any("search index corpus/" in example.typed for example in self.examples)
        if self.path != README and not indexes:
            self.run_one(Example("", ((*SEARCH, "index", "corpus/"),), None), folder)

    def run_one(self, example: Example, folder: Path) -> tuple[str, int]:
        """Return what an example prints, remarks included, and its last exit code."""
        environment = {name: value for name, value in os.environ.items() if name not in STEERING}
        printed, code = "", 0
        for command in example.runs:
            done = subprocess.run(
                command,
                cwd=folder,
                env=environment | {"PYTHONUTF8": "1", "LC_ALL": self.locale},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                encoding="utf-8",
                timeout=120,
                check=False,
            )
            printed += done.stdout
            code = done.returncode
        return printed, code

    def renew(self) -> None:
        """Write into it what its examples print now."""
        text = self.text
        if not self.examples and not self.queries:
            return
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            self.prepare(place)
            printed = [self.run_one(example, place)[0] for example in self.examples]
            for example, output in reversed(list(zip(self.examples, printed, strict=True))):
                if example.shown is None or (example.shown and agrees(example.shown, output)):
                    continue
                if JSON.match(output):
                    output = LIST.sub(  # noqa: PLW2901 (laid out for reading)
                        _on_one_line, json.dumps(json.loads(output), ensure_ascii=False, indent=2)
                    )
                    output = LIST.sub(_on_one_line, output) + "\n"  # noqa: PLW2901
                text = text[: example.start] + output + text[example.end :]
            if self.queries:
                text = _recounted(text, place / ".search")
        self.path.write_text(text, "utf-8")


def read_examples(text: str) -> list[Example]:
    """Return all that a document runs, in its order."""
    found = []
    fences = list(FENCE.finditer(text))
    for fence, after in zip_longest(fences, fences[1:]):
        language, unrun, content = fence.groups()
        answer = (
            after if after and after[1] == "text" and after.start() - fence.end() <= len("\n\n") else None
        )
        shown, start, end = (answer[3], *answer.span(3)) if answer else (None, 0, 0)
        if unrun:
            continue
        if language == "python":
            found.append(Example(content, ((sys.executable, "-c", content),), shown, start, end))
        elif language == "console":
            for typed in PROMPT.finditer(content):
                span = (fence.start(3) + place for place in typed.span(2))
                found.append(Example(typed[1], search_commands(typed[1]), typed[2], *span))
        elif language == "sh" and (runs := search_commands(content)):
            found.append(Example(content, runs, shown, start, end))
    return found


def search_commands(lines: str) -> tuple[tuple[str, ...], ...]:
    """Return the calls of `search` in lines of shell, whose commands are joined by `&&`."""
    commands = [
        shlex.split(command)
        for line in lines.splitlines()
        for command in SHELL_COMMENT.sub("", line).split("&&")
    ]
    return tuple((*SEARCH, *words[1:]) for words in commands if words[:1] == ["search"])


def typed_blocks(text: str) -> list[tuple[str, str]]:
    """Return the blocks of code with their language, without comments and what is printed."""
    blocks = []
    for fence in FENCE.finditer(text):
        language, _, content = fence.groups()
        if language == "console":
            content = "\n".join(typed[1] for typed in PROMPT.finditer(content))
        if language != "text":
            blocks.append((language, COMMENT.sub("", content)))
    return blocks


def normal(output: str) -> list[str]:
    """Return an output without what changes from run to run."""
    if JSON.match(output):
        output = json.dumps(json.loads(output), ensure_ascii=False, indent=1)
    for pattern, constant in VARYING:
        output = pattern.sub(constant, output)
    return [line.rstrip() for line in output.strip().split("\n")]


def agrees(shown: str, printed: str) -> bool:
    """Compare outputs; a line that is only `…` in the one shown stands for any lines."""
    lines = normal(shown)
    if LEFT_OUT not in lines:
        return lines == normal(printed)
    pieces = ["\n".join(piece.split("\x00")) for piece in "\x00".join(lines).split(f"\x00{LEFT_OUT}\x00")]
    expression = r"\n(?:.*\n)*?".join(map(re.escape, pieces))
    return re.fullmatch(expression, "\n".join(normal(printed))) is not None


def _on_one_line(numbers: re.Match[str]) -> str:
    return re.sub(r"\s*\n\s*", "", numbers[0].replace(",\n", ", \n"))


def _recounted(text: str, index_dir: Path) -> str:
    """Return the text with the number of articles that each query of its tables finds now."""
    with searchlib.open(index_dir, read_only=True) as index:

        def counted(row: re.Match[str]) -> str:
            total = index.search(CODE.findall(row[1])[0], limit=0).total
            return row[0].removesuffix(f"{row[2]} |") + f"{total} |"

        return QUERY_ROW.sub(counted, text)


DOCUMENTS = [Document(path) for path in (README, *GUIDES)]


def main() -> None:
    """Write into the documents, or those named, what their examples print now."""
    parser = argparse.ArgumentParser(description="Write what the examples of the documents print now.")
    parser.add_argument("names", nargs="*", metavar="FILE", help="such as README.md; all when not given")
    names = parser.parse_args().names
    for document in DOCUMENTS:
        if not names or document.name in names:
            document.renew()
            if document.path == PYTHON:
                document.path.write_text(python_reference(), "utf-8")
            text = renewed(document.path.read_text("utf-8"), chinese=document.path.parent.name == "zh")
            document.path.write_text(text, "utf-8")
            if text != document.text:
                sys.stdout.write(f"{document.name}\n")


if __name__ == "__main__":
    main()
