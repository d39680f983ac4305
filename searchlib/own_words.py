"""The user's words and synonyms as one index has them, read again when they change."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchlib.engine.contract import LexiconSource
from searchlib.expansion.lexicon import SYNONYMS, WORDS, Lexicon, NamedText, read_lexicon
from searchlib.forks import new_lock

_NEVER = object()


class LexiconCache:
    """Keeps what the two texts of an index say. Safe for many threads."""

    def __init__(self, source: LexiconSource) -> None:
        self._source = source
        self._lock = new_lock()
        self._seen: Hashable = _NEVER
        self._lexicon = Lexicon()
        self._stale = True

    def refresh(self) -> None:
        """Look at the texts again when they are next asked for."""
        self._stale = True

    def get(self) -> Lexicon:
        """
        Return what the texts say.

        Raises:
            CorpusError: A line cannot be read; the message names the text and the line.
        """
        if self._stale:
            with self._lock:
                seen = self._source.state()
                if seen != self._seen:
                    self._lexicon = read_lexicon(*map(self._read_named, (WORDS, SYNONYMS)))
                    self._seen = seen
                self._stale = False
        return self._lexicon

    def _read_named(self, name: str) -> NamedText:
        return NamedText(self._source.label(name), self._source.read(name))
