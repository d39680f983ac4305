"""What does `sync` call a file, however its folder was named, and which files are below a folder?"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from searchlib.ingest import source_of


class FileKeys:
    """Names files by their place beside an index, so that both can be moved together, else by their path."""

    def __init__(self, folder: Path | None) -> None:
        """*folder* is that of the index; None for one that lies elsewhere."""
        self._base = None if folder is None else Path(os.path.realpath(folder)).parent

    def of(self, files: Iterable[Path]) -> dict[str, Path]:
        """Give each file its key; of two names that read alike, in odd bytes, the second is escaped."""
        keyed: dict[str, Path] = {}
        for file in files:
            key = self.key(file, follow=os.path.exists(file))  # noqa: PTH110 (a link to itself is no error)
            if key in keyed:
                key = os.fsencode(self._place(file)).decode("ascii", "backslashreplace")
            keyed[key] = file
        return keyed

    def key(self, file: Path, *, follow: bool = True) -> str:
        """Return the key of a file, or with *follow* of what a link leads to."""
        return source_of(self._place(file, follow=follow))

    def _place(self, file: Path, *, follow: bool = True) -> Path:
        real = Path(os.path.realpath(file) if follow else os.path.abspath(file))  # noqa: PTH100
        base = self._base
        return real.relative_to(base) if base is not None and real.is_relative_to(base) else real

    def below(self, paths: Iterable[str | os.PathLike[str]]) -> Callable[[str], bool]:
        """
        Return a function that says of a key whether its file is at or below some paths.

        A name that is no UTF-8 is read in one of several ways in a key, by what
        the whole of it is, so each way of reading a path is looked for.
        """
        starts: set[str] = set()
        all_relative = False
        for path in paths:
            if self._base is not None and self._base.is_relative_to(os.path.realpath(path)):
                all_relative = True
            starts |= _readings(self._place(Path(path)))

        def is_below(key: str) -> bool:
            if all_relative and not Path(key).is_absolute():
                return True
            return key in starts or any(key[:end] in starts for end in _ends(key))

        return is_below


def _readings(place: Path) -> set[str]:
    """Return all ways in which a key may begin with the name of a folder."""
    name = os.fsencode(place.as_posix())
    found = {name.decode("utf-8", "backslashreplace"), name.decode("ascii", "backslashreplace")}
    with suppress(UnicodeDecodeError):
        found.add(name.decode("gb18030"))
    return found


def _ends(key: str) -> Iterator[int]:
    """Yield where the names of the folders end in which a file is."""
    end = key.find("/", 1)
    while end >= 0:
        yield end
        end = key.find("/", end + 1)
