"""Word and EPUB files to text: archives of XML, which Python reads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from searchlib.errors import CorpusError
from searchlib.frozen import replace
from searchlib.ingest.archives import Blob, Parts
from searchlib.ingest.encodings import decode
from searchlib.ingest.html import articles_of_html
from searchlib.ingest.xml import parse_xml, xml_tree
from searchlib.model import Article

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNREAD = frozenset({"pPr", "rt", "moveFrom"})
"""Settings, readings over characters, and what was moved elsewhere while changes were tracked."""
_MARKS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def text_of_word(blob: Blob) -> str:
    """
    Return the text of a .docx, a line for each paragraph, notes at the end.

    Raises:
        CorpusError: It is no Word document.
    """
    paragraphs = _Paragraphs()
    with Parts(blob) as parts:
        if _PARTS[0] not in parts.names:
            raise CorpusError(blob.source, "is no Word document: it has no word/document.xml")
        for part in filter(parts.names.__contains__, _PARTS):
            with parts.open(part) as stream:
                parse_xml(stream, blob.source, part, paragraphs)
    return "\n".join("".join(pieces) for pieces in paragraphs.found)


class _Paragraphs:
    """Collects paragraphs in their order; one in a text box comes behind the one that holds the box."""

    def __init__(self) -> None:
        self.found: list[list[str]] = []
        self._names: list[str] = []
        """Of the elements that are open, the outermost first."""
        self._into: list[list[str] | None] = [None]
        """Where text goes: the pieces of each open paragraph, None for a text box outside of any."""
        self._unread = 0
        """How many elements are open that are not read, or are in one that is not."""

    def start(self, tag: str, _: dict[str, str], /) -> None:
        name = _local(tag)
        self._names.append(name)
        if self._unread or name in _UNREAD or tag == _FALLBACK:
            self._unread += 1
        elif name == "p":
            self.found.append([])
            self._into.append(self.found[-1])
        elif name == "txbxContent":
            self._into.append(None)
        else:
            self._take(_MARKS.get(name, ""))

    def end(self, _: str, /) -> None:
        name = self._names.pop()
        if self._unread:
            self._unread -= 1
        elif name in {"p", "txbxContent"}:
            self._into.pop()

    def data(self, text: str, /) -> None:
        if self._names and self._names[-1] == "t" and not self._unread:
            self._take(text)

    def _take(self, text: str) -> None:
        pieces = self._into[-1]
        if pieces is not None and text:
            pieces.append(text)


def _local(tag: str) -> str:
    for space in (_WORD, _WORD_STRICT):
        if tag.startswith(space):
            return tag.removeprefix(space)
    return ""


def articles_of_epub(blob: Blob) -> Iterator[Article]:
    """
    Yield the chapters of a book in its order; the book's title is their publication.

    Raises:
        CorpusError: It is no EPUB.
    """
    with Parts(blob) as parts:
        container = _tree(parts, "META-INF/container.xml")
        place = next((e.get("full-path", "") for e in container.iter() if e.tag.endswith("}rootfile")), "")
        package = _tree(parts, place)
        dates = [found[0] for said in _read_said(package, "date") if (found := _DATE.match(said))]
        book = Article(
            publication=next(iter(_read_said(package, "title")), ""),
            authors=tuple(_read_said(package, "creator")),
            date=next(iter(dates), None),
        )
        number = 0
        for chapter in _chapters(package, posixpath.dirname(place)):
            with parts.open(chapter) as stream:
                text = decode(stream.read(), f"{blob.source}/{chapter}")
            for article in articles_of_html(text, blob.source):
                number += 1
                yield replace(
                    article,
                    id=f"{blob.source}#{number}",
                    page=str(number),
                    publication=book.publication or article.publication,
                    authors=book.authors or article.authors,
                    date=book.date or article.date,
                    spans=(),
                )


def _read_said(package: ET.Element, name: str) -> list[str]:
    return [e.text.strip() for e in package.iter(_DUBLIN_CORE + name) if e.text and e.text.strip()]


def _chapters(package: ET.Element, folder: str) -> Iterator[str]:
    """Yield the names of the texts in the order of the book, each once; its table of contents is left out."""
    items = {e.get("id"): e for e in package.iter() if e.tag.endswith("}item")}
    seen = set()
    for reference in (e for e in package.iter() if e.tag.endswith("}itemref")):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        if (item.get("media-type") or "") in {"application/xhtml+xml", "text/html"}:
            chapter = posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))
            if chapter not in seen:
                seen.add(chapter)
                yield chapter


def _tree(parts: Parts, name: str) -> ET.Element:
    with parts.open(name) as stream:
        return xml_tree(stream, parts.source, name)
