"""The stretches of a page that have one role each: what every other module of this room passes on."""

from __future__ import annotations

from operator import attrgetter
from typing import Literal, NamedTuple

Role = Literal[
    "head",
    "overline",
    "headline",
    "subtitle",
    "column",
    "section",
    "byline",
    "signature",
    "dateline",
    "body",
    "caption",
    "credit",
    "continued",
    "continues",
    "masthead",
    "contents",
    "furniture",
]
"""
`head` is any line set like a headline, until its neighbours tell which.
`signature` closes an article, `credit` names the photographer, `continued` is
上接, `continues` is 下转.
"""

FURNITURE: frozenset[Role] = frozenset({"continued", "continues", "masthead", "contents", "furniture"})
"""Roles of what belongs to the page and to no article."""


class Piece(NamedTuple):
    """
    A stretch of one line with one role, and the reason for it.

    `text` is what is read: without icons and marks, else as on the page.
    `authors`, `publication`, `roles` and `month_day` (a whole date where the
    year is there) are what bylines and datelines say, and a line of names
    alone that may be a head as well. `gap` counts the blank lines above,
    `level` the Markdown hashes.
    `page` is the page that a byline or a page label names, `is_border` marks furniture
    that ends an article. `is_bold` marks a head set bold from end to end,
    `is_tail` a piece that is after another on its line, `is_label`
    a head behind an icon, `is_marked` a head between the marks of sections.
    `lead_width` is what is before it on the line, the indent included, as
    wide as so many Han characters.
    """

    start: int
    end: int
    text: str
    role: Role
    reason: str
    gap: int = 0
    level: int = 0
    authors: tuple[str, ...] = ()
    publication: str = ""
    month_day: str = ""
    page: str = ""
    roles: tuple[tuple[str, str], ...] = ()
    is_tail: bool = False
    is_label: bool = False
    is_bold: bool = False
    is_marked: bool = False
    is_border: bool = False
    lead_width: float = 0.0

    def at(self, start: int, end: int) -> Piece:
        """Return the piece at another place."""
        return _made(Piece, (start, end, *self[2:]))

    def taken_for(self, role: Role, reason: str = "") -> Piece:
        """Return the piece in another role, for another reason where one is given."""
        return _made(Piece, (*self[:3], role, reason or self.reason, *self[5:]))


_made = tuple.__new__  # a third of what the constructor with its defaults takes


def plain_piece(
    start: int, end: int, text: str, role: Role, reason: str, *, gap: int, lead_width: float
) -> Piece:
    """Return a piece that says nothing of who wrote, and of which nothing else is to be said."""
    return _made(Piece, (start, end, text, role, reason, gap, *_NOTHING_ELSE, lead_width))


_NOTHING_ELSE = Piece(0, 0, "", "body", "")[6:-1]

place_of = attrgetter("start")
"""By what pieces are put in the order of the page."""
