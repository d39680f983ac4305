"""
README.md against the product: its commands, outputs, Python, queries, names and links.

Everything that the README runs is run here in its order, in one folder with a
copy of `corpus/`, as a reader would. When an output has changed for good,
`python tests/test_docs.py` writes the new ones into the README.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from readme_reference import renewed

import searchlib
from searchlib.cli.names import RESERVED, VERBS
from searchlib.cli.routing import load_verb
from searchlib.embedded.search.bm25f import DEFAULT_BOOSTS
from searchlib.query.fields import ALIASES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
CHANGELOG = ROOT / "CHANGELOG.md"
RENEW = "if the README is to change: python tests/test_docs.py"
SEARCH = (sys.executable, "-m", "searchlib")
LEFT_OUT = "…"
"""A line of a shown output that stands for any number of lines."""

FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
QUERY_ROW = re.compile(r"^\| ((?:`[^`]+` ?)+)\| .* \| (\d+) \|$", re.MULTILINE)
CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
REPOSITORY_PATH = re.compile(
    r"(?:\.ci|[A-Za-z_]\w*)(?:/[\w.]+)*(?:/|/\w+|\.(?:py|md|toml|cfg|ya?ml))|LICENSE|README|CHANGELOG"
)
LIST = re.compile(r"\[[^\[\]{}]*(?:\[[^\[\]{}]*\][^\[\]{}]*)*\]")
VARYING = [
    (re.compile(r"\b[\d.,]+ (ms|s|B|kB|MB|GB)\b"), r"N \1"),
    (re.compile(r'("took_ms": )[\d.]+'), r"\1N"),
    (re.compile(r"\b\d+\.\d+\.\d+\w*"), "VERSION"),
    (re.compile(r"(\d\.\d{3})\d{3,}"), r"\1"),
]


@dataclass(frozen=True)
class Example:
    """Something to run; *shown* is what the README says it prints, `start` to `end` of its text."""

    name: str
    runs: tuple[tuple[str, ...], ...]
    shown: str | None
    start: int = 0
    end: int = 0


def read_examples(readme: str) -> list[Example]:
    """Return all that the README runs, in its order."""
    found = []
    fences = list(FENCE.finditer(readme))
    for fence, after in zip(fences, [*fences[1:], None], strict=True):
        language, content = fence.groups()
        answer = (
            after if after and after[1] == "text" and after.start() - fence.end() <= len("\n\n") else None
        )
        shown, start, end = (answer[2], *answer.span(2)) if answer else (None, 0, 0)
        if language == "python":
            found.append(Example(content, ((sys.executable, "-c", content),), shown, start, end))
        elif language == "console":
            for typed in PROMPT.finditer(content):
                span = (fence.start(2) + place for place in typed.span(2))
                found.append(Example(typed[1], _search_commands(typed[1]), typed[2], *span))
        elif language == "sh" and (runs := _search_commands(content)):
            found.append(Example(content, runs, shown, start, end))
    return found


def _search_commands(line: str) -> tuple[tuple[str, ...], ...]:
    """Return the calls of `search` in a shell line of commands joined by `&&`."""
    commands = [shlex.split(command) for command in line.split("&&")]
    return tuple((*SEARCH, *words[1:]) for words in commands if words[:1] == ["search"])


def run(example: Example, folder: Path) -> tuple[str, int]:
    """Return what an example prints, remarks included, and its last exit code."""
    steering = {
        "SEARCH_INDEX",
        "SEARCHLIB_CUT",
        "SEARCHLIB_PROCESSES",
        "NO_COLOR",
        "FORCE_COLOR",
        "PYTHONWARNINGS",
    }
    environment = {name: value for name, value in os.environ.items() if name not in steering}
    printed, code = "", 0
    for command in example.runs:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment | {"PYTHONUTF8": "1"},
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


def normal(output: str) -> list[str]:
    """Return an output without what changes from run to run."""
    if output.startswith("{"):
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


TEXT = README.read_text("utf-8")
EXAMPLES = read_examples(TEXT)
ROWS = [(query, int(row[2])) for row in QUERY_ROW.finditer(TEXT) for query in CODE.findall(row[1])]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the corpus alone."""
    place = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "corpus", place / "corpus")
    return place


@pytest.fixture(scope="module")
def transcript(folder: Path) -> dict[str, tuple[str, int]]:
    """What each example printed and its exit code, all run in the order of the README."""
    return {example.name: run(example, folder) for example in EXAMPLES}


def test_the_readme_has_what_is_checked_here() -> None:
    """No check below passes because it found nothing to look at."""
    commands = [example for example in EXAMPLES if "-m" in example.runs[0]]
    assert len(commands) >= 10
    assert len(EXAMPLES) - len(commands) >= 3
    assert len(ROWS) >= 20
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES), "an example stands twice"


@pytest.mark.parametrize("example", EXAMPLES, ids=[example.name.strip()[:40] for example in EXAMPLES])
def test_an_example_prints_what_the_readme_shows(
    example: Example, transcript: dict[str, tuple[str, int]]
) -> None:
    """What is shown below a command or a block of Python is what it prints."""
    printed, code = transcript[example.name]
    if example.shown is None:
        assert code == 0, printed
    else:
        assert agrees(example.shown, printed), f"{printed}\n{RENEW}"


@pytest.mark.parametrize(("query", "articles"), ROWS)
@pytest.mark.usefixtures("transcript")
def test_a_query_of_the_table_finds_what_it_says(query: str, articles: int, folder: Path) -> None:
    """The table of queries gives the number of articles that each finds."""
    with searchlib.open(folder / ".search", read_only=True) as index:
        assert index.search(query, limit=0).total == articles, RENEW


