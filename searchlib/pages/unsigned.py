"""
News that nobody signs, on a page that nothing else shows to be one: heads over texts of other matters each.

What an article's sections are headed by is short, and the rest of the article
speaks of it too. Where all heads of a text, the first like the others, are as
long as headlines are, and only the text below each says its words again, each
begins an article. A few must have texts as long as those of articles: round-ups
of the day's news have heads over two or three paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from searchlib.pages.decks import coverage
from searchlib.pages.mastheads import names_section
from searchlib.pages.shapes import LABEL_CHARS
from searchlib.pages.stretches import FURNITURE, Piece

MIN_HEADLINE = 10
"""Characters of headlines at least, on the average of those behind the first, and of the first."""
MAX_HEADLINE = 40
"""Characters of a headline at most; a longer line without a full stop is text."""
MIN_TEXT = 40
"""Characters of text at least below each headline."""
MIN_LONG_TEXT = 300
"""The same on the average, where they are few."""
MANY = 5
"""Headlines from which the texts may be as short as those of briefs."""
MOST = 60
"""Headlines at most: no page has more, and books have chapters."""
MIN_SAID = 0.3
"""Share of a headline's pairs, at least, that its own text says again, on the average."""
MOST_ELSEWHERE = 0.34
"""Share of that at most which the rest of the page says."""
SELDOM_ELSEWHERE = 0.25
"""The same, from which on the first headline is looked at."""
MOST_OF_FIRST = 0.45
"""The same for the first headline then: the title of an essay is what all of its sections speak of."""
_OPINION = re.compile(
    r"(?:今日|本报|本刊|每日|星期|一周|晨报|晚报)?(?:社[论评]|短评|时评|评论|快评|锐评|微评|论坛)|编者(?:按|的话|手记)|编[后余](?:语|话)?|卷首语|发刊词|开篇语"
)
"""What papers call where they give their own opinion."""
SEVERAL = 2
LEVEL = 1


def head_unsigned(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces with a level for each that is over unsigned news; none where the text is no such page."""
    shown = [piece for piece in pieces if piece.role not in FURNITURE]
    if not shown or any(piece.level for piece in shown) or not _is_headline(shown[0]):
        return []
    titles: list[str] = []
    texts: list[str] = []
    is_over = False
    for piece in shown:
        if not _is_headline(piece):
            texts[-1] += piece.text
            is_over = False
        elif is_over:
            titles[-1] += piece.text
        else:
            titles.append(piece.text)
            texts.append("")
            is_over = True
    if not _are_of_others(titles, texts):
        return []
    reason = "headline over a text of another matter"
    return [
        piece._replace(role="head", level=LEVEL, reason=reason) if _is_headline(piece) else piece
        for piece in pieces
    ]


def head_labelled(pieces: Sequence[Piece]) -> list[Piece]:
    """
    Return pieces with a level for each headline below the bare name of a column; none without one at the top.

    社论, 短评: a leader has no other sign, and its headline is the line below.
    """
    shown = [place for place, piece in enumerate(pieces) if piece.role not in FURNITURE]
    if len(shown) <= SEVERAL or any(pieces[place].level for place in shown):
        return []
    found = [
        (above, below)
        for above, below, text in zip(shown, shown[1:], shown[2:], strict=False)
        if _names_column(pieces[above])
        and _is_headline(pieces[below])
        and not _names_column(pieces[below])
        and pieces[text].role == "body"
    ]
    if not found or found[0][0] != shown[0]:
        return []
    headed = list(pieces)
    for above, below in found:
        reason = "name of a column over a headline"
        headed[above] = pieces[above]._replace(role="column", reason=reason, is_border=True)
        reason = "headline below the name of a column"
        headed[below] = pieces[below]._replace(role="head", level=LEVEL, reason=reason)
    return headed


def _names_column(piece: Piece) -> bool:
    if len(piece.text) > LABEL_CHARS or piece.role not in {"head", "section", "body"}:
        return False
    name = "".join(piece.text.split())
    return _OPINION.fullmatch(name) is not None or names_section(name)


def _is_headline(piece: Piece) -> bool:
    is_head = piece.role in {"head", "section"} and not (piece.is_marked or piece.is_tail)
    return is_head and len(piece.text) <= MAX_HEADLINE


def _are_of_others(titles: Sequence[str], texts: Sequence[str]) -> bool:
    """Return whether titles are as long as headlines, and each text alone speaks of its own."""
    count = len(titles)
    if not 1 < count <= MOST or min(map(len, texts)) < MIN_TEXT:
        return False
    if count < MANY and sum(map(len, texts)) < MIN_LONG_TEXT * count:
        return False
    if len(titles[0]) < MIN_HEADLINE or sum(map(len, titles[1:])) < MIN_HEADLINE * (count - 1):
        return False
    said = list(map(coverage, titles, texts))
    if sum(said) < MIN_SAID * count:
        return False
    parts = [title + text for title, text in zip(titles, texts, strict=True)]
    elsewhere = [coverage(title, "".join([*parts[:n], *parts[n + 1 :]])) for n, title in enumerate(titles)]
    share = sum(elsewhere) / sum(said)
    is_first_own = elsewhere[0] <= said[0] * MOST_OF_FIRST
    return share <= SELDOM_ELSEWHERE or (is_first_own and share <= MOST_ELSEWHERE)
