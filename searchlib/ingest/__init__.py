"""
Here is a path: which articles does it hold?

Files are found (`folders`) and unpacked (`archives`); `formats` knows which reader each kind has. Bytes
become text (`encodings`), blocks of a page (`html`, `word`, `epub`, `pdf`, `ocr_layout`, `ocr_models`) or
records (`record_files`, `records`, `sheets`), and these become articles. A parser that others wrote
runs in a process of its own (`isolated`; `foreign` is the table of them). Not for deciding where an
article on a page begins,
that is `searchlib.pages`, nor for images: their text must be taken out first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from searchlib.ingest.encodings import decode
from searchlib.ingest.folders import FileState, file_state, list_files, source_of
from searchlib.ingest.formats import (
    SUFFIXES,
    Split,
    explain_text_file,
    holds_records,
    is_foreign,
    kind_of_name,
    read_file,
    read_page_text,
)
from searchlib.ingest.notes import Notes
from searchlib.ingest.records import FieldMap
from searchlib.model import Article
from searchlib.pages import PageLine

__all__ = [
    "SUFFIXES",
    "FieldMap",
    "FileState",
    "Notes",
    "Split",
    "decode",
    "explain_file",
    "file_state",
    "holds_records",
    "is_foreign",
    "kind_of_name",
    "list_files",
    "page_text",
    "read",
    "read_file",
    "source_of",
]


def read(
    *paths: str | os.PathLike[str],
    split: Split = "auto",
    map: Mapping[str, str] | None = None,  # noqa: A002 (the public face has this name)
) -> Iterator[Article]:
    """
    Yield the articles of files and folders, in the order of `list_files`.

    Their `source` is the path as given, with forward slashes, unless a record
    names its own. Records without an id have none here; an index makes one of
    their content.

    Args:
        split: `never` takes every text file as one article.
        map: Where records keep the fields of an article, such as
            `{"headline": "标题", "body": "data.正文"}`; a key may be a path into
            the record, a field may be `extra.NAME`.

    Raises:
        CorpusError: A path does not exist, or a file cannot be read as articles.
        MissingExtraError: A file needs a package that is not installed.
        ConfigError: *map* names what is no field.

    >>> [article.headline for article in read("corpus/000.txt")]  # doctest: +SKIP
    ['坚持党建引领 推进基层治理']
    """
    fields = FieldMap(map).fields
    for path in list_files(*paths):
        yield from read_file(path, source_of(path), split, fields)


def page_text(path: str | os.PathLike[str]) -> str:
    """
    Return the text of a page's file, of which the `spans` of its articles are ranges.

    Args:
        path: A text file, a PDF or a Word document; or one inside of an archive, `pages.zip/a01.txt`.

    Raises:
        CorpusError: There is no such file, or it cannot be read, or it is of a kind that has no text of
            its own: records, or HTML, where spans are ranges of the markup.
        MissingExtraError: A package is not installed.

    >>> article = index.get("pages/a01.txt#2")  # doctest: +SKIP
    >>> [page_text("pages/a01.txt")[start:end] for start, end in article.spans]  # doctest: +SKIP
    """
    return read_page_text(Path(path))


def explain_file(path: str | os.PathLike[str], *, split: Split = "auto") -> list[PageLine]:
    """
    Tell what each line of a text file is taken for, and why, as `read` takes it apart.

    Raises:
        CorpusError: The file cannot be read, or is no text file, whose lines have roles.

    >>> [(line.line, line.role, line.reason) for line in explain_file("page.txt")]  # doctest: +SKIP
    [(1, 'headline', 'short line without a full stop'), (3, 'body', 'too long for a head')]
    """
    return explain_text_file(Path(path), source_of(Path(path)), split)