@pytest.mark.parametrize("document", [README, CHANGELOG], ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    """Every link to a file of the repository or to a heading has its end."""
    text = document.read_text("utf-8")
    headings = {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }
    links = re.findall(r"\]\(([^)\s]+)\)", text)
    assert links
    for link in links:
        if link.startswith("#"):
            assert link[1:] in headings, link
        elif not link.startswith("https://"):
            assert (ROOT / link.partition("#")[0]).exists(), link


def test_paths_in_backticks_exist() -> None:
    """A file or folder that the README names is there, below the root or below `searchlib/`."""
    named = {code for code in CODE.findall(FENCE.sub("", TEXT)) if REPOSITORY_PATH.fullmatch(code)}
    assert len(named) >= 15, named
    missing = [name for name in named if not ((ROOT / name).exists() or (ROOT / "searchlib" / name).exists())]
    in_a_room = [name for name in missing if any((ROOT / "searchlib").glob(f"*/{name}"))]
    assert sorted(missing) == sorted(in_a_room)


def test_every_room_has_a_row() -> None:
    """Each folder and module of the package stands in the table of rooms."""
    package = ROOT / "searchlib"
    rooms = [f"{path.parent.name}/" for path in package.glob("*/__init__.py")]
    rooms += [path.name for path in package.glob("*.py") if not path.name.startswith("__")]
    assert rooms
    assert [room for room in rooms if f"\n| `{room}` |" not in TEXT] == []


def test_every_verb_and_option_is_named() -> None:
    """What `search --help` lists, verbs and options, stands in the README; so do the reserved words."""
    missing = [verb for verb in VERBS if not re.search(rf"`search {verb}\b", TEXT)]
    missing += [word for word in RESERVED if f"`{word}`" not in TEXT]
    command = load_verb("query")
    with click.Context(command) as context:
        options = [o for p in command.get_params(context) if isinstance(p, click.Option) for o in p.opts]
    assert len(options) > 15
    missing += [option for option in options if not re.search(rf"`{option}[` ]", TEXT)]
    assert missing == []


def test_every_field_has_its_weight_and_names() -> None:
    """The weights are those of the code, and each name that a query may use for a field is given."""
    (line,) = re.findall(r"^Default weights: .*$", TEXT, re.MULTILINE)
    assert {name: float(weight) for name, weight in re.findall(r"`(\w+)` ([\d.]+)(?=[,.])", line)} == dict(
        DEFAULT_BOOSTS
    )
    assert [name for name in ALIASES if f"`{name}`" not in TEXT] == []


ALIASES_OF_TYPES = {"Facets", "Group", "Match", "Measure", "Progress", "Sort"}
"""They are made of other types, so a docstring of theirs would be that of `Literal` or `Callable`."""


@pytest.mark.parametrize("name", sorted(set(searchlib.__all__) - ALIASES_OF_TYPES))
def test_every_public_name_says_what_it_is(name: str) -> None:
    """A public name has a docstring of its own, not the one that `dataclass` makes."""
    documented = getattr(searchlib, name).__doc__
    assert documented
    assert not documented.startswith(f"{name}(")


def test_the_changelog_begins_with_this_version() -> None:
    """The newest entry is the version in pyproject.toml, with its date."""
    (version,) = re.findall(r'^version = "(.*)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    newest = re.search(r"^## \[(.*)\] - \d{4}-\d\d-\d\d$", CHANGELOG.read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == version


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("1–5 of 5 · 12 ms\n", "1–5 of 5 · 340 ms\n", True),
        ("→ .search (2.9 MB, 0.6 s)", "→ .search (900.1 kB, 10.0 s)", False),
        ("1 of 5 · 12 ms", "1 of 6 · 12 ms", False),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\nd\n", "a\nb\nc\ne\n", False),
        ('{"took_ms": 1.0, "total": 2}', '{"took_ms": 2.5, "total": 2}', True),
        ('{"took_ms": 1.0, "total": 2}', '{"took_ms": 1.0, "total": 3}', False),
    ],
)
def test_comparing_can_fail(shown: str, printed: str, *, same: bool) -> None:
    """Only times, sizes and versions may differ."""
    assert agrees(shown, printed) is same


def _on_one_line(numbers: re.Match[str]) -> str:
    return re.sub(r"\s*\n\s*", "", numbers[0].replace(",\n", ", \n"))


def renew() -> None:
    """Write into the README what its examples print now."""
    text = TEXT
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        shutil.copytree(ROOT / "corpus", place / "corpus")
        printed = {example.name: run(example, place)[0] for example in EXAMPLES}
        for example in reversed(EXAMPLES):
            output = printed[example.name]
            if example.shown is None or (
                example.shown[:1] not in {"", "{"} and agrees(example.shown, output)
            ):
                continue
            if output.startswith("{"):
                output = LIST.sub(_on_one_line, json.dumps(json.loads(output), ensure_ascii=False, indent=2))
                output = LIST.sub(_on_one_line, output) + "\n"
            text = text[: example.start] + output + text[example.end :]
        with searchlib.open(place / ".search", read_only=True) as index:

            def counted(row: re.Match[str]) -> str:
                total = index.search(CODE.findall(row[1])[0], limit=0).total
                return row[0].removesuffix(f"{row[2]} |") + f"{total} |"

            text = QUERY_ROW.sub(counted, text)
    README.write_text(renewed(text), "utf-8")


if __name__ == "__main__":
    renew()
