"""
Text continued from another page finds its headline, when that is on this page.

A paper prints the headline of a continued article again, and OCR often reads
it far from its text: in front of the heads of another article, or alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from searchlib.pages.assembly import Draft
from searchlib.pages.decks import coverage

MIN_FIT = 0.2
"""Share of a head's bigrams, at least, by which it fits one text better than the owner."""


def give_heads(drafts: Sequence[Draft]) -> list[Draft]:
    """Move heads that stand with another article, or alone, to the continued text that they fit."""
    orphans = [draft for draft in drafts if draft.is_continued and draft.body and not draft.heads]
    if not orphans:
        return list(drafts)
    owners = [draft for draft in drafts if len(draft.heads) > bool(draft.body)]
    texts = {id(draft): _text(draft) for draft in owners}
    for orphan in orphans:
        text = _text(orphan)
        fits = [(*_split_heads(owner, texts[id(owner)], text), owner) for owner in owners]
        fit, count, owner = max(fits, key=lambda found: found[0], default=(0.0, 0, orphan))
        if fit > 0:
            orphan.heads, owner.heads = owner.heads[:count], owner.heads[count:]
    return [draft for draft in drafts if draft.pieces()]


def _text(draft: Draft) -> str:
    return "\n".join("".join(piece.text.split()) for piece in draft.body)


def _split_heads(owner: Draft, own: str, text: str) -> tuple[float, int]:
    """
    Find how many heads of *owner*, from the first on, belong to the text.

    Returns:
        How much better they fit there, and their number; 0 for none.
    """
    fits = [coverage(piece.text, text) - coverage(piece.text, own) for piece in owner.heads]
    if not fits:
        return 0.0, 0
    if not owner.body:
        return (max(fits), len(fits)) if max(fits) >= MIN_FIT else (0.0, 0)
    best = (0.0, 0)
    for count in range(1, len(fits)):
        # The head next to the border decides on each side; overlines may fit neither.
        fit = fits[count - 1] - fits[count]
        if fits[count - 1] >= MIN_FIT and fits[count] < 0 and fit > best[0]:
            best = (fit, count)
    return best
