"""
A file as a stream of lines: a great one needs no more memory than a small one.

The encoding is told from the beginning of the file, and the whole file is read
once to see that it holds; where it does not, the file is decoded as a whole.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager

from searchlib.errors import CorpusError
from searchlib.ingest.archives import Blob
from searchlib.ingest.encodings import END_OF_FILE, decode
from searchlib.ingest.notes import Notes

_SAMPLE_BYTES = 1 << 18
_BLOCK_BYTES = 1 << 20
_MAX_HELD_LINES = 100
_STREAMED = (
    "utf-8-sig",
    "utf-16",
    "utf-32",
    "gb18030",
    "big5hkscs",
    "cp950",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
)
"""What Python decodes piece by piece; EUC-TW, and what is not Chinese, is decoded as a whole."""


@contextmanager
def open_lines(blob: Blob, notes: Notes | None = None) -> Iterator[Iterator[str]]:
    r"""
    Open a file as lines that end with `\n`, whatever its encoding and line ends; not the last one, perhaps.

    Raises:
        CorpusError: The file is no text, or in no encoding that can be told.
    """
    encoding = _encoding_of(blob)
    if encoding is None:
        yield iter(io.StringIO(decode(blob.read(), blob.source, notes)))
        return
    with io.TextIOWrapper(blob.open(), encoding=encoding) as lines:
        yield _without_mark(lines)


def _without_mark(lines: Iterator[str]) -> Iterator[str]:
    """Yield lines without the byte order mark at the beginning and the end mark of DOS."""
    held: list[str] = []
    for number, line in enumerate(lines):
        plain = line if number else line.removeprefix("\ufeff")
        if END_OF_FILE in plain and len(held) < _MAX_HELD_LINES:
            held.append(plain)  # until it shows whether anything follows
            continue
        if held and plain.strip():
            yield from held
            held.clear()
        yield plain
    if ended := "".join(held).split(END_OF_FILE)[0]:
        yield ended


def _encoding_of(blob: Blob) -> str | None:
    """Return the encoding of a file that can be streamed, seen to hold from end to end."""
    with blob.open() as file:
        sample = file.read(_SAMPLE_BYTES)
    if len(sample) == _SAMPLE_BYTES:
        sample = sample[: len(sample) & ~3] if b"\0" in sample else sample[: sample.rfind(b"\n") + 1]
    if not sample:
        return None
    try:
        text = decode(sample, blob.source)
    except CorpusError:
        return None  # what is wrong is said of the whole file
    return next((name for name in _STREAMED if _reads_as(sample, name, text) and _holds(blob, name)), None)


def _reads_as(sample: bytes, encoding: str, text: str) -> bool:
    try:
        found = sample.decode(encoding)
    except UnicodeError:
        return False
    return found.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").startswith(text)


def _holds(blob: Blob, encoding: str) -> bool:
    may_hold_nul = encoding.startswith(("utf-16", "utf-32"))
    decoder = codecs.getincrementaldecoder(encoding)()
    with blob.open() as file:
        try:
            while block := file.read(_BLOCK_BYTES):
                if b"\0" in block and not may_hold_nul:
                    return False
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeError:
            return False
    return True
