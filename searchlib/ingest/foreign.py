"""Which parser reads a file of a foreign format; imported only when there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from searchlib.ingest.archives import Blob
from searchlib.ingest.documents import articles_of_epub, text_of_word
from searchlib.ingest.encodings import decode
from searchlib.ingest.mail import articles_of_eml, articles_of_mbox
from searchlib.ingest.office import articles_of_xlsx, text_of_odt, text_of_rtf
from searchlib.ingest.record_files import Records
from searchlib.ingest.subtitles import article_of_subtitles
from searchlib.ingest.xml_files import articles_of_xml
from searchlib.model import Article


def _subtitles(blob: Blob, records: Records) -> Iterator[Article]:
    yield article_of_subtitles(decode(blob.read(), blob.source, records.notes), blob.source)


_TEXTS: Mapping[str, Callable[[Blob], str]] = {
    ".docx": text_of_word,
    ".odt": text_of_odt,
    ".rtf": text_of_rtf,
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
    Return the text of a document, which is then split as a page.

    Raises:
        CorpusError: It is not what its suffix says, or holds no text.
        MissingExtraError: A package is not installed.
    """
    return _TEXTS[blob.suffix](blob)


def articles_of(blob: Blob, records: Records) -> Iterator[Article]:
    """
    Yield the articles of a file that says itself where they begin.

    Raises:
        CorpusError: It is not what its suffix says, or holds no article.
        MissingExtraError: A package is not installed.
    """
    return _ARTICLES[blob.suffix](blob, records)
