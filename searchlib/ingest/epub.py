"""EPUB books: archives of HTML, which the reader of HTML takes chapter by chapter."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from searchlib.frozen import replace
from searchlib.ingest.archives import Blob, Parts
from searchlib.ingest.encodings import decode
from searchlib.ingest.html import articles_of_html
from searchlib.ingest.xml import xml_tree
from searchlib.model import Article

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


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
