"""
Is a text a page of a newspaper, and which articles are on it?

What signs the articles tells, and what only papers print: a masthead, labels of
pages, the controls of an e-edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from operator import attrgetter

from searchlib.pages.assembly import assemble
from searchlib.pages.continuations import give_back, give_heads, join_continued
from searchlib.pages.decks import coverage
from searchlib.pages.drafts import Draft
from searchlib.pages.furniture import is_navigation
from searchlib.pages.mastheads import read_masthead
from searchlib.pages.matters import part_matters
from searchlib.pages.signing import signs_article
from searchlib.pages.stretches import FURNITURE, Piece
from searchlib.pages.styles import headline_level

_role_of = attrgetter("role")

MIN_HEADLESS = 3
"""Articles that a page must have at least which begins with text: most begin with a head."""
LONG_ARTICLE = 1500
"""Characters of a text from which its first part must say something of its headline again."""
LONG_LEAD = 1000
"""Characters of the first part of a long text."""
MIN_SAID_AGAIN = 0.12
"""Share of a headline's pairs, at least, that the first part of a long text has: 96 % of news texts do."""
_GOES_ON = frozenset({"continued", "continues"})


def signs(pieces: Sequence[Piece]) -> bool:
    """Return whether any piece signs an article, or only newspapers have it."""
    return any(map(signs_article, pieces)) or _show_page(pieces)


def are_signed(drafts: Iterable[Draft]) -> bool:
    """Return whether most drafts behind the first are surely articles: headed, and more than a name signs."""
    texts = sorted((draft for draft in drafts if not draft.is_caption), key=Draft.begin)
    others = texts[1:]
    signed = sum(
        1
        for draft in others
        if draft.heads and draft.body and (draft.datelines or any(piece.roles for piece in draft.bylines))
    )
    return signed * 2 > len(others)


def read_page(
    pieces: Sequence[Piece], level: int = 0, *, is_named: bool = False, day: str = ""
) -> tuple[list[Draft], list[Piece]]:
    """
    Return the articles and the furniture of a newspaper page, nothing for any other text.

    Args:
        level: Of the headings that begin an article, 0 where none are marked.
        is_named: Whether the file's name says that it is a page of a paper.
        day: That the file's name says, ISO.
    """
    shows_page = _show_page(pieces)
    if not (level or is_named or shows_page or _is_signed(pieces)):
        return [], []
    drafts, furniture = assemble(pieces, level)
    give_back(drafts)
    drafts, again = join_continued(drafts)
    furniture += again
    drafts = give_heads(drafts)
    is_sure = level or is_named or shows_page or not _GOES_ON.isdisjoint(map(_role_of, pieces))
    day = day or next(filter(None, map(_printed_day, furniture)), "")
    if not (is_sure or _are_articles(drafts)):
        return [], []
    return part_matters(drafts, day=day, is_paper=is_named or shows_page), furniture


def _are_articles(drafts: Sequence[Draft]) -> bool:
    """
    Return whether more than half of the drafts look like articles: headed, and signed or with a dateline.

    And more than a third of the text: essays joined to a book have a byline here
    and a short line there, which are no reason to tear it apart. A page begins
    with a head; where text is first, or what may be a caption, several
    articles must follow.
    """
    texts = [draft for draft in drafts if not (draft.is_caption or draft.is_continued)]
    whole = [draft for draft in texts if _is_whole(draft)]
    if not texts:
        return True
    opens_headed = bool(texts[0].heads) and not _first(drafts).is_caption
    is_begun = opens_headed or len(whole) >= MIN_HEADLESS
    return is_begun and len(whole) * 2 > len(texts) and _chars(whole) * 3 > _chars(texts)


def _first(drafts: Iterable[Draft]) -> Draft:
    return min(drafts, key=Draft.begin)


def _is_whole(draft: Draft) -> bool:
    """Return whether a draft has all that an article has; a long text repeats some of its headline."""
    if not (draft.heads and draft.body and (draft.bylines or draft.datelines)):
        return False
    if _chars([draft]) <= LONG_ARTICLE:
        return True
    lead = "".join("".join(piece.text.split()) for piece in draft.body)[:LONG_LEAD]
    return max(coverage(piece.text, lead) for piece in draft.heads) >= MIN_SAID_AGAIN


def _chars(drafts: Iterable[Draft]) -> int:
    return sum([len(piece.text) for draft in drafts for piece in draft.body])


def _is_signed(pieces: Sequence[Piece]) -> bool:
    """
    Tell a newspaper page from notes, essays and chapters, where no masthead does.

    On a page somebody signs, or a dateline is there; where Markdown marks
    the heads, for at least every second headline.
    """
    if pieces and all(piece.role in FURNITURE or piece.role in {"caption", "credit"} for piece in pieces):
        return any(piece.role == "caption" for piece in pieces)
    evidence = sum(map(signs_article, pieces))
    names = len([piece for piece in pieces if piece.authors and piece.role == "head" and not piece.level])
    evidence += names if names > 1 else 0
    if not evidence:
        return False
    level = headline_level(pieces)
    headings = level and sum(
        1
        for piece, after in zip_longest(pieces, pieces[1:])
        if 0 < piece.level <= level and not (after and 0 < after.level <= level)
    )
    return evidence * 2 >= headings


def _show_page(pieces: Iterable[Piece]) -> bool:
    """Return whether there is what only newspapers have: masthead, page label, controls of an e-edition."""
    may_show = [piece for piece in pieces if piece.is_border or piece.role in FURNITURE]
    return any(
        piece.is_border or is_navigation(piece.reason) or is_dated_masthead(piece) for piece in may_show
    )


def _printed_day(piece: Piece) -> str:
    facts = read_masthead(piece.text) if piece.role == "masthead" else None
    return facts.day if facts else ""


def is_dated_masthead(piece: Piece) -> bool:
    """Return whether a piece is a masthead with the day, and the paper or the page."""
    facts = read_masthead(piece.text) if piece.role == "masthead" else None
    return facts is not None and bool(facts.day and (facts.publication or facts.page))
