"""
Stored articles of the formats before the sixth: blocks of 1 KiB in raw deflate, Chinese in GB18030.

There are no symbols; what else is otherwise than the room's docstring says:
    articles/starts      u16   where each document begins in its open block: GB18030, or
                               255 and UTF-8 if it has what GB18030's editions differ in
    articles/dictionary  bytes zlib: what deflate refers to before a block; empty in
                               segments of less than a megabyte
"""

from __future__ import annotations

import codecs
import zlib
from functools import cached_property

from searchlib.embedded.codec.sections import SectionFile
from searchlib.embedded.codec.term_dict import decode
from searchlib.message import Message

MAX_ARTICLE_BYTES = 1 << 30
"""Of one article as JSON; a block that opens to more was made to fill somebody's memory."""

_RAW = -15
_DICTIONARY_BYTES = 32 << 10
_UTF8 = b"\xff"


class Deflated:
    """Opens the articles of such a file."""

    def __init__(self, file: SectionFile) -> None:
        self._file = file

    @cached_property
    def _options(self) -> tuple[int] | tuple[int, bytes]:
        """What opens a block."""
        data = self._file.view("articles/dictionary")
        opener = zlib.decompressobj()
        try:
            dictionary = opener.decompress(data, _DICTIONARY_BYTES)
        except zlib.error as error:
            raise self._file.damage("its dictionary of articles cannot be opened") from error
        return (_RAW, dictionary) if dictionary else (_RAW,)

    def open(self, number: int, packed: memoryview, most: int | None = None) -> memoryview:
        """
        Open the block of a number: all of it, or its first bytes, *most* of them.

        Raises:
            StoreFormatError: It does not end where it should.
        """
        opener = zlib.decompressobj(*self._options)
        block = opener.decompress(packed, MAX_ARTICLE_BYTES if most is None else most)
        if not opener.eof and (most is None or len(block) < most):
            raise self._file.damage(Message("block {} of its articles is cut short, or blown up", number))
        return memoryview(block)

    def text(self, article: memoryview) -> str:
        """Return the text of an article."""
        data = bytes(article)
        return decode(data[1:]) if data[:1] == _UTF8 else data.decode("gb18030")

    def beginning(self, article: memoryview) -> str:
        """Return the text of the first bytes of an article, without a character that they cut."""
        data = bytes(article)
        if data[:1] == _UTF8:
            return codecs.getincrementaldecoder("utf-8")("surrogatepass").decode(data[1:])
        return codecs.getincrementaldecoder("gb18030")().decode(data)
