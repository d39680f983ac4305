"""What a target is: it draws an input and checks what comes of it."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Protocol

CORPUS = Path(__file__).parents[2] / "corpus"


class Target(Protocol):
    """One part of searchlib under trial."""

    def draw(self, chance: random.Random) -> object:
        """Return an input; the same for the same *chance*."""

    def check(self, drawn: object) -> None:
        """Raise whatever it raises when something is wrong."""

    def close(self) -> None:
        """Give back what was opened."""


def chance_of(target: str, seed: int, number: int) -> random.Random:
    """Return what the input of a number is drawn from."""
    return random.Random(f"{target}-{seed}-{number}")


def corpus() -> list[str]:
    """Return the pages of the corpus."""
    return [path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt"))]
