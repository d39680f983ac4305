"""
A dictionary as a file that opens at once, and jieba's cut of short texts on it.

Loading a tokenizer takes 60 to 600 ms, cutting a query a few microseconds. So
the words are in a file as a trie, mapped into memory: nodes are numbered
level by level, so that the children of one are in a row and are found by
bisection. What an interrupted or a second writer leaves is never seen: the file
is renamed into place, and its checksum is verified whenever it is opened.

    "SLWORDS" version(1 byte)
    size, mtime and ctime of the dictionary it was made of (i64 each)
    digest of the dictionary (16 bytes of text)
    sum of all frequencies (u64), number of nodes (u32), crc32 of all that follows (u32)
    first child of each node, one number more (u32); frequency of each, 0 for a
    mere beginning (u32); character of each (u16); in the order of the machine

Node 0 is the root.
"""

from __future__ import annotations

import mmap
import os
import struct
import time
import zlib
from bisect import bisect_left
from collections.abc import Mapping
from contextlib import suppress
from math import log
from pathlib import Path

from searchlib.native import crc32

_MAGIC = b"SLWORDS\x01"
_HEAD = struct.Struct("=8s3q16sQII")
_MAX_FREQUENCY = (1 << 32) - 1
_MOST_S = 3600
"""Nobody takes longer to write the file."""

_FIRST_HAN, _LAST_HAN = "\u4e00", "\u9fd5"


