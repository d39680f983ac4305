"""The user's words of an index on a cluster whose address names no folder for them: none."""

from __future__ import annotations

from collections.abc import Hashable


class NoLexicon:
    """Has neither words nor synonyms."""

    def state(self) -> Hashable:
        """Return what never changes."""
        return ()

    def read(self, name: str) -> bytes | None:  # noqa: ARG002 (there is none of any name)
        """Return None: there is no such text."""
        return None

    def label(self, name: str) -> str:
        """Return what an error would call the text."""
        return name
