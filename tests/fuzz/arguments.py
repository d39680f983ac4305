"""Arguments of every public call: odd values, mutated texts, numbers of any size, nested."""

from __future__ import annotations

import math
import os
import random
from pathlib import Path
from typing import Any

from public_calls import FUNCTIONS, METHODS, ODD, RIGHT, named, use

import searchlib
from fuzz.mutating import any_text, mutated_text
from fuzz.queries import TYPED

KEYS = (
    *("id", "headline", "body", "date", "authors", "page", "spans", "kind", "extra", "extra.k", "k", "标题"),
    *("gte", "gt", "lte", "lt", "in", "not", "exists", "and", "or"),
)
OPTIONS = (
    *("auto", "all", "any", "newest", "oldest", "relevance", "reprints", "script", "numbers", "month"),
    *("2024-08-09", "2024-08", "2024..2025", "extra.k", "headline:党建", "id", "-date", "k desc", "a.txt"),
)
MOST_HELD = 300
_DEPTH = 3

Recipe = tuple[str, Any]
"""How a value is made, in words and numbers: what is printed of it is the same every time."""


class Arguments:
    """Calls a small index, and what needs none, in a folder of its own."""

    def __init__(self, home: Path) -> None:
        self._before = Path.cwd()
        os.chdir(home)
        Path("empty").mkdir()
        Path("a.txt").write_text("党建引领基层治理。", "utf-8")
        self._calls = {**METHODS, **FUNCTIONS}
        self._first = [
            {"id": n, "body": "党建引领基层治理。", "k": n, "date": f"2024-0{n + 1}-01"} for n in range(5)
        ]
        self._index = searchlib.open("a.idx")
        self._index.add(self._first)

    def draw(self, chance: random.Random) -> tuple[str, dict[str, Recipe]]:
        """Return the name of a call, and recipes of one to four of its arguments."""
        name = chance.choice(sorted(name for name, call in self._calls.items() if named(call)))
        names = named(self._calls[name])
        chosen = chance.sample(names, min(len(names), chance.choice([1, 1, 2, 2, 3, 4])))
        return name, {one: _recipe(chance, _DEPTH) for one in chosen}

    def check(self, drawn: Any) -> None:
        """Call; what goes wrong is an error that is promised, and the index answers afterwards."""
        name, recipes = drawn
        call = self._calls[name]
        arguments = {one: RIGHT[one] for one in named(call) if one in RIGHT}
        if name == "open":
            arguments = {"path": "b.idx"}
        elif name == "read":
            arguments = {"paths": "nowhere"}
        arguments |= {one: made(recipe) for one, recipe in recipes.items()}
        use(call, [self._index] if name in METHODS else [], arguments)
        assert self._index.search("党建", limit=0).total is not None
        if len(self._index) > MOST_HELD:
            self._index.delete([article.id for article in self._index])
            self._index.add(self._first)

    def close(self) -> None:
        """Give the index back, and the folder."""
        self._index.close()
        os.chdir(self._before)


def _recipe(chance: random.Random, depth: int) -> Recipe:
    kind = chance.random()
    if kind < 0.3:
        return "odd", chance.randrange(len(ODD))
    if kind < 0.5:
        return "text", _text(chance)
    if kind < 0.65:
        return "number", _number(chance)
    if kind < 0.7:
        return "bytes", any_text(chance, 8).encode("utf-8", "surrogatepass")
    if not depth:
        return "constant", chance.choice([None, True, False, "id", 1])
    if kind < 0.8:
        return "list", [_recipe(chance, depth - 1) for _ in range(chance.randrange(4))]
    if kind < 0.82:
        return "tuple", [_recipe(chance, depth - 1) for _ in range(chance.randrange(4))]
    return "mapping", {
        chance.choice(KEYS) if chance.random() < 0.85 else _text(chance): _recipe(chance, depth - 1)
        for _ in range(chance.randrange(1, 5))
    }


def _text(chance: random.Random) -> str:
    """Return a word that some option takes, changed or not, or a query; never a path out of the folder."""
    kind = chance.random()
    if kind < 0.4:
        text: str = chance.choice(OPTIONS)
    elif kind < 0.6:
        text = mutated_text(chance, chance.choice(OPTIONS), OPTIONS, chance.choice([1, 2]))
    elif kind < 0.8:
        text = mutated_text(chance, chance.choice(TYPED), TYPED, chance.choice([1, 2, 4]))
    else:
        text = any_text(chance, 12) * chance.choice([1, 1, 1, 50])
    return text.replace("/", "-").replace("..", ".")


def _number(chance: random.Random) -> int | float:
    kind = chance.random()
    if kind < 0.4:
        return chance.choice([-1, 1]) * chance.randrange(10 ** chance.choice([1, 2, 5, 19, 40, 400]))
    if kind < 0.7:
        return chance.choice([-1, 1]) * chance.random() * 10.0 ** chance.randrange(-300, 300)
    powers = [1 << bits for bits in (7, 8, 15, 16, 31, 32, 53, 63, 64, 128)]
    return chance.choice([*powers, *(power - 1 for power in powers), math.nan, math.inf, -math.inf, -0.0])


def made(recipe: Recipe) -> Any:
    """Return the value of a recipe."""
    kind, what = recipe
    if kind == "odd":
        return ODD[what]
    if kind in {"list", "tuple"}:
        values = [made(one) for one in what]
        return values if kind == "list" else tuple(values)
    if kind == "mapping":
        return {key: made(one) for key, one in what.items()}
    return what
