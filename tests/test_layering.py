"""Each room imports only from rooms above it, and importing the package loads next to nothing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import pytest

import searchlib
from searchlib.native import engine

PACKAGE = Path(searchlib.__file__).parent
ORDER = [
    ["frozen", "lazy"],
    ["message", "findings", "reports"],
    [
        "errors",
        "arrays",
        "deadline",
        "model",
        "marks",
        "dates",
        "own_fields",
        "lazy_records",
        "snippet",
        "forks",
        "system",
        "association",
    ],
    ["article_json", "citing", "os_errors", "results", "stored_values"],
    ["native"],
    ["data"],
    ["analysis"],
    ["pages"],
    ["ingest"],
    ["query"],
    ["expansion", "textmatch"],
    ["engine"],
    ["scoring"],
    ["arguments", "options", "own_words", "spool", "workers", "file_keys"],
    ["whole_files"],
    ["memory"],
    ["embedded.codec"],
    ["whoosh_index"],
    ["embedded.store"],
    ["embedded.search"],
    ["highlight", "embedded.suggest"],
    ["embedded"],
    ["opensearch"],
    ["engines"],
    ["diagnosis"],
    ["asking", "quick", "syncing", "analytics"],
    ["bound_query"],
    ["index"],
    ["answers"],
]
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}
FILES = sorted(PACKAGE.rglob("*.py"))
RUST = sorted((PACKAGE / "native" / "src").glob("*.rs"))
ABOVE_EVALUATION = {"errors", "message", "model", "evaluation"}
ABOVE_WEB = {"", "answers", "message"}
ABOVE_CLI = {"", "message", "frozen", "lazy", "mcp", "web", "answers", "model", "evaluation", "cli"}
WITHIN = {
    ("dates", "errors"),
    ("deadline", "errors"),
    ("marks", "model"),
    ("model", "errors"),
    ("quick", "asking"),
    ("own_fields", "errors"),
    ("own_fields", "model"),
    ("lazy_records", "deadline"),
    ("snippet", "errors"),
    ("snippet", "model"),
}


def room_of(path: Path) -> str:
    """Return the room that a file belongs to; empty for the package itself."""
    return _room(path.relative_to(PACKAGE).with_suffix("").parts)


def _room(parts: tuple[str, ...]) -> str:
    """Return the room of a module's names below the package: `embedded` has rooms of its own."""
    nested = ".".join(parts[:2])
    if nested in LEVEL:
        return nested
    return "" if parts[0] == "__init__" else parts[0]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and the room of every import of ours; empty for the public names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        if isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        else:
            assert node.level == 0, f"{path}:{node.lineno}: a relative import"
            module = node.module or ""
            modules = [module]
            if module == "searchlib":
                names = [alias.name for alias in node.names]
                modules = [
                    f"searchlib.{name}"
                    for name in names
                    if (PACKAGE / name).exists() or (PACKAGE / f"{name}.py").exists()
                ]
                modules = modules or [module]
        for module in modules:
            parts = module.split(".")
            if parts[0] == "searchlib":
                yield node.lineno, _room(tuple(parts[1:])) if len(parts) > 1 else ""


def test_what_is_loaded_late_is_imported_for_the_type_checker() -> None:
    """So that the arrows and the types of lazy modules are checked like all others."""
    late = re.compile(r'^    (\w+) = lazy_module\("([\w.]+)"\)$', re.MULTILINE)
    found = 0
    for path in FILES:
        text = path.read_text("utf-8")
        shown = {ast.unparse(node) for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)}
        named = set().union(*(set(one.partition(" import ")[2].split(", ")) for one in shown), set())
        for name, module in late.findall(text):
            found += 1
            home, _, last = module.rpartition(".")
            wanted = {f"{last} as {name}", last if last == name else ""}
            assert home == "" or wanted & named, f"{path.relative_to(PACKAGE)}: {name} is {module}"
    assert found > 5


def test_every_room_is_known() -> None:
    """A new room must be given its place in `ORDER`."""
    known = {"", "__main__", "evaluation", "cli", "web", "mcp", *LEVEL}
    assert {room_of(path) for path in FILES} <= known


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_arrows_point_upwards(path: Path) -> None:
    """No import from the same level's other room or from below."""
    room = room_of(path)
    for line, target in imports(path):
        where = f"{path.relative_to(PACKAGE)}:{line} imports {target or 'searchlib'}"
        if room in {"", "__main__"}:
            continue
        if room == "cli":
            assert target in ABOVE_CLI, where
        elif room in {"web", "mcp"}:
            assert target in ABOVE_WEB | {room}, where
        elif room == "evaluation":
            assert target in ABOVE_EVALUATION, where
        elif target != room and (room, target) not in WITHIN:
            assert target in LEVEL, where
            assert LEVEL[target] < LEVEL[room], where


