"""Each room imports only from rooms above it, and importing the package loads next to nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import searchlib

PACKAGE = Path(searchlib.__file__).parent
ORDER = [
    [
        "errors",
        "deadline",
        "model",
        "marks",
        "dates",
        "own_fields",
        "results",
        "forks",
        "system",
        "association",
    ],
    ["article_json", "citing", "os_errors", "stored_values"],
    ["native"],
    ["analysis"],
    ["pages"],
    ["ingest"],
    ["query"],
    ["expansion", "textmatch"],
    ["engine"],
    ["scoring"],
    ["own_words", "spool"],
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
    ["asking", "syncing", "analytics"],
    ["index"],
    ["answers"],
]
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}
FILES = sorted(PACKAGE.rglob("*.py"))
ABOVE_EVALUATION = {"errors", "model", "evaluation"}
ABOVE_WEB = {"", "answers"}
ABOVE_CLI = {"", "mcp", "web", "answers", "model", "evaluation", "cli"}
WITHIN = {
    ("dates", "errors"),
    ("deadline", "errors"),
    ("marks", "model"),
    ("model", "errors"),
    ("own_fields", "errors"),
    ("own_fields", "model"),
    ("results", "dates"),
    ("results", "deadline"),
    ("results", "errors"),
    ("results", "model"),
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
                modules = [
                    f"searchlib.{alias.name}" for alias in node.names if (PACKAGE / alias.name).exists()
                ]
                modules = modules or [module]
        for module in modules:
            parts = module.split(".")
            if parts[0] == "searchlib":
                yield node.lineno, _room(tuple(parts[1:])) if len(parts) > 1 else ""


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


CONTRACT_IMPORTS = {"engine", "query", "model", "errors", "deadline", "dates", "own_fields", "stored_values"}


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
