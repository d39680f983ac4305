"""What reading a file has to say besides its articles: records left out, and remarks."""

from __future__ import annotations

from collections.abc import Iterator

from searchlib.errors import CorpusError
from searchlib.message import Message

MAX_SHOWN = 3
"""Notes of one file that are kept in full; of those beyond it is only said how many they are."""


class Notes:
    """Takes the notes of one file, in bounded memory."""

    def __init__(self) -> None:
        self._skipped: list[CorpusError] = []
        self._remarks: list[CorpusError] = []
        self._more = {True: 0, False: 0}

    def clear(self) -> None:
        """Forget all: the file is read again."""
        self.__init__()  # type: ignore[misc]

    def skip(self, error: CorpusError) -> None:
        """Take the reason why a record or a part of the file was left out."""
        self._take(self._skipped, error, is_skipped=True)

    def remark(self, error: CorpusError) -> None:
        """Take a remark on something that was read, but not as it should be."""
        self._take(self._remarks, error, is_skipped=False)

    def _take(self, notes: list[CorpusError], error: CorpusError, *, is_skipped: bool) -> None:
        if len(notes) < MAX_SHOWN:
            notes.append(error)
        else:
            self._more[is_skipped] += 1

    def list_skipped(self, source: str) -> Iterator[CorpusError]:
        """Yield what was left out; at the end how much more."""
        yield from self._skipped
        if more := self._more[True]:
            yield CorpusError(source, Message("and {} more of its records", f"{more:,}"))

    def remarks(self, source: str) -> Iterator[CorpusError]:
        """Yield the remarks; at the end how many more."""
        yield from self._remarks
        if more := self._more[False]:
            yield CorpusError(source, Message("and {} more remarks", f"{more:,}"))
