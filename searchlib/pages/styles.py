"""How does a page look as a whole: the level and gaps of its headlines, and where its bylines are?"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from searchlib.pages.stretches import FURNITURE, Piece, Role

_level_of = attrgetter("level")
_role_of = attrgetter("role")
MIN_HEADLINE = 7
"""Characters of each headline at least of unsigned news, where blank lines tell of them."""
MIN_UNSIGNED = 2
"""Unsigned headlines behind the first article at least, for their blank lines to be a rule."""
ARTICLE_GAP = 2
"""Blank lines at least that may set articles apart; one stands about paragraphs and sections too."""
LIKE_SIGNED = 0.75
"""Length of unsigned headlines at least beside that of signed ones, where one blank line is above all."""
MIN_GAP_SHARE = 50
"""Of so many paragraphs at most one has as many blank lines above it as an article."""
MIN_SIGNED = 2
"""Signed articles of one line each at least, for it to be a rule of the page."""
_DIVIDES: frozenset[Role] = frozenset({"section", "column"})
MIN_ARTICLE_LINE = 80
"""Characters of such a line at least, on the average: paragraphs are shorter."""
_SIGNS = frozenset({"byline", "dateline"})
SAYS_NOTHING: frozenset[Role] = (FURNITURE - {"continued"}) | {"caption", "credit"}
"""Roles of what is between two pieces of an article without a bearing on it."""


def that_say_something(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces that have a bearing on articles."""
    return [piece for piece in pieces if piece.role not in SAYS_NOTHING]


def roles_from(pieces: Sequence[Piece]) -> list[Role | None]:
    """Return for each place the role of the first piece from there on that says something of articles."""
    roles: list[Role | None] = []
    role: Role | None = None
    for piece in reversed(pieces):
        if piece.is_border:
            role = None
        elif piece.role not in SAYS_NOTHING:
            role = piece.role
        roles.append(role)
    return roles[::-1]


def article_gap(shown: Sequence[Piece]) -> int:
    """
    Return how many blank lines tell of themselves that an article begins, 0 when none do.

    That many are above every head that a byline or dateline follows, and hardly
    ever between two paragraphs.
    """
    signed: list[Piece] = []
    unsigned: list[Piece] = []
    above_text: list[int] = []
    head = shown[0] if shown and shown[0].role == "head" else None
    for before, piece in pairwise(shown):
        if piece.role == "head" and before.role != "head":
            head = piece
        elif before.role == "head" and head and (piece.role in _SIGNS or (piece.authors and not piece.level)):
            signed.append(head)
            head = None
        elif piece.role == "body" == before.role:
            above_text.append(piece.gap)
        elif piece.role == "body" and head:
            unsigned.append(head)
            head = None
    if len(signed) <= 1:
        return _gap_of_news(shown)
    least = min(piece.gap for piece in signed)
    is_usual = sum(gap >= least for gap in above_text) * MIN_GAP_SHARE > len(above_text)
    if is_usual or (least < ARTICLE_GAP and not _are_alike(signed, [p for p in unsigned if p.gap >= least])):
        return 0
    return least


def _are_alike(signed: Sequence[Piece], unsigned: Sequence[Piece]) -> bool:
    """Return whether heads over unsigned texts are fewer than signed headlines, and as long: no sections."""
    own = sum(len(piece.text) for piece in unsigned)
    theirs = sum(len(piece.text) for piece in signed)
    return len(unsigned) <= len(signed) and own * len(signed) >= theirs * len(unsigned) * LIKE_SIGNED


def _gap_of_news(shown: Sequence[Piece]) -> int:
    """
    Return how many blank lines are over each of several long heads, 0 where it is no rule, or a writer signs.

    The text is right below each, and nowhere else is a blank line: they are all
    set as the first headline is. Heads of sections are shorter.
    """
    gaps: list[int] = []
    if any(piece.authors and piece.role != "head" for piece in shown):
        return 0
    for before, piece in pairwise(shown):
        if piece.role == "head" and before.role in {"body", "signature"}:
            gaps.append(piece.gap)
            if len(piece.text) < MIN_HEADLINE or piece.level:
                return 0
        elif piece.gap and piece.role != "head":
            return 0
    return min(gaps) if len(gaps) >= MIN_UNSIGNED and min(gaps) > 0 else 0


def lines_are_articles(shown: Sequence[Piece]) -> bool:
    """
    Return whether each article is one line of text: signed ones are, and one line is below every head.

    Records of a paper that somebody joined look like this; an article with sections has more paragraphs.
    """
    roles = list(map(_role_of, shown))
    if not _DIVIDES.isdisjoint(roles) or any(map(_level_of, shown)):
        return False
    since = roles.index("head") if "head" in roles else len(roles)
    if ("body", "body") in pairwise(roles[since:]):
        return False
    articles: list[list[Piece]] = []
    for before, piece in pairwise([None, *shown]):
        if piece is not None and piece.role == "head" and (before is None or before.role != "head"):
            articles.append([])
        elif piece is not None and piece.role != "head" and articles:
            articles[-1].append(piece)
    texts = [[piece for piece in article if piece.role == "body"] for article in articles]
    signed = [
        text
        for article, text in zip(articles, texts, strict=True)
        if any(piece.role in {"dateline", "byline"} for piece in article)
    ]
    chars = sum(len(piece.text) for text in signed for piece in text)
    return (
        len(signed) >= MIN_SIGNED
        and len(signed) * 3 >= len(articles)
        and all(len(text) == 1 for text in texts)
        and chars >= MIN_ARTICLE_LINE * len(signed)
    )


def signs_above(shown: Sequence[Piece]) -> dict[Role, int]:
    """Count how much more often bylines, and names in brackets, stand over the texts than below them."""
    roles = list(map(_role_of, shown))
    counts: dict[Role, int] = {"byline": 0, "signature": 0}
    for before, role, after in zip(roles, roles[1:], roles[2:], strict=False):
        if role in counts:
            counts[role] += (before, after) == ("head", "body")
            counts[role] -= (before, after) == ("body", "head")
    return counts


def headline_level(pieces: Sequence[Piece]) -> int:
    """Return the Markdown level of the page's headlines, 0 when it has none: the highest that comes again."""
    if not any(map(_level_of, pieces)):
        return 0
    tops: list[int] = []
    top = 0
    for piece in pieces:
        if piece.level and piece.role == "head":
            top = min(top, piece.level) if top else piece.level
        elif top and piece.role not in FURNITURE and piece.role != "head":
            tops.append(top)
            top = 0
    if top:
        tops.append(top)
    again = [level for level in set(tops) if tops.count(level) > 1]
    return min(again or tops, default=0)


def divides_pages(pieces: Sequence[Piece]) -> bool:
    """Return whether labels such as A05 民生 name several pages: each then begins one, in a file of many."""
    return len({piece.page for piece in pieces if piece.page and piece.role == "masthead"}) > 1
