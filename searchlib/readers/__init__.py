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

from searchlib.model import Article
from searchlib.readers.encodings import decode
from searchlib.readers.folders import FileState, file_state, list_files, source_of
from searchlib.readers.formats import SUFFIXES, Split, read_file

__all__ = [
    "SUFFIXES",
    "FileState",
    "Split",
    "decode",
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
