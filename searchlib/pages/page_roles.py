"""The roles of all blocks of a page: each by its own shape, and what the others around it make of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchlib.pages.blocks import Block
from searchlib.pages.furniture import NO_WORD
from searchlib.pages.issues import beside_mastheads, name_days, name_report
from searchlib.pages.letters import sign_letters
from searchlib.pages.roles import TEXT_LABEL, classify
from searchlib.pages.stretches import FURNITURE, Piece
from searchlib.pages.styles import divides_pages
from searchlib.pages.unlooked import kinds_of, known_piece
from searchlib.pages.whole import Classified

MAX_UNMARKED = 20
"""Characters of a line with a comma at most that may be a head, though the format marks others and not it."""
MAX_CONTROLS = 4
"""Lines without Han at most that a website sets between a headline and its text; more are the text."""
_HAN = re.compile(r"[\u3400-\u9fff]")


def with_roles(
    blocks: Sequence[Block], *, is_marked: bool, may_divide: bool
) -> tuple[Classified, list[Piece]]:
    """
    Return the blocks with the pieces that each is cut into, and all pieces in order.

    Args:
        is_marked: Whether the format marks heads.
        may_divide: Whether the text may become several articles.
    """
    parts: list[tuple[Block, Sequence[Piece]]] = []
    kinds = kinds_of([block.text for block in blocks])
    for block, kind in zip(blocks, kinds, strict=True):
        if kind and not (block.hint or block.level or block.goes_on):
            parts.append((block, (known_piece(block, kind),)))
            continue
        found = classify(block)
        has_label = len(found) > 1 and found[0].reason == TEXT_LABEL
        parts += _labels_apart(block, found) if has_label else [(block, found)]
    classified: Classified = parts
    if is_marked:
        classified = [
            (block, [_unless_marked(piece) for piece in found])
            if found[0].role == "head" or len(found) > 1
            else (block, found)
            for block, found in classified
        ]
        classified = _without_controls(classified)
    pieces = [piece for _, found in classified for piece in found]
    if divides_pages(pieces):
        classified = [(block, [_as_border(piece) for piece in found]) for block, found in classified]
        pieces = [piece for _, found in classified for piece in found]
    classified, pieces = with_changed(beside_mastheads(pieces), classified, pieces)
    pieces = sign_letters(pieces)
    if is_marked and may_divide:
        named = name_report(pieces) or name_days(pieces)
        classified, pieces = with_changed(named, classified, pieces)
    return classified, pieces


def with_changed(
    changed: Sequence[Piece], classified: Classified, pieces: list[Piece]
) -> tuple[Classified, list[Piece]]:
    """Put pieces that have another role now in their places, among the blocks too."""
    if not changed:
        return classified, pieces
    now = {piece.start: piece for piece in changed}
    again = [(block, [now.get(piece.start, piece) for piece in found]) for block, found in classified]
    return again, [now.get(piece.start, piece) for piece in pieces]


def _labels_apart(block: Block, found: Sequence[Piece]) -> list[tuple[Block, Sequence[Piece]]]:
    """Cut a block behind the label of a text, 正文：, which is furniture."""
    label = found[0]
    size = found[1].start - block.start
    return [
        (block._replace(end=label.end, text=block.text[:size].rstrip(), hint="furniture"), found[:1]),
        (block._replace(start=found[1].start, text=block.text[size:], gap=0), found[1:]),
    ]


def _as_border(piece: Piece) -> Piece:
    return piece._replace(is_border=True) if piece.role == "masthead" and piece.page else piece


def _unless_marked(piece: Piece) -> Piece:
    """Take a line of some length with a comma for text, where the format marks the heads."""
    is_prose = len(piece.text) > MAX_UNMARKED and ("，" in piece.text or "," in piece.text)
    if piece.role == "head" and is_prose and not (piece.level or piece.is_bold or piece.authors):
        return piece._replace(role="body", reason="no head: the format marks those")
    return piece


def _without_controls(classified: Classified) -> Classified:
    """
    Take lines without Han between a marked head in Chinese and its text for what a website sets there.

    Where no text in Chinese follows, or they are many, they are the text.
    """
    cleared = list(classified)
    controls: list[int] = []
    is_below = False
    for place, (_, found) in enumerate(classified):
        first = found[0]
        if not (is_below or first.level):
            continue
        has_han = _HAN.search(first.text) is not None
        if is_below and first.role == "head" and not (first.level or first.is_bold or has_han):
            controls.append(place)
            continue
        if has_han and not first.level and len(controls) <= MAX_CONTROLS:
            for each in controls:
                block, (control, *others) = classified[each]
                cleared[each] = (block, [control._replace(role="furniture", reason=NO_WORD), *others])
        is_below = (first.level > 0 and has_han) or (is_below and first.role in FURNITURE)
        controls = controls if is_below and not first.level else []
    return cleared