NO_MODULES = frozenset({"main", "search", "command", "where", "explain_page", "split_page", "app"})
"""What docstrings of rooms name in backticks that is no module."""


@pytest.mark.parametrize("room", sorted(PACKAGE.rglob("__init__.py")), ids=lambda path: path.parent.name)
def test_the_docstring_of_a_room_names_modules_that_are_there(room: Path) -> None:
    """It is the map by which a reader finds the file."""
    said = (ast.get_docstring(ast.parse(room.read_text("utf-8"))) or "").partition("**Frame**")[0]
    there = {
        path.stem if path.suffix else path.name
        for folder in (room.parent, room.parent.parent, PACKAGE)
        if PACKAGE in (folder, *folder.parents)
        for path in folder.iterdir()
    }
    assert set(re.findall(r"`([a-z_]+)`", said)) - there - NO_MODULES == set()
    own = {path.stem for path in room.parent.glob("*.py")}
    assert set(re.findall(r"\b([a-z_]+)\.py\b", said)) - own == set()


@pytest.mark.parametrize("path", [*FILES, *RUST], ids=str)
def test_a_module_that_a_text_names_is_there(path: Path) -> None:
    """In docstrings, and in the comments of the kernel, which say where Python does the same."""
    text = path.read_text("utf-8")
    said = re.findall(r"//.*", text) if path.suffix == ".rs" else docstrings(text)
    named = {name for one in said for name in re.findall(r"(?<![\w./*{}-])[a-z_/]*[a-z_0-9]+\.py\b", one)}
    there = [f"/{one.relative_to(PACKAGE.parent).as_posix()}" for one in FILES]
    assert {name for name in named if not any(one.endswith(f"/{name}") for one in there)} == set()


def docstrings(text: str) -> list[str]:
    """Return every text of a module that stands as a statement: docstrings, and those of constants."""
    return [
        node.value.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]


CONTRACT_IMPORTS = {
    "message",
    "findings",
    "reports",
    "snippet",
    "engine",
    "query",
    "model",
    "errors",
    "deadline",
    "dates",
    "own_fields",
    "stored_values",
    "frozen",
    "lazy",
}


def test_the_contract_is_plain_data() -> None:
    """It knows records and query trees: no numpy, nothing of any engine; the analyzer is a type's name."""
    found = {
        (path.name, target)
        for path in FILES
        if room_of(path) == "engine"
        for _, target in imports(path)
        if target not in CONTRACT_IMPORTS
    }
    assert found == {("contract.py", "analysis")}
    code = (
        "import sys\n"
        "import searchlib.engine.contract\n"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('searchlib.')}\n"
        "sys.exit(f'loaded: {rooms}' if 'numpy' in sys.modules or 'embedded' in rooms else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


NUMPY = {
    "arrays": "it loads numpy for the others",
    "embedded": "postings are arrays",
    "scoring": "the best passages of fifty texts a query, and reprints, are found in arrays",
    "analysis": "the dictionary's file is built, and new words are counted, in arrays; no query does either",
}
"""The rooms that import numpy, each with its reason."""

ARRAYS = "searchlib.arrays"
"""Stands for numpy, which it loads when an array is made."""

CALQUES = re.compile(r"\b[Tt]ells? whether\b|\bSo (?:many|much)\b|(?<![Tt]here )\b(?:is|are) none\b")
"""English that was translated word by word: STYLE says what to write."""


def top(path: Path) -> str:
    """Return the first folder of a file below the package, or its module."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def foreign(path: Path) -> set[str]:
    """Return the packages that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add("numpy" if node.module == ARRAYS else node.module.partition(".")[0])
    return found


def test_numpy_is_behind_the_wall() -> None:
    """Only where arrays are the matter, and two more rooms."""
    assert {top(path) for path in FILES if "numpy" in foreign(path)} == set(NUMPY)


def test_whoosh_is_in_one_room() -> None:
    """What plain Whoosh opens is written in one place."""
    assert {top(path) for path in FILES if "whoosh" in foreign(path)} == {"whoosh_index"}


def test_imports_make_no_circles() -> None:
    """Modules import each other in one direction, also inside functions and for types alone."""
    assert circle_in({module_of(path): set(modules_imported(path)) for path in FILES}) == ()


def test_the_kernel_uses_make_no_circles() -> None:
    """The same of the kernel's modules; `lib` is above them all."""
    named = re.compile(r"^use crate::(\w+)|(?<!use )\bcrate::(\w+)::", re.MULTILINE)
    uses = {path.stem: set(chain(*named.findall(path.read_text("utf-8")))) for path in RUST}
    assert circle_in(uses) == ()


