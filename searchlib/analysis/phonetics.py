"""How characters are read: which sound alike, and which characters a syllable can be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from searchlib.data import read_table, rows_with
from searchlib.lazy import lazy_pattern

_ALIKE = str.maketrans({"l": "n"})
_SYLLABLE = lazy_pattern(r"([a-z]*[aeiouv][a-z]*)(.+)")


@lru_cache(maxsize=1)
def _rows() -> str:
    return " ".join(read_table("readings.txt"))


@lru_cache(maxsize=1)
def chars_by_syllable() -> dict[str, str]:
    """Return the characters that each syllable can be, by its pinyin without tone."""
    return {match[1]: match[2] for row in _rows().split() if (match := _SYLLABLE.fullmatch(row))}


@lru_cache(maxsize=1 << 14)
def syllables_of(char: str) -> tuple[str, ...]:
    """
    Return all readings of a character, without tones; none when it is not in the table.

    >>> syllables_of("行")
    ('hang', 'heng', 'xing')
    """
    if char.isascii():
        return ()
    return tuple(match[1] for row in rows_with(_rows(), char) if (match := _SYLLABLE.fullmatch(row)))


def near(syllable: str) -> str:
    """
    Return a syllable as those say it who do not tell zh from z, l from n, -ng from -n.

    >>> near("zhang") == near("zan"), near("li") == near("ni"), near("ma") == near("fa")
    (True, True, False)
    """
    first = syllable[0] + syllable[2:] if syllable[:2] in {"zh", "ch", "sh"} else syllable
    return first.removesuffix("g").translate(_ALIKE) if first.endswith("ng") else first.translate(_ALIKE)


@lru_cache(maxsize=1)
def _syllables_by_near() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for syllable in chars_by_syllable():
        found.setdefault(near(syllable), []).append(syllable)
    return found


def sound_alikes(char: str) -> Iterator[tuple[str, bool]]:
    """Yield the other characters that sound like one, each once, and whether all but the tone is the same."""
    seen = {char}
    own = syllables_of(char)
    nearly = (other for syllable in own for other in _syllables_by_near()[near(syllable)])
    for exactly, syllables in ((True, own), (False, tuple(nearly))):
        for syllable in syllables:
            for other in chars_by_syllable()[syllable]:
                if other not in seen:
                    seen.add(other)
                    yield other, exactly