class Dictionary:
    """Words with their frequencies; `cut` is jieba's precise mode without HMM, to the last bit."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        """
        Take what `pack` made.

        Raises:
            ValueError: It is damaged, or of another version or byte order.
        """
        view = memoryview(data)
        if len(view) < _HEAD.size:
            raise ValueError("it is cut short")
        magic, *stamp, digest, total, nodes, crc = _HEAD.unpack_from(view)
        body = view[_HEAD.size :]
        if magic != _MAGIC or len(body) != 4 * (nodes + 1) + 6 * nodes or crc32(body) != crc:
            raise ValueError("it is not one, or damaged")
        self.data, self.nodes = data, nodes
        self.stamp = tuple(stamp)
        self.digest: str = digest.decode()
        self.log_total = log(total)
        self._firsts = body[: 4 * (nodes + 1)].cast("I")
        self._frequencies = body[4 * (nodes + 1) : 4 * (2 * nodes + 1)].cast("I")
        self._chars = body[4 * (2 * nodes + 1) :].cast("H")

    def cut(self, run: str) -> list[str]:
        """
        Cut a run of Han (一 to 鿕) along its most probable path; of equal ones the longer word first.

        The sums are those of jieba, in its order, so that even paths that differ in
        the last bit are told apart as it tells them.
        """
        firsts, frequencies, chars, log_total = self._firsts, self._frequencies, self._chars, self.log_total
        codes = list(map(ord, run))
        count = len(codes)
        values = [0.0] * (count + 1)
        ends = list(range(1, count + 1))
        for start in range(count - 1, -1, -1):
            best = None
            node = 0
            for place in range(start, count):
                code = codes[place]
                last = firsts[node + 1]
                node = bisect_left(chars, code, firsts[node], last)
                if node == last or chars[node] != code:
                    break
                frequency = frequencies[node]
                if frequency:
                    value = log(frequency) - log_total + values[place + 1]
                    if best is None or value >= best:
                        best = value
                        ends[start] = place + 1
            values[start] = -log_total + values[start + 1] if best is None else best
        words = []
        start = 0
        while start < count:
            words.append(run[start : ends[start]])
            start = ends[start]
        return words


def stamp_of(source: Path) -> tuple[int, int, int]:
    """Return what tells that a file has not been changed."""
    found = source.stat()
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def digest_of(data: bytes) -> str:
    """Return the hash of a dictionary that fingerprints hold."""
    from hashlib import blake2b  # noqa: PLC0415 (2 ms; a dictionary is read once)

    return blake2b(data, digest_size=8).hexdigest()


def open_dictionary(source: Path, folder: Path | None) -> Dictionary | None:
    """
    Open the dictionary that was made of *source*; make it, 0.3 s, when it is missing, old or damaged.

    Args:
        source: A dictionary as jieba has them: word, frequency and tag on a line.
        folder: Where it is kept, which must be the user's own.

    Returns:
        None when it cannot be kept, or when *source* cannot be read.
    """
    if folder is None:
        return None
    try:
        stamp = stamp_of(source)
        file = folder / f"words-{zlib.crc32(os.fsencode(source)):08x}.bin"
        found = _open(file)
        if found is None or found.stamp != stamp:
            _clear(folder)
            found = _make(source, stamp, file)
    except (OSError, ValueError):
        return None
    return found


def _open(file: Path) -> Dictionary | None:
    try:
        with file.open("rb") as stream:
            return Dictionary(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):  # missing, empty or damaged: it is made
        return None


def _clear(folder: Path) -> None:
    """Take away what killed writers left."""
    for left in folder.glob("words-*.new"):
        with suppress(FileNotFoundError):  # it has just been renamed into place
            if left.stat().st_mtime < time.time() - _MOST_S:
                left.unlink()


def _make(source: Path, stamp: tuple[int, int, int], file: Path) -> Dictionary:
    import tempfile  # noqa: PLC0415 (made once)

    descriptor, beside = tempfile.mkstemp(".new", "words-", file.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            data = source.read_bytes()
            words, total = parse_words(data)
            made = pack(words, total, stamp, digest_of(data))
            stream.write(made)
        os.replace(beside, file)  # noqa: PTH105 (a descriptor's name, no Path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return Dictionary(made)


def parse_words(data: bytes) -> tuple[dict[str, int], int]:
    r"""
    Read a dictionary as jieba does: the last of equal words counts, the sum is over all lines.

    Raises:
        ValueError: A line is not one of a dictionary.

    >>> parse_words("党建 5 n\n党建 3 n\n".encode())
    ({'党建': 3}, 8)
    """
    words: dict[str, int] = {}
    total = 0
    for line in data.split(b"\n"):
        entry = line.strip().decode()
        if not entry:
            continue
        word, frequency, *_ = entry.split(" ", 2)
        number = words[word] = int(frequency)
        total += number
    return words, total


def pack(words: Mapping[str, int], total: int, stamp: tuple[int, int, int], digest: str) -> bytes:
    """
    Return the file of *words*; those with other characters than Han are left out, no run of Han has them.

    Raises:
        ValueError: A frequency is out of range.
    """
    import numpy as np  # noqa: PLC0415 (a query reads the file without it)

    han = sorted(word for word in words if word and min(word) >= _FIRST_HAN and max(word) <= _LAST_HAN)
    frequencies = [words[word] for word in han]
    if total <= 0 or (han and not 0 <= min(frequencies) <= max(frequencies) <= _MAX_FREQUENCY):
        raise ValueError("a frequency is out of range")
    codes = np.array(han or [""]).view(np.uint32).reshape(len(han) or 1, -1)
    lengths = (codes > 0).sum(axis=1)
    # A row begins a new node of a level where its beginning is another than the row's before it.
    is_new = np.zeros(len(codes), np.bool_)
    is_new[0] = True
    nodes = np.zeros(len(codes), np.int64)
    parents, chars, values = [np.empty(0, np.int64)], [np.zeros(1, np.uint32)], [np.zeros(1, np.int64)]
    count = 1
    for level in range(codes.shape[1]):
        column = codes[:, level]
        is_new[1:] |= column[1:] != column[:-1]
        starts = is_new & (column > 0)
        parents.append(nodes[starts])
        chars.append(column[starts])
        nodes = np.where(column > 0, count - 1 + np.cumsum(starts), 0)
        ends = lengths == level + 1
        value = np.zeros(int(starts.sum()), np.int64)
        value[nodes[ends] - count] = np.array(frequencies or [0])[ends]
        values.append(value)
        count += len(value)
    children = np.bincount(np.concatenate(parents), minlength=count)
    firsts = np.concatenate([[1], 1 + np.cumsum(children)])
    body = b"".join(
        (
            firsts.astype(np.uint32).tobytes(),
            np.concatenate(values).astype(np.uint32).tobytes(),
            np.concatenate(chars).astype(np.uint16).tobytes(),
        )
    )
    head = _HEAD.pack(_MAGIC, *stamp, digest.encode(), total, count, zlib.crc32(body))
    return head + body
