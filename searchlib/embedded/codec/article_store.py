"""
Stored articles: JSON, packed by the segment's own symbols, so that one is read without the others.

The room's docstring has the bytes, `symbols` how a text is packed. Some articles are
one block, which has a checksum. Phrases are verified on these texts, and passages
looked for, so the time that one takes to open counts for more than the last byte.
Measured on news: 0.38 of the text, and the kernel opens an article in 1.3 µs, from
there Python's text is made in 3 µs.
"""

from __future__ import annotations

import codecs
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from searchlib.arrays import AnyArray, np
from searchlib.embedded.codec import symbols
from searchlib.embedded.codec.deflated import MAX_ARTICLE_BYTES, Deflated
from searchlib.embedded.codec.sections import SectionFile, SectionWriter
from searchlib.embedded.codec.term_dict import decode, encode
from searchlib.errors import CorpusError
from searchlib.message import Message

_BLOCK_BYTES = 1024
_SAMPLED = 4
_LEAST_SAMPLE, _MOST_SAMPLE = 1 << 19, 3 << 20
_LONGEST_SAMPLED = 1 << 20
_PACKED_AT_ONCE = 1 << 20
_PIECE_CHARS = 1 << 18

_IN_MEMORY_BYTES = 16 << 20
"""Of records that wait to be packed; more are in a file."""

Sample = tuple[list[bytes], int]
"""Records in UTF-8, and in how many parts all records are one such part."""


def check_size(record: bytes) -> None:
    """
    See that a record is no larger than an index can have it.

    Raises:
        CorpusError: It is.
    """
    most = MAX_ARTICLE_BYTES - _BLOCK_BYTES
    if len(record) > most:
        raise CorpusError("article", Message("is larger than {} bytes", f"{most:,}"))


class WaitingRecords:
    """Records that wait until all are there: the symbols are chosen by a sample of them."""

    def __init__(self, folder: Path | None) -> None:
        """*folder* is where they wait when they are many; None for the system's folder for such files."""
        self._folder = folder
        self._file: IO[bytes] = BytesIO()
        self._starts = [0]

    def add(self, record: bytes) -> None:
        """Take the next one; none was read yet."""
        self._file.write(record)
        self._starts.append(self._starts[-1] + len(record))
        if isinstance(self._file, BytesIO) and self._starts[-1] > _IN_MEMORY_BYTES:
            held, self._file = self._file, TemporaryFile(dir=self._folder)  # noqa: SIM115 (`close` closes it)
            self._file.write(held.getbuffer())

    def __getitem__(self, number: int) -> bytes:
        start, end = self._starts[number : number + 2]
        self._file.seek(start)
        return self._file.read(end - start)

    def __iter__(self) -> Iterator[bytes]:
        """Yield all; nothing else reads meanwhile."""
        self._file.seek(0)
        for start, end in pairwise(self._starts):
            yield self._file.read(end - start)

    def close(self) -> None:
        """Let go of them."""
        self._file.close()


