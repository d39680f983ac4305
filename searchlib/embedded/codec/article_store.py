"""
Stored articles: JSON, compressed in blocks of a few, so that one is read without the others of its segment.

The room's docstring has the bytes. The dictionary is cut from the first megabyte
of the segment, in 32 pieces, so that the same articles always give the same
bytes. Text is in GB18030, in which a Chinese character takes two bytes and not
three, where every edition of that gives it back.

Measured on news: 0.42 of the text, and an article opens in 16 µs; in blocks of 4 KiB
it is 0.40 and 25 µs. UTF-8 in blocks of 8 KiB without a dictionary came to 0.51
and 42 µs. Phrases are verified on these texts, so the time counts for more.
A reader keeps the last few open, because neighbours are asked for together.
"""

from __future__ import annotations

import codecs
import zlib
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from searchlib.arrays import AnyArray, np
from searchlib.embedded.codec.sections import SectionFile, SectionWriter
from searchlib.embedded.codec.term_dict import decode, encode
from searchlib.errors import CorpusError
from searchlib.forks import new_lock
from searchlib.lazy import lazy_pattern
from searchlib.message import Message

MAX_ARTICLE_BYTES = 1 << 30
"""Of one article as JSON; a block that opens to more was made to fill somebody's memory."""

_BLOCK_BYTES = 1024
_LEVEL = 4
_RAW = -15
_KEPT_BLOCKS = 256
_SAMPLED_BYTES = 1 << 20
_PIECES = 32
_PIECE_BYTES = 1024
_PIECE_AT_ONCE = 1 << 20
_UTF8 = b"\xff"

_NOT_GB18030 = lazy_pattern(
    "[\u1e3f\u9fb4-\u9fbb\ud800-\udfff\ue000-\uf8ff\ufe10-\ufe19"
    "\U00020087\U00020089\U000200cc\U000215d7\U0002298f\U000241fe]"
)
"""Lone surrogates, and what the editions of GB18030 (2000, 2005, 2022) map differently."""


def encode_text(text: str) -> bytes:
    r"""
    Return the bytes that `decode_text` makes the same text of again, whatever it holds.

    >>> encode_text("党建").hex(), encode_text("\ud800").hex()
    ('b5b3bda8', 'ffeda080')
    """
    try:
        return text.encode("gbk")  # nearly all, and the same; to look for the others takes four times as long
    except UnicodeEncodeError:
        return _UTF8 + encode(text) if _NOT_GB18030.search(text) else text.encode("gb18030")


def decode_text(data: bytes) -> str:
    """Return the text of some bytes."""
    return decode(data[1:]) if data[:1] == _UTF8 else data.decode("gb18030")


def _decode_beginning(data: bytes) -> str:
    """Return the text of the first of some bytes, without a character that they cut."""
    if data[:1] == _UTF8:
        return codecs.getincrementaldecoder("utf-8")("surrogatepass").decode(data[1:])
    return codecs.getincrementaldecoder("gb18030")().decode(data)


class ArticleWriter:
    """Takes articles in the order of their documents."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self._waiting_bytes = 0
        self._dictionary: bytes | None = None
        self._compressor: Any = None
        self._open: list[bytes] = []
        self._open_bytes = 0
        self._blocks: list[bytes] = []
        self._block_sizes: list[int] = []
        self._block_checks: list[int] = []
        self._starts: list[int] = []
        self._firsts: list[int] = []

    def add(self, text: str) -> None:
        """Take the next document's JSON."""
        data = encode_text(text)
        if len(data) + _BLOCK_BYTES > MAX_ARTICLE_BYTES:
            raise CorpusError(
                "article", Message("is larger than {} bytes", f"{MAX_ARTICLE_BYTES - _BLOCK_BYTES:,}")
            )
        if self._dictionary is not None:
            self._put(data)
            return
        self._waiting.append(data)
        self._waiting_bytes += len(data)
        if self._waiting_bytes >= _SAMPLED_BYTES:
            sample = b"".join(data[:_SAMPLED_BYTES] for data in self._waiting)[:_SAMPLED_BYTES]
            step = _SAMPLED_BYTES // _PIECES
            self._start(
                b"".join(sample[place : place + _PIECE_BYTES] for place in range(0, len(sample), step))
            )

    def _start(self, dictionary: bytes) -> None:
        """Begin to compress with a dictionary."""
        self._dictionary = dictionary
        options = (_LEVEL, zlib.DEFLATED, _RAW, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY)
        # Copied for each block, which is faster than taking the dictionary in again.
        self._compressor = zlib.compressobj(*options, *([dictionary] if dictionary else []))
        for data in self._waiting:
            self._put(data)
        self._waiting.clear()

    def _put(self, data: bytes) -> None:
        if not self._open:
            self._firsts.append(len(self._starts))
        self._starts.append(self._open_bytes)
        self._open.append(data)
        self._open_bytes += len(data)
        if self._open_bytes >= _BLOCK_BYTES:
            self._close_block()

    def _close_block(self) -> None:
        compressor = self._compressor.copy()
        data = memoryview(b"".join(self._open))
        # A signal is looked at between two pieces; what comes out does not depend on them.
        pieces = (data[place : place + _PIECE_AT_ONCE] for place in range(0, len(data), _PIECE_AT_ONCE))
        packed = [compressor.compress(piece) for piece in pieces]
        block = b"".join([*packed, compressor.flush()])
        self._blocks.append(block)
        self._block_sizes.append(len(block))
        self._block_checks.append(zlib.crc32(block))
        self._open.clear()
        self._open_bytes = 0

    def write(self, writer: SectionWriter, texts: Iterable[str] = ()) -> None:
        """Write all blocks, and those of *texts*, the JSON of the next documents, while these are read."""
        writer.add_pieces("articles/blocks", np.dtype(np.uint8), self._pieces(texts))
        offsets = np.concatenate([[0], np.cumsum(self._block_sizes, dtype=np.int64)])
        writer.add("articles/offsets", offsets.astype(np.uint64))
        writer.add("articles/checks", np.array(self._block_checks, np.uint32))
        writer.add("articles/firsts", np.array(self._firsts, np.uint32))
        writer.add("articles/starts", np.array(self._starts, np.uint16))
        writer.add("articles/dictionary", zlib.compress(self._dictionary or b"", zlib.Z_BEST_COMPRESSION))

    def _pieces(self, texts: Iterable[str]) -> Iterator[AnyArray]:
        for text in texts:
            yield from self._end_block()
            self.add(text)
        if self._dictionary is None:
            self._start(b"")
        if self._open:
            self._close_block()
        yield from self._end_block()

    def _end_block(self) -> Iterator[AnyArray]:
        blocks, self._blocks = self._blocks, []
        return (np.frombuffer(block, np.uint8) for block in blocks)


