"""
Word, EPUB and PDF files to text.

Word and EPUB files are archives of XML, which Python reads; PDF needs the
extra `files`. Not for scanned pages: a picture of a text holds no text.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import IO
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from searchlib.errors import CorpusError, MissingExtraError
from searchlib.model import Article
from searchlib.readers.archives import MAX_HELD_BYTES, Blob, check_unpacked
from searchlib.readers.encodings import decode
from searchlib.readers.html import articles_of_html

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_IMAGES_ONLY = "holds no text, only pictures of it; take the text out first with OCR"


def text_of_word(blob: Blob) -> str:
    """
    Return the text of a .docx, a line for each paragraph, notes at the end.

    Raises:
        CorpusError: It is no Word document.
    """
    with _archive(blob) as archive:
        names = set(archive.namelist())
        if _PARTS[0] not in names:
            raise CorpusError(blob.source, "is no Word document: it has no word/document.xml")
        lines = [line for part in _PARTS if part in names for line in _word_lines(_xml(archive, part, blob))]
    return "\n".join(lines)


def _word_lines(root: ET.Element) -> Iterator[str]:
    for paragraph in _paragraphs(root):
        pieces: list[str] = []
        _collect(paragraph, pieces)
        yield "".join(pieces)


def _paragraphs(root: ET.Element) -> Iterator[ET.Element]:
    """Yield the paragraphs in their order; what stands in a text box comes after the one that holds it."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == _FALLBACK:
            continue  # the same text box again, for old programs
        if _local(element) == "p":
            yield element
        waiting.extend(reversed(element))


def _collect(element: ET.Element, pieces: list[str]) -> None:
    for child in element:
        name = _local(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in {"br", "cr"}:
            pieces.append("\n")
        elif name == "tab":
            pieces.append("\t")
        elif name not in {"p", "pPr", "txbxContent"} and child.tag != _FALLBACK:
            _collect(child, pieces)


def _local(element: ET.Element) -> str:
    for space in (_WORD, _WORD_STRICT):
        if element.tag.startswith(space):
            return element.tag.removeprefix(space)
    return ""


def articles_of_epub(blob: Blob) -> Iterator[Article]:
    """
    Yield the chapters of a book in its order; the book's title is their publication.

    Raises:
        CorpusError: It is no EPUB.
    """
    with _archive(blob) as archive:
        container = _xml(archive, "META-INF/container.xml", blob)
        place = next((e.get("full-path", "") for e in container.iter() if e.tag.endswith("}rootfile")), "")
        package = _xml(archive, place, blob)
        dates = [found[0] for said in _said(package, "date") if (found := _DATE.match(said))]
        book = Article(
            publication=next(iter(_said(package, "title")), ""),
            authors=tuple(_said(package, "creator")),
            date=next(iter(dates), None),
        )
        number = 0
        for chapter in _chapters(package, posixpath.dirname(place)):
            text = decode(_bytes(archive, chapter, blob), f"{blob.source}/{chapter}")
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


def _said(package: ET.Element, name: str) -> list[str]:
    return [e.text.strip() for e in package.iter(_DUBLIN_CORE + name) if e.text and e.text.strip()]


def _chapters(package: ET.Element, folder: str) -> Iterator[str]:
    """Yield the names of the texts in the order of the book; its table of contents is none of them."""
    items = {e.get("id"): e for e in package.iter() if e.tag.endswith("}item")}
    for reference in (e for e in package.iter() if e.tag.endswith("}itemref")):
        item = items.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split():
            continue
        if (item.get("media-type") or "") in {"application/xhtml+xml", "text/html"}:
            yield posixpath.normpath(posixpath.join(folder, unquote(item.get("href") or "")))


def _archive(blob: Blob) -> zipfile.ZipFile:
    with blob.open() as file:
        data = file.read(MAX_HELD_BYTES)
    archive = zipfile.ZipFile(io.BytesIO(data))
    check_unpacked(archive, len(data), blob.source)
    return archive


def _xml(archive: zipfile.ZipFile, name: str, blob: Blob) -> ET.Element:
    data = _bytes(archive, name, blob)
    if b"<!ENTITY" in data:
        raise CorpusError(blob.source, f"its part {name} declares entities, which no document needs")
    try:
        return ET.fromstring(data)  # noqa: S314 (no entities; expat itself bounds what it expands)
    except ET.ParseError as error:
        raise CorpusError(blob.source, f"its part {name} is no XML: {error}") from error


def _bytes(archive: zipfile.ZipFile, name: str, blob: Blob) -> bytes:
    try:
        file: IO[bytes] = archive.open(name)
    except KeyError as error:
        raise CorpusError(blob.source, f"its part {name!r} is missing") from error
    except RuntimeError as error:
        raise CorpusError(blob.source, "is encrypted; save it without a password") from error
    with file:
        return file.read()


def text_of_pdf(blob: Blob) -> str:
    """
    Return the text of a PDF, an empty line between its pages.

    Raises:
        CorpusError: It is no PDF, wants a password, or holds no text.
        MissingExtraError: The extra `files` is not installed.
    """
    try:
        import pypdfium2  # noqa: PLC0415 (an extra, and only for PDF)
    except ImportError as error:
        raise MissingExtraError(blob.source, "pypdfium2", "files") from error
    try:
        with pypdfium2.PdfDocument(blob.read()) as document:
            pages = [_page_text(document[number]) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        reason = (
            "wants a password" if "password" in str(error).lower() else f"is no PDF that can be read: {error}"
        )
        raise CorpusError(blob.source, reason) from error
    text = "\n\n".join(page for page in pages if page)
    if not text and pages:
        raise CorpusError(blob.source, _IMAGES_ONLY)
    return text


def _page_text(page: object) -> str:
    found: str = page.get_textpage().get_text_bounded()  # type: ignore[attr-defined]
    # PDFium marks a hyphen at a line's end, which joins the word's halves, with U+FFFE.
    return (
        found.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe\n", "").replace("\ufffe", "").strip()
    )