def take_sample(count: int, record_of: Callable[[int], bytes]) -> Sample:
    """
    Return records at equal distances: every fourth, of a large segment fewer, of a small one all.

    Args:
        count: How many records there are.
        record_of: Returns that of a number.
    """
    records = [_beginning(record_of(number)) for number in range(0, count, _SAMPLED)]
    size = sum(map(len, records))
    if size * _SAMPLED < _LEAST_SAMPLE:
        return [_beginning(record_of(number)) for number in range(count)], 1
    step = -(-size // _MOST_SAMPLE)
    return records[::step], _SAMPLED * step


def _beginning(record: bytes) -> bytes:
    """Return the record, of a long one only the beginning."""
    if len(record) <= _LONGEST_SAMPLED:
        return record
    decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
    return encode(decoder.decode(record[:_LONGEST_SAMPLED]))


def write_articles(writer: SectionWriter, records: Iterable[bytes], sample: Sample, threads: int = 1) -> None:
    """Write records, in the order of their documents, while they are read; pack them in so many *threads*."""
    packer = symbols.train(*sample)
    firsts: list[int] = []
    starts: list[int] = []
    ends = [0]
    checks: list[int] = []

    def pieces() -> Iterator[AnyArray]:
        size = 0
        articles: list[bytes] = []
        for some in _packed(packer, records, threads):
            done = []
            for article in some:
                if not articles:
                    firsts.append(len(starts))
                starts.append(size)
                articles.append(article)
                size += len(article)
                if size >= _BLOCK_BYTES:
                    done.append(end_block(articles))
                    size = 0
            yield np.frombuffer(b"".join(done), np.uint8)
        if articles:
            yield np.frombuffer(end_block(articles), np.uint8)

    def end_block(articles: list[bytes]) -> bytes:
        block = b"".join(articles)
        articles.clear()
        ends.append(ends[-1] + len(block))
        checks.append(zlib.crc32(block))
        return block

    writer.add_pieces("articles/blocks", np.dtype(np.uint8), pieces())
    writer.add("articles/offsets", np.array(ends, np.uint64))
    writer.add("articles/checks", np.array(checks, np.uint32))
    writer.add("articles/firsts", np.array(firsts, np.uint32))
    writer.add("articles/starts", np.array(starts, np.uint16))
    writer.add(symbols.TABLE, np.frombuffer(packer.table, np.uint64))


def _packed(packer: symbols.TextPacker, records: Iterable[bytes], threads: int) -> Iterator[list[bytes]]:
    """Pack records that come to a megabyte together, a longer one by itself and piece by piece."""
    batch: list[bytes] = []
    size = 0
    for record in records:
        if size + len(record) > _PACKED_AT_ONCE:
            yield packer.pack(batch, threads)
            batch, size = [], 0
        if len(record) > _PACKED_AT_ONCE:
            text = decode(record)
            pieces = (text[place : place + _PIECE_CHARS] for place in range(0, len(text), _PIECE_CHARS))
            yield [b"".join(packer.pack([encode(piece)], threads)[0] for piece in pieces)]
        else:
            batch.append(record)
            size += len(record)
    yield packer.pack(batch, threads)


class Articles:
    """The articles of an open file; safe for many threads."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file
        self._blocks = file.view("articles/blocks", verify=False)
        self._offsets = file.view("articles/offsets").cast("Q")
        self._checks = file.view("articles/checks").cast("I")
        self._firsts = file.view("articles/firsts").cast("I")
        self._starts = file.view("articles/starts").cast("H")

    @cached_property
    def _form(self) -> symbols.Packed | Deflated:
        return symbols.Packed(self._file) if symbols.TABLE in self._file else Deflated(self._file)

    def text(self, doc: int) -> str:
        """
        Return the JSON of a document.

        Raises:
            StoreFormatError: The block it is in is damaged.
        """
        number = self._number_of(doc)
        block = self._form.open(number, self._read_packed(number))
        is_last = doc + 1 == self._first_after(number)
        return self._form.text(block[self._starts[doc] : None if is_last else self._starts[doc + 1]])

    def texts(self) -> Iterator[str]:
        """
        Yield the JSON of all documents.

        Raises:
            StoreFormatError: The block that comes next is damaged.
        """
        for number, first in enumerate(self._firsts):
            block = self._form.open(number, self._read_packed(number))
            starts = self._starts[first : self._first_after(number)].tolist()
            for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
                yield self._form.text(block[start:end])

    def beginning(self, doc: int, size: int) -> str:
        """
        Return as much of the JSON of a document as is in its first *size* bytes, an even number.

        Raises:
            StoreFormatError: The block it is in is damaged.
        """
        number = self._number_of(doc)
        start = self._starts[doc]
        end = start + size
        if doc + 1 < self._first_after(number):
            end = min(end, self._starts[doc + 1])
        block = self._form.open(number, self._read_packed(number), end)
        return self._form.beginning(block[start:end])

    def _number_of(self, doc: int) -> int:
        """Return the number of the block in which a document is."""
        return bisect_right(self._firsts, doc) - 1

    def _first_after(self, number: int) -> int:
        """Return the first document behind a block."""
        return self._firsts[number + 1] if number + 1 < len(self._firsts) else len(self._starts)

    def _read_packed(self, number: int) -> memoryview:
        data = self._blocks[self._offsets[number] : self._offsets[number + 1]]
        if zlib.crc32(data) != self._checks[number]:
            raise self._file.damage(Message("block {} of its articles does not fit its checksum", number))
        return data
