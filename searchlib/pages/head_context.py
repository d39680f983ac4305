"""What the pieces beside a line make of it: a title among contents, the name of a column over a headline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from searchlib.pages.furniture import is_navigation
from searchlib.pages.shapes import slug_in
from searchlib.pages.stretches import FURNITURE, Piece

_CONTENTS = re.compile(r"导航|目录|列表|概览")


def with_contents(pieces: Sequence[Piece]) -> list[Piece]:
    """
    Take headlines for contents that are between the controls of an e-edition, without a text.

    They come again over their texts, or the controls are called a table of contents.
    """
    marked = list(pieces)
    if not any(is_navigation(piece.reason) for piece in pieces if piece.role in FURNITURE):
        return marked
    start = 0
    for place, piece in enumerate([*pieces, None]):
        if piece is not None and piece.role == "head":
            continue
        run = pieces[start:place]
        before = pieces[start - 1] if start else None
        is_between = before and is_navigation(before.reason) and piece and piece.role in FURNITURE
        if run and is_between and before:
            later = {_strip(other.text) for other in pieces[place:] if other.role == "head"}
            is_list = len(run) > 1 and _CONTENTS.search(before.text)
            if is_list or any(_strip(head.text) in later for head in run):
                for i in range(start, place):
                    marked[i] = pieces[i]._replace(
                        role="contents", reason="headline among the contents of a page"
                    )
        start = place + 1
    return marked


def _strip(text: str) -> str:
    return "".join(text.split())


def with_slugs(pieces: Sequence[Piece]) -> list[Piece]:
    """Take the name of a column in brackets for a head, where a head follows; round ones may sign a text."""
    named = list(pieces)
    for place, (piece, after) in enumerate(pairwise(pieces)):
        if after.role != "head" or piece.role != "body" or not slug_in(piece.text):
            continue
        if piece.text[0] not in "(（" or place == 0 or named[place - 1].role in FURNITURE:
            named[place] = piece._replace(role="head", reason="name of a column in brackets")
    return named
