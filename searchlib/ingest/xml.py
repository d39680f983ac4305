"""
XML of documents: read piece by piece, whoever wrote it.

What makes XML dangerous are entities, which can stand for a million times
their length or for a file: a document that declares one is refused before
anything is expanded, in whatever encoding it is. Not for HTML.
"""

from __future__ import annotations

import io
from typing import IO, Protocol
from xml.etree import ElementTree as ET
from xml.parsers import expat

from searchlib.errors import CorpusError
from searchlib.message import Message

_BLOCK_BYTES = 1 << 16
_MOST_HELD_BYTES = 8 << 20
"""The greatest XML that is held as a tree, which takes many times its size; a book's has 1 MB at most."""


class Taker(Protocol):
    """Takes what comes, the names as ElementTree has them: `{namespace}name`."""

    def start(self, tag: str, attributes: dict[str, str], /) -> object:
        """Take the start of an element."""

    def end(self, tag: str, /) -> object:
        """Take its end."""

    def data(self, text: str, /) -> object:
        """Take some text, perhaps not all that is there."""


def parse_xml(stream: IO[bytes], source: str, part: str, taker: Taker) -> None:
    """
    Hand a document over, piece by piece.

    Raises:
        CorpusError: It is no XML, or declares entities.
    """

    def refuse(*_: object) -> None:
        raise CorpusError(source, Message("{} declares entities, which no document needs", _name_of(part)))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = lambda name, attributes: taker.start(_tag(name), attributes)
    parser.EndElementHandler = lambda name: taker.end(_tag(name))
    parser.CharacterDataHandler = taker.data
    try:
        while block := stream.read(_BLOCK_BYTES):
            parser.Parse(block, False)  # noqa: FBT003 (it takes no names)
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise CorpusError(source, Message("{} is no XML: {}", _name_of(part), error)) from error


def _name_of(part: str) -> str:
    return Message("its part {}", part) if part else Message("its text")


def _tag(name: str) -> str:
    return "{" + name if "}" in name else name


def xml_tree(stream: IO[bytes], source: str, part: str) -> ET.Element:
    """
    Return a small XML document as a tree.

    Raises:
        CorpusError: It is no XML, declares entities, or is not small.
    """
    data = stream.read(_MOST_HELD_BYTES + 1)
    if len(data) > _MOST_HELD_BYTES:
        raise CorpusError(source, Message("{} is larger than {} MiB", _name_of(part), _MOST_HELD_BYTES >> 20))
    builder = ET.TreeBuilder()
    parse_xml(io.BytesIO(data), source, part, builder)
    return builder.close()
