"""
New words of a collection: what is together by more than chance, among changing neighbours.

A row of characters is proposed when its parts meet far more often than chance
would have it (pointwise mutual information, of the weakest of its cuts) and
when many different characters are on both sides of it (branching entropy, of
the weaker side): 查干湖 has both, 党建引 only the first, 的工作 only the second.

All texts go to a file of two bytes a character; rows of one length after the
other are counted there, a part at a time, so memory does not grow with the texts.

Source: the two measures as in Sornlertlamvanich et al., "Automatic corpus-based Thai word
extraction", COLING 2000, and Jin & Tanaka-Ishii, "Unsupervised segmentation of Chinese text
by use of branching entropy", COLING/ACL 2006.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from tempfile import TemporaryFile
from typing import IO

import numpy as np
import numpy.typing as npt

from searchlib.analysis.folding import simplify
from searchlib.analysis.words import JIEBA_HAN
from searchlib.findings import NewWord

MOST_CHARS = 5
"""The longest word that is proposed."""

LEAST_ENTROPY = 1.5
"""Bits: about three different neighbours on each side, equally often."""

LEAST_INFORMATION = 5.0
"""Bits: the parts meet 32 times as often as chance has it."""

_AT_ONCE = 1 << 21
_CODE_BITS = 16
_NO_HAN = re.compile(f"[^{JIEBA_HAN}]+")
_LIGHT = (
    "的了着过在是和与及或就都而也很还又这那之其被把对从为等将于以并但则让给向由个我你他她它们说不没有要会能可"
    "到得地去来上下中里内外前后时年月日多更最只且如若因所各每该此本某另均曾已正仍再才却即便"
    "零〇一二三四五六七八九十百千万亿两几第"
)
_LIGHT_AT_END = re.compile(f"[{_LIGHT}]|.*[{_LIGHT}]$")

_Codes = npt.NDArray[np.uint16]
_Numbers = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float64]


@dataclass
class _Level:
    """The rows of one length; a key is the number of the row but its last character, and that; ascending."""

    keys: _Numbers
    counts: _Numbers
    left: _Floats
    right: _Floats


def new_words(texts: Iterable[str], known: set[str], *, min_count: int = 5) -> list[NewWord]:
    """
    Return words of two to five characters that are not *known*, the best first.

    Args:
        texts: Read once.
        known: Words not to be proposed.
        min_count: How often a word must be in the texts.
    """
    with TemporaryFile() as codes_file, TemporaryFile() as rows_file:
        size = _write_codes(texts, codes_file)
        if size < 2:  # noqa: PLR2004
            return []
        codes: _Codes = np.memmap(codes_file, np.uint16, "r", shape=(size,))
        rows = np.memmap(rows_file, np.int32, "w+", shape=(size,))
        levels = list(_levels(codes, rows, min_count))
        total = int(np.count_nonzero(codes))
        found = list(_choose(levels, total, known))
        del codes, rows
    return sorted(found, key=lambda word: (-word.score, word.text))


def _write_codes(texts: Iterable[str], file: IO[bytes]) -> int:
    """Write the Han of all texts, simplified, two bytes each and 0 for all else; return how many."""
    size = 0
    for text in texts:
        data = _NO_HAN.sub("\0", f"{simplify(text)}\n").encode("utf-16-le")
        file.write(data)
        size += len(data) // 2
    file.flush()
    return size


def _levels(codes: _Codes, rows: npt.NDArray[np.int32], min_count: int) -> Iterator[_Level]:
    """
    Count the rows of one character, of two, and so on, as far as they are frequent.

    *rows* has for each place the number of the row that begins there, or -1.
    """
    counts = np.zeros(1 << _CODE_BITS, np.int64)
    for start in range(0, len(codes), _AT_ONCE):
        counts += np.bincount(codes[start : start + _AT_ONCE], minlength=1 << _CODE_BITS)
    counts[0] = 0
    keys = np.flatnonzero(counts >= min_count)
    for length in range(1, MOST_CHARS + 1):
        _number(codes, rows, keys, length)
        if length == 1:
            counts = counts[keys]
        level = _Level(keys, counts, np.zeros(len(keys)), np.zeros(len(keys)))
        keys, counts = _look_around(level, codes, rows, length, min_count)
        yield level
        if not len(keys):
            return


def _number(codes: _Codes, rows: npt.NDArray[np.int32], keys: _Numbers, length: int) -> None:
    """Write the number of the row of a length that begins at each place, in place of the shorter one's."""
    for start in range(0, len(codes), _AT_ONCE):
        end = min(start + _AT_ONCE, len(codes))
        if length == 1:
            wanted = codes[start:end].astype(np.int64)
        else:
            last = np.zeros(end - start, np.int64)
            there = codes[start + length - 1 : end + length - 1]
            last[: len(there)] = there
            before = rows[start:end].astype(np.int64)
            wanted = np.where((before >= 0) & (last > 0), before << _CODE_BITS | last, -1)
        numbers = np.full(end - start, -1, np.int32)
        some = np.flatnonzero(wanted >= 0)
        if len(keys):
            places = np.minimum(np.searchsorted(keys, wanted[some]), len(keys) - 1)
            numbers[some] = np.where(keys[places] == wanted[some], places, -1)
        rows[start:end] = numbers