def circle_in(graph: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Return the first modules found that lead back to themselves; none when there is no circle."""
    done: set[str] = set()

    def visit(module: str, way: tuple[str, ...]) -> tuple[str, ...]:
        if module in way:
            return *way[way.index(module) :], module
        if module not in done:
            for other in sorted(graph.get(module, ())):
                if circle := visit(other, (*way, module)):
                    return circle
            done.add(module)
        return ()

    return next(filter(None, (visit(module, ()) for module in graph)), ())


def module_of(path: Path) -> str:
    """Return the name of a module."""
    parts = ("searchlib", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def modules_imported(path: Path) -> Iterator[str]:
    """Yield the modules of ours that a file imports, those that only a type checker reads too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "searchlib":
            folder = PACKAGE.joinpath(*(node.module or "").split(".")[1:])
            for alias in node.names:
                is_module = (folder / alias.name).is_dir() or (folder / f"{alias.name}.py").exists()
                yield f"{node.module}.{alias.name}" if is_module else str(node.module)


SHARED_FILES: dict[str, set[str]] = {"schema.py": {"embedded/codec/schema.py", "whoosh_index/schema.py"}}
"""
Names of several files; a row may be taken out and none put in. Verbs name their files themselves.

Whoosh keeps the class of a field in each index as `searchlib.whoosh_index.schema.Terms`: neither name can
change.
"""

SHARED_CLASSES: dict[str, set[str]] = {"Terms": {"query/nodes.py", "whoosh_index/schema.py"}}
"""Names that several classes have; a row may be taken out and none put in."""


def shared(named: Iterable[tuple[str, Path]]) -> dict[str, set[str]]:
    """Return the names that several files have, or that classes of several files have."""
    found: dict[str, set[str]] = {}
    for name, path in named:
        found.setdefault(name, set()).add(path.relative_to(PACKAGE).as_posix())
    return {name: paths for name, paths in found.items() if len(paths) > 1}


def test_no_new_name_is_used_twice() -> None:
    """Of files, and of classes: a name means one thing wherever it is read."""
    files = [path for path in FILES if not path.name.startswith("__") and path.parent.name != "verbs"]
    found = shared((path.name, path) for path in files)
    assert {name: paths for name, paths in found.items() if not paths <= SHARED_FILES.get(name, set())} == {}
    classes = [
        (node.name, path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    found = shared(classes)
    assert {
        name: paths for name, paths in found.items() if not paths <= SHARED_CLASSES.get(name, set())
    } == {}


HERE = Path(__file__)
TESTS = sorted(set(HERE.parent.rglob("*.py")) - {HERE})  # this file names what it refuses


@pytest.mark.parametrize("path", [*FILES, *RUST, *TESTS], ids=str)
def test_english_is_plain(path: Path) -> None:
    """No "Tell whether", no "So many", no "is none": see STYLE for what to write."""
    lines = path.read_text("utf-8").splitlines()
    assert [f"{number}: {line.strip()}" for number, line in enumerate(lines, 1) if CALQUES.search(line)] == []


@pytest.mark.skipif(engine().kernel is None, reason="without the kernel the arrays answer")
@pytest.mark.parametrize("query", ["社区", "社区 治理", "社区治理"])
def test_words_are_answered_without_numpy(query: str, tmp_path: Path) -> None:
    """It takes as long to load as all the rest of the answer; snippets, marks and total are shown."""
    with searchlib.open(tmp_path / "x.idx") as index:
        index.add({"id": f"{number}", "headline": "社区", "body": "社区治理。"} for number in range(3))
    code = (
        "import sys\n"
        "from searchlib.cli import main\n"
        f"code = main(['-i', {str(tmp_path / 'x.idx')!r}, {query!r}])\n"
        "heavy = {'numpy', 'jieba', 'rjieba', 'whoosh', 'click'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {sorted(heavy)}' if heavy else code)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "1–3 of 3" in done.stdout


def test_importing_the_package_loads_nothing_heavy_and_says_nothing() -> None:
    """No numpy, jieba, rjieba or Whoosh, no warning, no output."""
    code = (
        "import sys, searchlib\n"
        "heavy = {'numpy', 'jieba', 'rjieba', 'whoosh', 'click'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {sorted(heavy)}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_no_query_loads_whoosh() -> None:
    """Not even one with brackets and phrases: loading its parser takes 40 ms."""
    code = (
        "import sys\n"
        "from searchlib.analysis import Analyzer\n"
        "from searchlib.query.parser import parse\n"
        "parse('(党建 OR \"引领 湖\"~2) a^2 date:2024', Analyzer(), match='all', exact=False)\n"
        "sys.exit('whoosh' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_every_public_name_is_there() -> None:
    """Each name of `__all__` can be had, and they are sorted, constants first."""
    assert [name for name in searchlib.__all__ if getattr(searchlib, name, None) is None] == []
    assert list(searchlib.__all__) == sorted(searchlib.__all__, key=lambda name: (not name.isupper(), name))
    with pytest.raises(AttributeError, match="module 'searchlib' has no attribute 'nothing'"):
        searchlib.nothing  # type: ignore[attr-defined]  # noqa: B018
