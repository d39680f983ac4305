"""Changes of texts and bytes: pieces taken out, doubled, moved, replaced, taken from elsewhere."""

from __future__ import annotations

import random
from collections.abc import Sequence

import strategies

AWKWARD = [
    *strategies.PUNCTUATION,
    *strategies.FULL_WIDTH,
    *strategies.SIGNS,
    *strategies.SPACES,
    *strategies.COMBINING,
    *strategies.ASTRAL,
    *strategies.SURROGATES,
    *"\x00\x1b\x7f\x85\u2028\u202e\ufeff\ufffe\uffff\U0010ffff",
]
NUMBERS = (0, 1, 0x7F, 0x80, 0xFF)


def any_character(chance: random.Random) -> str:
    """Return a character: mostly Han, sometimes one of trouble, sometimes any."""
    kind = chance.random()
    if kind < 0.5:
        return chance.choice(strategies.HAN)
    if kind < 0.9:
        return str(chance.choice(AWKWARD))
    return chr(chance.randrange(0x110000))


def any_text(chance: random.Random, most: int) -> str:
    """Return a text of up to *most* characters."""
    return "".join(any_character(chance) for _ in range(chance.randrange(most + 1)))


def mutated_text(chance: random.Random, text: str, others: Sequence[str], changes: int) -> str:
    """Return *text* after some changes, with pieces of *others*."""
    for _ in range(changes):
        start, end = _piece(chance, len(text))
        kind = chance.randrange(7)
        if kind == 0:
            new = ""
        elif kind == 1:
            new = text[start:end] * chance.choice([2, 2, 3, 20])
        elif kind == 2:
            new = any_text(chance, 6)
        elif kind == 3:
            other = chance.choice(others)
            first, last = _piece(chance, len(other))
            new = other[first:last]
        elif kind == 4:
            new = text[start:end][::-1]
        elif kind == 5:
            new = text[start:end].replace("\n", chance.choice(["", " ", "\n\n", "\r\n"]))
        else:
            new = any_character(chance) * chance.choice([1, 2, 50])
        text = text[:start] + new + text[end:]
    return text


def mutated_bytes(chance: random.Random, data: bytes, others: Sequence[bytes], changes: int) -> bytes:
    """Return *data* after some changes, with pieces of *others*."""
    changed = bytearray(data)
    for _ in range(changes):
        start, end = _piece(chance, len(changed))
        kind = chance.randrange(6)
        if kind == 0:
            changed[start:end] = b""
        elif kind == 1:
            changed[start:end] = changed[start:end] * 2
        elif kind == 2:
            other = chance.choice(others)
            first, last = _piece(chance, len(other))
            changed[start:end] = other[first:last]
        elif kind == 3:
            changed[start:end] = chance.randbytes(end - start)
        elif kind == 4:
            changed[start:end] = bytes([chance.choice(NUMBERS)]) * (end - start)
        elif start < len(changed):
            changed[start] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _piece(chance: random.Random, length: int) -> tuple[int, int]:
    """Return the ends of a piece, mostly a short one."""
    start = chance.randrange(length + 1)
    size = chance.choice([0, 1, 1, 2, 4, 8, 40, length // 4])
    return start, min(length, start + size)
