"""
Stored articles: JSON, compressed in blocks of a few, so that one is read without the others of its segment.

Measured on news: blocks of 8 KiB come to 0.51 of the text and open in 45 µs, of
32 KiB to 0.47 in 145 µs. A reader keeps the last few open, because neighbours
are asked for together.
"""

from __future__ import annotations

import threading
import zlib
from collections import OrderedDict

import numpy as np

from searchlib.codec.sections import SectionFile, SectionWriter
from searchlib.codec.terms import decode, encode

_BLOCK_BYTES = 8 * 1024
_LEVEL = 4
_KEPT_BLOCKS = 64


class ArticleWriter:
    """Takes articles in the order of their documents."""

    def __init__(self) -> None:
        self._open: list[bytes] = []
        self._open_bytes = 0
        self._blocks: list[bytes] = []
        self._places: list[tuple[int, int]] = []

    def add(self, text: str) -> None:
        """Take the next document's JSON."""
        data = encode(text)
        self._places.append((len(self._blocks), self._open_bytes))
        self._open.append(data)
        self._open_bytes += len(data)
        if self._open_bytes >= _BLOCK_BYTES:
            self._close_block()

    def _close_block(self) -> None:
        self._blocks.append(zlib.compress(b"".join(self._open), _LEVEL))
        self._open.clear()
        self._open_bytes = 0

    def write(self, writer: SectionWriter) -> None:
        """Write all blocks."""
        if self._open:
            self._close_block()
        offsets = np.concatenate([[0], np.cumsum([len(block) for block in self._blocks], dtype=np.int64)])
        places = np.array(self._places, np.int64).reshape(-1, 2)
        writer.add("articles/blocks", b"".join(self._blocks))
        writer.add("articles/offsets", offsets.astype(np.uint64))
        writer.add("articles/block_of", places[:, 0].astype(np.uint32))
        writer.add("articles/start_in_block", places[:, 1].astype(np.uint32))


class Articles:
    """The articles of an open file; safe for many threads."""

    def __init__(self, file: SectionFile) -> None:
        self._blocks = file.view("articles/blocks")
        self._offsets = file.view("articles/offsets").cast("Q")
        self._block_of = file.view("articles/block_of").cast("I")
        self._starts = file.view("articles/start_in_block").cast("I")
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def text(self, doc: int) -> str:
        """Return the JSON of a document."""
        number = self._block_of[doc]
        last = doc + 1 == len(self._block_of) or self._block_of[doc + 1] != number
        block = self._block(number)
        return decode(block[self._starts[doc] : None if last else self._starts[doc + 1]])

    def _block(self, number: int) -> bytes:
        with self._lock:
            block = self._kept.get(number)
            if block is not None:
                self._kept.move_to_end(number)
                return block
        block = zlib.decompress(self._blocks[self._offsets[number] : self._offsets[number + 1]])
        with self._lock:
            self._kept[number] = block
            if len(self._kept) > _KEPT_BLOCKS:
                self._kept.popitem(last=False)
        return block
