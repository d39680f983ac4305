"""An article in the making: the pieces of a page that were put together so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from searchlib.pages.shapes import is_unfinished
from searchlib.pages.stretches import Piece, place_of


@dataclass(slots=True)
class Draft:
    """
    An article in the making.

    `column` is a slug that is apart from the heads. `from_page` is what
    上接 says, `to_page` what 下转 says, `page` the label of the page above it.
    """

    heads: list[Piece] = field(default_factory=list)
    bylines: list[Piece] = field(default_factory=list)
    datelines: list[Piece] = field(default_factory=list)
    body: list[Piece] = field(default_factory=list)
    column: list[Piece] = field(default_factory=list)
    is_caption: bool = False
    is_continued: bool = False
    is_closed: bool = False
    from_page: str = ""
    to_page: str = ""
    page: str = ""

    def may_go_on(self) -> bool:
        """Return whether the text breaks off, or is still to be signed."""
        return bool(self.body) and (breaks_off(self.body[-1]) or not (self.bylines or self.datelines))

    def pieces(self) -> list[Piece]:
        """Return all pieces of the article in the order of the page."""
        return sorted(self._every(), key=place_of)

    def begin(self) -> int:
        """Return where the first piece of the article begins."""
        return min([piece.start for piece in self._every()])

    def is_empty(self) -> bool:
        """Return whether the article has no piece."""
        return not (self.body or self.heads or self.bylines or self.datelines or self.column)

    def _every(self) -> list[Piece]:
        return [*self.heads, *self.bylines, *self.datelines, *self.body, *self.column]


def breaks_off(piece: Piece) -> bool:
    """Return whether a text ends inside a sentence."""
    return piece.role == "body" and is_unfinished(piece.text)