def _look_around(
    level: _Level, codes: _Codes, rows: npt.NDArray[np.int32], length: int, min_count: int
) -> tuple[_Numbers, _Numbers]:
    """Write down the neighbours of each row; return the frequent rows of one character more, with counts."""
    longer: list[tuple[_Numbers, _Numbers]] = []
    for first, last in _shares_of(level.counts):
        for side, entropy in ((length, level.right), (-1, level.left)):
            pairs, found = np.unique(_pairs(codes, rows, first, last, side), return_counts=True)
            entropy[first:last] = _entropies((pairs >> _CODE_BITS) - first, found, last - first)
            if side == length:
                good = (found >= min_count) & (pairs & ((1 << _CODE_BITS) - 1) > 0)
                longer.append((pairs[good], found[good]))
    if not longer:
        return level.keys[:0], level.counts[:0]
    keys, counts = (np.concatenate(column) for column in zip(*longer, strict=True))
    return keys, counts


def _shares_of(counts: _Numbers) -> Iterator[tuple[int, int]]:
    """Part the rows so that the places of each part fit into memory."""
    if len(counts):
        parts = np.cumsum(counts) // _AT_ONCE
        bounds = [0, *(np.flatnonzero(np.diff(parts)) + 1).tolist(), len(counts)]
        yield from pairwise(bounds)


def _pairs(codes: _Codes, rows: npt.NDArray[np.int32], first: int, last: int, side: int) -> _Numbers:
    """Return number and neighbour of each place where one of some rows begins; 0 is what is no Han."""
    found = []
    for start in range(0, len(codes), _AT_ONCE):
        here = rows[start : start + _AT_ONCE]
        places = np.flatnonzero((here >= first) & (here < last))
        beside = places + start + side
        inside = (beside >= 0) & (beside < len(codes))
        neighbours = np.where(inside, codes[np.where(inside, beside, 0)], 0).astype(np.int64)
        found.append(here[places].astype(np.int64) << _CODE_BITS | neighbours)
    return np.concatenate(found)


def _entropies(numbers: _Numbers, counts: _Numbers, size: int) -> _Floats:
    """Return the entropy, in bits, of each row's neighbours."""
    totals = np.bincount(numbers, counts, size)
    logs = np.bincount(numbers, counts * np.log2(counts), size)
    some = np.maximum(totals, 1)
    entropies: _Floats = np.where(totals > 0, np.log2(some) - logs / some, 0.0)
    return entropies


def _choose(levels: list[_Level], total: int, known: set[str]) -> Iterator[NewWord]:
    for length in range(2, len(levels) + 1):
        level = levels[length - 1]
        entropies = np.minimum(level.left, level.right)
        for number in np.flatnonzero(entropies >= LEAST_ENTROPY).tolist():
            text = _text(levels, length, number)
            if text in known or _LIGHT_AT_END.match(text):
                continue
            count = int(level.counts[number])
            information = min(_information(levels, text, cut, count, total) for cut in range(1, length))
            if information >= LEAST_INFORMATION:
                score = information * float(entropies[number]) * math.log2(count)
                yield NewWord(text, count, score)


def _information(levels: list[_Level], text: str, cut: int, count: int, total: int) -> float:
    """Return how many times as often as by chance two parts of a text meet, in bits."""
    parts = _count(levels, text[:cut]) * _count(levels, text[cut:])
    return math.log2(count * total / parts)


def _text(levels: list[_Level], length: int, number: int) -> str:
    chars = []
    for level in reversed(levels[:length]):
        key = int(level.keys[number])
        chars.append(chr(key & ((1 << _CODE_BITS) - 1)))
        number = key >> _CODE_BITS
    return "".join(reversed(chars))


def _count(levels: list[_Level], text: str) -> int:
    """Return how often a part of a frequent row is in the texts; it is frequent itself."""
    number = 0
    for level, char in zip(levels, text, strict=False):
        key = ord(char) if level is levels[0] else number << _CODE_BITS | ord(char)
        number = int(np.searchsorted(level.keys, key))
    return int(levels[len(text) - 1].counts[number])
