"""The user's words and synonyms as files in the folder of an index."""

from __future__ import annotations

import os
from collections.abc import Hashable
from pathlib import Path

from searchlib.errors import CorpusError
from searchlib.expansion.lexicon import FILES, MAX_FILE_BYTES
from searchlib.message import Message
from searchlib.system import NotPlainError, open_plain


class FolderLexicon:
    """Reads the files of one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def state(self) -> Hashable:
        """Return which files there are, with their times and sizes."""
        return tuple(_state(self._folder / name) for name in FILES)

    def label(self, name: str) -> str:
        """Return the path of a file."""
        return str(self._folder / name)

    def read(self, name: str) -> bytes | None:
        """
        Return the bytes of a file, one more than are allowed at most; None when there is none.

        Raises:
            CorpusError: It is not a plain file, or cannot be read.
        """
        try:
            with os.fdopen(open_plain(self._folder / name), "rb") as file:
                return file.read(MAX_FILE_BYTES + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except NotPlainError as error:
            reason = Message(
                "is a link, a pipe or a device, and is not read; put a plain file there, or delete it"
            )
            raise CorpusError(self.label(name), reason) from error
        except OSError as error:
            raise CorpusError(self.label(name), Message("cannot be read: {}", error.strerror)) from error


def _state(path: Path) -> tuple[int, ...] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 (half the time of Path.stat)
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size