class Articles:
    """The articles of an open file; safe for many threads."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._blocks = file.view("articles/blocks", verify=False)
        self._offsets = file.view("articles/offsets").cast("Q")
        self._checks = file.view("articles/checks").cast("I")
        self._firsts = file.view("articles/firsts").cast("I")
        self._starts = file.view("articles/starts").cast("H")
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._lock = new_lock()

    @cached_property
    def _options(self) -> tuple[int] | tuple[int, bytes]:
        """What opens a block."""
        data = self._file.view("articles/dictionary")
        opener = zlib.decompressobj()
        try:
            dictionary = opener.decompress(data, _PIECES * _PIECE_BYTES)
        except zlib.error as error:
            raise self._file.damage("its dictionary of articles cannot be opened") from error
        return (_RAW, dictionary) if dictionary else (_RAW,)

    def text(self, doc: int) -> str:
        """
        Return the JSON of a document.

        Raises:
            StoreFormatError: The block it is in is damaged.
        """
        number = self._number_of(doc)
        block = self._block(number)
        is_last = doc + 1 == self._first_after(number)
        return decode_text(block[self._starts[doc] : None if is_last else self._starts[doc + 1]])

    def texts(self) -> Iterator[str]:
        """
        Yield the JSON of all documents; no block is kept.

        Raises:
            StoreFormatError: The block that comes next is damaged.
        """
        for number, first in enumerate(self._firsts):
            block = self._open(number)
            starts = self._starts[first : self._first_after(number)].tolist()
            for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
                yield decode_text(block[start:end])

    def beginning(self, doc: int, size: int) -> str:
        """
        Return as much of the JSON of a document as is in its first *size* bytes.

        Of a news article it takes a third of the time of the whole text.

        Raises:
            StoreFormatError: The block it is in is damaged.
        """
        number = self._number_of(doc)
        start = self._starts[doc]
        end = start + size
        if doc + 1 < self._first_after(number):
            end = min(end, self._starts[doc + 1])
        opener = zlib.decompressobj(*self._options)
        return _decode_beginning(opener.decompress(self._read_packed(number), start + size)[start:end])

    def _number_of(self, doc: int) -> int:
        """Return the number of the block in which a document stands."""
        return bisect_right(self._firsts, doc) - 1

    def _first_after(self, number: int) -> int:
        """Return the first document behind a block."""
        return self._firsts[number + 1] if number + 1 < len(self._firsts) else len(self._starts)

    def _read_packed(self, number: int) -> memoryview:
        data = self._blocks[self._offsets[number] : self._offsets[number + 1]]
        if zlib.crc32(data) != self._checks[number]:
            raise self._file.damage(Message("block {} of its articles does not fit its checksum", number))
        return data

    def _block(self, number: int) -> bytes:
        with self._lock:
            block = self._kept.get(number)
            if block is not None:
                self._kept.move_to_end(number)
                return block
        block = self._open(number)
        with self._lock:
            self._kept[number] = block
            if len(self._kept) > _KEPT_BLOCKS:
                self._kept.popitem(last=False)
        return block

    def _open(self, number: int) -> bytes:
        opener = zlib.decompressobj(*self._options)
        block = opener.decompress(self._read_packed(number), MAX_ARTICLE_BYTES)
        if not opener.eof:
            raise self._file.damage(Message("block {} of its articles is cut short, or blown up", number))
        return block
