"""One file as `sync` reads it: whole, though others may write to it meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from searchlib.engine.contract import Noted
from searchlib.errors import CorpusError
from searchlib.ingest import FileState, Notes, file_state, holds_records, read_file, source_of
from searchlib.message import Message, message_of
from searchlib.model import FURNITURE, Article
from searchlib.spool import Spool

_TRIES = 2
"""A file that is written to while it is read is read once more, then left to the next run."""


class BegunFile:
    """A file that is being read: what it was when its reading began, its articles, what belongs to none."""

    def __init__(self, file: Path, key: str, state: FileState, fields: Mapping[str, str]) -> None:
        self.state = state
        self.notes = Notes()
        self.furniture: list[Article] = []
        every = read_file(file, key, fields=fields, notes=self.notes, ids_by_file=True, furniture=True)
        self.articles = _apart(every, self.furniture, are_records=holds_records(file))


def read_whole(
    file: Path,
    key: str,
    begun: BegunFile,
    fields: Mapping[str, str],
    *,
    own: Iterable[str],
    noted: Noted | None,
) -> tuple[BegunFile, Spool]:
    """
    Read a file that nobody writes to meanwhile.

    Returns:
        The reading that was whole, and the articles.

    Raises:
        CorpusError: It cannot be read, or is written to all the time.
    """
    for _ in range(_TRIES):
        spool = Spool(begun.articles, own, are_records=holds_records(file), of_file=True, noted=noted)
        try:
            after = file_state(file, begun.state)
        except CorpusError:
            spool.close()
            raise
        if after.digest == begun.state.digest:
            begun.state = after
            return begun, spool
        spool.close()
        begun = BegunFile(file, key, after, fields)
    raise CorpusError(source_of(file), "is written to while it is read; left to the next run")


def _apart(articles: Iterable[Article], furniture: list[Article], *, are_records: bool) -> Iterator[Article]:
    """Yield articles, and put the furniture of pages aside; a record is what it says."""
    for article in articles:
        if article.kind == FURNITURE and not are_records:
            furniture.append(article)
        else:
            yield article


def reason_of(error: Exception) -> str:
    """Return what is said of a file that could not be read, for the report and for the list of files."""
    if isinstance(error, CorpusError):
        reason = Message.of(error.reason)
        return reason if error.line is None else Message("line {}: {}", error.line, reason)
    if isinstance(error, MemoryError):
        return Message("needs more memory than there is")
    return getattr(error, "strerror", None) or message_of(error)
