"""
PDF to a page of blocks, by the places and sizes of its characters, as PDFium tells them.

Needs the extra `files`. Not for scanned pages: a picture of a text holds no text.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from searchlib.errors import CorpusError, MissingExtraError
from searchlib.frozen import replace
from searchlib.ingest.archives import Blob
from searchlib.ingest.layout import page_of_lines
from searchlib.ingest.reading_order import SetLine
from searchlib.message import Message
from searchlib.pages.blocks import Page

_IMAGES_ONLY = "holds no text, only pictures of it; take the text out first with OCR"
_BREAKS = frozenset("\r\n")
_HYPHENS = frozenset("\x02\ufffe\u00ad")
"""What PDFium gives for a hyphen at a line's end, which joins the halves of a word."""
SPLIT_GAP = 1.7
"""White inside a line, in characters, from which what follows is another column's."""
_GREATEST_SIZE = 400
_BOLD_FONT = re.compile(r"bold|black|heavy|hei(?!sei)|W[6-9]\b", re.IGNORECASE)
"""The name of a font that is bold; Hei is what headlines in Chinese are set in."""
_MOST_NAME = 128
"""Bytes of a font's name at most."""
_BEFORE_TITLE = frozenset("•·▪◦●■◆–-*0123456789.、)）(（ ")
"""What may be before a title on its line in another type."""


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
    if sum(line.title_end == len(line.text) for line in lines) * 2 > len(lines):
        lines = [replace(line, title_end=0) for line in lines]
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
    title = _Title(pdfium, raw)

    def line() -> SetLine:
        bottom, top = height - box[3], height - box[2]
        return SetLine("".join(text), box[0], bottom, box[1], top, size, sheet, title_end=title.end)

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
            size = _size_of(pdfium, raw, index, char_size)
            title.begin()
        elif pending_space:
            text.append(" ")
        pending_space = False
        text.append(char)
        if not title.is_over:
            title.take(char, index, len(text))
        box[0], box[1] = min(box[0], left), max(box[1], right)
        box[2], box[3] = min(box[2], bottom), max(box[3], top)
    if text:
        yield line()


class _Title:
    """Finds where the bold words end that a line begins with, from the fonts of its first letters."""

    def __init__(self, pdfium: Any, raw: Any) -> None:
        self._pdfium = pdfium
        self._raw = raw
        self._name = ctypes.create_string_buffer(_MOST_NAME)
        self._flags = ctypes.c_int()
        self.begin()

    def begin(self) -> None:
        """Begin a line."""
        self.end = 0
        self.is_over = False

    def take(self, char: str, index: int, end: int) -> None:
        """Take a character of the line, which is *end* characters long with it."""
        size = self._pdfium.FPDFText_GetFontInfo(
            self._raw, index, self._name, _MOST_NAME, ctypes.byref(self._flags)
        )
        name = self._name.value.decode("latin-1") if 0 < size <= _MOST_NAME else ""
        if _BOLD_FONT.search(name):
            self.end = end
        elif self.end or char not in _BEFORE_TITLE:
            self.is_over = True


def _size_of(pdfium: Any, raw: Any, index: int, size: float) -> float:
    """Return the size of a character on the sheet: fonts of size 1 are scaled by a matrix."""
    matrix = pdfium.FS_MATRIX()
    if pdfium.FPDFText_GetMatrix(raw, index, ctypes.byref(matrix)):
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        if scale > 0:
            return float(size * scale) if size * scale < _GREATEST_SIZE else float(size)
    return float(size)
