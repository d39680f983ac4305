"""A stretch of a line with what it says of who wrote, as a piece."""

from __future__ import annotations

from searchlib.pages.blocks import Block
from searchlib.pages.bylines import Byline
from searchlib.pages.lines import INDENT, width
from searchlib.pages.stretches import Piece, Role, plain_piece

NOBODY = Byline(())


def piece_of(
    line: Block,
    start: int,
    end: int,
    role: Role,
    reason: str,
    *,
    text: str | None = None,
    signed: Byline = NOBODY,
) -> Piece:
    """
    Return a stretch of a line as a piece.

    Args:
        text: What is read of it, where that is not all.
        signed: What it says of who wrote.
    """
    begin, stop = line.start + start, line.start + end
    shown = line.text[start:end].strip() if text is None else text
    if not start and signed is NOBODY:
        return plain_piece(begin, stop, shown, role, reason, gap=line.gap, lead_width=INDENT)
    return Piece(
        begin,
        stop,
        shown,
        role,
        reason,
        gap=0 if start else line.gap,
        authors=signed.authors,
        publication=signed.publication,
        month_day=signed.day,
        page=signed.page,
        roles=signed.roles,
        is_tail=start > 0,
        lead_width=width(line.text[:start]) + INDENT if start else INDENT,
    )
