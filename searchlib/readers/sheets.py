"""Files that are pages to pages of blocks: one function for reading them and for saying what each line is."""

from __future__ import annotations

from collections.abc import Iterator

from searchlib.errors import CorpusError
from searchlib.pages.blocks import Page
from searchlib.readers.archives import Blob
from searchlib.readers.encodings import decode
from searchlib.readers.html import pages_of_html
from searchlib.readers.ocr_layout import is_hocr, is_layout_xml, page_of_hocr, page_of_layout_xml
from searchlib.readers.pdf import page_of_pdf

HTML = frozenset({".html", ".htm", ".xhtml", ".hocr"})
SUFFIXES = frozenset({".pdf", ".xml", *HTML})
"""Files that have a layout of their own; texts and Markdown are read by `searchlib.pages`."""


def pages_of(blob: Blob) -> Iterator[Page]:
    """
    Yield a file of `SUFFIXES` as pages of blocks.

    Raises:
        CorpusError: The file is not what its suffix says, or is XML of another kind.
        MissingExtraError: It is a PDF, and the extra `files` is not installed.
    """
    if blob.suffix == ".pdf":
        yield page_of_pdf(blob)
    elif blob.suffix == ".xml":
        data = blob.read()
        if not is_layout_xml(data[:_HEAD_BYTES].decode("latin-1")):
            raise CorpusError(blob.source, "is XML of an unknown kind: pages are read from ALTO and PAGE XML")
        yield page_of_layout_xml(data, blob.source)
    else:
        text = decode(blob.read(), blob.source)
        if is_hocr(text):
            yield page_of_hocr(text)
        else:
            yield from pages_of_html(text)


_HEAD_BYTES = 4000
