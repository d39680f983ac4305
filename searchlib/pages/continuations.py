"""
Text that is continued finds what it belongs to, when that is on this page.

A paper prints the headline of a continued article again, and OCR often reads
it far from its text: in front of the heads of another article, or alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from searchlib.native import engine
from searchlib.pages.decks import coverage, pairs_of
from searchlib.pages.drafts import Draft, breaks_off
from searchlib.pages.stretches import Piece

_PAGE = re.compile(r"[A-Z]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?=\s*版)|头(?=版)")
MIN_SAME_HEAD = 0.5
"""Share of a head's pairs, at least, that the head has which is printed again over the second part."""
MIN_SHARED = 0.08
"""Share of the pairs of a continued text, at least, that its first part has too."""
MIN_FIT = 0.2
"""Share of a head's bigrams, at least, by which it fits one text better than the owner."""
MAX_DISTANCE = 30
"""Articles at most between a head and its text; a page has no more."""
MAX_PIECES = 80
"""Paragraphs at most of an article in which the end of another is looked for."""
MIN_UNPUNCTUATED = 3
"""Articles at least that all end inside a sentence, for the page to have no full stops."""
MIN_BELONGING = 0.03
"""How much larger a share of its pairs, at least, text has of the article that breaks off than of its own."""
MIN_BELONGING_ACROSS = -0.01
"""The same, where the page has the pair of characters across the cut elsewhere too."""


def give_back(drafts: Sequence[Draft]) -> None:
    """
    Move the end of an article that is after the next one's text back to its first part.

    The first part breaks off inside a sentence, and what follows the next
    article's last sentence speaks of what the first part does.
    """
    articles = [draft for draft in drafts if not draft.is_caption and draft.body]
    if len(articles) >= MIN_UNPUNCTUATED and all(breaks_off(draft.body[-1]) for draft in articles):
        return  # a page without full stops: none of them says anything
    page = ""
    for first, second in pairwise(articles):
        goes_on = breaks_off(first.body[-1]) and not first.is_closed
        if goes_on and second.heads and len(second.body) <= MAX_PIECES:
            page = page or "\n".join(map(_text, articles))
            place = _end_of_other(first, second, page)
            if place:
                first.body += second.body[place:]
                second.body = second.body[:place]


def _end_of_other(first: Draft, second: Draft, page: str) -> int:
    """Return the place in the second article's body where the first goes on, 0 for none."""
    places = [
        place
        for place in range(1, len(second.body))
        if second.body[place].role == "body" and not breaks_off(second.body[place - 1])
    ]
    if not places:
        return 0
    heads, parts = [piece.text for piece in second.heads], [piece.text for piece in second.body]
    last = first.body[-1].text[-1]
    best, found = 0.0, 0
    for place, belongs in zip(places, belonging(_text(first), heads, parts, places), strict=True):
        least = MIN_BELONGING_ACROSS if last + parts[place][0] in page else MIN_BELONGING
        if belongs - least > best:
            best, found = belongs - least, place
    return found


def belonging(own: str, heads: Sequence[str], parts: Sequence[str], places: Sequence[int]) -> list[float]:
    """
    Return how much more the parts from each place on say of one text than of the one they are in.

    Args:
        own: The text that breaks off.
        heads: Of the other text, whose paragraphs are *parts*.
        places: In ascending order.
    """
    kernel = engine().kernel
    try:
        if kernel is not None:
            found: list[float] = kernel.belonging(own, heads, parts, places)
            return found
    except UnicodeEncodeError:  # a surrogate alone
        pass
    pairs = pairs_of(own)
    spoken = [pairs_of(part) for part in parts]
    other: set[str] = set().union(*map(pairs_of, heads))
    shares: list[float] = []
    said = 0
    for place in places:
        other.update(*spoken[said:place])
        said = place
        rest: set[str] = set().union(*spoken[place:])
        shares.append(len(rest & pairs) / (len(pairs) + 1) - len(rest & other) / (len(other) + 1))
    return shares


def join_continued(drafts: Sequence[Draft]) -> tuple[list[Draft], list[Piece]]:
    """
    Join an article that breaks off with 下转 and the text behind 上接, when both are in one file.

    Returns:
        The articles, and the heads that were printed again over second parts.
    """
    again: list[Piece] = []
    joined: list[Draft] = []
    goes_on = any(draft.to_page and draft.body for draft in drafts)
    for place, second in enumerate(drafts):
        near = drafts[max(0, place - MAX_DISTANCE) : place + MAX_DISTANCE] if goes_on else ()
        first = _first_part(second, near) if second.from_page and second.body else None
        if first is None:
            joined.append(second)
            continue
        again += [piece._replace(role="continued", reason="headline printed again") for piece in second.heads]
        first.body += second.body
        first.bylines += second.bylines
        first.to_page = second.to_page
    return joined, again


def _first_part(second: Draft, near: Sequence[Draft]) -> Draft | None:
    """Find the article that the text goes on with: the same headline, or else the same words."""
    texts = [draft for draft in near if draft is not second and draft.body and not draft.is_caption]
    open_ones = [first for first in texts if first.to_page and _pages_fit(first.to_page, second.from_page)]
    if not open_ones:
        return None
    if second.heads:
        head = "\n".join(piece.text for piece in second.heads)
        shares = [(coverage(head, "\n".join(p.text for p in first.heads)), first) for first in open_ones]
        least = MIN_SAME_HEAD
    else:
        own = pairs_of(_text(second))
        shares = [(len(own & pairs_of(_text(draft))) / (len(own) + 1), draft) for draft in texts]
        least = MIN_SHARED
    share, best = max(shares, key=lambda found: found[0])
    return best if share >= least and any(best is first for first in open_ones) else None


def _pages_fit(to_page: str, from_page: str) -> bool:
    """Return whether 下转 and 上接 may be of one article: it does not come from the page to which it goes."""
    to, since = _PAGE.search(to_page), _PAGE.search(from_page)
    return to is None or since is None or to.group() != since.group()


def give_heads(drafts: Sequence[Draft]) -> list[Draft]:
    """Move heads that are with another article, or alone, to the continued text that they fit."""
    orphans = [draft for draft in drafts if draft.is_continued and draft.body and not draft.heads]
    if not orphans:
        return list(drafts)
    owners = [draft for draft in drafts if len(draft.heads) > bool(draft.body)]
    places = {id(draft): n for n, draft in enumerate(drafts)}
    for orphan in orphans:
        text = _text(orphan)
        near = [owner for owner in owners if abs(places[id(owner)] - places[id(orphan)]) <= MAX_DISTANCE]
        fits = [(*_split_heads(owner, _text(owner), text), owner) for owner in near]
        fit, count, owner = max(fits, key=lambda found: found[0], default=(0.0, 0, orphan))
        if fit > 0:
            orphan.heads, owner.heads = owner.heads[:count], owner.heads[count:]
    return [draft for draft in drafts if not draft.is_empty()]


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
