"""Some inputs of each target; the whole of it is the command's."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

import pytest

from fuzz.fuzz import TARGETS, main, tried
from fuzz.mutating import mutated_bytes, mutated_text
from fuzz.target import chance_of

INPUTS = {
    "queries": 20,
    "pages": 60,
    "files": 300,
    "segments": 20,
    "snippets": 150,
    "studies": 80,
    "arguments": 100,
}


@pytest.mark.parametrize("name", TARGETS)
def test_inputs_come_to_a_good_end(name: str, tmp_path: Path) -> None:
    """An answer, or an error of ours, in time."""
    with closing(TARGETS[name](tmp_path)) as target:
        found = list(tried(target, name, 20261125, range(INPUTS[name])))
    assert [str(finding) for finding in found if finding is not None] == []


@pytest.mark.parametrize("name", TARGETS)
def test_an_input_follows_from_its_number(name: str, tmp_path: Path) -> None:
    """Else no finding could be looked at again."""
    with closing(TARGETS[name](tmp_path)) as target:
        drawn = [[repr(target.draw(chance_of(name, 1, number))) for number in range(20)] for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) > 15


def test_mutations_change_texts_and_bytes() -> None:
    """An input that is what it was made of tries nothing."""
    chance = random.Random(1)
    text, data = "查干湖冬捕节开幕。" * 20, bytes(range(200))
    assert len({mutated_text(chance, text, [text], 3) for _ in range(50)}) > 45
    assert len({mutated_bytes(chance, data, [data], 3) for _ in range(50)}) > 45


def test_a_finding_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With what tries it again; exit code 1."""

    class Broken:
        def __init__(self, _: Path) -> None:
            pass

        def draw(self, chance: random.Random) -> object:
            return chance.random()

        def check(self, drawn: object) -> None:
            raise ValueError(drawn)

        def close(self) -> None:
            pass

    monkeypatch.setitem(TARGETS, "pages", Broken)
    assert main(["--target", "pages", "--seed", "3", "--number", "7"]) == 1
    out = capsys.readouterr().out
    assert "--target pages --seed 3 --number 7" in out
    assert "ValueError" in out
    assert "1  pages, seed 3, 0 s, 1 found" in out
