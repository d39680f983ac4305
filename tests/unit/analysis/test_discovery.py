"""New words are found by how they hold together and what stands beside them."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest

from searchlib.analysis import discovery
from searchlib.analysis.discovery import new_words


def made_up(words: list[str], seed: int) -> list[str]:
    """Return texts in which some words stand among random characters."""
    draw = random.Random(seed)
    others = [chr(0x4E00 + number) for number in range(400)]
    return [
        "".join(draw.choice(words if draw.random() < 0.1 else others) for _ in range(60)) + "。"
        for _ in range(400)
    ]


def test_words_are_found_and_their_parts_are_not() -> None:
    """Exactly the words that were put in, however long; half a word always has the same neighbour."""
    words = ["查干湖", "青诉即办", "网融", "联东优谷城"]
    texts = made_up(words, seed=1)
    found = new_words(texts, set(), min_count=50)
    assert {word.text for word in found} == set(words)
    joined = "\n".join(texts)
    assert {word.text: word.count for word in found} == {word: joined.count(word) for word in words}


def test_known_words_and_light_ends_are_left_out() -> None:
    """What the dictionary has, and rows that begin or end with a particle, are no news."""
    found = new_words(made_up(["查干湖", "湖泊的"], seed=2), {"查干湖"}, min_count=50)
    assert not {"查干湖", "湖泊的"} & {word.text for word in found}


@pytest.mark.parametrize("at_once", [64, 1 << 21])
def test_entropies_and_counts_are_those_of_a_plain_count(
    monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    """A part at a time or all at once, the figures are the same as with a dict."""
    monkeypatch.setattr(discovery, "_AT_ONCE", at_once)
    texts = made_up(["查干湖", "网融"], seed=3)[:20]
    joined = "".join(f"{text[:-1]}\0\0" for text in texts)
    for word in new_words(texts, set(), min_count=5):
        places = [i for i in range(len(joined)) if joined.startswith(word.text, i)]
        assert len(places) == word.count
        sides = (Counter(joined[i - 1] for i in places), Counter(joined[i + len(word.text)] for i in places))
        entropy = min(
            -sum(n / word.count * math.log2(n / word.count) for n in side.values()) for side in sides
        )
        assert entropy >= discovery.LEAST_ENTROPY - 1e-9


def test_nothing_to_read() -> None:
    """No text, one character, no Han."""
    assert new_words([], set()) == []
    assert new_words(["湖"], set()) == []
    assert new_words(["abc 123 " * 100], set()) == []
