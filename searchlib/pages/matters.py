"""
One article or two? Heads inside an unmarked article, told apart by what the texts around them speak of.

A page's unsigned news follow a signed article as its sections would. A section
goes on with the matter of its article: words of its head stand elsewhere in it.
The head of another article has its words in its own text alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.pages.assembly import Draft
from searchlib.pages.decks import coverage
from searchlib.pages.stretches import Piece

MIN_TEXT = 40
"""Characters of text at least on both sides of a head that may begin an article."""
MIN_LONE = 8
"""Characters of a head at least that is the only one in an article: these have several sections or none."""
MIN_SEVERAL = 12
"""Characters of each head at least, where there are several."""
MIN_OWN = 0.25
"""Share of a head's pairs at least that its own text says again."""
MOST_OTHER = 0.34
"""Share of that at most which the rest of the article says."""


def part_matters(drafts: Sequence[Draft]) -> list[Draft]:
    """Cut articles at heads inside them that tell of another matter; each must, where there are several."""
    parted: list[Draft] = []
    for draft in drafts:
        heads = [place for place, piece in enumerate(draft.body) if _may_be_headline(piece)]
        sections = sum(piece.role == "section" for piece in draft.body)
        if draft.is_caption or draft.is_continued or not heads or len(heads) != sections:
            parted.append(draft)
            continue
        ends = [*heads[1:], len(draft.body)]
        parts = [draft.body[start:end] for start, end in zip(heads, ends, strict=True)]
        lead = draft.body[: heads[0]]
        least = MIN_LONE if len(heads) == 1 else MIN_SEVERAL
        if all(_is_another(part, [lead, *parts], draft, least) for part in parts):
            draft.body = lead
            parted += [draft, *map(_article, parts)]
        else:
            parted.append(draft)
    return parted


def _may_be_headline(piece: Piece) -> bool:
    return piece.role == "section" and not (piece.level or piece.is_marked or piece.is_tail)


def _is_another(part: Sequence[Piece], parts: Sequence[Sequence[Piece]], draft: Draft, least: int) -> bool:
    head = part[0].text
    own = "".join(piece.text for piece in part[1:])
    others = [piece.text for other in parts if other is not part for piece in other]
    rest = "".join([*(piece.text for piece in draft.heads), *others])
    if len(head) < least or len(own) < MIN_TEXT or len(rest) < MIN_TEXT:
        return False
    said = coverage(head, own)
    return said >= MIN_OWN and coverage(head, rest) <= said * MOST_OTHER


def _article(part: Sequence[Piece]) -> Draft:
    reason = "head over a text of another matter"
    return Draft(heads=[part[0]._replace(role="head", reason=reason)], body=list(part[1:]))
