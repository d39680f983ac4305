"""
PDF to a page of blocks, by the places and sizes of its characters, as PDFium tells them.

Needs the extra `files`. Not for scanned pages: a picture of a text holds no text.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from searchlib.errors import CorpusError, MissingExtraError
from searchlib.ingest.archives import Blob
from searchlib.ingest.layout import SetLine, page_of_lines
from searchlib.message import Message
from searchlib.pages.blocks import Page

_IMAGES_ONLY = "holds no text, only pictures of it; take the text out first with OCR"
_BREAKS = frozenset("\r\n")
_HYPHENS = frozenset("\x02\ufffe\u00ad")
"""What PDFium gives for a hyphen at a line's end, which joins the halves of a word."""
SPLIT_GAP = 1.7
"""White inside a line, in characters, from which what follows is another column's."""
_GREATEST_SIZE = 400


def page_of_pdf(blob: Blob) -> Page:
    """
    Return the text of a PDF as one page of blocks, in reading order, sheet after sheet.

    Raises:
        CorpusError: It is no PDF, wants a password, or holds no text.
        MissingExtraError: The extra `files` is not installed.
    """
    try:
        import pypdfium2  # noqa: PLC0415 (an extra, and only for PDF)
        import pypdfium2.raw as pdfium  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(blob.source, "pypdfium2", "files") from error
    lines: list[SetLine] = []
    sheets: dict[int, tuple[float, float]] = {}
    try:
        with pypdfium2.PdfDocument(blob.read()) as document:
            for number in range(len(document)):
                sheet = document[number]
                sheets[number] = sheet.get_size()
                textpage = sheet.get_textpage()
                lines += _lines_of(pdfium, textpage, number, sheets[number][1])
                textpage.close()
                sheet.close()
    except pypdfium2.PdfiumError as error:
        reason = (
            Message("wants a password")
            if "password" in str(error).lower()
            else Message("is no PDF that can be read: {}", error)
        )
        raise CorpusError(blob.source, reason) from error
    page = page_of_lines(lines, sheets)
    if not page.text and sheets:
        raise CorpusError(blob.source, _IMAGES_ONLY)
    return page


def _lines_of(pdfium: Any, textpage: Any, sheet: int, height: float) -> Iterator[SetLine]:  # noqa: C901 (one walk over the characters)
    """Yield the lines of a sheet in the order of the file, cut where white is between two columns."""
    count = textpage.count_chars()
    raw = textpage.raw
    at = pdfium.FS_RECTF()
    where = ctypes.byref(at)
    text: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]
    size = 0.0
    pending_space = False
    bold = 0

    def line() -> SetLine:
        return SetLine(
            "".join(text), box[0], height - box[3], box[1], height - box[2], size, sheet, bold * 2 > len(text)
        )

    for index in range(count):
        char = chr(pdfium.FPDFText_GetUnicode(raw, index) or 0xFFFD)
        if char in _BREAKS:
            if text:
                yield line()
                text = []
            continue
        if char.isspace():
            pending_space = bool(text)
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, where)
        left, right, bottom, top = at.left, at.right, at.bottom, at.top
        char_size = pdfium.FPDFText_GetFontSize(raw, index) or (top - bottom)
        if char in _HYPHENS:
            char = "-"
        if text:
            space = left - box[1]
            is_same_row = bottom < box[3] and top > box[2]
            is_far = space > max(size, char_size) * SPLIT_GAP or space < -size * 2 or not is_same_row
            if is_far or abs(char_size - size) > max(size, char_size) * 0.3:
                yield line()
                text = []
        if not text:
            box = [left, right, bottom, top]
            size = _scaled(pdfium, raw, index, char_size)
            bold = 0
        elif pending_space:
            text.append(" ")
        pending_space = False
        text.append(char)
        box[0], box[1] = min(box[0], left), max(box[1], right)
        box[2], box[3] = min(box[2], bottom), max(box[3], top)
    if text:
        yield line()


def _scaled(pdfium: Any, raw: Any, index: int, size: float) -> float:
    """Return the size of a character on the sheet: fonts of size 1 are scaled by a matrix."""
    matrix = pdfium.FS_MATRIX()
    if pdfium.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix)):
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        if scale > 0:
            return float(size * scale) if size * scale < _GREATEST_SIZE else float(size)
    return float(size)
