"""Pages: every character in one article or in the furniture, the same again, time in step with the length."""

from __future__ import annotations

import random
import time
from pathlib import Path

from checks import check_covered_once, check_in_order, check_pieces

from fuzz.mutating import any_text, mutated_text
from fuzz.target import corpus
from searchlib.pages import explain_page
from searchlib.pages.splitter import split_text

GROWN = 40_000
"""Characters of a page that is made of one piece again and again; it takes 0.1 to 0.3 s."""
MOST_S = 4.0
"""For `GROWN` characters: a pattern that runs over a line again and again takes minutes."""


class Pages:
    """Splits mutated pages, and long ones made of a piece of one."""

    def __init__(self, _: Path) -> None:
        self._pages = corpus()
        self._lines = [line for page in self._pages for line in page.split("\n") if line.strip()]

    def draw(self, chance: random.Random) -> object:
        """Return a page."""
        kind = chance.random()
        if kind < 0.5:
            page = chance.choice(self._pages)
            start = chance.randrange(len(page))
            piece = page[start : start + chance.choice([200, 800, 3000])]
            return mutated_text(chance, piece, self._pages, chance.choice([1, 4, 16]))
        if kind < 0.8:
            lines = [self._line(chance) for _ in range(chance.randrange(1, 30))]
            return chance.choice(["\n", "\n\n", "\r\n"]).join(lines)
        if kind < 0.97:
            return any_text(chance, 200)
        piece = "\n".join(self._line(chance) for _ in range(chance.randrange(1, 4)))
        if chance.random() < 0.5:
            piece = any_text(chance, 5) + chance.choice(["", "\n"])
        return (piece * (GROWN // max(len(piece), 1)))[:GROWN]

    def _line(self, chance: random.Random) -> str:
        line = chance.choice(self._lines)
        if chance.random() < 0.4:
            line = line[: chance.randrange(len(line))]
        return mutated_text(chance, line, self._lines, chance.choice([0, 0, 1, 2]))

    def check(self, drawn: object) -> None:
        """Split it twice and look at every range."""
        text = str(drawn)
        start = time.process_time()
        split = split_text(text)
        took = time.process_time() - start
        assert took < MOST_S, f"{took:.1f} s for {len(text):,} characters"
        check_covered_once(text, split)
        check_in_order(split.articles)
        check_pieces(split)
        if len(text) == GROWN:
            return
        assert split_text(text) == split
        lines = list(explain_page(text))
        assert "".join("".join(line.text.split()) for line in lines) == "".join(text.split())
        assert {line.article for line in lines} - {0} == set(range(1, len(split.articles) + 1))

    def close(self) -> None:
        """Nothing is open."""
