"""Which parser reads a file of a foreign format; imported only when there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from searchlib.ingest.archives import Blob
from searchlib.ingest.encodings import decode
from searchlib.ingest.epub import articles_of_epub
from searchlib.ingest.mail import articles_of_eml, articles_of_mbox
from searchlib.ingest.office import articles_of_xlsx, paragraphs_of_odt, text_of_rtf
from searchlib.ingest.record_files import Records
from searchlib.ingest.set_paragraphs import SetParagraph, page_of_paragraphs, text_of_paragraphs
from searchlib.ingest.subtitles import article_of_subtitles
from searchlib.ingest.word import paragraphs_of_word
from searchlib.ingest.xml_files import articles_of_xml
from searchlib.model import Article
from searchlib.pages import read_text
from searchlib.pages.blocks import Page


def _subtitles(blob: Blob, records: Records) -> Iterator[Article]:
    yield article_of_subtitles(decode(blob.read(), blob.source, records.notes), blob.source)


_PARAGRAPHS: Mapping[str, Callable[[Blob], list[SetParagraph]]] = {
    ".docx": paragraphs_of_word,
    ".odt": paragraphs_of_odt,
}
_ARTICLES: Mapping[str, Callable[[Blob, Records], Iterator[Article]]] = {
    ".eml": lambda blob, _: articles_of_eml(blob),
    ".epub": lambda blob, _: articles_of_epub(blob),
    ".mbox": lambda blob, _: articles_of_mbox(blob),
    ".srt": _subtitles,
    ".vtt": _subtitles,
    ".xlsm": articles_of_xlsx,
    ".xlsx": articles_of_xlsx,
    ".xml": articles_of_xml,
}


def text_of(blob: Blob) -> str:
    """
    Return the text of a document, of which the spans of its articles are ranges.

    Raises:
        CorpusError: It is not what its suffix says, or holds no text.
        MissingExtraError: A package is not installed.
    """
    read = _PARAGRAPHS.get(blob.suffix)
    return text_of_paragraphs(read(blob)) if read else text_of_rtf(blob)


def page_of(blob: Blob) -> Page:
    """
    Return a document as a page of blocks, with the headings that it marks; otherwise as `text_of`.

    Raises:
        CorpusError: It is not what its suffix says, or holds no text.
        MissingExtraError: A package is not installed.
    """
    read = _PARAGRAPHS.get(blob.suffix)
    return page_of_paragraphs(read(blob), blob.source) if read else read_text(text_of_rtf(blob), blob.source)


def articles_of(blob: Blob, records: Records) -> Iterator[Article]:
    """
    Yield the articles of a file that says itself where they begin.

    Raises:
        CorpusError: It is not what its suffix says, or holds no article.
        MissingExtraError: A package is not installed.
    """
    return _ARTICLES[blob.suffix](blob, records)
