"""
OpenDocument texts, RTF and Excel sheets: to text, or to rows of records.

RTF needs striprtf and Excel openpyxl, of the extra `files`. Not for the formats
of before 2007, which must be converted first.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from searchlib.errors import CorpusError, MissingExtraError
from searchlib.ingest.archives import Blob, Parts
from searchlib.ingest.record_files import Records, articles_of_rows
from searchlib.ingest.set_paragraphs import SetParagraph
from searchlib.ingest.xml import parse_xml
from searchlib.message import Message
from searchlib.model import Article

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_UNREAD = frozenset(
    {f"{_TEXT}tracked-changes", f"{_TEXT}ruby-text", f"{_OFFICE}annotation", f"{_TEXT}note-citation"}
)
_HEADING = f"{_TEXT}h"
_MAX_LEVEL = 6
_PARAGRAPHS = frozenset({f"{_TEXT}p", _HEADING})
_MARKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MAX_BLANKS = 100


def paragraphs_of_odt(blob: Blob) -> list[SetParagraph]:
    """
    Return the paragraphs of an .odt, with the levels of its headings.

    Raises:
        CorpusError: It is no OpenDocument text.
    """
    paragraphs = _ParagraphsWithNotes()
    with Parts(blob) as parts, parts.open("content.xml") as stream:
        parse_xml(stream, blob.source, "content.xml", paragraphs)
    return [
        SetParagraph("".join(pieces), level)
        for pieces, level in zip(paragraphs.found, paragraphs.levels, strict=True)
    ]


class _ParagraphsWithNotes:
    """Collects paragraphs in their order; a note follows the paragraph that it is in."""

    def __init__(self) -> None:
        self.found: list[list[str]] = []
        self.levels: list[int] = []
        """Of each of them, 0 where it is no heading."""
        self._into: list[list[str]] = []
        self._unread = 0

    def start(self, tag: str, attributes: dict[str, str], /) -> None:
        if self._unread or tag in _UNREAD:
            self._unread += 1
        elif tag in _PARAGRAPHS:
            said = attributes.get(f"{_TEXT[1:]}outline-level", "1") if tag == _HEADING else "0"
            self.levels.append(min(_MAX_LEVEL, int(said)) if said.isdigit() else 0)
            self.found.append([])
            self._into.append(self.found[-1])
        elif self._into and tag == f"{_TEXT}s":
            said = attributes.get(f"{_TEXT[1:]}c", "1")
            self._into[-1].append(" " * min(_MAX_BLANKS, int(said) if said.isdigit() else 1))
        elif self._into:
            self._into[-1].append(_MARKS.get(tag, ""))

    def end(self, tag: str, /) -> None:
        if self._unread:
            self._unread -= 1
        elif tag in _PARAGRAPHS:
            self._into.pop()

    def data(self, text: str, /) -> None:
        if self._into and not self._unread:
            self._into[-1].append(text)


def text_of_rtf(blob: Blob) -> str:
    """
    Return the text of an .rtf.

    Raises:
        CorpusError: It is no RTF.
        MissingExtraError: The extra `files` is not installed.
    """
    try:
        from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 (an extra, and only for RTF)
    except ImportError as error:
        raise MissingExtraError(blob.source, "striprtf", "files") from error
    data = blob.read()
    if not data.lstrip().startswith(b"{\\rtf"):
        raise CorpusError(blob.source, "is no RTF, though its name ends in .rtf")
    text: str = rtf_to_text(data.decode("latin-1"), encoding="gb18030", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def articles_of_xlsx(blob: Blob, records: Records) -> Iterator[Article]:
    """
    Yield the articles of a workbook: a record a row where the first row names fields, else a sheet each.

    Raises:
        CorpusError: It is no workbook.
        MissingExtraError: The extra `files` is not installed.
    """
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 (an extra, and only for Excel)
    except ImportError as error:
        raise MissingExtraError(blob.source, "openpyxl", "files") from error
    with Parts(blob) as parts:  # what it unpacks to is bounded, and that it is a .zip is seen
        if "xl/workbook.xml" not in parts.names:
            raise CorpusError(blob.source, "is no Excel workbook: it has no xl/workbook.xml")
    with blob.open() as file:
        try:
            workbook = load_workbook(file, read_only=True, data_only=True)
        except (KeyError, ValueError, TypeError) as error:
            raise CorpusError(
                blob.source, Message("is no Excel workbook that can be read: {}", error)
            ) from error
        for number, sheet in enumerate(workbook.worksheets, start=1):
            rows = [(line, [_show_cell(cell) for cell in row]) for line, row in enumerate(sheet.values, 1)]
            kept = [(line, row) for line, row in rows if any(cell.strip() for cell in row)]
            if not kept:
                continue
            if records.fields.names_columns([cell.strip() for cell in kept[0][1]]):
                yield from articles_of_rows(iter(kept), records)
            else:
                body = "\n".join(" ".join(filter(None, (cell.strip() for cell in row))) for _, row in kept)
                yield Article(f"{blob.source}#{number}", sheet.title, body, source=blob.source)


def _show_cell(cell: Any) -> str:
    """Return a cell as one reads it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat(" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
