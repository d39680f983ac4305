"""
Words that are written in two ways although their characters, folded one by one, differ.

瞭 is 了 in 瞭解, not in 瞭望; 著 is 着 in 看著, not in 著名. And 乾, which folds to
干 for 乾燥, is no 干 in 乾隆. The words are in `data/phrases.txt`, with their origin and licence.
"""

from __future__ import annotations

from collections import defaultdict

from searchlib.data import read_table


def _phrases() -> dict[str, tuple[str, ...]]:
    """Read the words: each with the others that it may be written as."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in read_table("phrases.txt"):
        first, _, second = line.partition("=")
        found[first].append(second)
        found[second].append(first)
    return {word: tuple(others) for word, others in found.items()}


PHRASES = _phrases()
"""Words that are written in two ways, after their characters are folded, each with the other ways."""

LENGTHS = sorted({len(word) for word in PHRASES}, reverse=True)
"""How long they are, the longest first."""

BEGINNINGS = frozenset(word[0] for word in PHRASES)
"""The characters that they begin with."""

KEEPING = """
    乾隆 乾坤 乾嘉 乾陵 乾清 乾元 乾卦 乾安 乾州 乾县 乾縣 乾象 乾纲 乾綱
    乾曜 乾佑 乾道 乾旦 康乾 尼乾 竺乾 萧乾 蕭乾 张法乾 張法乾 朝乾夕惕 李乾德 郭子乾
    旋乾转坤 旋乾轉坤 顛乾倒坤 颠乾倒坤 角徵 徵羽 徵弦 徵絃 徵音 徵声 徵聲 徵调 徵調 变徵
    變徵 流徵
"""
"""Words in which a character keeps its script, as they may be written (OpenCC 1.4 TSPhrases, Apache-2.0)."""

PARTICLES = "着著"

TRIGGERS = frozenset(
    {
        *PARTICLES,
        *(
            char
            for word, others in PHRASES.items()
            for other in others
            for pair in zip(word, other, strict=True)
            if pair[0] != pair[1]
            for char in pair
        ),
    }
)
"""Characters without one of which there is nothing to find: they tell the two ways apart."""
