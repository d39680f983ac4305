"""
Records of papers: a headline, who wrote it, the day and the page, then the lines that the page printed.

Archives keep articles so, one a file or many. The printed lines begin with
the headline again, in its several lines; then comes the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from searchlib.pages.fields import find_day
from searchlib.pages.stretches import FURNITURE, Piece

_role_of = attrgetter("role")

SAID_AGAIN = "the headline again, as the page printed it"
"""Why lines over a text are furniture."""
PRINTED_DECK = "line of the headline, as the page printed it"
"""Why a line is an overline or subtitle, though names are over it."""
MAX_FACTS = 6
"""Lines at most between a headline and itself."""
MAX_AGAIN = 6
"""Lines at most in which it is said again, with those over and below it."""
MIN_AGAIN = 2
"""Letters of a line at least that says some of a headline again."""
MAX_MORE = 8
"""Characters by which a line may be longer than the headline that it says again: （全文）."""
_PEN_NAMES = re.compile(r"[一-鿿·]{2,4}(?:[ 　、，]+[一-鿿·]{2,4})*")
"""Names in a place where nothing else is: between a headline and its day."""


class _Record(NamedTuple):
    """What is below a heading: facts of the article, the lines that say it again, others set like these."""

    facts: Sequence[Piece]
    again: Sequence[Piece]
    others: Sequence[Piece]


def said_again(pieces: Sequence[Piece]) -> list[Piece]:
    """
    Find the headings that are said again in lines of their own over the text, behind a few facts at most.

    Returns:
        These lines as furniture, the facts over them as what they say of the article, and the lines that
        are set with the headline; nothing for other texts.
    """
    if "masthead" not in map(_role_of, pieces) and not (pieces and (pieces[0].level or pieces[0].is_bold)):
        return []
    records: list[_Record] = []
    end = 0
    for place, piece in enumerate(pieces):
        if piece.role == "head" and piece.start >= end and (record := _record(pieces, place)):
            records.append(record)
            end = record.again[-1].end
    changed: list[Piece] = []
    for facts, again, others in records:
        changed += [_fact(piece, has_others=len(records) > 1) for piece in facts]
        changed += [piece._replace(role="furniture", reason=SAID_AGAIN, authors=()) for piece in again]
        changed += [piece._replace(reason=PRINTED_DECK) for piece in others]
    return changed


def _record(pieces: Sequence[Piece], place: int) -> _Record | None:
    """Return what is below the heading at a place; None for one that is not said again."""
    start = place + 1
    while start < min(place + MAX_FACTS, len(pieces)) and _is_fact(pieces, start):
        start += 1
    facts = pieces[place + 1 : start]
    is_dated = any(piece.role == "masthead" for piece in facts)
    may_be_title = place == 0 and (pieces[0].level > 0 or pieces[0].is_bold)
    if not (is_dated or may_be_title):
        return None
    title = _letters(pieces[place].text)
    signed = {piece.text for piece in facts if piece.role == "head"}
    again: list[Piece] = []
    others: list[Piece] = []
    size = 0
    for piece in pieces[start : start + MAX_AGAIN]:
        is_line = not piece.level and "。" not in piece.text
        said = (
            _letters(piece.text) if is_line and len(piece.text) <= len(pieces[place].text) + MAX_MORE else ""
        )
        if len(said) >= MIN_AGAIN and (said in title or title in said):
            again.append(piece)
            size += len(said)
        elif piece.text in signed:
            again.append(piece)
        elif piece.role == "head" and not (piece.level or piece.authors):
            others.append(piece)
        else:
            break
    is_title = may_be_title and size == len(title)
    if not again or size * 2 < len(title) or not (is_dated or is_title):
        return None
    return _Record(facts, again, others)


def _is_fact(pieces: Sequence[Piece], place: int) -> bool:
    piece = pieces[place]
    if piece.role in FURNITURE or piece.role in {"column", "byline"}:
        return True
    if piece.level or piece.role != "head":
        return False
    is_dated = place + 1 < len(pieces) and pieces[place + 1].role == "masthead"
    return bool(piece.authors) or (is_dated and _PEN_NAMES.fullmatch(piece.text) is not None)


def _fact(piece: Piece, *, has_others: bool) -> Piece:
    """Return a line between a headline and itself as what it says: who wrote, and of many when and where."""
    if piece.role == "head":
        names = piece.authors or tuple(re.split("[ 　、，]+", piece.text))
        return piece._replace(role="byline", authors=names, reason="names below the headline")
    day = find_day(piece.text) if piece.role == "masthead" else ""
    if has_others and (day or piece.page):
        return piece._replace(
            role="byline", month_day=day, is_border=False, reason="day or page of an article"
        )
    return piece._replace(is_border=False)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
