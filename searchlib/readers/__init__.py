"""
Here is a path: which articles does it hold?

Files are found (`folders`), their bytes become text (`encodings`), and text or
records become articles (`formats`). Not for deciding where an article on a page
begins, that is `searchlib.pages`, nor for PDF, Word, HTML or images: their text
must be taken out first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from searchlib.model import Article
from searchlib.pages import PageLine
from searchlib.readers.encodings import decode
from searchlib.readers.folders import FileState, file_state, list_files, source_of
from searchlib.readers.formats import SUFFIXES, Split, explain_text_file, read_file

__all__ = [
    "SUFFIXES",
    "FileState",
    "Split",
    "decode",
    "explain_file",
    "file_state",
    "list_files",
    "read",
    "read_file",
    "source_of",
]


def read(*paths: str | os.PathLike[str], split: Split = "auto") -> Iterator[Article]:
    """
    Yield the articles of files and folders, in the order of `list_files`.

    Their `source` is the path as given, with forward slashes, unless a record
    names its own. Records without an id have none here; an index makes one of
    their content.

    Args:
        split: `never` takes every text file as one article.

    Raises:
        CorpusError: A path does not exist, or a file cannot be read as articles.

    >>> [article.headline for article in read("corpus/000.txt")]  # doctest: +SKIP
    ['坚持党建引领 推进基层治理']
    """
    for path in list_files(*paths):
        yield from read_file(path, source_of(path), split)


def explain_file(path: str | os.PathLike[str], *, split: Split = "auto") -> list[PageLine]:
    """
    Tell what each line of a text file is taken for, and why, as `read` takes it apart.

    Raises:
        CorpusError: The file cannot be read, or holds records, whose lines have no roles.

    >>> [(line.line, line.role, line.reason) for line in explain_file("page.txt")]  # doctest: +SKIP
    [(1, 'headline', 'short line without a full stop'), (3, 'body', 'too long for a head')]
    """
    return explain_text_file(Path(path), source_of(Path(path)), split)
