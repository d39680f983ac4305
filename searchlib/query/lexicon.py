"""
The user's words and synonyms: two plain text files beside the index.

`words.txt` has a word a line; `synonyms.txt` has `农行=中国农业银行` a line, each
of which finds the other, or `A=>B`, where A finds B. What begins with `#` is a remark.
They work on the query's side: nothing is indexed anew.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from searchlib.analysis import border_text, clean_and_simplify
from searchlib.errors import CorpusError

WORDS = "words.txt"
SYNONYMS = "synonyms.txt"
FILES = (WORDS, SYNONYMS)


class Lexicon:
    """Words that are one word, and for each text what else may stand for it; folded and simplified."""

    def __init__(
        self, words: frozenset[str] = frozenset(), synonyms: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self.words = words
        self.synonyms = synonyms or {}

    def __bool__(self) -> bool:
        return bool(self.words or self.synonyms)

    @cached_property
    def any_word(self) -> re.Pattern[str] | None:
        """Finds the user's words in a simplified text, the longest first."""
        return _any_of(self.words)

    @cached_property
    def any_synonym(self) -> re.Pattern[str] | None:
        """Finds what has synonyms in a simplified text, the longest first."""
        return _any_of(self.synonyms)


def _any_of(texts: frozenset[str] | Mapping[str, object]) -> re.Pattern[str] | None:
    if not texts:
        return None
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    return re.compile("|".join(_whole(text) for text in longest_first))


def _whole(text: str) -> str:
    """Letters and figures at an end of a text are a whole word there; letters may be the unit of a number."""
    before = "(?<![a-z0-9])" if re.match("[0-9]", text) else ""
    before = "(?<![a-z])" if re.match("[a-z]", text) else before
    after = "(?![a-z0-9])" if re.search("[a-z0-9]$", text) else ""
    return f"{before}{re.escape(text)}{after}"


class LexiconFiles:
    """Keeps what the two files of a folder say, and reads them again when they changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._seen: tuple[tuple[int, int] | None, ...] | None = None
        self._lexicon = Lexicon()
        self._stale = True

    def refresh(self) -> None:
        """Look at the files again when they are next asked for."""
        self._stale = True

    def get(self) -> Lexicon:
        """
        Return what the files say.

        Raises:
            CorpusError: A line cannot be read; the message names the file and the line.
        """
        if self._stale:
            with self._lock:
                seen = tuple(_state(self._folder / name) for name in FILES)
                if seen != self._seen:
                    self._lexicon = read_lexicon(self._folder)
                    self._seen = seen
                self._stale = False
        return self._lexicon


def _state(path: Path) -> tuple[int, int] | None:
    try:
        found = os.stat(path)  # noqa: PTH116 (half the time of Path.stat)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def read_lexicon(folder: Path) -> Lexicon:
    """Read both files; one that is not there says nothing."""
    synonyms: dict[str, list[str]] = {}
    for path, number, line in _lines(folder / SYNONYMS):
        for text, others in _pairs(path, number, line):
            known = synonyms.setdefault(text, [])
            known += [other for other in others if other not in known]
    words = frozenset(_word(path, number, line) for path, number, line in _lines(folder / WORDS))
    return Lexicon(words, {text: tuple(others) for text, others in synonyms.items()})


def _lines(path: Path) -> Iterator[tuple[Path, int, str]]:
    """Yield the lines that say something, with their number."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), start=1):
        try:
            line = raw.decode("utf-8").partition("#")[0].strip()
        except UnicodeDecodeError as error:
            raise CorpusError(str(path), "this is not UTF-8; save the file as UTF-8", line=number) from error
        if line:
            yield path, number, line


def _word(path: Path, number: int, line: str) -> str:
    word = clean_and_simplify(line)
    if len(line.split()) > 1 or "=" in line:
        raise CorpusError(str(path), "a line holds one word", line=number, excerpt=line)
    if len(border_text(word).strip("\n ")) < 2 or "\n" in border_text(word):  # noqa: PLR2004
        reason = "a word has two characters or more, and no punctuation"
        raise CorpusError(str(path), reason, line=number, excerpt=line)
    return word


def _pairs(path: Path, number: int, line: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each text of a line that finds others, and the others."""
    half = line.replace("＝", "=").replace("＞", ">")
    one_way = "=>" in half
    written = half.split("=>" if one_way else "=")
    sides = [clean_and_simplify(side) for side in written]
    bad = len(sides) < 2 or (one_way and len(sides) > 2)  # noqa: PLR2004
    bad = bad or any(set("=>") & set(side) for side in written)
    if bad or not all(border_text(side).strip("\n ") for side in sides):
        reason = "write A=B, or A=>B where only A finds B"
        raise CorpusError(str(path), reason, line=number, excerpt=line)
    texts = list(dict.fromkeys(sides))
    for text in texts[:1] if one_way else texts:
        yield text, [other for other in texts if other != text]
