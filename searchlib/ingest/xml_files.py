"""XML to articles: records where elements name fields, such as the items of a feed, else its text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from searchlib.errors import CorpusError
from searchlib.ingest.archives import Blob
from searchlib.ingest.encodings import decode
from searchlib.ingest.html import articles_of_html
from searchlib.ingest.record_files import Records
from searchlib.ingest.xml import xml_tree
from searchlib.model import Article

_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_MARKUP = re.compile(r"<[a-zA-Z/][^<>]*>")
_TITLES = frozenset({"title", "headline", "head", "标题", "题名"})


def articles_of_xml(blob: Blob, records: Records) -> Iterator[Article]:
    """
    Yield the articles of an XML file.

    Raises:
        CorpusError: It is no XML, declares entities, or holds no text.
    """
    text = _DECLARATION.sub("", decode(blob.read(), blob.source, records.notes), count=1)
    root = xml_tree(io.BytesIO(text.encode("utf-8", "replace")), blob.source, "")
    found = list(_records(root, records))
    if found:
        yield from records.take(
            lambda record=record, number=number: records.article(record, place=f"record {number}: ")  # type: ignore[misc]
            for number, record in enumerate(found, start=1)
        )
        return
    lines = [line for line in _lines(root) if line]
    if not lines:
        raise CorpusError(blob.source, "is XML without any text")
    title = next((_text(e) for e in root.iter() if _name(e).lower() in _TITLES and _text(e)), "")
    if title:
        lines.remove(title) if title in lines else None
    yield Article(f"{blob.source}#1", title, "\n".join(lines), source=blob.source)


def _records(root: ET.Element, records: Records) -> Iterator[dict[str, Any]]:
    """Yield what the elements hold whose children are the fields of an article."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        record = _record(element)
        fields = records.fields
        if (
            fields.has_headline(record)
            and fields.has_body(record, weakly=True)
            and not _holds_records(element)
        ):
            yield record
        else:
            waiting += reversed(list(element))


def _holds_records(element: ET.Element) -> bool:
    """Return whether children of an element have titles of their own: a feed has one beside its items."""
    return any(_name(inner).lower() in _TITLES for child in element for inner in child)


def _record(element: ET.Element) -> dict[str, Any]:
    record: dict[str, Any] = {name: value for name, value in element.attrib.items() if "}" not in name}
    for child in element:
        text = _text(child)
        name = _name(child)
        if text:
            before = record.get(name)
            record[name] = text if before is None else f"{before}\n{text}"
    return record


def _text(element: ET.Element) -> str:
    """Return the text of an element; markup that is in it as text is taken out."""
    text = "\n".join(filter(None, _lines(element)))
    if _MARKUP.search(text):
        pages = articles_of_html(text, "")
        inner = "\n".join(filter(None, (said for page in pages for said in (page.headline, page.body))))
        return (
            inner or _MARKUP.sub("", text).strip()
        )  # what a site says of itself, where nothing else is told
    return text


def _lines(element: ET.Element) -> Iterator[str]:
    """Yield the text of an element, a line for each element that holds text alone or beside others."""
    if all(len(child) == 0 for child in element) and (element.text or "").strip():
        yield " ".join("".join(element.itertext()).split())  # inline: <p>查干<b>湖</b></p>
        return
    if element.text and element.text.strip():
        yield " ".join(element.text.split())
    for child in element:
        yield from _lines(child)
        if child.tail and child.tail.strip():
            yield " ".join(child.tail.split())


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
