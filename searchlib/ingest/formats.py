"""
One path to its articles: pages of text, HTML, records, documents, and archives of them.

A file is taken whole or not at all: the first thing in it that cannot be read
ends the reading with a `CorpusError`, which may come after some articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from searchlib.errors import CorpusError
from searchlib.ingest.archives import Blob, errors_of, unpack
from searchlib.ingest.encodings import decode
from searchlib.ingest.html import articles_of_html, pages_of_html
from searchlib.ingest.isolated import read_isolated
from searchlib.ingest.notes import Notes
from searchlib.ingest.page_breaks import join_pages
from searchlib.ingest.record_files import Records, articles_of_json, articles_of_lines, articles_of_table
from searchlib.ingest.records import FieldMap
from searchlib.ingest.sheets import SUFFIXES as OCR_SUFFIXES
from searchlib.ingest.sheets import page_of_ocr
from searchlib.message import Message
from searchlib.model import Article
from searchlib.pages import PageLine, explain_blocks, explain_page, split_blocks, split_text
from searchlib.pages.blocks import Page
from searchlib.pages.splitter import PageSplit
from searchlib.pages.wikitext import WIKI_SUFFIXES

Split = Literal["auto", "never"]
"""Whether a text is looked at as a page of several articles, or taken as one."""

_LINES = frozenset({".jsonl", ".ndjson"})
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
_HTML = frozenset({".html", ".htm", ".xhtml", ".hocr"})
_PDF = ".pdf"
_TEXTS = frozenset({".docx", ".odt", ".rtf"})
_SUBTITLES = frozenset({".srt", ".vtt"})
_MAIL = frozenset({".eml", ".mbox"})
_SHEETS = frozenset({".xlsx", ".xlsm"})
_XML = ".xml"
_PAGED = frozenset({_PDF, *_TEXTS, *_HTML, *OCR_SUFFIXES})
_EPUB = ".epub"
_PACKED = frozenset({".gz", ".bz2", ".xz", ".zst"})
_PARSED = frozenset({_EPUB, _XML, *_MAIL, *_SHEETS, *_SUBTITLES})
_ARCHIVES = frozenset({".zip", ".tar", ".tgz"})
_FOREIGN = frozenset({*_ARCHIVES, _EPUB, _XML, _PDF, *_TEXTS, *_MAIL, *_SHEETS})
_PAGES = frozenset({".txt", ".text", ".md", ".markdown", ".mmd", *WIKI_SUFFIXES})

SUFFIXES = frozenset(
    {
        *(".json", _EPUB, _XML, _PDF),
        *_PAGES,
        *_LINES,
        *_DELIMITERS,
        *_HTML,
        *_TEXTS,
        *_SUBTITLES,
        *_MAIL,
        *_SHEETS,
    }
)
"""The kinds of file that are taken from a folder, in small letters, also before `.gz` or in a `.zip`."""


def is_readable(name: str) -> bool:
    """
    Tell by its name whether a file of a folder is taken.

    >>> is_readable("a.TXT"), is_readable("a.jsonl.gz"), is_readable("a.tar.gz"), is_readable("a.png")
    (True, True, True, False)
    """
    return _is_plain(name.lower().removesuffix(".gz")) or is_archive(name)


def is_archive(name: str) -> bool:
    """Return by its name whether a file holds others."""
    return Path(name.lower().removesuffix(".gz")).suffix in _ARCHIVES


def _is_plain(name: str) -> bool:
    return Path(name).suffix.lower() in SUFFIXES


def is_foreign(name: str) -> bool:
    """
    Return whether a file is read by a parser of a foreign format, or unpacked by one.

    >>> is_foreign("a.PDF"), is_foreign("a.docx.gz"), is_foreign("a.txt"), is_foreign("a.jsonl.gz")
    (True, True, False, False)
    """
    return Path(name.lower().removesuffix(".gz")).suffix in _FOREIGN


def kind_of_name(name: str) -> str:
    """
    Return what a report calls the kind of a file: its suffix in small letters, of an archive both.

    >>> kind_of_name("a.Tar.GZ"), kind_of_name("b.DOC"), kind_of_name("Makefile")
    ('.tar.gz', '.doc', 'without a suffix')
    """
    path = Path(name.lower())
    inner = Path(path.stem).suffix if path.suffix in _PACKED else ""
    return f"{inner}{path.suffix}" or "without a suffix"


def holds_records(path: Path) -> bool:
    """Tell by its name whether the records of a file are named by a field map; an archive may hold some."""
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    return suffix in {".json", _XML, *_ARCHIVES, *_LINES, *_DELIMITERS, *_SHEETS}


def read_file(
    path: Path,
    source: str,
    split: Split = "auto",
    fields: Mapping[str, str] | None = None,
    notes: Notes | None = None,
    *,
    ids_by_file: bool = False,
    furniture: bool = False,
) -> Iterator[Article]:
    """
    Return the articles of one file, by its suffix; a suffix not known is read as text.

    JSON lines and tables are streamed; any other file is held in memory once.

    Args:
        source: What articles without a source of their own get, and what an
            error message calls the file.
        split: For text only; records are articles already.
        fields: For records only: the keys of fields, see `FieldMap`.
        notes: Takes what is to be said besides, and records that cannot be
            read; without it the first such record is an error.
        ids_by_file: Let the id of a record begin with its file, `path#id`.
        furniture: Yield what belongs to no article too, one record for each page,
            of the kind `furniture`.

    Files of foreign formats are read in a process of their own, which begins at once; see `isolated`.
    What is returned has a `close`, for who does not take all.

    Raises:
        CorpusError: The file cannot be read, or is not what its suffix says.
        MissingExtraError: It is a PDF, and the extra `files` is not installed.
        ConfigError: *fields* names what is no field.
    """
    FieldMap(fields)
    if is_foreign(path.name):
        request = {
            "split": split,
            "fields": dict(fields or {}),
            "notes": notes is not None,
            "ids_by_file": ids_by_file,
            "furniture": furniture,
        }
        articles = read_isolated(path, source, request, notes)
        if articles is not None:
            return articles
    return read_here(path, source, split, fields, notes, ids_by_file=ids_by_file, furniture=furniture)


def read_here(
    path: Path,
    source: str,
    split: Split = "auto",
    fields: Mapping[str, str] | None = None,
    notes: Notes | None = None,
    *,
    ids_by_file: bool = False,
    furniture: bool = False,
) -> Iterator[Article]:
    """
    Yield the articles of one file, all read in this process; otherwise as `read_file`.

    Raises:
        CorpusError: The file cannot be read, or is not what its suffix says.
        MissingExtraError: A package is not installed.
        ConfigError: *fields* names what is no field.
    """
    field_map = FieldMap(fields)
    with errors_of(source):
        for blob in unpack(path, source, _is_plain, notes):
            records = Records(blob.source, field_map.of_kind(blob.suffix), notes, ids_by_file=ids_by_file)
            yield from _read_blob(blob, split, records, furniture=furniture)


def _all_of(found: PageSplit, *, furniture: bool) -> Iterator[Article]:
    yield from found.articles
    if furniture and found.remainder is not None:
        yield found.remainder


def _read_blob(blob: Blob, split: Split, records: Records, *, furniture: bool) -> Iterator[Article]:
    if (page := page_of_ocr(blob)) is not None:
        yield from _all_of(split_blocks(page, source=blob.source, split=split), furniture=furniture)
    elif blob.suffix in _LINES:
        yield from articles_of_lines(blob, records)
    elif blob.suffix in _DELIMITERS:
        yield from articles_of_table(blob, records, _DELIMITERS[blob.suffix])
    elif blob.suffix == ".json":
        yield from articles_of_json(blob, records)
    elif blob.suffix in _HTML:
        text = decode(blob.read(), blob.source, records.notes)
        yield from articles_of_html(text, blob.source, furniture=furniture)
    elif blob.suffix == _PDF:
        from searchlib.ingest.pdf import page_of_pdf  # noqa: PLC0415 (an extra, and only for PDF)

        page = page_of_pdf(blob)
        yield from _all_of(split_blocks(page, source=blob.source, split=split), furniture=furniture)
    elif blob.suffix in _PARSED:
        from searchlib.ingest import foreign  # noqa: PLC0415 (not for texts and records)

        yield from foreign.articles_of(blob, records)
    elif blob.suffix in _TEXTS:
        from searchlib.ingest import foreign  # noqa: PLC0415

        page = foreign.page_of(blob)
        yield from _all_of(split_blocks(page, source=blob.source, split=split), furniture=furniture)
    else:
        text = join_pages(decode(blob.read(), blob.source, records.notes))
        yield from _all_of(split_text(text, source=blob.source, split=split), furniture=furniture)


def read_page_text(path: Path) -> str:
    """
    Return the text of which the spans of a page's articles are ranges; see `searchlib.page_text`.

    Raises:
        CorpusError: It cannot be read, or has no such text.
        MissingExtraError: A package is not installed.
    """
    file = next((place for place in (path, *path.parents) if place.is_file()), path)
    source = path.as_posix()
    if not file.is_file():
        raise CorpusError(source, "no such file")
    if is_foreign(file.name):
        request = {"split": "never", "fields": {}, "notes": False, "ids_by_file": False, "text_of": source}
        found = read_isolated(file, file.as_posix(), request, None)
        if found is not None:
            return next(found).body
    return page_text_here(file, source)


def page_text_here(file: Path, source: str) -> str:
    """Return the text of *source*, which is a file or inside of one, read in this process."""
    with errors_of(source):
        for blob in unpack(file, file.as_posix(), _is_plain):
            if blob.source == source or (blob.is_packed and file.as_posix() == source):
                return _text_of(blob)
    raise CorpusError(source, "no such file in the archive")


def _text_of(blob: Blob) -> str:
    if blob.suffix == _PDF:
        from searchlib.ingest.pdf import page_of_pdf  # noqa: PLC0415 (an extra, and only for PDF)

        return page_of_pdf(blob).text
    if blob.suffix in _TEXTS:
        from searchlib.ingest import foreign  # noqa: PLC0415 (not for texts)

        return foreign.text_of(blob)
    if blob.suffix in SUFFIXES - _PAGES or page_of_ocr(blob) is not None:
        raise CorpusError(blob.source, "has no text of its own that articles are ranges of")
    return join_pages(decode(blob.read(), blob.source))


def _pages_of(blob: Blob) -> Iterator[Page]:
    """Yield the pages of a file that has a layout, as blocks; nothing for a file without one."""
    if (page := page_of_ocr(blob)) is not None:
        yield page
    elif blob.suffix in _HTML:
        yield from pages_of_html(decode(blob.read(), blob.source))
    elif blob.suffix == _PDF:
        from searchlib.ingest.pdf import page_of_pdf  # noqa: PLC0415 (an extra, and only for PDF)

        yield page_of_pdf(blob)
    elif blob.suffix in _TEXTS:
        from searchlib.ingest import foreign  # noqa: PLC0415

        yield foreign.page_of(blob)


def explain_text_file(path: Path, source: str, split: Split = "auto") -> list[PageLine]:
    """
    Return what each line of a text file is taken for.

    Raises:
        CorpusError: The file cannot be read, or is no text file: it holds records, say.
    """
    blob = (
        Blob(source, path.suffix.lower(), lambda: path.open("rb")) if path.suffix.lower() in _PAGED else None
    )
    if blob is not None:
        with errors_of(source):
            pages = list(_pages_of(blob))
        if pages:
            return [line for page in pages for line in explain_blocks(page, source=source, split=split)]
    if holds_records(path):
        raise CorpusError(source, "holds records, which are not split into lines with roles")
    if path.suffix.lower() in {*SUFFIXES, ".gz"} - _PAGES:
        raise CorpusError(source, "is no text file, whose lines have roles")
    try:
        with errors_of(source):
            data = path.read_bytes()
    except ValueError as error:  # a zero byte, or half a character, which no name has
        raise CorpusError(source, Message("cannot be read: {}", error)) from error
    text = decode(data, source)
    return list(explain_page(text, source=source, split=split))
