"""Files that OCR wrote, told by how they begin: hOCR, ALTO, PAGE XML, Tesseract's TSV, the JSON of models."""

from __future__ import annotations

import json

from searchlib.ingest.archives import Blob
from searchlib.ingest.encodings import decode
from searchlib.ingest.ocr_layout import (
    is_hocr,
    is_layout_xml,
    is_tesseract_tsv,
    page_of_hocr,
    page_of_layout_xml,
    page_of_tsv,
)
from searchlib.ingest.ocr_models import page_of_models
from searchlib.pages.blocks import Page

SUFFIXES = frozenset({".hocr", ".html", ".htm", ".xhtml", ".xml", ".tsv", ".json"})
"""The kinds of file in which OCR writes pages, among others."""
_MODEL_KEYS = (b'"page_idx"', b'"parsing_res_list"', b'"rec_texts"', b'"layoutParsingResults"', b'"res"')
_HEAD_BYTES = 1 << 16


def page_of_ocr(blob: Blob) -> Page | None:
    """
    Return the page that an OCR engine or model wrote into a file, None for any other file.

    Raises:
        CorpusError: It begins as such a page, and cannot be read.
    """
    if blob.suffix not in SUFFIXES:
        return None
    with blob.open() as file:
        head = file.read(_HEAD_BYTES)
    start = head.decode("utf-8", "replace")
    if blob.suffix == ".json":
        return _of_models(blob) if any(key in head for key in _MODEL_KEYS) else None
    if blob.suffix == ".tsv":
        text = decode(blob.read(), blob.source) if is_tesseract_tsv(start) else ""
        return page_of_tsv(text.splitlines()) if text else None
    if blob.suffix == ".xml":
        return page_of_layout_xml(blob.read(), blob.source) if is_layout_xml(start) else None
    return page_of_hocr(decode(blob.read(), blob.source)) if is_hocr(start) else None


def _of_models(blob: Blob) -> Page | None:
    try:
        value = json.loads(decode(blob.read(), blob.source))
    except (ValueError, RecursionError):
        return None  # what is wrong is said when it is read as records
    return page_of_models(value)
